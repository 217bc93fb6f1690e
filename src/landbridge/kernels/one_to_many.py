"""Least ways from one node to all, and from there to many doors.

Dijkstra's algorithm from seeds that wait already (a door has an arc to many nodes), and the
meeting of its distances with what leads on to each door. Ways may be asked to keep to nodes that
*matter* for a pair of doors: those not far round for their size, or near one of the two.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.heap import Heap, pop, push
from landbridge.kernels.jit import kernel

DIRECT, NONE = -2, -1
"""Instead of the place in ``Into`` by which a door is reached: straight from door to door, not at
all."""


class Arcs(NamedTuple):
    """Directed arcs in order of their tails."""

    first_out: NDArray[np.int64]
    """(n_nodes + 1,): arcs ``first_out[x]`` to ``first_out[x + 1]`` leave node x."""
    head: NDArray[np.int64]
    cost: NDArray[np.float64]
    """>= 0."""


class Tree(NamedTuple):
    """Least ways from the seeds."""

    cost: NDArray[np.float64]
    """(n_nodes,): inf where there is no way."""
    via: NDArray[np.int64]
    """(n_nodes,): the arc by which a node is reached, -1 where it is a seed or not reached."""


class Into(NamedTuple):
    """What leads on from nodes to doors."""

    node: NDArray[np.int64]
    """(n_places,)."""
    cost: NDArray[np.float64]
    """(n_places, n_doors), inf where there is no way."""


class Matter(NamedTuple):
    """When an owner of nodes matters for two doors: by its size and how far round it lies."""

    owner: NDArray[np.int64]
    """(n_nodes,)."""
    size: NDArray[np.int64]
    """(n_owners,)."""
    rules: NDArray[np.float64]
    """(n_rules, 3): least size, times the direct distance, and so much more."""


class Round(NamedTuple):
    """How far owners of nodes lie from a door, and which are among the nearest to it."""

    off: NDArray[np.float64]
    """(n_owners,)."""
    near: NDArray[np.bool_]
    """(n_owners,)."""


class Rounds(NamedTuple):
    """The same for many doors, and how far they lie from the first."""

    off: NDArray[np.float64]
    """(n_doors, n_owners)."""
    near: NDArray[np.bool_]
    direct: NDArray[np.float64]
    """(n_doors,)."""


@kernel
def grow(
    arcs: Arcs, open_: NDArray[np.bool_], tree: Tree, heap: Heap, leave: NDArray[np.float64],
    best: float,
) -> tuple[float, int]:  # fmt: skip
    """Grow ``tree`` from the nodes whose cost is finite, through nodes that are ``open_``.

    ``leave`` (n_nodes,): cost from nodes on to a door; inf for none. Gives the least cost to it,
    or ``best`` where nothing is less, and the node that it leaves by, or NONE. The tree ends where
    nothing beyond can be less. ``heap`` has room for an entry per arc and per node.
    """
    size = 0
    last = NONE
    for node in range(len(tree.cost)):
        tree.via[node] = -1
        if tree.cost[node] < np.inf:
            size = push(heap, size, tree.cost[node], node)
    while size > 0:
        key, node = pop(heap, size)
        size -= 1
        if key >= best:
            break
        if key > tree.cost[node]:
            continue
        if key + leave[node] < best:
            best = key + leave[node]
            last = int(node)
        for arc in range(arcs.first_out[node], arcs.first_out[node + 1]):
            head = arcs.head[arc]
            total = key + arcs.cost[arc]
            if total < tree.cost[head] and open_[head]:
                tree.cost[head] = total
                tree.via[head] = arc
                size = push(heap, size, total, int(head))
    return best, last


@kernel
def meet(tree: Tree, into: Into, best: NDArray[np.float64], by: NDArray[np.int64]) -> None:
    """Lower ``best`` (n_doors,) to the least cost by any place of ``into``; ``by``: which place."""
    for place in range(len(into.node)):
        begun = tree.cost[into.node[place]]
        if begun == np.inf:
            continue
        for door in range(len(best)):
            total = begun + into.cost[place, door]
            if total < best[door]:
                best[door] = total
                by[door] = place


@kernel
def matters(matter: Matter, ends: tuple[Round, Round], direct: float, owner: int) -> bool:
    """Whether an owner matters for two doors that lie ``direct`` apart."""
    if ends[0].near[owner] or ends[1].near[owner]:
        return True
    whole = ends[0].off[owner] + ends[1].off[owner]
    for rule in range(len(matter.rules)):
        least, times, more = matter.rules[rule]
        if matter.size[owner] >= least and whole <= times * direct + more:
            return True
    return False


@kernel
def all_that_matter(
    matter: Matter, ends: tuple[Round, Round], direct: float, found: NDArray[np.bool_]
) -> None:
    """Fill ``found`` (n_owners,): which matter for two doors that lie ``direct`` apart."""
    for owner in range(len(found)):
        found[owner] = matters(matter, ends, direct, owner)


@kernel
def keeps_to_what_matters(
    tail: NDArray[np.int64], tree: Tree, matter: Matter,
    ends: tuple[Round, Round], direct: float, node: int,
) -> bool:  # fmt: skip
    """Whether the way of a tree to a node passes only what matters for two doors.

    ``tail`` (n_arcs,): where arcs begin.
    """
    while True:
        if not matters(matter, ends, direct, int(matter.owner[node])):
            return False
        arc = tree.via[node]
        if arc < 0:
            return True
        node = int(tail[arc])


@kernel
def doubtful(
    tail: NDArray[np.int64], tree: Tree, matter: Matter,
    first: Round, others: Rounds, node: NDArray[np.int64], found: NDArray[np.bool_],
) -> None:  # fmt: skip
    """Fill ``found`` (n_doors,): the way to a door passes what does not matter for the two doors.

    ``node`` (n_doors,): where the way ends in the tree, -1 where it does not use it.
    """
    for door in range(len(node)):
        found[door] = False
        if node[door] >= 0:
            ends = (first, Round(others.off[door], others.near[door]))
            found[door] = not keeps_to_what_matters(
                tail, tree, matter, ends, float(others.direct[door]), int(node[door])
            )
