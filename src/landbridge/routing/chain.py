"""The graph of chains: sides of terminals joined by services, lorries and handling.

Each side has two nodes, *arrive* and *depart*. Services and lorries lead from depart to arrive,
handling from arrive to depart of a side of the same terminal; the doors are two more nodes. Every
arc carries its expected hours, USD and kg CO2e, so that the search adds up what is promised.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.overlay import ArcSet, overlay
from landbridge.kernels.pareto import Entering, entering
from landbridge.models.cargo import Cargo
from landbridge.models.distribution import Spread, fixed
from landbridge.network.network import Network
from landbridge.routing.borders import SHUT
from landbridge.routing.congestion import Congestion
from landbridge.routing.costs import TableCost, border_usd, handover_crossing, table_cost
from landbridge.routing.tables import Terrain, WayTable
from landbridge.schema.column import Floats, Ints
from landbridge.schema.timetable import parse_timetable

HANDLING, SERVICE, DRIVE = range(3)
"""Kinds of arcs."""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Columns of arcs; ``row`` is the operation or the service (-1: a lorry without a row)."""

    tail: Ints
    head: Ints
    cost: Floats
    kind: Ints
    row: Ints
    table: Ints
    """Number of the way table, -1 for handling."""
    pair: Ints
    """Pair of the table."""
    other: Ints
    """Calls between the ends of a service's leg, whose dwell is part of the time."""

    def __len__(self) -> int:
        return len(self.tail)

    def take(self, rows: NDArray[np.int64]) -> Arcs:
        """Some of the arcs."""
        return Arcs(*(getattr(self, name)[rows] for name in COLUMNS))


COLUMNS = ("tail", "head", "cost", "kind", "row", "table", "pair", "other")
_NONE = np.empty(0, np.int32)
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


Values = TypeVar("Values", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Part:
    """Arcs by tail with the tables they go by, and what was found out about them.

    One part of a graph is kept from question to question, so what is asked of it is kept too.
    """

    net: Network
    tables: tuple[Costed, ...]
    arcs: Arcs
    nodes: int
    """Of the graph: ``2 * side`` arrives, ``2 * side + 1`` departs; then the two doors."""
    season: Congestion | None = None
    """Whose queues are in the costs."""
    queue_h: Floats | None = None
    """Hours that they are in the cost of each arc; (n_arcs,)."""
    found: dict[Hashable, NDArray[np.generic]] = field(
        init=False, repr=False, default_factory=dict[Hashable, NDArray[np.generic]]
    )

    def of(self, key: Hashable, make: Callable[[Part], NDArray[Values]]) -> NDArray[Values]:
        """An array with an entry per arc, made if it is asked for the first time."""
        if key not in self.found:
            self.found[key] = make(self)
        return cast("NDArray[Values]", self.found[key])

    @cached_property
    def rows_of(self) -> list[NDArray[np.int64]]:
        """The arcs of each table."""
        order = np.argsort(self.arcs.table, kind="stable")
        cuts = np.searchsorted(self.arcs.table[order], np.arange(len(self.tables) + 1))
        return [order[a:b] for a, b in pairwise(cuts.tolist())]

    @cached_property
    def first_out(self) -> NDArray[np.int64]:
        """(n_nodes + 1,): arcs ``first_out[x]`` to ``first_out[x + 1]`` leave node x."""
        found = np.zeros(self.nodes + 1, np.int64)
        np.cumsum(np.bincount(self.arcs.tail, minlength=self.nodes), out=found[1:])
        return found

    @cached_property
    def always(self) -> NDArray[np.bool_]:
        """Which arcs count whatever their ends are: those of services with calls of their own."""
        named = np.append(~self.net.services.generic, [False])
        return named[np.where(self.arcs.kind == SERVICE, self.arcs.row, -1)]


@dataclass(frozen=True, eq=False)
class Chain:
    """The graph of one question: arcs of the kept part, and those from and to the doors."""

    net: Network
    ground: Part
    doors: Part
    wanted: NDArray[np.bool_]
    """(n_nodes,): what arcs may lead from and to."""
    rows: Ints
    """The arcs: rows of the ground, and after its last those of the doors."""
    first_out: NDArray[np.int64]
    """(n_nodes + 1,): arcs ``first_out[x]`` to ``first_out[x + 1]`` leave node x."""
    found: dict[Hashable, NDArray[np.generic]] = field(
        init=False, repr=False, default_factory=dict[Hashable, NDArray[np.generic]]
    )
    fewer: dict[Hashable, Chain] = field(
        init=False, repr=False, default_factory=dict[Hashable, "Chain"]
    )

    @staticmethod
    def of_parts(ground: Part, doors: Part, wanted: NDArray[np.bool_]) -> Chain:
        """The graph of all arcs of two parts between wanted nodes."""
        free = np.ones(len(ground.arcs), bool), np.ones(len(doors.arcs), bool)
        return _laid(ground, doors, wanted, free)

    def __len__(self) -> int:
        return len(self.rows)

    def without(self, key: Hashable, forbidden: Callable[[Part], NDArray[np.bool_]]) -> Chain:
        """The graph without some arcs of its parts, made once for each ``key``."""
        if key not in self.fewer:
            free = ~forbidden(self.ground), ~forbidden(self.doors)
            whole = all(one.all() for one in free)
            laid = self if whole else _laid(self.ground, self.doors, self.wanted, free)
            self.fewer[key] = laid
        return self.fewer[key]

    def of(self, key: Hashable, make: Callable[[Part], NDArray[Values]]) -> NDArray[Values]:
        """Per arc what ``make`` tells of the arcs of a part; kept with the parts and the graph."""
        if key not in self.found:
            self.found[key] = self._joined(self.ground.of(key, make), self.doors.of(key, make))
        return cast("NDArray[Values]", self.found[key])

    def _joined(self, ground: NDArray[Values], doors: NDArray[Values]) -> NDArray[Values]:
        if not len(ground):
            return doors[self.rows]
        found = ground.take(self.rows, axis=0, mode="clip")
        found[self._of_doors] = doors[self.rows[self._of_doors] - len(ground)]
        return found

    @cached_property
    def _of_doors(self) -> NDArray[np.int64]:
        return np.flatnonzero(self.rows >= len(self.ground.arcs))

    @cached_property
    def arcs(self) -> Arcs:
        """Columns of all arcs; ``table`` counts through ``tables``."""
        ground, doors = self.ground.arcs, self.doors.arcs
        pairs = [(getattr(ground, name), getattr(doors, name)) for name in COLUMNS]
        found = Arcs(*(self._joined(*pair) for pair in pairs))
        mine = self._of_doors[found.table[self._of_doors] >= 0]
        found.table[mine] += len(self.ground.tables)
        return found

    @property
    def tables(self) -> tuple[Costed, ...]:
        """Those of both parts."""
        return self.ground.tables + self.doors.tables

    @property
    def nodes(self) -> int:
        """Nodes of the graph."""
        return self.ground.nodes

    @property
    def origin(self) -> int:
        """Node of the first door."""
        return self.nodes - 2

    @property
    def destination(self) -> int:
        """Node of the last door."""
        return self.nodes - 1

    @cached_property
    def steps(self) -> Ints:
        """Per arc what it adds to the number of transfers: 1 where it is handling."""
        return (self.arcs.kind == HANDLING).astype(np.int32)

    @cached_property
    def entering(self) -> Entering:
        """The arcs by head."""
        return entering(self.first_out, self.arcs.head)


def _laid(
    ground: Part,
    doors: Part,
    wanted: NDArray[np.bool_],
    free: tuple[NDArray[np.bool_], NDArray[np.bool_]],
) -> Chain:
    large, small = (
        ArcSet(part.first_out, part.arcs.head, part.always, may)
        for part, may in zip((ground, doors), free, strict=True)
    )
    rows = np.empty(len(ground.arcs) + len(doors.arcs), np.int32)
    first_out = np.empty(len(wanted) + 1, np.int64)
    count = overlay(large, small, wanted, rows, first_out)
    return Chain(ground.net, ground, doors, wanted, rows[:count], first_out)


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
        start, to, count = one.table.start[i], one.table.to[j], len(i)
        self._parts.append(
            Arcs(
                np.where(start < 0, nodes[0], 2 * start + 1).astype(np.int32),
                np.where(to < 0, nodes[1], 2 * to).astype(np.int32),
                cost,
                np.full(count, kind, np.int32),
                np.full(count, row, np.int32),
                np.full(count, number, np.int32),
                (i * one.table.shape[1] + j).astype(np.int32),
                np.zeros(count, np.int32),
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
        none = np.full(1, -1, np.int32)
        self._parts.append(
            Arcs(
                np.full(1, tail, np.int32), np.full(1, head, np.int32), np.array([cost]),
                np.full(1, HANDLING, np.int32), np.full(1, row, np.int32), none, none,
                np.zeros(1, np.int32),
            )
        )  # fmt: skip

    def done(self) -> Arcs:
        """All of them, in the order of their tails; those without a way are left out."""
        parts = self._parts or [NO_ARCS]
        arcs = Arcs(*(np.concatenate([getattr(part, name) for part in parts]) for name in COLUMNS))
        found = np.flatnonzero(np.isfinite(arcs.cost).all(axis=1))
        order = found[np.lexsort((arcs.row[found], arcs.head[found], arcs.tail[found]))]
        return arcs.take(order)
