"""One replication followed lot by lot: what moved when on which leg, what waited where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.kernels.events import NONE
from landbridge.kernels.stations import (
    END,
    FROM,
    GO,
    LOG_COLUMNS,
    LOG_END,
    LOG_START,
    OWNER,
    World,
)  # fmt: skip
from landbridge.schema.column import Floats
from landbridge.simulation.arrays import TICKS
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.entries import Entries, entries
from landbridge.simulation.model import Give, Take
from landbridge.simulation.season import Season

Longs = NDArray[np.int64]

MARK_H = 6.0
"""Queues are noted every so many hours."""
TAIL_DAYS = 60
"""Days that are run beyond the season, so that who is on the way at its end is seen to arrive."""
MOST_ROWS = 60_000_000
"""Rows of the log that are held: 32 bytes each."""
NOT_MOVING = -1


@dataclass(frozen=True, eq=False)
class Movements:
    """Moves and queues of one replication; hours count from the first day of the season.

    Same draws and hence the same times as the replication of that number.
    """

    way: Longs
    """Per move of a lot, the row of the season's ways."""
    leg: Longs
    """... and the leg of that way's itinerary."""
    depart_h: Floats
    arrive_h: Floats
    queue: NDArray[np.int32]
    """Lots waiting every ``MARK_H`` hours; (n_marks, n_stations)."""


def follow(
    season: Season, number: int, progress: Callable[[float], bool] | None = None
) -> Movements:
    """Follow replication ``number`` (from 0); ``progress`` as of ``Run.finish``.

    Raises ``QuestionError`` where more happens than can be held.
    """
    span = replace(season.span, days=season.span.days + TAIL_DAYS, mark_h=MARK_H)
    prepared = Prepared(season.world.model(season.seed, number, span, season.shares))
    parts: list[Longs] = []
    held = 0

    def keep(rows: Longs) -> None:
        nonlocal held
        wanted = rows[np.isin(entries(rows).what, (LOG_START, LOG_END))]
        held += len(wanted)
        if held > MOST_ROWS:
            raise QuestionError(
                f"more than {MOST_ROWS:,} events in this season, too many to follow every lot;"
                " fewer days or less demand are needed"
            )
        parts.append(wanted)

    result = Run(prepared, season.seed, number, keep).finish(progress)
    log = entries(np.concatenate([np.zeros((0, LOG_COLUMNS), np.int64), *parts]))
    way, leg, depart, arrive = _moves(log, *moving_legs(season, prepared.arrays.world))
    first = season.span.warm_up_h
    starts, ends = depart / TICKS - first, arrive / TICKS - first
    seen = (ends > 0) & (starts < season.span.days * 24.0)
    marks = round(first / MARK_H), round((first + season.span.days * 24.0) / MARK_H)
    return Movements(way[seen], leg[seen], starts[seen], ends[seen], result.queue[slice(*marks)])


def moving_legs(season: Season, world: World) -> tuple[Longs, Longs]:
    """Way and leg of each row of ``world.step``; ``NOT_MOVING`` where a lot does not move in it."""
    way, entered = world.step[:, OWNER], world.step[:, FROM] == NONE
    leg = np.full(len(world.step), NOT_MOVING)
    for k, (one, legs) in enumerate(zip(season.world.ways, season.world.legs, strict=True)):
        moves = [part.kind == "move" for part in one.itinerary.legs]
        rows = np.flatnonzero(entered & (way == k) & (world.step[:, GO] != END))
        takes = [isinstance(step, Take) for step in season.world.steps[k]
                 if not isinstance(step, Give)]  # fmt: skip
        leg[rows] = [part if moves[part] and not taken else NOT_MOVING
                     for part, taken in zip(legs, takes, strict=True)]  # fmt: skip
    return way, leg


def _moves(log: Entries, way_of: Longs, leg_of: Longs) -> tuple[Longs, Longs, Longs, Longs]:
    """Way, leg, first start and last end of every leg that a lot moved and finished.

    ``log``: starts and ends; ``way_of``, ``leg_of``: as of ``moving_legs``.
    """
    moving = leg_of[log.step] != NOT_MOVING
    row = np.flatnonzero(moving)[np.argsort(log.box[moving], kind="stable")]
    if not len(row):
        none = np.zeros(0, np.int64)
        return none, none, none, none
    # a leg that a lot moves is one run of rows: from its first start to its last end
    lot, leg, way = log.box[row], leg_of[log.step[row]], way_of[log.step[row]]
    new = np.ones(len(row), bool)
    new[1:] = (lot[1:] != lot[:-1]) | (leg[1:] != leg[:-1])
    begins = np.flatnonzero(new)
    ends = np.append(begins[1:], len(row)) - 1
    most = int(leg_of.max(initial=0)) + 1
    steps = np.zeros((int(way_of.max(initial=0)) + 1, most), np.int64)
    np.add.at(steps, (way_of[leg_of >= 0], leg_of[leg_of >= 0]), 1)
    over = (ends - begins + 1) == 2 * steps[way[begins], leg[begins]]
    begins, ends = begins[over], ends[over]
    return way[begins], leg[begins], log.time[row[begins]], log.time[row[ends]]
