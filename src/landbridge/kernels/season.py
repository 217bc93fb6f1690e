"""The loop of a season: take the next event, move what moves, look at what that has freed.

Nothing grows inside. Where rows or the log may run out the loop returns before it begins a move,
the caller makes room and calls again; so it does after a number of events, to show progress or to
stop.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.draws import LAW_COLUMNS, drawn, unit
from landbridge.kernels.events import (
    BORN,
    EVENTS,
    KEY,
    LIVE,
    LOGGED,
    NONE,
    NOW,
    PERIOD,
    PLACE,
    ROW_COLUMNS,
    SERIAL,
    SINCE,
    STEP,
    STUCK,
    USED,
    WORD,
    WORK,
    Agenda,
    free_row,
    index,
    look,
    plan,
    take,
    take_row,
)  # fmt: skip
from landbridge.kernels.holds import let_pass, lose
from landbridge.kernels.jit import bare_kernel, inner_kernel
from landbridge.kernels.moves import advance, come_back, complete
from landbridge.kernels.settle import settle
from landbridge.kernels.stations import (
    BINS,
    BOX_KEY,
    BUSY,
    BUSY_AREA,
    CALLED,
    CANCELLED,
    COUNTS,
    FLOW_AT,
    FLOW_COLUMNS,
    FLOW_COUNT,
    FLOW_END,
    FLOW_RATED,
    FLOW_STEP,
    FLOW_STREAM,
    HELD,
    HELD_AREA,
    LATE,
    LENGTH,
    LOG_BORN,
    OUTSIDE,
    OWNER,
    PATH_BORN,
    PATH_COLUMNS,
    PLACE_COLUMNS,
    QUEUE_AREA,
    SERVERS,
    SETS,
    STAT_COLUMNS,
    STEP_COLUMNS,
    Stage,
    Tally,
    World,
    list_work,
    note,
)  # fmt: skip

KIND_BITS = 56
(PERIOD_EVENT, MARK_EVENT, CALENDAR_EVENT, BACK_EVENT, BOX_EVENT, ARRIVAL_EVENT, CALL_EVENT,
 PASS_EVENT, LOSE_EVENT, TURN_EVENT) = range(10)  # fmt: skip
"""What happens, in the order in which it happens at one instant: the books are closed, marks
taken, stations open and shut, sets and units come back, boxes end their steps (older ones first),
boxes are born, services leave, a queue before a shut place is let through, who has waited there too
long is lost, a path turns to other steps. So who is there at the minute of departure goes along."""
UNTIL, SLICE, ROWS, LOG, DEADLOCK, WIDTHS = range(6)
"""Why the loop returned: the time is up; so many events are done; rows or the log may run out;
boxes stand in a loop that nothing can open; an array has not the width that it must have."""
SPARE = 64
"""Rows, and rows of the log, that one move needs at most."""


@inner_kernel
def next_arrival(world: World, stage: Stage, now: int, f: int) -> int:
    """When the next box of path f is born, or NONE; called once for each box.

    By rates: the time by which the sum of the rate has grown by one exponential draw (inversion, no
    thinning), so twice the rate is the same draws at half the distances. The last rate is 0.
    """
    flow = stage.flow[f]
    at = flow[FLOW_AT]
    if flow[FLOW_RATED] == 0:
        if at >= flow[FLOW_END]:
            return NONE
        flow[FLOW_AT] = at + 1
        return int(world.when[at])
    rest = -math.log(1.0 - unit(drawn(flow[FLOW_STREAM], 2 * flow[FLOW_COUNT] + 1)))
    t = float(max(now, world.when[at]))
    while at + 1 < flow[FLOW_END]:
        rate = world.much[at]
        end = float(world.when[at + 1])
        if rate * (end - t) > rest:
            flow[FLOW_AT] = at
            return int(t + rest / rate + 0.5)
        rest -= rate * (end - t)
        t = end
        at += 1
    flow[FLOW_AT] = at
    return NONE


@inner_kernel
def arrive(world: World, agenda: Agenda, stage: Stage, tally: Tally, e: int) -> int:
    """A box is born on the path of event row e."""
    clock = agenda.clock
    now = clock[NOW]
    f = agenda.row[e, PLACE]
    flow = stage.flow[f]
    b = take_row(agenda)
    box = agenda.row[b]
    box[KEY] = BOX_KEY + clock[SERIAL]
    box[SINCE] = now
    box[BORN] = now
    box[WORD] = np.int64(drawn(flow[FLOW_STREAM], 2 * flow[FLOW_COUNT]))
    box[STEP] = flow[FLOW_STEP] - 1
    box[PLACE] = NONE
    first = flow[FLOW_STEP]
    note(tally, clock, clock[SERIAL], LOG_BORN, first, now)
    clock[SERIAL] += 1
    clock[LIVE] += 1
    flow[FLOW_COUNT] += 1
    tally.path[world.step[first, OWNER], clock[PERIOD], PATH_BORN] += 1  # f, unless it has turned
    t = next_arrival(world, stage, now, f)
    if t != NONE:
        plan(agenda, e, t)
    return b


@bare_kernel
def call_departure(stage: Stage, clock: NDArray[np.int64], s: int) -> None:
    """The clock calls a departure of s: it leaves now, with the next set, or not at all."""
    place = stage.place
    if place[s, SERVERS] <= 0 or place[s, CALLED] == 1:
        place[s, COUNTS + CANCELLED] += 1
        return
    place[s, CALLED] = 1
    if place[s, SETS] == 0:
        place[s, COUNTS + LATE] += 1
    list_work(stage, clock, s)


@bare_kernel
def take_mark(stage: Stage, tally: Tally, k: int) -> None:
    """Note how many boxes wait and are busy at each station."""
    for s in range(len(stage.place)):
        tally.grid[k, s, 0] = stage.place[s, LENGTH] + stage.place[s, OUTSIDE]
        tally.grid[k, s, 1] = stage.place[s, BUSY]


@bare_kernel
def close_books(stage: Stage, tally: Tally, clock: NDArray[np.int64]) -> None:
    """End a period: add what the areas lack (see ``change``), and open those of the next one."""
    place = stage.place
    now = clock[NOW]
    for s in range(len(place)):
        counts = place[s, COUNTS:]
        waiting = place[s, LENGTH] + place[s, OUTSIDE]
        counts[QUEUE_AREA] += waiting * now
        counts[BUSY_AREA] += place[s, BUSY] * now
        counts[HELD_AREA] += place[s, HELD] * now
        for k in range(STAT_COLUMNS):
            tally.stat[s, clock[PERIOD], k] = counts[k]
            counts[k] = 0
        counts[QUEUE_AREA] = -waiting * now
        counts[BUSY_AREA] = -place[s, BUSY] * now
        counts[HELD_AREA] = -place[s, HELD] * now
    clock[PERIOD] += 1


@bare_kernel
def turn(world: World, agenda: Agenda, stage: Stage, tally: Tally, e: int) -> None:
    """One event of a clock: a period, a mark, a calendar, a departure; then its next time.

    Such a row holds where it stands among the times (STEP) and their end (WORD).
    """
    row, clock = agenda.row[e], agenda.clock
    at = row[STEP]
    s = row[PLACE]
    kind = row[KEY] >> KIND_BITS
    if kind == CALENDAR_EVENT:
        stage.place[s, SERVERS] += int(world.much[at])
        list_work(stage, clock, s)
    elif kind == CALL_EVENT:
        call_departure(stage, clock, s)
    elif kind == PASS_EVENT:
        if not let_pass(world, agenda, stage, tally, s, int(world.much[at])):
            plan(agenda, e, clock[NOW])  # more come than one move has room for
            return
    elif kind == LOSE_EVENT:
        if not lose(world, agenda, stage, tally, s, clock[NOW] - int(world.much[at])):
            plan(agenda, e, clock[NOW])
            return
    elif kind == TURN_EVENT:
        stage.flow[s, FLOW_STEP] = int(world.much[at])
    elif kind == PERIOD_EVENT:
        close_books(stage, tally, clock)
    else:
        take_mark(stage, tally, at - s)
    row[STEP] = at + 1
    if at + 1 < row[WORD]:
        plan(agenda, e, int(world.when[at + 1]))


@bare_kernel
def open_season(
    world: World, agenda: Agenda, stage: Stage, clocks: NDArray[np.int64]
) -> None:  # fmt: skip
    """Plan the first event of each clock and each path.

    ``clocks``: (n, 4), columns kind of event, station (of marks: the first of their times), first
    and end of its times in ``world.when``, which are not empty.
    """
    for k in range(len(clocks)):
        e = take_row(agenda)
        row = agenda.row[e]
        row[KEY] = (clocks[k, 0] << KIND_BITS) + k
        row[PLACE] = clocks[k, 1]
        row[STEP] = clocks[k, 2]
        row[WORD] = clocks[k, 3]
        plan(agenda, e, int(world.when[clocks[k, 2]]))
    for f in range(len(stage.flow)):
        t = next_arrival(world, stage, 0, f)
        if t != NONE:
            e = take_row(agenda)
            agenda.row[e, KEY] = (ARRIVAL_EVENT << KIND_BITS) + f
            agenda.row[e, PLACE] = f
            plan(agenda, e, t)


@inner_kernel
def happen(world: World, agenda: Agenda, stage: Stage, tally: Tally, e: int) -> int:
    """The event of row e, out of the list by now; a box that shall advance, or NONE."""
    row = agenda.row
    kind = row[index(e), KEY] >> KIND_BITS
    if kind == BOX_EVENT:
        complete(agenda, stage, tally, e)
        return e
    if kind == ARRIVAL_EVENT:
        return arrive(world, agenda, stage, tally, e)
    if kind == BACK_EVENT:
        come_back(world, agenda, stage, row[e, PLACE], row[e, STEP])
        free_row(agenda, e)
    else:
        turn(world, agenda, stage, tally, e)
    return NONE


@inner_kernel
def lacking(agenda: Agenda, tally: Tally) -> int:
    """ROWS or LOG where there may not be room for one more move, else UNTIL."""
    if agenda.clock[USED] > len(agenda.row) - SPARE:
        return ROWS
    if len(tally.log) > 0 and agenda.clock[LOGGED] > len(tally.log) - SPARE:
        return LOG
    return UNTIL


@inner_kernel
def widths_are_known(world: World, agenda: Agenda, stage: Stage, tally: Tally) -> bool:
    """Whether rows are as wide as their columns say, without gaps.

    They always are; but what comes after this in the machine code may rely on it, so that the place
    of a column is found by a shift and not by a product with a width that is loaded each time.
    """
    return (
        agenda.row.shape[1] == ROW_COLUMNS
        and agenda.row.strides[0] == ROW_COLUMNS * 8
        and stage.place.shape[1] == PLACE_COLUMNS
        and stage.place.strides[0] == PLACE_COLUMNS * 8
        and stage.flow.shape[1] == FLOW_COLUMNS
        and stage.flow.strides[0] == FLOW_COLUMNS * 8
        and world.step.shape[1] == STEP_COLUMNS
        and world.law.shape[1] == LAW_COLUMNS
        and tally.wait.shape[1] == BINS
        and tally.path.shape[2] == PATH_COLUMNS
        and tally.door.shape[1] == BINS
    )


@bare_kernel
def run_season(
    world: World, agenda: Agenda, stage: Stage, tally: Tally, until: int, events: int
) -> int:
    """Go on until a time, or for a number of events; why it stopped."""
    clock = agenda.clock
    if not widths_are_known(world, agenda, stage, tally):
        return WIDTHS
    last = clock[EVENTS] + events
    moving = (
        NONE  # a box that shall advance; one place in the code, so that all is compiled into one
    )
    while True:
        if moving != NONE:
            advance(world, agenda, stage, tally, moving)
        lack = lacking(agenda, tally)
        if lack != UNTIL:
            return lack
        if clock[WORK] > 0:
            moving = settle(world, agenda, stage, tally)
            continue
        if clock[STUCK] > 0:
            return DEADLOCK
        t = look(agenda)
        if t == NONE or t > until:
            clock[NOW] = until
            return UNTIL
        if clock[EVENTS] == last:
            return SLICE
        e = take(agenda)
        clock[NOW] = t
        clock[EVENTS] += 1
        moving = happen(world, agenda, stage, tally, e)
