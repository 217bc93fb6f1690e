"""Least-weight trees: Dijkstra from several starts, bounded, over a run of vertices."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.graph import Graph
from landbridge.kernels.heap import Heap, new_heap, pop, push
from landbridge.kernels.jit import kernel

START = -1
"""``via`` of a start: ``START - k`` for the k-th entry of ``start``; arcs are >= 0."""


class Tree(NamedTuple):
    """Room for one tree over a graph of n vertices."""

    dist: NDArray[np.float64]
    """All inf before a search; afterwards exact where settled, else an upper bound; (n,)."""
    via: NDArray[np.int32]
    """Last arc on the way, or ``START - k``; not set where ``dist`` is inf; (n,)."""
    heap: Heap
    """(n_arcs + n_starts,) suffices."""


def new_tree(graph: Graph, starts: int) -> Tree:
    """Room for trees over ``graph`` from at most ``starts`` vertices, ready for a search."""
    n = len(graph.first_out) - 1
    return Tree(np.full(n, np.inf), np.empty(n, np.int32), new_heap(len(graph.head) + starts))


@kernel
def grow_tree(
    graph: Graph,
    weight: NDArray[np.float64],
    start: NDArray[np.int32],
    start_dist: NDArray[np.float64],
    target: NDArray[np.int32],
    tree: Tree,
) -> int:
    """Grow the least-weight tree from the starts (Dijkstra 1959); O(m log n).

    ``weight``: per arc, >= 0, inf where closed; (n_arcs,). ``start``, ``start_dist``: vertices and
    what it took to get there; inf is no start. ``target``: vertices wanted, ascending, each once;
    the search stops when all are settled, and runs to its end where none is given. Returns how
    many targets were settled. Of ways that weigh the same the first found stays.
    """
    dist, via, heap = tree
    size = 0
    for k in range(len(start)):
        x = start[k]
        if start_dist[k] < dist[x]:
            dist[x] = start_dist[k]
            via[x] = START - k
            size = push(heap, size, float(dist[x]), x)
    wanted = len(target)
    settled = 0
    while size > 0:
        key, x = pop(heap, size)
        size -= 1
        if key > dist[x]:
            continue  # a shorter way to x has been settled since
        if wanted > 0:
            at = np.searchsorted(target, x)
            if at < wanted and target[at] == x:
                settled += 1
                if settled == wanted:
                    break
        for arc in range(graph.first_out[x], graph.first_out[x + 1]):
            y = graph.head[arc]
            d = key + weight[arc]
            if d < dist[y]:
                dist[y] = d
                via[y] = arc
                size = push(heap, size, d, y)
    return settled
