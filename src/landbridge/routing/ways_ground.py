"""The infrastructure of one family (rail, road or water) as graphs: made once per network.

Two levels. *Inside a cell* (always-open links of one mode, gauge and country) the km-shortest way
is also the fastest and the cheapest, whatever the prices; so it is found once, by km. The *upper
graph* joins the cells' gates: the ways inside cells, and the *special* links (borders, passages,
whatever has a status or dates; on water every link). Prices and closures concern this one only.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.kernels.graph import Graph, build_graph, number_vertices
from landbridge.kernels.grid import Grid, Lines, build_grid
from landbridge.network.network import Network
from landbridge.network.tables import Cells, Links, Nodes, Shapes
from landbridge.routing.kept import digest
from landbridge.routing.ways_open import always_open
from landbridge.schema.column import Flags, Floats, Ints
from landbridge.units import CLOSED, INLAND_WATERWAY, RAIL, ROAD, SEA

FAMILIES = {"rail": (RAIL,), "road": (ROAD,), "water": (SEA, INLAND_WATERWAY)}
"""Modes that one vehicle may use on one way."""
BUCKET_DEG = {"rail": 0.25, "road": 0.25, "water": 1.5}
"""Edge of the buckets in which lines are looked up; a matter of speed only."""
MOST_KEPT = 4
"""So many different grounds of a family are kept for networks that share their nodes."""


@dataclass(frozen=True, eq=False)
class Inside:
    """The always-open links, cut into cells; a vertex is a node as seen from one cell."""

    graph: Graph
    arc_link: Ints
    """Arc -> row in ``links``."""
    km: Floats
    """Arc -> km."""
    node: Ints
    """Vertex -> node; the vertices of a cell lie in one run."""
    cell: Ints
    """Vertex -> cell."""
    first: Ints
    """Cell -> its first vertex; (n_cells + 1,)."""
    link_cell: Ints
    """Row in ``links`` (of the network) -> cell, or -1 for special links and other families."""
    link_vertex: Ints
    """Row in ``links`` -> vertices of tail and head; (n_links, 2), where ``link_cell`` >= 0."""
    cell_mode: Ints
    cell_gauge: Ints
    cell_country: Ints
    """Row of ``countries``, or their number where there is none."""

    def cell_named(self, mode: int, gauge_mm: int, country: int) -> int:
        """The cell of that mode, gauge and country, or -1."""
        same = (
            (self.cell_mode == mode)
            & (self.cell_gauge == gauge_mm)
            & (self.cell_country == country)
        )
        return int(np.flatnonzero(same)[0]) if same.any() else -1


@dataclass(frozen=True, eq=False)
class Ground:
    """Everything about one family that does not depend on date, price or vehicle."""

    family: str
    nodes: Nodes
    links: Links
    shapes: Shapes
    countries: int
    rows: Ints
    """Rows of ``links`` of this family that are not closed for good."""
    link_country: Ints
    """Row in ``links`` -> row of ``countries``, or their number where there is none."""
    special: Ints
    """Rows of ``links`` that the upper graph holds as they are."""
    inside: Inside

    @cached_property
    def lines(self) -> Lines:
        """Shapes of ``rows``, ends included."""
        return _lines_of(self.nodes, self.links, self.shapes, self.rows)

    @cached_property
    def grid(self) -> Grid:
        """Buckets over ``lines``."""
        return build_grid(self.lines, BUCKET_DEG[self.family])

    @cached_property
    def name(self) -> str:
        """Equal where the ways inside cells are."""
        inside = self.inside
        return digest(
            inside.graph.first_out, inside.graph.head, inside.km, inside.first,
            inside.link_cell, inside.link_vertex, self.links.km, self.special,
        ).hex()  # fmt: skip

    def is_border(self, rows: Ints) -> Flags:
        """Which of these links lead from one country to another."""
        return _is_border(self.nodes, self.links, rows)


@dataclass(frozen=True, eq=False)
class Gates:
    """Vertices of the upper graph, and which of them are doors of cells."""

    node: Ints
    """Upper vertex -> node, ascending."""
    vertex: Ints
    """Gate -> inner vertex, ascending; so the gates of a cell lie in one run."""
    upper: Ints
    """Gate -> upper vertex."""
    first: Ints
    """Cell -> its first gate; (n_cells + 1,)."""

    def of_cell(self, cell: int) -> slice:
        """The gates of a cell."""
        return slice(int(self.first[cell]), int(self.first[cell + 1]))

    def upper_of(self, nodes: Ints) -> Ints:
        """Upper vertices of these nodes, which must be there."""
        return np.searchsorted(self.node, nodes).astype(np.int32)


def _is_border(nodes: Nodes, links: Links, rows: Ints) -> Flags:
    """The sea belongs to nobody: a lane between two countries' ports is no border."""
    a, b = nodes.country[links.tail[rows]], nodes.country[links.head[rows]]
    return (a != b) & (a >= 0) & (b >= 0) & (links.mode[rows] != SEA)


def _country_of_links(nodes: Nodes, links: Links, countries: int) -> Ints:
    a, b = nodes.country[links.tail].astype(np.int32), nodes.country[links.head].astype(np.int32)
    country = np.where(links.mode == SEA, -1, np.where(a >= 0, a, b))
    return np.where(country < 0, countries, country).astype(np.int32)


def build_ground(net: Network, family: str) -> Ground:
    """Sort the links of a family into special ones and cells; finds no ways yet."""
    nodes, links, countries = net.nodes, net.links, len(net.countries)
    if family not in FAMILIES:
        raise QuestionError(f"family {family!r} is none of {', '.join(FAMILIES)}")
    rows = np.flatnonzero(np.isin(links.mode, FAMILIES[family]) & (links.status != CLOSED))
    rows = rows.astype(np.int32)
    plain = (always_open(links) & (links.passage < 0))[rows] & ~_is_border(nodes, links, rows)
    if family == "water":
        plain[:] = False
    link_country = _country_of_links(nodes, links, countries)
    inside = _build_inside(links, len(nodes), rows[plain], link_country)
    return Ground(
        family, nodes, links, net.shapes, countries, rows, link_country, rows[~plain], inside
    )


def _build_inside(links: Links, n_nodes: int, rows: Ints, link_country: Ints) -> Inside:
    span = int(link_country.max(initial=0)) + 1
    name = links.gauge_mm[rows].astype(np.int64) * span + link_country[rows]
    names, group = np.unique(name, return_inverse=True)
    group = group.astype(np.int32)
    ends = np.ascontiguousarray(np.column_stack([links.tail[rows], links.head[rows]]), np.int32)
    order = np.argsort(group, kind="stable").astype(np.int32)
    vertex = np.empty((len(rows), 2), np.int32)
    node = np.empty(2 * len(rows), np.int32)
    stamp, number = np.full(n_nodes, -1, np.int32), np.empty(n_nodes, np.int32)
    n = number_vertices(ends, group, order, vertex, node, stamp, number)
    graph, arcs = build_graph(vertex.ravel("F"), vertex[:, ::-1].ravel("F"), n)
    arc_link = np.concatenate([rows, rows])[arcs]
    cell = np.empty(n, np.int32)
    cell[vertex[:, 0]] = group
    cell[vertex[:, 1]] = group
    link_cell = np.full(len(links), -1, np.int32)
    link_cell[rows] = group
    link_vertex = np.full((len(links), 2), -1, np.int32)
    link_vertex[rows] = vertex
    mode = np.zeros(len(names), np.int32)
    mode[group] = links.mode[rows]
    return Inside(
        graph=graph,
        arc_link=arc_link,
        km=links.km[arc_link],
        node=node[:n].copy(),
        cell=cell,
        first=np.searchsorted(cell, np.arange(len(names) + 1)).astype(np.int32),
        link_cell=link_cell,
        link_vertex=link_vertex,
        cell_mode=mode,
        cell_gauge=(names // span).astype(np.int32),
        cell_country=(names % span).astype(np.int32),
    )


def find_gates(ground: Ground, cells: Cells) -> Gates:
    """Where cells meet special links or each other, and wherever a row of ``cells`` ends.

    The latter because rows leave out whatever is the sum of two others over a third gate: that
    must stay one, even where what made it one was closed for good since.
    """
    inside, links = ground.inside, ground.links
    outer = np.zeros(len(ground.nodes), bool)
    outer[links.tail[ground.special]] = True
    outer[links.head[ground.special]] = True
    mine = np.isin(cells.mode, FAMILIES[ground.family])
    outer[cells.tail[mine]] = True
    outer[cells.head[mine]] = True
    # a node with vertices in two cells is where gauges meet
    seen = np.bincount(inside.node, minlength=len(ground.nodes))
    outer |= seen > 1
    node = np.flatnonzero(outer).astype(np.int32)
    vertex = np.flatnonzero(outer[inside.node]).astype(np.int32)
    upper = np.searchsorted(node, inside.node[vertex]).astype(np.int32)
    first = np.searchsorted(vertex, inside.first).astype(np.int32)
    return Gates(node, vertex, upper, first)


def _lines_of(nodes: Nodes, links: Links, shapes: Shapes, rows: Ints) -> Lines:
    """Tail, points between and head of each link, one after the other."""
    between = np.bincount(shapes.link, minlength=len(links))[rows]
    first = np.zeros(len(rows) + 1, np.int32)
    np.cumsum(between + 2, out=first[1:])
    lat, lon = np.empty(first[-1]), np.empty(first[-1])
    inner = np.ones(first[-1], bool)
    for at, end in ((first[:-1], links.tail[rows]), (first[1:] - 1, links.head[rows])):
        lat[at], lon[at] = nodes.lat[end], nodes.lon[end]
        inner[at] = False
    wanted = np.zeros(len(links), bool)
    wanted[rows] = True
    mine = wanted[shapes.link]
    lat[inner], lon[inner] = shapes.lat[mine], shapes.lon[mine]
    line = np.repeat(np.arange(len(rows), dtype=np.int32), between + 2)
    return Lines(lat, lon, line, first)


def ground_for(net: Network, family: str) -> Ground:
    """The ground of a family, shared by all networks whose links of this family are alike.

    A network that shuts Suez has the roads and railways of the one it came from: what was found on
    those stays good. Grounds are kept with the tables of links and of nodes and go with them.
    """
    mine: dict[str, Ground] = vars(net.links).setdefault("_grounds", {})
    found = mine.get(family)
    if found is None or not _fits(found, net):
        found = mine[family] = _shared_ground(net, family)
    return found


def _fits(ground: Ground, net: Network) -> bool:
    return (
        ground.nodes is net.nodes
        and ground.shapes is net.shapes
        and ground.countries == len(net.countries)
    )


def _shared_ground(net: Network, family: str) -> Ground:
    grounds: dict[str, list[Ground]] = vars(net.nodes).setdefault("_grounds", {})
    kept = grounds.setdefault(family, [])
    for ground in kept:
        if _fits(ground, net) and alike(ground.links, net.links, family):
            return ground
    kept.append(build_ground(net, family))
    del kept[:-MOST_KEPT]
    return kept[-1]


def alike(before: Links | Cells, after: Links | Cells, family: str) -> bool:
    """Whether two tables hold the same rows of a family; of links also at the same places."""
    if before is after:
        return True
    here, there = (np.isin(table.mode, FAMILIES[family]) for table in (before, after))
    if isinstance(before, Links) and not np.array_equal(here, there):
        return False
    for name in before:
        one, other = before.column(name), after.column(name)
        if one is not other and not _same(one[here], other[there]):
            return False
    return True


def _same(one: NDArray[np.generic], other: NDArray[np.generic]) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
