"""Least expected hours, USD or kg CO2e from some doors to many, and the chains behind them.

One search from an origin over all terminals answers for every destination at once. ``route``
looks at the terminals that matter for its two doors alone (``chain_build.matter``); where the way
found passes another, that pair is searched again without it. So every figure is the least that
``route`` finds.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from landbridge.kernels.heap import Heap, new_heap
from landbridge.kernels.one_to_many import (
    DIRECT,
    NONE,
    Tree,
    all_that_matter,
    doubtful,
    grow,
    meet,
)
from landbridge.routing.chain import COLUMNS, ArcList, Arcs, Chain, Costed, Part
from landbridge.routing.door_graph import CHUNK, DoorGraph, Longs, Reduced
from landbridge.routing.itinerary import Itinerary, Spot
from landbridge.routing.many_doors import SAME_KM, Doors, Lorries
from landbridge.routing.writer import Writer
from landbridge.schema.column import Flags, Floats

CRITERIA = ("time", "money", "co2e")
"""In the order of the columns of ``Arcs.cost``."""
MONEY = CRITERIA.index("money")


@dataclass(frozen=True, eq=False)
class Way:
    """How a destination is reached."""

    graph: Reduced
    tree: Tree
    end: int
    """Node that leads to the door, or ``DIRECT``."""
    criterion: int


@dataclass(frozen=True, eq=False)
class Row:
    """The least ways from one origin by one criterion."""

    criterion: int
    least: Floats
    """(n_destinations,): inf where there is no way."""
    end: Longs
    """(n_destinations,): node that leads to the door, ``DIRECT`` or ``NONE``."""
    tree: Longs
    """(n_destinations,): which of ``trees``."""
    trees: list[tuple[Reduced, Tree]] = field(repr=False)

    def way(self, j: int) -> Way:
        """How destination ``j`` is reached; there must be a way."""
        return Way(*self.trees[int(self.tree[j])], int(self.end[j]), self.criterion)


class DoorSearch:
    """Searches from some origins of a graph."""

    def __init__(self, graph: DoorGraph, rows: Longs) -> None:
        self.graph, self._first = graph, int(rows[0])
        self._heap: Heap = new_heap(len(graph.whole.arcs) + graph.whole.nodes)
        self._costs: dict[tuple[Lorries, tuple[int, ...], int], Floats] = {}
        self._all = np.ones(graph.whole.nodes, bool)
        self._nowhere = np.full(graph.whole.nodes, np.inf)
        codes = np.array(graph.destinations.country)
        _, one, self._country = np.unique(codes, return_index=True, return_inverse=True)
        self._of_country: list[int] = one.tolist()
        self._served = np.array([not why for why in graph.destinations.refused])
        if graph.by_road:
            stops = graph.origins.stops.take(rows.astype(np.int32))
            self._leave = graph.haulier.leave(stops)
            self._straight = graph.haulier.straight(stops, graph.destinations.stops)

    def row(self, i: int, criterion: int) -> Row:
        """The least ways from origin ``i``."""
        graph = self.graph
        count = len(graph.destinations)
        none = np.full(count, NONE)
        found = Row(criterion, np.full(count, np.inf), none, np.zeros(count, np.int64), [])
        if graph.origins.refused[i]:
            return found
        other = graph.destinations.direct(graph.origins.places[i]) >= SAME_KM
        groups: dict[tuple[int, ...], list[int]] = {}
        for number, j in enumerate(self._of_country):
            groups.setdefault(graph.bars(i, j), []).append(number)
        for some in groups.values():
            mine = self._served & other & np.isin(self._country, some)
            if mine.any():
                self._search(found, i, np.flatnonzero(mine))
        if criterion == MONEY:
            found.least[:] += graph.papers_usd
        return found

    def _search(self, found: Row, i: int, mine: Longs) -> None:
        graph, j, criterion = self.graph, int(mine[0]), found.criterion
        reduced = graph.reduced(i, j, criterion)
        tree = Tree(self._seeds(i, j, criterion), np.empty(graph.whole.nodes, np.int64))
        grow(reduced.arcs, self._all, tree, self._heap, self._nowhere, np.inf)
        best = self._direct(i, j, criterion)
        end = np.where(np.isfinite(best), DIRECT, NONE)
        place = np.full(len(best), NONE)
        for some, into in graph.into(i, j, criterion):
            meet(tree, into, best[some], place[some])
            end[some] = np.where(place[some] >= 0, into.node[place[some]], end[some])
        doubt = np.zeros(len(best), bool)
        rounds = graph.destinations.rounds(graph.origins, i)
        doubtful(reduced.tail, tree, graph.matter, graph.origins.round(i), rounds, end, doubt)
        if not graph.by_road:
            doubt |= graph.unsure(i)
        found.least[mine], found.end[mine] = best[mine], end[mine]
        found.tree[mine] = len(found.trees)
        found.trees.append((reduced, tree))
        for one in mine[doubt[mine]].tolist():
            self.search_again(found, i, one)

    def search_again(self, found: Row, i: int, j: int) -> None:
        """Search one pair over what matters for it alone."""
        graph, criterion = self.graph, found.criterion
        some, others = graph.origins, graph.destinations
        allowed = np.empty(len(graph.net.terminals), bool)
        direct = float(others.direct(some.places[i])[j])
        all_that_matter(graph.matter, (some.round(i), others.round(j)), direct, allowed)
        allowed &= graph.sent.terrain.open_terminal
        reduced = graph.reduced(i, j, criterion)
        open_ = allowed[graph.matter.owner]
        seeds = self._seeds(i, j, criterion, allowed)
        seeds[~open_] = np.inf
        leave = self._nowhere.copy()
        for some, into in graph.into(i, j, criterion, allowed):
            if some.start <= j < some.stop:
                leave[into.node] = into.cost[:, j - some.start]
        tree = Tree(seeds, np.empty(len(seeds), np.int64))
        straight = float(self._direct(i, j, criterion)[j])
        best, end = grow(reduced.arcs, open_, tree, self._heap, leave, straight)
        found.least[j], found.tree[j] = best, len(found.trees)
        found.end[j] = DIRECT if end == NONE and np.isfinite(best) else end
        found.trees.append((reduced, tree))

    def _seeds(self, i: int, j: int, criterion: int, allowed: Flags | None = None) -> Floats:
        """Cost of the nodes that the origin leads to; inf for others."""
        graph = self.graph
        found = np.full(graph.whole.nodes, np.inf)
        if graph.by_road:
            found[self._leave.node] = self._cost(self._leave, i, j, criterion)
        else:
            near, _ = graph.beside(graph.origins, allowed)
            found[2 * np.flatnonzero(near[i]) + 1] = 0.0
        return found

    def _direct(self, i: int, j: int, criterion: int) -> Floats:
        """Straight from door to door, to all destinations that share the bars of ``j``."""
        if not self.graph.by_road:
            return np.full(len(self.graph.destinations), np.inf)
        return self._cost(self._straight, i, j, criterion).copy()

    def _cost(self, some: Lorries, i: int, j: int, criterion: int) -> Floats:
        """Of the legs that leave an origin, under the bars of a pair."""
        key = some, self.graph.bars(i, j), criterion
        if key not in self._costs:
            self._costs[key] = some.cost(criterion, self.graph.forbidden(some.part, i, j))
        return self._costs[key][i - self._first]

    def itinerary(self, i: int, j: int, way: Way) -> Itinerary:
        """A way as ``route`` writes it."""
        graph = self.graph
        path, doors, last = self._arcs(i, j, way)
        count = len(graph.whole.arcs)
        ends = count + np.arange(len(doors.arcs))
        rows = np.concatenate([ends[: len(ends) - last], path, ends[len(ends) - last :]])
        chain = Chain(
            graph.net, graph.whole, doors, np.empty(0, bool), rows.astype(np.int32),
            np.empty(0, np.int64),
        )  # fmt: skip
        spots = _spot(graph.origins, i), _spot(graph.destinations, j)
        writer = Writer(graph.sent.terrain, chain, graph.sent.cargo, spots)
        return writer.write(np.arange(len(rows)))

    def _arcs(self, i: int, j: int, way: Way) -> tuple[Longs, Part, int]:
        """Rows of the graph along a way, the arcs at its doors, and how many of these are last."""
        graph = self.graph
        whole, at = graph.whole, i - self._first
        if way.end == DIRECT:
            only = self._taken(self._straight, (at, j), (i, j), way.criterion)
            return np.empty(0, np.int64), Part(graph.net, *only, whole.nodes), 0
        path, begin = _path(way)
        if not graph.by_road:
            joints = _joined([_joint(whole.nodes - 2, begin), _joint(way.end, whole.nodes - 1)])
            return path, Part(graph.net, (), joints, whole.nodes), 1
        leave, come = self._leave, graph.come[j // CHUNK]
        out = at, int(np.flatnonzero(leave.node == begin)[0])
        into = int(np.flatnonzero(come.node == way.end)[0]), j % CHUNK
        tables, first = self._taken(leave, out, (i, j), way.criterion)
        more, last = self._taken(come, into, (i, j), way.criterion)
        arcs = _joined([first, replace(last, table=last.table + len(tables))])
        return path, Part(graph.net, tables + more, arcs, whole.nodes), 1

    def _taken(
        self, some: Lorries, pair: tuple[int, int], ends: tuple[int, int], criterion: int
    ) -> tuple[tuple[Costed, ...], Arcs]:
        """The least arc of a pair of lorry legs, and the tables that it goes by."""
        row = some.least(pair, criterion, self.graph.forbidden(some.part, *ends))
        return some.part.tables, some.part.arcs.take(np.array([row]))


def _path(way: Way) -> tuple[Longs, int]:
    """Rows of the graph's arcs along a way, and the node at which it begins."""
    rows: list[int] = []
    node = way.end
    while way.tree.via[node] >= 0:
        arc = int(way.tree.via[node])
        rows.append(int(way.graph.row[arc]))
        node = int(way.graph.tail[arc])
    return np.array(rows[::-1], np.int64), node


def _joint(tail: int, head: int) -> Arcs:
    """From a door at a terminal, or to one."""
    found = ArcList()
    found.add_handling(tail, head, (0.0, 0.0, 0.0), -1)
    return found.done()


def _joined(parts: list[Arcs]) -> Arcs:
    return Arcs(*(np.concatenate([getattr(one, name) for one in parts]) for name in COLUMNS))


def _spot(doors: Doors, k: int) -> Spot:
    place = doors.places[k]
    off = float(doors.stops.snapped_km[k])
    return Spot(place.name, place.locode, doors.country[k], place.lat, place.lon, off)
