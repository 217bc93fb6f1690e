"""Least ways by several criteria at once: multi-criteria label setting (Martins 1984).

A label is a way to a node with its cost per criterion. A label is kept while no other label at
the same node with the same *mask* is at least as good in every criterion. Masks are sets of marks
(bits) collected from arcs, so that ways which passed a wanted gate are not lost to cheaper ways
that did not.

With lower bounds of what is still to come a label is given up as soon as a finished way is at
least as good as the label could ever become (target pruning; bounds from one backward search per
criterion, as in NAMOA*, Mandow and Perez de la Cruz 2010). No undominated way is lost by it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.heap import Heap, new_heap, pop, push
from landbridge.kernels.jit import kernel

ROUNDING = 1e-12
"""Bounds are lowered by this share, so that a sum in another order never cuts off a true front."""
DONE, FULL = 0, 1
"""Status of a search: all found, or the pool of labels was too small."""


class Network(NamedTuple):
    """Directed arcs in order of their tails."""

    first_out: NDArray[np.int64]
    """(n_nodes + 1,): arcs ``first_out[x]`` to ``first_out[x + 1]`` leave node x."""
    head: NDArray[np.int32]
    cost: NDArray[np.float64]
    """(n_arcs, n_criteria), >= 0."""
    mask: NDArray[np.int32]
    """Marks that using the arc collects; below 0: it must not be used."""
    steps: NDArray[np.int32]
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
def beats(labels: Labels, rival: int, cost: NDArray[np.float64]) -> bool:
    """Whether a label is at least as good as ``cost`` (n_criteria) in every criterion."""
    for k in range(len(cost)):  # noqa: SIM110 - compiled
        if labels.cost[rival, k] > cost[k]:
            return False
    return True


@kernel
def beaten(labels: Labels, rival: int, cost: NDArray[np.float64]) -> bool:
    """Whether ``cost`` (n_criteria) is at least as good as a label in every criterion."""
    for k in range(len(cost)):  # noqa: SIM110 - compiled
        if cost[k] > labels.cost[rival, k]:
            return False
    return True


@kernel
def offer(labels: Labels, node: int, cost: NDArray[np.float64], marks: tuple[int, int]) -> bool:
    """Whether a label would be kept; labels that it beats are put to death.

    ``marks``: its mask and its steps. Steps count as a criterion, for a way with fewer may be the
    only one that can still be prolonged; -1 where no limit can bind.
    """
    mask, steps = marks
    rival = int(labels.last[node])
    while rival >= 0:
        if labels.alive[rival] and labels.mask[rival] == mask:
            fewer = steps < 0 or labels.steps[rival] <= steps
            more = steps < 0 or steps <= labels.steps[rival]
            if fewer and beats(labels, rival, cost):
                return False
            if more and beaten(labels, rival, cost):
                labels.alive[rival] = False
        rival = int(labels.chain[rival])
    return True


class Goal(NamedTuple):
    """What the search is for."""

    end: int
    wanted: int
    """Marks of the ways that count; -1: every set of marks has a front of its own."""
    bound: NDArray[np.float64]
    """(n_nodes, n_criteria): at least so much is still to come; inf where ``end`` is out of
    reach. Consistent: no arc lowers it by more than the arc costs."""


class Entering(NamedTuple):
    """The arcs of a network in order of their heads."""

    first: NDArray[np.int64]
    arc: NDArray[np.int64]
    tail: NDArray[np.int64]
    """By place in ``arc``."""


@kernel
def entering(first_out: NDArray[np.int64], head: NDArray[np.int32]) -> Entering:
    """The arcs that lead into each node; the arguments as in ``Network``."""
    nodes, arcs = len(first_out) - 1, len(head)
    first = np.zeros(nodes + 1, np.int64)
    for arc in range(arcs):
        first[head[arc] + 1] += 1
    for node in range(nodes):
        first[node + 1] += first[node]
    place = first[:-1].copy()
    order, tail = np.empty(arcs, np.int64), np.empty(arcs, np.int64)
    for node in range(nodes):
        for arc in range(first_out[node], first_out[node + 1]):
            at = place[head[arc]]
            order[at], tail[at] = arc, node
            place[head[arc]] += 1
    return Entering(first, order, tail)


@kernel
def bounds_to(
    into: Entering,
    cost: NDArray[np.float64],
    end: int,
    bound: NDArray[np.float64],
    heap: Heap,
) -> None:
    """Fill ``bound`` (n_nodes, n_criteria) with the least cost to ``end``, criterion by criterion.

    Dijkstra backwards over all arcs, whatever their marks. ``cost``: (n_arcs, n_criteria);
    ``heap`` has room for an entry per arc and one more.
    """
    bound[:] = np.inf
    for k in range(bound.shape[1]):
        bound[end, k] = 0.0
        size = push(heap, 0, 0.0, end)
        while size > 0:
            key, node = pop(heap, size)
            size -= 1
            if key > bound[node, k]:
                continue
            for at in range(into.first[node], into.first[node + 1]):
                total = key + cost[into.arc[at], k]
                before = int(into.tail[at])
                if total < bound[before, k]:
                    bound[before, k] = total
                    size = push(heap, size, total, before)


@kernel
def hopeless(labels: Labels, goal: Goal, least: NDArray[np.float64], used: int) -> bool:
    """Whether a finished way is at least as good as ``least`` (n_criteria) in every criterion.

    ``used``: the label's steps, which count as a criterion; -1 where no limit can bind.
    """
    rival = int(labels.last[goal.end])
    while rival >= 0:
        if labels.alive[rival] and labels.mask[rival] == goal.wanted:
            fewer = used < 0 or labels.steps[rival] <= used
            if fewer and beats(labels, rival, least):
                return True
        rival = int(labels.chain[rival])
    return False


@kernel
def lower(
    cost: NDArray[np.float64],
    bound: NDArray[np.float64],
    node: int,
    least: NDArray[np.float64],
) -> float:
    """Put into ``least`` what a way of that cost to ``node`` comes to at least; returns the sum."""
    total = 0.0
    for k in range(len(cost)):
        whole = cost[k] + bound[node, k]
        total += whole
        least[k] = whole * (1 - ROUNDING)
    return total


@kernel
def prolong(labels: Labels, label: int, net: Network, arc: int, cost: NDArray[np.float64]) -> None:
    """Put into ``cost`` (n_criteria) what a label comes to with one more arc; -1: with none."""
    for k in range(len(cost)):
        cost[k] = labels.cost[label, k]
        if arc >= 0:
            cost[k] += net.cost[arc, k]


@kernel
def begin(labels: Labels, start: int) -> int:
    """Put the first label into the pool; the size of the heap."""
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
    return push(labels.heap, 0, 0.0, 0)


@kernel
def grow_front(
    net: Network, labels: Labels, start: int, goal: Goal, limits: tuple[int, int]
) -> tuple[int, int]:
    """Fill the pool with all undominated ways from ``start``; returns count and status.

    ``limits``: most steps, and 1 if steps count as a criterion, else 0. Ways are not prolonged
    beyond the goal's end. Labels are taken in the order of the sum of their criteria with what is
    at least still to come, which no later label can undercut, so a label taken alive stays. Ties
    keep the label found first.
    """
    most_steps, count_steps = limits
    end = goal.end
    room, criteria = labels.cost.shape
    size = begin(labels, start)
    count = 1
    cost, least = np.empty(criteria), np.empty(criteria)
    while size > 0:
        _, label = pop(labels.heap, size)
        size -= 1
        node = labels.node[label]
        if not labels.alive[label] or node == end:
            continue
        prolong(labels, label, net, -1, cost)
        lower(cost, goal.bound, node, least)
        if hopeless(labels, goal, least, labels.steps[label] if count_steps else -1):
            continue
        for arc in range(net.first_out[node], net.first_out[node + 1]):
            used = labels.steps[label] + net.steps[arc]
            if used > most_steps or net.mask[arc] < 0:
                continue
            head = net.head[arc]
            prolong(labels, label, net, arc, cost)
            total = lower(cost, goal.bound, head, least)
            if total == np.inf:
                continue
            mask = labels.mask[label] | net.mask[arc]
            counted = used if count_steps else -1
            if hopeless(labels, goal, least, counted):
                continue
            if not offer(labels, head, cost, (mask, counted)):
                continue
            if count == room:
                return count, FULL
            prolong(labels, label, net, arc, labels.cost[count])
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
