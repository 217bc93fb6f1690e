"""Lorries and wagons: what a load takes for one haul, and what must come back empty after it.

A *haul* is what one vehicle drives without reloading: the legs from one handling to the next. Its
vehicles are those of the terminal's side at which it begins, else at which it ends, else those that
work across a border on it. They are taken before the haul and are there again after it and its
share of empty running: ``x`` of all km empty are ``x / (1 - x)`` hours of every hour loaded, which
is the figure that emissions are worked out by.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.routing.itinerary import Leg, Spot
from landbridge.simulation.capacity import Capacities
from landbridge.simulation.demand import Cargo
from landbridge.simulation.law import Law

ALL_EMPTY = 0.5
"""Empty km of all km where no row of factors tells them: empty back from every load."""


@dataclass(frozen=True, slots=True)
class Fleet:
    """Vehicles that a lot takes for a haul."""

    name: str
    element: str
    """``side:IRCKT/rail/1435``, ``line:AZ-IR-road;IR-AZ-road``."""
    units: int
    """There are in all."""
    taken: int
    """By one lot."""
    away: Law
    """From the end of the haul until they are there for the next."""
    estimated: bool
    spot: Spot
    """Where they are at home."""


@dataclass(frozen=True, slots=True)
class Haul:
    """Legs from ``first`` to ``last`` that vehicles of one kind drive."""

    first: int
    last: int


def hauls_of(legs: list[Leg]) -> Iterator[Haul]:
    """The hauls of a way, in order; what only stands or is handled is none."""
    first = 0
    for k in range(len(legs) + 1):
        if k == len(legs) or legs[k].kind == "transfer":
            if any(leg.kind == "move" for leg in legs[first:k]):
                yield Haul(first, k - 1)
            first = k + 1


def fleet_of(known: Capacities, legs: list[Leg], haul: Haul, cargo: Cargo) -> Fleet | None:
    """The vehicles that a lot takes for a haul; None where their number is not known: no end.

    Raises ``QuestionError`` where a lot needs more than there are.
    """
    for of, element, name, spot in _named(known, legs, haul):
        units = known.of(of, element, "vehicles")
        if units is None:
            continue
        load = known.of(of, element, "payload")
        taken = 1 if load is None else max(1, math.ceil(cargo.lot_t / load.value - 1e-9))
        if taken > units.value:
            raise QuestionError(
                f"{name}: a lot of {cargo.id} takes {taken} {units.unit} and there are"
                f" {units.value:g}; smaller lots or more {units.unit} are needed"
            )
        guessed = units.estimated or (load is not None and load.estimated)
        return Fleet(f"{name}, {units.unit}", f"{of}:{element}", int(units.value), taken,
                     Law.fixed(_empty_h(legs, haul)), guessed, spot)  # fmt: skip
    return None


def _named(
    known: Capacities, legs: list[Leg], haul: Haul
) -> Iterator[tuple[str, str, str, Spot]]:  # fmt: skip
    """What may own the vehicles of a haul, the first in right first: kind, element, name, spot."""
    move = next(leg for leg in legs[haul.first : haul.last + 1] if leg.kind == "move")
    gauge = f"/{move.mode}/{move.gauge_mm or 0}"
    for k in (haul.first - 1, haul.last + 1):
        if 0 <= k < len(legs):
            terminal = legs[k].hours[0].group.partition("/")[2]
            wide = f", {move.gauge_mm} mm" if move.gauge_mm else ""
            yield "side", terminal + gauge, legs[k].start.name + wide, legs[k].start
    for leg in legs[haul.first : haul.last + 1]:
        row = leg.hours[0].name.split(" ")[1] if leg.kind == "border" else ""
        element = known.shared_by(row)
        if element:
            yield "line", element, leg.note.partition(" (")[0], leg.start


def _empty_h(legs: list[Leg], haul: Haul) -> float:
    """Expected hours of empty running for one haul."""
    inside = [leg for leg in legs[haul.first : haul.last + 1] if leg.kind != "wait"]
    hours = sum(one.mean for leg in inside for one in leg.hours)
    shares = [leg.works.empty for leg in inside if leg.works is not None]
    told = [one for one in shares if one is not None]
    share = told[0] if told else ALL_EMPTY
    return hours * share / (1.0 - share)
