"""Drawing a way: from arcs of the upper graph back to links, and from links to their shapes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge.kernels.tree import START
from landbridge.routing.attach import Stops
from landbridge.routing.geo import great_circle_km
from landbridge.routing.ways_reach import CellSearch
from landbridge.routing.ways_upper import Upper
from landbridge.schema.column import Floats, Ints
from landbridge.units import MODES

Path = tuple[int, Ints, int]
"""First upper vertex, arcs in the order travelled, last upper vertex."""
Stretch = tuple[str, Floats, Floats]
"""Mode, latitudes, longitudes."""


@dataclass(frozen=True)
class Part:
    """A part of a link, from ``begin_km`` to ``end_km`` after its tail; backwards if greater."""

    link: int
    begin_km: float
    end_km: float


def draw(upper: Upper, ends: tuple[Stops, Stops], path: Path | None) -> list[Stretch]:
    """The shape of a way between two stops (tables of one row); ``path`` None: inside one cell."""
    start, to = ends
    if path is None:
        parts = _direct(upper, start, to)
    else:
        search = CellSearch(upper.ground)
        parts = _stub(search, upper, start, path[0])
        for arc in path[1].tolist():
            parts += _of_arc(search, upper, arc)
        parts += [_back(part) for part in reversed(_stub(search, upper, to, path[2]))]
    return _joined(upper, parts)


def _back(part: Part) -> Part:
    return Part(part.link, part.end_km, part.begin_km)


def _direct(upper: Upper, start: Stops, to: Stops) -> list[Part]:
    inside, links = upper.ground.inside, upper.ground.links
    link, other = int(start.link[0]), int(to.link[0])
    along, target = float(start.along_km[0]), float(to.along_km[0])
    cell = int(inside.link_cell[link])
    best, entered = abs(along - target) if link == other else np.inf, -1
    if cell >= 0:
        search = CellSearch(upper.ground)
        _grow_from_stop(search, start, np.unique(inside.link_vertex[other]))
        rest = (target, float(links.km[other]) - target)
        for side in (0, 1):
            km = float(search.tree.dist[inside.link_vertex[other, side]]) + rest[side]
            if km < best:
                best, entered = km, side
        if entered >= 0:
            parts = _back_to_stop(search, start, int(inside.link_vertex[other, entered]))
            begin = 0.0 if entered == 0 else float(links.km[other])
            return [*parts, Part(other, begin, target)]
    return [Part(link, along, target)]


def _grow_from_stop(search: CellSearch, stop: Stops, target: Ints) -> None:
    inside, links = search.ground.inside, search.ground.links
    link = int(stop.link[0])
    along = float(stop.along_km[0])
    start_km = np.array([along, float(links.km[link]) - along])
    search.grow(int(inside.link_cell[link]), inside.link_vertex[link], start_km, target)


def _back_to_stop(search: CellSearch, stop: Stops, vertex: int) -> list[Part]:
    """Parts from the stop to an inner vertex, out of a tree grown from the stop."""
    link = int(stop.link[0])
    parts, first = _back_to_start(search, vertex)
    end = 0.0 if first == 0 else float(search.ground.links.km[link])
    return [Part(link, float(stop.along_km[0]), end), *parts]


def _back_to_start(search: CellSearch, vertex: int) -> tuple[list[Part], int]:
    """Whole links from the tree's start to an inner vertex, and which start it was."""
    inside, links = search.ground.inside, search.ground.links
    parts: list[Part] = []
    x = vertex
    while search.tree.via[x] > START:
        arc = int(search.tree.via[x])
        link = int(inside.arc_link[arc])
        km = float(links.km[link])
        # the arc leads to x: along the link where x is its head
        forward = inside.link_vertex[link, 1] == x
        parts.append(Part(link, 0.0, km) if forward else Part(link, km, 0.0))
        x = int(inside.link_vertex[link, 0 if forward else 1])
    return parts[::-1], int(START - search.tree.via[x])


def _stub(search: CellSearch, upper: Upper, stop: Stops, vertex: int) -> list[Part]:
    """Parts from a stop to the upper vertex by which its way enters the upper graph."""
    ground = upper.ground
    link, along = int(stop.link[0]), float(stop.along_km[0])
    cell = int(ground.inside.link_cell[link])
    if cell >= 0:
        target = _gate(upper, cell, vertex)
        _grow_from_stop(search, stop, np.array([target], np.int32))
        return _back_to_stop(search, stop, target)
    node, links = int(upper.gates.node[vertex]), ground.links
    whole = float(links.km[link])
    at_tail, at_head = links.tail[link] == node, links.head[link] == node
    by_tail = at_tail and (not at_head or along <= whole - along)
    return [Part(link, along, 0.0 if by_tail else whole)]


def _gate(upper: Upper, cell: int, vertex: int) -> int:
    """Inner vertex of the gate of ``cell`` that is this upper vertex."""
    gates = upper.gates
    ours = gates.of_cell(cell)
    return int(gates.vertex[ours][gates.upper[ours] == vertex][0])


def _of_arc(search: CellSearch, upper: Upper, arc: int) -> list[Part]:
    link, links = int(upper.link[arc]), upper.ground.links
    if link >= 0:
        km = float(links.km[link])
        return [Part(link, km, 0.0) if upper.turned[arc] else Part(link, 0.0, km)]
    cell = int(upper.cell[arc])
    begin = _gate(upper, cell, int(upper.tail[arc]))
    end = _gate(upper, cell, int(upper.graph.head[arc]))
    search.grow(cell, np.array([begin], np.int32), np.zeros(1), np.array([end], np.int32))
    return _back_to_start(search, end)[0]


def _joined(upper: Upper, parts: list[Part]) -> list[Stretch]:
    """One line per run of parts of one mode; points that repeat are left out."""
    links = upper.ground.links
    stretches: list[Stretch] = []
    run_lat: list[Floats] = []
    run_lon: list[Floats] = []
    mode = -1
    for part in parts:
        own = int(links.mode[part.link])
        if own != mode and run_lat:
            _close(stretches, mode, run_lat, run_lon)
            run_lat, run_lon = [], []
        mode = own
        lat, lon = _points(upper, part)
        run_lat.append(lat)
        run_lon.append(lon)
    if run_lat:
        _close(stretches, mode, run_lat, run_lon)
    return stretches


def _close(
    stretches: list[Stretch], mode: int, run_lat: list[Floats], run_lon: list[Floats]
) -> None:
    lat, lon = np.concatenate(run_lat), np.concatenate(run_lon)
    keep = np.ones(len(lat), bool)
    keep[1:] = (lat[1:] != lat[:-1]) | (lon[1:] != lon[:-1])
    if keep.sum() > 1:
        stretches.append((MODES[mode], lat[keep], lon[keep]))


def _points(upper: Upper, part: Part) -> tuple[Floats, Floats]:
    """Points of a part of a link; its km are spread over the shape as the shape is long."""
    ground = upper.ground
    lines = ground.lines
    # a number of the array's own type: for any other the whole array would be converted first
    row = int(ground.rows.searchsorted(ground.rows.dtype.type(part.link)))
    points = slice(int(lines.first[row]), int(lines.first[row + 1]))
    lat, lon = lines.lat[points], lines.lon[points]
    km = float(ground.links.km[part.link])
    begin, end = min(part.begin_km, part.end_km), max(part.begin_km, part.end_km)
    if begin > 0 or end < km:
        lat, lon = _cut(lat, lon, begin / km, end / km)
    return (lat[::-1], lon[::-1]) if part.begin_km > part.end_km else (lat, lon)


def _cut(lat: Floats, lon: Floats, begin: float, end: float) -> tuple[Floats, Floats]:
    """The stretch of a line between two shares of its length."""
    step = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    at = np.concatenate([[0.0], np.cumsum(step)])
    if at[-1] == 0:
        return lat, lon
    at /= at[-1]
    unrolled = np.rad2deg(np.unwrap(np.deg2rad(lon)))
    inner = (at > begin) & (at < end)
    place = np.concatenate([[begin], at[inner], [end]])
    cut_lon = np.interp(place, at, unrolled)
    # points that were there keep their exact coordinates
    cut_lon[1:-1] = lon[inner]
    cut_lon[[0, -1]] = (cut_lon[[0, -1]] + 180.0) % 360.0 - 180.0
    cut_lat = np.interp(place, at, lat)
    cut_lat[1:-1] = lat[inner]
    return cut_lat, cut_lon
