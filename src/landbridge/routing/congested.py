"""The graph of chains with the queues of a season added to what its arcs take.

Every queue adds its mean to the hours of the arcs that meet it, and the interest on the cargo over
those hours to their price; a departure's queue stands instead of half its interval. So the front
is exact for expected values with the waits that a lot of the season had on average.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo
from landbridge.network.sides import side_name
from landbridge.routing.chain import HANDLING, SERVICE, Arcs, Chain, Costed, Part, headway
from landbridge.routing.congestion import Congestion, line_name
from landbridge.routing.kept import Kept
from landbridge.routing.tables import Terrain
from landbridge.schema.column import Floats

MOST_KEPT = 2
"""Seasons of which the graph's parts are kept."""
LEAST_H = 1e-3
"""No arc takes less, however seldom its departures are waited for."""


def congested(chain: Chain, season: Congestion, terrain: Terrain, cargo: Cargo) -> Chain:
    """The graph with the queues of the season."""
    ground = _part(chain.ground, season, terrain, cargo)
    return replace(chain, ground=ground, doors=_part(chain.doors, season, terrain, cargo))


def _part(part: Part, season: Congestion, terrain: Terrain, cargo: Cargo) -> Part:
    kept: Kept[Part] = vars(part).setdefault("_congested", Kept[Part](MOST_KEPT))

    def make() -> Part:
        arcs = part.arcs
        more = np.maximum(queue_hours(part, season), LEAST_H - arcs.cost[:, 0])
        cost = arcs.cost.copy()
        cost[:, 0] += more
        interest = terrain.prices(cargo).interest(1.0)
        if interest is not None:
            cost[:, 1] += interest.mean * more
        return Part(part.net, part.tables, replace(arcs, cost=cost), part.nodes, season, more)

    return kept.of(season, make)


def queue_hours(part: Part, season: Congestion) -> Floats:
    """Expected hours that queues add to each arc; less than 0 where a service fills early."""
    arcs, net = part.arcs, part.net
    found = np.zeros(len(arcs))
    crossing = np.zeros(len(net.crossings) + 1)  # the last: no border, row -1
    for row, name in enumerate(net.crossings.id.tolist()):
        crossing[row] = sum(one.mean for one in season.crossings.get(name, ()))
    for rows, one in zip(part.rows_of, part.tables, strict=True):
        pairs = _at_borders(one, crossing)
        if pairs is not None:
            found[rows] += pairs.ravel()[arcs.pair[rows]]
    terminal = np.zeros(len(net.terminals))
    for row, name in enumerate(net.terminals.id.tolist()):
        terminal[row] = sum(one.mean for one in season.terminals.get(name, ()))
    handled = np.flatnonzero((arcs.kind == HANDLING) & (arcs.row >= 0))
    sides = np.zeros(len(net.sides))
    for row in range(len(net.sides)) if season.sides else ():
        queue = season.sides.get(side_name(net, row))
        sides[row] = queue.mean if queue is not None else 0.0
    start, to = arcs.tail[handled] // 2, arcs.head[handled] // 2
    found[handled] += terminal[net.sides.terminal[start]] + sides[start]
    found[handled] += np.where(to == start, 0.0, sides[to])
    _for_departures(part, season, found)
    return found


def _at_borders(one: Costed, crossing: Floats) -> Floats | None:
    """Per pair of a table the hours at its borders; None where none of them has a queue."""
    table = one.table
    pairs = np.zeros(table.shape)
    if len(table.crossing):
        hit = table.crossing >= 0
        hours = crossing[table.crossing[hit]]
        pairs += table.total(table.legs.tally.border_pair[hit], hours)
    pairs += crossing[one.begin] + crossing[one.end]
    return pairs if pairs.any() else None


def _for_departures(part: Part, season: Congestion, found: Floats) -> None:
    """Add the queues for departures, less the half interval that stands there without them."""
    arcs, net = part.arcs, part.net
    ids = {name: row for row, name in enumerate(net.services.id.tolist())}
    titles = net.terminals.title
    wanted = {ids[name.partition(",")[0]] for name in season.lines if name.partition(",")[0] in ids}
    for row in sorted(wanted):
        interval = headway(net, row).mean / 2
        for arc in _of_service(arcs, row).tolist():
            start, to = (str(titles[net.sides.terminal[end[arc] // 2]])
                         for end in (arcs.tail, arcs.head))  # fmt: skip
            queue = season.lines.get(line_name(str(net.services.id[row]), start, to))
            if queue is not None:
                found[arc] += queue.mean - interval


def _of_service(arcs: Arcs, row: int) -> NDArray[np.int64]:
    return np.flatnonzero((arcs.kind == SERVICE) & (arcs.row == row))
