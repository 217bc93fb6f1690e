"""The event list: a calendar whose days are unsorted, and a small heap for the day that is on.

Each thing that moves has one row and at most one event, so the calendar needs no nodes of its own:
a day is a chain through the rows (Brown 1988 sorts each day; here a day is sorted, in the heap,
only when it comes, as in the ladder queue of Tang, Goh and Thng 2005). To plan an event costs one
line of the row and one head of a day, whatever the number that wait. Events come in order of (time,
key), so neither the width of a day nor the number of days can change a result.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import bare_kernel, inner_kernel

ROW_COLUMNS = 8
"""A row is one line of the cache: eight whole numbers of 64 bits."""
DUE, KEY, NEXT, SINCE, BORN, WORD, STEP, PLACE = range(ROW_COLUMNS)
"""Columns of a row: time of its event, order among events of one time, next row of its chain; the
others are those of its owner."""
NONE = -1
"""No row: the end of a chain."""

CLOCK_SIZE = 16
(NOW, NEAR, DAY, SHIFT, FAR, FREE, USED, LIVE,
 SERIAL, SENDS, PERIOD, WORK, LOGGED, WARM, STUCK, EVENTS) = range(CLOCK_SIZE)  # fmt: skip
"""Scalars of a run: time; entries of the heap; the day that is on; a day is 2^SHIFT ticks; events
of later days; first of the free rows; rows ever used; boxes under way; boxes ever born; sets and
units ever sent; period of the statistics; stations to look at; rows in the log; start of the
histograms; stations in a deadlock; events so far."""


class Agenda(NamedTuple):
    """All rows and their events."""

    row: NDArray[np.int64]
    """(room, 8)."""
    day: NDArray[np.int32]
    """First row of each day's chain, NONE where empty; (n_days,), a power of two."""
    due: NDArray[np.int64]
    """Times of the heap; (room,)."""
    what: NDArray[np.int32]
    """Rows of the heap; (room,)."""
    clock: NDArray[np.int64]
    """(16,)."""


def new_agenda(room: int, days: int, shift: int) -> Agenda:
    """An agenda of ``room`` rows without an event; ``days`` must be a power of two."""
    clock = np.zeros(CLOCK_SIZE, np.int64)
    clock[SHIFT] = shift
    clock[FREE] = NONE
    flat = np.zeros((room + 1) * ROW_COLUMNS, np.int64)
    begin = -(flat.ctypes.data // 8) % ROW_COLUMNS  # so that no row lies in two lines of the cache
    return Agenda(
        flat[begin : begin + room * ROW_COLUMNS].reshape(room, ROW_COLUMNS),
        np.full(days, NONE, np.int32),
        np.empty(room, np.int64),
        np.empty(room, np.int32),
        clock,
    )


@inner_kernel
def index(number: int) -> int:
    """The same number, which is not negative, in a form that cannot be.

    A subscript that may be negative counts from the end, and the machine code looks at each one for
    that; with this it need not: 49 ns an event became 42.
    """
    return int(number) & 0xFFFF_FFFF


@inner_kernel
def take_row(agenda: Agenda) -> int:
    """A free row; the caller has seen that there is one."""
    clock = agenda.clock
    e = clock[FREE]
    if e == NONE:
        e = clock[USED]
        clock[USED] += 1
    else:
        clock[FREE] = agenda.row[index(e), NEXT]
    return int(e)


@inner_kernel
def free_row(agenda: Agenda, e: int) -> None:
    """Give a row back; the last one given back is taken first, its line is still near."""
    agenda.row[index(e), NEXT] = agenda.clock[FREE]
    agenda.row[index(e), DUE] = NONE
    agenda.clock[FREE] = e


@inner_kernel
def sooner(agenda: Agenda, t: int, e: int, at: int) -> bool:
    """Whether (t, key of row e) comes before entry ``at`` of the heap."""
    other = agenda.due[index(at)]
    if t != other:
        return bool(t < other)
    return bool(agenda.row[index(e), KEY] < agenda.row[index(agenda.what[index(at)]), KEY])


@inner_kernel
def to_heap(agenda: Agenda, t: int, e: int) -> None:
    """Put row e into the heap."""
    due, what, clock = agenda.due, agenda.what, agenda.clock
    at = index(clock[NEAR])
    clock[NEAR] = at + 1
    while at > 0:
        above = index((at - 1) >> 1)
        if not sooner(agenda, t, e, above):
            break
        due[at] = due[above]
        what[at] = what[above]
        at = above
    due[at] = t
    what[at] = e


@inner_kernel
def plan(agenda: Agenda, e: int, t: int) -> None:
    """Row e has its event at time t, not before now."""
    row, clock = agenda.row, agenda.clock
    e = index(e)
    row[e, DUE] = t
    day = t >> clock[SHIFT]
    if day <= clock[DAY]:
        to_heap(agenda, t, e)
        return
    slot = index(day & (len(agenda.day) - 1))
    row[e, NEXT] = agenda.day[slot]
    agenda.day[slot] = e
    clock[FAR] += 1


@bare_kernel
def earliest(agenda: Agenda) -> int:
    """The least time among the events that are not in the heap; O(rows)."""
    row = agenda.row
    least = np.int64(1) << 62
    for slot in range(len(agenda.day)):
        e = agenda.day[slot]
        while e != NONE:
            least = min(least, row[e, DUE])
            e = row[e, NEXT]
    return int(least)


@inner_kernel
def open_day(agenda: Agenda) -> None:
    """Go to the next day with an event and sort it into the heap; the heap is empty, FAR is not."""
    row, days, clock = agenda.row, agenda.day, agenda.clock
    day = clock[DAY]
    shift = clock[SHIFT]
    n = len(days)
    for tried in range(n + 1):
        day += 1
        if tried == n:  # a whole round without an event: look where the next one is
            day = earliest(agenda) >> shift
        slot = index(day & (n - 1))
        e = days[slot]
        if e == NONE:
            continue
        kept = NONE
        while e != NONE:
            e = index(e)
            follower = row[e, NEXT]
            if row[e, DUE] >> shift == day:
                to_heap(agenda, int(row[e, DUE]), int(e))
                clock[FAR] -= 1
            else:  # of a later round
                row[e, NEXT] = kept
                kept = e
            e = follower
        days[slot] = kept
        if clock[NEAR] > 0:
            break
    clock[DAY] = day


@inner_kernel
def look(agenda: Agenda) -> int:
    """The time of the next event, or NONE; it stays in the list."""
    clock = agenda.clock
    if clock[NEAR] == 0:
        if clock[FAR] == 0:
            return NONE
        open_day(agenda)
    return int(agenda.due[0])


@inner_kernel
def take(agenda: Agenda) -> int:
    """Take the next event out; its row. ``look`` has been called since the last change."""
    due, what, clock = agenda.due, agenda.what, agenda.clock
    first = what[0]
    size = index(clock[NEAR] - 1)
    clock[NEAR] = size
    if size == 0:
        return int(first)
    t = int(due[size])
    e = index(what[size])
    at = 0
    below = 1
    while below < size:
        if below + 1 < size and sooner(agenda, int(due[below + 1]), int(what[below + 1]), below):
            below += 1
        if sooner(agenda, t, e, below):
            break
        due[at] = due[below]
        what[at] = what[below]
        at = below
        below = index(2 * at + 1)
    due[at] = t
    what[at] = e
    return int(first)


@bare_kernel
def replan(old: Agenda, new: Agenda) -> None:
    """Move all rows and events of ``old`` to ``new``, which is empty and not smaller."""
    for e in range(len(old.row)):
        for k in range(ROW_COLUMNS):
            new.row[e, k] = old.row[e, k]
    shift = new.clock[SHIFT]
    for k in range(CLOCK_SIZE):
        new.clock[k] = old.clock[k]
    new.clock[SHIFT] = shift
    new.clock[DAY] = old.clock[NOW] >> shift
    new.clock[NEAR] = 0
    new.clock[FAR] = 0
    for at in range(old.clock[NEAR]):
        plan(new, old.what[at], old.due[at])
    for slot in range(len(old.day)):
        e = old.day[slot]
        while e != NONE:
            follower = old.row[e, NEXT]
            plan(new, e, old.row[e, DUE])
            e = follower
