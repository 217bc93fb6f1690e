"""Outlines of countries for pictures: Natural Earth 1:50m, simplified, as whole hundredths."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import NotRequired, TypedDict

import numpy as np
import shapely

from landbridge.build.draft import Floats
from landbridge.build.gazetteer_countries import read_countries, rows_by_polygon
from landbridge.build.polygons import ring

WITHIN_DEG = 0.075
"""Points nearer to the simplified line are dropped: a pixel where a continent fills a screen."""
LEAST_DEG = 0.4
"""Islands whose box is smaller than that are left out, unless a country has no larger one."""
SOUTH_DEG = -60.0
"""Nothing is routed south of it, and Antarctica has no shape on a map with straight meridians."""
STEPS = 100
"""Steps of a coordinate in one degree."""


class Item(TypedDict):
    """A country of TopoJSON, with its polygons: lists of rings, an outer one and its holes."""

    id: NotRequired[str]
    properties: dict[str, str]
    polygons: list[list[list[int]]]


@dataclass
class Outline:
    """A country on the map."""

    title: str
    rings: list[list[int]] = field(default_factory=list[list[int]])
    """Numbers of arcs, in the order travelled; ``~k``: arc k backwards."""
    at: tuple[float, float] = (0.0, 0.0)
    """Longitude and latitude of its name."""
    extent: float = 0.0
    """Area of its largest part in square degrees: which names go first."""


def write_outlines(atlas: Path, out: Path) -> int:
    """Write the outlines of ``countries-50m.json`` of world-atlas to ``out``; returns the bytes.

    The file is JSON: ``arcs`` as ``[x, y, dx, dy, ...]`` in hundredths of a degree, and
    ``countries`` by ISO 3166-1 code with ``name``, ``rings``, ``at`` and ``extent``.
    """
    world = json.loads(atlas.read_text(encoding="utf-8"))
    scale, move = world["transform"]["scale"], world["transform"]["translate"]
    arcs = [np.cumsum(np.array(arc), 0) * scale + move for arc in world["arcs"]]
    items = world["objects"]["countries"]["geometries"]
    for item in items:
        item["polygons"] = item["arcs"] if item["type"] == "MultiPolygon" else [item["arcs"]]
    found = _countries(items, arcs)
    used = sorted({max(k, ~k) for one in found.values() for ring in one.rings for k in ring})
    number = {old: new for new, old in enumerate(used)}
    body = {
        "arcs": [_coded(arcs[k]) for k in used],
        "countries": {
            code: {
                "name": one.title,
                "rings": [
                    [number[k] if k >= 0 else ~number[~k] for k in ring] for ring in one.rings
                ],
                "at": [round(value, 1) for value in one.at],
                "extent": round(one.extent, 1),
            }
            for code, one in sorted(found.items())
        },
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n"
    out.write_text(text, encoding="utf-8")
    return len(text.encode())


def _countries(items: list[Item], arcs: list[Floats]) -> dict[str, Outline]:
    rows, row_of = read_countries(), rows_by_polygon()
    found: dict[str, Outline] = {}
    for item in items:
        row = row_of.get(item.get("id") or item["properties"]["name"])
        if row is None:
            continue
        one = found.setdefault(rows[row].code, Outline(rows[row].title))
        for rings in item["polygons"]:
            _add(one, rings, arcs)
    return {code: one for code, one in found.items() if one.rings}


def _add(one: Outline, rings: list[list[int]], arcs: list[Floats]) -> None:
    outer = ring(arcs, rings[0])
    low, high = outer.min(0), outer.max(0)
    if high[1] < SOUTH_DEG:
        return
    shape = shapely.make_valid(shapely.Polygon(outer))
    if max(high - low) >= LEAST_DEG or not one.rings:
        one.rings += rings
    if shape.area > one.extent:
        middle = shape.representative_point()
        one.extent, one.at = float(shape.area), (float(middle.x), float(middle.y))


def _coded(arc: Floats) -> list[int]:
    """First point, then steps; whole hundredths of a degree."""
    line = shapely.LineString(arc).simplify(WITHIN_DEG)
    points = np.rint(np.array(line.coords) * STEPS).astype(np.int64)
    keep = np.ones(len(points), bool)
    keep[1:-1] = (np.diff(points, axis=0)[:-1] != 0).any(1)
    points = points[keep]
    steps = np.vstack([points[:1], np.diff(points, axis=0)])
    return steps.ravel().tolist()
