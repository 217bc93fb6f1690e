"""Weekends, public holidays and slow weeks by country: the calendar that waits are drawn against.

Public holidays and weekends come from the package ``holidays``; rows of ``net.calendar`` add to
them (Nowruz, New Year's weeks) or put another weekend in their place.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.work import work_until
from landbridge.network.network import Network
from landbridge.network.tables import Calendar
from landbridge.schema.column import Floats
from landbridge.schema.opening import Opening, parse_opening
from landbridge.schema.timetable import WEEKDAYS
from landbridge.units import date_of, day_number

MARGIN = 3660
"""Days about the calendar within which work that begins in it must be done."""
WEEKEND = frozenset({5, 6})
"""Saturday and Sunday, where nothing else is known."""


@dataclass(eq=False)
class DaysOff:
    """The calendar of a network from day ``first`` to day ``last`` (since 1970, both in)."""

    net: Network
    first: int
    last: int
    _shut: dict[str, NDArray[np.int64]] = field(default_factory=dict[str, NDArray[np.int64]])
    _slows: dict[str, list[tuple[int, int, float]]] = field(
        default_factory=dict[str, list[tuple[int, int, float]]]
    )
    _works: dict[str, tuple[Floats, Floats]] = field(
        default_factory=dict[str, tuple[Floats, Floats]]
    )

    def weekend(self, country: str) -> frozenset[int]:
        """The days off of every week, Monday 0."""
        table = self.net.calendar
        for row in np.flatnonzero(_of(table, country, "weekend")).tolist():
            return frozenset(WEEKDAYS.index(word) for word in str(table.weekdays[row]).split())
        book = _public(country, ())
        return frozenset(book[1]) if book else WEEKEND

    def shut(self, country: str) -> NDArray[np.int64]:
        """Public holidays and rows of kind ``closed``, as days since 1970, ascending."""
        if country not in self._shut:
            years = tuple(range(date_of(self.first).year, date_of(self.last).year + 1))
            book = _public(country, years)
            days = {day_number(day) for day in book[0]} if book else set[int]()
            for first, last, _ in self._spans(country, "closed"):
                days |= set(range(first, last + 1))
            kept = sorted(day for day in days if self.first <= day <= self.last)
            self._shut[country] = np.array(kept, np.int64)
        return self._shut[country]

    def through(self, country: str, local: Floats, hours: Floats) -> Floats:
        """Hours that work of ``hours`` takes when it begins at these local times; (n,) each.

        In a slow time work goes on at a rate of 1 / factor, and of two slow times that overlap the
        slower counts: what begins earlier is never done later.
        """
        if not self._slow(country):
            return hours
        at, done = self._work(country)
        end = np.empty(len(local))
        work_until(at, done, local, hours, end)
        return end - local

    def slowness(self, country: str, day: NDArray[np.int64]) -> Floats:
        """How many times longer work takes on days since 1970; (n,) each."""
        factor: Floats = np.ones(len(day))
        for first, last, times in self._slow(country):
            inside = (day >= first) & (day <= last)
            factor[inside] = np.maximum(factor[inside], times)
        return factor

    def _slow(self, country: str) -> list[tuple[int, int, float]]:
        if country not in self._slows:
            self._slows[country] = self._spans(country, "slow")
        return self._slows[country]

    def _work(self, country: str) -> tuple[Floats, Floats]:
        """Local hours, and the hours of work that can be done until each of them, ascending."""
        if country not in self._works:
            day = np.arange(self.first - MARGIN, self.last + MARGIN + 1)
            done: Floats = np.zeros(len(day) + 1)
            np.cumsum(24.0 / self.slowness(country, day), out=done[1:])
            at: Floats = np.append(day, day[-1] + 1).astype(np.float64) * 24.0
            self._works[country] = at, done
        return self._works[country]

    def opening(self, text: str, country: str) -> Opening:
        """Opening hours as that country's week has them."""
        return parse_opening(text, self.weekend(country) if "WD" in text else WEEKEND)

    def _spans(self, country: str, kind: str) -> list[tuple[int, int, float]]:
        table = self.net.calendar
        found: list[tuple[int, int, float]] = []
        for row in np.flatnonzero(_of(table, country, kind)).tolist():
            start, end = str(table.from_day[row]), str(table.to_day[row])
            factor = float(table.factor[row])
            if len(start) > len("MM-DD"):
                span = dt.date.fromisoformat(start), dt.date.fromisoformat(end)
                found.append((day_number(span[0]), day_number(span[1]), factor))
                continue
            for year in range(date_of(self.first).year - 1, date_of(self.last).year + 1):
                first = _day_of(year, start)
                last = _day_of(year + (end < start), end)
                found.append((first, last, factor))
        return found


def _of(table: Calendar, country: str, kind: str) -> NDArray[np.bool_]:
    return (table.country.astype(object) == country) & (table.kind.astype(object) == kind)


def _day_of(year: int, text: str) -> int:
    """The day of a year; the last of February stands for a 29th that it has not."""
    month, day = (int(part) for part in text.split("-"))
    try:
        return day_number(dt.date(year, month, day))
    except ValueError:
        return day_number(dt.date(year, month, day - 1))


def _public(country: str, years: tuple[int, ...]) -> tuple[list[dt.date], set[int]] | None:
    """Public holidays of some years, and the weekend; None for a country without data."""
    from holidays import country_holidays  # noqa: PLC0415 - heavy

    try:
        book = country_holidays(country, years=years)
    except NotImplementedError:
        return None
    return list(book), set(book.weekend)
