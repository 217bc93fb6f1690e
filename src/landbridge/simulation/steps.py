"""From a way to steps through stations: the mapping of a network to what is simulated.

=================== =================================================================
part of a way       what it becomes
=================== =================================================================
wait for a service  a line: departures by interval or timetable, with load and sets
ride, drive         a delay by the speeds of ``route``; a ride is that of its departure
border              a gate that lets so much through a day, then the dwell of ``route``; behind
                    it a single track that both directions share, where its rate is known
handling            places in the terminal, its gate, then the dwell of ``route``
haul                lorries or wagons, where their number is known (``vehicles``)
=================== =================================================================

What has no capacity has no end, and nobody waits there. A gate's own time is taken off the dwell
behind it, so that a lot that meets nobody takes the hours of ``route``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from landbridge.errors import QuestionError
from landbridge.models.distribution import Spread, quantiles_of
from landbridge.network.network import Network
from landbridge.routing.amount import Amount
from landbridge.routing.congestion import line_name
from landbridge.routing.itinerary import Boarding, Gate, Leg, Spot
from landbridge.schema.column import Floats
from landbridge.simulation.capacity import Capacities, Figure, amount_of, hours_per_lot
from landbridge.simulation.demand import TONNES_PER_TEU
from landbridge.simulation.law import Law
from landbridge.simulation.laws import law_of, shared_of, tag_of
from landbridge.simulation.model import Give, Pool, Ride, Serve, Servers, Step, Take
from landbridge.simulation.vehicles import Fleet, fleet_of, hauls_of
from landbridge.simulation.ways import Way

MOVING = "under way"
"""The delay of rides and drives: nobody waits in it."""
ENDLESS_LOAD = 10**9


@dataclass(frozen=True, eq=False)
class Line:
    """Departures of a service between two places; its times are drawn in each replication."""

    name: str
    service: str
    start: str
    interval: Spread
    times: Floats | None
    """Instants, where there is a timetable."""
    capacity_t: int
    """Load of one departure; TEU count 10 t each, as boxes do."""
    endless: bool
    """Whether nothing is known of its load."""
    when_full: bool
    fleet: int | None
    turn: Law


@dataclass(eq=False)
class Place:
    """What a station stands for."""

    name: str
    kind: str
    """``gate``, ``yard``, ``line``, ``vehicles`` or ``delay``."""
    element: str
    """``crossing:RU-AZ-rail``, ``terminal:IRASR``, ``service:caspian-any``, ``side:``... ."""
    estimated: bool = False
    spot: Spot | None = None
    """Where it lies; None for a delay."""
    door: bool = False
    """Whether all pass it at once while it is open: it has no rate."""
    full: bool = False
    """Of a line: whether it leaves when it is full, by the clock or not."""
    used: float = 0.0
    """Of a passage: what comes on a usual day, others' vessels too, as a share of what can pass."""


@dataclass(eq=False)
class Drawing:
    """Stations as they are met, each once."""

    net: Network
    capacities: Capacities
    doors: frozenset[str] = frozenset()
    """What is shut on some days and has no queue else: ``passage:suez``, ``terminal:IRASR``."""
    servers: dict[str, Servers] = field(default_factory=dict[str, Servers])
    pools: dict[str, Pool] = field(default_factory=dict[str, Pool])
    lines: dict[str, Line] = field(default_factory=dict[str, Line])
    places: dict[str, Place] = field(default_factory=dict[str, Place])
    gates: dict[str, tuple[Gate, Spot]] = field(default_factory=dict[str, tuple[Gate, Spot]])
    """Where stations have hours and a country: servers that open and shut."""
    legs: dict[str, tuple[int, ...]] = field(default_factory=dict[str, tuple[int, ...]])
    """By way, the leg that each step belongs to; steps that give back are not counted."""

    def steps(self, way: Way) -> tuple[Step, ...]:
        """The steps of one way."""
        found: list[Step] = []
        owner: list[int] = []
        held: list[tuple[str, int]] = []
        legs = way.itinerary.legs
        ride: Line | None = None
        lent = self._fleets(way, legs)
        for k, leg in enumerate(legs):
            found += [Take(one.name, one.taken) for begin, _, one in lent if begin == k]
            if leg.kind == "wait":
                ride = self._line(way, legs, k)
                found += [self._delay(one) for one in leg.hours if not one.wait]
            elif leg.kind == "border":
                found += self._gated("crossing", _row_of(leg), leg, way)
            elif leg.kind == "transfer":
                terminal = leg.hours[0].group.partition("/")[2]
                found += self._yard(terminal, leg, way, held)
                found += self._gated("terminal", terminal, leg, way)
            else:
                amounts = list(leg.hours)
                behind = self._behind(leg)
                less = behind[0][0] if behind else 0.0
                if ride is not None:
                    whole = not held
                    first = amounts.pop(0) if whole else None
                    law = law_of(first.spread, first.factor, less) if first else Law.fixed(0.0)
                    found.append(Ride(ride.name, law))
                found += [Give(pool, pool, None, units) for pool, units in held]
                if behind and len(amounts) == len(leg.hours):
                    found.append(self._delay(amounts.pop(0), less))
                found += self._through(behind)
                found += [self._delay(one) for one in amounts]
                ride, held = None, []
            found += [Give(one.name, one.name, one.away, one.taken)
                      for _, last, one in lent if last == k]  # fmt: skip
            owner += [k] * (len(found) - len(owner))
        if ride is not None:
            found.append(Ride(ride.name, Law.fixed(0.0)))
        found += [Give(pool, pool, None, units) for pool, units in held]
        owner += [len(legs) - 1] * (len(found) - len(owner))
        self.legs[way.id] = tuple(
            leg for step, leg in zip(found, owner, strict=True) if not isinstance(step, Give)
        )
        return tuple(found)

    def _fleets(self, way: Way, legs: list[Leg]) -> list[tuple[int, int, Fleet]]:
        """First and last leg of each haul whose vehicles have an end, and what it takes."""
        found: list[tuple[int, int, Fleet]] = []
        for haul in hauls_of(legs):
            one = fleet_of(self.capacities, legs, haul, way.cargo)
            if one is not None:
                self.pools.setdefault(one.name, Pool(one.name, one.units))
                self.places.setdefault(
                    one.name, Place(one.name, "vehicles", one.element, one.estimated, one.spot)
                )
                found.append((haul.first, haul.last, one))
        return found

    def _behind(self, leg: Leg) -> list[tuple[float, str]]:
        """Passages on a move that are doors, with the hours that are left behind each, falling.

        Behind the first, hours are certain: what is uncertain of a move comes before it, so that it
        takes as long with doors that are open as without.
        """
        one = leg.hours[0]
        least = float(quantiles_of(one.spread, np.zeros(1))[0]) * one.factor
        return [
            (min((1.0 - share) * one.mean, least), name)
            for name, share in leg.passed
            if f"passage:{name}" in self.doors
        ]

    def _through(self, behind: list[tuple[float, str]]) -> list[Step]:
        """Through each passage in turn, and on to the end of the move."""
        t = self.net.passages
        found: list[Step] = []
        for k, (left, name) in enumerate(behind):
            row = t.id.tolist().index(name)
            spot = Spot(str(t.title[row]), "", "", float(t.lat[row]), float(t.lon[row]))
            found.append(self._open_door(f"passage:{name}", spot.name, spot))
            on = left - (behind[k + 1][0] if k + 1 < len(behind) else 0.0)
            found.append(Serve(MOVING, Law.fixed(on), tag_of(f"behind {name}")))
        return found

    def _open_door(self, element: str, name: str, spot: Spot) -> Serve:
        """A gate that all pass at once while it is open."""
        self.servers.setdefault(name, Servers(name, None))
        of, _, thing = element.partition(":")
        used = self.capacities.of(of, thing, "used")
        self.places.setdefault(
            name,
            Place(name, "gate", element, used is not None and used.estimated, spot, door=True,
                  used=used.value if used else 0.0),
        )  # fmt: skip
        return Serve(name, Law.fixed(0.0), tag_of(f"gate {name}"))

    def _delay(self, one: Amount, less: float = 0.0, where: str = MOVING) -> Serve:
        self.servers.setdefault(where, Servers(where, None))
        self.places.setdefault(where, Place(where, "delay", ""))
        return Serve(
            where, law_of(one.spread, one.factor, less), tag_of(one.name), shared_of(one.group)
        )

    def _gated(self, of: str, element: str, leg: Leg, way: Way) -> list[Step]:
        """A gate, where there is a rate or it has hours, and the dwell behind it."""
        gate = leg.gate or Gate("", leg.country)
        name = leg.note if of == "crossing" else leg.start.name
        found: list[Step] = []
        line = self.capacities.line_of(element) if of == "crossing" else None
        less = took = self._one_by_one(found, name, (of, element), leg, way)
        if line is not None:
            less += self._one_by_one(found, line[0], ("line", line[1]), leg, way)
        if took:
            self.gates.setdefault(name, (gate, leg.start))
            name = f"{name}, dwell in {gate.country}"
            gate = Gate("", gate.country)  # it has been waited for at the gate
        elif gate.opening:
            name = f"{name}, opening in {gate.country}"
            self.places.setdefault(name, Place(name, "gate", f"{of}:{element}", spot=leg.start))
        else:
            name = f"{name}, dwell in {gate.country}"
        self.gates.setdefault(name, (gate, leg.start))
        return [*found, *(self._delay(one, less if k == 0 else 0.0, name)
                          for k, one in enumerate(leg.hours))]  # fmt: skip

    def _one_by_one(
        self, found: list[Step], name: str, of: tuple[str, str], leg: Leg, way: Way
    ) -> float:
        """Add a server that lots pass one after the other, where there is a rate; its hours."""
        rate = self.capacities.of(*of, "rate")
        if rate is None:
            if ":".join(of) in self.doors:
                found.append(self._open_door(":".join(of), name, leg.start))
            return 0.0
        hours = hours_per_lot(rate, way.cargo, " ".join(of))
        self.servers.setdefault(name, Servers(name, 1))
        self.places.setdefault(name, Place(name, "gate", ":".join(of), rate.estimated, leg.start))
        found.append(Serve(name, Law.fixed(hours), tag_of(f"gate {name}")))
        return hours

    def _yard(self, terminal: str, leg: Leg, way: Way, held: list[tuple[str, int]]) -> list[Step]:
        room = self.capacities.of("terminal", terminal, "room")
        if room is None:
            return []
        units = max(1, round(amount_of(way.cargo, room.unit)))
        if units > room.value:
            raise QuestionError(
                f"terminal {terminal}: a lot of {way.cargo.id} takes {units} {room.unit} and the"
                f" yard has {room.value:g}; smaller lots or a larger yard are needed"
            )
        name = f"{leg.start.name}, yard"
        self.pools.setdefault(name, Pool(name, int(room.value)))
        self.places.setdefault(
            name, Place(name, "yard", f"terminal:{terminal}", room.estimated, leg.start)
        )
        held.append((name, units))
        return [Take(name, units)]

    def _line(self, way: Way, legs: list[Leg], at: int) -> Line | None:
        """The line that a lot waits for, made when it is first met; None: it leaves at once."""
        leg = legs[at]
        board, wait = leg.board or Boarding(None), next(one for one in leg.hours if one.wait)
        timed = board.timetable is not None
        if not timed and wait.spread.high <= 0:
            return None
        service = leg.service or ""
        ride = _ridden(legs, at)
        name = line_name(service, leg.start.name, ride[-1].to.name)
        if name in self.lines:
            self._check_load(self.lines[name], way)
            return self.lines[name]
        load = self.capacities.of("service", service, "load")
        fleet = self.capacities.of("service", service, "fleet")
        turn = self.capacities.of("service", service, "turn")
        row = self.net.services.id.tolist().index(service)
        hours = sum(one.mean for other in ride for one in other.hours)
        self.lines[name] = Line(
            name, service, leg.start.name, wait.spread,
            way.player.departures(leg) if timed else None,
            _tonnes(load, min(one.laden for one in ride)) if load else ENDLESS_LOAD, load is None,
            load is not None and self._fills(row),
            int(fleet.value) if fleet else None,
            Law.fixed(2 * (hours + (turn.value if turn else 0.0))),
        )  # fmt: skip
        guessed = any(one.estimated for one in (load, fleet, turn) if one)
        self.places[name] = Place(name, "line", f"service:{service}", guessed, leg.start,
                                  full=self.lines[name].when_full)  # fmt: skip
        self._check_load(self.lines[name], way)
        return self.lines[name]

    def _fills(self, row: int) -> bool:
        """Whether a service leaves when it is full: one without calls, or with loose cargo."""
        t = self.net.services
        return bool(t.generic[row]) or "bulk" in str(t.equipment[row]).split(";")

    def _check_load(self, line: Line, way: Way) -> None:
        if load_of(way) > line.capacity_t:
            raise QuestionError(
                f"service {line.service}: one departure takes {line.capacity_t} t and a lot of"
                f" {way.cargo.id} is {load_of(way)} t; it can never leave. Smaller lots or a larger"
                " load are needed"
            )


def load_of(way: Way) -> int:
    """What a lot takes of a departure, in whole t."""
    return max(1, round(way.cargo.lot_t))


def _tonnes(load: Figure, laden: float) -> int:
    """Load of a departure of which low water leaves a share."""
    return int(load.value * laden * (TONNES_PER_TEU if load.unit == "TEU" else 1.0))


def _ridden(legs: list[Leg], at: int) -> list[Leg]:
    """The legs of the ride that a wait is for, with the borders on it."""
    moves = [k for k in range(at + 1, len(legs)) if legs[k].kind == "move"]
    if not moves:
        return [legs[at]]
    last = max(k for k in moves if legs[k].ride == legs[moves[0]].ride)
    return legs[at + 1 : last + 1]


def _row_of(leg: Leg) -> str:
    """Id of the row of crossings behind a border."""
    return leg.hours[0].name.split(" ")[1]
