"""Ours and others behind the same calls. Distances in whole metres, vertices by number."""

from __future__ import annotations

from importlib import import_module, metadata

import numpy as np
from graphs import Ints, Streets, pairs
from numpy.typing import NDArray

import landbridge as lb
from landbridge.routing.hierarchy import INT_FAR, find_order


class Ours:
    """landbridge."""

    name = "landbridge"

    def __init__(self, streets: Streets) -> None:
        self.streets = streets

    def order(self) -> None:
        g = self.streets
        self.ranked = find_order(g.tail, g.head, g.lat, g.lon)

    def build(self) -> None:
        g = self.streets
        self.hierarchy = lb.Hierarchy.build(g.tail, g.head, self.ranked)
        self.metric = self.hierarchy.metric(g.metres)

    def more_metrics(self, count: int) -> list[lb.Metric]:
        """Metrics over the same order, each asked already; labels are made as pairs need them."""
        start, end = pairs(self.streets.n, 1000, 17)
        found = [self.hierarchy.metric(k * self.streets.metres) for k in range(2, 2 + count)]
        for one in found:
            one.distances(start, end)
        return found

    def calls(self, some: list[tuple[int, int]]) -> int:
        distance = self.metric.distance
        return sum([int(distance(s, t)) for s, t in some])

    def batch(self, start: Ints, end: Ints) -> NDArray[np.int64]:
        return self.metric.distances(start, end).astype(np.int64)

    def paths(self, some: list[tuple[int, int]]) -> list[object]:
        path = self.metric.path
        return [path(s, t) for s, t in some]

    def table(self, start: Ints, end: Ints) -> object:
        return self.metric.table(start, end)

    def to_all(self, start: Ints) -> object:
        return self.metric.to_all(start)

    def reweigh(self, metres: Ints, pair: tuple[int, int]) -> int:
        return int(self.hierarchy.metric(metres).distance(*pair))

    def close(self, arcs: Ints, pair: tuple[int, int]) -> int:
        """Close some arcs and ask."""
        self.metric.change(arcs, np.full(len(arcs), INT_FAR, np.int32))
        return int(self.metric.distance(*pair))

    def open_again(self, arcs: Ints) -> None:
        """Undo ``close``."""
        self.metric.change(arcs, self.streets.metres[arcs])


class RoutingKitCch:
    """RoutingKit's customizable contraction hierarchies by routingkit-cch; it takes lists."""

    name = "routingkit-cch"

    def __init__(self, streets: Streets) -> None:
        self.streets = streets
        self.kit = import_module("routingkit_cch")
        self.tail, self.head = streets.tail.tolist(), streets.head.tolist()

    def order(self) -> None:
        g = self.streets
        self.ranked = self.kit.compute_order_inertial(
            g.n, self.tail, self.head, g.lat.tolist(), g.lon.tolist()
        )

    def build(self) -> None:
        self.cch = self.kit.CCH(self.ranked, self.tail, self.head, False)  # noqa: FBT003 - takes no names
        self.metric = self.kit.CCHMetric(self.cch, self.streets.metres.tolist())
        self.other = self.kit.CCHMetric(self.cch, self.streets.metres.tolist())
        self.query = self.kit.CCHQuery(self.metric)

    def calls(self, some: list[tuple[int, int]]) -> int:
        run = self.query.run
        return sum([run(s, t).distance for s, t in some])

    def batch(self, start: Ints, end: Ints) -> NDArray[np.int64]:
        run = self.query.run
        both = zip(start.tolist(), end.tolist(), strict=True)
        return np.array([run(s, t).distance for s, t in both], np.int64)

    def paths(self, some: list[tuple[int, int]]) -> list[object]:
        run = self.query.run
        return [run(s, t).arc_path for s, t in some]

    def table(self, start: Ints, end: Ints) -> object:
        many = self.kit.CCHOneToMany(self.metric, end.tolist())
        return [many.distances_from(s) for s in start.tolist()]

    def reweigh(self, metres: list[int], pair: tuple[int, int]) -> int:
        self.other.reset(metres)
        return self.kit.CCHQuery(self.other).run(*pair).distance


class PyRoutingKit:
    """RoutingKit by pyroutingkit; it has no distance without a path."""

    name = "pyroutingkit"

    def __init__(self, streets: Streets) -> None:
        self.streets = streets
        self.kit = import_module("pyroutingkit")

    def build(self) -> None:
        g = self.streets
        self.topology = self.kit.CCHTopology()
        place = g.lat.astype(np.float32), g.lon.astype(np.float32)
        ends = g.tail.astype(np.uint32), g.head.astype(np.uint32)
        self.topology.build(*ends, *place, g.n)
        self.metric = self.kit.CCHMetric(self.topology)
        self.metric.customize(g.metres.astype(np.uint32), 1)

    def paths(self, some: list[tuple[int, int]]) -> list[object]:
        query = self.metric.query
        return [query(s, t)[2] for s, t in some]

    def table(self, start: Ints, end: Ints) -> object:
        ends = start.astype(np.uint32), end.astype(np.uint32)
        return self.metric.distances_many_to_many(*ends)


class SciPy:
    """The search of SciPy, which keeps nothing between questions."""

    name = "scipy"

    def __init__(self, streets: Streets) -> None:
        g = streets
        sparse, self.graphs = import_module("scipy.sparse"), import_module("scipy.sparse.csgraph")
        ends = g.tail, g.head
        self.matrix = sparse.csr_matrix((g.metres.astype(np.float64), ends), shape=(g.n, g.n))

    def table(self, start: Ints, end: Ints) -> object:
        return self.graphs.dijkstra(self.matrix, indices=start)[:, end]


def installed(name: str) -> str:
    """The version of a package, or an empty text."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def some_pairs(n: int, count: int, seed: int = 42) -> list[tuple[int, int]]:
    """Pairs as Python's own numbers."""
    start, end = pairs(n, count, seed)
    return list(zip(start.tolist(), end.tolist(), strict=True))
