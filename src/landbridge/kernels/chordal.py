"""The chordal graph over an order of elimination, its tree, and where the given arcs lie in it.

Customizable contraction hierarchies (Dibbelt, Strasser and Wagner 2016): eliminate the vertices in
their order and join the higher neighbours of each. What arcs that makes depends on the order alone
and on no weight. Vertices are told by their rank here.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.graph import Graph
from landbridge.kernels.jit import kernel


@kernel
def elimination_tree(graph: Graph, parent: NDArray[np.int32]) -> None:
    """The least higher neighbour of each vertex after elimination (Liu 1986), or -1.

    ``graph``: by rank, both directions. ``parent``: output; (n,).
    """
    n = len(parent)
    ancestor = np.empty(n, np.int32)
    for v in range(n):
        parent[v] = -1
        ancestor[v] = -1
        for arc in range(graph.first_out[v], graph.first_out[v + 1]):
            x = graph.head[arc]
            # climb to the root that x has so far, letting everything on the way point to v
            while x < v and x >= 0:
                above = ancestor[x]
                ancestor[x] = v
                if above == -1:
                    parent[x] = v
                    break
                x = above


@kernel
def fill_up(
    graph: Graph, parent: NDArray[np.int32], first_up: NDArray[np.int64], up: NDArray[np.int32]
) -> None:
    """The higher neighbours of each vertex after elimination, ascending; O(size of the result).

    Row by row over the row subtrees of the elimination tree (Liu 1990). ``first_up``: output;
    (n + 1,). ``up``: output, of that total length; or of length 0 to only count.
    """
    n = len(parent)
    mark = np.full(n, -1, np.int32)
    if len(up) == 0:
        first_up[:] = 0
    for v in range(n):
        mark[v] = v
        for arc in range(graph.first_out[v], graph.first_out[v + 1]):
            x = graph.head[arc]
            while x < v and mark[x] != v:
                mark[x] = v
                if len(up) > 0:
                    up[first_up[x]] = v
                first_up[x] += 1
                x = parent[x]
    if len(up) == 0:
        # counts to starts
        total = 0
        for v in range(n + 1):
            count = first_up[v]
            first_up[v] = total
            total += count
    else:
        # every entry now holds the end of its own run, which is the start of the next
        for v in range(n, 0, -1):
            first_up[v] = first_up[v - 1]
        first_up[0] = 0


@kernel
def arc_between(first_up: NDArray[np.int64], up: NDArray[np.int32], low: int, high: int) -> int:
    """The chordal arc from ``low`` up to ``high``, which must be there (binary search)."""
    a = first_up[low]
    b = first_up[low + 1]
    while a < b:
        middle = (a + b) >> 1
        if up[middle] < high:
            a = middle + 1
        else:
            b = middle
    return a


@kernel
def find_slots(
    first_up: NDArray[np.int64],
    up: NDArray[np.int32],
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    slot: NDArray[np.int32],
) -> None:
    """The chordal arc that each given arc lies on; -1 for loops. All but the first two: (m,)."""
    for arc in range(len(tail)):
        low = min(tail[arc], head[arc])
        high = max(tail[arc], head[arc])
        slot[arc] = arc_between(first_up, up, low, high) if low < high else -1


@kernel
def depths(parent: NDArray[np.int32], depth: NDArray[np.int32]) -> None:
    """Steps up to the root of each vertex; (n,)."""
    for v in range(len(parent) - 1, -1, -1):
        depth[v] = depth[parent[v]] + 1 if parent[v] >= 0 else 0


@kernel
def deepest_common(
    parent: NDArray[np.int32], size: NDArray[np.int32], code: NDArray[np.int32],
    above: NDArray[np.int32], depth: NDArray[np.int32],
) -> None:  # fmt: skip
    """Prepare lowest common ancestors in constant time (Schieber and Vishkin 1988).

    ``size``: scratch; (n,). ``code``: output; (n, 2): the number of the heavy run that a vertex
    lies on, and which runs (by their lowest bits) lie above it. ``above``: output; by run, depth of
    the vertex over its top, -1 for none; (2 n + 2,). ``depth``: as from ``depths``.
    """
    n = len(parent)
    size[:] = 1
    above[:] = -1
    for v in range(n):
        if parent[v] >= 0:
            size[parent[v]] += size[v]
    # preorder numbers from 1; ``code[v, 1]`` holds the next free number below v for the time being
    free = 1
    for v in range(n - 1, -1, -1):
        p = parent[v]
        if p < 0:
            code[v, 0] = free
            free += size[v]
        else:
            code[v, 0] = code[p, 1]
            code[p, 1] += size[v]
        code[v, 1] = code[v, 0] + 1
    for v in range(n - 1, -1, -1):
        low = code[v, 0]
        high = low + size[v] - 1
        # the number in [low, high] with the most zeros at its end
        k = 0
        differ = (low - 1) ^ high
        while differ > 1:
            differ >>= 1
            k += 1
        run = (high >> k) << k
        p = parent[v]
        code[v, 0] = run
        code[v, 1] = (run & -run) | (code[p, 1] if p >= 0 else 0)
        if p < 0:
            above[run] = -1
        elif code[p, 0] != run:
            above[run] = depth[p]
