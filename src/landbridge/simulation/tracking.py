"""What happens to a lot in the words of DCSA Track and Trace: one event, or none, for each entry.

==================== ============================== ==================================
entry                where                          event
==================== ============================== ==================================
born                 origin                         EQUIPMENT PICK, and TRANSPORT ARRI
                                                    at the destination as planned
started to move      each leg that moves            TRANSPORT DEPA; before it LOAD on a
                                                    service, GTOT on a lorry from a
                                                    terminal
ended to move        each leg that moves            TRANSPORT ARRI
got a place          yard of a terminal             EQUIPMENT AVDO
its turn came        terminal                       EQUIPMENT GTIN off a lorry, else DISC
its turn came        border                         EQUIPMENT CROS
done                 destination                    EQUIPMENT DROP
==================== ============================== ==================================

Codes are those of DCSA Track and Trace 3.0. It has none for a lot that is lost: nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.kernels.stations import LOG_BORN, LOG_DONE, LOG_END, LOG_START
from landbridge.network.network import Network
from landbridge.routing.itinerary import Leg, Spot
from landbridge.simulation.model import Give, Ride, Serve, Step, Take
from landbridge.simulation.ways import Way

MODES = {"road": "TRUCK", "rail": "RAIL", "sea": "VESSEL", "inland_waterway": "BARGE"}
"""DCSA's word of each mode."""
FACILITIES = {"port": "POTE", "rail": "INTE", "inland": "INTE", "border": "INTE"}
"""DCSA's type of each kind of terminal: port terminal, inland terminal."""
DOOR, BORDER, INLAND = "CLOC", "BORD", "INTE"
"""Customer location, border, inland terminal."""


@dataclass(frozen=True, slots=True)
class Event:
    """What is told of an entry of the log, but for its time and lot."""

    what: int
    """Kind of the entry."""
    kind: str
    """``TRANSPORT`` or ``EQUIPMENT``."""
    code: str
    spot: Spot
    facility: str
    leg: int
    """Of the way's itinerary, from 1 on."""
    mode: str = ""
    service: str = ""
    station: str = ""
    """Where the lot waited until this began."""
    planned_h: float | None = None
    """Hours ahead at which it is planned; None: it has happened."""


class Tracking:
    """Events of ways over a network."""

    def __init__(self, net: Network) -> None:
        t = net.terminals
        self._facility = {
            str(name): FACILITIES.get(kind, INLAND)
            for name, kind in zip(t.id.tolist(), t.kind.tolist(), strict=True)
        }

    def events(
        self, way: Way, steps: tuple[Step, ...], legs: tuple[int, ...]
    ) -> list[tuple[int, Event]]:
        """Events of a way, each with the number of its step; ``len(steps)`` is the way's end.

        ``legs``: of each step that does not give back, its leg. In the order in which they happen.
        """
        whole = way.itinerary.legs
        first, last = whole[0], whole[-1]
        stops = self._stops(whole)
        found = [
            (0, Event(LOG_BORN, "EQUIPMENT", "PICK", first.start, stops[0], 1)),
            (0, Event(LOG_BORN, "TRANSPORT", "ARRI", last.to, stops[-1], len(whole),
                      _mode(last), planned_h=way.hours)),
        ]  # fmt: skip
        entered = [k for k, step in enumerate(steps) if not isinstance(step, Give)]
        of_leg: dict[int, list[int]] = {}
        for k, leg in zip(entered, legs, strict=True):
            of_leg.setdefault(leg, []).append(k)
        for leg, mine in of_leg.items():
            if whole[leg].kind == "move":
                found += _moved(whole, leg, mine, steps, (stops[leg], stops[leg + 1]))
            elif whole[leg].kind in ("transfer", "border"):
                found += _passed(whole, leg, mine, steps, stops[leg])
        done = Event(LOG_DONE, "EQUIPMENT", "DROP", last.to, stops[-1], len(whole))
        return [*found, (len(steps), done)]

    def _stops(self, legs: list[Leg]) -> list[str]:
        """Type of the facility before each leg, and after the last."""
        types = [DOOR] * (len(legs) + 1)
        for k, leg in enumerate(legs):
            if leg.kind == "border" and types[k] == DOOR:
                types[k] = BORDER
            if leg.kind == "transfer":
                types[k] = self._facility.get(leg.hours[0].group.rpartition("/")[2], INLAND)
            if leg.kind != "move":
                types[k + 1] = types[k]
        # a border at a port lies before its terminal: both are one place
        for k in range(len(legs) - 1, -1, -1):
            if legs[k].kind != "move" and types[k + 1] != DOOR and types[k] == DOOR:
                types[k] = types[k + 1]
        return types


def _moved(
    legs: list[Leg], at: int, mine: list[int], steps: tuple[Step, ...], stops: tuple[str, str]
) -> Iterator[tuple[int, Event]]:
    """Events of a leg that moves; ``mine``: its steps."""
    leg, mode = legs[at], _mode(legs[at])
    service = leg.service or ""
    begun = steps[mine[0]]
    station = ""
    if isinstance(begun, Ride):
        station = begun.departures
    elif isinstance(begun, Take):  # it sets out as soon as there is a lorry
        station = begun.pool
    before = next((one for one in reversed(legs[:at]) if one.kind != "wait"), None)
    if mode != "TRUCK" and (before is None or before.kind == "transfer"):
        yield mine[0], Event(LOG_START, "EQUIPMENT", "LOAD", leg.start, stops[0], at + 1, mode,
                             service, station)  # fmt: skip
        station = ""
    elif before is not None and before.kind == "transfer":
        yield mine[0], Event(LOG_START, "EQUIPMENT", "GTOT", leg.start, stops[0], at + 1, mode,
                             service, station)  # fmt: skip
        station = ""
    yield mine[0], Event(LOG_START, "TRANSPORT", "DEPA", leg.start, stops[0], at + 1, mode,
                         service, station)  # fmt: skip
    yield mine[-1], Event(LOG_END, "TRANSPORT", "ARRI", leg.to, stops[1], at + 1, mode, service)


def _passed(
    legs: list[Leg], at: int, mine: list[int], steps: tuple[Step, ...], stop: str
) -> Iterator[tuple[int, Event]]:
    """Events of a terminal or a border; ``mine``: its steps."""
    leg = legs[at]
    before = next((one for one in reversed(legs[:at]) if one.kind == "move"), None)
    mode = _mode(before) if before is not None else ""
    code = "CROS" if leg.kind == "border" else "GTIN" if mode in ("", "TRUCK") else "DISC"
    facility = BORDER if leg.kind == "border" else stop
    for k in mine:
        step = steps[k]
        if isinstance(step, Take):
            yield k, Event(LOG_START, "EQUIPMENT", "AVDO", leg.start, stop, at + 1, mode,
                           station=step.pool)  # fmt: skip
        elif isinstance(step, Serve):
            yield k, Event(LOG_START, "EQUIPMENT", code, leg.start, facility, at + 1, mode,
                           station=step.station)  # fmt: skip
            return


def _mode(leg: Leg) -> str:
    return MODES.get(leg.mode or "", "")
