"""A chain as people read it: legs with their figures, spreads, places and sources."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.models.emission import Operation, Scope
from landbridge.routing.amount import Amount
from landbridge.routing.chain import Costed
from landbridge.routing.congestion import Queue
from landbridge.routing.terms import NOTHING, Touched
from landbridge.schema.column import Floats
from landbridge.schema.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Spot:
    """An end of a leg."""

    name: str
    locode: str
    country: str
    lat: float
    lon: float
    snapped_km: float | None = None


def emitted(works: Operation, activity: float, scope: Scope) -> tuple[Amount, ...]:
    """Kg CO2e of an activity by actual distance (t-km, TEU-km or lifts), by energy carrier."""
    return tuple(
        Amount(f"factor {one.row.id}", one.row.spread, activity * one.factor(scope), one.carrier)
        for one in works.energies
    )


@dataclass(frozen=True, slots=True)
class Boarding:
    """How a departure is found."""

    timetable: Timetable | None
    """None: an interval is known, and not when."""
    offset_h: float = 0.0
    """Running time from the first call to this one."""
    cutoff_h: float = 0.0
    first_call: tuple[float, float] = (0.0, 0.0)
    """Latitude and longitude of where the timetable holds."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Where clearing or handling can only begin while it is open."""

    opening: str
    country: str


@dataclass(frozen=True, eq=False)
class Leg:
    """One part of a chain."""

    kind: str
    """``move``, ``transfer``, ``border`` or ``wait``."""
    mode: str | None
    start: Spot
    to: Spot
    km: float
    hours: tuple[Amount, ...]
    usd: tuple[Amount, ...]
    wtw: tuple[Amount, ...]
    ttw: tuple[Amount, ...]
    service: str | None = None
    operator: str | None = None
    gauge_mm: int | None = None
    estimated: bool = False
    sources: tuple[str, ...] = ()
    note: str = ""
    board: Boarding | None = None
    """Of a wait for a service."""
    gate: Gate | None = None
    """Of a border, or of handling at a terminal."""
    works: Operation | None = None
    """What a move or a handling emits by."""
    ride: int = -1
    """Of a move: which of the itinerary's rides it is part of."""
    country: str = ""
    """Where it is, a border where it is entered; empty at sea."""
    queues: tuple[Queue, ...] = ()
    """What is waited for before it, by a simulated season: of a border or of handling before its
    time, of a wait for a service until it leaves."""
    laden: float = 1.0
    """Of a move: share of a full cargo that low water leaves its vessel."""
    passed: tuple[tuple[str, float], ...] = ()
    """Of a move: passages that the ride enters on it, each with the share of its km before."""


@dataclass(eq=False)
class Itinerary:
    """A chain from door to door."""

    legs: list[Leg] = field(default_factory=list[Leg])
    touched: Touched = NOTHING
    borders: list[str] = field(default_factory=list[str])
    countries: list[str] = field(default_factory=list[str])
    passages: list[str] = field(default_factory=list[str])
    services: list[str] = field(default_factory=list[str])
    transfers: int = 0
    gauge_changes: int = 0
    planned: list[str] = field(default_factory=list[str])
    """Sections that were only planned when the data were made, and are open by the date."""

    rides: list[tuple[Costed, int, int]] = field(default_factory=list[tuple[Costed, int, int]])
    """Way table and pair of each ride, from which its shape can be drawn."""
    ride_legs: list[int] = field(default_factory=list[int])
    """First leg of each ride."""
    _totals: dict[str, tuple[int, float]] = field(
        default_factory=dict[str, tuple[int, float]], repr=False
    )
    """Number of legs and their sum, by what was asked for."""

    def add(self, part: Itinerary) -> None:
        """Go on by a part that was written to follow on these rides; ``part`` stays as it is."""
        leg = len(self.legs)
        self.legs += part.legs
        for mine, theirs in (
            (self.countries, part.countries),
            (self.passages, part.passages),
            (self.services, part.services),
        ):
            mine += [word for word in theirs if word not in mine]
        self.borders += part.borders
        self.planned += part.planned
        self.transfers += part.transfers
        self.gauge_changes += part.gauge_changes
        self.rides += part.rides
        self.ride_legs += [first + leg for first in part.ride_legs]

    @property
    def lines(self) -> list[tuple[Floats, Floats]]:
        """The true shape of every ride: latitudes and longitudes."""
        found: list[tuple[Floats, Floats]] = []
        for one, i, j in self.rides:
            found += [(lat, lon) for _, lat, lon in one.table.legs.line(i, j)]
        return found

    def total(self, what: str) -> float:
        """Expected sum over the legs of ``hours``, ``usd``, ``wtw`` or ``ttw``."""
        known = self._totals.get(what)
        if known is None or known[0] != len(self.legs):
            amounts: list[Amount] = [one for leg in self.legs for one in getattr(leg, what)]
            known = self._totals[what] = len(self.legs), sum(one.mean for one in amounts)
        return known[1]

    def km(self, mode: str | None = None) -> float:
        """Km along the way, in all or by one mode."""
        return sum(leg.km for leg in self.legs if mode is None or leg.mode == mode)
