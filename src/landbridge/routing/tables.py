"""Ways between all terminals, found once for a date and kept: the ground of every chain."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo
from landbridge.models.emission import FactorBook
from landbridge.models.ratebook import RateBook, Wanted
from landbridge.network.network import Network
from landbridge.routing.attach import Stops
from landbridge.routing.borders import CrossingRows
from landbridge.routing.kept import Kept
from landbridge.routing.prices import Prices
from landbridge.routing.ways import Legs, Pace, Ways
from landbridge.routing.ways_open import usable
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY, MODES, RAIL, ROAD, SEA, day_number

MOST_TERRAINS = 4
"""Terrains that are kept with a network: those of a few dates."""
TRAIN, LORRY = "container_train", "lorry"
"""Speed classes that ways by rail and road are found for."""


@dataclass(frozen=True, eq=False)
class WayTable:
    """Ways by one mode from ``start[i]`` to ``to[j]``: rows of sides, -1 for a door."""

    mode: str
    start: NDArray[np.int64]
    to: NDArray[np.int64]
    legs: Legs
    crossings: NDArray[np.int64]
    """Row of ``crossings`` per border and direction; (n_borders, 2)."""
    closed: frozenset[str] = frozenset()
    """Passages that these ways keep off."""

    @property
    def shape(self) -> tuple[int, int]:
        """Numbers of starts and ends."""
        return len(self.start), len(self.to)

    @cached_property
    def crossing(self) -> NDArray[np.int64]:
        """Row of ``crossings`` of each border of the tally; below 0: none."""
        tally = self.legs.tally
        if not len(tally.border):
            return tally.border
        return self.crossings[tally.border, tally.direction]

    def total(self, pair: NDArray[np.int64], value: Floats | None = None) -> Floats:
        """Per pair (n_from, n_to): the sum of the values of rows that belong to it, or a count."""
        size = self.shape[0] * self.shape[1]
        sums = np.bincount(pair, value, minlength=size)
        return sums.astype(np.float64).reshape(self.shape)  # without values numpy counts

    def any_of(self, pair: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Per pair (n_from, n_to): whether any row belongs to it."""
        found = np.zeros(self.shape[0] * self.shape[1], bool)
        found[pair] = True
        return found.reshape(self.shape)


@dataclass(eq=False)
class Terrain:
    """Everything about a network on a day that does not depend on the cargo or the doors."""

    net: Network
    ways: Ways
    book: RateBook
    factors: FactorBook
    crossings: CrossingRows
    open_terminal: NDArray[np.bool_]
    stops: dict[tuple[str, int], tuple[NDArray[np.int64], Stops]] = field(
        default_factory=dict[tuple[str, int], tuple[NDArray[np.int64], Stops]]
    )
    snapped: Floats = field(default_factory=lambda: np.zeros(0))
    """Km off the network per side; inf where it is not connected."""
    made: dict[tuple[str, int, frozenset[str]], WayTable] = field(
        default_factory=dict[tuple[str, int, frozenset[str]], WayTable]
    )
    paces: dict[str, Floats] = field(default_factory=dict[str, Floats])

    def prices(self, cargo: Cargo) -> Prices:
        """What ways cost that cargo."""
        return Prices(self.net, self.book, self.crossings, cargo)

    def pace(self, mode: int, item: str) -> Floats:
        """Expected hours per km, (n_modes, n_countries + 1); inf for other modes."""
        if item not in self.paces:
            found = np.full((len(MODES), len(self.net.countries) + 1), np.inf)
            codes = [*self.net.countries.code.tolist(), "*"]
            for row, code in enumerate(codes):
                rate = self.book.get(Wanted("speed", MODES[mode], item, code))
                found[mode, row] = HOURS_PER_DAY * rate.spread.inverse().mean
            self.paces[item] = found
        return self.paces[item]

    def border_hours(self, family: str) -> tuple[Floats, NDArray[np.int64]]:
        """Expected hours and row of ``crossings`` per border of a family, a to b and b to a."""
        borders = self.ways.borders(family)
        hours = np.full((len(borders), 2), np.inf)
        rows = np.full((len(borders), 2), -1)
        a, b = borders.country_a.astype(np.int64), borders.country_b.astype(np.int64)
        for way, (start, to) in enumerate(((a, b), (b, a))):
            rows[:, way] = self.crossings.find(family, start, to, borders.lat, borders.lon)
            for row in np.unique(rows[:, way]).tolist():
                if row >= 0:
                    hours[rows[:, way] == row, way] = self.crossings.hours(row).mean
        return hours, rows


def terrain_of(net: Network, ways: Ways) -> Terrain:
    """The terrain of these ways, kept with them."""
    kept: Kept[Terrain] = vars(net).setdefault("_terrains", Kept[Terrain](MOST_TERRAINS))
    return kept.of(ways, lambda: _terrain(net, ways))


def _terrain(net: Network, ways: Ways) -> Terrain:
    day = day_number(ways.on)
    open_terminal = usable(net.terminals, day)
    avoided = np.isin(net.terminals.id.astype(object), list(ways.avoid.terminals))
    codes = net.terminals.country.astype(object)
    avoided |= np.isin(codes, list(ways.avoid.countries))
    return Terrain(
        net,
        ways,
        RateBook(net, day),
        FactorBook(net, day),
        CrossingRows.on(net, day),
        open_terminal & ~avoided,
    )


def sides_stops(
    terrain: Terrain, family: str, gauge: int, most_snap_km: float
) -> tuple[NDArray[np.int64], Stops]:
    """Sides of open terminals of a family (and gauge) that are connected, put onto the network."""
    key = (family, gauge)
    if key not in terrain.stops:
        sides = terrain.net.sides
        modes = {"rail": (RAIL,), "road": (ROAD,), "water": (SEA, 3)}[family]
        mine = np.isin(sides.mode, modes) & terrain.open_terminal[sides.terminal]
        mine &= sides.gauge_mm == gauge if family == "rail" else True
        rows = np.flatnonzero(mine)
        stops = terrain.ways.attach(family, sides.lat[rows], sides.lon[rows], gauge)
        near = np.flatnonzero(stops.snapped_km <= most_snap_km)
        terrain.stops[key] = rows[near], stops.chosen(near)
    return terrain.stops[key]


def land_pace(terrain: Terrain, family: str) -> tuple[Pace, NDArray[np.int64]]:
    """Pace by rail or road, and the crossings' row per border and direction."""
    item, mode = (TRAIN, RAIL) if family == "rail" else (LORRY, ROAD)
    hours, rows = terrain.border_hours(family)
    return Pace(terrain.pace(mode, item), hours), rows


def shortest_pace(terrain: Terrain, pace: Pace) -> Pace:
    """As ``pace``, but by km alone as a lorry drives them: what is shut to it stays shut.

    An hour stands for a km of the usual way; borders take none.
    """
    usual = np.full(pace.h_per_km.shape, np.inf)
    codes = [*terrain.net.countries.code.tolist(), "*"]
    for row, code in enumerate(codes):
        usual[ROAD, row] = terrain.book.get(Wanted("detour", "road", "", code)).spread.typical
    border = None if pace.border_h is None else np.where(np.isfinite(pace.border_h), 0.0, np.inf)
    return Pace(np.where(np.isfinite(pace.h_per_km), usual, np.inf), border)


def land_table(
    terrain: Terrain, family: str, gauge: int, most_snap_km: float, longest_km: float = np.inf
) -> WayTable:
    """Between all terminals by rail of one gauge, or by road; ways not longer than so much."""
    key = (f"{family} {longest_km}", gauge, frozenset[str]())
    if key not in terrain.made:
        rows, stops = sides_stops(terrain, family, gauge, most_snap_km)
        pace, crossing = land_pace(terrain, family)
        legs = terrain.ways.legs(stops, stops, pace, gauge, longest_km)
        terrain.made[key] = WayTable(family, rows, rows, legs, crossing)
    return terrain.made[key]


def water_table(
    terrain: Terrain,
    modes: frozenset[str],
    closed: frozenset[str],
    most_snap_km: float,
    ports: NDArray[np.int64],
) -> WayTable:
    """Between these sides by sea (and river), the shortest ways that keep off ``closed``."""
    key = (f"{'+'.join(sorted(modes))} {ports.tobytes().hex()}", 0, closed)
    if key not in terrain.made:
        rows, stops = sides_stops(terrain, "water", 0, most_snap_km)
        mine = np.flatnonzero(np.isin(rows, ports))
        rows, stops = rows[mine], stops.chosen(mine)
        pace = terrain.ways.even_pace(closed, modes)
        legs = terrain.ways.legs(stops, stops, pace)
        none = np.zeros((0, 2), np.int64)
        terrain.made[key] = WayTable("sea", rows, rows, legs, none, closed)
    return terrain.made[key]
