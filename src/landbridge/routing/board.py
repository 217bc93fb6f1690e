"""``departures``: when a shipment may leave in the weeks to come, and when it then arrives.

``route`` tells what is to be expected: it waits half an interval for a service, and its quantiles
play each option against clocks. Here every departure is a connection of a timetable, so that the
answer is a list of dates: each departure that is worth it, none that leaves earlier and arrives
later than another one. See docs/departures.md.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from dataclasses import dataclass, field

from landbridge.errors import NoAnswer, QuestionError
from landbridge.models.clock import clock, instant_of
from landbridge.network.network import Network
from landbridge.places.find import resolve
from landbridge.places.place import Place
from landbridge.routing.chain_build import Question, build_chain
from landbridge.routing.chain_timetable import DAY, ChainTimetable, chain_timetable
from landbridge.routing.door_question import read_shipment
from landbridge.routing.doors import Door
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.loading import Loaded
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, door_spots
from landbridge.routing.rules import Facts, bars_of, without
from landbridge.routing.timeline import READY_HOUR
from landbridge.routing.timetable import Journey
from landbridge.routing.writer import Writer
from landbridge.routing.zones import zones_of
from landbridge.units import day_number

DAYS = 28
MOST_DAYS = 366
UNDER_WAY = 120
"""Days after the last departure within which a journey must arrive."""


@dataclass(frozen=True, slots=True)
class Ride:
    """A service from one terminal to another; times in local time, ISO 8601."""

    service: str
    start: str
    """Terminal."""
    to: str
    closes: str
    """Cargo must be there by then."""
    leaves: str
    arrives: str


@dataclass(frozen=True, eq=False)
class Departure:
    """One way to go, on its day."""

    leaves: str
    """The first door, in local time, ISO 8601."""
    arrives: str
    """The last door."""
    hours: float
    usd: float
    """Expected price."""
    co2e_kg: float
    rides: tuple[Ride, ...]
    itinerary: Itinerary = field(repr=False)


@dataclass(frozen=True, eq=False)
class Departures:
    """What leaves in some weeks."""

    net: Network = field(repr=False)
    origin: Place
    destination: Place
    first: dt.date
    days: int
    loaded: Loaded = field(repr=False)
    departures: tuple[Departure, ...]
    """By the time they leave; each worth it for its start, its arrival or its few rides."""
    lorry_hours: float | None
    """By a lorry from door to door, at any time; None where none goes."""
    notes: tuple[str, ...]

    def __str__(self) -> str:
        from landbridge.routing.board_text import table  # noqa: PLC0415

        return table(self)


def departures(
    net: Network,
    shipment: Shipment,
    *,
    days: int = DAYS,
    lorry_km: float | None = None,
    limits: Limits | None = None,
    params: RouteParams | None = None,
) -> Departures:
    """Every departure worth taking within ``days`` after a shipment is ready.

    Worth it is what no other beats that leaves as late or later, arrives as early or earlier and
    has as few rides. Services that publish intervals leave at times drawn from ``params.seed``.
    Rides and handling take their expected hours. ``lorry_km``: no lorry drives farther, from door
    or terminal to the next; None: as far as `route` lets it. ``limits``: avoid and modes.

    Raises ``PlaceError`` for places, ``QuestionError`` for contradictions and limits, ``NoAnswer``
    where nothing leaves.
    """
    if not 1 <= days <= MOST_DAYS:
        raise QuestionError(f"days is {days}; it must lie between 1 and {MOST_DAYS}")
    if lorry_km is not None and not lorry_km > 0:
        raise QuestionError(f"lorry_km is {lorry_km}; it must be a number above 0")
    far = math.inf if lorry_km is None else lorry_km
    params = params or RouteParams()
    ends = resolve(net, shipment.origin), resolve(net, shipment.destination)
    origin, destination = (one.place for one in ends)
    read = read_shipment(net, shipment, limits, params)
    terrain, cargo = read.sent.terrain, read.sent.cargo
    doors = door_spots(terrain, (origin, destination), params, read.sent.modes)
    question = Question(
        Door(doors[0].lat, doors[0].lon), Door(doors[1].lat, doors[1].lon),
        cargo, read.sent.modes, (),
    )  # fmt: skip
    facts = Facts(
        doors[0].country, doors[1].country, re.sub(r"\D", "", shipment.hs or ""), cargo.box,
        cargo.dangerous,
    )  # fmt: skip
    bars = bars_of(terrain.net, facts, day_number(read.on))
    chain = without(build_chain(terrain, question, params), bars)
    writer = Writer(terrain, chain, cargo, doors)
    zone = zones_of(terrain.net).at(doors[0].lat, doors[0].lon)
    first = round((instant_of(read.on, zone) + READY_HOUR) * 60)
    last = first + days * DAY
    known = chain_timetable(chain, (first, last + UNDER_WAY * DAY), far, params.seed)
    own = known.timetable
    found = own.departures(known.origin, known.destination, first, last)
    lorry = known.lorry_h if known.lorry_h < math.inf else None
    if not found and lorry is None:
        raise NoAnswer(
            f"no service leaves {origin.label} for {destination.label} within {days} days from"
            f" {read.on} under your limits; `landbridge route` tells what is missing"
        )
    teller = _Teller(known, writer)
    return Departures(
        net, origin, destination, read.on, days, read.loaded,
        tuple(teller.told(one) for one in found), lorry,
        tuple(one.note for one in ends if one.note),
    )  # fmt: skip


class _Teller:
    """Journeys as departures that people read."""

    def __init__(self, known: ChainTimetable, writer: Writer) -> None:
        self.known, self.writer, self.zones = known, writer, zones_of(writer.net)

    def told(self, journey: Journey) -> Departure:
        """A journey in words, with what it costs."""
        arcs, known = self.known.chain.arcs, self.known
        way = known.way(journey)
        _, usd, co2e = arcs.cost[way].sum(axis=0).tolist()
        return Departure(
            self._at(journey.start, known.chain.origin),
            self._at(journey.arrives, known.chain.destination),
            (journey.arrives - journey.start) / 60, usd, co2e,
            tuple(self._ride(begin) for begin, _ in journey.rides),
            self.writer.write(way),
        )  # fmt: skip

    def _ride(self, row: int) -> Ride:
        known, arcs = self.known, self.known.chain.arcs
        arc = int(known.arc[row])
        tail, head = int(arcs.tail[arc]), int(arcs.head[arc])
        return Ride(
            str(self.writer.net.services.id[arcs.row[arc]]),
            self.writer.spot(tail).name, self.writer.spot(head).name,
            self._at(int(known.closes[row]), tail), self._at(int(known.leaves[row]), tail),
            self._at(int(known.arrives[row]), head),
        )  # fmt: skip

    def _at(self, minutes: int, node: int) -> str:
        spot = self.writer.spot(node)
        return clock(self.zones.at(spot.lat, spot.lon)).text(minutes / 60)
