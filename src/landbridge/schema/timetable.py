"""When something departs: timetables in the words that people write them in.

====================================  =====================================================
text                                  meaning
====================================  =====================================================
``Mo Th 18:00``                       every Monday and Thursday at 18:00
``every 14 days from 2025-06-05``     that day and every fourteenth after (and before) it
``month 1 15 06:00``                  the 1st and 15th of every month at 06:00
``dates 2025-06-05 2025-07-01``       on these days only
====================================  =====================================================

Times are local at the first call; without one it is noon.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np

from landbridge.schema.column import Floats
from landbridge.units import day_number

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
RULE = (
    "must be as 'Mo Th 18:00', 'every 14 days from 2025-06-05 18:00', 'month 1 15 06:00' or"
    " 'dates 2025-06-05 2025-07-01 12:00'"
)
NOON = 12.0
MOST_DAYS = 366
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)", re.ASCII)
_EVERY = re.compile(r"every (\d{1,3}) days from (\d{4}-\d\d-\d\d)", re.ASCII)
EPOCH_WEEKDAY = 3
"""1970-01-01 was a Thursday."""


@dataclass(frozen=True, slots=True)
class Timetable:
    """The days of departures and the hour of the day, all local."""

    hour: float
    weekdays: frozenset[int] = frozenset()
    every: int = 0
    start: int = 0
    """A day of departure, counted from 1970-01-01."""
    month_days: frozenset[int] = frozenset()
    days: tuple[int, ...] = ()

    def departures(self, first: int, last: int) -> Floats:
        """Departures on the days from ``first`` to ``last`` (both in), hours of local time."""
        days = np.arange(first, last + 1)
        if self.weekdays:
            days = days[np.isin((days + EPOCH_WEEKDAY) % 7, list(self.weekdays))]
        elif self.every:
            days = days[(days - self.start) % self.every == 0]
        elif self.month_days:
            dates = days.astype("datetime64[D]")
            of_month = (dates - dates.astype("datetime64[M]")).astype(int) + 1
            days = days[np.isin(of_month, list(self.month_days))]
        else:
            days = np.array([day for day in self.days if first <= day <= last], np.int64)
        return days.astype(np.float64) * 24.0 + self.hour

    @property
    def interval_h(self) -> float:
        """Average hours between departures."""
        if self.weekdays:
            return 7 * 24.0 / len(self.weekdays)
        if self.every:
            return self.every * 24.0
        if self.month_days:
            return 365.25 / 12 * 24.0 / len(self.month_days)
        span = self.days[-1] - self.days[0] if len(self.days) > 1 else 365
        return max(1.0, span / max(1, len(self.days) - 1)) * 24.0


def parse_timetable(text: str) -> Timetable:
    """The timetable that a text means; ``ValueError`` tells the rule it breaks."""
    words = text.split()
    hour = NOON
    if words and _TIME.fullmatch(words[-1]):
        hours, minutes = words.pop().split(":")
        hour = int(hours) + int(minutes) / 60
    if not words:
        raise ValueError(RULE)
    every = _EVERY.fullmatch(" ".join(words))
    if every:
        count = int(every[1])
        if not 1 <= count <= MOST_DAYS:
            raise ValueError(RULE)
        return Timetable(hour, every=count, start=_day(every[2]))
    head, rest = words[0], words[1:]
    if head == "month" and rest:
        found = frozenset(int(word) for word in rest if word.isascii() and word.isdecimal())
        if len(found) != len(rest) or not found <= set(range(1, 29)):
            raise ValueError(f"{RULE}; days of the month are 1 to 28, each once")
        return Timetable(hour, month_days=found)
    if head == "dates" and rest:
        return Timetable(hour, days=tuple(sorted({_day(word) for word in rest})))
    if set(words) <= set(WEEKDAYS) and len(set(words)) == len(words):
        return Timetable(hour, weekdays=frozenset(WEEKDAYS.index(word) for word in words))
    raise ValueError(RULE)


def _day(text: str) -> int:
    try:
        return day_number(dt.date.fromisoformat(text))
    except ValueError as error:
        raise ValueError(RULE) from error
