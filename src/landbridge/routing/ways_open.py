"""What may be used on a date: status words with dates, passages, closed borders."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from landbridge.network.network import Network
from landbridge.routing.geo import great_circle_km
from landbridge.schema.column import ALWAYS, NEVER, Codes, Days, Flags, Floats, Ints
from landbridge.schema.season import in_season, season_days
from landbridge.units import CLOSED, MODES, OPEN, day_number


class Dated(Protocol):
    """Any table whose rows have a status with dates."""

    @property
    def status(self) -> Codes:
        """Codes of ``units.STATUSES``."""
        ...

    @property
    def opens(self) -> Days:
        """First day of use."""
        ...

    @property
    def closes(self) -> Days:
        """First day after the last of use."""
        ...


def usable(rows: Dated, day: int) -> Flags:
    """Rows that may be used on ``day``.

    Open ones between their dates; planned ones and those under construction from a stated opening
    date on; closed ones never.
    """
    open_then = (rows.opens <= day) & (day < rows.closes)
    planned = (rows.status != OPEN) & (rows.status != CLOSED)
    return open_then & ((rows.status == OPEN) | (planned & (rows.opens != ALWAYS)))


def always_open(rows: Dated) -> Flags:
    """Rows without any date or status to mind."""
    return (rows.status == OPEN) & (rows.opens == ALWAYS) & (rows.closes == NEVER)


def turning_days(net: Network) -> NDArray[np.int64]:
    """Every day on which what may be used, or what it takes, changes, ascending.

    Between two of them all days are alike, so that what was found for one serves all.
    """
    dated = ~always_open(net.links)
    columns = [
        net.links.opens[dated],
        net.links.closes[dated],
        net.closures.closed_from,
        net.closures.closed_to,
        net.rates.valid_from,
        net.rates.valid_to,
        *(
            days
            for rows in (net.passages, net.terminals, net.crossings, net.services)
            for days in (rows.opens, rows.closes)
        ),
        _season_days(net),
    ]
    days = np.unique(np.concatenate(columns).astype(np.int64))
    return days[(days != ALWAYS) & (days != NEVER)]


def _season_days(net: Network) -> NDArray[np.int32]:
    """The days of the case's years on which a season of a passage or rate begins or has ended."""
    seasons = {
        pair
        for rows in (net.passages, net.rates)
        for pair in zip(rows.season_from.tolist(), rows.season_to.tolist(), strict=True)
    }
    years = range(net.case.first_date.year, net.case.last_date.year + 1)
    return np.array(season_days(seasons, years), np.int32)


def passages_out_of_season(net: Network, on: dt.date) -> frozenset[str]:
    """Passages whose yearly season does not hold on that day; a season may span the new year."""
    found: set[str] = set()
    for row in range(len(net.passages)):
        ends = str(net.passages.season_from[row]), str(net.passages.season_to[row])
        if not in_season(*ends, on):
            found.add(str(net.passages.id[row]))
    return frozenset(found)


def passages_shut(net: Network, on: dt.date) -> frozenset[str]:
    """Passages that their status or dates shut on that day (seasons apart)."""
    shut = ~usable(net.passages, day_number(on))
    return frozenset(str(net.passages.id[row]) for row in np.flatnonzero(shut).tolist())


@dataclass(frozen=True, eq=False)
class BorderPoints:
    """Where something crosses from one country into another; (n,) each."""

    mode: Ints
    country_a: Ints
    """Row of ``countries``."""
    country_b: Ints
    lat: Floats
    lon: Floats


def closures_at(net: Network, day: int, at: BorderPoints) -> Ints:
    """Row of ``closures`` that shuts each crossing on a day, or -1."""
    row_of = {str(code): row for row, code in enumerate(net.countries.code)}
    closures = net.closures
    found = np.full(len(at.mode), -1, np.int32)
    active = (closures.closed_from <= day) & (day < closures.closed_to)
    for k in np.flatnonzero(active).tolist():
        a = row_of.get(str(closures.country_a[k]), -2)
        b = row_of.get(str(closures.country_b[k]), -2)
        hit = ((at.country_a == a) & (at.country_b == b)) | (
            (at.country_a == b) & (at.country_b == a)
        )
        mode = str(closures.mode[k])
        if mode != "any":
            hit &= at.mode == MODES.index(mode)
        if np.isfinite(closures.lat[k]) and np.isfinite(closures.lon[k]):
            off = great_circle_km(closures.lat[k], closures.lon[k], at.lat, at.lon)
            hit &= off <= closures.radius_km[k]
        found[hit] = k
    return found
