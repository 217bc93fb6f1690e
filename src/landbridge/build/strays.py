"""Links that are drawn over water or through another country: for ``make validate``.

The coast is at hand only while the data are built, so the findings are kept as a table. Most are
bridges, tunnels and coasts drawn coarsely; an edge that jumps a bay would stand out by its length.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from landbridge.build.draft import Flags, Floats, Ints, great_circle_km
from landbridge.build.polygons import Land, country_of, on_land
from landbridge.build.world_tables import Ground
from landbridge.units import MODES, ROAD

LONG_KM = 5.0
"""Only stretches between two points of the drawing that are so long are looked at."""
STEP_KM = 2.0
WET_KM = 5.0
"""Least length over water that is told."""
ABROAD_KM = 12.0
"""Least length in another country: shorter ones are absorbed on purpose (``borders.py``)."""
HALF_TURN = 180.0
COLUMNS = ("kind", "mode", "lat1", "lon1", "lat2", "lon2", "km", "astray_km", "country")


@dataclass(frozen=True, eq=False)
class _Samples:
    """Points along the long stretches of links: where, how much of the way each stands for."""

    link: Ints
    lat: Floats
    lon: Floats
    km: Floats


def write_strays(path: Path, ground: Ground, codes: list[str], land: Land) -> int:
    """Write the table, worst first; returns the number of rows."""
    nodes, links = ground.nodes, ground.links
    points = _samples(ground)
    wet = ~on_land(land, points.lat, points.lon)
    country = country_of(land, points.lat, points.lon)
    own = nodes.country[links.tail[points.link]]
    abroad = ~wet & (country >= 0) & (own >= 0) & (country != own)
    rows = _rows(ground, codes, points, wet, ("water", WET_KM))
    rows += _rows(ground, codes, points, abroad, ("border", ABROAD_KM))
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        out.writerows(rows)
    return len(rows)


def _rows(
    ground: Ground, codes: list[str], points: _Samples, astray: Flags, kind: tuple[str, float]
) -> list[list[str]]:
    nodes, links = ground.nodes, ground.links
    km = np.bincount(points.link[astray], points.km[astray], minlength=len(links.km))
    told = np.flatnonzero(km >= kind[1])
    told = told[np.lexsort((told, -km[told]))]
    rows: list[list[str]] = []
    for k in told.tolist():
        a, b = int(links.tail[k]), int(links.head[k])
        where = nodes.lat[a], nodes.lon[a], nodes.lat[b], nodes.lon[b]
        home = int(nodes.country[a])
        rows.append(
            [
                kind[0], MODES[links.mode[k]], *(f"{value:.3f}" for value in where),
                f"{links.km[k]:.1f}", f"{km[k]:.1f}", codes[home] if home >= 0 else "",
            ]
        )  # fmt: skip
    return rows


def _samples(ground: Ground) -> _Samples:
    nodes, links, shapes = ground.nodes, ground.links, ground.shapes
    inner = np.bincount(shapes.link, minlength=len(links.km))
    first = np.concatenate([[0], np.cumsum(inner + 2)])
    lat, lon = np.empty(first[-1]), np.empty(first[-1])
    middle = np.ones(first[-1], bool)
    middle[first[:-1]] = middle[first[1:] - 1] = False
    for values, shape, node in ((lat, shapes.lat, nodes.lat), (lon, shapes.lon, nodes.lon)):
        values[middle] = shape
        values[first[:-1]], values[first[1:] - 1] = node[links.tail], node[links.head]
    owner = np.repeat(np.arange(len(links.km)), inner + 2)
    km = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    keep = (owner[:-1] == owner[1:]) & (km >= LONG_KM) & (links.mode[owner[:-1]] <= ROAD)
    keep &= np.abs(np.diff(lon)) < HALF_TURN
    start = np.flatnonzero(keep)
    count = np.ceil(km[start] / STEP_KM).astype(np.int64)
    part = np.repeat(start, count)
    number = np.arange(len(part)) - np.repeat(np.cumsum(count) - count, count)
    share = (number + 0.5) / np.repeat(count, count)
    return _Samples(
        owner[part],
        lat[part] + share * (lat[part + 1] - lat[part]),
        lon[part] + share * (lon[part + 1] - lon[part]),
        km[part] / np.repeat(count, count),
    )
