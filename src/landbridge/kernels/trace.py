"""Tables between many stops over a small graph, and the pieces of the ways found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.graph import Graph
from landbridge.kernels.jit import kernel
from landbridge.kernels.tree import START, Tree, grow_tree

NO_WAY = -1
DIRECT = -2
"""The way does not enter the graph at all."""


class Entries(NamedTuple):
    """Stop -> vertices of the graph it is joined to, and how far they are."""

    first: NDArray[np.int32]
    """(n_stops + 1,)."""
    vertex: NDArray[np.int32]
    """(n_entries,)."""
    km: NDArray[np.float64]
    """>= 0; (n_entries,)."""
    rate: NDArray[np.float64]
    """Weight per km between the stop and its vertices; inf where closed; (n_stops,)."""
    kind: NDArray[np.int32]
    """Class of the move there; (n_stops,)."""


class Arcs(NamedTuple):
    """What the arcs of the graph are; all (n_arcs,)."""

    tail: NDArray[np.int32]
    km: NDArray[np.float64]
    weight: NDArray[np.float64]
    """>= 0, inf where closed."""
    kind: NDArray[np.int32]
    """Class of a move (>= 0), or -1 - b for border b."""
    turned: NDArray[np.int8]
    """1 where the arc runs from the head to the tail of its link."""


class Ways(NamedTuple):
    """The ways of all pairs of stops."""

    direct_km: NDArray[np.float64]
    """Given: the way that does not enter the graph, inf for none; (n_from, n_to)."""
    via: NDArray[np.int32]
    """The trees; (n_from, n_vertices)."""
    last: NDArray[np.int32]
    """Entry of the second stop by which the way leaves the graph, ``DIRECT`` or ``NO_WAY``;
    (n_from, n_to)."""
    weight: NDArray[np.float64]
    """inf for no way; (n_from, n_to)."""
    km: NDArray[np.float64]
    """inf for no way; (n_from, n_to)."""


class Pieces(NamedTuple):
    """Room for the pieces of ways; all but ``first`` (n_pieces,)."""

    first: NDArray[np.int64]
    """Pair i * n_to + j -> pieces; (n_from * n_to + 1,)."""
    kind: NDArray[np.int32]
    """As in ``Arcs``."""
    turned: NDArray[np.int8]
    km: NDArray[np.float64]
    weight: NDArray[np.float64]


@kernel
def priced(km: float, rate: float) -> float:
    """``km * rate``, but inf where either is: a closed road is closed at length 0 too."""
    return km * rate if km < np.inf and rate < np.inf else np.inf


@kernel
def choose_last(dist: NDArray[np.float64], to: Entries, j: int, direct: float) -> tuple[int, float]:
    """By which entry the way reaches stop ``j`` (or ``DIRECT``, ``NO_WAY``), and its weight.

    ``direct``: weight of the way that does not enter the graph, inf for none.
    """
    best = direct
    last = DIRECT if direct < np.inf else NO_WAY
    if to.rate[j] < np.inf:
        for k in range(to.first[j], to.first[j + 1]):
            d = dist[to.vertex[k]] + to.km[k] * to.rate[j]
            if d < best:
                best = d
                last = k
    return last, best


@kernel
def trace_way(
    arcs: Arcs, via: NDArray[np.int32], end: int, path: NDArray[np.int32]
) -> tuple[int, int]:
    """The arcs from the tree's start to vertex ``end``, last arc first.

    ``via``: as from ``grow_tree``. ``path``: output; (n_vertices,) suffices. Returns how many arcs,
    and which start (its place in the list of starts).
    """
    n = 0
    x = end
    while via[x] > START:
        path[n] = via[x]
        n += 1
        x = arcs.tail[via[x]]
    return n, START - via[x]


@kernel
def length_of(arcs: Arcs, start: Entries, to: Entries, ways: Ways, i: int, j: int) -> float:
    """The km of the way of a pair whose ``last`` and ``via`` are known."""
    if ways.last[i, j] == NO_WAY:
        return np.inf
    if ways.last[i, j] == DIRECT:
        return ways.direct_km[i, j]
    via = ways.via[i]
    x = to.vertex[ways.last[i, j]]
    total = float(to.km[ways.last[i, j]])
    while via[x] > START:
        total += arcs.km[via[x]]
        x = arcs.tail[via[x]]
    return float(total + start.km[start.first[i] + START - via[x]])


@kernel
def fill_ways(
    graph: Graph, arcs: Arcs, start: Entries, to: Entries, ways: Ways, tree: Tree
) -> None:
    """Least-weight ways from every start to every stop of ``to``, one tree per start.

    ``ways``: output, but for ``direct_km``. ``tree``: scratch, whose ``via`` is not used.
    """
    nowhere = np.empty(0, np.int32)
    for i in range(len(start.rate)):
        a = start.first[i]
        b = start.first[i + 1]
        begin = np.empty(b - a, np.float64)
        for k in range(a, b):
            begin[k - a] = priced(start.km[k], start.rate[i])
        tree.dist[:] = np.inf
        via = ways.via[i]
        own = Tree(tree.dist, via, tree.heap)
        grow_tree(graph, arcs.weight, start.vertex[a:b], begin, nowhere, own)
        for j in range(len(to.rate)):
            direct = priced(ways.direct_km[i, j], start.rate[i])
            last, weight = choose_last(tree.dist, to, j, direct)
            ways.last[i, j] = last
            ways.weight[i, j] = weight
            ways.km[i, j] = length_of(arcs, start, to, ways, i, j)


@kernel
def add_piece(
    pieces: Pieces, n: int, begin: int, kind: int, turned: int, km: float, weight: float
) -> int:
    """Add to the way whose pieces began at ``begin``, merging equal moves; the new count.

    Moves of no length are left out. Writes nothing beyond the room there is, but counts on.
    """
    if kind >= 0:
        if km == 0.0:
            return n
        if n > begin and n <= len(pieces.kind) and pieces.kind[n - 1] == kind:
            pieces.km[n - 1] += km
            pieces.weight[n - 1] += weight
            return n
    if n < len(pieces.kind):
        pieces.kind[n] = kind
        pieces.turned[n] = turned
        pieces.km[n] = km
        pieces.weight[n] = weight
    return n + 1


@kernel
def cut_to_pieces(
    arcs: Arcs, start: Entries, to: Entries, ways: Ways, path: NDArray[np.int32], pieces: Pieces
) -> int:
    """The pieces of every way, in the order travelled.

    ``path``: scratch; (n_vertices,). ``pieces``: output. Returns how many pieces there are; if that
    is more than there is room for, the caller must come again with so much room, which may be a
    little too much, since what does not fit is not merged.
    """
    n = 0
    pieces.first[0] = 0
    for i in range(len(start.rate)):
        for j in range(len(to.rate)):
            begin = n
            end = int(ways.last[i, j])
            if end == DIRECT:
                km = float(ways.direct_km[i, j])
                weight = priced(km, start.rate[i])
                n = add_piece(pieces, n, begin, start.kind[i], 0, km, weight)
            elif end >= 0:
                steps, k = trace_way(arcs, ways.via[i], int(to.vertex[end]), path)
                km = float(start.km[start.first[i] + k])
                weight = priced(km, start.rate[i])
                n = add_piece(pieces, n, begin, start.kind[i], 0, km, weight)
                for s in range(steps - 1, -1, -1):
                    arc = int(path[s])
                    n = add_piece(
                        pieces,
                        n,
                        begin,
                        arcs.kind[arc],
                        arcs.turned[arc],
                        arcs.km[arc],
                        arcs.weight[arc],
                    )
                km = float(to.km[end])
                n = add_piece(pieces, n, begin, to.kind[j], 0, km, priced(km, to.rate[j]))
            pieces.first[i * len(to.rate) + j + 1] = n
    return n
