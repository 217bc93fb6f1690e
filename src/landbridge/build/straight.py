"""Straight courses over open water, where the lanes as drawn go a long way round.

The lanes join hubs by few points: round West Africa they are 3 % longer than a vessel sails. Where
two points of lanes see each other with room to spare and the way by the lanes is clearly longer
than the great circle between them, the great circle becomes a lane as well.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from landbridge.build.approaches import Coast, lines_of, open_water
from landbridge.build.draft import Draft, Flags, Floats, Ints, great_circle_km, on_sphere
from landbridge.build.polygons import on_land
from landbridge.build.sea_grid import sea_grid
from landbridge.units import EARTH_RADIUS_KM, SEA

SHORTEST_KM, LONGEST_KM = 150.0, 2500.0
"""Courses between points nearer or farther than this are left to the lanes."""
SAVING = 1.006
"""The way by the lanes is at least so much longer than the straight course."""
CLEAR_DEG = 0.12
"""Distance kept from every coast: 7 nautical miles or more."""
STEP_KM = 80.0
"""A course is drawn with a point at least every so many km."""
NO_LINKS = np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)
PORT_KM = 6.0
"""A port begins courses at a point of a lane that is so near."""
HARBOUR_SHARE = 0.15
"""Of the first and last stretch this is harbour; the rest may come near the coast, not cross it."""
PER_NODE = 6
ROUNDS = 4
NORTH, SOUTH = 66.0, -56.0
"""Nothing straight is drawn into the ice."""
HALF_TURN = 180.0
GRID_DEG = 2.5
"""At most one end of courses in a square of so many degrees."""
BEND = 0.97
"""Cosine of the least bend at which a point of a lane may begin a course."""


@dataclass(frozen=True, eq=False)
class Course:
    """Straight courses: ends as nodes, length."""

    tail: Ints
    head: Ints
    km: Floats


def add_straight(draft: Draft, ports: Floats, coast: Coast, canals: Ints, source: int) -> Draft:
    """The draft with straight courses, found in rounds: each saves where the last left much.

    ``ports``: points (n, 2) of those from which courses begin as well.
    """
    nodes = np.flatnonzero(_turning(draft) & open_water(draft, canals))
    inside = (draft.lat[nodes] < NORTH) & (draft.lat[nodes] > SOUTH)
    nodes = nodes[inside]
    nodes = nodes[~on_land(coast.land, draft.lat[nodes], draft.lon[nodes])]
    used = np.unique(np.concatenate([draft.tail, draft.head])[np.tile(draft.gauge_mm == SEA, 2)])
    lanes = Draft.raw(draft.lat[used], draft.lon[used], *NO_LINKS).tree()
    off, near = lanes.query(on_sphere(ports[:, 0], ports[:, 1]))
    at_port = used[np.asarray(near)[np.asarray(off) * EARTH_RADIUS_KM < PORT_KM]]
    nodes = np.union1d(_thinned(draft, nodes), at_port)
    seen = _in_sight(draft, nodes, coast)
    for _ in range(ROUNDS):
        matrix = draft.matrix(draft.gauge_mm == SEA)
        chosen = _worth(seen, nodes, _by_lane(matrix, nodes))
        if not len(chosen.tail):
            break
        draft = _drawn(draft, chosen, source)
    return draft


def _turning(draft: Draft) -> Flags:
    """Nodes where lanes meet, end or bend."""
    size = len(draft.lat)
    ends = np.concatenate([draft.tail, draft.head])
    others = np.concatenate([draft.head, draft.tail])
    degree = np.bincount(ends, minlength=size)
    point = on_sphere(draft.lat, draft.lon)
    way = point[others] - point[ends]
    way /= np.maximum(np.linalg.norm(way, axis=1), 1e-12)[:, None]
    total = np.zeros((size, 3))
    np.add.at(total, ends, way)
    # the two directions of a straight lane cancel; a bend leaves their sum
    bent = np.linalg.norm(total, axis=1) > 2 * np.sqrt((1 - BEND) / 2)
    return (degree > 0) & ((degree != 2) | bent)  # noqa: PLR2004 - a point between two stretches


def _thinned(draft: Draft, nodes: Ints) -> Ints:
    """One node in each square of a grid: that where most lanes meet."""
    degree = np.bincount(np.concatenate([draft.tail, draft.head]), minlength=len(draft.lat))
    order = nodes[np.lexsort((nodes, -degree[nodes]))]
    squares = np.column_stack([draft.lat[order], draft.lon[order]]) // GRID_DEG
    _, first = np.unique(squares, axis=0, return_index=True)
    return np.sort(order[first])


def _in_sight(draft: Draft, nodes: Ints, coast: Coast) -> Course:
    """All pairs of nodes between which the great circle keeps clear of every coast."""
    points = Draft.raw(draft.lat[nodes], draft.lon[nodes], *NO_LINKS)
    pairs = points.tree().query_pairs(LONGEST_KM / EARTH_RADIUS_KM, output_type="ndarray")
    pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    a, b = nodes[pairs[:, 0]], nodes[pairs[:, 1]]
    km = great_circle_km(draft.lat[a], draft.lon[a], draft.lat[b], draft.lon[b])
    keep = (km >= SHORTEST_KM) & (np.abs(draft.lon[a] - draft.lon[b]) < HALF_TURN)
    a, b, km = a[keep], b[keep], km[keep]
    matrix = draft.matrix(draft.gauge_mm == SEA)
    row = np.full(len(draft.lat), -1)
    row[nodes] = np.arange(len(nodes))
    by_lane = _by_lane(matrix, nodes)
    worth = by_lane[row[a], b] > SAVING * km
    a, b, km = a[worth], b[worth], km[worth]
    if not len(a):
        return Course(a, b, km)
    drawn = [_circle(draft, int(s), int(e), k) for s, e, k in zip(a, b, km, strict=True)]
    course = np.repeat(np.arange(len(drawn)), [len(points) - 1 for points in drawn])
    # stretch by stretch: the box of a long slanting line would hold half a continent's coast
    ends = np.concatenate([np.stack([p[:-1, ::-1], p[1:, ::-1]], axis=1) for p in drawn])
    outer = np.concatenate([_outer(len(p) - 1) for p in drawn])
    ends[outer == 1, 0] += HARBOUR_SHARE * (ends[outer == 1, 1] - ends[outer == 1, 0])
    ends[outer == -1, 1] += HARBOUR_SHARE * (ends[outer == -1, 0] - ends[outer == -1, 1])
    clear = np.ones(len(a), bool)
    clear[course[_blocked(ends, outer, course, coast)]] = False
    return Course(a[clear], b[clear], km[clear])


def _blocked(ends: Floats, outer: Ints, course: Ints, coast: Coast) -> Ints:
    """Stretches that meet a coast or lie inland: of each blocked course at least one."""
    grid = sea_grid(coast, CLEAR_DEG)
    whole = np.abs(ends[:, 0, 0] - ends[:, 1, 0]) < HALF_TURN
    middle = ends.mean(axis=1)
    inland = grid.on_land(middle[:, 1], middle[:, 0])
    lost = np.zeros(int(course.max()) + 1, bool)
    lost[course[inland]] = True
    open_sea = whole & grid.clear(ends)
    left = np.flatnonzero(~lost[course] & ~open_sea)
    inner, edge = left[whole[left] & (outer[left] == 0)], left[whole[left] & (outer[left] != 0)]
    near: Ints = coast.tree.query(lines_of(ends[inner]), predicate="dwithin", distance=CLEAR_DEG)[0]
    cut: Ints = coast.tree.query(lines_of(ends[edge]), predicate="intersects")[0]
    blocked = np.zeros(len(ends), bool)
    blocked[inland] = True
    blocked[inner[near]] = True
    blocked[edge[cut]] = True
    rest = left[~blocked[left]]
    # far inland no coast is near
    blocked[rest[on_land(coast.land, middle[rest, 1], middle[rest, 0])]] = True
    return np.flatnonzero(blocked)


def _outer(stretches: int) -> Ints:
    """1 for the first of so many stretches, -1 for the last, 0 for those between."""
    found = np.zeros(stretches, np.int64)
    found[0], found[-1] = 1, -1
    return found


def _by_lane(matrix: csr_matrix, nodes: Ints) -> Floats:
    """Km by the lanes from these nodes to all; inf where it is far more than any course."""
    return np.asarray(dijkstra(matrix, indices=nodes, limit=2 * LONGEST_KM), np.float64)


def _circle(draft: Draft, tail: int, head: int, km: float) -> Floats:
    """Points (lat, lon) of the great circle from one node to another, ends included."""
    ends = on_sphere(draft.lat[[tail, head]], draft.lon[[tail, head]])
    share = np.linspace(0.0, 1.0, max(2, int(np.ceil(km / STEP_KM)) + 1))
    angle = km / EARTH_RADIUS_KM
    weight = np.column_stack([np.sin((1 - share) * angle), np.sin(share * angle)]) / np.sin(angle)
    x, y, z = (weight @ ends).T
    found = np.column_stack(
        [np.degrees(np.arcsin(np.clip(z, -1, 1))), np.degrees(np.arctan2(y, x))]
    )
    found[[0, -1]] = [[draft.lat[tail], draft.lon[tail]], [draft.lat[head], draft.lon[head]]]
    return found


def _worth(seen: Course, nodes: Ints, by_lane: Floats) -> Course:
    """Of the courses in sight those that save most: at most a few per node and round."""
    row = {int(node): k for k, node in enumerate(nodes)}
    rows = np.array([row[int(node)] for node in seen.tail], np.int64)
    lane = by_lane[rows, seen.head] if len(rows) else np.zeros(0)
    saving = lane - seen.km
    order = np.flatnonzero(lane > SAVING * seen.km)
    order = order[np.lexsort((seen.head[order], seen.tail[order], -saving[order]))]
    used: dict[int, int] = {}
    chosen: list[int] = []
    for k in order.tolist():
        ends = int(seen.tail[k]), int(seen.head[k])
        if max(used.get(end, 0) for end in ends) < PER_NODE // ROUNDS + 1:
            chosen.append(k)
            for end in ends:
                used[end] = used.get(end, 0) + 1
    return Course(seen.tail[chosen], seen.head[chosen], seen.km[chosen])


def _drawn(draft: Draft, chosen: Course, source: int) -> Draft:
    """The draft with these courses as chains of short links."""
    tails: list[Ints] = []
    heads: list[Ints] = []
    kms: list[Floats] = []
    for tail, head, km in zip(chosen.tail, chosen.head, chosen.km, strict=True):
        points = _circle(draft, int(tail), int(head), float(km))
        draft, middle = draft.add_nodes(points[1:-1, 0], points[1:-1, 1])
        chain = np.concatenate([[tail], middle, [head]]).astype(np.int64)
        tails.append(chain[:-1])
        heads.append(chain[1:])
        kms.append(np.full(len(chain) - 1, km / (len(chain) - 1)))
    both = np.concatenate(tails), np.concatenate(heads), np.concatenate(kms)
    links = Draft.raw(draft.lat, draft.lon, *both)
    mark = np.full(len(links.tail), SEA)
    return draft.add_links(replace(links, gauge_mm=mark, source=np.full(len(links.tail), source)))
