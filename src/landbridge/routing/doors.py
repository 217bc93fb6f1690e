"""Lorries from and to the doors: tables kept with the terrain, for a door is asked for often."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.attach import Stops
from landbridge.routing.tables import (
    Terrain,
    WayTable,
    land_pace,
    shortest_pace,
    sides_stops,
)

MOST_KEPT = 64
"""Doors and pairs of doors whose tables are kept."""
DOOR = np.array([-1])
SHORTER_KM = 1.0
"""The shortest way is a second one where it saves more than this against the quickest."""


@dataclass(frozen=True, slots=True)
class Door:
    """Origin or destination: where the cargo starts or ends."""

    lat: float
    lon: float


def door_snaps(terrain: Terrain, doors: tuple[Door, Door]) -> list[float]:
    """Km from each door to the nearest road."""
    return [float(_stop(terrain, door).snapped_km[0]) for door in doors]


def door_tables(
    terrain: Terrain, doors: tuple[Door, Door], terminal_snap_km: float
) -> list[tuple[WayTable, NDArray[np.bool_]]]:
    """By road from the first door to all terminals, from all to the second, from door to door.

    Each first by the quickest ways, then by the shortest, which may cost less or keep out of a
    country that a branch has no business in. With each table the pairs (n_from, n_to) it is for.
    """
    rows, stops = sides_stops(terrain, "road", 0, terminal_snap_km)
    first, last = (_stop(terrain, door) for door in doors)
    asked = (
        (("from", doors[0]), first, stops, DOOR, rows),
        (("to", doors[1]), stops, last, rows, DOOR),
        (("direct", doors), first, last, DOOR, DOOR),
    )
    found: list[tuple[WayTable, NDArray[np.bool_]]] = []
    kept: dict[object, tuple[WayTable, WayTable]] = vars(terrain).setdefault("_door_tables", {})
    for key, start, to, a, b in asked:
        if key not in kept:
            if len(kept) >= MOST_KEPT:
                kept.clear()
            pace, crossing = land_pace(terrain, "road")
            paces = pace, shortest_pace(terrain, pace)
            quick, short = (terrain.ways.legs(start, to, one) for one in paces)
            kept[key] = (
                WayTable("road", a, b, quick, crossing),
                WayTable("road", a, b, short, crossing),
            )
        quick_table, short_table = kept[key]
        found.append((quick_table, np.ones(quick_table.shape, bool)))
        saved = short_table.legs.km < quick_table.legs.km - SHORTER_KM
        if saved.any():
            found.append((short_table, saved))
    return found


def joined_by_road(terrain: Terrain, doors: tuple[Door, Door]) -> bool:
    """Whether any way by road leads from the first door to the second."""
    first, last = (_stop(terrain, door) for door in doors)
    pace = shortest_pace(terrain, land_pace(terrain, "road")[0])
    return bool(np.isfinite(terrain.ways.legs(first, last, pace).km[0, 0]))


def _stop(terrain: Terrain, door: Door) -> Stops:
    kept: dict[Door, Stops] = vars(terrain).setdefault("_door_stops", {})
    if door not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[door] = terrain.ways.attach("road", door.lat, door.lon)
    return kept[door]
