"""The bare network of one mode as a hierarchy: tables and ways over its links by km."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from landbridge.kernels.climb import Points
from landbridge.kernels.sweep import Above
from landbridge.network.days import on_day
from landbridge.network.network import Network
from landbridge.routing.attach import Stops
from landbridge.routing.hierarchy import Hierarchy, Metric
from landbridge.routing.orders import order_of
from landbridge.routing.shortest import Means, tries_of
from landbridge.routing.ways import ways_for
from landbridge.routing.ways_ground import FAMILIES
from landbridge.schema.column import Floats, Ints

Tell = Callable[[str, float], None]
"""Hears what is being done and the share of it that is done."""


@dataclass(frozen=True, eq=False)
class Bare:
    """All links of a family, whatever their status, so that one order serves every date."""

    rows: Ints
    """Rows of ``links``; given arc k runs along link ``rows[k]``, arc ``len(rows) + k`` back."""
    place: Ints
    """Row of ``links`` -> place in ``rows``, -1 for links of other families."""
    tail: Ints
    """Vertex at the tail of each of ``rows``."""
    head: Ints
    hierarchy: Hierarchy = field(repr=False)


def bare_for(net: Network, family: str, tell: Tell | None = None) -> Bare:
    """The bare network of a family, kept with the table of links."""
    known: dict[str, Bare] = vars(net.links).setdefault("_bare", {})
    if family not in known:
        known[family] = _build(net, family, tell)
    return known[family]


def _build(net: Network, family: str, tell: Tell | None) -> Bare:
    links, nodes = net.links, net.nodes
    rows = np.flatnonzero(np.isin(links.mode, FAMILIES[family])).astype(np.int32)
    ends = np.concatenate([links.tail[rows], links.head[rows]])
    node, vertex = np.unique(ends, return_inverse=True)
    tail, head = np.split(vertex.ravel().astype(np.int32), 2)
    what = f"ordering the {family} network, once"
    order = order_of(
        tail,
        head,
        nodes.lat[node],
        nodes.lon[node],
        None if tell is None else lambda share: tell(what, share),
    )
    both = np.concatenate([tail, head]), np.concatenate([head, tail])
    place = np.full(len(links), -1, np.int32)
    place[rows] = np.arange(len(rows), dtype=np.int32)
    return Bare(rows, place, tail, head, Hierarchy.build(*both, order))


@dataclass(frozen=True, eq=False)
class Table:
    """Ways from any stops to some targets, under the means of a question."""

    bare: Bare
    metrics: tuple[Metric, ...]
    """In the order tried: the first that has a way counts."""
    km: tuple[Floats, ...]
    """Km per row of ``links`` under each, inf where closed."""
    targets: Stops
    _ends: tuple[tuple[Points, Above, Ints], ...] = field(repr=False)

    def rows(self, origins: Stops) -> Floats:
        """Km from each origin to each target; (n_from, n_to), inf for no way."""
        found = np.full((len(origins), len(self.targets)), np.inf)
        for metric, km, (points, above, place) in zip(
            self.metrics, self.km, self._ends, strict=True
        ):
            start = points_of(self.bare, origins, km)
            one = metric.table_above(start, points, above, place)
            one = one.astype(np.float64, copy=False)
            _along_one_link(origins, self.targets, km, one)
            found = np.where(np.isfinite(found), found, one)
        return found

    def links(self, origin: Stops, k: int) -> tuple[Ints, Floats]:
        """The links travelled from one stop to target ``k``, and the km on each; none: no way."""
        target = self.targets.take(np.array([k]))
        for metric, km in zip(self.metrics, self.km, strict=True):
            found = _way(self.bare, metric, km, (origin, target))
            if found is not None:
                return found
        return np.empty(0, np.int32), np.empty(0)


def table_to(net: Network, means: Means, targets: Stops, tell: Tell | None = None) -> Table:
    """Prepare tables to these stops."""
    net = on_day(net, means.on)
    bare = bare_for(net, targets.family, tell)
    ways = ways_for(net, means.on, means.avoid)
    kms = tuple(
        ways.link_km(targets.family, closed, modes, means.gauge_mm)
        for closed, modes in tries_of(net, means)
    )
    metrics = tuple(_metric(bare, km) for km in kms)
    ends: list[tuple[Points, Above, Ints]] = []
    for metric, km in zip(metrics, kms, strict=True):
        points = points_of(bare, targets, km)
        ends.append((points, *metric.above(points)))
    return Table(bare, metrics, kms, targets, tuple(ends))


def _metric(bare: Bare, km: Floats) -> Metric:
    own = km[bare.rows]
    return bare.hierarchy.metric(np.concatenate([own, own]))


def points_of(bare: Bare, stops: Stops, km: Floats) -> Points:
    """Stops as points between the two ends of their link, the lower rank first.

    The ends of a link are joined, so the higher is an ancestor of the lower.
    """
    on = bare.place[np.maximum(stops.link, 0)]
    a, b = bare.hierarchy.rank[bare.tail[on]], bare.hierarchy.rank[bare.head[on]]
    whole = np.where(stops.link >= 0, km[np.maximum(stops.link, 0)], np.inf)
    closed = ~np.isfinite(whole)
    forth = np.where(closed, np.inf, stops.along_km)
    back = np.where(closed, np.inf, np.where(closed, 0.0, whole) - stops.along_km)
    turned = b < a
    vertex = np.column_stack([np.where(turned, b, a), np.where(turned, a, b)]).astype(np.int32)
    begin = np.column_stack([np.where(turned, back, forth), np.where(turned, forth, back)])
    return Points(np.ascontiguousarray(vertex), np.ascontiguousarray(begin))


def _along_one_link(origins: Stops, targets: Stops, km: Floats, table: Floats) -> None:
    """Stops on the very same open link are joined along it as well."""
    by_link: dict[int, list[int]] = {}
    for j, link in enumerate(targets.link.tolist()):
        if link >= 0 and np.isfinite(km[link]):
            by_link.setdefault(link, []).append(j)
    for i, link in enumerate(origins.link.tolist()):
        near = by_link.get(link)
        if near:
            along = np.abs(targets.along_km[near] - origins.along_km[i])
            table[i, near] = np.minimum(table[i, near], along)


def _way(
    bare: Bare, metric: Metric, km: Floats, ends: tuple[Stops, Stops]
) -> tuple[Ints, Floats] | None:
    """Links travelled and km on each under one metric; None for no way."""
    a, b = ends
    direct = np.inf
    if a.link[0] == b.link[0] and a.link[0] >= 0 and np.isfinite(km[a.link[0]]):
        direct = abs(float(a.along_km[0] - b.along_km[0]))
    points = points_of(bare, a, km), points_of(bare, b, km)
    found = metric.path_of(*points)
    if found is None:
        return None if not np.isfinite(direct) else (a.link.copy(), np.array([direct]))
    arcs, first, last = found
    rows = bare.rows[arcs % len(bare.rows)]
    begin = _begin(points[0], first), _begin(points[1], last)
    if direct <= begin[0] + float(km[rows].sum()) + begin[1]:
        return a.link.copy(), np.array([direct])
    links = np.concatenate([a.link, rows, b.link])
    return links, np.concatenate([[begin[0]], km[rows], [begin[1]]])


def _begin(points: Points, rank: int) -> float:
    """Km between a single point and the end of its link by which the way goes."""
    return float(points.begin[0][points.vertex[0] == rank].min())
