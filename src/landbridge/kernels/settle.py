"""The list of work: stations where something has become free, so that waiting boxes may move.

``settle`` takes one station off the list and moves one box, so that long chains of moves need no
recursion and the log needs few free rows.
"""

from __future__ import annotations

from landbridge.kernels.draws import drawn, duration
from landbridge.kernels.events import (
    NONE,
    NOW,
    PLACE,
    STEP,
    WORK,
    Agenda,
    index,
    plan,
)  # fmt: skip
from landbridge.kernels.jit import bare_kernel, inner_kernel
from landbridge.kernels.moves import begin, enter_room, record_start, send
from landbridge.kernels.stations import (
    AMOUNT,
    BOARDING,
    BUSY,
    CALLED,
    CANCELLED,
    CAPACITY,
    CARRIED,
    COUNTS,
    DEPART,
    DEPARTED,
    ENDLESS,
    FLOW_LOAD,
    HEAD,
    HELD,
    KIND,
    LAW,
    LEAST,
    LENGTH,
    LISTED,
    LOAD,
    MISSED,
    OUT_HEAD,
    OUTSIDE,
    OWNER,
    ROOM,
    SERVE,
    SERVERS,
    SETS,
    STREAM,
    TRIPS,
    TURN,
    WHEN_FULL,
    Stage,
    Tally,
    World,
    can_start,
    change,
    list_work,
    pop_first,
    release,
)  # fmt: skip


@bare_kernel
def let_in(world: World, agenda: Agenda, stage: Stage, s: int) -> None:
    """The first box that waits elsewhere for station s takes a place in its room."""
    b = pop_first(agenda, stage.place, s, OUT_HEAD)
    change(stage.place, agenda.clock, s, OUTSIDE, -1)
    held = agenda.row[b, PLACE]
    enter_room(world, agenda, stage, b, s)
    release(stage, agenda.clock, held)


@bare_kernel
def leave_port(world: World, agenda: Agenda, stage: Stage, s: int) -> bool:
    """Start a departure of s that is called, or full, if a set is there; true where it starts."""
    place = stage.place
    full = place[s, WHEN_FULL] == 1 and place[s, LOAD] >= place[s, CAPACITY]
    if place[s, SERVERS] <= 0 or place[s, SETS] == 0 or not (full or place[s, CALLED] == 1):
        return False
    if not full and place[s, LOAD] < place[s, LEAST]:
        place[s, CALLED] = 0
        place[s, COUNTS + CANCELLED] += 1
        return False
    place[s, CALLED] = 0
    place[s, BOARDING] = place[s, CAPACITY]
    place[s, COUNTS + DEPARTED] += 1
    if place[s, SETS] < ENDLESS:
        place[s, SETS] -= 1
        word = drawn(place[s, STREAM], 2 * place[s, TRIPS])
        send(agenda, s, 1, duration(world.law, world.table, place[s, TURN], word))
    place[s, TRIPS] += 1
    return True


@bare_kernel
def board(world: World, agenda: Agenda, stage: Stage, tally: Tally, s: int) -> bool:
    """One box boards the departure of s; false where none is left or the next does not fit.

    All boxes of a trip share one draw, each through the law of its own ride.
    """
    place, clock, row = stage.place, agenda.clock, agenda.row
    b = place[s, HEAD]
    if b != NONE:
        i = row[b, STEP]
        load = stage.flow[world.step[i, OWNER], FLOW_LOAD]
        if load <= place[s, BOARDING]:
            pop_first(agenda, place, s, HEAD)
            change(place, agenda.clock, s, LENGTH, -1)
            place[s, LOAD] -= load
            place[s, BOARDING] -= load
            change(place, agenda.clock, s, BUSY, 1)
            place[s, COUNTS + CARRIED] += load
            record_start(agenda, stage, tally, b, s)
            word = drawn(place[s, STREAM], 2 * place[s, TRIPS] - 1)
            plan(agenda, b, clock[NOW] + duration(world.law, world.table, world.step[i, LAW], word))
            return True
    place[s, COUNTS + MISSED] += place[s, LENGTH]
    place[s, BOARDING] = NONE
    return False


@inner_kernel
def settle(world: World, agenda: Agenda, stage: Stage, tally: Tally) -> int:
    """Take one station off the list of work and move at most one of its boxes.

    Returns a box that was through at once and shall advance, or NONE.
    """
    place, clock = stage.place, agenda.clock
    clock[WORK] -= 1
    s = index(stage.work[index(clock[WORK])])
    place[s, LISTED] = 0
    started = NONE
    if place[s, OUTSIDE] > 0 and place[s, LENGTH] < place[s, ROOM]:
        let_in(world, agenda, stage, s)
    elif place[s, KIND] == DEPART:
        if place[s, BOARDING] != NONE:
            board(world, agenda, stage, tally, s)
        elif not leave_port(world, agenda, stage, s):
            return NONE
    else:
        head = HEAD if place[s, LENGTH] > 0 else OUT_HEAD
        b = place[s, head]
        if b == NONE or not can_start(
            place, s, world.step[index(agenda.row[index(b), STEP]), AMOUNT]
        ):
            return NONE
        pop_first(agenda, place, s, head)
        change(place, agenda.clock, s, LENGTH if head == HEAD else OUTSIDE, -1)
        held = agenda.row[index(b), PLACE]
        if begin(world, agenda, stage, tally, b, s):
            started = b
        if head == OUT_HEAD:
            release(stage, clock, held)
    served = place[s, KIND] == SERVE and place[s, BUSY] + place[s, HELD] >= place[s, SERVERS]
    if place[s, OUTSIDE] > 0 or not served:
        list_work(stage, clock, s)
    return started
