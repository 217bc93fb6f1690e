"""Yearly seasons: from a day to a day of every year, as MM-DD; a season may span the new year."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from landbridge.units import day_number


def in_season(first: str, last: str, on: dt.date) -> bool:
    """Whether a day lies in a season; one without both ends is all year."""
    if not first or not last:
        return True
    today = f"{on.month:02d}-{on.day:02d}"
    return first <= today <= last if first <= last else today >= first or today <= last


def season_days(seasons: set[tuple[str, str]], years: range) -> list[int]:
    """The days of some years on which a season begins or has ended."""
    days: list[int] = []
    for first, last in sorted(seasons):
        if first and last:
            days += [_day(year, first) for year in years]
            days += [_day(year, last) + 1 for year in years]
    return days


def _day(year: int, text: str) -> int:
    """The day MM-DD of a year; 29 February is the day before 1 March where there is none."""
    month, day = int(text[:2]), int(text[3:])
    return day_number(dt.date(year, month, 1)) + min(day, monthrange(year, month)[1]) - 1
