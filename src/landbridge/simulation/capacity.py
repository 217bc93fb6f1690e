"""What crossings, terminals and services can do, as hours of a lot, places and sets."""

from __future__ import annotations

import math
from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.simulation.demand import TONNES_PER_TEU, Cargo
from landbridge.units import DAYS_PER_YEAR, HOURS_PER_DAY

LOTS = ("boxes", "lorries", "wagons", "lot", "lots")
"""Units of a rate that count pieces."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A typical figure with its unit and whether it is a guess."""

    value: float
    unit: str
    estimated: bool


class Capacities:
    """Rows of ``capacities``, and the capacity that a row of ``crossings`` has itself."""

    def __init__(self, net: Network) -> None:
        t = net.capacities
        self._of = {
            (str(t.of[k]), str(t.element[k]), str(t.quantity[k])): Figure(
                float(t.value[k]), str(t.unit[k]), bool(t.estimated[k])
            )
            for k in range(len(t))
        }
        c = net.crossings
        for k in range(len(c)):
            if math.isfinite(float(c.capacity[k])):
                key = ("crossing", str(c.id[k]), "rate")
                figure = Figure(float(c.capacity[k]), str(c.capacity_unit[k]), bool(c.estimated[k]))
                self._of.setdefault(key, figure)
        s = net.services
        for k in range(len(s)):
            if math.isfinite(float(s.capacity_teu[k])):
                key = ("service", str(s.id[k]), "load")
                figure = Figure(float(s.capacity_teu[k]), "TEU", bool(s.estimated[k]))
                self._of.setdefault(key, figure)
        for (of, element, quantity), left in list(self._of.items()):
            whole = self._of.get((of, element, "rate"))
            if quantity == "share" and whole is not None:
                self._of[of, element, "rate"] = Figure(
                    whole.value * left.value, whole.unit, whole.estimated or left.estimated
                )
        self._line = {
            name: (str(t.id[k]), str(t.element[k]))
            for k in range(len(t)) if str(t.of[k]) == "line" and str(t.quantity[k]) == "rate"
            for name in str(t.element[k]).split(";")
        }  # fmt: skip
        self._vehicles = {
            name: element
            for of, element, quantity in self._of if (of, quantity) == ("line", "vehicles")
            for name in element.split(";")
        }  # fmt: skip

    def of(self, kind: str, element: str, quantity: str) -> Figure | None:
        """The figure, or None where nothing is known: no end."""
        return self._of.get((kind, element, quantity))

    def elements(self) -> set[str]:
        """``crossing:ID``, ``terminal:ID`` and ``service:ID`` of all that has a capacity."""
        return {f"{of}:{element}" for of, element, _ in self._of
                if of in {"crossing", "terminal", "service"}}  # fmt: skip

    def line_of(self, crossing: str) -> tuple[str, str] | None:
        """Id and ``element`` of the row of the line that trains of both directions share."""
        return self._line.get(crossing)

    def shared_by(self, crossing: str) -> str:
        """``element`` of the row of vehicles that work across a crossing; empty: not known."""
        return self._vehicles.get(crossing, "")


def hours_per_lot(rate: Figure, cargo: Cargo, where: str) -> float:
    """Hours between two lots of a cargo where a rate is all that gets through."""
    what, _, per = rate.unit.partition("/")
    per_hour = rate.value / HOURS_PER_DAY / (DAYS_PER_YEAR if per == "year" else 1.0)
    if what in LOTS:
        amount = 1.0
    elif what in ("t", "TEU"):
        amount = amount_of(cargo, what)
    else:
        raise QuestionError(
            f"{where}: a capacity in {rate.unit} cannot be simulated; give capacities.csv a rate in"
            " t/day, TEU/day or lots/day"
        )
    if per_hour <= 0:
        raise QuestionError(f"{where}: a capacity of 0 {rate.unit} lets nothing through; close it"
                            " by a scenario instead")  # fmt: skip
    return amount / per_hour


def amount_of(cargo: Cargo, unit: str) -> float:
    """What a lot takes, in t or TEU; loose cargo takes a TEU per 10 t where TEU are counted."""
    if unit == "t":
        return cargo.lot_t
    return cargo.lot_teu or cargo.lot_t / TONNES_PER_TEU
