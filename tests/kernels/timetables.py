"""Drawn timetables, and what is right for them: a plain search of the time-expanded graph."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from landbridge.routing.timetable import Journey, Timetable

Pairs = list[tuple[int, int]]


class Drawn(NamedTuple):
    """A timetable in plain lists."""

    stops: int
    connections: list[tuple[int, int, int, int, int]]
    """leaves, arrives, from, to, trip."""
    closes: list[int]
    transfers: list[tuple[int, int, int]]

    def timetable(self) -> Timetable:
        """As the kernels take it."""
        return Timetable.build(
            np.array(self.connections, np.int64).reshape(-1, 5),
            np.array(self.transfers, np.int64).reshape(-1, 3),
            self.stops,
            np.array(self.closes, np.int64),
        )


def drawn(seed: int) -> Drawn:
    """A few trips over a few stops: some alike, some overtaking, some that nobody can catch."""
    rng = np.random.default_rng(seed)
    stops = int(rng.integers(2, 9))
    paths = [rng.integers(0, stops, int(rng.integers(2, 6))).tolist() for _ in range(5)]
    connections: list[tuple[int, int, int, int, int]] = []
    closes: list[int] = []
    for trip in range(int(rng.integers(0, 16))):
        path = paths[int(rng.integers(len(paths)))]
        now, cut_off = int(rng.integers(0, 60)), int(rng.choice([0, 0, 0, 3, 20]))
        for a, b in pairwise(path):
            leaves = now + int(rng.integers(0, 4))
            now = leaves + int(rng.integers(1, 12))
            connections.append((leaves, now, a, b, 7 * trip))
            closes.append(leaves - cut_off)
    order = rng.permutation(len(connections)).tolist()
    transfers = [
        (a, b, int(rng.integers(0, 9)))
        for a in range(stops)
        for b in range(stops)
        if rng.random() < (0.8 if a == b else 0.15)
    ]
    return Drawn(stops, [connections[k] for k in order], [closes[k] for k in order], transfers)


def expanded(
    one: Drawn, origin: Pairs, destination: Pairs, start: int, most: int = 8
) -> dict[int, int]:
    """Earliest arrival by each number of rides: Dijkstra over (connection, rides) as vertices."""
    rows = range(len(one.connections))
    along: dict[int, list[int]] = {}
    for c in sorted(rows, key=lambda c: one.connections[c][0]):
        along.setdefault(one.connections[c][4], []).append(c)
    stays = {c: d for trip in along.values() for c, d in pairwise(trip)}
    changes = {
        c: [
            d
            for d in rows
            for a, b, minutes in one.transfers
            if (a, b) == (one.connections[c][3], one.connections[d][2])
            and one.connections[c][1] + minutes <= one.closes[d]
        ]
        for c in rows
    }
    queue = [
        (one.connections[c][1], 1, c)
        for stop, minutes in origin
        for c in rows
        if one.connections[c][2] == stop and start + minutes <= one.closes[c]
    ]
    heapify(queue)
    done: set[tuple[int, int]] = set()
    found: dict[int, int] = {}
    while queue:
        at, rides, c = heappop(queue)
        if (c, rides) in done:
            continue
        done.add((c, rides))
        for stop, minutes in destination:
            if stop == one.connections[c][3]:
                found[rides] = min(found.get(rides, at + minutes), at + minutes)
        if c in stays:
            heappush(queue, (one.connections[stays[c]][1], rides, stays[c]))
        for d in changes[c] if rides < most else ():
            heappush(queue, (one.connections[d][1], rides + 1, d))
    return found


def front(by_rides: dict[int, int]) -> list[tuple[int, int]]:
    """(rides, arrival), each earlier than with fewer rides."""
    found: list[tuple[int, int]] = []
    for rides, at in sorted(by_rides.items()):
        if not found or at < found[-1][1]:
            found.append((rides, at))
    return found


def check_journey(one: Drawn, origin: Pairs, destination: Pairs, journey: Journey) -> None:
    """Every ride can be caught, stays on its trip, and all of them come to the arrival."""
    ready = {s: min(journey.start + m for r, m in origin if r == s) for s, _ in origin}
    here, at = -1, journey.start
    for begin, end in journey.rides:
        first, last = one.connections[begin], one.connections[end]
        assert first[2] in ready
        assert ready[first[2]] <= one.closes[begin]
        assert first[4] == last[4]
        assert first[0] <= last[0]
        here, at = last[3], last[1]
        ready = dict[int, int]()
        for a, b, minutes in one.transfers:
            if a == here:
                ready[b] = min(ready.get(b, at + minutes), at + minutes)
    assert journey.arrives == min(at + m for s, m in destination if s == here)
