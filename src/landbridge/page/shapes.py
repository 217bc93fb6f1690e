"""Shapes for pictures: great circles where points lie far apart, as whole steps of a degree."""

from __future__ import annotations

from typing import TypedDict

import numpy as np

from landbridge.routing.illustration import LegShape
from landbridge.schema.column import Floats

STEPS = 1000
"""Steps of a coordinate in one degree: about 100 m."""
FARTHEST_DEG = 2.0
"""Longer steps get points of the great circle between, so that no course is drawn straight."""
TURN, HALF = 360.0, 180.0


class Coded(TypedDict):
    """A shape as a page reads it."""

    leg: int
    planned: bool
    line: list[int]
    """``[x, y, dx, dy, ...]``: longitude and latitude in thousandths of a degree, then steps."""


def coded(shape: LegShape) -> Coded:
    """The shape for a page."""
    lat, lon = along_great_circles(shape.lat, shape.lon)
    points = np.rint(np.column_stack([unrolled(lon), lat]) * STEPS).astype(np.int64)
    steps = np.vstack([points[:1], np.diff(points, axis=0)])
    steps = steps[(np.arange(len(steps)) == 0) | (steps != 0).any(1)]
    return {"leg": shape.leg, "planned": shape.planned, "line": steps.ravel().tolist()}


def unrolled(lon: Floats) -> Floats:
    """Longitudes without a jump at the antimeridian; they may lie beyond 180 degrees."""
    return np.unwrap(lon, period=TURN)


def along_great_circles(lat: Floats, lon: Floats) -> tuple[Floats, Floats]:
    """The line with points put between those that lie farther apart than ``FARTHEST_DEG``."""
    a, b = np.radians(lat), np.radians(lon)
    point = np.column_stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)])
    angle = np.arccos(np.clip((point[:-1] * point[1:]).sum(1), -1.0, 1.0))
    parts = np.maximum(1, np.ceil(np.degrees(angle) / FARTHEST_DEG)).astype(np.int64)
    if len(parts) == 0 or parts.max() == 1:
        return lat, lon
    lats, lons = [lat[:1]], [lon[:1]]
    for k in range(len(parts)):
        share: Floats = np.arange(1, int(parts[k]), dtype=np.float64) / int(parts[k])
        sine = np.sin(angle[k])
        if len(share) and sine > 0:
            between = (
                np.sin((1 - share) * angle[k])[:, None] * point[k]
                + np.sin(share * angle[k])[:, None] * point[k + 1]
            ) / sine
            lats.append(np.degrees(np.arcsin(np.clip(between[:, 2], -1.0, 1.0))))
            lons.append(np.degrees(np.arctan2(between[:, 1], between[:, 0])))
        lats.append(lat[k + 1 : k + 2])
        lons.append(lon[k + 1 : k + 2])
    return np.concatenate(lats), np.concatenate(lons)
