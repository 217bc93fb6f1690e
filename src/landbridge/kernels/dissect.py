"""Nested dissection: an order of the vertices in which small separators come last.

Inertial flow (Schild and Sommer 2015): lay the vertices along a line, let the first quarter be
sources and the last quarter sinks, and cut where the least flow passes. Of several lines the least
cut wins; its vertices get the highest ranks, and both sides are dissected likewise (George 1973).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.graph import Graph
from landbridge.kernels.jit import kernel

BETWEEN, SOURCE, SINK = 0, 1, 2
DEAD = -2
LINES = 4
"""Lines in the tangent plane: east, north and the two between."""
SMALL = 24
"""Parts of so few vertices are laid along two lines only."""
PAIR = 2
"""Parts of so few vertices need no cut."""
WIDE = 0.8
"""A part whose mean point lies that deep inside the sphere is laid along its axis as well."""


class Cut(NamedTuple):
    """Scratch of the cuts; parts are runs of ``perm``, so that all of them fit side by side."""

    twin: NDArray[np.int32]
    """The arc that leads back; (n_arcs,)."""
    point: NDArray[np.float64]
    """Unit vectors; (n, 3)."""
    perm: NDArray[np.int32]
    """Rank -> vertex, once all is done; (n,)."""
    place: NDArray[np.int32]
    """Vertex -> where it stands in ``perm``; (n,)."""
    flow: NDArray[np.int8]
    """-1, 0 or 1; (n_arcs,)."""
    level: NDArray[np.int32]
    """Steps from the sources, -1 beyond reach; (n,)."""
    ahead: NDArray[np.int32]
    """Next arc to try; (n,)."""
    queue: NDArray[np.int32]
    """(n,)."""
    side: NDArray[np.int8]
    """``BETWEEN``, ``SOURCE`` or ``SINK``; (n,)."""
    near: NDArray[np.int8]
    """1 on the sources' side of the best cut so far, 2 for its separator; (n,)."""


class Parts(NamedTuple):
    """Stack of the runs of ``perm`` still to be cut; a part is smaller than the one it is of."""

    low: NDArray[np.int32]
    """(n + 1,) suffices."""
    high: NDArray[np.int32]


@kernel
def lay_levels(graph: Graph, cut: Cut, low: int, high: int) -> bool:
    """Breadth first from the sources over arcs with room; whether a sink is reached."""
    count = 0
    for k in range(low, high):
        v = cut.perm[k]
        cut.level[v] = -1
        cut.ahead[v] = graph.first_out[v]
        if cut.side[v] == SOURCE:
            cut.level[v] = 0
            cut.queue[count] = v
            count += 1
    last = high - low + 1
    i = 0
    while i < count:
        v = cut.queue[i]
        i += 1
        if int(cut.level[v]) >= last:
            break
        for arc in range(graph.first_out[v], graph.first_out[v + 1]):
            u = graph.head[arc]
            if cut.flow[arc] < 1 and low <= cut.place[u] < high and cut.level[u] == -1:
                cut.level[u] = cut.level[v] + 1
                cut.queue[count] = u
                count += 1
                if cut.side[u] == SINK:
                    last = int(cut.level[u])
    return last <= high - low


@kernel
def push_flow(graph: Graph, cut: Cut, low: int, high: int) -> int:
    """A blocking flow over the levels (Dinic 1970); how many units it adds."""
    pushed = 0
    path = cut.queue
    for k in range(low, high):
        start = cut.perm[k]
        if cut.side[start] != SOURCE:
            continue
        x = start
        depth = 0
        while True:
            if cut.side[x] == SINK:
                for step in range(depth):
                    cut.flow[path[step]] += 1
                    cut.flow[cut.twin[path[step]]] -= 1
                pushed += 1
                x = start
                depth = 0
            arc = cut.ahead[x]
            end = graph.first_out[x + 1]
            while arc < end:
                u = graph.head[arc]
                if (
                    cut.flow[arc] < 1
                    and low <= cut.place[u] < high
                    and cut.level[u] == cut.level[x] + 1
                ):
                    break
                arc += 1
            cut.ahead[x] = arc
            if arc < end:
                path[depth] = arc
                depth += 1
                x = graph.head[arc]
                continue
            cut.level[x] = DEAD
            if depth == 0:
                break
            depth -= 1
            x = graph.head[cut.twin[path[depth]]]
            cut.ahead[x] += 1
    return pushed


@kernel
def reach_sinks(graph: Graph, cut: Cut, low: int, high: int) -> int:
    """Set ``level`` to 1 for what can still reach a sink, else 0; how many can."""
    count = 0
    for k in range(low, high):
        v = cut.perm[k]
        cut.level[v] = 0
        if cut.side[v] == SINK:
            cut.level[v] = 1
            cut.queue[count] = v
            count += 1
    i = 0
    while i < count:
        v = cut.queue[i]
        i += 1
        for arc in range(graph.first_out[v], graph.first_out[v + 1]):
            u = graph.head[arc]
            if low <= cut.place[u] < high and cut.level[u] == 0 and cut.flow[cut.twin[arc]] < 1:
                cut.level[u] = 1
                cut.queue[count] = u
                count += 1
    return count


@kernel
def choose_ends(cut: Cut, low: int, high: int, line: NDArray[np.float64]) -> None:
    """Make the first quarter of a part along a line sources and its last quarter sinks."""
    n = high - low
    key = np.empty(n, np.int64)
    for k in range(n):
        v = cut.perm[low + k]
        along = (
            cut.point[v, 0] * line[0] + cut.point[v, 1] * line[1] + cut.point[v, 2] * line[2] + 2.0
        )
        # whole numbers with the vertex below the point: no two are equal, so no tie is left open
        key[k] = (np.int64(along * (1 << 29)) << 32) | np.int64(v)
    quarter = max(1, n // 4)
    first = np.partition(key, quarter - 1)[quarter - 1]
    last = np.partition(key, n - quarter)[n - quarter]
    for k in range(n):
        v = cut.perm[low + k]
        cut.side[v] = SOURCE if key[k] <= first else (SINK if key[k] >= last else BETWEEN)


@kernel
def try_line(
    graph: Graph, cut: Cut, part: tuple[int, int], line: NDArray[np.float64], best: tuple[int, int]
) -> tuple[int, int]:
    """Cut a part across a line; keeps the cut in ``near`` if it beats ``best``.

    ``best``: least flow so far and the size of the smaller side, which decides between equals.
    Returns the better of both.
    """
    low, high = part
    choose_ends(cut, low, high, line)
    for k in range(low, high):
        v = cut.perm[k]
        for arc in range(graph.first_out[v], graph.first_out[v + 1]):
            cut.flow[arc] = 0
    flow = 0
    while flow <= best[0] and lay_levels(graph, cut, low, high):
        flow += push_flow(graph, cut, low, high)
    if flow > best[0]:
        return best
    n = high - low
    count = 0
    for k in range(low, high):
        count += 1 if cut.level[cut.perm[k]] >= 0 else 0
    smaller = min(count, n - count)
    if flow < best[0] or smaller > best[1]:
        best = (flow, smaller)
        for k in range(low, high):
            v = cut.perm[k]
            cut.near[v] = 1 if cut.level[v] >= 0 else 0
    count = reach_sinks(graph, cut, low, high)
    smaller = min(count, n - count)
    if smaller > best[1]:
        best = (flow, smaller)
        for k in range(low, high):
            v = cut.perm[k]
            cut.near[v] = 1 - cut.level[v]
    return best


@kernel
def lines_of(cut: Cut, low: int, high: int, line: NDArray[np.float64]) -> int:
    """The lines along which a part is laid, as unit vectors; (LINES + 1, 3). Returns how many."""
    mean = np.zeros(3)
    for k in range(low, high):
        mean += cut.point[cut.perm[k]]
    mean /= high - low
    size = np.sqrt((mean * mean).sum())
    up = mean / size if size > 0.0 else np.array([0.0, 0.0, 1.0])
    flat = np.sqrt(up[0] * up[0] + up[1] * up[1])
    east = np.array([-up[1] / flat, up[0] / flat, 0.0]) if flat > 0.0 else np.array([1.0, 0.0, 0.0])
    north = np.array(
        [
            up[1] * east[2] - up[2] * east[1],
            up[2] * east[0] - up[0] * east[2],
            up[0] * east[1] - up[1] * east[0],
        ]
    )
    line[0] = east
    line[1] = north
    if high - low <= SMALL:
        return 2
    line[2] = (east + north) / np.sqrt(2.0)
    line[3] = (east - north) / np.sqrt(2.0)
    if size >= WIDE:
        return LINES
    line[LINES] = up
    return LINES + 1


@kernel
def mark_separator(graph: Graph, cut: Cut, low: int, high: int) -> None:
    """Of the two ends of the cut, the one with fewer vertices becomes the separator (near = 2)."""
    ends = np.zeros(2, np.int64)
    for k in range(low, high):
        v = cut.perm[k]
        for arc in range(graph.first_out[v], graph.first_out[v + 1]):
            u = graph.head[arc]
            if low <= cut.place[u] < high and cut.near[u] != cut.near[v]:
                ends[cut.near[v]] += 1
                break
    chosen = 1 if ends[1] <= ends[0] else 0
    for k in range(low, high):
        v = cut.perm[k]
        cut.level[v] = 0
        if cut.near[v] == chosen:
            for arc in range(graph.first_out[v], graph.first_out[v + 1]):
                u = graph.head[arc]
                if low <= cut.place[u] < high and cut.near[u] == 1 - chosen:
                    cut.level[v] = 1
                    break
    for k in range(low, high):
        if cut.level[cut.perm[k]] == 1:
            cut.near[cut.perm[k]] = 2


@kernel
def split_part(cut: Cut, low: int, high: int) -> tuple[int, int]:
    """Sort a part into far side, near side and separator; where the latter two begin."""
    count = 0
    for k in range(low, high):
        cut.queue[count] = cut.perm[k]
        count += 1
    at = low
    begins = np.zeros(3, np.int64)
    for side in range(3):
        begins[side] = at
        for k in range(count):
            v = cut.queue[k]
            if cut.near[v] == side:
                cut.perm[at] = v
                cut.place[v] = at
                at += 1
    return int(begins[1]), int(begins[2])


@kernel
def dissect(graph: Graph, cut: Cut, parts: Parts, waiting: int, work: int) -> tuple[int, int]:
    """Cut parts off the stack until ``work`` arcs or so were looked at.

    ``graph``: every arc with its twin, no loops. ``waiting``: parts on the stack. Returns how many
    are left there, and how many vertices have got their rank meanwhile.
    """
    line = np.empty((LINES + 1, 3))
    ranked = 0
    while waiting > 0 and work > 0:
        waiting -= 1
        low = int(parts.low[waiting])
        high = int(parts.high[waiting])
        if high - low <= PAIR:
            ranked += high - low
            work -= PAIR
            continue
        best = (64 * (high - low), -1)
        for k in range(lines_of(cut, low, high, line)):
            best = try_line(graph, cut, (low, high), line[k], best)
        mark_separator(graph, cut, low, high)
        middle, top = split_part(cut, low, high)
        ranked += high - top
        work -= 16 * (high - low)
        for near in range(2):
            begin = middle if near else low
            end = top if near else middle
            if end > begin:
                parts.low[waiting] = begin
                parts.high[waiting] = end
                waiting += 1
    return waiting, ranked
