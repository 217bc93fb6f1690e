"""A map for pictures: Miller's cylindrical projection and the outlines of countries."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np

from landbridge.page.document import asset
from landbridge.page.drawing import Box
from landbridge.page.shapes import TURN, unrolled
from landbridge.schema.column import Floats

STEPS = 100.0
"""Steps of a coordinate of an outline in one degree."""
LEAST_SPAN = 0.5
"""Degrees: a shorter way is not drawn larger than that."""


def miller(lat: Floats) -> Floats:
    """The ordinate of latitudes in degrees, southward positive (Miller 1942)."""
    return -1.25 * np.degrees(np.arcsinh(np.tan(0.8 * np.radians(lat))))


@dataclass(frozen=True, slots=True)
class View:
    """What part of the map lies where on the sheet."""

    frame: Box
    west: float
    north: float
    """Longitude in degrees and ordinate at the upper left corner."""
    scale: float
    """px per degree of longitude."""

    def place(self, lon: Floats, lat: Floats) -> Floats:
        """Points on the sheet in px; (n, 2)."""
        left, top, _, _ = self.frame
        return np.column_stack(
            [left + (lon - self.west) * self.scale, top + (miller(lat) - self.north) * self.scale]
        )

    def turns(self, lon: Floats) -> list[float]:
        """By which whole turns the line has to be moved to be seen."""
        east = self.west + self.frame[2] / self.scale
        turns = (-2 * TURN, -TURN, 0.0, TURN, 2 * TURN)
        return [t for t in turns if lon.max() + t >= self.west and lon.min() + t <= east]


def fitted(frame: Box, lon: Floats, lat: Floats, margin: float = 46.0) -> View:
    """The view that holds all points, with a margin in px."""
    _, _, wide, high = frame
    y = miller(lat)
    across = max(float(np.ptp(lon)), LEAST_SPAN)
    down = max(float(np.ptp(y)), LEAST_SPAN)
    scale = min((wide - 2 * margin) / across, (high - 2 * margin) / down)
    west = float(lon.max() + lon.min()) / 2 - wide / scale / 2
    north = float(y.max() + y.min()) / 2 - high / scale / 2
    return View(frame, west, north, scale)


@cache
def country_names() -> dict[str, tuple[str, float, float]]:
    """Name, longitude and latitude of its label, by ISO code."""
    land = json.loads(asset("land.json"))
    return {code: (one["name"], *one["at"]) for code, one in land["countries"].items()}


@cache
def outlines() -> dict[str, list[tuple[Floats, Floats]]]:
    """Rings of countries as longitudes without jumps and latitudes, by ISO code."""
    land = json.loads(asset("land.json"))
    arcs = [np.cumsum(np.reshape(arc, (-1, 2)), axis=0) / STEPS for arc in land["arcs"]]
    found: dict[str, list[tuple[Floats, Floats]]] = {}
    for code, one in land["countries"].items():
        rings = [
            np.vstack([arcs[k] if k >= 0 else arcs[~k][::-1] for k in cast("list[int]", ring)])
            for ring in one["rings"]
        ]
        found[code] = [(unrolled(ring[:, 0]), ring[:, 1]) for ring in rings]
    return found
