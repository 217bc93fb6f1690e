"""Distances to all ancestors in the elimination tree: a query is one ancestor and one minimum.

Every way has a highest vertex, and that is a common ancestor of both ends (Dibbelt, Strasser and
Wagner 2016). So each vertex keeps its distances up to all its ancestors, laid out by their depth
(as in H2H, Ouyang et al. 2018): those of two vertices lie side by side as far as they have
ancestors in common, and the least sum over that stretch is the distance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.climb import unpack
from landbridge.kernels.customize import Chordal, Weights
from landbridge.kernels.jit import inner_kernel, kernel

BLOCK = 32
"""Queries that are on their way at once."""
LINE = 16
"""Labels start at multiples of so many entries; of int32 that is one line of the cache."""
RUN, RUNS, DEPTH, START, MADE = 0, 1, 2, 3, 4
"""Columns of a card: two of ``deepest_common``, steps to the root, the line at which the label
begins, and two with the round in which the labels up and down were made."""
CARD = 8
"""Entries of a card; half a line of the cache, so that a vertex costs one round trip."""
UNMADE = -1
"""Instead of a distance: a label is not made yet, or there is no such vertex."""

Cards = NDArray[np.int32]


class Branches(NamedTuple):
    """What labels are made from; all by rank but the last."""

    ch: Chordal
    first: NDArray[np.int64]
    """Where each label begins, -1 where it has no place yet, and where the next will; (n + 1,)."""
    order: NDArray[np.int32]
    """Rank -> vertex."""
    rank: NDArray[np.int32]
    """Vertex -> rank."""


@kernel
def fill_label(branches: Branches, weight: Weights, label: Weights, v: int, far: float) -> None:
    """The label of one vertex (by rank), from those of its higher neighbours.

    ``weight``: rise or fall. ``label``: of all vertices; (first[n],). Entry ``first[v] + d`` is the
    distance between v and its ancestor at depth d; upwards if ``weight`` is rise, else downwards.
    """
    ch, first = branches.ch, branches.first
    cast = label.dtype.type
    own = label[first[v] : first[v] + ch.depth[v] + 1]
    for d in range(len(own)):
        own[d] = far
    for e in range(ch.first_up[v], ch.first_up[v + 1]):
        u = ch.up[e]
        x = weight[e]
        other = label[first[u] : first[u] + ch.depth[u] + 1]
        for d in range(len(other)):
            own[d] = min(own[d], cast(x + other[d]))
    own[ch.depth[v]] = 0


@kernel
def make_labels(
    branches: Branches,
    weight: Weights,
    label: Weights,
    cards: Cards,
    wanted: NDArray[np.int32],
    way: tuple[int, int],
    far: float,
) -> int:
    """Make the labels of some vertices (by number) where they are not made; how many were.

    Those of all ancestors are made first. A label gets its place, whole lines, the first time that
    it is made up or down: what is never asked for takes no memory. ``weight``, ``label``: as in
    ``fill_label``. ``way``: 0 for labels up, 1 for down, and the present round: a label is made if
    its card tells that round.
    """
    ch, first = branches.ch, branches.first
    n = len(ch.depth)
    column = MADE + way[0]
    stack = np.empty(1 + int(ch.depth.max()), np.int32)
    count = 0
    for vertex in wanted:
        size = 0
        x = branches.rank[vertex]
        while x >= 0 and cards[branches.order[x], column] != way[1]:
            stack[size] = x
            size += 1
            x = ch.parent[x]
        for k in range(size - 1, -1, -1):
            v = stack[k]
            if first[v] < 0:
                first[v] = first[n]
                first[n] += (ch.depth[v] + LINE) // LINE * LINE
                cards[branches.order[v], START] = first[v] // LINE
            fill_label(branches, weight, label, v, far)
            cards[branches.order[v], column] = way[1]
        count += size
    return count


@inner_kernel
def highest(x: int) -> int:
    """The highest bit that is set in x, 0 < x < 2^53, by the exponent of x as a float."""
    return 1 << int((np.float64(x).view(np.int64) >> 52) - 1023)


@kernel
def meeting_depth(cards: Cards, above: NDArray[np.int32], s: int, t: int) -> int:
    """Depth of the lowest common ancestor, -1 for none (Schieber and Vishkin 1988).

    Without a branch that could be foretold wrongly: such a mistake is seen only when the cards have
    come from memory, and until then nothing else would be on its way.
    """
    run_s, run_t = int(cards[s, RUN]), int(cards[t, RUN])
    runs_s, runs_t = int(cards[s, RUNS]), int(cards[t, RUNS])
    depth_s, depth_t = int(cards[s, DEPTH]), int(cards[t, DEPTH])
    differ = run_s ^ run_t
    common = runs_s & runs_t & (-highest(differ | 1) if differ != 0 else -1)
    if common == 0:
        return -1
    low = common & -common
    run = (run_s & -(low << 1)) | low if differ != 0 else run_s
    # the run from which each enters the run in common; with none any place will do
    j_s = highest((runs_s & (low - 1)) | 1)
    j_t = highest((runs_t & (low - 1)) | 1)
    over_s = int(above[(run_s & -(j_s << 1)) | j_s])
    over_t = int(above[(run_t & -(j_t << 1)) | j_t])
    return min(depth_s if run_s == run else over_s, depth_t if run_t == run else over_t)


@kernel
def least_sum(a: Weights, b: Weights, far: float) -> float:
    """The least of ``a + b``, or ``far``."""
    cast = a.dtype.type  # whole numbers stay as narrow as they are
    least = cast(far)
    for d in range(len(a)):
        least = min(least, cast(a[d] + b[d]))
    return least  # pyright: ignore[reportReturnType] - a number of either kind


@kernel
def distance(
    cards: Cards, above: NDArray[np.int32], labels: Weights, s: int, t: int, made: int, far: float
) -> float:
    """Distance from ``s`` to ``t`` by their labels, ``far`` for no way; or ``UNMADE``.

    ``labels``: upwards, downwards; (2, first[n]). ``made``: the present round.
    """
    cast = labels.dtype.type
    n = len(cards)
    if s < 0 or t < 0 or s >= n or t >= n:
        return cast(UNMADE)  # pyright: ignore[reportReturnType] - a number of either kind
    if cards[s, MADE] != made or cards[t, MADE + 1] != made:
        return cast(UNMADE)  # pyright: ignore[reportReturnType] - same
    common = meeting_depth(cards, above, s, t) + 1
    a = LINE * int(cards[s, START])
    b = LINE * int(cards[t, START])
    return least_sum(labels[0, a : a + common], labels[1, b : b + common], far)


@kernel
def distances(
    cards: Cards,
    above: NDArray[np.int32],
    labels: Weights,
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    out: Weights,
    far: float,
) -> None:
    """Distances of many pairs; ``pairs``: from and to, ``out``: output; all (n_pairs,).

    Block by block: a touch of every card, how much of the labels counts, a touch of every line that
    counts, the sums. The touches do not wait for one another, so that the memory answers them
    together; one after the other each would cost a whole round trip.
    """
    start, end = pairs
    common = np.empty(BLOCK, np.int64)
    touch = 0
    for begin in range(0, len(start), BLOCK):
        count = min(BLOCK, len(start) - begin)
        for k in range(count):
            touch += 1 if cards[start[begin + k], RUN] < cards[end[begin + k], RUN] else 0
        for k in range(count):
            common[k] = meeting_depth(cards, above, start[begin + k], end[begin + k]) + 1
        for k in range(count):
            a = LINE * int(cards[start[begin + k], START])
            b = LINE * int(cards[end[begin + k], START])
            for d in range(0, common[k], LINE):
                touch += 1 if labels[0, a + d] < labels[1, b + d] else 0
        for k in range(count):
            a = LINE * int(cards[start[begin + k], START])
            b = LINE * int(cards[end[begin + k], START])
            out[begin + k] = least_sum(
                labels[0, a : a + common[k]], labels[1, b : b + common[k]], far
            )
    if touch < 0:  # never so, but what is not used is not read
        out[0] = far


@kernel
def walk_up(
    branches: Branches, weight: Weights, label: Weights, ends: tuple[int, int],
    path: NDArray[np.int32],
) -> int:  # fmt: skip
    """The chordal arcs from a vertex up to the ancestor to which its label leads; how many.

    ``ends``: rank of the vertex and depth of the ancestor. ``path``: output; (most depth,). The
    label is the least of sums over the first arc, so one of these sums is equal to the bit.
    """
    ch, first = branches.ch, branches.first
    x, d = ends
    count = 0
    while ch.depth[x] > d:
        left = label[first[x] + d]
        e = ch.first_up[x]
        while weight[e] + label[first[ch.up[e]] + d] != left:
            e += 1
        path[count] = e
        count += 1
        x = int(ch.up[e])
    return count


@kernel
def way_between(
    branches: Branches,
    meet: tuple[Cards, NDArray[np.int32]],
    labels: Weights,
    made_of: tuple[NDArray[np.int32], Weights, Weights],
    ends: tuple[int, int],
    out: NDArray[np.int32],
) -> int:
    """The given arcs from one vertex to another that it is joined to; how many.

    Labels of both are made. ``meet``: cards and what stands above runs. ``made_of``: parts, rise
    and fall. ``out``: output; nothing is written beyond its end, but the count goes on.
    """
    cards, above = meet
    s, t = ends
    parts, rise, fall = made_of
    a = LINE * int(cards[s, START])
    b = LINE * int(cards[t, START])
    least = labels[0, a] + labels[1, b]
    depth = 0
    for d in range(1, meeting_depth(cards, above, s, t) + 1):
        total = labels[0, a + d] + labels[1, b + d]
        if total < least:
            least = total
            depth = d
    most = 1 + int(max(cards[s, DEPTH], cards[t, DEPTH]))
    path = np.empty(most, np.int32)
    stack = np.empty((most + 2, 2), np.int32)
    count = 0
    steps = walk_up(branches, rise, labels[0], (int(branches.rank[s]), depth), path)
    for k in range(steps):
        count += unpack(parts, path[k], 0, stack, out[count:])
    steps = walk_up(branches, fall, labels[1], (int(branches.rank[t]), depth), path)
    for k in range(steps - 1, -1, -1):
        count += unpack(parts, path[k], 1, stack, out[count:])
    return count
