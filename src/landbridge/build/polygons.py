"""Countries as polygons (Natural Earth by world-atlas, TopoJSON): where is a point."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely
import shapely.affinity

from landbridge.build.draft import Flags, Floats, Ints

REACH_DEG = 0.3
"""A point off every coast belongs to the nearest country within this distance, else to none."""
_LEAST_RING = 4
TURN, HALF = 360.0, 180.0


@dataclass(frozen=True, eq=False)
class Land:
    """Polygons with the row of their country in the table of countries (-1: none of ours)."""

    shapes: list[shapely.Geometry]
    country: Ints


def read_land(path: Path, row_of: dict[str, int]) -> Land:
    """All polygons; ``row_of``: rows by ISO numeric code (``643``), or name where there is none."""
    atlas = json.loads(path.read_text(encoding="utf-8"))
    scale, move = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), 0) * scale + move for arc in atlas["arcs"]]
    shapes: list[shapely.Geometry] = []
    country: list[int] = []
    for item in atlas["objects"]["countries"]["geometries"]:
        kind = item["type"]
        polygons = item["arcs"] if kind == "MultiPolygon" else [item["arcs"]]
        for rings in polygons if kind in {"MultiPolygon", "Polygon"} else []:
            outer, *holes = (ring(arcs, numbers) for numbers in rings)
            if len(outer) < _LEAST_RING:
                continue  # 1:10m has slivers of three points
            shape = shapely.Polygon(outer, [hole for hole in holes if len(hole) >= _LEAST_RING])
            shape = shape if shape.is_valid else shapely.make_valid(shape)
            row = row_of.get(str(item.get("id") or item["properties"]["name"]), -1)
            # Unwrapped rings reach beyond 180 degrees; a copy one turn away covers the other side.
            west, east = _box(shape)[0], _box(shape)[2]
            turns = [0.0] + ([TURN] if west < -HALF else []) + ([-TURN] if east > HALF else [])
            for turn in turns:
                shapes.append(shapely.affinity.translate(shape, turn))
                country.append(row)
    return Land(shapes, np.array(country))


def ring(arcs: list[Floats], numbers: list[int]) -> Floats:
    """The points of a closed ring of arcs, unwrapped: it may reach beyond 180 degrees."""
    parts = [arcs[k] if k >= 0 else arcs[~k][::-1] for k in numbers]
    ring = np.vstack([parts[0], *(part[1:] for part in parts[1:])])
    # world-atlas stitches rings across the antimeridian: without unwrapping the jumps, Russia
    # grows stripes round the globe.
    jump = np.diff(ring[:, 0])
    ring[1:, 0] += np.cumsum(np.where(jump > HALF, -TURN, np.where(jump < -HALF, TURN, 0.0)))
    return ring


def country_of(land: Land, lat: Floats, lon: Floats) -> Ints:
    """Row of the country at each point; -1 at sea and where the country has no ISO code."""
    found = np.full(len(lat), -1)
    todo = np.ones(len(lat), bool)
    for shape, row in zip(land.shapes, land.country, strict=True):
        inside = _inside(shape, lat, lon, todo)
        found[inside] = row
        todo[inside] = False
    rest = np.flatnonzero(todo)
    if len(rest):
        tree = shapely.STRtree(land.shapes)
        point, shape = tree.query_nearest(
            shapely.points(lon[rest], lat[rest]), max_distance=REACH_DEG, all_matches=False
        )
        found[rest[point]] = land.country[shape]
    return found


def on_land(land: Land, lat: Floats, lon: Floats) -> Flags:
    """Whether each point lies in any polygon (inland seas such as the Caspian are water)."""
    dry = np.zeros(len(lat), bool)
    for shape in land.shapes:
        dry[_inside(shape, lat, lon, ~dry)] = True
    return dry


def _box(shape: shapely.Geometry) -> tuple[float, float, float, float]:
    """West, south, east, north."""
    bounds: Floats = np.asarray(shapely.bounds(shape), np.float64)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
    west, south, east, north = bounds.tolist()
    return west, south, east, north


def _inside(shape: shapely.Geometry, lat: Floats, lon: Floats, among: Flags) -> Ints:
    west, south, east, north = _box(shape)
    box = np.flatnonzero(among & (lon >= west) & (lon <= east) & (lat >= south) & (lat <= north))
    if not len(box):
        return box
    shapely.prepare(shape)
    return box[shapely.contains_xy(shape, lon[box], lat[box])]
