"""How much a corridor takes: demand rises until queues run away, and what must do more then.

All rows of demand rise together, each way keeps its share, and a day brings a mean day of the year:
a peak is a queue, no capacity. Factors stand on a grid of ``PER_OCTAVE`` steps to each doubling,
and runs at any two of them have the same draws (common random numbers).
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, replace

import numpy as np

from landbridge.errors import NoAnswer, QuestionError
from landbridge.network import tables as t
from landbridge.network.network import Network
from landbridge.simulation.facts import OTHER
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import Estimate, estimate
from landbridge.simulation.season import Progress, Season, SimulateParams, prepare
from landbridge.simulation.trials import (
    FULL,
    PER_OCTAVE,
    Trials,
    factor_of,
    growth_of,
    more_of,
    stations_of,
)
from landbridge.units import DAYS_PER_YEAR

LEAST, MOST = -4 * PER_OCTAVE, 5 * PER_OCTAVE
"""From a sixteenth of the demand to 32 times as much."""
MOST_WIDENINGS = 24
"""Places are widened so many times, at most."""
WIDER = 1.5
"""Each place that may bind is tried with so many times what it has."""


@dataclass(frozen=True, slots=True)
class Limit:
    """Where on the grid of factors something gives way."""

    holds: float
    """Demand times this gets through."""
    fails: float
    """... and times this, the next of the grid, not."""


@dataclass(frozen=True, slots=True)
class Need:
    """A place that gives way, and how much more it must do for the wanted demand."""

    place: str
    kind: str
    element: str
    limit: Limit
    """Of all demand, with the places before it widened."""
    times: Limit
    """So many times what it has suffices (``holds``) or does not (``fails``)."""
    change: str
    """In words, as it was simulated."""
    grows: Estimate
    """Lots a day by which its queue grows at ``limit.fails``."""
    relief: Estimate | None
    """Lots a day that all queues grow less with half as much again of this place; None: no other
    place came into question."""


@dataclass(frozen=True, slots=True)
class BranchLimit:
    """What a branch takes."""

    branch: str
    tonnes: float
    """Offered in a year at factor 1."""
    tonne_km: float
    limit: Limit | None
    """Of its own first place to give way, those on other branches widened; None: beyond ``wanted``.
    """
    first: str
    arrived: Estimate
    """Tonnes a year at the factor that all of the corridor holds."""


@dataclass(frozen=True, eq=False)
class CapacityResult:
    """The capacity of a corridor, in factors of its demand, and what a higher one would need."""

    season: Season
    first: Need
    """The place that gives way first; its limit is that of the corridor."""
    branches: tuple[BranchLimit, ...]
    wanted: float
    needs: tuple[Need, ...]
    """In the order in which they give way below ``wanted``."""
    reached: bool
    """Whether ``wanted`` times the demand gets through once all ``needs`` are met."""
    replications: int
    seasons: int
    """Seasons that were simulated."""

    def __str__(self) -> str:
        from landbridge.simulation.find_capacity_text import capacity_text  # noqa: PLC0415

        return capacity_text(self)


def find_capacity(
    net: Network,
    demand: t.Demand | None = None,
    *,
    start: dt.date | None = None,
    days: int = 90,
    seed: int = 1,
    params: SimulateParams | None = None,
    wanted: float = 2.0,
) -> CapacityResult:
    """How much more of its cargo a network takes, what gives way, and what more would need.

    Asked as ``simulate``; ``wanted``: times the demand that shall get through at last. Raises as
    ``simulate`` and ``capacity_of``.
    """
    season = prepare(net, demand, start=start, days=days, seed=seed, params=params)
    return capacity_of(season, wanted=wanted)


def capacity_of(
    season: Season, *, wanted: float = 2.0, progress: Progress | None = None
) -> CapacityResult:
    """Raise the demand of a season until queues run away, widen what binds, and go on.

    ``wanted``: times the demand that shall get through at last. Raises ``QuestionError`` where it
    is not above 0 or there is one replication, ``NoAnswer`` where a sixteenth of the demand is
    already too much or 32 times as much is not.
    """
    if not 0 < wanted <= 2 ** (MOST / PER_OCTAVE):
        raise QuestionError(f"wanted is {wanted}; it must lie above 0 and at most 32")
    if season.shut:
        raise QuestionError("a capacity is that of open places; leave away what is shut")
    if season.params.replications < 2:  # noqa: PLR2004 - a mean of one has no spread
        raise QuestionError("one replication shows no trend; at least 2 are needed")
    trials = Trials(season, progress)
    low = _first(trials)
    arrived = trials.at(low)
    target = math.ceil(math.log2(wanted) * PER_OCTAVE - 1e-9)
    first = _need(trials, low, wanted)
    needs: dict[str, Need] = {}
    while low < target and trials.widened < MOST_WIDENINGS:
        one = _need(trials, low, wanted) if needs else first
        if one.place in needs:
            # the last step was too short, as draws have it: at least one more, its limit stays
            before = needs[one.place]
            more = max(one.times.holds / before.times.holds, factor_of(1))
            one = _times(trials, before, before.times.holds * more)
        needs[one.place] = one
        trials.widen(one.place, one.times.holds)
        low = target if trials.holds(target) else _between(trials, low, target)
    found = tuple(needs.values())
    return CapacityResult(
        season, first, tuple(_branches(trials, (first, *found), arrived)), wanted, found,
        low >= target, season.params.replications, trials.seasons,
    )  # fmt: skip


def _first(trials: Trials) -> int:
    """The highest step at which all holds."""
    stride = 1
    if trials.holds(0):
        low, high = 0, stride
        while trials.holds(high):
            stride *= 2
            low, high = high, high + stride
            if high > MOST:
                raise NoAnswer(
                    f"{factor_of(low):.0f} times the demand gets through: nothing gives way. Do the"
                    " places have capacities? See docs/simulate.md"
                )
    else:
        low, high = -stride, 0
        while not trials.holds(low):
            stride *= 2
            low, high = low - stride, low
            if low < LEAST:
                names = ", ".join(trials.growing(high)[:3])
                raise NoAnswer(
                    f"{factor_of(high):.2f} of the demand is already too much: queues run away at"
                    f" {names}"
                )
    return _between(trials, low, high)


def _between(trials: Trials, low: int, high: int) -> int:
    """The step below the one at which a queue runs away; all holds at ``low``, not at ``high``."""
    while high - low > 1:
        middle = (low + high) // 2
        if trials.holds(middle):
            low = middle
        else:
            high = middle
    return low


def _need(trials: Trials, low: int, wanted: float) -> Need:
    """What binds just above a step, and what it needs: flows rise as demand does."""
    limit = Limit(factor_of(low), factor_of(low + 1))
    growing = trials.growing(low + 1)
    runs = trials.at(low + 1)
    tried = _suspects(trials, growing, low + 1)
    before = [float(growth_of(one)[trials.waits].sum()) for one in runs]
    reliefs: dict[str, Estimate] = {}
    if len(tried) > 1:
        for place in tried:
            after = trials.run(low + 1, {**trials.wider, place: WIDER * trials.wider.get(place, 1)})
            reliefs[place] = estimate(
                [a - float(growth_of(one)[trials.waits].sum())
                 for a, one in zip(before, after, strict=True)]
            )  # fmt: skip
    place = max(tried, key=lambda name: reliefs[name].mean) if reliefs else tried[0]
    k = trials.names.index(place)
    at = trials.season.world.places[k]
    grows = estimate([float(growth_of(one)[k]) for one in runs])
    one = Need(place, at.kind, at.element, limit, limit, "", grows, reliefs.get(place))
    return _times(trials, one, trials.wider.get(place, 1.0) * wanted / limit.holds)


def _times(trials: Trials, one: Need, times: float) -> Need:
    """The need of a place that must do so many times what it has."""
    change = more_of(trials.season.world, one.place, times)[1]
    return replace(one, times=Limit(times, times / factor_of(1)), change=change)


def _suspects(trials: Trials, growing: list[str], step: int) -> list[str]:
    """Places that grow, and those behind them on the way that are nearly full."""
    world = trials.season.world
    found = dict.fromkeys(growing)
    for steps in world.steps:
        names = stations_of(steps)
        behind = [names.index(place) for place in growing if place in names]
        if behind:
            later = names[min(behind) + 1 :]
            found.update(dict.fromkeys(name for name in later if trials.used(step, name) > FULL))
    return list(found)


def _branches(
    trials: Trials, needs: tuple[Need, ...], runs: list[Replication]
) -> list[BranchLimit]:  # fmt: skip
    world, shares = trials.season.world, trials.season.shares.tolist()
    year = DAYS_PER_YEAR / trials.season.span.days
    found: list[BranchLimit] = []
    for branch in sorted({way.branch or OTHER for way in world.ways}):
        rows = [
            k
            for k, way in enumerate(world.ways)
            if (way.branch or OTHER) == branch and shares[k] > 0
        ]
        lot = np.array([world.ways[k].cargo.lot_t for k in rows])
        tonnes = np.array(
            [world.ways[k].cargo.amount / world.ways[k].cargo.lot * shares[k] for k in rows]
        ) * lot  # fmt: skip
        km = np.array([world.ways[k].itinerary.km() for k in rows])
        used = {name for k in rows for name in stations_of(world.steps[k])}
        own = next((one for one in needs if one.place in used), None)
        found.append(
            BranchLimit(
                branch, float(tonnes.sum()), float((tonnes * km).sum()), own.limit if own else None,
                own.place if own else "",
                estimate([float((one.done[rows] * lot).sum()) * year for one in runs]),
            )
        )  # fmt: skip
    return found
