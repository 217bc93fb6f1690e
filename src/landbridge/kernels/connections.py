"""Timetables as one list of connections in the order of departure, and scans through it.

Connection scan (Dibbelt, Pajor, Strasser and Wagner 2013; 2018): a *connection* goes from a stop to
the next one of its *trip* without a stop between. Going once through all of them by departure, a
connection can be used if its trip was boarded before or its stop is reached in time. No queue, no
graph: the memory is read from one end to the other.

Times are whole minutes from any origin; stops, trips and connections are row numbers. Whoever
leaves a trip at a stop needs a *transfer* to board the next one, also at the same stop; from one
ride to the next it takes exactly one transfer.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import kernel

Minutes = NDArray[np.int32]
NEVER = 1 << 29
"""Later than all times; twice as much is still an int32."""
LANES = 32
"""Journeys that one scan finds side by side: int32s of two lines of the cache."""
FROM_ORIGIN = -1
CHECK = 1024
"""Connections after which the lanes are looked at for an end."""


class Connections(NamedTuple):
    """By ``leaves``, then by place along the trip; (n_connections,) each."""

    leaves: Minutes
    closes: Minutes
    """Who is not there by then cannot board here; no later than ``leaves``."""
    arrives: Minutes
    """Later than ``leaves``."""
    tail: NDArray[np.int32]
    """Stop it leaves."""
    head: NDArray[np.int32]
    """Stop it comes to."""
    trip: NDArray[np.int32]


class Transfers(NamedTuple):
    """From the stop where a ride ends to those where the next may begin."""

    first: NDArray[np.int64]
    """(n_stops + 1,): entries ``first[s]`` to ``first[s + 1]`` lead from stop s."""
    stop: NDArray[np.int32]
    minutes: Minutes
    """>= 0."""


class Ends(NamedTuple):
    """Ways between places and stops, as tables of fixed times give them."""

    first: NDArray[np.int64]
    """(n_places + 1,): entries ``first[p]`` to ``first[p + 1]`` belong to place p."""
    stop: NDArray[np.int32]
    minutes: Minutes
    """>= 0."""


class Scan(NamedTuple):
    """Scratch of one scan, and how every stop is reached; (n_stops,) but for ``boarded``."""

    ready: Minutes
    """When a trip can be boarded at the stop."""
    rode: Minutes
    """When a ride ends at the stop."""
    came: NDArray[np.int32]
    """Stop of the transfer that ``ready`` is owed to, or FROM_ORIGIN."""
    enter: NDArray[np.int32]
    """Connection by which the ride that ends here began."""
    leave: NDArray[np.int32]
    """Connection by which it ends."""
    off: Minutes
    """From the stop to the destination."""
    boarded: NDArray[np.int32]
    """(n_trips,): connection by which a trip was boarded; -1: not."""


def new_scan(stops: int, trips: int) -> Scan:
    """Room for scans."""
    ready, rode, came, enter, leave, off = (np.empty(stops, np.int32) for _ in range(6))
    return Scan(ready, rode, came, enter, leave, off, np.empty(trips, np.int32))


@kernel
def lay_ends(ends: Ends, place: int, off: Minutes) -> None:
    """Set ``off`` (n_stops,) to the least minutes between a place and each stop, else NEVER."""
    off[:] = NEVER
    for e in range(ends.first[place], ends.first[place + 1]):
        off[ends.stop[e]] = min(off[ends.stop[e]], ends.minutes[e])


@kernel
def lay_start(
    access: Ends, origin: int, start: int, ready: Minutes, came: NDArray[np.int32]
) -> int:
    """Set ``ready`` and ``came`` (n_stops,) for who leaves a place at ``start``; the earliest."""
    ready[:] = NEVER
    begin = NEVER
    for e in range(access.first[origin], access.first[origin + 1]):
        s, at = access.stop[e], start + int(access.minutes[e])
        if at < ready[s]:
            ready[s] = at
            came[s] = FROM_ORIGIN
            begin = min(begin, at)
    return begin


@kernel
def change_from(
    transfers: Transfers, stop: int, at: int, ready: Minutes, came: NDArray[np.int32]
) -> None:
    """Make ``ready`` and ``came`` (n_stops,) earlier by the transfers of a ride's end."""
    for e in range(transfers.first[stop], transfers.first[stop + 1]):
        w, then = transfers.stop[e], at + int(transfers.minutes[e])
        if then < ready[w]:
            ready[w] = then
            came[w] = stop


@kernel
def first_from(leaves: Minutes, time: int) -> int:
    """The first connection that leaves at ``time`` or later."""
    low, high = 0, len(leaves)
    while low < high:
        mid = (low + high) >> 1
        if leaves[mid] < time:
            low = mid + 1
        else:
            high = mid
    return low


@kernel
def scan_one(
    net: Connections,
    transfers: Transfers,
    ends: tuple[Ends, int, Ends, int],
    start: int,
    room: Scan,
) -> tuple[int, int]:
    """Earliest arrival from a place to another one: the time, and the stop of the last ride's end.

    ``ends``: ways from the origins and which of them it is, ways to the destinations and which.
    (NEVER, -1) where there is no journey. Ways that need no ride are not looked at.
    """
    access, origin, egress, destination = ends
    room.rode[:] = NEVER
    room.boarded[:] = -1
    begin = lay_start(access, origin, start, room.ready, room.came)
    lay_ends(egress, destination, room.off)
    best, last = NEVER, -1
    for i in range(first_from(net.leaves, begin), len(net.leaves)):
        if net.leaves[i] >= best:
            break
        trip = net.trip[i]
        if room.boarded[trip] < 0:
            if room.ready[net.tail[i]] > net.closes[i]:
                continue
            room.boarded[trip] = i
        v = net.head[i]
        at = int(net.arrives[i])
        if at >= room.rode[v]:
            continue
        room.rode[v] = at
        room.enter[v] = room.boarded[trip]
        room.leave[v] = i
        change_from(transfers, v, at, room.ready, room.came)
        if at + room.off[v] < min(best, NEVER):
            best, last = at + int(room.off[v]), int(v)
    return best, last


@kernel
def trace_rides(net: Connections, room: Scan, last: int, rides: NDArray[np.int32]) -> int:
    """Write the rides up to the stop ``last``, the last first; how many there are.

    ``rides``: output, (most, 2): connections by which a ride begins and ends.
    """
    count = 0
    while last >= 0:
        rides[count, 0] = room.enter[last]
        rides[count, 1] = room.leave[last]
        count += 1
        last = int(room.came[net.tail[room.enter[last]]])
    return count


class Lanes(NamedTuple):
    """Scratch of a scan with lanes."""

    ready: Minutes
    """(n_stops, LANES)."""
    rode: Minutes
    """(n_stops, LANES)."""
    aboard: NDArray[np.uint32]
    """(n_trips,): a bit for each lane, 1 where the trip was boarded."""


def new_lanes(stops: int, trips: int) -> Lanes:
    """Room for scans with lanes."""
    return Lanes(
        np.empty((stops, LANES), np.int32),
        np.empty((stops, LANES), np.int32),
        np.empty(trips, np.uint32),
    )


@kernel
def scan_lanes(
    net: Connections, transfers: Transfers, span: tuple[int, int], wanted: Minutes, room: Lanes
) -> None:
    """Scan for all lanes at once over connections that leave from ``span[0]`` to ``span[1]``.

    ``room.ready``: when and where each lane starts; ``wanted``: stops whose ``rode`` matters:
    the scan ends when nothing that leaves later can make any of them earlier.
    """
    room.rode[:] = NEVER
    room.aboard[:] = 0
    for i in range(first_from(net.leaves, span[0]), first_from(net.leaves, span[1] + 1)):
        if i % CHECK == 0 and latest(room.rode, wanted) <= net.leaves[i]:
            break
        ready, closes = room.ready[net.tail[i]], net.closes[i]
        aboard = room.aboard[net.trip[i]]
        for lane in range(LANES):
            aboard |= np.uint32(ready[lane] <= closes) << np.uint32(lane)
        if aboard == 0:
            continue
        room.aboard[net.trip[i]] = aboard
        rode, at = room.rode[net.head[i]], net.arrives[i]
        earlier = np.int32(0)
        for lane in range(LANES):
            here = at if aboard >> np.uint32(lane) & np.uint32(1) else np.int32(NEVER)
            earlier |= np.int32(here < rode[lane])
            rode[lane] = min(rode[lane], here)
        if earlier:
            change_lanes(transfers, (net.head[i], at), np.uint32(aboard), room.ready)


@kernel
def change_lanes(
    transfers: Transfers, end: tuple[int, int], aboard: np.uint32, ready: Minutes
) -> None:
    """Make ``ready`` (n_stops, LANES) earlier by the transfers of a ride's end: stop and time."""
    v, at = end
    for e in range(transfers.first[v], transfers.first[v + 1]):
        after = ready[transfers.stop[e]]
        there = np.int32(at + transfers.minutes[e])
        for lane in range(LANES):
            then = there if aboard >> np.uint32(lane) & np.uint32(1) else np.int32(NEVER)
            after[lane] = min(after[lane], then)


@kernel
def latest(rode: Minutes, wanted: Minutes) -> int:
    """The latest end of a ride over the wanted stops and all lanes."""
    found = np.int32(0)
    for s in wanted:
        own = rode[s]
        for lane in range(LANES):
            found = max(found, own[lane])
    return int(found)


@kernel
def fill_arrivals(
    net: Connections,
    transfers: Transfers,
    ends: tuple[Ends, Ends],
    when: tuple[Minutes, int],
    room: Lanes,
    out: Minutes,
) -> None:
    """Earliest arrivals by one ride or more, from every place at its own start to every other.

    ``ends``: ways from the origins and to the destinations; ``when``: starts (n_origins,), and how
    many minutes later no ride begins any more; ``out``: output, (n_origins, n_destinations), NEVER
    where there is no journey. Origins of a block need not start together, but are best if they do.
    """
    access, egress = ends
    start, longest = when
    wanted = np.unique(egress.stop)
    for block in range(0, len(start), LANES):
        count = min(LANES, len(start) - block)
        room.ready[:] = NEVER
        begin = NEVER
        for lane in range(count):
            p = block + lane
            for e in range(access.first[p], access.first[p + 1]):
                s, at = access.stop[e], int(start[p]) + int(access.minutes[e])
                room.ready[s, lane] = min(room.ready[s, lane], at)
                begin = min(begin, at)
        last = int(start[block : block + count].max()) + longest
        scan_lanes(net, transfers, (begin, last), wanted, room)
        least = np.empty(LANES, np.int32)
        for j in range(out.shape[1]):
            least[:] = NEVER
            for e in range(egress.first[j], egress.first[j + 1]):
                rode = room.rode[egress.stop[e]]
                more = egress.minutes[e]
                for lane in range(LANES):
                    least[lane] = min(least[lane], np.int32(rode[lane] + more))
            for lane in range(count):
                late = least[lane] > start[block + lane] + longest
                out[block + lane, j] = NEVER if late else least[lane]
