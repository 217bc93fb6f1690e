"""The time zone at a point: that of the nearest place that knows its own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.network.network import Network
from landbridge.schema.column import Floats


@dataclass(frozen=True, eq=False)
class Zones:
    """Places with a zone as points on the unit sphere; (n, 3)."""

    points: Floats
    rows: NDArray[np.int64]
    net: Network
    known: dict[tuple[float, float], str]

    def at(self, lat: float, lon: float) -> str:
        """IANA name; empty (UTC) where no place knows its zone."""
        key = (round(lat, 3), round(lon, 3))
        if key not in self.known:
            self.known[key] = self._nearest(*key)
        return self.known[key]

    def _nearest(self, lat: float, lon: float) -> str:
        if not len(self.rows):
            return ""
        near = int(np.argmax(self.points @ _sphere(np.array([lat]), np.array([lon]))[0]))
        return str(self.net.places.time_zone[self.rows[near]])


def zones_of(net: Network) -> Zones:
    """The zones of a network, kept with it."""
    kept: dict[str, object] = vars(net)
    found = kept.get("_zones")
    if not isinstance(found, Zones):
        rows = np.flatnonzero(net.places.time_zone.astype(object) != "")
        points = _sphere(net.places.lat[rows], net.places.lon[rows])
        found = Zones(points, rows, net, {})
        kept["_zones"] = found
    return found


def _sphere(lat: Floats, lon: Floats) -> Floats:
    phi, lam = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(phi) * np.cos(lam), np.cos(phi) * np.sin(lam), np.sin(phi)])
