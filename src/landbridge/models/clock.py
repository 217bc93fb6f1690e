"""Local time: hours since 1970 in UTC and on the clocks of a time zone.

Instants are float hours since 1970-01-01T00:00 UTC, so that a thousand samples of a journey are
one array. A zone's offsets come from the IANA database; between its changes they are constant.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from landbridge.errors import DataError, Fault
from landbridge.schema.column import Floats

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
HOUR = 3600.0
HOURS_OF_DAY = 24
HOURS_OF_WEEK = 168
FIRST_YEAR, LAST_YEAR = 2010, 2045
"""Offsets are known between these years; before and after them the nearest one holds."""


@dataclass(frozen=True, eq=False)
class Clock:
    """Offsets of a zone: ``offset[k]`` hours hold from instant ``since[k]`` on."""

    zone: str
    since: Floats
    offset: Floats

    def local(self, instant: Floats) -> Floats:
        """What the clocks show, as hours since 1970-01-01 of local time."""
        return instant + self.offset[np.searchsorted(self.since, instant, side="right") - 1]

    def instant(self, local: Floats) -> Floats:
        """The instant at which the clocks show ``local``; of an hour shown twice the first."""
        guess = local - self.offset[np.searchsorted(self.since, local, side="right") - 1]
        first = local - self.offset[np.searchsorted(self.since, guess, side="right") - 1]
        # where clocks go back, the offset of a little earlier gives the first of the two
        earlier = self.offset[np.searchsorted(self.since, first - 1.0, side="right") - 1]
        again = local - earlier
        return np.where(self.local(again) == local, np.minimum(first, again), first)

    def text(self, instant: float) -> str:
        """ISO 8601 with the offset, to the minute."""
        offset = float(self.offset[np.searchsorted(self.since, instant, side="right") - 1])
        zone = dt.timezone(dt.timedelta(hours=offset))
        minutes = round(instant * 60)
        return (
            (EPOCH + dt.timedelta(minutes=minutes)).astimezone(zone).isoformat(timespec="minutes")
        )


@lru_cache(maxsize=512)
def clock(zone: str) -> Clock:
    """The clock of an IANA zone; an empty name is UTC. ``DataError`` for an unknown one."""
    if not zone:
        return Clock("UTC", np.array([-np.inf]), np.zeros(1))
    try:
        info = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        rule = "must be a zone of the IANA database, as Asia/Tehran"
        raise DataError([Fault("time zone", f"{zone!r} is not known", rule)]) from error
    since, offset = [-np.inf], [_offset(info, _hour(dt.date(FIRST_YEAR, 1, 1)))]
    last = _hour(dt.date(FIRST_YEAR, 1, 1))
    end = _hour(dt.date(LAST_YEAR, 1, 1))
    while last < end:
        following = last + HOURS_OF_WEEK
        if _offset(info, following) != offset[-1]:
            since.append(_change(info, last, following))
            offset.append(_offset(info, following))
        last = following
    return Clock(zone, np.array(since), np.array(offset))


def _hour(day: dt.date) -> float:
    return float((day - EPOCH.date()).days * HOURS_OF_DAY)


def _offset(info: ZoneInfo, instant: float) -> float:
    """Hours ahead of UTC at an instant."""
    ahead = (EPOCH + dt.timedelta(hours=instant)).astimezone(info).utcoffset()
    return ahead.total_seconds() / HOUR if ahead else 0.0


def _change(info: ZoneInfo, before: float, after: float) -> float:
    """The quarter of an hour at which the offset becomes that of ``after``."""
    new = _offset(info, after)
    low, high = 0, round((after - before) * 4)
    while high - low > 1:
        middle = (low + high) // 2
        if _offset(info, before + middle / 4) == new:
            high = middle
        else:
            low = middle
    return before + high / 4


def instant_of(day: dt.date, zone: str) -> float:
    """The first instant of a day in a zone."""
    return float(clock(zone).instant(np.array([_hour(day)]))[0])


def date_at(instant: float, zone: str) -> dt.date:
    """The day that the clocks of a zone show at an instant."""
    local = float(clock(zone).local(np.array([instant]))[0])
    return (EPOCH + dt.timedelta(hours=local)).date()
