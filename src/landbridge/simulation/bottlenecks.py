"""What binds: how much sooner cargo arrives where one place can do more."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from landbridge.simulation.facts import StationFacts
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import Estimate, Report, estimate
from landbridge.simulation.season import Progress, Season, mean_door_h
from landbridge.simulation.world import More

MORE = 1.1
"""A tenth more: of the rate of a gate, the places of a yard, the load of a departure."""


@dataclass(frozen=True, slots=True)
class Gain:
    """What more of one place is worth, against the same season without it."""

    place: str
    kind: str
    element: str
    estimated: bool
    change: str
    """In words: ``rate +10 %``, ``one more set``."""
    hours: Estimate
    """Off the mean time from door to door, over all t that arrive."""
    tonnes: Estimate
    """That arrive more within the season."""


def bottlenecks(
    season: Season,
    found: Report,
    runs: Sequence[Replication],
    most: int,
    progress: Progress | None = None,
) -> tuple[Gain, ...]:
    """Gains of the ``most`` places that cost most lot-hours, the largest first.

    Each is simulated again with the draws of ``runs`` (common random numbers), so that a difference
    is that of the capacity alone; shares of ways stay as they were. Half-widths as everywhere.
    """
    stations = {one.name: one for one in found.facts.stations}
    limited = [stations[one.place] for one in found.waits if one.lost_h.mean > 0]
    tried = [(one, what) for one in limited for what in _more(season, one)][:most]
    gains: list[Gain] = []
    for k, (station, (more, change)) in enumerate(tried):
        other = replace(season, world=season.world.with_more(more))
        pairs = list(zip(runs, _replications(other, len(runs)), strict=True))
        gains.append(
            Gain(
                station.name, station.kind, station.element, station.estimated, change,
                estimate([mean_door_h(season, a) - mean_door_h(season, b) for a, b in pairs]),
                estimate([_tonnes(season, b) - _tonnes(season, a) for a, b in pairs]),
            )
        )  # fmt: skip
        if progress is not None:
            progress("places", k + 1, len(tried))
    return tuple(sorted(gains, key=lambda one: (-one.hours.mean, one.place)))


def _more(season: Season, station: StationFacts) -> list[tuple[More, str]]:
    """How one place can do more; nothing for what has no end."""
    name = station.name
    if station.kind == "gate" and not station.units:
        return []  # only its hours hold it
    if station.kind == "gate":
        return [(More(name, MORE), "rate +10 %")]
    if station.kind == "yard":
        return [(More(name, MORE), "places +10 %")]
    if station.kind == "vehicles":
        return [(More(name, MORE), f"{name.rpartition(', ')[2]} +10 %")]
    line = season.world.lines[name]
    found: list[tuple[More, str]] = []
    if line.fleet is not None:
        found.append((More(name, sets=1), "one more set"))
    if not line.endless:
        found.append((More(name, MORE), "load +10 %"))
    return found


def _replications(season: Season, count: int) -> list[Replication]:
    stop = threading.Event()

    def replicate(number: int) -> Replication:
        return season.replicate(number, stop)

    with ThreadPoolExecutor(season.params.workers) as pool:
        try:
            return list(pool.map(replicate, range(count)))
        finally:
            stop.set()


def _tonnes(season: Season, one: Replication) -> float:
    return float(sum(
        way.cargo.lot_t * done
        for way, done in zip(season.world.ways, one.done.tolist(), strict=True)
    ))  # fmt: skip
