"""Stations: where boxes wait, are served, ride, or take what is scarce; their arrays and queues.

One queue discipline for all kinds. Boxes that want a station wait in its room, first come first
served; where the room is full they stay where they are (their server or place is *held*: blocking
after service), or are lost where the station says so.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.draws import correlated, drawn
from landbridge.kernels.events import LOGGED, NEXT, NONE, NOW, WORK, Agenda, index
from landbridge.kernels.jit import bare_kernel, inner_kernel

SERVE, DEPART, POOL = range(3)
"""Kinds of stations. SERVE: servers and a time of service (a pure delay has ENDLESS servers).
DEPART: a service that leaves by clock or when full. POOL: units, given back at another step."""
ENDLESS = 1 << 40
"""So many servers, units or places as never end."""

PLACE_COLUMNS = 48
(KIND, SERVERS, BUSY, HELD, LENGTH, HEAD, TAIL, ROOM,
 SPARE, OUTSIDE, OUT_HEAD, OUT_TAIL, LISTED, LOSES, MOST, WORST,
 CAPACITY, SETS, TURN, WHEN_FULL, LEAST, LOAD, CALLED, BOARDING,
 TRIPS, STREAM, KEEP, BATCH, SEND_TO, SEND_LAW, MARK, PACE, COUNTS) = range(33)  # fmt: skip
"""Columns of a station, in lines of the cache.

All: kind; servers or units there are now (DEPART: open if > 0); boxes in service, riding, or units
out; boxes that are done and cannot leave; boxes in the room, the first, the last; places in it.
Boxes elsewhere that want in, the first, the last; whether on the list of work; whether a full room
loses; most servers of its calendar; longest wait. DEPART: load of a set, sets at hand, law of the
round, leaves when full, least load by clock; load in the room, a departure is called, load still
free while boarding or NONE; trips made. Stream of its own draws. POOL: units it keeps, units sent
on together, whither or NONE, law of the way. Mark of a search for deadlocks. SERVE: where its
pace begins in ``World.when``, or NONE; see ``worked``. From COUNTS on: what is counted in this
period, columns as below; beside the station, for one address is enough."""

STEP_COLUMNS = 8
GO, LAW, TAG, AMOUNT, FROM, LOOP, OWNER, SHARED = range(STEP_COLUMNS)
"""Columns of a step: station, or END; law of its time (NONE: at once); name in the draws; units;
the pool that the units came from where they are given back, NONE where a box enters; whether a loop
of full rooms may close here; its path; where what it shares begins in ``World.when``, or NONE; see
``step_word``."""
END = -1

STAT_COLUMNS = 16
(WANTED, STARTED, WAITED, QUEUE_AREA, BUSY_AREA, HELD_AREA, LOST, LEFT,
 DEPARTED, CARRIED, MISSED, CANCELLED, LATE, ROUNDS, SENT, STAT_SPARE) = range(16)  # fmt: skip
"""Counts of a station in a period: boxes that came for it, that started, the ticks those had
waited; boxes waiting, busy and held, each times ticks; boxes lost; boxes served. DEPART: trips,
load carried, boxes left behind, departures called off, departures that waited for a set;
sets or units come back; units sent on."""

PATH_COLUMNS = 4
PATH_BORN, PATH_DONE, PATH_LOST, PATH_TICKS = range(PATH_COLUMNS)
"""Counts of a path in a period: boxes born, done, lost; ticks from door to door of those done."""

FLOW_COLUMNS = 8
FLOW_STEP, FLOW_RATED, FLOW_AT, FLOW_END, FLOW_LOAD, FLOW_COUNT, FLOW_STREAM, FLOW_WORST = range(
    FLOW_COLUMNS
)
"""Columns of a path as a source: its first step; by rates (1) or given times (0); where it stands
among the times, their end; load of a box; boxes born; stream of its draws; longest door to door."""

BIN_FLOOR, BIN_PARTS, BINS = 10, 32, 864
"""Histograms: 32 bins for each doubling from 2^10 to 2^37 ticks; what is shorter lies in bin 0."""

SAMPLES = 512
"""Waits that are kept of a station with the time at which each began; an even number."""
SEEN, HALVED = range(2)
"""Columns of ``Tally.seen``: waits that have ended; how often what is kept was halved."""

BOX_KEY = 4 << 56
"""Key of a box: this and the number of boxes born before it in the run."""

LOG_BORN, LOG_START, LOG_END, LOG_LOST, LOG_DONE = range(5)
LOG_COLUMNS = 4
LOG_BITS = 3
"""Of what happened; the step stands above them."""


class World(NamedTuple):
    """What does not change in a run."""

    step: NDArray[np.int64]
    """(n_steps, 8); each path ends with a row of END."""
    law: NDArray[np.float64]
    """(n_laws, 5)."""
    table: NDArray[np.float64]
    """Quantiles of tabled laws, in ticks."""
    when: NDArray[np.int64]
    """Times of calendars, departures, arrivals and rates, one stretch after the other; names in the
    draws of what steps share."""
    much: NDArray[np.float64]
    """What each time brings: a change of servers, arrivals a tick from then on, a pace, a weight;
    (len(when),)."""


class Stage(NamedTuple):
    """The state of a run beside its agenda."""

    place: NDArray[np.int64]
    """(n_stations, 48)."""
    flow: NDArray[np.int64]
    """(n_paths, 8)."""
    work: NDArray[np.int64]
    """Stations to look at before the next event; (n_stations,)."""


class Tally(NamedTuple):
    """What a run has counted."""

    stat: NDArray[np.int64]
    """Of periods that are over; (n_stations, n_periods, 16)."""
    wait: NDArray[np.int64]
    """Waits; (n_stations, BINS)."""
    path: NDArray[np.int64]
    """(n_paths, n_periods, 4)."""
    door: NDArray[np.int64]
    """Ticks from door to door; (n_paths, BINS)."""
    grid: NDArray[np.int32]
    """Boxes waiting and busy at each mark; (n_marks, n_stations, 2)."""
    seen: NDArray[np.int64]
    """How ``sample`` was thinned; (n_stations, 2)."""
    sample: NDArray[np.int64]
    """Every so many-th wait: when it began, and its ticks; (n_stations, SAMPLES, 2)."""
    log: NDArray[np.int64]
    """Time; box; what and the row of its step; (START) since when it was ready for it, (DONE) when
    it was born; (room, 4). No rows: nothing is logged."""


@inner_kernel
def bin_of(ticks: int) -> int:
    """The bin of a histogram: the highest bit and five behind it, so 1/32 wide at most."""
    x = np.float64(max(ticks, 1 << BIN_FLOOR))
    code = (x.view(np.int64) >> 47) - (1023 + BIN_FLOOR) * BIN_PARTS
    return int(min(code, BINS - 1))


@bare_kernel
def halve(tally: Tally, s: int) -> None:
    """Keep every other of the waits of station s, and from now on one of twice as many."""
    for k in range(SAMPLES // 2):
        tally.sample[s, k, 0] = tally.sample[s, 2 * k, 0]
        tally.sample[s, k, 1] = tally.sample[s, 2 * k, 1]
    tally.seen[s, HALVED] += 1


@inner_kernel
def keep_wait(tally: Tally, s: int, since: int, waited: int) -> None:
    """Keep the wait for station s that began at ``since``, if its turn has come.

    Every 2^k-th is kept, with k one more whenever there is no room: evenly over the whole run,
    without a draw, in room that does not grow.
    """
    seen = tally.seen[index(s)]
    number = seen[SEEN]
    seen[SEEN] = number + 1
    if number & ((1 << seen[HALVED]) - 1) != 0:
        return
    k = number >> seen[HALVED]
    if k == SAMPLES:
        halve(tally, s)
        k = SAMPLES // 2
    row = tally.sample[index(s), index(k)]
    row[0] = since
    row[1] = waited


@inner_kernel
def note(
    tally: Tally, clock: NDArray[np.int64], box: int, what: int, step: int, since: int
) -> None:
    """Write a row into the log, if there is one; the loop has seen that there is room."""
    if len(tally.log) > 0:
        row = tally.log[index(clock[LOGGED])]
        row[0] = clock[NOW]
        row[1] = box
        row[2] = what | (step << LOG_BITS)
        row[3] = since
        clock[LOGGED] += 1


@inner_kernel
def change(
    place: NDArray[np.int64], clock: NDArray[np.int64], s: int, column: int, by: int
) -> None:
    """Change LENGTH, OUTSIDE, BUSY or HELD of station s, and the area under it.

    A count that is n from time a to b has the area n b - n a: each change by d at time t takes d t
    from the area, and the end of a period adds the count times its time (``close_books``). That
    needs neither the time of the last change nor a product of what has held since.
    """
    s = index(s)
    place[s, column] += by
    area = BUSY_AREA + column - BUSY if column <= HELD else QUEUE_AREA
    place[s, COUNTS + area] -= by * clock[NOW]


@inner_kernel
def list_work(stage: Stage, clock: NDArray[np.int64], s: int) -> None:
    """Station s shall be looked at before the next event."""
    s = index(s)
    if stage.place[s, LISTED] == 0:
        stage.place[s, LISTED] = 1
        stage.work[index(clock[WORK])] = s
        clock[WORK] += 1


@inner_kernel
def can_start(place: NDArray[np.int64], s: int, amount: int) -> bool:
    """Whether station s has a server, or so many units, for one more box."""
    s = index(s)
    if place[s, KIND] == SERVE:
        return bool(place[s, BUSY] + place[s, HELD] < place[s, SERVERS])
    return bool(place[s, KIND] == POOL and place[s, BUSY] + amount <= place[s, SERVERS])


@inner_kernel
def append(agenda: Agenda, place: NDArray[np.int64], s: int, b: int, head: int) -> None:
    """Put box b last into a queue of station s: those in the room (HEAD) or outside (OUT_HEAD)."""
    b, s = index(b), index(s)
    agenda.row[b, NEXT] = NONE
    if place[s, head] == NONE:
        place[s, head] = b
    else:
        agenda.row[index(place[s, head + 1]), NEXT] = b
    place[s, head + 1] = b


@inner_kernel
def pop_first(agenda: Agenda, place: NDArray[np.int64], s: int, head: int) -> int:
    """Take the first box out of a queue that is not empty."""
    s = index(s)
    b = index(place[s, head])
    place[s, head] = agenda.row[b, NEXT]
    return b


@inner_kernel
def release(stage: Stage, clock: NDArray[np.int64], s: int, column: int = HELD) -> None:
    """A box that was done at station s, or came from nowhere (NONE), has left.

    ``column``: as what it counted there, HELD or (where it goes on at once) BUSY.
    """
    if s != NONE:
        s = index(s)
        place = stage.place
        change(place, clock, s, column, -1)
        if place[s, LENGTH] + place[s, OUTSIDE] > 0:
            list_work(stage, clock, s)


@inner_kernel
def step_word(world: World, own: int, i: int) -> np.uint64:
    """The random bits of step i for a box whose stream is ``own``.

    Where the step shares with others, its stretch of ``world.when`` holds how many shares there
    are and their names in the draws; ``world.much`` beside them the weights, its own first.
    """
    word = drawn(own, world.step[i, TAG])
    at = world.step[i, SHARED]
    if at == NONE:
        return word
    return correlated(word, own, world.when[at : at + 1 + world.when[at]], world.much[at:])


@bare_kernel
def worked(world: World, at: int, now: int, ticks: int) -> int:
    """Ticks that pass until work of ``ticks`` is done that begins now.

    The stretch of ``world.when`` from ``at`` on holds how many changes of pace there are and their
    times; ``world.much`` beside them the ticks that one of work takes from then on.
    """
    left, t, pace = float(ticks), float(now), 1.0
    for k in range(at + 1, at + 1 + world.when[at]):
        span = (world.when[k] - t) / pace
        if span >= left:
            break
        if span > 0.0:
            left -= span
            t = float(world.when[k])
        pace = world.much[k]
    return int(t + left * pace + 0.5) - now
