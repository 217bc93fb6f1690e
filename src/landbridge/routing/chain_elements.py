"""Transport chain elements of an itinerary after ISO 14083:2023: moves and hubs with their CO2e."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from landbridge.models.cargo import Cargo
from landbridge.models.emission import Operation
from landbridge.routing.avoid import Avoid
from landbridge.routing.chain import Costed
from landbridge.routing.geo import great_circle_km
from landbridge.routing.itinerary import Itinerary, Leg, Spot
from landbridge.routing.tables import Terrain, land_pace, terrain_of
from landbridge.routing.ways import ways_for
from landbridge.routing.ways_open import passages_out_of_season

METHOD = "calculated after ISO 14083:2023, not certified"
DISTANCE_BASIS = "sfd"
"""Transport activity goes by the shortest feasible distance."""
EXCLUDED = (
    "black carbon",
    "refrigerants",
    "queues and idling at borders",
    "storage",
    "vehicles and infrastructure",
    "return of the empty box",
)
"""What the figures leave out."""
BY_WATER = ("sea", "inland_waterway")
GRAMS_PER_KG = 1000.0


@dataclass(frozen=True, slots=True)
class Element:
    """A move of one mode in one country, or a hub."""

    id: str
    kind: str
    """``transport`` or ``hub``."""
    leg: int
    """Which leg of the itinerary."""
    mode: str | None
    country: str
    start: Spot
    to: Spot
    actual_km: float
    """What fuel is burnt on; 0 for a hub."""
    sfd_km: float
    gcd_km: float
    activity: float
    """In ``unit``, by the shortest feasible distance."""
    unit: str
    """``tkm`` or ``TEUkm``; of a hub ``tonnes`` or ``TEU``."""
    activity_tkm: float
    """Mass times shortest feasible distance; 0 for a hub."""
    wtw_kg: float
    ttw_kg: float
    works: Operation


@dataclass(frozen=True, eq=False)
class Emissions:
    """The elements of an itinerary in order, and what they come to."""

    elements: tuple[Element, ...]

    @cached_property
    def wtw_kg(self) -> float:
        """Well to wheel, hubs included."""
        return sum(one.wtw_kg for one in self.elements)

    @cached_property
    def ttw_kg(self) -> float:
        """Tank to wheel."""
        return sum(one.ttw_kg for one in self.elements)

    @cached_property
    def activity_tkm(self) -> float:
        """Transport activity of all moves."""
        return sum(one.activity_tkm for one in self.elements)

    @property
    def intensity_g_tkm(self) -> float:
        """G CO2e well to wheel per t-km; 0 where nothing is moved."""
        return GRAMS_PER_KG * self.wtw_kg / self.activity_tkm if self.activity_tkm else 0.0

    @property
    def default_share(self) -> float:
        """Share of the CO2e (WTW) of elements that rest on default data."""
        default = sum(one.wtw_kg for one in self.elements if one.works.quality == "default")
        return default / self.wtw_kg if self.wtw_kg else 0.0


def emissions(terrain: Terrain, itinerary: Itinerary, cargo: Cargo) -> Emissions:
    """The elements of an itinerary; ``terrain``: the one that it was found on."""
    found: list[Element] = []
    over = [_over_shortest(terrain, itinerary, ride) for ride in range(len(itinerary.rides))]
    for k, leg in enumerate(itinerary.legs):
        if leg.works is None:
            continue
        name = f"tce-{len(found) + 1}"
        if leg.kind == "move":
            found.append(_move(name, k, leg, over[leg.ride], cargo))
        else:
            found.append(_hub(name, k, leg, _outbound(itinerary, k), cargo))
    return Emissions(tuple(found))


def _move(name: str, k: int, leg: Leg, over: float, cargo: Cargo) -> Element:
    works = leg.works
    if works is None:
        raise ValueError(f"leg {k} has no operation")
    actual = leg.km * works.distance
    shortest = leg.km / over
    gcd = float(great_circle_km(leg.start.lat, leg.start.lon, leg.to.lat, leg.to.lon))
    return Element(
        name, "transport", k, leg.mode, works.country, leg.start, leg.to, actual, shortest, gcd,
        shortest * works.units(cargo), f"{works.per}km", shortest * cargo.tonnes,
        _sum(leg, "wtw"), _sum(leg, "ttw"), works,
    )  # fmt: skip


def _hub(name: str, k: int, leg: Leg, outbound: str | None, cargo: Cargo) -> Element:
    works = leg.works
    if works is None:
        raise ValueError(f"leg {k} has no operation")
    unit, activity = ("TEU", cargo.teu) if outbound in BY_WATER else ("tonnes", cargo.tonnes)
    return Element(
        name, "hub", k, None, works.country, leg.start, leg.to, 0.0, 0.0, 0.0, activity, unit, 0.0,
        _sum(leg, "wtw"), _sum(leg, "ttw"), works,
    )  # fmt: skip


def _sum(leg: Leg, scope: str) -> float:
    return sum(one.mean for one in (leg.wtw if scope == "wtw" else leg.ttw))


def _outbound(itinerary: Itinerary, k: int) -> str | None:
    """The mode that leaves a hub."""
    return next((leg.mode for leg in itinerary.legs[k:] if leg.kind == "move"), None)


def _over_shortest(terrain: Terrain, itinerary: Itinerary, ride: int) -> float:
    """Km that the legs of a ride tell over the shortest feasible ones; 1 or more."""
    one, i, j = itinerary.rides[ride]
    legs = [leg for leg in itinerary.legs if leg.ride == ride and leg.kind == "move"]
    km = sum(leg.km for leg in legs)
    way = float(one.table.legs.km[i, j])
    shortest = min(way, _shortest(terrain, one, (i, j), legs[0].service if legs else None))
    return max(1.0, km / shortest) if shortest > 0 else 1.0


def _shortest(terrain: Terrain, one: Costed, pair: tuple[int, int], service: str | None) -> float:
    """Km of the network's way between the ends of a ride with nothing avoided and no detour."""
    table, ways = one.table, terrain.ways
    closed = frozenset(name for name in table.closed if not _detour(terrain, name, service))
    if not ways.avoid and closed == table.closed:
        return float(table.legs.km[pair])
    free = terrain_of(terrain.net, ways_for(terrain.net, ways.on, Avoid()))
    start = table.legs.start.take(np.array([pair[0]], np.int32))
    to = table.legs.to.take(np.array([pair[1]], np.int32))
    if table.mode == "sea":
        net = terrain.net
        names: list[str] = net.services.id.tolist()
        mode = str(net.services.mode[names.index(service)]) if service in names else "sea"
        modes = frozenset(BY_WATER if mode == "inland_waterway" else BY_WATER[:1])
        legs = free.ways.legs(start, to, free.ways.even_pace(closed, modes))
    else:
        pace, _ = land_pace(free, table.mode)
        legs = free.ways.legs(start, to, pace, start.gauge_mm)
    return float(legs.km[0, 0])


def _detour(terrain: Terrain, passage: str, service: str | None) -> bool:
    """Whether a passage is only kept off by choice: it has a detour, and the vessel could pass."""
    net = terrain.net
    row = net.passages.id.tolist().index(passage)
    if not net.passages.has_detour[row]:
        return False
    if passage in passages_out_of_season(net, terrain.ways.on):
        return False
    names = net.services.id.tolist()
    draught = net.services.draught_m[names.index(service)] if service in names else 0.0
    return not net.passages.draught_m[row] < draught
