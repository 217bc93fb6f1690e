"""What of a case can be loaded and yet never be used: sides too far from their network."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge.network.network import Network
from landbridge.routing.avoid import Avoid
from landbridge.routing.query import RouteParams
from landbridge.routing.ways import ways_for
from landbridge.units import MODES


@dataclass(frozen=True, slots=True)
class Stray:
    """A side that no way leads to."""

    terminal: str
    mode: str
    gauge_mm: int
    away_km: float
    """Great circle to the nearest link that it could use; inf where none was found at all."""
    swapped: bool
    """Whether it would lie at its network with latitude and longitude exchanged."""


def stray_sides(net: Network, terminals: set[str]) -> list[Stray]:
    """The sides of some terminals that lie too far from their network to be connected."""
    most = RouteParams().terminal_snap_km
    ways = ways_for(net, net.case.base_date, Avoid())
    t, s = net.terminals, net.sides
    found: list[Stray] = []
    for row in range(len(s)):
        name = str(t.id[s.terminal[row]])
        if name not in terminals:
            continue
        mode, gauge = MODES[int(s.mode[row])], int(s.gauge_mm[row])
        lat, lon = float(s.lat[row]), float(s.lon[row])
        off = float(ways.attach(mode, lat, lon, gauge).snapped_km[0])
        if off <= most:
            continue
        turned = np.inf
        if abs(lon) <= 90:  # noqa: PLR2004 - a latitude
            turned = float(ways.attach(mode, lon, lat, gauge).snapped_km[0])
        found.append(Stray(name, mode, gauge, off, bool(turned <= most)))
    return found
