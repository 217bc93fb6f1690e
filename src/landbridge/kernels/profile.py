"""All journeys worth taking to one place: the timetable scanned backwards, from the last departure.

Profile connection scan with the number of rides as a second criterion (Dibbelt, Pajor, Strasser
and Wagner 2018, section 4): every stop keeps a list of *entries*, who is there by a certain time
arrives then with at most so many rides. The arrivals by 1, 2, ... ``RIDES`` rides lie side by side
and are handled as one vector. Entries of a stop are few and ordered by time, so that a question is
a search by halves in one list: they are the labels of the destination.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.connections import NEVER, Connections, Ends, Minutes, Transfers
from landbridge.kernels.jit import kernel

RIDES = 8
"""Rides of a journey at most: int32s of half a line of the cache."""


class Entries(NamedTuple):
    """Entries of all stops, the latest time first; those of stop s begin with ``first[s]``."""

    first: NDArray[np.int64]
    """(n_stops + 1,): room for as many entries as connections leave the stop."""
    filled: NDArray[np.int32]
    """(n_stops,): how many there are."""
    by: Minutes
    """(room,): who is at the stop by then ..."""
    arrives: Minutes
    """(room, RIDES): ... is at the destination by then, with at most 1, 2, ... rides."""
    connection: NDArray[np.int32]
    """(room,): which is boarded, for arrivals that are earlier than those of the entry before."""


def new_entries(tail: NDArray[np.int32], stops: int) -> Entries:
    """Room for the entries of all stops, of which the connections leave ``tail``."""
    first = np.zeros(stops + 1, np.int64)
    np.cumsum(np.bincount(tail, minlength=stops), out=first[1:])
    room = len(tail)
    return Entries(
        first, np.zeros(stops, np.int32), np.empty(room, np.int32),
        np.empty((room, RIDES), np.int32), np.empty(room, np.int32),
    )  # fmt: skip


@kernel
def entry_at(entries: Entries, stop: int, time: int) -> int:
    """The entry of who is at a stop at ``time``: the last one that is not too early; -1: none."""
    first = entries.first[stop]
    low, high = first, first + entries.filled[stop]
    while low < high:
        mid = (low + high) >> 1
        if entries.by[mid] >= time:
            low = mid + 1
        else:
            high = mid
    return low - 1 if low > first else -1


@kernel
def insert_entry(entries: Entries, stop: int, by: int, arrives: Minutes, connection: int) -> None:
    """Add an entry if it is earlier for any number of rides.

    ``arrives``: (RIDES,), no later for more rides. Each entry holds the best of itself and of all
    later ones, so that who comes early may also wait.
    """
    first = entries.first[stop]
    end = first + entries.filled[stop]
    at = end
    while at > first and entries.by[at - 1] < by:
        at -= 1  # few places: departures come in order, only the time to be there does not
    better = False
    for k in range(RIDES):
        better |= arrives[k] < (entries.arrives[at - 1, k] if at > first else NEVER)
    if not better:
        return
    for e in range(end, at, -1):
        entries.by[e] = entries.by[e - 1]
        entries.connection[e] = entries.connection[e - 1]
        for k in range(RIDES):
            entries.arrives[e, k] = min(entries.arrives[e - 1, k], arrives[k])
    entries.by[at] = by
    entries.connection[at] = connection
    for k in range(RIDES):
        later = entries.arrives[at - 1, k] if at > first else np.int32(NEVER)
        entries.arrives[at, k] = min(later, arrives[k])
    entries.filled[stop] += 1


@kernel
def fill_profile(
    net: Connections,
    transfers: Transfers,
    off: Minutes,
    aboard: Minutes,
    entries: Entries,
) -> None:
    """Find the entries of all stops towards one destination.

    ``off``: (n_stops,) minutes from each stop to it, or NEVER; ``aboard``: scratch, (n_trips,
    RIDES); ``entries``: output.
    """
    entries.filled[:] = 0
    aboard[:] = NEVER
    best = np.empty(RIDES, np.int32)
    for i in range(len(net.leaves) - 1, -1, -1):
        v, at = net.head[i], net.arrives[i]
        on = aboard[net.trip[i]]
        out = min(np.int32(at + off[v]), np.int32(NEVER))
        for k in range(RIDES):
            best[k] = min(on[k], out)
        for e in range(transfers.first[v], transfers.first[v + 1]):
            found = entry_at(entries, transfers.stop[e], at + transfers.minutes[e])
            if found >= 0:
                then = entries.arrives[found]
                for k in range(1, RIDES):
                    best[k] = min(best[k], then[k - 1])
        if best[RIDES - 1] < NEVER:
            on[:] = best
            insert_entry(entries, net.tail[i], net.closes[i], best, i)


@kernel
def compact(entries: Entries, out: Entries) -> None:
    """Copy the entries close together; ``out.filled`` and ``out.first`` are set before."""
    for s in range(len(entries.filled)):
        a, b = entries.first[s], out.first[s]
        for e in range(entries.filled[s]):
            out.by[b + e] = entries.by[a + e]
            out.connection[b + e] = entries.connection[a + e]
            out.arrives[b + e] = entries.arrives[a + e]


@kernel
def find_after(net: Connections, last: NDArray[np.int32], after: NDArray[np.int32]) -> None:
    """Fill ``after`` (n_connections,): the next connection of the trip, -1 at its end.

    ``last``: scratch, (n_trips,).
    """
    last[:] = -1
    for i in range(len(after) - 1, -1, -1):
        after[i] = last[net.trip[i]]
        last[net.trip[i]] = i


@kernel
def trace_entry(
    net: Connections,
    transfers: Transfers,
    ways: tuple[Entries, NDArray[np.int32], Minutes],
    begin: tuple[int, int, int],
    rides: NDArray[np.int32],
) -> int:
    """Write the rides of a journey, the first first; how many there are.

    ``ways``: the entries, ``after`` of ``find_after``, ``off`` of the destination; ``begin``: the
    stop, the time there, and the rides less one that may be used; ``rides``: output, (RIDES, 2):
    connections by which each begins and ends.
    """
    entries, after, off = ways
    stop, time, more = begin
    count = 0
    found = entry_at(entries, stop, time)
    while True:
        goal = entries.arrives[found, more]
        # who waits for the last departure that still arrives then spares time on the way
        while found > entries.first[stop] and entries.arrives[found - 1, more] == goal:
            found -= 1
        i = entries.connection[found]
        rides[count, 0] = i
        count += 1
        following = -1
        while following < 0:
            v, at = net.head[i], net.arrives[i]
            if at + off[v] == goal:
                rides[count - 1, 1] = i
                return count
            for e in range(transfers.first[v], transfers.first[v + 1]):
                w = transfers.stop[e]
                then = entry_at(entries, w, at + transfers.minutes[e])
                if more > 0 and then >= 0 and entries.arrives[then, more - 1] == goal:
                    rides[count - 1, 1] = i
                    following, stop = then, w
                    break
            else:
                i = after[i]
        found = following
        more -= 1


@kernel
def find_journeys(
    net: Connections,
    transfers: Transfers,
    ways: tuple[Entries, NDArray[np.int32], Minutes],
    begin: tuple[Ends, int, int],
    out: tuple[Minutes, NDArray[np.int32], NDArray[np.int32]],
) -> int:
    """The earliest journeys by 1, 2, ... rides, each earlier than with fewer; how many there are.

    ``ways``: as in ``trace_entry``; ``begin``: ways from the origins, which of them, the time;
    ``out``: output: arrivals (RIDES,), numbers of rides (RIDES,), rides (RIDES, RIDES, 2).
    """
    access, origin, start = begin
    arrives, count, rides = out
    best = NEVER
    found = 0
    for k in range(RIDES):
        via, there = -1, 0
        for e in range(access.first[origin], access.first[origin + 1]):
            at = start + access.minutes[e]
            entry = entry_at(ways[0], access.stop[e], at)
            if entry >= 0 and ways[0].arrives[entry, k] < best:
                best = ways[0].arrives[entry, k]
                via, there = access.stop[e], at
        if via >= 0:
            arrives[found] = best
            count[found] = trace_entry(net, transfers, ways, (via, there, k), rides[found])
            found += 1
    return found
