"""Approaches of ports: straight ways from a port over open water to the lanes around it.

The lanes were drawn between some hundreds of ports. A port off them is joined to the nearest
points of lanes that it sees, one in each sector of the compass, so that a vessel leaves in the
direction in which it goes instead of by the one point that happens to be nearest.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from landbridge.build.draft import Draft, Flags, Floats, Ints, great_circle_km, on_sphere
from landbridge.build.polygons import Land, on_land
from landbridge.build.typed import read_table
from landbridge.units import EARTH_RADIUS_KM, SEA

OFF_KM = 4.0
"""A port nearer than this to a point of a lane needs no approach."""
REACH_KM = 300.0
"""Lanes farther off are not looked at."""
HARBOUR_KM = 10.0
"""So far from the port land is passed over: harbours lie behind moles and in river mouths."""
SECTORS = 16
HALF_TURN = 180.0


@dataclass(frozen=True, eq=False)
class Coast:
    """Every stretch of coast as a line, in a tree."""

    tree: shapely.STRtree
    land: Land


def coast_of(land: Land) -> Coast:
    """The outlines of all polygons and the shoals of ``water_barriers``, cut into stretches."""
    stretches: list[Floats] = []
    for row in read_table("water_barriers"):
        line = np.array([text.split()[::-1] for text in row.text("points").split(";")], np.float64)
        stretches.append(np.stack([line[:-1], line[1:]], axis=1))
    for shape in land.shapes:
        # what was mended may be a collection that holds multipolygons, which have no rings
        for ring in shapely.get_rings(shapely.get_parts(shapely.get_parts(shape))):
            xy: Floats = shapely.get_coordinates(ring)
            stretches.append(np.stack([xy[:-1], xy[1:]], axis=1))
    return Coast(shapely.STRtree(lines_of(np.concatenate(stretches))), land)


def lines_of(ends: Floats) -> NDArray[np.object_]:
    """Straight lines from their ends (n, 2, 2): longitude, latitude."""
    found: NDArray[np.object_] = np.atleast_1d(np.asarray(shapely.linestrings(ends), np.object_))
    return found


def add_approaches(
    draft: Draft, lat: Floats, lon: Floats, coast: Coast, canals: Ints, source: int
) -> Draft:
    """The draft with a node and its approaches for each port (n,) that lies off the lanes.

    ``canals``: passages that an approach must not lead into half-way, past their gates.
    """
    candidates = np.flatnonzero(open_water(draft, canals))
    # from a port in a river mouth a way to a point in another one might cross no coast at all
    candidates = candidates[~on_land(coast.land, draft.lat[candidates], draft.lon[candidates])]
    tree = Draft.raw(draft.lat[candidates], draft.lon[candidates], *_none()).tree()
    used = np.flatnonzero(np.bincount(draft.tail, minlength=len(draft.lat))
                          + np.bincount(draft.head, minlength=len(draft.lat)))  # fmt: skip
    lanes = Draft.raw(draft.lat[used], draft.lon[used], *_none()).tree()
    points = on_sphere(lat, lon)
    nearest = np.asarray(lanes.query(points)[0]) * EARTH_RADIUS_KM
    off = np.flatnonzero((nearest > OFF_KM) & (nearest < REACH_KM))
    ports: list[int] = []
    heads: list[Ints] = []
    for port in off.tolist():
        near: list[int] = list(tree.query_ball_point(points[port], REACH_KM / EARTH_RADIUS_KM))
        around = candidates[np.array(sorted(near), np.int64)]
        seen = _seen(draft, around, (lat[port], lon[port]), coast)
        if len(seen):
            ports.append(port)
            heads.append(seen)
    if not ports:
        return draft
    grown, nodes = draft.add_nodes(lat[ports], lon[ports])
    tail = np.repeat(nodes, [len(seen) for seen in heads])
    head = np.concatenate(heads)
    km = great_circle_km(grown.lat[tail], grown.lon[tail], grown.lat[head], grown.lon[head])
    links = Draft.raw(grown.lat, grown.lon, tail, head, km)
    mark = np.full(len(tail), SEA)
    return grown.add_links(replace(links, gauge_mm=mark, source=np.full(len(tail), source)))


def _none() -> tuple[Ints, Ints, Floats]:
    return np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0)


def open_water(draft: Draft, canals: Ints) -> Flags:
    """Nodes of lanes at sea that touch no canal."""
    free = np.zeros(len(draft.lat), bool)
    at_sea = draft.gauge_mm == SEA
    shut = np.isin(draft.section, canals) | ~at_sea
    for ends in (draft.tail, draft.head):
        free[ends[at_sea]] = True
    for ends in (draft.tail, draft.head):
        free[ends[shut]] = False
    return free


def _seen(draft: Draft, nodes: Ints, port: tuple[float, float], coast: Coast) -> Ints:
    """The nearest node in sight in each sector."""
    if not len(nodes):
        return nodes
    lat, lon = draft.lat[nodes], draft.lon[nodes]
    here = np.full(len(nodes), port[0]), np.full(len(nodes), port[1])
    km = great_circle_km(*here, lat, lon)
    keep = (np.abs(lon - port[1]) < HALF_TURN) & (km > 0)
    nodes, lat, lon, km = nodes[keep], lat[keep], lon[keep], km[keep]
    east = (lon - port[1]) * np.cos(np.radians(port[0]))
    bearing = np.arctan2(east, lat - port[0]) % (2 * np.pi)
    sector = (bearing / (2 * np.pi) * SECTORS).astype(np.int64) % SECTORS
    share = np.minimum(HARBOUR_KM / np.maximum(km, 1e-9), 0.9)
    ends = np.empty((len(nodes), 2, 2))
    ends[:, 0, 0] = port[1] + share * (lon - port[1])
    ends[:, 0, 1] = port[0] + share * (lat - port[0])
    ends[:, 1, 0], ends[:, 1, 1] = lon, lat
    hit: Ints = coast.tree.query(lines_of(ends), predicate="intersects")[0]
    clear = np.ones(len(nodes), bool)
    clear[hit] = False
    order = np.lexsort((nodes, km))
    order = order[clear[order]]
    _, first = np.unique(sector[order], return_index=True)
    return nodes[order[np.sort(first)]]
