"""Search the graph of chains: the exact front, and the best chain of each branch."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.heap import new_heap
from landbridge.kernels.pareto import DONE, Goal, Network, bounds_to, grow_front, new_labels
from landbridge.routing.chain import Chain, pair_terms
from landbridge.routing.query import RouteParams
from landbridge.schema.column import Floats

SERVICE_TERMS = {"service": "id", "operator": "operator", "flag": "flag"}
"""Kinds of terms that a service answers, with the column that does."""
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


def term_arcs(chain: Chain, term: str, *, tails: bool = False) -> NDArray[np.bool_]:
    """Which arcs touch a term (``passage:suez``, ``terminal:IRZBR``, ...).

    A terminal is touched by the arcs that lead to it, and with ``tails`` by those that leave it.
    """
    key = (term, tails)
    if key not in chain.touching:
        chain.touching[key] = _term_arcs(chain, term, tails=tails)
    return chain.touching[key]


def _term_arcs(chain: Chain, term: str, *, tails: bool) -> NDArray[np.bool_]:
    kind, _, word = term.partition(":")
    arcs, net = chain.arcs, chain.net
    if kind == "crossing":
        a, _, b = word.partition("-")
        word = "-".join(sorted((a, b)))
    if kind in SERVICE_TERMS:
        told = np.append(net.services.column(SERVICE_TERMS[kind]).astype(object), [""])
        return told[np.where(arcs.table >= 0, arcs.row, -1)] == word
    hit = np.zeros(len(arcs), bool)
    for mine, one in zip(chain.rows_of, chain.tables, strict=True):
        if len(mine):
            hit[mine] = pair_terms(net, one, kind, word).ravel()[arcs.pair[mine]]
    if kind in {"terminal", "country"}:
        column = net.terminals.id if kind == "terminal" else net.terminals.country
        at = np.append(column[net.sides.terminal].astype(object), [""]) == word
        for ends in (arcs.head, arcs.tail) if tails else (arcs.head,):
            hit |= at[np.where(ends < chain.origin, ends // 2, -1)]
    return hit


def front(
    chain: Chain, params: RouteParams, required: tuple[str, ...], cost: Floats | None = None
) -> Found:
    """All undominated chains that touch every required term; exact for what ``cost`` adds up.

    ``cost``: (n_arcs, n_criteria), by default the expected hours, USD and CO2e.
    """
    cost = chain.arcs.cost if cost is None else cost
    return _run(chain, cost, params, required, np.ones(len(chain.arcs), bool))


def best(
    chain: Chain,
    weight: Floats,
    params: RouteParams,
    terms: tuple[tuple[str, ...], tuple[str, ...]],
) -> Found:
    """The chain of least ``cost @ weight`` that touches all first terms, none of the second."""
    required, banned = terms
    free = np.ones(len(chain.arcs), bool)
    for term in banned:
        free &= ~term_arcs(chain, term)
    return _run(chain, (chain.arcs.cost @ weight)[:, None], params, required, free)


def _run(
    chain: Chain,
    cost: Floats,
    params: RouteParams,
    required: tuple[str, ...],
    free: NDArray[np.bool_],
) -> Found:
    arcs = chain.arcs
    mask = np.zeros(len(arcs), np.int64)
    for bit, term in enumerate(required):
        mask[term_arcs(chain, term)] |= 1 << bit
    wanted = (1 << len(required)) - 1
    rows = np.flatnonzero(free)
    first = np.zeros(chain.nodes + 1, np.int64)
    np.cumsum(np.bincount(arcs.tail[rows], minlength=chain.nodes), out=first[1:])
    steps = (arcs.kind[rows] == 0).astype(np.int64)
    net = Network(
        first,
        np.ascontiguousarray(arcs.head[rows]),
        np.ascontiguousarray(cost[rows]),
        mask[rows],
        steps,
    )
    most = params.most_transfers
    limits = (DEFAULT_STEPS, 0) if most is None else (most, 1)
    bound = np.empty((chain.nodes, cost.shape[1]))
    bounds_to(net, chain.destination, bound, new_heap(len(rows) + 1))
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
    ways = tuple(rows[_trace(labels.arc, labels.parent, int(end))] for end in ends)
    ways = tuple(way for way in ways if len(way))
    total = np.array([arcs.cost[way].sum(axis=0) for way in ways]).reshape(-1, 3)
    return Found(ways, total, status == DONE)


def _trace(arc: NDArray[np.int64], parent: NDArray[np.int64], label: int) -> NDArray[np.int64]:
    found: list[int] = []
    while parent[label] >= 0:
        found.append(int(arc[label]))
        label = int(parent[label])
    return np.array(found[::-1], np.int64)
