"""Close the gaps of the extract: joins by rule, each checked against the sea (docs/data-build.md).

(a) components whose nearest nodes lie within a few km, closest first; (b) two dead ends, mutually
nearest, where the way round is absurdly longer; (c) no join over 300 m whose middle is water.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from landbridge.build.draft import Draft, Flags, Floats, Ints, great_circle_km, on_sphere
from landbridge.build.polygons import Land, on_land
from landbridge.units import EARTH_RADIUS_KM


@dataclass(frozen=True, slots=True)
class StitchParams:
    """How far a gap may be closed by rule."""

    component_km: float = 2.0
    end_km: float = 6.0
    detour_ratio: float = 10.0
    detour_floor_km: float = 15.0
    box: tuple[float, float, float, float] = (8.0, 62.0, 26.0, 90.0)
    """South, north, west, east: the ends were looked at one by one inside this box only."""
    wet_km: float = 0.3


def stitch(draft: Draft, land: Land, params: StitchParams, source: int) -> Draft:
    """Both rules, one after the other."""
    tail, head, km = _components(draft, params)
    dry = _dry(draft, land, tail, head, km, params)
    joined = draft.join(tail[dry], head[dry], km[dry], source)
    tail, head, km = _dead_ends(joined, params)
    dry = _dry(joined, land, tail, head, km, params)
    return joined.join(tail[dry], head[dry], km[dry], source)


def _components(draft: Draft, params: StitchParams) -> tuple[Ints, Ints, Floats]:
    label, _ = draft.components()
    pairs = draft.tree().query_pairs(params.component_km / EARTH_RADIUS_KM, output_type="ndarray")
    pairs = pairs[label[pairs[:, 0]] != label[pairs[:, 1]]]
    a, b = pairs[:, 0], pairs[:, 1]
    km = great_circle_km(draft.lat[a], draft.lon[a], draft.lat[b], draft.lon[b])
    order = np.lexsort((b, a, km))
    parent = list(range(int(label.max()) + 1))

    def root(x: int) -> int:
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    kept: list[int] = []
    for k in order.tolist():
        first, second = root(int(label[a[k]])), root(int(label[b[k]]))
        if first != second:
            parent[first] = second
            kept.append(k)
    return a[kept], b[kept], km[kept]


def _dead_ends(draft: Draft, params: StitchParams) -> tuple[Ints, Ints, Floats]:
    degree = np.bincount(np.concatenate([draft.tail, draft.head]), minlength=len(draft.lat))
    south, north, west, east = params.box
    inside = (draft.lat > south) & (draft.lat < north) & (draft.lon > west) & (draft.lon < east)
    ends = np.flatnonzero((degree == 1) & inside)
    if not len(ends):
        return ends, ends, np.zeros(0)
    tree = cKDTree(on_sphere(draft.lat[ends], draft.lon[ends]))
    near = tree.query_ball_tree(tree, params.end_km / EARTH_RADIUS_KM)
    matrix = draft.matrix()
    limit = params.detour_ratio * params.end_km + params.detour_floor_km + 1
    best: dict[int, tuple[int, float]] = {}
    for k, end in enumerate(ends.tolist()):
        others = ends[[other for other in near[k] if other != k]]
        if not len(others):
            continue
        gap = great_circle_km(draft.lat[end], draft.lon[end], draft.lat[others], draft.lon[others])
        way = dijkstra(matrix, indices=np.array(end), limit=limit)[others]
        far = np.flatnonzero(way > params.detour_ratio * gap + params.detour_floor_km)
        if len(far):
            chosen = far[np.argmin(gap[far])]
            best[end] = (int(others[chosen]), float(gap[chosen]))
    mutual = [
        (end, other, gap)
        for end, (other, gap) in best.items()
        if end < other and best.get(other, (-1, 0.0))[0] == end
    ]
    table = np.array(mutual, np.float64).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), table[:, 2]


def _dry(
    draft: Draft, land: Land, tail: Ints, head: Ints, km: Floats, params: StitchParams
) -> Flags:
    dry = np.ones(len(tail), bool)
    for share in (0.3, 0.5, 0.7):
        lat = draft.lat[tail] + share * (draft.lat[head] - draft.lat[tail])
        lon = draft.lon[tail] + share * (draft.lon[head] - draft.lon[tail])
        dry &= (km <= params.wet_km) | on_land(land, lat, lon)
    return dry
