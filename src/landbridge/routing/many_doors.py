"""Doors of many places at once: how lorries lead from and to them, and what matters near them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.one_to_many import Round, Rounds
from landbridge.models.cargo import Cargo
from landbridge.places.place import Place
from landbridge.routing.attach import Stops
from landbridge.routing.chain import DRIVE, ArcList, Costed, Part, costed
from landbridge.routing.chain_build import lorry_of, nearest, part_of
from landbridge.routing.doors import SHORTER_KM
from landbridge.routing.geo import great_circle_km
from landbridge.routing.kept import Kept
from landbridge.routing.query import RouteParams
from landbridge.routing.tables import (
    LORRY,
    Terrain,
    WayTable,
    land_pace,
    shortest_pace,
    sides_stops,
)
from landbridge.schema.column import Flags, Floats

MOST_AT_ONCE = 16_000_000
"""Pairs of doors for which the ways inside cells are held (128 MB)."""
SAME_KM = 0.5
"""Doors nearer to each other than this are one place."""


@dataclass(frozen=True, eq=False)
class Doors:
    """Places as ends of chains; every array has a row per place."""

    places: tuple[Place, ...]
    stops: Stops
    """On the roads."""
    country: tuple[str, ...]
    refused: tuple[str, ...]
    """Why a place cannot be served, or an empty text."""
    off: Floats
    """Km from each terminal; (n_places, n_terminals)."""
    near: NDArray[np.bool_]
    """Whether a terminal is among the nearest of its kind; as ``off``."""

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def at(self) -> tuple[Floats, Floats]:
        """Latitudes and longitudes."""
        lat = np.array([one.lat for one in self.places])
        return lat, np.array([one.lon for one in self.places])

    def round(self, i: int) -> Round:
        """What the kernels must know of one."""
        return Round(self.off[i], self.near[i])

    def rounds(self, other: Doors, i: int) -> Rounds:
        """What the kernels must know of all of them beside the place ``i`` of others."""
        return Rounds(self.off, self.near, self.direct(other.places[i]))

    def direct(self, place: Place) -> Floats:
        """Great circles to a place; those of the last one are kept, for a row asks often."""
        kept: Kept[Floats] = vars(self).setdefault("_direct", Kept[Floats](1))
        return kept.of(place, lambda: great_circle_km(place.lat, place.lon, *self.at))


def doors_of(
    terrain: Terrain, places: tuple[Place, ...], params: RouteParams, *, by_road: bool
) -> Doors:
    """The doors of places; those farther from any road than lorries go are refused."""
    net, avoid = terrain.net, terrain.ways.avoid
    lat, lon = np.array([one.lat for one in places]), np.array([one.lon for one in places])
    stops = terrain.ways.attach("road", lat, lon)
    t = net.terminals
    off = great_circle_km(lat[:, None], lon[:, None], t.lat, t.lon)
    near = np.array([nearest(net, row) for row in off]).reshape(off.shape)
    countries: list[str] = []
    refused: list[str] = []
    for k, place in enumerate(places):
        row, km = int(stops.country[k]), float(stops.snapped_km[k])
        country = place.country or (str(net.countries.code[row]) if row >= 0 else "")
        far = by_road and km > params.most_snap_km
        why = f"{place.label} lies more than {params.most_snap_km:.0f} km from any usable road"
        shut = f"{place.label} lies in {country}, which you avoid"
        countries.append(country)
        refused.append(why if far else shut if country in avoid.countries else "")
    return Doors(places, stops, tuple(countries), tuple(refused), off, near)


@dataclass(frozen=True, eq=False)
class Lorries:
    """Lorry legs at doors, by the quickest ways and by the shortest, as they are searched."""

    node: NDArray[np.int64]
    """Node of the graph at which each column (of starts) or row (of ends) joins it."""
    shape: tuple[int, int]
    """Starts and ends."""
    part: Part
    """Those that lead anywhere, as arcs."""

    def cost(self, criterion: int, forbidden: Flags) -> Floats:
        """Hours, USD or kg CO2e; inf where there is no way; (n_from, n_to).

        ``forbidden``: which arcs of ``part`` must not be used.
        """
        found = np.full(self.shape, np.inf)
        free = ~forbidden
        arcs = self.part.arcs
        np.minimum.at(found.ravel(), arcs.pair[free], arcs.cost[free, criterion])
        return found

    def least(self, pair: tuple[int, int], criterion: int, forbidden: Flags) -> int:
        """The arc of a pair that costs least."""
        arcs = self.part.arcs
        number = pair[0] * self.shape[1] + pair[1]
        rows = np.flatnonzero((arcs.pair == number) & ~forbidden)
        return int(rows[np.argmin(arcs.cost[rows, criterion])])


class Haulier:
    """Finds the lorry legs of doors of a question."""

    def __init__(self, terrain: Terrain, cargo: Cargo, params: RouteParams) -> None:
        self._terrain, self._cargo = terrain, cargo
        self._row = lorry_of(terrain.net)
        services = terrain.net.services
        self._longest = float(services.max_km[self._row]) if self._row >= 0 else np.inf
        self._sides, self._stops = sides_stops(terrain, "road", 0, params.terminal_snap_km)
        count = len(terrain.net.sides)
        self._nodes = 2 * count, 2 * count + 1

    def survey(self, origins: Stops, destinations: Stops) -> None:
        """Look at the ground round all doors at once, before legs are asked for by parts."""
        ways = self._terrain.ways
        for doors in (origins, destinations):
            ways.survey(self._stops, doors)
        if len(origins) * len(destinations) <= MOST_AT_ONCE:
            ways.survey(origins, destinations)

    def leave(self, doors: Stops) -> Lorries:
        """From doors to all terminals."""
        none = np.full(len(doors), -1)
        return self._legs((doors, none), (self._stops, self._sides), 2 * self._sides)

    def come(self, doors: Stops) -> Lorries:
        """From all terminals to doors."""
        none = np.full(len(doors), -1)
        return self._legs((self._stops, self._sides), (doors, none), 2 * self._sides + 1)

    def straight(self, origins: Stops, destinations: Stops) -> Lorries:
        """From doors to doors."""
        ends = np.full(len(origins), -1), np.full(len(destinations), -1)
        return self._legs((origins, ends[0]), (destinations, ends[1]), np.empty(0, np.int64))

    def _legs(
        self,
        start: tuple[Stops, NDArray[np.int64]],
        to: tuple[Stops, NDArray[np.int64]],
        node: NDArray[np.int64],
    ) -> Lorries:
        terrain, found = self._terrain, ArcList()
        pace, crossing = land_pace(terrain, "road")
        paces = pace, shortest_pace(terrain, pace)
        quick, short = (terrain.ways.legs(start[0], to[0], one, kept=False) for one in paces)
        tables: list[Costed] = []
        for legs, meant in ((quick, quick.km < np.inf), (short, short.km < quick.km - SHORTER_KM)):
            if not meant.any():
                continue
            table = WayTable("road", start[1], to[1], legs, crossing)
            one = costed(terrain, table, LORRY, self._cargo)
            i, j = np.nonzero(meant & (legs.km <= self._longest))
            found.add_ways(
                len(tables), one, (i.astype(np.int64), j.astype(np.int64)),
                kind=DRIVE, row=self._row, wait_h=0.0, nodes=self._nodes,
            )  # fmt: skip
            tables.append(one)
        shape = len(start[0]), len(to[0])
        return Lorries(node, shape, part_of(terrain, self._cargo, tables, found))


def chunks(count: int, size: int) -> Iterator[NDArray[np.int32]]:
    """The numbers below ``count``, so many at a time."""
    for first in range(0, count, size):
        yield np.arange(first, min(first + size, count), dtype=np.int32)
