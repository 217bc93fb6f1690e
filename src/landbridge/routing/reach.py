"""``reach``: what lies within so many hours, or so much money, of a place, door to door.

Over the same graph of chains as ``route``, with waits, borders and handling: the figure of a
place is the least expected one of all options that ``route`` would find to it. See docs/reach.md.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from landbridge.errors import NoAnswer, PlaceError, QuestionError
from landbridge.network.network import Network
from landbridge.places import Place, Resolved, resolve
from landbridge.routing.door_graph import DoorGraph
from landbridge.routing.door_question import read_shipment, usual_places
from landbridge.routing.door_search import DoorSearch
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.loading import Loaded
from landbridge.routing.many_doors import doors_of
from landbridge.routing.matrix import places_of
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits
from landbridge.schema.column import Floats

MOST_PLACES = 20_000
"""More places than that are refused: each is written with its whole chain."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How far; one of the three."""

    hours: float | None = None
    usd: float | None = None
    co2e_kg: float | None = None

    def __post_init__(self) -> None:
        given = [(name, value) for name, value in self.figures() if value is not None]
        if len(given) != 1:
            raise QuestionError(
                "give one budget: hours, usd or co2e_kg (--hours, --usd, --co2e). A place has a"
                " least way for each of them, and not one for all"
            )
        name, value = given[0]
        if not (math.isfinite(value) and value > 0):
            raise QuestionError(f"{name} is {value:g}; it must be a number above 0")

    def figures(self) -> tuple[tuple[str, float | None], ...]:
        """In the order of ``door_search.CRITERIA``."""
        return ("hours", self.hours), ("usd", self.usd), ("co2e_kg", self.co2e_kg)

    @property
    def criterion(self) -> int:
        """Which of ``door_search.CRITERIA`` it is."""
        return [value is not None for _, value in self.figures()].index(True)

    @property
    def most(self) -> float:
        """The figure."""
        return next(value for _, value in self.figures() if value is not None)


@dataclass(frozen=True, slots=True)
class ReachParams:
    """Which places are listed where none are given."""

    least_population: int = 500_000
    """Towns of so many inhabitants, and the places of all terminals."""
    most_places: int = MOST_PLACES
    route: RouteParams = field(default_factory=RouteParams)


@dataclass(frozen=True, eq=False)
class Reached:
    """A place within the budget, and the least way to it."""

    place: Place
    itinerary: Itinerary = field(repr=False)

    def figure(self, criterion: int) -> float:
        """Expected hours, USD or kg CO2e of the way."""
        return self.itinerary.total(("hours", "usd", "wtw")[criterion])

    @property
    def via(self) -> tuple[str, ...]:
        """Where it is handed over, in order."""
        legs = self.itinerary.legs
        found = [leg.start.name for leg in legs if leg.kind == "transfer"]
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True, eq=False)
class Reach:
    """The answer: places by how soon (or cheaply, or cleanly) they are reached."""

    net: Network = field(repr=False)
    origin: Place
    budget: Budget
    on: dt.date
    loaded: Loaded
    reached: tuple[Reached, ...]
    beyond: int
    """Places looked at that lie beyond the budget."""
    refused: int
    """Places looked at that cannot be served: no road near, or no way at all."""
    notes: tuple[str, ...]

    def __str__(self) -> str:
        from landbridge.routing.reach_text import table  # noqa: PLC0415

        return table(self)


def reach(
    net: Network,
    shipment: Shipment,
    budget: Budget,
    *,
    places: Sequence[str] | None = None,
    limits: Limits | None = None,
    params: ReachParams | None = None,
) -> Reach:
    """What is reached from ``shipment.origin`` within a budget, door to door.

    ``shipment.destination`` is not looked at. ``places``: which places to look at; None: those of
    all terminals and large towns (``ReachParams``). ``limits``: avoid and modes.

    Raises ``PlaceError`` for the origin, ``DataError`` for ``places``, all faults at once,
    ``QuestionError`` for contradictions, ``NoAnswer`` where nothing is within the budget.
    """
    params = params or ReachParams()
    start = resolve(net, shipment.origin)
    read = read_shipment(net, shipment, limits, params.route)
    looked_at = _places(net, places, params)
    sent = read.sent
    ends = [
        doors_of(sent.terrain, some, params.route, by_road="road" in sent.modes)
        for some in ((start.place,), looked_at)
    ]
    if ends[0].refused[0]:
        raise PlaceError(f"{ends[0].refused[0]}: give another origin")
    graph = DoorGraph(sent, ends[0], ends[1])
    for _ in graph.prepare():
        pass
    search = DoorSearch(graph, np.zeros(1, np.int64))
    row = search.row(0, budget.criterion)
    within = np.flatnonzero(row.least <= budget.most)
    order: list[int] = within[np.argsort(row.least[within], kind="stable")].tolist()
    if not order:
        raise NoAnswer(_nothing(start, budget, row.least, looked_at))
    return Reach(
        net,
        start.place,
        budget,
        read.on,
        read.loaded,
        tuple(Reached(looked_at[j], search.itinerary(0, j, row.way(j))) for j in order),
        int((np.isfinite(row.least)).sum()) - len(order),
        int((~np.isfinite(row.least)).sum()),
        (start.note,) if start.note else (),
    )


def _places(net: Network, texts: Sequence[str] | None, params: ReachParams) -> tuple[Place, ...]:
    if texts is None:
        found = usual_places(net, params.least_population)
    elif not texts:
        raise QuestionError("the list of places is empty: give one place at least")
    else:
        check_count(len(texts), params)
        found = places_of(net, texts, [f"places[{k}]" for k in range(len(texts))])
    check_count(len(found), params)
    return found


def check_count(count: int, params: ReachParams) -> None:
    """Raise ``QuestionError`` for more places than may be asked."""
    if count > params.most_places:
        raise QuestionError(
            f"{count:,} places are more than {params.most_places:,} (ReachParams.most_places):"
            " ask for larger towns, or let `landbridge matrix` write the figures alone"
        )


def _nothing(start: Resolved, budget: Budget, least: Floats, places: tuple[Place, ...]) -> str:
    name = budget.figures()[budget.criterion][0]
    said = f"nothing looked at lies within {budget.most:g} {name} of {start.place.label}"
    if not np.isfinite(least).any():
        return f"{said}: no chain of services leads from there to any of {len(places):,} places"
    nearest = int(np.argmin(least))
    return f"{said}; the nearest is {places[nearest].label}, {least[nearest]:,.1f} {name}"
