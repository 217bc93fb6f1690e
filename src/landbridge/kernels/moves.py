"""How one box moves on, and what that sets in motion.

What frees a place puts the station on a list of work (``settle.py``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.draws import drawn, duration
from landbridge.kernels.events import (
    BORN,
    DUE,
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
    Agenda,
    free_row,
    index,
    plan,
    take_row,
)  # fmt: skip
from landbridge.kernels.jit import bare_kernel, inner_kernel
from landbridge.kernels.loops import find_deadlock
from landbridge.kernels.stations import (
    AMOUNT,
    BATCH,
    BOX_KEY,
    BUSY,
    CAPACITY,
    COUNTS,
    DEPART,
    END,
    FLOW_LOAD,
    FLOW_WORST,
    FROM,
    GO,
    HEAD,
    HELD,
    KEEP,
    KIND,
    LAW,
    LEFT,
    LENGTH,
    LOAD,
    LOG_DONE,
    LOG_END,
    LOG_LOST,
    LOG_START,
    LOOP,
    LOSES,
    LOST,
    OUT_HEAD,
    OUTSIDE,
    OWNER,
    PACE,
    PATH_DONE,
    PATH_LOST,
    PATH_TICKS,
    POOL,
    ROOM,
    ROUNDS,
    SEND_LAW,
    SEND_TO,
    SENT,
    SERVE,
    SERVERS,
    SETS,
    STARTED,
    STREAM,
    TAG,
    TRIPS,
    WAITED,
    WANTED,
    WHEN_FULL,
    WORST,
    Stage,
    Tally,
    World,
    append,
    bin_of,
    can_start,
    change,
    keep_wait,
    list_work,
    note,
    release,
    step_word,
    worked,
)  # fmt: skip

BACK_KEY = 3 << 56
"""Key of a set or of units on their way back, and the number sent before them."""


@inner_kernel
def record_start(agenda: Agenda, stage: Stage, tally: Tally, b: int, s: int) -> None:
    """Box b has waited for station s until now."""
    clock, place = agenda.clock, stage.place
    b, s = index(b), index(s)
    waited = clock[NOW] - agenda.row[b, SINCE]
    place[s, COUNTS + STARTED] += 1
    place[s, COUNTS + WAITED] += waited
    if clock[NOW] >= clock[WARM]:
        tally.wait[s, index(bin_of(waited))] += 1
        place[s, WORST] = max(place[s, WORST], waited)
        keep_wait(tally, s, agenda.row[b, SINCE], waited)
    note(
        tally, clock, agenda.row[b, KEY] - BOX_KEY, LOG_START, agenda.row[b, STEP],
        agenda.row[b, SINCE],
    )  # fmt: skip
    agenda.row[b, PLACE] = s


@inner_kernel
def foresee(world: World, agenda: Agenda, b: int, i: int) -> None:
    """Draw into DUE how long box b will be served at step i.

    For one that must wait this is done when it comes and not when it starts: what comes next then
    waits neither for a logarithm nor, where a branch was foretold wrongly, for it and the branch.
    """
    b, i = index(b), index(i)
    word = step_word(world, agenda.row[b, WORD], i)
    agenda.row[b, DUE] = duration(world.law, world.table, index(world.step[i, LAW]), word)


@inner_kernel
def begin(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int, s: int) -> bool:
    """Box b starts at station s, which can; true where it is through at once (a pool).

    Where it will be served, DUE holds for how long.
    """
    row, place = agenda.row, stage.place
    b, s = index(b), index(s)
    i = index(row[b, STEP])
    record_start(agenda, stage, tally, b, s)
    if place[s, KIND] == POOL:
        change(place, agenda.clock, s, BUSY, world.step[i, AMOUNT])
        change(place, agenda.clock, s, HELD, 1)
        return True
    change(place, agenda.clock, s, BUSY, 1)
    ticks = row[b, DUE]
    pace = place[s, PACE]
    if pace != NONE:
        ticks = worked(world, pace, agenda.clock[NOW], ticks)
    plan(agenda, b, agenda.clock[NOW] + ticks)
    return False


@inner_kernel
def enter_room(world: World, agenda: Agenda, stage: Stage, b: int, s: int) -> None:
    """Box b takes a place in the room of station s, which has one."""
    place = stage.place
    b, s = index(b), index(s)
    append(agenda, place, s, b, HEAD)
    agenda.row[b, PLACE] = NONE
    change(place, agenda.clock, s, LENGTH, 1)
    if place[s, KIND] == DEPART:
        owner = index(world.step[index(agenda.row[b, STEP]), OWNER])
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
def come_back(world: World, agenda: Agenda, stage: Stage, s: int, amount: int) -> None:
    """Units are back at pool s, or a set at departure s; what a pool has too many of is sent on."""
    place, clock = stage.place, agenda.clock
    place[s, COUNTS + ROUNDS] += amount
    if place[s, KIND] == DEPART:
        place[s, SETS] += amount
        list_work(stage, clock, s)
        return
    change(place, agenda.clock, s, BUSY, -amount)
    if place[s, LENGTH] + place[s, OUTSIDE] > 0:
        list_work(stage, clock, s)
        return
    to = place[s, SEND_TO]
    batch = place[s, BATCH]
    if to != NONE and place[s, SERVERS] - place[s, BUSY] - place[s, KEEP] >= batch:
        place[s, SERVERS] -= batch
        place[to, SERVERS] += batch
        change(place, agenda.clock, to, BUSY, batch)
        word = drawn(place[s, STREAM], place[s, TRIPS])
        place[s, TRIPS] += 1
        place[s, COUNTS + SENT] += batch
        send(agenda, to, batch, duration(world.law, world.table, place[s, SEND_LAW], word))


@bare_kernel
def give(world: World, agenda: Agenda, stage: Stage, b: int, i: int) -> None:
    """Box b gives units back at step i; they are at the pool after the step's time."""
    place, step = stage.place, world.step
    to = step[i, GO]
    origin = step[i, FROM]
    amount = step[i, AMOUNT]
    if origin != to:
        place[origin, SERVERS] -= amount
        change(place, agenda.clock, origin, BUSY, -amount)
        place[to, SERVERS] += amount
        change(place, agenda.clock, to, BUSY, amount)
    if step[i, LAW] == NONE:
        come_back(world, agenda, stage, to, amount)
    else:
        word = drawn(agenda.row[b, WORD], step[i, TAG])
        send(agenda, to, amount, duration(world.law, world.table, step[i, LAW], word))


@bare_kernel
def drop_units(world: World, agenda: Agenda, stage: Stage, i: int) -> None:
    """A box that is lost at step i gives back at once what it has taken before."""
    step, place = world.step, stage.place
    first = i
    while first > 0 and step[first - 1, OWNER] == step[i, OWNER] and step[first - 1, GO] != END:
        first -= 1
    for j in range(first, i):
        pool = step[j, GO]
        if step[j, FROM] != NONE or place[pool, KIND] != POOL:
            continue
        out = 0
        for k in range(first, i):
            if step[k, FROM] == pool:
                out -= step[k, AMOUNT]
            elif step[k, FROM] == NONE and step[k, GO] == pool:
                if k < j:  # has been seen to
                    out = 0
                    break
                out += step[k, AMOUNT]
        if out > 0:
            come_back(world, agenda, stage, pool, out)


@inner_kernel
def move_off(stage: Stage, clock: NDArray[np.int64], s: int) -> None:
    """A box that has got through station s just now goes on, and was never held there."""
    column = HELD if s == NONE or stage.place[index(s), KIND] == POOL else BUSY
    release(stage, clock, s, column)


@inner_kernel
def stay(stage: Stage, clock: NDArray[np.int64], s: int) -> None:
    """A box that has got through station s just now cannot leave it: it is held."""
    if s != NONE and stage.place[index(s), KIND] != POOL:
        change(stage.place, clock, s, BUSY, -1)
        change(stage.place, clock, s, HELD, 1)


@inner_kernel
def leave_world(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int, i: int) -> None:
    """Box b is done with its path (step i is its END), or lost at the station of step i."""
    row, clock = agenda.row, agenda.clock
    b, i = index(b), index(i)
    owner = index(world.step[i, OWNER])
    count = tally.path[owner, index(clock[PERIOD])]
    number = row[b, KEY] - BOX_KEY
    if world.step[i, GO] == END:
        spent = clock[NOW] - row[b, BORN]
        count[PATH_DONE] += 1
        count[PATH_TICKS] += spent
        if clock[NOW] >= clock[WARM]:
            tally.door[owner, index(bin_of(spent))] += 1
            stage.flow[owner, FLOW_WORST] = max(stage.flow[owner, FLOW_WORST], spent)
        note(tally, clock, number, LOG_DONE, i, row[b, BORN])
    else:
        count[PATH_LOST] += 1
        stage.place[index(world.step[i, GO]), COUNTS + LOST] += 1
        note(tally, clock, number, LOG_LOST, i, row[b, SINCE])
        drop_units(world, agenda, stage, i)
    clock[LIVE] -= 1
    move_off(stage, clock, row[b, PLACE])
    free_row(agenda, b)


@inner_kernel
def advance(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int) -> None:
    """Box b is done with its step; take it as far as it gets at once.

    Where it was served it still counts as busy: most boxes go on at once, and only one that cannot
    is held.
    """
    row, clock, place, step = agenda.row, agenda.clock, stage.place, world.step
    b = index(b)
    while True:
        i = index(row[b, STEP] + 1)
        s = step[i, GO]
        if s == END:
            leave_world(world, agenda, stage, tally, b, i)
            return
        s = index(s)
        row[b, STEP] = i
        if step[i, FROM] != NONE:
            give(world, agenda, stage, b, i)
            continue
        held = row[b, PLACE]
        place[s, COUNTS + WANTED] += 1
        row[b, SINCE] = clock[NOW]
        if place[s, KIND] == SERVE:
            foresee(world, agenda, b, i)
        alone = place[s, OUTSIDE] == 0
        if alone and place[s, LENGTH] == 0 and can_start(place, s, step[i, AMOUNT]):
            at_once = begin(world, agenda, stage, tally, b, s)
            move_off(stage, clock, held)
            if at_once:
                continue
            return
        if alone and place[s, LENGTH] < place[s, ROOM]:
            enter_room(world, agenda, stage, b, s)
            move_off(stage, clock, held)
        elif place[s, LOSES] == 1:
            leave_world(world, agenda, stage, tally, b, i)
        else:
            stay(stage, clock, held)
            append(agenda, place, s, b, OUT_HEAD)
            change(place, agenda.clock, s, OUTSIDE, 1)
            if step[i, LOOP] == 1:
                clock[STUCK] = find_deadlock(agenda, place, s)
        return


@inner_kernel
def complete(agenda: Agenda, stage: Stage, tally: Tally, b: int) -> None:
    """The service or ride of box b is over."""
    clock = agenda.clock
    b = index(b)
    s = index(agenda.row[b, PLACE])
    stage.place[s, COUNTS + LEFT] += 1
    note(
        tally, clock, agenda.row[b, KEY] - BOX_KEY, LOG_END, agenda.row[b, STEP],
        agenda.row[b, SINCE],
    )  # fmt: skip
