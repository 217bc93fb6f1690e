"""The graph of chains: sides of terminals joined by services, lorries and handling.

Each side has two nodes, *arrive* and *depart*. Services and lorries lead from depart to arrive,
handling from arrive to depart of a side of the same terminal; the doors are two more nodes. Every
arc carries its expected hours, USD and kg CO2e, so that the search adds up what is promised.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo, unit_factor
from landbridge.models.distribution import Spread, fixed
from landbridge.network.network import Network
from landbridge.routing.avoid import crossing_name
from landbridge.routing.borders import SHUT
from landbridge.routing.costs import TableCost, border_usd, handover_crossing, table_cost
from landbridge.routing.tables import Terrain, WayTable
from landbridge.schema.column import Floats
from landbridge.schema.timetable import parse_timetable
from landbridge.units import MODES, RAIL

HANDLING, SERVICE, DRIVE = range(3)
"""Kinds of arcs."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Columns of arcs; ``row`` is the operation or the service (-1: a lorry without a row)."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    cost: Floats
    kind: NDArray[np.int64]
    row: NDArray[np.int64]
    table: NDArray[np.int64]
    """Number of the way table, -1 for handling."""
    pair: NDArray[np.int64]
    """Pair of the table."""
    other: NDArray[np.int64]
    """Calls between the ends of a service's leg, whose dwell is part of the time."""

    def __len__(self) -> int:
        return len(self.tail)

    def take(self, rows: NDArray[np.int64]) -> Arcs:
        """Some of the arcs."""
        return Arcs(
            self.tail[rows], self.head[rows], self.cost[rows], self.kind[rows], self.row[rows],
            self.table[rows], self.pair[rows], self.other[rows],
        )  # fmt: skip


_NONE = np.empty(0, np.int64)
NO_ARCS = Arcs(_NONE, _NONE, np.empty((0, 3)), _NONE, _NONE, _NONE, _NONE, _NONE)


@dataclass(frozen=True, eq=False)
class Costed:
    """A way table with its costs under a class of vehicle and the crossings at its ends."""

    table: WayTable
    item: str
    cost: TableCost
    begin: NDArray[np.int64]
    end: NDArray[np.int64]
    sides: NDArray[np.int64]
    """Rows of the two countries of each border of the tally, the lower first; (n_borders, 2)."""


@dataclass(frozen=True, eq=False)
class Chain:
    """The graph: ``2 * side`` arrives, ``2 * side + 1`` departs; then origin and destination."""

    net: Network
    tables: tuple[Costed, ...]
    arcs: Arcs
    nodes: int
    touching: dict[tuple[str, bool], NDArray[np.bool_]] = field(
        init=False, default_factory=dict[tuple[str, bool], NDArray[np.bool_]]
    )
    """Arcs by term, as they were asked for."""

    @cached_property
    def rows_of(self) -> list[NDArray[np.int64]]:
        """The arcs of each table."""
        order = np.argsort(self.arcs.table, kind="stable")
        cuts = np.searchsorted(self.arcs.table[order], np.arange(len(self.tables) + 1))
        return [order[a:b] for a, b in pairwise(cuts.tolist())]

    @property
    def origin(self) -> int:
        """Node of the first door."""
        return self.nodes - 2

    @property
    def destination(self) -> int:
        """Node of the last door."""
        return self.nodes - 1


def costed(terrain: Terrain, table: WayTable, item: str, cargo: Cargo) -> Costed:
    """Costs of a table, with the borders passed at the ends of ways added."""
    net = terrain.net
    row_of = {code: row for row, code in enumerate(net.countries.code.tolist())}
    countries = np.array(
        [row_of[net.terminals.country[t]] for t in net.sides.terminal.tolist()], np.int64
    )
    cost = table_cost(terrain, table, item, cargo, countries)
    begin, end = handover_crossing(terrain, table, countries)
    for at in (begin, end):
        for row in np.unique(at[at >= 0]).tolist():
            cost.hours[at == row] += terrain.crossings.hours(row).mean
            cost.usd[at == row] += border_usd(terrain, row, cargo)
        cost.hours[at == SHUT] = np.inf
        at[at == SHUT] = -1
    return Costed(table, item, cost, begin, end, _borders(terrain, table))


def _borders(terrain: Terrain, table: WayTable) -> NDArray[np.int64]:
    at = table.legs.tally.border
    if not len(at):
        return np.empty((0, 2), np.int64)
    borders = terrain.ways.borders("rail" if table.mode == "rail" else "road")
    both = np.column_stack([borders.country_a[at], borders.country_b[at]])
    return np.sort(both.astype(np.int64), axis=1)


def headway(net: Network, row: int) -> Spread:
    """Time between departures of a service."""
    t = net.services
    if str(t.timetable[row]):
        return fixed(parse_timetable(str(t.timetable[row])).interval_h)
    return Spread(
        str(t.distribution[row]),
        float(t.headway_low_h[row]),
        float(t.headway_typical_h[row]),
        float(t.headway_high_h[row]),
    )


def cut_off(net: Network, row: int) -> float:
    """Hours before departure by which cargo must be there; 0 where not published."""
    hours = float(net.services.cutoff_h[row])
    return hours if np.isfinite(hours) else 0.0


class ArcList:
    """Arcs as they are found, table by table."""

    def __init__(self) -> None:
        self._parts: list[Arcs] = []

    def add_ways(
        self, number: int, one: Costed, chosen: tuple[NDArray[np.int64], NDArray[np.int64]],
        *, kind: int, row: int, wait_h: float, nodes: tuple[int, int],
    ) -> None:  # fmt: skip
        """Arcs for the chosen pairs (i, j) of a table; ``nodes``: the doors, for sides of -1."""
        i, j = chosen
        if not len(i):
            return
        cost = np.column_stack(
            [one.cost.hours[i, j] + wait_h, one.cost.usd[i, j], one.cost.co2e_kg[i, j]]
        )
        start, to = one.table.start[i], one.table.to[j]
        count = len(i)
        self._parts.append(
            Arcs(
                np.where(start < 0, nodes[0], 2 * start + 1),
                np.where(to < 0, nodes[1], 2 * to),
                cost,
                np.full(count, kind),
                np.full(count, row),
                np.full(count, number),
                i * one.table.shape[1] + j,
                np.zeros(count, np.int64),
            )
        )

    def add_leg(
        self, number: int, one: Costed, pair: tuple[int, int], row: int, extra: tuple[float, int]
    ) -> None:
        """One leg of a service that calls; ``extra``: hours of wait and dwell, calls between."""
        self.add_ways(
            number, one, (np.array([pair[0]]), np.array([pair[1]])),
            kind=SERVICE, row=row, wait_h=extra[0], nodes=(-1, -1),
        )  # fmt: skip
        self._parts[-1].other[:] = extra[1]

    def add(self, arcs: Arcs) -> None:
        """Arcs as they are."""
        self._parts.append(arcs)

    def add_handling(
        self, tail: int, head: int, cost: tuple[float, float, float], row: int
    ) -> None:
        """One operation."""
        none = np.full(1, -1)
        self._parts.append(
            Arcs(
                np.array([tail]), np.array([head]), np.array([cost]), np.array([HANDLING]),
                np.array([row]), none, none, np.zeros(1, np.int64),
            )
        )  # fmt: skip

    def done(self) -> Arcs:
        """All of them, in the order of their tails; those without a way are left out."""
        names = ("tail", "head", "cost", "kind", "row", "table", "pair", "other")
        parts = self._parts or [NO_ARCS]
        columns = [np.concatenate([getattr(part, name) for part in parts]) for name in names]
        arcs = Arcs(*columns)
        found = np.flatnonzero(np.isfinite(arcs.cost).all(axis=1))
        order = found[np.lexsort((arcs.row[found], arcs.head[found], arcs.tail[found]))]
        return arcs.take(order)


class OperationRows:
    """Operations by terminal, modes and change of gauge; the most special row wins."""

    def __init__(self, net: Network) -> None:
        t = net.operations
        self._net = net
        self._row = {
            (str(t.terminal[k]), str(t.from_mode[k]), str(t.to_mode[k]), bool(t.gauge_change[k])): k
            for k in range(len(t))
        }

    def find(self, start: int, to: int) -> int:
        """Row for handling from one side to another of the same terminal; -1 where none fits."""
        sides, terminals = self._net.sides, self._net.terminals
        where = int(sides.terminal[start])
        change = (
            int(sides.mode[start]) == int(sides.mode[to]) == RAIL
            and sides.gauge_mm[start] != sides.gauge_mm[to]
        )
        modes = MODES[int(sides.mode[start])], MODES[int(sides.mode[to])]
        for word in (str(terminals.id[where]), f"kind:{terminals.kind[where]}", "*"):
            row = self._row.get((word, *modes, bool(change)), -1)
            if row >= 0:
                return row
        return -1


def operation_cost(
    terrain: Terrain, row: int, country: str, cargo: Cargo
) -> tuple[float, float, float]:
    """Expected hours, USD and kg CO2e of an operation at a terminal of a country."""
    t = terrain.net.operations
    factor = unit_factor(str(t.unit[row]), cargo)
    return (
        operation_hours(terrain.net, row).mean,
        operation_usd(terrain.net, row).mean * factor,
        float(t.lifts[row]) * cargo.boxes * terrain.factors.lift(country).kg("wtw"),
    )


def operation_hours(net: Network, row: int) -> Spread:
    """Dwell from arrival until ready to depart."""
    t = net.operations
    return Spread(
        str(t.distribution[row]),
        float(t.hours_low[row]),
        float(t.hours_typical[row]),
        float(t.hours_high[row]),
    )


def operation_usd(net: Network, row: int) -> Spread:
    """Price in the row's unit."""
    t = net.operations
    return Spread("pert", float(t.usd_low[row]), float(t.usd_typical[row]), float(t.usd_high[row]))


def pair_terms(net: Network, one: Costed, kind: str, word: str) -> NDArray[np.bool_]:
    """Per pair: whether the ways of a table touch ``kind:word`` (terminals are nodes, not ways)."""
    kept: dict[tuple[str, str], NDArray[np.bool_]] = vars(one).setdefault("_terms", {})
    if (kind, word) not in kept:
        kept[kind, word] = _pair_terms(net, one, kind, word)
    return kept[kind, word]


def _pair_terms(net: Network, one: Costed, kind: str, word: str) -> NDArray[np.bool_]:
    table, tally = one.table, one.table.legs.tally
    if kind == "mode":
        return table.any_of(tally.pair[(tally.mode == _index(MODES, word))[tally.place]])
    if kind == "passage":
        wanted = _index(net.passages.id.tolist(), word)
        return table.any_of(tally.passage_pair[tally.passage == wanted])
    if kind == "country":
        wanted = _index(net.countries.code.tolist(), word)
        moved = table.any_of(tally.pair[(tally.country == wanted)[tally.place]])
        return moved | table.any_of(tally.border_pair[tally.entered == wanted])
    if kind == "crossing":
        codes = net.countries.code.tolist()
        pair = sorted(_index(codes, code) for code in word.split("-"))
        between = table.any_of(tally.border_pair[(one.sides == pair).all(axis=1)])
        hit = np.array([name == word for name in _crossing_names(net)] + [False])
        return between | hit[one.begin] | hit[one.end]
    return np.zeros(table.shape, bool)


def _crossing_names(net: Network) -> list[str]:
    pairs = zip(net.crossings.from_country.tolist(), net.crossings.to_country.tolist(), strict=True)
    return [crossing_name(a, b) for a, b in pairs]


def _index(words: tuple[str, ...] | list[str], word: str) -> int:
    return words.index(word) if word in words else -9
