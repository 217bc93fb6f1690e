"""When gates are open in a season, and at what pace they work: the calendar of ``route``.

A gate opens and shuts by the hours of its row, in local time, with the weekends and public
holidays of its country; in slow weeks (Nowruz, New Year) work there takes longer. What is being
done when a gate shuts is ended, as in ``route``, which waits for the opening and then counts the
hours through.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from landbridge.models.clock import Clock, clock
from landbridge.models.daysoff import DaysOff
from landbridge.network.network import Network
from landbridge.routing.itinerary import Gate, Spot
from landbridge.routing.zones import zones_of
from landbridge.schema.column import Flags, Floats
from landbridge.simulation.model import Changes

OPEN = 1
SHUT = 0
STEP_H = 0.25
"""Opening hours and the clocks of the world are whole quarters of an hour."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Of a gate, in hours from the start of a run."""

    changes: Changes
    """OPEN or SHUT from an hour on; empty: always open."""
    pace: tuple[tuple[float, float], ...]
    """Hours that an hour of work takes, from an hour on; empty: always 1."""


def hours_of(
    net: Network, gates: Mapping[str, tuple[Gate, Spot]], start: float, length: float
) -> dict[str, Hours]:
    """The hours of each gate within a run.

    ``start``: instant at which the run begins, hours since 1970 UTC; ``length``: hours of it.
    """
    first, last = int(start // 24) - 2, int((start + length) // 24) + 2
    off, zones = DaysOff(net, first, last), zones_of(net)
    at: Floats = start + np.arange(0.0, length, STEP_H)
    held: dict[tuple[str, str, str], Hours] = {}
    found: dict[str, Hours] = {}
    for name, (gate, spot) in gates.items():
        zone = zones.at(spot.lat, spot.lon)
        key = gate.opening, gate.country, zone
        if key not in held:
            held[key] = _hours(off, gate, at, clock(zone))
        found[name] = held[key]
    return found


def _hours(off: DaysOff, gate: Gate, at: Floats, zone: Clock) -> Hours:
    local = zone.local(at)
    day = np.floor(local / 24.0).astype(np.int64)
    opening = off.opening(gate.opening, gate.country)
    week = changes_of(opening.is_open(local))
    holidays = np.isin(day, off.shut(gate.country)) & opening.off_on_holidays
    pace = off.slowness(gate.country, day)
    turns = np.flatnonzero(np.diff(pace, prepend=1.0)).tolist()
    return Hours(
        merged(week, changes_of(~holidays)),
        tuple((k * STEP_H, float(pace[k])) for k in turns),
    )


def changes_of(is_open: Flags) -> Changes:
    """A calendar from what holds in each quarter of an hour of a run; empty where all is open."""
    turns = np.flatnonzero(np.diff(is_open, prepend=True)).tolist()
    return tuple((k * STEP_H, OPEN if is_open[k] else SHUT) for k in turns)


def merged(*calendars: Changes) -> Changes:
    """Open where all of them are; each is open before its first change."""
    edges = sorted({t for one in calendars for t, _ in one})
    found: list[tuple[float, int]] = []
    at, now = [0] * len(calendars), [OPEN] * len(calendars)
    state = OPEN
    for t in edges:
        for k, one in enumerate(calendars):
            while at[k] < len(one) and one[at[k]][0] <= t:
                now[k] = one[at[k]][1]
                at[k] += 1
        if min(now) != state:
            state = min(now)
            found.append((t, state))
    return tuple(found)


def servers_of(changes: Changes, number: int) -> Changes:
    """So many servers wherever a calendar is open."""
    return tuple((t, number * state) for t, state in changes)
