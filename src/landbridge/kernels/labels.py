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

from landbridge.kernels.customize import Chordal, Weights
from landbridge.kernels.jit import kernel

BLOCK = 16
"""Queries that are on their way at once."""
LINE = 16
"""Labels start at multiples of so many entries; of int32 that is one line of the cache."""


class Meeting(NamedTuple):
    """What tells the depth of the lowest common ancestor (see ``deepest_common``)."""

    code: NDArray[np.int32]
    """(n, 2)."""
    above: NDArray[np.int32]
    """(2 n + 2,)."""
    depth: NDArray[np.int32]
    """(n,)."""


@kernel
def lay_out(depth: NDArray[np.int32], first: NDArray[np.int64]) -> None:
    """Where the label of each vertex begins, whole lines each, the root's first; (n + 1,).

    ``first[n]`` is the length of all.
    """
    n = len(depth)
    at = 0
    for v in range(n - 1, -1, -1):
        first[v] = at
        at += (depth[v] + LINE) // LINE * LINE
    first[n] = at


@kernel
def fill_labels(
    ch: Chordal, weight: Weights, first: NDArray[np.int64], label: Weights, far: float
) -> None:
    """The labels of all vertices, from the roots down; ``weight``: rise or fall.

    ``label``: output; (first[n],). Entry ``first[v] + d`` is the distance between v and its
    ancestor at depth d; upwards if ``weight`` is rise, else downwards.
    """
    cast = label.dtype.type
    for v in range(len(ch.parent) - 1, -1, -1):
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
def highest_bit(x: int) -> int:
    """Place of the highest bit set; x > 0."""
    k = 0
    if x >= 1 << 16:
        x >>= 16
        k = 16
    if x >= 1 << 8:
        x >>= 8
        k += 8
    if x >= 1 << 4:
        x >>= 4
        k += 4
    if x >= 1 << 2:
        x >>= 2
        k += 2
    return k + (x >> 1)


@kernel
def meeting_depth(meet: Meeting, s: int, t: int) -> int:
    """Depth of the lowest common ancestor, -1 for none (Schieber and Vishkin 1988)."""
    run_s = meet.code[s, 0]
    run_t = meet.code[t, 0]
    depth_s = int(meet.depth[s])
    depth_t = int(meet.depth[t])
    if run_s == run_t:
        return min(depth_s, depth_t)
    common = meet.code[s, 1] & meet.code[t, 1] & -(1 << highest_bit(run_s ^ run_t))
    if common == 0:
        return -1
    low = common & -common
    k = highest_bit(low)
    run = ((run_s >> (k + 1)) << (k + 1)) | low
    if run_s != run:
        j = highest_bit(meet.code[s, 1] & (low - 1))
        depth_s = int(meet.above[((run_s >> (j + 1)) << (j + 1)) | (1 << j)])
    if run_t != run:
        j = highest_bit(meet.code[t, 1] & (low - 1))
        depth_t = int(meet.above[((run_t >> (j + 1)) << (j + 1)) | (1 << j)])
    return min(depth_s, depth_t)


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
    meet: Meeting, first: NDArray[np.int64], labels: tuple[Weights, Weights], s: int, t: int,
    far: float,
) -> float:  # fmt: skip
    """Distance from ``s`` to ``t`` by their labels (upwards, downwards), or ``far``."""
    common = meeting_depth(meet, s, t) + 1
    return least_sum(
        labels[0][first[s] : first[s] + common], labels[1][first[t] : first[t] + common], far
    )


@kernel
def distances(
    meet: Meeting,
    first: NDArray[np.int64],
    labels: tuple[Weights, Weights],
    pairs: tuple[NDArray[np.int32], NDArray[np.int32]],
    out: Weights,
    far: float,
) -> None:
    """Distances of many pairs; ``pairs``: from and to, ``out``: output; all (n_pairs,).

    Block by block, in three passes: where labels lie and how much of them counts, a touch of every
    line that counts, the sums. The touches do not wait for one another, so that the memory answers
    them together; one after the other each would cost a whole round trip.
    """
    start, end = pairs
    rise, fall = labels
    common = np.empty(BLOCK, np.int64)
    touch = 0
    for begin in range(0, len(start), BLOCK):
        count = min(BLOCK, len(start) - begin)
        for k in range(count):
            common[k] = meeting_depth(meet, start[begin + k], end[begin + k]) + 1
        for k in range(count):
            a = first[start[begin + k]]
            b = first[end[begin + k]]
            for d in range(0, common[k], LINE):
                touch += 1 if rise[a + d] < fall[b + d] else 0
        for k in range(count):
            a = first[start[begin + k]]
            b = first[end[begin + k]]
            out[begin + k] = least_sum(rise[a : a + common[k]], fall[b : b + common[k]], far)
    if touch < 0:  # never so, but what is not used is not read
        out[0] = far
