"""Geometry on the sphere: great circles, and lines cut at the antimeridian for GeoJSON."""

from __future__ import annotations

import numpy as np

from landbridge.schema.column import Floats
from landbridge.units import EARTH_RADIUS_KM

Line = tuple[Floats, Floats]
"""Latitudes and longitudes of the points of a line, in degrees."""

HALF_TURN = 180.0
DIGITS = 5
"""Digits after the point in GeoJSON: about a metre (RFC 7946, section 11.2)."""


def great_circle_km(
    lat_a: Floats | float, lon_a: Floats | float, lat_b: Floats | float, lon_b: Floats | float
) -> Floats:
    """Great-circle distance by the haversine formula (Sinnott 1984); degrees in, km out."""
    a, b = np.radians(lat_a), np.radians(lat_b)
    turn = np.radians(np.asarray(lon_b) - np.asarray(lon_a))
    square = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(square, 0.0, 1.0)))


def cut_at_antimeridian(lat: Floats, lon: Floats) -> list[Line]:
    """The parts of a line on either side of the antimeridian (RFC 7946, section 3.1.9).

    A step of more than 180 degrees of longitude is taken to go the other way round. Each cut adds
    the point of the crossing to both parts, at +180 on one and -180 on the other.
    """
    step = np.diff(lon)
    cuts = np.flatnonzero(np.abs(step) > HALF_TURN)
    parts: list[Line] = []
    begin_lat, begin_lon, begin = np.empty(0), np.empty(0), 0
    for cut in cuts.tolist():
        side = HALF_TURN if lon[cut] > 0 else -HALF_TURN
        ahead = lon[cut + 1] + 2 * side  # the next point, unrolled past the antimeridian
        # from -180 to +180 it does not move at all
        share = (side - lon[cut]) / (ahead - lon[cut]) if ahead != lon[cut] else 0.0
        crossing = np.array([lat[cut] + share * (lat[cut + 1] - lat[cut])])
        parts.append(
            (
                np.concatenate([begin_lat, lat[begin : cut + 1], crossing]),
                np.concatenate([begin_lon, lon[begin : cut + 1], [side]]),
            )
        )
        begin_lat, begin_lon, begin = crossing, np.array([-side]), cut + 1
    parts.append(
        (np.concatenate([begin_lat, lat[begin:]]), np.concatenate([begin_lon, lon[begin:]]))
    )
    return [part for part in parts if not _is_point(part)] or parts[:1]


def _is_point(part: Line) -> bool:
    """A part without extent: the line only touches the antimeridian there."""
    lat, lon = part
    return bool(np.all(lat == lat[0]) and np.all(lon == lon[0]))


def coordinates(lines: list[Line]) -> list[list[list[float]]]:
    """The coordinates of a GeoJSON MultiLineString: cut, (lon, lat), rounded to about a metre."""
    return [
        np.round(np.column_stack([lon, lat]), DIGITS).tolist()
        for line in lines
        if len(line[0])
        for lat, lon in cut_at_antimeridian(*line)
    ]
