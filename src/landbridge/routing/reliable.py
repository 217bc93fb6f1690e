"""Reliability as a criterion of the search: the front by p90, and by whatever else is asked.

A quantile of a sum is no sum of quantiles, so p90 cannot be added up along a chain. Means and
variances of independent parts can. The search therefore takes *two* criteria for p90, the expected
hours and their variance, beside money or CO2e where those are asked for. Every rising function of
the two has its least chain on the front so found, mean + 1.28 standard deviations among them. Each
chain of that front is then played through by simulation, and what is kept is the front by the p90
simulated.

Exact: the front by mean and variance of parts taken as independent, and the p90 of every chain
played, up to the number of draws. Not exact: a chain whose p90 is least because its parts are less
skewed, or move together less, than its mean and variance tell is missed. How often that happens is
measured against all chains of small networks (``tests/routing/test_reliable.py``).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.models.distribution import Z90, Spread
from landbridge.models.ratebook import Wanted
from landbridge.network.network import Network
from landbridge.routing.chain import HANDLING, SERVICE, Chain, Costed, Part, headway
from landbridge.routing.costs import passage_wait
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.operations import operation_hours
from landbridge.routing.query import RouteParams
from landbridge.routing.search import Found, front
from landbridge.routing.tables import Terrain
from landbridge.routing.timeline import Player
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY, MODES, ROAD

MOST_PLAYED = 600
"""Chains of the wider front that are simulated; more are thinned by mean + 1.28 deviations."""
COLUMN = {"time": 0, "money": 1, "co2e": 2}
"""Columns of a chain's expected cost."""


@dataclass(frozen=True, eq=False)
class Ranked:
    """The front by the criteria asked for; ``measures``: (n, n_criteria) in their order."""

    found: Found
    measures: Floats


def ranked_front(
    chain: Chain,
    terrain: Terrain,
    params: RouteParams,
    required: tuple[str, ...],
    playing: tuple[Player, Callable[[NDArray[np.int64]], Itinerary]],
) -> Ranked:
    """The front by ``params.minimise``; ``playing``: who plays, and what writes a chain's legs."""
    wanted = params.minimise
    additive = [COLUMN[word] for word in wanted if word in COLUMN]
    if "p90" not in wanted:
        cost = chain.arcs.cost[:, additive]
        found = front(chain, params, required, cost)
        return Ranked(found, found.cost[:, additive])
    variance = arc_variance(terrain, chain)
    columns = sorted({*additive, 0})
    cost = np.column_stack([chain.arcs.cost[:, columns], variance])
    found = front(chain, params, required, cost)
    if not found.ways:
        return Ranked(found, np.empty((0, len(wanted))))
    spread = np.sqrt([variance[way].sum() for way in found.ways])
    guess = _measures(found, wanted, found.cost[:, 0] + Z90 * spread)
    rows, complete = np.arange(len(guess)), found.complete
    if len(rows) > MOST_PLAYED:
        rows = np.flatnonzero(undominated(guess))
        rows = rows[np.argsort(guess[rows, wanted.index("p90")], kind="stable")]
        complete &= len(rows) <= MOST_PLAYED
        rows = rows[:MOST_PLAYED]
    player, write = playing
    ways = tuple(found.ways[k] for k in rows.tolist())
    played = np.array([float(np.quantile(player.play(write(way)).hours, 0.9)) for way in ways])
    kept = Found(ways, found.cost[rows], complete)
    measures = _measures(kept, wanted, played)
    best = np.flatnonzero(undominated(measures) & np.isfinite(played))
    ways = tuple(ways[k] for k in best.tolist())
    return Ranked(Found(ways, kept.cost[best], complete), measures[best])


def _measures(found: Found, wanted: tuple[str, ...], p90: Floats) -> Floats:
    columns = [p90 if word == "p90" else found.cost[:, COLUMN[word]] for word in wanted]
    return np.column_stack(columns)


def undominated(measures: Floats) -> NDArray[np.bool_]:
    """Rows that no other row is at least as good as in everything; of equal ones the first."""
    kept = np.ones(len(measures), bool)
    for row in range(len(measures)):
        others = kept.copy()
        others[row] = False
        better = (measures <= measures[row]).all(axis=1)
        same = (measures == measures[row]).all(axis=1)
        earlier = np.arange(len(measures)) < row
        kept[row] = not (others & better & (~same | earlier)).any()
    return kept


def arc_variance(terrain: Terrain, chain: Chain) -> Floats:
    """Variance of the hours of every arc, (n_arcs,), its parts taken as independent."""
    return chain.of("variance", lambda part: _part_variance(terrain, part))


def _part_variance(terrain: Terrain, part: Part) -> Floats:
    arcs = part.arcs
    found = np.zeros(len(arcs))
    for mine, one in zip(part.rows_of, part.tables, strict=True):
        if len(mine):
            found[mine] = _pair_variance(terrain, one)[arcs.pair[mine]]
    for kind, of in ((HANDLING, _operation), (SERVICE, _wait)):
        mine = arcs.kind == kind
        for row in np.unique(arcs.row[mine]).tolist():
            if row >= 0:
                found[mine & (arcs.row == row)] += of(part.net, row)
    return found


def _operation(net: Network, row: int) -> float:
    return operation_hours(net, row).variance


def _wait(net: Network, row: int) -> float:
    """Of an interval times a uniform number: E[H^2] / 3 - E[H]^2 / 4."""
    interval = headway(net, row)
    return (interval.variance + interval.mean**2) / 3 - interval.mean**2 / 4


def _pair_variance(terrain: Terrain, one: Costed) -> Floats:
    """Per pair of a table: moving at one speed in each country, passages and borders."""
    table, tally = one.table, one.table.legs.tally
    places = zip(tally.mode.tolist(), tally.country.tolist(), strict=True)
    per = np.array([_per_km(terrain, one.item, *place) for place in places])
    total = np.zeros(table.shape[0] * table.shape[1])
    if len(per):
        total += table.total(tally.pair, tally.km**2 * per[tally.place]).ravel()
    crossed = table.crossing >= 0
    rows = {row: terrain.crossings.hours(row).variance for row in _rows(table.crossing, one)}
    variance = np.array([rows[row] for row in table.crossing[crossed].tolist()])
    if len(variance):
        total += table.total(tally.border_pair[crossed], variance).ravel()
    for passage in np.unique(tally.passage).tolist():
        wait = passage_wait(terrain.book, terrain.net, passage)
        if wait:
            hit = table.any_of(tally.passage_pair[tally.passage == passage]).ravel()
            total[hit] += wait.spread.variance
    for ends in (one.begin.ravel(), one.end.ravel()):
        mine = np.flatnonzero(ends >= 0)
        total[mine] += np.array([rows[row] for row in ends[mine].tolist()])
    return total


def _rows(crossing: NDArray[np.int64], one: Costed) -> list[int]:
    """Every row of crossings that a table meets."""
    met = np.unique(np.concatenate([crossing, one.begin.ravel(), one.end.ravel()]))
    return [row for row in met.tolist() if row >= 0]


def _per_km(terrain: Terrain, item: str, mode: int, country: int) -> float:
    """Variance of the hours of one km in a country (-1: at sea)."""
    code = str(terrain.net.countries.code[country]) if country >= 0 else "*"
    pace: Spread = terrain.book.get(Wanted("speed", MODES[mode], item, code)).spread.inverse()
    detour = 1.0
    if mode == ROAD:
        detour = terrain.book.get(Wanted("detour", "road", "", code)).spread.typical
    return pace.variance * (HOURS_PER_DAY * detour) ** 2
