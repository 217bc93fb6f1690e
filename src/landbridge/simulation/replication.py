"""What one replication leaves behind: sums after the run-up, histograms, queues day by day."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from landbridge.schema.column import Floats
from landbridge.simulation.result import Result
from landbridge.simulation.world import Span

Counts = NDArray[np.int64]
Number = TypeVar("Number", np.int64, np.float64)


@dataclass(frozen=True, eq=False)
class Replication:
    """Sums over the days that count; one entry per station, or per way."""

    wanted: Counts
    """Lots that came for each station."""
    started: Counts
    lost: Counts
    held: Counts
    """Lots that came on days on which the place was shut."""
    waited_h: Floats
    queue_h: Floats
    """Lots waiting, over time; lot-hours."""
    busy_h: Floats
    departed: Counts
    carried_t: Counts
    missed: Counts
    late: Counts
    standing: Counts
    """Lots waiting at the end."""
    worst_h: Floats
    wait_bins: Counts
    """(n_stations, BINS)."""
    wait_began: NDArray[np.int32]
    """Waits that are kept, evenly over the season: seconds of the run (its run-up included) at
    which each began, -1 for none; (n_stations, SAMPLES)."""
    wait_s: NDArray[np.int32]
    """Seconds of each."""
    born: Counts
    done: Counts
    gone: Counts
    """Lots lost, per way."""
    door_h: Floats
    """Hours from door to door, summed over the lots that arrived."""
    door_bins: Counts
    """(n_ways, BINS)."""
    under_way: Counts
    """Lots under way at the end of each day, the run-up included; (n_days,)."""
    queue: NDArray[np.int32]
    """Lots waiting at each station at the end of each day that counts; (n_days, n_stations)."""


def replication_of(result: Result, span: Span, shut: NDArray[np.bool_]) -> Replication:
    """The days that count of a run; ``shut``: whether each place is, (n_stations, n_days)."""
    first = span.warm_up_days
    s, p = result.station, result.path
    days = span.warm_up_days + span.days
    moved = (p.born - p.done - p.lost).sum(axis=0)[:days]

    def total(column: NDArray[Number]) -> NDArray[Number]:
        return column[:, first:days].sum(axis=1)

    return Replication(
        wanted=total(s.wanted),
        started=total(s.started),
        lost=total(s.lost),
        held=total(s.wanted[:, :days] * shut),
        waited_h=total(s.waited_h),
        queue_h=total(s.queue_area),
        busy_h=total(s.busy_area),
        departed=total(s.departed),
        carried_t=total(s.carried),
        missed=total(s.missed),
        late=total(s.late),
        standing=result.standing,
        worst_h=result.worst_wait_h,
        wait_bins=result.wait_bins,
        wait_began=result.wait_began,
        wait_s=result.wait_s,
        born=total(p.born),
        done=total(p.done),
        gone=total(p.lost),
        door_h=total(p.door_h),
        door_bins=result.door_bins,
        under_way=np.cumsum(moved),
        queue=result.queue[-span.days :],
    )


def arrays_of(one: Replication) -> dict[str, NDArray[np.generic]]:
    """By name, as they are kept in a file."""
    return {field.name: getattr(one, field.name) for field in fields(one)}


NAMES = tuple(field.name for field in fields(Replication))
SHAPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(NAMES, ("station",)),
    **dict.fromkeys(("born", "done", "gone", "door_h"), ("way",)),
    "wait_bins": ("station", "bin"),
    "wait_began": ("station", "sample"),
    "wait_s": ("station", "sample"),
    "door_bins": ("way", "bin"),
    "under_way": ("every day",),
    "queue": ("day", "station"),
}
"""Per array its axes: what there is one of; a file whose arrays have other lengths is refused."""
