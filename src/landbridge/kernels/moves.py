"""How one box moves on, and what that sets in motion.

What frees a place puts the station on a list of work; ``settle`` takes one station off it and moves
one box, so that long chains of moves need no recursion and the log needs few free rows.
"""

from __future__ import annotations

from landbridge.kernels.draws import drawn, duration
from landbridge.kernels.events import (
    BORN,
    KEY,
    LIVE,
    NONE,
    NOW,
    PERIOD,
    PLACE,
    SENDS,
    SINCE,
    STEP,
    STUCK,
    WARM,
    WORD,
    WORK,
    Agenda,
    free_row,
    plan,
    take_row,
)  # fmt: skip
from landbridge.kernels.jit import bare_kernel, inner_kernel
from landbridge.kernels.loops import find_deadlock
from landbridge.kernels.stations import (
    AMOUNT,
    BATCH,
    BOARDING,
    BOX_KEY,
    BUSY,
    CALLED,
    CANCELLED,
    CAPACITY,
    CARRIED,
    DEPART,
    DEPARTED,
    END,
    ENDLESS,
    FLOW_LOAD,
    FLOW_WORST,
    FROM,
    GO,
    HEAD,
    HELD,
    KEEP,
    KIND,
    LAW,
    LEAST,
    LEFT,
    LENGTH,
    LISTED,
    LOAD,
    LOG_DONE,
    LOG_END,
    LOG_LOST,
    LOG_READY,
    LOG_START,
    LOOP,
    LOSES,
    LOST,
    MISSED,
    OUT_HEAD,
    OUTSIDE,
    OWNER,
    PATH_DONE,
    PATH_LOST,
    PATH_TICKS,
    POOL,
    ROOM,
    ROUNDS,
    SEND_LAW,
    SEND_TO,
    SENT,
    SERVERS,
    SETS,
    STARTED,
    STREAM,
    TAG,
    TRIPS,
    TURN,
    WAITED,
    WANTED,
    WHEN_FULL,
    WORST,
    Stage,
    Tally,
    World,
    account,
    append,
    bin_of,
    can_start,
    list_work,
    note,
    pop_first,
    release,
)  # fmt: skip

BACK_KEY = 3 << 56
"""Key of a set or of units on their way back, and the number sent before them."""


@inner_kernel
def record_start(agenda: Agenda, stage: Stage, tally: Tally, b: int, s: int) -> None:
    """Box b has waited for station s until now."""
    clock, place = agenda.clock, stage.place
    waited = clock[NOW] - agenda.row[b, SINCE]
    stat = tally.stat[s, clock[PERIOD]]
    stat[STARTED] += 1
    stat[WAITED] += waited
    if clock[NOW] >= clock[WARM]:
        tally.wait[s, bin_of(waited)] += 1
        place[s, WORST] = max(place[s, WORST], waited)
    note(tally, clock, agenda.row[b, KEY] - BOX_KEY, LOG_START, s)
    agenda.row[b, PLACE] = s


@inner_kernel
def begin(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int, s: int) -> bool:
    """Box b starts at station s, which can; true where it is through at once (a pool)."""
    row, place = agenda.row, stage.place
    i = row[b, STEP]
    record_start(agenda, stage, tally, b, s)
    if place[s, KIND] == POOL:
        place[s, BUSY] += world.step[i, AMOUNT]
        place[s, HELD] += 1
        return True
    place[s, BUSY] += 1
    word = drawn(row[b, WORD], world.step[i, TAG])
    ticks = duration(world.law, world.table, world.step[i, LAW], word)
    plan(agenda, b, agenda.clock[NOW] + ticks)
    return False


@inner_kernel
def enter_room(world: World, agenda: Agenda, stage: Stage, b: int, s: int) -> None:
    """Box b takes a place in the room of station s, which has one."""
    place = stage.place
    append(agenda, place, s, b, HEAD)
    agenda.row[b, PLACE] = NONE
    place[s, LENGTH] += 1
    if place[s, KIND] == DEPART:
        owner = world.step[agenda.row[b, STEP], OWNER]
        place[s, LOAD] += stage.flow[owner, FLOW_LOAD]
        if place[s, WHEN_FULL] == 1 and place[s, LOAD] >= place[s, CAPACITY]:
            list_work(stage, agenda.clock, s)


@bare_kernel
def send(agenda: Agenda, s: int, amount: int, ticks: int) -> None:
    """Units, or a set, come to station s after so many ticks."""
    clock = agenda.clock
    e = take_row(agenda)
    row = agenda.row[e]
    row[KEY] = BACK_KEY + clock[SENDS]
    row[PLACE] = s
    row[STEP] = amount
    clock[SENDS] += 1
    plan(agenda, e, clock[NOW] + ticks)


@bare_kernel
def come_back(
    world: World, agenda: Agenda, stage: Stage, tally: Tally, s: int, amount: int
) -> None:
    """Units are back at pool s, or a set at departure s; what a pool has too many of is sent on."""
    place, clock = stage.place, agenda.clock
    account(place, tally, clock, s)
    stat = tally.stat[s, clock[PERIOD]]
    stat[ROUNDS] += amount
    if place[s, KIND] == DEPART:
        place[s, SETS] += amount
        list_work(stage, clock, s)
        return
    place[s, BUSY] -= amount
    if place[s, LENGTH] + place[s, OUTSIDE] > 0:
        list_work(stage, clock, s)
        return
    to = place[s, SEND_TO]
    batch = place[s, BATCH]
    if to != NONE and place[s, SERVERS] - place[s, BUSY] - place[s, KEEP] >= batch:
        place[s, SERVERS] -= batch
        account(place, tally, clock, to)
        place[to, SERVERS] += batch
        place[to, BUSY] += batch
        word = drawn(place[s, STREAM], place[s, TRIPS])
        place[s, TRIPS] += 1
        stat[SENT] += batch
        send(agenda, to, batch, duration(world.law, world.table, place[s, SEND_LAW], word))


@bare_kernel
def give(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int, i: int) -> None:
    """Box b gives units back at step i; they are at the pool after the step's time."""
    place, step = stage.place, world.step
    to = step[i, GO]
    origin = step[i, FROM]
    amount = step[i, AMOUNT]
    if origin != to:
        account(place, tally, agenda.clock, origin)
        account(place, tally, agenda.clock, to)
        place[origin, SERVERS] -= amount
        place[origin, BUSY] -= amount
        place[to, SERVERS] += amount
        place[to, BUSY] += amount
    if step[i, LAW] == NONE:
        come_back(world, agenda, stage, tally, to, amount)
    else:
        word = drawn(agenda.row[b, WORD], step[i, TAG])
        send(agenda, to, amount, duration(world.law, world.table, step[i, LAW], word))


@inner_kernel
def leave_world(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int, i: int) -> None:
    """Box b is done with its path (step i is its END), or lost at the station of step i."""
    row, clock = agenda.row, agenda.clock
    owner = world.step[i, OWNER]
    count = tally.path[owner, clock[PERIOD]]
    number = row[b, KEY] - BOX_KEY
    if world.step[i, GO] == END:
        spent = clock[NOW] - row[b, BORN]
        count[PATH_DONE] += 1
        count[PATH_TICKS] += spent
        if clock[NOW] >= clock[WARM]:
            tally.door[owner, bin_of(spent)] += 1
            stage.flow[owner, FLOW_WORST] = max(stage.flow[owner, FLOW_WORST], spent)
        note(tally, clock, number, LOG_DONE, owner)
    else:
        count[PATH_LOST] += 1
        tally.stat[world.step[i, GO], clock[PERIOD], LOST] += 1
        note(tally, clock, number, LOG_LOST, world.step[i, GO])
    clock[LIVE] -= 1
    release(stage, tally, clock, row[b, PLACE])
    free_row(agenda, b)


@inner_kernel
def advance(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int) -> None:
    """Box b is done with its step, and held where it is; take it as far as it gets at once."""
    row, clock, place, step = agenda.row, agenda.clock, stage.place, world.step
    while True:
        i = row[b, STEP] + 1
        s = step[i, GO]
        if s == END:
            leave_world(world, agenda, stage, tally, b, i)
            return
        row[b, STEP] = i
        if step[i, FROM] != NONE:
            give(world, agenda, stage, tally, b, i)
            continue
        held = row[b, PLACE]
        account(place, tally, clock, s)
        tally.stat[s, clock[PERIOD], WANTED] += 1
        row[b, SINCE] = clock[NOW]
        note(tally, clock, row[b, KEY] - BOX_KEY, LOG_READY, s)
        alone = place[s, OUTSIDE] == 0
        if alone and place[s, LENGTH] == 0 and can_start(place, s, step[i, AMOUNT]):
            at_once = begin(world, agenda, stage, tally, b, s)
            release(stage, tally, clock, held)
            if at_once:
                continue
            return
        if alone and place[s, LENGTH] < place[s, ROOM]:
            enter_room(world, agenda, stage, b, s)
            release(stage, tally, clock, held)
        elif place[s, LOSES] == 1:
            leave_world(world, agenda, stage, tally, b, i)
        else:
            append(agenda, place, s, b, OUT_HEAD)
            place[s, OUTSIDE] += 1
            if step[i, LOOP] == 1:
                clock[STUCK] = find_deadlock(agenda, place, s)
        return


@inner_kernel
def complete(agenda: Agenda, stage: Stage, tally: Tally, b: int) -> None:
    """The service or ride of box b is over; it is held where it is."""
    place, clock = stage.place, agenda.clock
    s = agenda.row[b, PLACE]
    account(place, tally, clock, s)
    place[s, BUSY] -= 1
    place[s, HELD] += 1
    tally.stat[s, clock[PERIOD], LEFT] += 1
    note(tally, clock, agenda.row[b, KEY] - BOX_KEY, LOG_END, s)


@bare_kernel
def let_in(world: World, agenda: Agenda, stage: Stage, tally: Tally, s: int) -> None:
    """The first box that waits elsewhere for station s takes a place in its room."""
    b = pop_first(agenda, stage.place, s, OUT_HEAD)
    stage.place[s, OUTSIDE] -= 1
    held = agenda.row[b, PLACE]
    enter_room(world, agenda, stage, b, s)
    release(stage, tally, agenda.clock, held)


@bare_kernel
def leave_port(world: World, agenda: Agenda, stage: Stage, tally: Tally, s: int) -> bool:
    """Start a departure of s that is called, or full, if a set is there; true where it starts."""
    place, clock = stage.place, agenda.clock
    stat = tally.stat[s, clock[PERIOD]]
    full = place[s, WHEN_FULL] == 1 and place[s, LOAD] >= place[s, CAPACITY]
    if place[s, SERVERS] <= 0 or place[s, SETS] == 0 or not (full or place[s, CALLED] == 1):
        return False
    if not full and place[s, LOAD] < place[s, LEAST]:
        place[s, CALLED] = 0
        stat[CANCELLED] += 1
        return False
    place[s, CALLED] = 0
    place[s, BOARDING] = place[s, CAPACITY]
    stat[DEPARTED] += 1
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
    stat = tally.stat[s, clock[PERIOD]]
    b = place[s, HEAD]
    if b != NONE:
        i = row[b, STEP]
        load = stage.flow[world.step[i, OWNER], FLOW_LOAD]
        if load <= place[s, BOARDING]:
            pop_first(agenda, place, s, HEAD)
            place[s, LENGTH] -= 1
            place[s, LOAD] -= load
            place[s, BOARDING] -= load
            place[s, BUSY] += 1
            stat[CARRIED] += load
            record_start(agenda, stage, tally, b, s)
            word = drawn(place[s, STREAM], 2 * place[s, TRIPS] - 1)
            plan(agenda, b, clock[NOW] + duration(world.law, world.table, world.step[i, LAW], word))
            return True
    stat[MISSED] += place[s, LENGTH]
    place[s, BOARDING] = NONE
    return False


@inner_kernel
def settle(world: World, agenda: Agenda, stage: Stage, tally: Tally) -> int:
    """Take one station off the list of work and move at most one of its boxes.

    Returns a box that was through at once and shall advance, or NONE.
    """
    place, clock = stage.place, agenda.clock
    clock[WORK] -= 1
    s = int(stage.work[clock[WORK]])
    place[s, LISTED] = 0
    account(place, tally, clock, s)
    started = NONE
    if place[s, OUTSIDE] > 0 and place[s, LENGTH] < place[s, ROOM]:
        let_in(world, agenda, stage, tally, s)
    elif place[s, KIND] == DEPART:
        if place[s, BOARDING] != NONE:
            board(world, agenda, stage, tally, s)
        elif not leave_port(world, agenda, stage, tally, s):
            return NONE
    else:
        head = HEAD if place[s, LENGTH] > 0 else OUT_HEAD
        b = place[s, head]
        if b == NONE or not can_start(place, s, world.step[agenda.row[b, STEP], AMOUNT]):
            return NONE
        pop_first(agenda, place, s, head)
        place[s, LENGTH if head == HEAD else OUTSIDE] -= 1
        held = agenda.row[b, PLACE]
        if begin(world, agenda, stage, tally, b, s):
            started = b
        if head == OUT_HEAD:
            release(stage, tally, clock, held)
    if place[s, LENGTH] + place[s, OUTSIDE] > 0 or place[s, KIND] == DEPART:
        list_work(stage, clock, s)
    return started
