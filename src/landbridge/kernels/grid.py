"""The nearest point of the nearest line: a grid of buckets over the segments of many lines."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import kernel

RADIUS_KM = 6371.0088
"""As ``units.EARTH_RADIUS_KM``; kernels know nothing of the package (a test compares the two)."""
HALF_TURN = 180.0
TURN = 360.0


class Lines(NamedTuple):
    """Polylines, one after the other. Between two points a line is straight in (lon, lat)."""

    lat: NDArray[np.float64]
    """Degrees; (n_points,)."""
    lon: NDArray[np.float64]
    """Degrees in [-180, 180]; a step of more than 180 goes the other way round; (n_points,)."""
    line: NDArray[np.int32]
    """Line of each point, ascending; (n_points,)."""
    first: NDArray[np.int32]
    """First point of each line; (n_lines + 1,)."""


class Grid(NamedTuple):
    """Bucket -> segments. A segment is named by its first point."""

    step_deg: float
    """Edge of a bucket; divides 180."""
    rows: int
    columns: int
    first: NDArray[np.int32]
    """(rows * columns + 1,)."""
    segment: NDArray[np.int32]
    """Segments that may touch the bucket, perhaps twice; (n_entries,)."""


class Feet(NamedTuple):
    """Room for the nearest points of n points; all (n,)."""

    segment: NDArray[np.int32]
    """-1 where there is none."""
    share: NDArray[np.float64]
    """Share of the line's length that lies before the point."""
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    km: NDArray[np.float64]
    """How far off; inf where there is none."""


@kernel
def wrap(lon: float) -> float:
    """A difference of longitudes, brought into [-180, 180]."""
    while lon > HALF_TURN:
        lon -= TURN
    while lon < -HALF_TURN:
        lon += TURN
    return lon


@kernel
def arc_km(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Great-circle distance of two points (haversine, Sinnott 1984)."""
    a = math.radians(lat_a)
    b = math.radians(lat_b)
    s = math.sin((b - a) / 2)
    t = math.sin(math.radians(lon_b - lon_a) / 2)
    h = s * s + math.cos(a) * math.cos(b) * t * t
    return 2 * RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


@kernel
def fill_buckets(
    lines: Lines,
    step_deg: float,
    columns: int,
    cursor: NDArray[np.int32],
    segment: NDArray[np.int32],
) -> None:
    """Walk every segment and enter it into each bucket near it.

    ``cursor``: next free entry per bucket, moved on by one per entry; (rows * columns + 1,).
    ``segment``: output; of length 0 to only move the cursors, which counts.
    """
    top = len(cursor) // columns - 1
    for p in range(len(lines.lat) - 1):
        if lines.line[p] != lines.line[p + 1]:
            continue
        d_lat = lines.lat[p + 1] - lines.lat[p]
        d_lon = wrap(lines.lon[p + 1] - lines.lon[p])
        parts = 1 + int(max(abs(d_lat), abs(d_lon)) / step_deg)
        # a part is no longer than a bucket, so its box touches four buckets at the most
        for k in range(parts):
            lat_a = float(lines.lat[p] + d_lat * k / parts)
            lat_b = float(lines.lat[p] + d_lat * (k + 1) / parts)
            lon_a = float(lines.lon[p] + d_lon * k / parts)
            lon_b = float(lines.lon[p] + d_lon * (k + 1) / parts)
            south = int((min(lat_a, lat_b) + 90.0) / step_deg)
            north = min(int((max(lat_a, lat_b) + 90.0) / step_deg), top)
            west = math.floor((min(lon_a, lon_b) + HALF_TURN) / step_deg)
            east = math.floor((max(lon_a, lon_b) + HALF_TURN) / step_deg)
            for row in range(min(south, top), north + 1):
                for column in range(west, east + 1):
                    bucket = row * columns + column % columns
                    if len(segment) > 0:
                        segment[cursor[bucket]] = p
                    cursor[bucket] += 1


@kernel
def foot_on(lines: Lines, p: int, lat: float, lon: float) -> tuple[float, float, float, float]:
    """Nearest point of the segment after point ``p``: km off, share of the segment, its lat, lon.

    Found in the plane that is true near the given point, measured as a great circle.
    """
    shrink = math.cos(math.radians(lat))
    x = wrap(lines.lon[p] - lon)
    y = lines.lat[p] - lat
    dx = wrap(lines.lon[p + 1] - lines.lon[p])
    dy = lines.lat[p + 1] - lines.lat[p]
    square = dx * dx * shrink * shrink + dy * dy
    share = 0.0
    if square > 0.0:
        share = -(x * dx * shrink * shrink + y * dy) / square
        share = min(1.0, max(0.0, share))
    foot_lat = lat + y + share * dy
    foot_lon = wrap(lon + x + share * dx)
    return arc_km(lat, lon, foot_lat, foot_lon), share, foot_lat, foot_lon


@kernel
def ring_km(grid: Grid, row: int, column: int, ring: int, lat: float, lon: float) -> float:
    """No point in ``ring`` or beyond is nearer than this to (lat, lon) in bucket (row, column)."""
    least = np.inf
    south = row - ring + 1
    north = row + ring
    if south > 0:
        least = min(least, RADIUS_KM * math.radians(lat - (south * grid.step_deg - 90.0)))
    if north < grid.rows:
        least = min(least, RADIUS_KM * math.radians(north * grid.step_deg - 90.0 - lat))
    if 2 * ring - 1 < grid.columns:
        west = lon - ((column - ring + 1) * grid.step_deg - HALF_TURN)
        east = (column + ring) * grid.step_deg - HALF_TURN - lon
        turn = math.radians(min(90.0, max(0.0, min(west, east))))
        # distance to a meridian: Napier's rule in the right-angled spherical triangle
        least = min(least, RADIUS_KM * math.asin(math.cos(math.radians(lat)) * math.sin(turn)))
    return max(least, 0.0)


@kernel
def nearest_on_lines(
    lines: Lines, grid: Grid, usable: NDArray[np.bool_], lat: float, lon: float, limit_km: float
) -> tuple[int, float, float, float, float]:
    """Nearest point of the nearest usable line within ``limit_km``, searched ring by ring.

    ``usable``: per line; (n_lines,). Returns segment (-1: none), share, lat, lon, km off.
    Of segments equally near the lowest wins, whatever the order of the buckets.
    """
    found = (-1, 0.0, lat, lon, np.inf)
    row = min(int((lat + 90.0) / grid.step_deg), grid.rows - 1)
    column = min(int((lon + HALF_TURN) / grid.step_deg), grid.columns - 1)
    left = grid.columns // 2
    right = (grid.columns - 1) // 2
    for ring in range(max(grid.rows, grid.columns)):
        if ring > 0:
            bound = ring_km(grid, row, column, ring, lat, lon)
            if bound > found[4] or bound > limit_km:
                break
        for r in range(max(0, row - ring), min(grid.rows - 1, row + ring) + 1):
            whole = abs(r - row) == ring
            step = 1 if whole or ring == 0 else 2 * ring
            for side in range(-ring, ring + 1, step):
                if side < -left or side > right:
                    continue
                bucket = r * grid.columns + (column + side) % grid.columns
                for k in range(grid.first[bucket], grid.first[bucket + 1]):
                    p = grid.segment[k]
                    if not usable[lines.line[p]]:
                        continue
                    km, share, foot_lat, foot_lon = foot_on(lines, p, lat, lon)
                    if km <= limit_km and (km < found[4] or (km == found[4] and p < found[0])):
                        found = (p, share, foot_lat, foot_lon, km)
    return found


@kernel
def share_along(lines: Lines, p: int, share: float) -> float:
    """Share of its line's length that lies before the point at ``share`` of segment ``p``."""
    line = lines.line[p]
    before = 0.0
    whole = 0.0
    for q in range(lines.first[line], lines.first[line + 1] - 1):
        km = arc_km(lines.lat[q], lines.lon[q], lines.lat[q + 1], lines.lon[q + 1])
        if q < p:
            before += km
        elif q == p:
            before += share * km
        whole += km
    return before / whole if whole > 0.0 else 0.0


@kernel
def nearest_of_each(
    lines: Lines,
    grid: Grid,
    usable: NDArray[np.bool_],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    limit_km: float,
    feet: Feet,
) -> None:
    """``nearest_on_lines`` for many points. ``lat``, ``lon``: (n,). ``feet``: output."""
    for k in range(len(lat)):
        p, share, foot_lat, foot_lon, km = nearest_on_lines(
            lines, grid, usable, lat[k], lon[k], limit_km
        )
        feet.segment[k] = p
        feet.share[k] = share_along(lines, p, share) if p >= 0 else 0.0
        feet.lat[k] = foot_lat
        feet.lon[k] = foot_lon
        feet.km[k] = km


def build_grid(lines: Lines, step_deg: float) -> Grid:
    """The grid of all segments of ``lines``; ``step_deg`` must divide 180."""
    rows = round(HALF_TURN / step_deg)
    columns = 2 * rows
    count = np.zeros(rows * columns + 1, np.int32)
    fill_buckets(lines, step_deg, columns, count, np.empty(0, np.int32))
    first = np.zeros(rows * columns + 1, np.int32)
    np.cumsum(count[:-1], out=first[1:])
    segment = np.empty(max(1, int(first[-1])), np.int32)
    fill_buckets(lines, step_deg, columns, first.copy(), segment)
    return Grid(step_deg, rows, columns, first, segment)
