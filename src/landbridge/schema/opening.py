"""When something is open: the part of OpenStreetMap's ``opening_hours`` that freight needs.

``Mo-Fr 08:00-18:00; Sa 08:00-13:00; PH off``: days and spans of local time; ``WD`` are the working
days of the country, ``PH off`` shuts on its public holidays; ``24/7`` never shuts. A blank text
means that nothing is known, which counts as open.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.schema.column import Floats
from landbridge.schema.timetable import EPOCH_WEEKDAY, WEEKDAYS

RULE = "must be as 'Mo-Fr 08:00-18:00; Sa 08:00-13:00; PH off', 'WD 09:00-17:00' or '24/7'"
_SPAN = re.compile(r"([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)", re.ASCII)
_DAYS = re.compile(r"([A-Z][a-z])-([A-Z][a-z])", re.ASCII)
QUARTERS_OF_DAY = 96
HOURS_OF_WEEK = 168.0
LONGEST_SHUT = 60
"""Days in a row that may be off before a text counts as never open."""


@dataclass(frozen=True, eq=False)
class Opening:
    """Which quarters of the week are open, Monday first; (672,)."""

    open: NDArray[np.bool_]
    off_on_holidays: bool

    @property
    def always(self) -> bool:
        """Whether it never shuts."""
        return bool(self.open.all()) and not self.off_on_holidays

    def is_open(self, local: Floats) -> NDArray[np.bool_]:
        """Whether it is open at local times by the hours of the week, holidays aside; (n,) each."""
        return self.open[_quarter((local + EPOCH_WEEKDAY * 24.0) % HOURS_OF_WEEK)]

    def wait(self, local: Floats, holidays: NDArray[np.int64]) -> Floats:
        """Hours from each local time until it is open; ``holidays``: days since 1970, ascending."""
        if self.always:
            return np.zeros(len(local))
        until = self._until()
        now = local.copy()
        for _ in range(LONGEST_SHUT):
            now = now + until_open(until, now)
            if not self.off_on_holidays or not len(holidays):
                break
            day = np.floor(now / 24.0).astype(np.int64)
            shut = np.isin(day, holidays)
            if not shut.any():
                break
            now = np.where(shut, (day + 1) * 24.0, now)
        return now - local

    def _until(self) -> Floats:
        """Hours from the start of each quarter of the week to the next open one; 0 where open."""
        twice = np.flatnonzero(np.concatenate([self.open, self.open]))
        at = np.arange(len(self.open))
        return (twice[np.searchsorted(twice, at)] - at) / 4.0


def until_open(until: Floats, local: Floats) -> Floats:
    """Hours until open at local times, from the table per quarter of the week."""
    of_week = (local + EPOCH_WEEKDAY * 24.0) % HOURS_OF_WEEK
    quarter = _quarter(of_week)
    left = until[quarter]
    return np.where(left > 0, left - (of_week - quarter / 4.0), 0.0)


def _quarter(of_week: Floats) -> NDArray[np.int64]:
    return np.minimum((of_week * 4).astype(np.int64), 7 * QUARTERS_OF_DAY - 1)


def parse_opening(text: str, weekend: frozenset[int]) -> Opening:
    """What a text means in a country with that weekend; ``ValueError`` tells the broken rule."""
    found = np.zeros(7 * QUARTERS_OF_DAY, bool)
    off = False
    if text in {"", "24/7"}:
        return Opening(~found, off_on_holidays=False)
    for part in text.split(";"):
        words = part.split()
        if words == ["PH", "off"]:
            off = True
            continue
        spans = [_SPAN.fullmatch(word) for word in words[1:]]
        if not spans or None in spans:
            raise ValueError(RULE)
        for day in _days(words[0], weekend):
            for span in spans:
                _open(found, day, span)
    if not found.any():
        raise ValueError(f"{RULE}; it never opens")
    return Opening(found, off)


def _open(found: NDArray[np.bool_], day: int, span: re.Match[str] | None) -> None:
    if span is None:
        return
    first = int(span[1]) * 4 + int(span[2]) // 15
    last = int(span[3]) * 4 + int(span[4]) // 15
    if last <= first:  # over midnight
        last += QUARTERS_OF_DAY
    at = day * QUARTERS_OF_DAY + np.arange(first, last)
    found[at % len(found)] = True


def _days(word: str, weekend: frozenset[int]) -> list[int]:
    if word == "WD":
        return [day for day in range(7) if day not in weekend]
    days: list[int] = []
    for part in word.split(","):
        span = _DAYS.fullmatch(part)
        ends = (span[1], span[2]) if span else (part, part)
        if not set(ends) <= set(WEEKDAYS):
            raise ValueError(RULE)
        first, last = (WEEKDAYS.index(end) for end in ends)
        days += [day % 7 for day in range(first, last + (7 if last < first else 0) + 1)]
    return days
