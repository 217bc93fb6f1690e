"""The graph of ``route`` with all terminals and no doors: one for all pairs of a question."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.one_to_many import Arcs, Into, Matter
from landbridge.models.cargo import Cargo
from landbridge.routing.chain import Part
from landbridge.routing.chain_build import ROUND_ABOUT, Question, ground_of
from landbridge.routing.doors import Door
from landbridge.routing.geo import great_circle_km
from landbridge.routing.kept import Kept
from landbridge.routing.many_doors import Doors, Haulier, Lorries, chunks
from landbridge.routing.prices import mean_usd
from landbridge.routing.query import RouteParams
from landbridge.routing.rules import Facts, bars_of, forbidden
from landbridge.routing.tables import Terrain
from landbridge.schema.column import Flags, Floats
from landbridge.units import day_number

Longs = NDArray[np.int64]

CHUNK = 128
"""Destinations whose lorry legs are found at a time."""
MOST_INTO = 256_000_000
"""Bytes of lorry legs to all destinations that are held: for 2,000 places those under some six sets
of bars by three criteria."""
NOWHERE = Door(0.0, 0.0)


@dataclass(frozen=True, eq=False)
class Sent:
    """What is sent, and how."""

    terrain: Terrain
    cargo: Cargo
    modes: frozenset[str]
    hs: str
    """Digits of the HS code; empty: not told."""
    params: RouteParams


@dataclass(frozen=True, eq=False)
class Reduced:
    """The graph by one criterion: no arc that a rule forbids, of parallel ones the least."""

    arcs: Arcs
    tail: Longs
    row: Longs
    """Row of the whole graph's arcs."""


class DoorGraph:
    """A question about many pairs, made ready; ``prepare`` comes before anything else."""

    def __init__(self, sent: Sent, origins: Doors, destinations: Doors) -> None:
        self.sent, self.origins, self.destinations = sent, origins, destinations
        terrain = sent.terrain
        self.net = terrain.net
        question = Question(NOWHERE, NOWHERE, sent.cargo, sent.modes, ())
        self.whole, self._connected = ground_of(terrain, question, sent.params)
        self.by_road = "road" in sent.modes
        self.papers_usd = mean_usd(terrain.prices(sent.cargo).whole())
        self.haulier = Haulier(terrain, sent.cargo, sent.params)
        self.come: list[Lorries] = []
        """Lorries to the destinations, ``CHUNK`` at a time."""
        owner = np.repeat(self.net.sides.terminal.astype(np.int64), 2)
        rules = [(float(size), *rule) for size, rule in ROUND_ABOUT.items()]
        sizes = self.net.terminals.size.astype(np.int64)
        self.matter = Matter(np.append(owner, [0, 0]), sizes, np.array(rules))
        self._day = day_number(terrain.ways.on)
        self._reduced: dict[tuple[tuple[int, ...], int], Reduced] = {}
        self._met: dict[tuple[str, str], tuple[int, ...]] = {}
        self._into: Kept[list[tuple[slice, Into]]] = Kept(MOST_INTO, _bytes_of)
        self._beside: dict[Doors, tuple[Flags, Longs]] = {}

    def prepare(self) -> Iterator[float]:
        """Find the lorry legs to all destinations; yields the share that is done."""
        stops = self.destinations.stops
        if self.by_road:
            self.haulier.survey(self.origins.stops, stops)
        for rows in chunks(len(stops), CHUNK) if self.by_road else ():
            self.come.append(self.haulier.come(stops.take(rows)))
            yield float(rows[-1] + 1) / len(stops)

    def facts(self, i: int, j: int) -> Facts:
        """What rules can ask of a shipment from ``i`` to ``j``."""
        ends = self.origins.country[i], self.destinations.country[j]
        return Facts(*ends, self.sent.hs, self.sent.cargo.box)

    def bars(self, i: int, j: int) -> tuple[int, ...]:
        """Rules that the shipment meets by itself: pairs that meet the same share a graph."""
        key = self.origins.country[i], self.destinations.country[j]
        if key not in self._met:
            self._met[key] = bars_of(self.net, self.facts(i, j), self._day)
        return self._met[key]

    def reduced(self, i: int, j: int, criterion: int) -> Reduced:
        """The graph for a pair, by a criterion."""
        key = self.bars(i, j), criterion
        if key not in self._reduced:
            free = np.flatnonzero(~self.forbidden(self.whole, i, j))
            self._reduced[key] = _reduced(self.whole, free, criterion)
        return self._reduced[key]

    def forbidden(self, part: Part, i: int, j: int) -> Flags:
        """Which arcs rules forbid to a pair."""
        return forbidden(part, self.bars(i, j))

    def into(
        self, i: int, j: int, criterion: int, allowed: Flags | None = None
    ) -> list[tuple[slice, Into]]:
        """How the graph leads on to the destinations that share the bars of a pair.

        ``allowed``: the terminals that may be used; None: all that are open.
        """
        if self.by_road:
            key = self.bars(i, j), criterion
            return self._into.of(key, lambda: list(self._by_lorry(i, j, criterion)))
        near, _ = self.beside(self.destinations, allowed)
        rows = np.flatnonzero(near.any(axis=0))
        cost = np.where(near[:, rows].T, 0.0, np.inf)
        return [(slice(0, len(near)), Into(2 * rows, np.ascontiguousarray(cost)))]

    def _by_lorry(self, i: int, j: int, criterion: int) -> Iterator[tuple[slice, Into]]:
        first = 0
        for some in self.come:
            cost = some.cost(criterion, self.forbidden(some.part, i, j))
            yield slice(first, first + cost.shape[1]), Into(some.node, cost)
            first += cost.shape[1]

    def unsure(self, i: int) -> Flags:
        """Destinations whose side nearby, or that of ``i``, may not matter for the two of them."""
        found = np.zeros(len(self.destinations), bool)
        _, first = self.beside(self.origins, None)
        _, last = self.beside(self.destinations, None)
        found |= (last >= 0) & ~self.destinations.near[np.arange(len(last)), last]
        return found | (first[i] >= 0 and not self.origins.near[i, first[i]])

    def beside(self, doors: Doors, allowed: Flags | None) -> tuple[Flags, Longs]:
        """Sides at which doors are without lorries, (n_doors, n_sides), and the nearest's owner.

        ``allowed``: the terminals that may be used. As ``chain_build`` joins two doors.
        """
        if allowed is None:
            if doors not in self._beside:
                self._beside[doors] = self.beside(doors, self.sent.terrain.open_terminal)
            return self._beside[doors]
        sides = self.net.sides
        rows = np.flatnonzero(self._connected & allowed[sides.terminal])
        lat, lon = doors.at
        off = great_circle_km(lat[:, None], lon[:, None], sides.lat[rows], sides.lon[rows])
        found = np.zeros((len(doors), len(sides)), bool)
        nearest = np.full(len(doors), -1)
        if len(rows):
            found[:, rows] = off <= beside_km(off.min(axis=1))[:, None]
            nearest = sides.terminal[rows[off.argmin(axis=1)]].astype(np.int64)
        return found, nearest


def _bytes_of(some: list[tuple[slice, Into]]) -> int:
    return sum(into.cost.nbytes for _, into in some)


def beside_km(nearest: Floats) -> Floats:
    """How far from a door its sides may lie without lorries, by how far the nearest lies."""
    return np.minimum(150.0, nearest + 60.0)


def _reduced(whole: Part, free: Longs, criterion: int) -> Reduced:
    arcs = whole.arcs
    order = np.lexsort((arcs.cost[free, criterion], arcs.head[free], arcs.tail[free]))
    rows = free[order]
    tail, head = arcs.tail[rows].astype(np.int64), arcs.head[rows].astype(np.int64)
    first = np.ones(len(rows), bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    rows, tail, head = rows[first], tail[first], head[first]
    out = np.zeros(whole.nodes + 1, np.int64)
    np.cumsum(np.bincount(tail, minlength=whole.nodes), out=out[1:])
    least = np.ascontiguousarray(arcs.cost[rows, criterion])
    return Reduced(Arcs(out, head, least), tail, rows)
