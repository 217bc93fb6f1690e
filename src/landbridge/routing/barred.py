"""What rules forbid: the best chains that would be there without them, each with its rules.

Looked at are, on the graph without the bars that are rules of law or trade, the best chain of each
branch that has no option, and the fastest, the cheapest and the one of least generalised cost of
all. Those that a bar hits and that are unlike every option are told; further ones are not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo
from landbridge.routing.chain import Chain
from landbridge.routing.itinerary import Itinerary, Spot
from landbridge.routing.options import Option, best_of_branch, family, named_option
from landbridge.routing.query import RouteParams
from landbridge.routing.rules import Facts, bars_of, forbidden, of_practice, without
from landbridge.routing.search import best
from landbridge.routing.tables import Terrain
from landbridge.routing.writer import Writer
from landbridge.units import HOURS_PER_DAY

Way = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Asked:
    """The question as the search for what is barred takes it."""

    terrain: Terrain
    cargo: Cargo
    doors: tuple[Spot, Spot]
    params: RouteParams
    required: tuple[str, ...]
    branches: tuple[int, ...]


def barred_options(whole: Chain, asked: Asked, facts: Facts, day: int,
                   shown: list[Option]) -> list[Option]:  # fmt: skip
    """Options that rules forbid, not yet measured; ``whole``: the graph with nothing barred."""
    net = whole.net
    bars = bars_of(net, facts, day)
    lifted = without(whole, of_practice(net, bars))
    if not forbidden(lifted, bars).any():
        return []
    hits = {row: forbidden(lifted, (row,)) for row in bars}
    writer = Writer(asked.terrain, lifted, asked.cargo, asked.doors)
    found: list[Option] = []
    families = {family(net, one.itinerary) for one in shown}
    names = {one.name for one in shown}
    have = {one.branch for one in shown}
    for way, wanted in _ways(lifted, asked, have):
        rules = tuple(str(net.rules.id[row]) for row, hit in hits.items() if hit[way].any())
        itinerary: Itinerary = writer.write(way)
        kind = family(net, itinerary)
        if not rules or kind in families:
            continue
        one = named_option(net, itinerary, names, asked.branches)
        if wanted and one.branch != wanted:
            continue
        one.barred = rules
        families.add(kind)
        names.add(one.name)
        found.append(one)
    return found


def _ways(lifted: Chain, asked: Asked, have: set[str | None]) -> list[tuple[Way, str]]:
    """The best ways of the graph, each with the branch that it is looked for."""
    ids: list[str] = lifted.net.branches.id.tolist()
    usd_per_hour = asked.params.usd_per_teu_day * asked.cargo.teu / HOURS_PER_DAY
    weight = np.array([usd_per_hour, 1.0, 0.0])
    found: list[tuple[Way, str]] = []
    for row in asked.branches:
        if ids[row] not in have:
            way, _ = best_of_branch(lifted, row, weight, asked.params, asked.required)
            if way is not None:
                found.append((way, ids[row]))
    for scale in (weight, np.array([1.0, 1e-6, 0.0]), np.array([1e-6, 1.0, 0.0])):
        ways = best(lifted, scale, asked.params, (asked.required, ())).ways
        found += [(way, "") for way in ways[:1]]
    return found
