"""How one box moves on, and what that sets in motion.

What frees a place puts the station on a list of work (``settle.py``).
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
    BOX_KEY,
    BUSY,
    CAPACITY,
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
    LOG_READY,
    LOG_START,
    LOOP,
    LOSES,
    LOST,
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
    list_work,
    note,
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
        change(place, tally, agenda.clock, s, BUSY, world.step[i, AMOUNT])
        change(place, tally, agenda.clock, s, HELD, 1)
        return True
    change(place, tally, agenda.clock, s, BUSY, 1)
    word = drawn(row[b, WORD], world.step[i, TAG])
    ticks = duration(world.law, world.table, world.step[i, LAW], word)
    plan(agenda, b, agenda.clock[NOW] + ticks)
    return False


@inner_kernel
def enter_room(world: World, agenda: Agenda, stage: Stage, tally: Tally, b: int, s: int) -> None:
    """Box b takes a place in the room of station s, which has one."""
    place = stage.place
    append(agenda, place, s, b, HEAD)
    agenda.row[b, PLACE] = NONE
    change(place, tally, agenda.clock, s, LENGTH, 1)
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
    stat = tally.stat[s, clock[PERIOD]]
    stat[ROUNDS] += amount
    if place[s, KIND] == DEPART:
        place[s, SETS] += amount
        list_work(stage, clock, s)
        return
    change(place, tally, agenda.clock, s, BUSY, -amount)
    if place[s, LENGTH] + place[s, OUTSIDE] > 0:
        list_work(stage, clock, s)
        return
    to = place[s, SEND_TO]
    batch = place[s, BATCH]
    if to != NONE and place[s, SERVERS] - place[s, BUSY] - place[s, KEEP] >= batch:
        place[s, SERVERS] -= batch
        place[to, SERVERS] += batch
        change(place, tally, agenda.clock, to, BUSY, batch)
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
        place[origin, SERVERS] -= amount
        change(place, tally, agenda.clock, origin, BUSY, -amount)
        place[to, SERVERS] += amount
        change(place, tally, agenda.clock, to, BUSY, amount)
    if step[i, LAW] == NONE:
        come_back(world, agenda, stage, tally, to, amount)
    else:
        word = drawn(agenda.row[b, WORD], step[i, TAG])
        send(agenda, to, amount, duration(world.law, world.table, step[i, LAW], word))


@bare_kernel
def drop_units(world: World, agenda: Agenda, stage: Stage, tally: Tally, i: int) -> None:
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
            come_back(world, agenda, stage, tally, pool, out)


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
        drop_units(world, agenda, stage, tally, i)
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
            enter_room(world, agenda, stage, tally, b, s)
            release(stage, tally, clock, held)
        elif place[s, LOSES] == 1:
            leave_world(world, agenda, stage, tally, b, i)
        else:
            append(agenda, place, s, b, OUT_HEAD)
            change(place, tally, agenda.clock, s, OUTSIDE, 1)
            if step[i, LOOP] == 1:
                clock[STUCK] = find_deadlock(agenda, place, s)
        return


@inner_kernel
def complete(agenda: Agenda, stage: Stage, tally: Tally, b: int) -> None:
    """The service or ride of box b is over; it is held where it is."""
    place, clock = stage.place, agenda.clock
    s = agenda.row[b, PLACE]
    change(place, tally, agenda.clock, s, BUSY, -1)
    change(place, tally, agenda.clock, s, HELD, 1)
    tally.stat[s, clock[PERIOD], LEFT] += 1
    note(tally, clock, agenda.row[b, KEY] - BOX_KEY, LOG_END, s)
