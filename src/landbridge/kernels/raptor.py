"""Journeys by rounds: what one ride more reaches, line by line.

RAPTOR (Delling, Pajor and Werneck 2012): a *line* is what trips have in common that call at the
same stops and never overtake each other, so the first that can be boarded is the best one. In round
k every line is gone along once that a stop belongs to which was reached earlier in round k - 1.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.connections import (
    NEVER,
    Connections,
    Ends,
    Minutes,
    Transfers,
    change_from,
    lay_ends,
    lay_start,
)
from landbridge.kernels.jit import kernel
from landbridge.kernels.profile import RIDES

UNSET = -2
MIX, PRIME = 1_000_003, 2_147_483_647
"""Names of paths: remainders by a prime, so small that no product overflows."""


class Lines(NamedTuple):
    """Line l has ``trips[l]`` trips over ``first[l + 1] - first[l]`` legs."""

    first: NDArray[np.int64]
    """(n_lines + 1,): legs ``first[l]`` to ``first[l + 1]`` are those of line l, in order."""
    tail: NDArray[np.int32]
    """(n_legs,): stop at which the leg begins."""
    head: NDArray[np.int32]
    """(n_legs,)."""
    trips: NDArray[np.int32]
    """(n_lines,)."""
    row: NDArray[np.int64]
    """(n_legs,): connections ``row[leg]`` to ``row[leg] + trips[l]`` below go over the leg, in
    order of time."""
    closes: Minutes
    arrives: Minutes
    connection: NDArray[np.int32]
    at: NDArray[np.int64]
    """(n_stops + 1,): legs that leave stop s stand in ``leg`` from ``at[s]`` to ``at[s + 1]``."""
    leg: NDArray[np.int32]
    line: NDArray[np.int32]
    """(n_legs,): line of each leg."""


def lines_of(net: Connections, stops: int, trips: int) -> Lines:
    """The trips as lines."""
    order = np.lexsort((net.leaves, net.trip))
    legs = np.bincount(net.trip, minlength=trips)
    first = np.append(0, np.cumsum(legs))
    names = np.zeros(trips, np.int64)
    name_paths(net, order, first, names)
    head = order[first[:-1]]
    turn = np.lexsort((net.arrives[head], net.closes[head], names))
    line, before = np.empty(trips, np.int32), np.empty(trips, np.int32)
    count = gather_lines(
        net, order, first, (names, turn), (line, before, np.empty(trips, np.int32))
    )
    runs = np.bincount(line, minlength=count).astype(np.int32)
    by_line = np.lexsort((np.argsort(turn), line))
    place = np.empty(trips, np.int64)
    place[by_line] = np.arange(trips) - np.repeat(np.cumsum(runs) - runs, runs)
    length = np.zeros(count, np.int64)
    length[line] = legs
    first_leg = np.append(0, np.cumsum(length))
    of_leg = np.repeat(np.arange(count, dtype=np.int32), length)
    row = np.append(0, np.cumsum(runs[of_leg], dtype=np.int64))
    trip = np.repeat(np.arange(trips), legs)
    leg = first_leg[line[trip]] + np.arange(len(order)) - first[trip]
    rows = np.empty(len(order), np.int64)
    rows[row[leg] + place[trip]] = order
    tail, heads = net.tail[rows[row[:-1]]], net.head[rows[row[:-1]]]
    at = np.append(0, np.cumsum(np.bincount(tail, minlength=stops))).astype(np.int64)
    return Lines(
        first_leg, tail, heads, runs, row[:-1], net.closes[rows], net.arrives[rows],
        rows.astype(np.int32), at, np.argsort(tail, kind="stable").astype(np.int32), of_leg,
    )  # fmt: skip


@kernel
def name_paths(
    net: Connections, order: NDArray[np.int64], first: NDArray[np.int64], names: NDArray[np.int64]
) -> None:
    """Fill ``names`` (n_trips,): the same for trips over the same stops, and hardly for others.

    ``order``: connections by trip and time; trip t has those from ``first[t]`` to ``first[t + 1]``.
    """
    for t in range(len(names)):
        name = 0
        for k in range(first[t], first[t + 1]):
            name = (name * MIX + int(net.tail[order[k]])) % PRIME
            name = (name * MIX + int(net.head[order[k]])) % PRIME
        names[t] = name


@kernel
def follows(
    net: Connections, order: NDArray[np.int64], first: NDArray[np.int64], trip: int, before: int
) -> bool:
    """Whether a trip calls where another does, and is nowhere earlier."""
    a, b = first[trip], first[before]
    if first[trip + 1] - a != first[before + 1] - b:
        return False
    for k in range(first[trip + 1] - a):
        own, other = order[a + k], order[b + k]
        if net.tail[own] != net.tail[other] or net.head[own] != net.head[other]:
            return False
        if net.closes[own] < net.closes[other] or net.arrives[own] < net.arrives[other]:
            return False
    return True


@kernel
def gather_lines(
    net: Connections,
    order: NDArray[np.int64],
    first: NDArray[np.int64],
    trips: tuple[NDArray[np.int64], NDArray[np.int64]],
    out: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]],
) -> int:
    """Put every trip onto the first line of its name whose last trip it follows; how many lines.

    ``trips``: names, and trips by name and time; ``out``: output, (n_trips,) each: line of each
    trip; of each line the line of that name opened before it, and its last trip.
    """
    names, turn = trips
    line, before, last = out
    count, newest = 0, -1
    for k in range(len(turn)):
        trip = turn[k]
        if k == 0 or names[trip] != names[turn[k - 1]]:
            newest = -1
        one = newest
        while one >= 0 and not follows(net, order, first, trip, int(last[one])):
            one = int(before[one])
        if one < 0:
            one = count
            before[one] = newest
            newest = one
            count += 1
        line[trip] = one
        last[one] = trip
    return count


class Rounds(NamedTuple):
    """Scratch of a search, and how stops are reached in each round."""

    ready: Minutes
    """(n_stops,): when a trip can be boarded, by any round so far."""
    rode: Minutes
    """(n_stops,): when a ride ends, by any round so far."""
    off: Minutes
    """(n_stops,): from the stop to the destination."""
    came: NDArray[np.int32]
    """(RIDES + 1, n_stops): the stop of the transfer by which a round made ``ready`` earlier."""
    enter: NDArray[np.int32]
    """(RIDES + 1, n_stops): connection by which the ride begins that made ``rode`` earlier."""
    leave: NDArray[np.int32]
    """(RIDES + 1, n_stops): connection by which it ends."""
    begin: NDArray[np.int32]
    """(n_lines,): first leg to look at in this round."""


def new_rounds(stops: int, lines: int) -> Rounds:
    """Room for searches."""
    ready, rode, off = (np.empty(stops, np.int32) for _ in range(3))
    came, enter, leave = (np.empty((RIDES + 1, stops), np.int32) for _ in range(3))
    return Rounds(ready, rode, off, came, enter, leave, np.empty(lines, np.int32))


@kernel
def first_trip(lines: Lines, leg: int, time: int) -> int:
    """The first trip of a line that can be boarded for a leg at ``time``."""
    low, high = 0, int(lines.trips[lines.line[leg]])
    row = lines.row[leg]
    while low < high:
        mid = (low + high) >> 1
        if lines.closes[row + mid] < time:
            low = mid + 1
        else:
            high = mid
    return low


@kernel
def search_rounds(
    lines: Lines,
    transfers: Transfers,
    ends: tuple[Ends, int, Ends, int],
    start: int,
    room: Rounds,
    found: NDArray[np.int32],
) -> None:
    """Earliest arrivals by at most 1, 2, ... rides, and where the last one ends.

    ``ends``: as in ``scan_one``; ``found``: output, (RIDES, 2); NEVER and -1: no journey.
    """
    access, origin, egress, destination = ends
    room.rode[:] = NEVER
    room.came[:] = UNSET
    room.enter[:] = -1
    lay_start(access, origin, start, room.ready, room.came[0])
    lay_ends(egress, destination, room.off)
    best, last = NEVER, -1
    for k in range(1, RIDES + 1):
        if mark_lines(lines, room.came[k - 1], room.begin):
            for line in range(len(lines.trips)):
                if room.begin[line] < len(lines.leg):
                    best, last = ride_line(lines, line, k, (best, last), room)
        for v in range(len(room.ready)):
            if room.enter[k, v] >= 0:
                change_from(transfers, v, int(room.rode[v]), room.ready, room.came[k])
        found[k - 1, 0] = best
        found[k - 1, 1] = last


@kernel
def mark_lines(lines: Lines, came: NDArray[np.int32], begin: NDArray[np.int32]) -> bool:
    """Set ``begin`` (n_lines,) to the first leg of each line at a stop that ``came`` is set for.

    Other lines have ``n_legs``; whether there is any but those.
    """
    begin[:] = len(lines.leg)
    found = False
    for s in range(len(came)):
        if came[s] != UNSET:
            for p in range(lines.at[s], lines.at[s + 1]):
                leg = lines.leg[p]
                begin[lines.line[leg]] = min(begin[lines.line[leg]], leg)
                found = True
    return found


@kernel
def ride_line(
    lines: Lines, line: int, k: int, best: tuple[int, int], room: Rounds
) -> tuple[int, int]:
    """Go along a line in round k; ``best``: arrival and the stop of its last ride's end, so far."""
    arrival, last = best
    trip, enter = int(lines.trips[line]), -1
    for leg in range(room.begin[line], lines.first[line + 1]):
        row, ready = lines.row[leg], int(room.ready[lines.tail[leg]])
        if ready < arrival and trip > 0 and ready <= lines.closes[row + trip - 1]:
            earlier = first_trip(lines, leg, ready)
            if earlier < trip:
                trip = earlier
                enter = lines.connection[row + trip]
        if enter < 0:
            continue
        v, at = lines.head[leg], int(lines.arrives[row + trip])
        if at < min(room.rode[v], arrival):
            room.rode[v] = at
            room.enter[k, v] = enter
            room.leave[k, v] = lines.connection[row + trip]
            if at + room.off[v] < min(arrival, NEVER):
                arrival = at + int(room.off[v])
                last = v
    return arrival, last


@kernel
def trace_rounds(
    net: Connections, room: Rounds, last: int, count: int, rides: NDArray[np.int32]
) -> int:
    """Write the rides of a journey to the stop ``last``, the last first; how many there are.

    ``count``: rides at most; ``rides``: output, (RIDES, 2).
    """
    done = 0
    while last >= 0:
        while room.enter[count, last] < 0:
            count -= 1
        rides[done, 0] = room.enter[count, last]
        rides[done, 1] = room.leave[count, last]
        done += 1
        u = net.tail[room.enter[count, last]]
        count -= 1
        while room.came[count, u] == UNSET:
            count -= 1
        last = room.came[count, u]
    return done
