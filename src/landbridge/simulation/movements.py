"""One replication followed lot by lot: what moved when on which leg, what waited where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.kernels.stations import LOG_BORN, LOG_END, LOG_START
from landbridge.schema.column import Floats
from landbridge.simulation.arrays import TICKS
from landbridge.simulation.engine import Prepared, Run
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
    model = season.world.model(season.seed, number, span, season.shares)
    parts: list[Longs] = []
    held = 0

    def keep(rows: Longs) -> None:
        nonlocal held
        wanted = rows[np.isin(rows[:, 2], (LOG_BORN, LOG_START, LOG_END))]
        held += len(wanted)
        if held > MOST_ROWS:
            raise QuestionError(
                f"more than {MOST_ROWS:,} events in this season, too many to follow every lot;"
                " fewer days or less demand are needed"
            )
        parts.append(wanted)

    result = Run(Prepared(model), season.seed, number, keep).finish(progress)
    log = np.concatenate(parts) if parts else np.zeros((0, 4), np.int64)
    way, leg, depart, arrive = _moves(log, moving_legs(season))
    first = season.span.warm_up_h
    starts, ends = depart / TICKS - first, arrive / TICKS - first
    seen = (ends > 0) & (starts < season.span.days * 24.0)
    marks = round(first / MARK_H), round((first + season.span.days * 24.0) / MARK_H)
    return Movements(way[seen], leg[seen], starts[seen], ends[seen], result.queue[slice(*marks)])


def moving_legs(season: Season) -> list[Longs]:
    """Per way the leg of each of its steps, ``NOT_MOVING`` where the lot does not move in it."""
    found: list[Longs] = []
    for way, legs in zip(season.world.ways, season.world.legs, strict=True):
        moves = [one.kind == "move" for one in way.itinerary.legs]
        found.append(np.array([leg if moves[leg] else NOT_MOVING for leg in legs], dtype=np.int64))
    return found


def _moves(log: Longs, legs: Sequence[Longs]) -> tuple[Longs, Longs, Longs, Longs]:
    """Way, leg, first start and last end of every leg that a lot moved and finished.

    ``log``: rows of time, lot, what (born, start or end), station or way, in the order of events.
    """
    log = log[np.argsort(log[:, 1], kind="stable")]
    time, lot, what, where = log.T
    born, start = what == LOG_BORN, what == LOG_START
    way = where[born][np.cumsum(born) - 1]
    # number of the step within its lot: starts seen so far, less those of the lots before
    started = np.cumsum(start)
    before = (started - start)[born][np.cumsum(born) - 1]
    first = np.cumsum([0, *(len(one) for one in legs)])
    flat = np.concatenate([*legs, np.zeros(0, np.int64)])
    leg = np.full(len(log), NOT_MOVING)
    on = ~born & (started > before)
    leg[on] = flat[first[way[on]] + started[on] - before[on] - 1]
    # a leg that a lot moves is one run of rows: from its first start to its last end
    row = np.flatnonzero(leg != NOT_MOVING)
    if not len(row):
        none = np.zeros(0, np.int64)
        return none, none, none, none
    new = np.ones(len(row), bool)
    new[1:] = (lot[row[1:]] != lot[row[:-1]]) | (leg[row[1:]] != leg[row[:-1]])
    begins = row[new]
    ends = row[np.append(np.flatnonzero(new)[1:] - 1, len(row) - 1)]
    over = what[ends] == LOG_END
    over &= _all_done(begins, ends, what, way, leg, legs)
    begins, ends = begins[over], ends[over]
    return way[begins], leg[begins], time[begins], time[ends]


def _all_done(
    begins: Longs, ends: Longs, what: Longs, way: Longs, leg: Longs, legs: Sequence[Longs]
) -> NDArray[np.bool_]:
    """Whether each run of rows holds all the steps that its leg has."""
    most = max((int(one.max(initial=0)) for one in legs), default=0) + 1
    steps = np.array([np.bincount(one[one >= 0], minlength=most) for one in legs])
    ended = np.cumsum(what == LOG_END)
    done = ended[ends] - ended[begins]
    return done == steps[way[begins], leg[begins]]
