"""Search the graph of chains: the exact front, and the best chain of each branch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.heap import new_heap
from landbridge.kernels.pareto import DONE, Goal, Network, bounds_to, grow_front, new_labels
from landbridge.routing.chain import Chain
from landbridge.routing.chain_terms import marks
from landbridge.routing.query import RouteParams
from landbridge.schema.column import Floats

FIRST_ROOM = 20_000
DEFAULT_STEPS = 12


@dataclass(frozen=True, eq=False)
class Found:
    """Ways through the graph: per way its arcs in order and its expected cost."""

    ways: tuple[NDArray[np.int64], ...]
    cost: Floats
    """(n, 3): hours, USD, kg CO2e."""
    complete: bool
    """False where the bound on labels cut the search short."""


def front(
    chain: Chain, params: RouteParams, required: tuple[str, ...], cost: Floats | None = None
) -> Found:
    """All undominated chains that touch every required term; exact for what ``cost`` adds up.

    ``cost``: (n_arcs, n_criteria), by default the expected hours, USD and CO2e.
    """
    cost = chain.arcs.cost if cost is None else np.ascontiguousarray(cost)
    return _run(chain, Weighed(cost, _bound(chain, cost)), params, (required, ()))


def best(
    chain: Chain,
    weight: Floats,
    params: RouteParams,
    terms: tuple[tuple[str, ...], tuple[str, ...]],
) -> Found:
    """The chain of least ``cost @ weight`` that touches all first terms, none of the second."""
    known: dict[bytes, Weighed] = vars(chain).setdefault("_weighed", {})
    key = weight.tobytes()
    if key not in known:
        cost = (chain.arcs.cost @ weight)[:, None]
        known[key] = Weighed(cost, _bound(chain, cost))
    return _run(chain, known[key], params, terms)


class Weighed(NamedTuple):
    """What arcs cost, and what is at least still to come from every node."""

    cost: Floats
    bound: Floats


def _bound(chain: Chain, cost: Floats) -> Floats:
    found = np.empty((chain.nodes, cost.shape[1]))
    bounds_to(chain.entering, cost, chain.destination, found, new_heap(len(cost) + 1))
    return found


def _run(
    chain: Chain,
    weighed: Weighed,
    params: RouteParams,
    terms: tuple[tuple[str, ...], tuple[str, ...]],
) -> Found:
    arcs, (required, banned) = chain.arcs, terms
    mask, wanted = marks(chain, required, banned), (1 << len(required)) - 1
    cost, bound = weighed
    net = Network(chain.first_out, arcs.head, cost, mask, chain.steps)
    most = params.most_transfers
    limits = (DEFAULT_STEPS, 0) if most is None else (most, 1)
    goal = Goal(chain.destination, wanted, bound)
    room = FIRST_ROOM
    while True:
        labels = new_labels(room, chain.nodes, cost.shape[1])
        count, status = grow_front(net, labels, chain.origin, goal, limits)
        if status == DONE or room >= params.most_labels:
            break
        room = min(4 * room, params.most_labels)
    ends = np.flatnonzero(
        (labels.node[:count] == chain.destination)
        & labels.alive[:count]
        & (labels.mask[:count] == wanted)
    )
    ways = tuple(_trace(labels.arc, labels.parent, int(end)) for end in ends)
    ways = tuple(way for way in ways if len(way))
    total = np.array([arcs.cost[way].sum(axis=0) for way in ways]).reshape(-1, 3)
    return Found(ways, total, status == DONE)


def _trace(arc: NDArray[np.int64], parent: NDArray[np.int64], label: int) -> NDArray[np.int64]:
    found: list[int] = []
    while parent[label] >= 0:
        found.append(int(arc[label]))
        label = int(parent[label])
    return np.array(found[::-1], np.int64)
