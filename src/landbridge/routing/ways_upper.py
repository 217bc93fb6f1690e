"""The upper graph: gates joined by the ways inside cells and by special links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.graph import Graph, build_graph
from landbridge.network.network import Network
from landbridge.network.tables import Cells
from landbridge.routing.kept import digest
from landbridge.routing.ways_ground import (
    FAMILIES,
    Gates,
    Ground,
    alike,
    find_gates,
    ground_for,
)
from landbridge.routing.ways_reach import CellSearch, ReachBook, in_threads
from landbridge.schema.column import Codes, Floats, Ints
from landbridge.units import OPEN

Longs = NDArray[np.int64]
MOST_GAUGE = 4096
"""Above every gauge in mm: a base for numbers made of several columns."""
MOST_KEPT = 8
"""So many tables of cells are remembered with a ground."""


@dataclass(frozen=True, eq=False)
class CellWays:
    """Ways between gates inside cells, each usable both ways."""

    cell: Ints
    gate_a: Ints
    gate_b: Ints
    km: Floats


@dataclass(frozen=True, eq=False)
class Classes:
    """What moves are told apart by."""

    mode: Ints
    country: Ints
    """Row of ``countries``, or their number where there is none."""
    gauge_mm: Ints
    passage: Ints
    """Row of ``passages``, or -1."""
    section: Ints
    """Row of ``sections`` where it is not plainly open, else -1."""


@dataclass(frozen=True, eq=False)
class Upper:
    """The upper graph of one family. Arrays without a word are one entry per arc."""

    ground: Ground
    gates: Gates
    graph: Graph
    tail: Ints
    km: Floats
    kind: Ints
    """Row of ``classes``, or -1 - border."""
    turned: Codes
    """1 where the arc runs from head to tail."""
    twin: Ints
    """The arc that leads the other way."""
    link: Ints
    """Row of ``links``, or -1 for a way inside a cell."""
    cell: Ints
    """Cell of such a way, or -1."""
    classes: Classes
    class_of_cell: Ints
    class_of_link: Ints
    """Row of ``links`` -> row of ``classes``; -1 where the link is no move of this family."""
    border_link: Ints
    """Border -> row of ``links``."""
    book: ReachBook

    @cached_property
    def name(self) -> str:
        """Equal where ways of equal hours per arc are equal."""
        own = digest(
            self.graph.first_out, self.graph.head, self.km, self.kind, self.turned, self.twin,
            self.class_of_link, self.border_link, *vars(self.classes).values(),
        )  # fmt: skip
        return f"{self.ground.name} {own.hex()}"


def _stored_ways(cells: Cells, ground: Ground, gates: Gates) -> CellWays:
    """The network's ``cells`` of this family, by gate; rows of no cell that is left are left."""
    inside = ground.inside
    mine = np.flatnonzero(np.isin(cells.mode, FAMILIES[ground.family]))
    if not len(mine) or not len(gates.vertex):
        none = np.empty(0, np.int32)
        return CellWays(none, none, none, np.empty(0))
    country = ground.nodes.country[cells.tail[mine]].astype(np.int64)
    country[country < 0] = ground.countries
    cell = _find(
        _name(ground, inside.cell_mode, inside.cell_gauge, inside.cell_country),
        _name(ground, cells.mode[mine], cells.gauge_mm[mine], country),
    )
    span = len(ground.nodes)
    own = inside.cell[gates.vertex].astype(np.int64) * span + inside.node[gates.vertex]
    ends = [_find(own, cell * span + end[mine]) for end in (cells.tail, cells.head)]
    good = (cell >= 0) & (ends[0] >= 0) & (ends[1] >= 0)
    return CellWays(
        cell[good].astype(np.int32),
        ends[0][good].astype(np.int32),
        ends[1][good].astype(np.int32),
        cells.km[mine][good],
    )


def _name(
    ground: Ground,
    mode: NDArray[np.integer],
    gauge_mm: NDArray[np.integer],
    country: NDArray[np.integer],
) -> Longs:
    """One number for a mode, gauge and country."""
    return (mode.astype(np.int64) * MOST_GAUGE + gauge_mm) * (ground.countries + 1) + country


def _find(names: Longs, wanted: Longs) -> Longs:
    """Where each of ``wanted`` stands in ``names`` (no two alike), or -1."""
    if not len(names):
        return np.full(len(wanted), -1)
    order = np.argsort(names)
    at = order[np.minimum(np.searchsorted(names, wanted, sorter=order), len(names) - 1)]
    return np.where(names[at] == wanted, at, -1)


def _missing_ways(ground: Ground, gates: Gates, stored: CellWays) -> CellWays:
    """Ways from every gate that ``stored`` says nothing of, to all gates of its cell.

    The network's ``cells`` are what was worked out beforehand. Whoever changes a cell's links drops
    its rows; whatever is not there is found here, so that answers never depend on it.
    """
    inside = ground.inside
    have = np.zeros(len(gates.vertex), bool)
    have[stored.gate_a] = True
    have[stored.gate_b] = True
    cell = inside.cell[gates.vertex]
    many = np.diff(gates.first) > 1
    todo = np.flatnonzero(~have & many[cell])
    found: list[tuple[Ints, Floats]] = [(np.empty(0, np.int32), np.empty(0))] * len(todo)

    def work(ours: range) -> None:
        search = CellSearch(ground)
        for k in ours:
            gate = int(todo[k])
            here = int(cell[gate])
            others = gates.of_cell(here)
            search.grow(here, gates.vertex[gate : gate + 1], np.zeros(1), gates.vertex[others])
            km = search.tree.dist[gates.vertex[others]]
            number = np.arange(others.start, others.stop, dtype=np.int32)
            # a pair of two such gates is found from either side; one is enough
            keep = np.isfinite(km) & (have[number] | (number > gate))
            found[k] = number[keep], km[keep]

    in_threads(len(todo), work)
    count = [len(number) for number, _ in found]
    gate_a = np.repeat(todo, count).astype(np.int32)
    gate_b = np.concatenate([number for number, _ in found] or [np.empty(0)]).astype(np.int32)
    km = np.concatenate([km for _, km in found] or [np.empty(0)])
    return CellWays(cell[gate_a], gate_a, gate_b, km)


def build_upper(net: Network, ground: Ground) -> Upper:
    """Join stored and missing ways inside cells with the special links."""
    gates, links = find_gates(ground, net.cells), ground.links
    stored = _stored_ways(net.cells, ground, gates)
    missing = _missing_ways(ground, gates, stored)
    way_cell = np.concatenate([stored.cell, missing.cell])
    special = ground.special
    classes, class_of_cell, class_of_special = _classes(ground)
    is_border = ground.is_border(special)
    border_link = special[is_border]
    kind = class_of_special.copy()
    kind[is_border] = -1 - np.arange(len(border_link), dtype=np.int32)
    tail = np.concatenate(
        [
            gates.upper[stored.gate_a],
            gates.upper[missing.gate_a],
            gates.upper_of(links.tail[special]),
        ]
    )
    head = np.concatenate(
        [
            gates.upper[stored.gate_b],
            gates.upper[missing.gate_b],
            gates.upper_of(links.head[special]),
        ]
    )
    both = np.concatenate
    n = len(tail)
    graph, order = build_graph(both([tail, head]), both([head, tail]), len(gates.node))
    edge = order % max(n, 1)
    position = np.empty(2 * n, np.int32)
    position[order] = np.arange(2 * n, dtype=np.int32)
    twin = position[(order + n) % max(2 * n, 1)]
    inner = np.full(len(way_cell), -1, np.int32)
    class_of_link = np.full(len(links), -1, np.int32)
    plain = ground.inside.link_cell >= 0
    class_of_link[plain] = class_of_cell[ground.inside.link_cell[plain]]
    class_of_link[special[~is_border]] = class_of_special[~is_border]
    return Upper(
        ground=ground,
        gates=gates,
        graph=graph,
        tail=both([tail, head])[order],
        km=both([stored.km, missing.km, links.km[special]])[edge],
        kind=both([class_of_cell[way_cell], kind])[edge],
        turned=(order >= n).astype(np.int8),
        twin=twin,
        link=both([inner, special])[edge],
        cell=both([way_cell, np.full(len(special), -1, np.int32)])[edge],
        classes=classes,
        class_of_cell=class_of_cell,
        class_of_link=class_of_link,
        border_link=border_link,
        book=ReachBook(ground, gates),
    )


def _classes(ground: Ground) -> tuple[Classes, Ints, Ints]:
    """The classes, that of each cell, and that of each special link."""
    inside, links, rows = ground.inside, ground.links, ground.special
    none = np.full(len(inside.cell_mode), -1, np.int32)
    section = np.where(links.status[rows] != OPEN, links.section[rows], -1)
    columns = np.column_stack(
        [
            np.concatenate([inside.cell_mode, links.mode[rows]]),
            np.concatenate([inside.cell_country, ground.link_country[rows]]),
            np.concatenate([inside.cell_gauge, links.gauge_mm[rows]]),
            np.concatenate([none, links.passage[rows]]),
            np.concatenate([none, section]),
        ]
    ).astype(np.int32)
    names, number = np.unique(columns, axis=0, return_inverse=True)
    number = number.ravel().astype(np.int32)
    classes = Classes(*(np.ascontiguousarray(names[:, k]) for k in range(5)))
    return classes, number[: len(none)], number[len(none) :]


_BUILDING = Lock()


def upper_for(net: Network, family: str) -> Upper:
    """The upper graph of a family, kept with its ground; one for all cells that are alike."""
    with _BUILDING:
        ground = ground_for(net, family)
        kept: list[tuple[Cells, Upper]] = vars(ground).setdefault("_uppers", [])
        for cells, upper in kept:
            if cells is net.cells:
                return upper
        same = (upper for cells, upper in kept if alike(cells, net.cells, family))
        found = next(same, None) or build_upper(net, ground)
        kept.append((net.cells, found))
        del kept[:-MOST_KEPT]
        return found
