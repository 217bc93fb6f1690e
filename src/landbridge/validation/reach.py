"""How far terminals and places lie from the links that they use."""

from __future__ import annotations

import numpy as np

from landbridge.network.network import Network
from landbridge.routing.avoid import Avoid
from landbridge.routing.ways import Ways, ways_for
from landbridge.schema.column import Floats
from landbridge.units import MODES, RAIL, ROAD, SEA
from landbridge.validation.lengths import references

WORST = 20
FAMILY = {RAIL: "rail", ROAD: "road", SEA: "water", 3: "water"}
PLACES = {"city": "road", "port": "water", "rail_terminal": "rail", "border": "road"}
"""Kinds of places, and what they are measured to."""


def reach(net: Network) -> list[str]:
    """Sides of terminals by mode, places by kind, and the farthest with the cause."""
    ways = ways_for(net, net.case.base_date, Avoid())
    sides = net.sides
    off = np.full(len(sides), np.inf)
    for mode, family in FAMILY.items():
        for gauge in np.unique(sides.gauge_mm[sides.mode == mode]).tolist():
            mine = np.flatnonzero((sides.mode == mode) & (sides.gauge_mm == gauge))
            off[mine] = _off(ways, family, sides.lat[mine], sides.lon[mine], int(gauge))
    lines = ["| what | to | number | median km | p90 km | worst km |", "|---|---|---|---|---|---|"]
    for mode in FAMILY:
        lines += _row("sides of terminals", MODES[mode], off[sides.mode == mode])
    kinds = net.places.kind.astype(object)
    for kind, family in PLACES.items():
        mine = np.flatnonzero(kinds == kind)
        km = _off(ways, family, net.places.lat[mine], net.places.lon[mine], 0)
        lines += _row(f"places: {kind}", family, km)
    causes = {(row["terminal"], row["mode"]): row["cause"] for row in references("far")}
    lines += ["", "The terminals farthest from their links:", ""]
    for row in np.argsort(-off, kind="stable")[:WORST].tolist():
        owner = int(sides.terminal[row])
        mode = MODES[sides.mode[row]]
        cause = causes.get((str(net.terminals.id[owner]), mode), "")
        lines.append(f"- {net.terminals.title[owner]}, {mode}: {off[row]:.0f} km"
                     + (f"; {cause}" if cause else ""))  # fmt: skip
    return lines


def _off(ways: Ways, family: str, lat: Floats, lon: Floats, gauge: int) -> Floats:
    return np.asarray(ways.attach(family, lat, lon, gauge).snapped_km, np.float64)


def _row(what: str, to: str, km: Floats) -> list[str]:
    if not len(km):
        return []
    p50, p90 = np.quantile(km, (0.5, 0.9))
    return [f"| {what} | {to} | {len(km):,} | {p50:.1f} | {p90:.1f} | {km.max():.0f} |"]
