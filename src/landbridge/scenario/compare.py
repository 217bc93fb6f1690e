"""One question asked of several scenarios: which options go, come, move in rank, and by how much.

Draws depend on names and seed alone, so the base and a scenario have the same bad days: a
difference is taken draw by draw, and its spread is that of the difference itself.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from landbridge.errors import NoAnswer, PlaceError, QuestionError
from landbridge.network.network import Network
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, RouteResult, route
from landbridge.scenario.ends import check_ends
from landbridge.scenario.scenario import Scenario
from landbridge.scenario.shelf import load_scenario
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY

MOST_SCENARIOS = 50
SURE = 2.0
"""A mean difference of fewer standard errors than that may be due to the draws alone."""


@dataclass(frozen=True, slots=True)
class Delta:
    """Scenario less base, draw by draw: mean, and its spread over the draws."""

    mean: float
    p10: float
    p90: float
    noise: bool
    """Whether the mean is smaller than what the draws alone may bring about."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one option."""

    id: str
    name: str
    fate: str
    """``stays``, ``goes`` or ``comes``."""
    rank_before: int | None
    """By generalised cost, from 1."""
    rank_after: int | None
    days: Delta | None
    usd: Delta | None
    co2e_kg: Delta | None
    reason: str = ""
    """Why it went, where the answer says."""


@dataclass(frozen=True, eq=False)
class Compared:
    """One scenario beside the base."""

    scenario: Scenario
    holds: bool
    options: tuple[Moved, ...]
    result: RouteResult | None = field(repr=False)
    """None where there is no way at all under the scenario."""
    reason: str = ""


@dataclass(frozen=True, eq=False)
class Comparison:
    """The base's answer, and what each scenario changes of it."""

    base: RouteResult
    scenarios: tuple[Compared, ...]

    def __str__(self) -> str:
        from landbridge.scenario.compare_text import comparison_text  # noqa: PLC0415

        return comparison_text(self)


def compare(
    net: Network,
    shipment: Shipment,
    scenarios: Sequence[Scenario | str],
    *,
    limits: Limits | None = None,
    params: RouteParams | None = None,
) -> Comparison:
    """What each scenario changes of the answer for a shipment on ``net``.

    A scenario given by name is one of the network's case. Raises as ``route`` does for the base;
    a scenario under which there is no way is part of the answer.
    """
    if not 1 <= len(scenarios) <= MOST_SCENARIOS:
        raise QuestionError(f"{len(scenarios)} scenarios: give 1 to {MOST_SCENARIOS}")
    params = params or RouteParams()
    base = route(net, shipment, limits=limits, params=params)
    found: list[Compared] = []
    for given in scenarios:
        scenario = given if isinstance(given, Scenario) else load_scenario(given, net.case.id)
        changed = scenario.apply(net, shipment.ready)
        check_ends(net, scenario, (shipment.origin, shipment.destination), shipment.ready)
        holds = changed is net or changed.scenarios[-1].holds
        try:
            result = base if changed is net else route(changed, shipment, limits=limits,
                                                       params=params)  # fmt: skip
        except (NoAnswer, PlaceError) as error:  # a place is cut off
            gone = tuple(_gone(one, base, params, str(error)) for one in base.options)
            found.append(Compared(scenario, holds, gone, None, str(error)))
            continue
        found.append(Compared(scenario, holds, _moves(base, result, params), result))
    return Comparison(base, tuple(found))


def paired(before: Floats, after: Floats) -> Delta:
    """The difference of two samples that were drawn alike."""
    gap = after - before
    mean = float(gap.mean())
    error = float(gap.std(ddof=1)) / math.sqrt(len(gap)) if len(gap) > 1 else math.inf
    noise = mean != 0 and abs(mean) < SURE * error
    low, high = np.quantile(gap, (0.1, 0.9)).tolist()
    return Delta(mean, low, high, noise)


def ranks(result: RouteResult, params: RouteParams) -> dict[str, int]:
    """Place of each option by generalised cost: USD, and days at the value of time."""
    per_hour = params.usd_per_teu_day * result.loaded.cargo.teu / HOURS_PER_DAY
    ordered = sorted(
        result.options, key=lambda one: (one.usd["mean"] + per_hour * one.hours["mean"], one.id)
    )
    return {one.id: place for place, one in enumerate(ordered, start=1)}


def _moves(base: RouteResult, result: RouteResult, params: RouteParams) -> tuple[Moved, ...]:
    before, after = ranks(base, params), ranks(result, params)
    new = {one.id: one for one in result.options}
    why = {one.name: one.reason for one in result.absent}
    found: list[Moved] = []
    for one in base.options:
        other = new.get(one.id)
        if other is None:
            found.append(_gone(one, base, params, why.get(one.name, "others are better")))
            continue
        co2e = paired(_co2e(base, one), _co2e(result, other))
        usd = paired(one.bill.samples, other.bill.samples)
        days = paired(one.trip.hours / HOURS_PER_DAY, other.trip.hours / HOURS_PER_DAY)
        found.append(
            Moved(one.id, one.name, "stays", before[one.id], after[one.id], days, usd, co2e)
        )
    found += [
        Moved(one.id, one.name, "comes", None, after[one.id], None, None, None)
        for one in result.options
        if one.id not in before
    ]
    return tuple(found)


def _gone(one: Option, base: RouteResult, params: RouteParams, reason: str) -> Moved:
    rank = ranks(base, params)[one.id]
    return Moved(one.id, one.name, "goes", rank, None, None, None, None, reason)


def _co2e(result: RouteResult, one: Option) -> Floats:
    return result.player.sampler.total([a for leg in one.itinerary.legs for a in leg.wtw])
