"""Constants with their source, and conversions between the units that the engine uses."""

from __future__ import annotations

import datetime as dt

EARTH_RADIUS_KM = 6371.0088
"""Mean radius R1 of the Earth (Moritz 2000, GRS 80)."""
KM_PER_NAUTICAL_MILE = 1.852
"""Exact (First International Extraordinary Hydrographic Conference, 1929)."""
HOURS_PER_DAY = 24.0
DAYS_PER_YEAR = 365.0
"""Of figures a year: what is counted or promised of a year is that of a common one."""
TEU_PER_FEU = 2.0
"""ISO 668: a forty-foot box counts as two twenty-foot units."""

KG_PER_T = 1000.0
"""Metric tonnes (SI)."""

MODES = ("rail", "road", "sea", "inland_waterway", "air")
"""Words for the codes of every ``mode`` column, in the order of the codes."""
RAIL, ROAD, SEA, INLAND_WATERWAY, AIR = range(5)

STATUSES = ("open", "planned", "construction", "closed")
"""Words for the codes of every ``status`` column."""
OPEN, PLANNED, CONSTRUCTION, CLOSED = range(4)

_EPOCH = dt.date(1970, 1, 1)


def day_number(date: dt.date) -> int:
    """Days since 1970-01-01."""
    return (date - _EPOCH).days


def date_of(day: int) -> dt.date:
    """The inverse of ``day_number``."""
    return _EPOCH + dt.timedelta(days=day)
