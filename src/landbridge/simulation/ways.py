"""The ways that cargo may take: options of ``route`` for every row of demand, and their shares."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from landbridge.errors import DataError, Fault, LandbridgeError, NoAnswer
from landbridge.network.network import Network
from landbridge.routing.itinerary import Itinerary, Leg
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, route
from landbridge.routing.timeline import Player
from landbridge.schema.column import Floats
from landbridge.simulation.demand import Cargo
from landbridge.units import HOURS_PER_DAY

FEW_SAMPLES = 64
"""Draws behind options of which only expected figures are read."""


@dataclass(frozen=True, slots=True)
class ChoiceParams:
    """How cargo is shared among its ways: a multinomial logit on generalised cost.

    Cost of a lot = USD + value of time x hours; share ~ exp(-cost / (spread x least cost)).
    """

    usd_per_t_day: float = 2.5
    """Value of time of containers: 25 USD per TEU and day at 10 t (CST069: 10 to 80)."""
    usd_per_t_day_loose: float = 0.5
    """Of loose cargo: 20 % yearly interest on some 600 to 1,000 USD a t; by judgement, 0.2 to 1."""
    spread: float = 0.1
    """Scale of what the cost does not tell, as a share of the least cost; by judgement, 0.05 to
    0.3. Smaller: all take the best way."""
    rounds: int = 6
    """At most so many times ways are chosen anew with the waits of the round before."""
    tolerance: float = 0.01
    """... until no share moves by more than this."""


@dataclass(frozen=True, eq=False)
class Way:
    """One way of one row of demand."""

    id: str
    cargo: Cargo
    name: str
    branch: str
    itinerary: Itinerary
    player: Player
    hours: float
    """Expected, on an empty corridor."""
    usd: float
    """Expected, for one lot."""
    wtw_kg: float


def ways_of(net: Network, cargoes: tuple[Cargo, ...], on: dt.date, seed: int) -> list[list[Way]]:
    """Per cargo the ways that it may take.

    Raises ``DataError`` with every row of demand that names no place or reaches none.
    """
    found: list[list[Way]] = []
    faults: list[Fault] = []
    for one in cargoes:
        try:
            mine = ways_for(net, one, on, seed)
        except LandbridgeError as error:
            text = str(error).split(". ")[0]
            faults.append(Fault(f"demand {one.id}", f"cannot be moved: {text}",
                                "every row needs a way between its places",
                                "Mend the row, or leave it out."))  # fmt: skip
            continue
        found.append(mine)
    if faults:
        raise DataError(faults)
    return found


def ways_for(net: Network, one: Cargo, on: dt.date, seed: int) -> list[Way]:
    """The ways that one cargo may take; raises ``LandbridgeError`` where there is none."""
    shipment = Shipment(
        one.origin, one.destination, on,
        teu=1 if one.kind == "container" and one.lot < 2 else None,  # noqa: PLR2004 - a FEU
        feu=1 if one.kind == "container" and one.lot >= 2 else None,  # noqa: PLR2004
        tonnes=None if one.kind == "container" else one.lot,
        cargo=one.kind,
    )  # fmt: skip
    limits = Limits(avoid=one.avoid, via=one.via, modes=one.modes)
    result = route(net, shipment, limits=limits,
                   params=RouteParams(samples=FEW_SAMPLES, seed=seed))  # fmt: skip
    kept = [option for option in result.options if _fits(one, option)]
    if not kept:
        what = f"of branch {one.branch}" if one.branch else f"by {one.modes[0]}"
        names = ", ".join(option.id for option in result.options)
        raise NoAnswer(f"no way {what} on {on}; there are {names}")
    return [
        Way(
            f"{one.id} {option.id}", one, option.name, option.branch or "", option.itinerary,
            result.player, option.itinerary.total("hours"), option.itinerary.total("usd"),
            option.wtw_kg,
        )
        for option in kept
    ]  # fmt: skip


def _fits(one: Cargo, option: Option) -> bool:
    if one.branch and option.branch != one.branch:
        return False
    return not one.modes or option.itinerary.km(one.modes[0].replace("-", "_")) > 0


def shares_of(ways: list[Way], hours: Floats, params: ChoiceParams) -> Floats:
    """Shares of the ways of one cargo; ``hours``: (n_ways,) as they take. They sum to 1."""
    cargo = ways[0].cargo
    usd = np.array([way.usd for way in ways])
    return logit(usd, hours, cargo.lot_t, params, loose=cargo.kind != "container")


def logit(
    usd: Floats, hours: Floats, tonnes: float, params: ChoiceParams, *, loose: bool = False
) -> Floats:
    """Shares of ways that take so many USD and hours, along the first axis; they sum to 1."""
    per_day = params.usd_per_t_day_loose if loose else params.usd_per_t_day
    cost = usd + per_day * tonnes * hours / HOURS_PER_DAY
    least = cost.min(axis=0)
    share = np.exp((least - cost) / (params.spread * np.maximum(least, 1.0)))
    return share / share.sum(axis=0)


def apart(itinerary: Itinerary) -> Itinerary:
    """The itinerary with waits for services and their rides drawn for themselves.

    So the simulation draws them: an interval is that of a season, and a ride that of all who share
    the departure; neither can move with one lot's luck in a country.
    """
    ridden = False
    legs: list[Leg] = []
    for leg in itinerary.legs:
        hours = leg.hours
        if leg.kind == "wait":
            ridden = any(one.wait and one.spread.high > 0 for one in hours)
            hours = tuple(replace(one, group="") for one in hours)
        elif leg.kind == "move" and ridden:
            ridden, hours = False, (replace(hours[0], group=""), *hours[1:])
        legs.append(replace(leg, hours=hours))
    return replace(itinerary, legs=legs)
