"""Least ways by several criteria at once: multi-criteria label setting (Martins 1984).

A label is a way to a node with its cost per criterion. A label is kept while no other label at
the same node with the same *mask* is at least as good in every criterion. Masks are sets of marks
(bits) collected from arcs, so that ways which passed a wanted gate are not lost to cheaper ways
that did not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.heap import Heap, new_heap, pop, push
from landbridge.kernels.jit import kernel

DONE, FULL = 0, 1
"""Status of a search: all found, or the pool of labels was too small."""


class Network(NamedTuple):
    """Directed arcs in order of their tails."""

    first_out: NDArray[np.int64]
    """(n_nodes + 1,): arcs ``first_out[x]`` to ``first_out[x + 1]`` leave node x."""
    head: NDArray[np.int64]
    cost: NDArray[np.float64]
    """(n_arcs, n_criteria), >= 0."""
    mask: NDArray[np.int64]
    """Marks that using the arc collects."""
    steps: NDArray[np.int64]
    """What the arc adds to the count that ``most_steps`` limits (1 for a leg, 0 for handling)."""


class Labels(NamedTuple):
    """The pool; row ``k`` is one label. ``chain`` links the labels of a node, newest first."""

    cost: NDArray[np.float64]
    node: NDArray[np.int64]
    arc: NDArray[np.int64]
    parent: NDArray[np.int64]
    mask: NDArray[np.int64]
    steps: NDArray[np.int64]
    alive: NDArray[np.bool_]
    chain: NDArray[np.int64]
    last: NDArray[np.int64]
    """(n_nodes,): newest label of each node, or -1."""
    heap: Heap


def new_labels(room: int, nodes: int, criteria: int) -> Labels:
    """An empty pool for ``room`` labels."""
    return Labels(
        np.empty((room, criteria)),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.zeros(room, np.bool_),
        np.empty(room, np.int64),
        np.full(nodes, -1, np.int64),
        new_heap(room),
    )


@kernel
def dominates(a: NDArray[np.float64], b: NDArray[np.float64]) -> bool:
    """Whether ``a`` is at least as good as ``b`` in every criterion."""
    for k in range(len(a)):  # noqa: SIM110 - compiled
        if a[k] > b[k]:
            return False
    return True


@kernel
def offer(labels: Labels, node: int, cost: NDArray[np.float64], marks: tuple[int, int]) -> bool:
    """Whether a label would be kept; labels that it beats are put to death.

    ``marks``: its mask and its steps. Steps count as a criterion, for a way with fewer may be the
    only one that can still be prolonged; -1 where no limit can bind.
    """
    mask, steps = marks
    rival = labels.last[node]
    while rival >= 0:
        if labels.alive[rival] and labels.mask[rival] == mask:
            fewer = steps < 0 or labels.steps[rival] <= steps
            more = steps < 0 or steps <= labels.steps[rival]
            if fewer and dominates(labels.cost[rival], cost):
                return False
            if more and dominates(cost, labels.cost[rival]):
                labels.alive[rival] = False
        rival = labels.chain[rival]
    return True


@kernel
def grow_front(
    net: Network, labels: Labels, start: int, end: int, limits: tuple[int, int]
) -> tuple[int, int]:
    """Fill the pool with all undominated ways from ``start``; returns count and status.

    ``limits``: most steps, and 1 if steps count as a criterion, else 0. Ways are not prolonged
    beyond ``end``. Labels are taken in the order of the sum of their criteria, which no later
    label can undercut, so a label taken alive stays. Ties keep the label found first.
    """
    most_steps, count_steps = limits
    room, criteria = labels.cost.shape
    labels.last[:] = -1
    labels.cost[0, :] = 0.0
    labels.node[0] = start
    labels.arc[0] = -1
    labels.parent[0] = -1
    labels.mask[0] = 0
    labels.steps[0] = 0
    labels.alive[0] = True
    labels.chain[0] = -1
    labels.last[start] = 0
    size = push(labels.heap, 0, 0.0, 0)
    count = 1
    cost = np.empty(criteria)
    while size > 0:
        _, label = pop(labels.heap, size)
        size -= 1
        node = labels.node[label]
        if not labels.alive[label] or node == end:
            continue
        for arc in range(net.first_out[node], net.first_out[node + 1]):
            used = labels.steps[label] + net.steps[arc]
            if used > most_steps:
                continue
            total = 0.0
            for k in range(criteria):
                cost[k] = labels.cost[label, k] + net.cost[arc, k]
                total += cost[k]
            if total == np.inf:
                continue
            mask = labels.mask[label] | net.mask[arc]
            head = net.head[arc]
            counted = used if count_steps else -1
            if not offer(labels, head, cost, (mask, counted)):
                continue
            if count == room:
                return count, FULL
            labels.cost[count, :] = cost
            labels.node[count] = head
            labels.arc[count] = arc
            labels.parent[count] = label
            labels.mask[count] = mask
            labels.steps[count] = used
            labels.alive[count] = True
            labels.chain[count] = labels.last[head]
            labels.last[head] = count
            size = push(labels.heap, size, total, count)
            count += 1
    return count, DONE
