"""Formulas of money: pure functions of figures that are rows of ``net.rates``.

=============  ===================================================================================
interest       value x % a year x hours / 8,760
demurrage      days begun after the free time x price a day (tariffs charge a begun day whole)
price level    (1 + % a year) ^ years
cents          to the nearest, a half away from zero: what an invoice shows, so that it adds up
=============  ===================================================================================
"""

from __future__ import annotations

import math

import numpy as np

from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY

HOURS_PER_YEAR = 365 * HOURS_PER_DAY
"""Banks count 365 days (actual/365)."""
PERCENT = 100.0


def interest_usd(value_usd: float, percent_a_year: float, hours: float) -> float:
    """What the capital in cargo of that value costs over the hours."""
    return value_usd * percent_a_year / PERCENT * hours / HOURS_PER_YEAR


def charged_days(stay_h: Floats, free_days: float) -> Floats:
    """Days of demurrage for stays of so many hours: those begun after the free ones."""
    over = stay_h / HOURS_PER_DAY - free_days
    return np.ceil(np.maximum(over - 1e-9, 0.0))  # a stay of exactly the free time is free


def price_level(percent_a_year: Floats, years: int) -> Floats:
    """By how much prices have risen (or fallen) after so many years."""
    return (1.0 + percent_a_year / PERCENT) ** years


def cents(usd: float) -> int:
    """Whole cents."""
    return math.floor(abs(usd) * PERCENT + 0.5) * (1 if usd >= 0 else -1)
