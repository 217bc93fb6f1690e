"""The verb: all cargo of a season through the corridor, with its queues.

Ways are those open on the middle day of the season, at the prices and speeds of that day.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network import tables as t
from landbridge.network.network import Network
from landbridge.routing.congestion import Congestion
from landbridge.schema.column import Floats
from landbridge.simulation.closures import set_apart, shut_of, with_shut
from landbridge.simulation.demand import cargoes
from landbridge.simulation.detours import Asked, obeyed
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.interval import half_width
from landbridge.simulation.memory import check_memory, need_of
from landbridge.simulation.replication import Replication, replication_of
from landbridge.simulation.shut import Shut, check_days
from landbridge.simulation.warmup import mser5
from landbridge.simulation.ways import ChoiceParams, shares_of, ways_of
from landbridge.simulation.when_shut import WAIT, WhenShut
from landbridge.simulation.world import Span, World, build_world
from landbridge.units import DAYS_PER_YEAR

if TYPE_CHECKING:
    from landbridge.simulation.effect import Effect
    from landbridge.simulation.report import Report

MOST_DAYS = 3_660
MOST_REPLICATIONS = 10_000
MOST_LOTS = 50_000_000
"""Lots of one replication: what some 4 GiB hold at 80 bytes each."""
MOST_WORKERS = 256
BATCH = 4
"""Replications between two looks at the half-width, whatever the number of workers."""
Progress = Callable[[str, int, int], None]
"""Told what is done, how many of how many."""


class Keeper(Protocol):
    """Where finished replications are kept, such as a run folder; threads call it at once."""

    def take(self, number: int) -> Replication | None:
        """A replication that was finished before, or None."""
        ...

    def put(self, number: int, one: Replication) -> None:
        """Keep one that has just been finished."""
        ...


@dataclass(frozen=True, slots=True)
class SimulateParams:
    """How a season is run; never what the world is."""

    replications: int = 8
    """At least."""
    half_width: float | None = None
    """... and more, until the mean time from door to door is known within this share of itself
    with 95 % confidence; None: no more."""
    most_replications: int = 64
    workers: int = 1
    """Threads; the answer does not depend on it."""
    lead_days: int = 120
    """Days before the season within which the corridor may fill up; of them the rule of MSER-5
    leaves in what it needs."""
    warm_up_days: int | None = None
    """Days of run-up instead of that rule."""
    factor: float = 1.0
    """Times all demand."""
    choice: ChoiceParams = field(default_factory=ChoiceParams)
    shut: tuple[Shut, ...] = ()
    """What is shut meanwhile; ways and run-up are found as if it were not."""
    when_shut: WhenShut = field(default_factory=WhenShut)
    """What cargo does then."""

    def __post_init__(self) -> None:
        for name, value, low, high in (
            ("replications", self.replications, 1, MOST_REPLICATIONS),
            ("most_replications", self.most_replications, 1, MOST_REPLICATIONS),
            ("workers", self.workers, 1, MOST_WORKERS),
            ("lead_days", self.lead_days, 0, MOST_DAYS),
            ("warm_up_days", self.warm_up_days or 0, 0, MOST_DAYS),
            ("half_width", 0.5 if self.half_width is None else self.half_width, 1e-4, 1),
            ("factor", self.factor, 0, 1_000),
        ):
            if not low <= value <= high:
                raise QuestionError(f"{name} is {value}; it must lie between {low} and {high}")


@dataclass(frozen=True, eq=False)
class Season:
    """A question to a network, ready to be run: the same for every replication."""

    world: World
    span: Span
    shares: Floats
    """(n_ways,), of each way in its cargo."""
    rounds: int
    """Rounds in which ways were chosen anew."""
    settled: bool
    """Whether the shares stopped moving."""
    steady: bool
    """Whether the run-up found a steady state before the season."""
    seed: int
    params: SimulateParams
    shut: tuple[Shut, ...] = ()
    """What is shut meanwhile: as it was asked, and what closures with days and seasons shut."""
    opened: World | None = None
    """The world without it; None where nothing is shut."""

    def replicate(self, number: int, stop: threading.Event | None = None) -> Replication:
        """One replication; ``KeyboardInterrupt`` where ``stop`` is set meanwhile."""
        return _run(self.world, self.span, self.shares, self.seed, number, stop)


@dataclass(frozen=True, eq=False)
class SimulateResult:
    """A season with its replications."""

    net: Network
    season: Season
    replications: tuple[Replication, ...]

    @cached_property
    def report(self) -> Report:
        """Its tables."""
        from landbridge.simulation.facts import facts_of  # noqa: PLC0415 - they build on this module
        from landbridge.simulation.report import report_of  # noqa: PLC0415

        return report_of(facts_of(self.net, self.season), self.replications)

    def congestion(self) -> Congestion:
        """Its queues, for ``lb.route(net, ..., congestion=...)``."""
        from landbridge.simulation.facts import facts_of  # noqa: PLC0415 - they build on this module
        from landbridge.simulation.queues import congestion_of  # noqa: PLC0415

        return congestion_of(facts_of(self.net, self.season), self.replications, self.net)

    @cached_property
    def effect(self) -> Effect | None:
        """What closures do, beside the same season without them; None where nothing is shut."""
        from landbridge.simulation.effect import effect_of  # noqa: PLC0415

        return effect_of(self.season, self.replications)

    def __str__(self) -> str:
        from landbridge.simulation.report_text import report_text  # noqa: PLC0415

        return report_text(self.report)

    def _repr_html_(self) -> str:
        from landbridge.simulation.report_html import report_html  # noqa: PLC0415

        return report_html(self.report)


def simulate(
    net: Network,
    demand: t.Demand | None = None,
    *,
    start: dt.date | None = None,
    days: int = 90,
    seed: int = 1,
    params: SimulateParams | None = None,
    out: str | Path | None = None,
) -> SimulateResult:
    """Move all cargo of a season over the network and tell where it waits.

    ``demand``: rows as of ``demand.csv``, by default those of the case; ``start``: the first day
    that counts, by default the case's base date; ``out``: a run folder, in which every finished
    replication is kept at once, and from which the same question goes on. Raises ``DataError`` for
    rows that cannot be moved, ``QuestionError`` for what contradicts itself, ``NoAnswer`` for a
    deadlock.
    """
    if out is None:
        season = prepare(net, demand, start=start, days=days, seed=seed, params=params)
        return SimulateResult(net, season, tuple(run_all(season)))
    from landbridge.simulation.facts import facts_of  # noqa: PLC0415 - they build on this module
    from landbridge.simulation.report import report_of  # noqa: PLC0415
    from landbridge.simulation.run_folder import RunFolder  # noqa: PLC0415
    from landbridge.simulation.run_manifest import question_of  # noqa: PLC0415

    asked = question_of(net, demand, start=start, days=days, seed=seed, params=params)
    folder = RunFolder.begin(Path(out), asked)
    season = prepare(net, demand, start=start, days=days, seed=seed, params=params)
    facts = facts_of(net, season)
    folder.tell(facts)
    runs = tuple(run_all(season, keeper=folder))
    folder.finish(report_of(facts, runs))
    return SimulateResult(net, season, runs)


def prepare(
    net: Network,
    demand: t.Demand | None = None,
    *,
    start: dt.date | None = None,
    days: int = 90,
    seed: int = 1,
    params: SimulateParams | None = None,
) -> Season:
    """Find ways, share the cargo among them, and find how long the run-up must be."""
    params = params or SimulateParams()
    start = start or net.case.base_date
    if not 1 <= days <= MOST_DAYS:
        raise QuestionError(f"days is {days}; it must lie between 1 and {MOST_DAYS}")
    if not net.case.first_date <= start <= net.case.last_date:
        raise QuestionError(
            f"{start} lies outside the years of the data, {net.case.first_date} to"
            f" {net.case.last_date}"
        )
    rows = net.demand if demand is None else demand
    if not len(rows):
        raise QuestionError("the case has no demand.csv; give one with --demand FILE")
    moved = cargoes(rows, start.year, params.factor)
    lead = params.lead_days if params.warm_up_days is None else params.warm_up_days
    span = Span(start, days, lead)
    check_days(params.shut, span.first.date(), span.end)
    lots = _check_size(sum(one.amount / one.lot for one in moved), days + params.lead_days)
    opened, apart = set_apart(net, span)
    ways = ways_of(opened, moved, start + dt.timedelta(days=days // 2), seed)
    world = build_world(opened, chain.from_iterable(ways))
    with_shut(world, params.shut)
    most = params.replications if params.half_width is None else params.most_replications
    check_memory(need_of(lots, len(world.places), len(world.ways), days + lead,
                         workers=params.workers, kept=most))  # fmt: skip
    groups = _groups([len(mine) for mine in ways])
    shares, rounds, settled = _choose(world, span, groups, seed, params.choice)
    steady = True
    if params.warm_up_days is None:
        pilot = _run(world, span, shares, seed, 0)
        needed, steady = mser5(pilot.under_way.astype(np.float64))
        steady &= needed <= lead
        span = Span(start, days, min(needed, lead))
        check_days(params.shut, span.first.date(), span.end)
    shut = (*params.shut, *shut_of(opened, apart, world.ways, span))
    if not shut:
        return Season(world, span, shares, rounds, settled, steady, seed, params)
    closed = with_shut(world, shut)
    if params.when_shut.rule != WAIT:
        asked = Asked(start + dt.timedelta(days=days // 2), seed, params.choice)
        closed = obeyed(closed, shut, params.when_shut, asked)
    shares = np.append(shares, np.zeros(len(closed.ways) - len(shares)))
    return Season(closed, span, shares, rounds, settled, steady, seed, params, shut, world)


def run_all(
    season: Season, progress: Progress | None = None, keeper: Keeper | None = None
) -> Iterator[Replication]:
    """Replications in their order, as many as ``params`` ask for.

    ``progress`` is told of those that are simulated; ``keeper`` has those that need not be.
    """
    params = season.params
    stop = threading.Event()
    done: list[float] = []

    def replicate(number: int) -> tuple[Replication, bool]:
        held = None if keeper is None else keeper.take(number)
        if held is not None:
            return held, False
        one = season.replicate(number, stop)
        if keeper is not None:
            keeper.put(number, one)
        return one, True

    with ThreadPoolExecutor(params.workers) as pool:
        try:
            while True:
                wanted = _wanted(params, done)
                # where no half-width is looked at in between, nobody waits for the others
                many = BATCH if params.half_width is not None else wanted
                batch = range(len(done), min(len(done) + many, wanted))
                if not batch:
                    return
                for one, new in pool.map(replicate, batch):
                    done.append(mean_door_h(season, one))
                    if progress is not None and new:
                        progress("replications", len(done), wanted)
                    yield one
        finally:
            stop.set()


def _wanted(params: SimulateParams, done: list[float]) -> int:
    """How many replications there shall be, by what is done."""
    if params.half_width is None or len(done) < params.replications:
        return params.replications
    mean = float(np.mean(done))
    if half_width(np.array(done)) <= params.half_width * mean:
        return len(done)
    return min(len(done) + BATCH, max(params.most_replications, params.replications))


def mean_door_h(season: Season, one: Replication) -> float:
    """Hours from door to door, the mean over all t that arrived."""
    lot = np.array([way.cargo.lot_t for way in season.world.ways])
    arrived = float((one.done * lot).sum())
    return float((one.door_h * lot).sum()) / arrived if arrived else float("nan")


def _run(
    world: World, span: Span, shares: Floats, seed: int, number: int,
    stop: threading.Event | None = None,
) -> Replication:  # fmt: skip
    prepared = Prepared(world.model(seed, number, span, shares))

    def go_on(_share: float) -> bool:
        return stop is None or not stop.is_set()

    return replication_of(Run(prepared, seed, number).finish(go_on), span, world.shut_days(span))


def _check_size(lots_a_year: float, days: int) -> float:
    """Lots of one replication, unless they are more than can be counted."""
    lots = lots_a_year * days / DAYS_PER_YEAR
    if lots > MOST_LOTS:
        raise QuestionError(
            f"this demand is some {lots:,.0f} lots in {days} days, more than {MOST_LOTS:,}; larger"
            " lots, fewer days or less demand are needed"
        )
    return lots


def _groups(sizes: list[int]) -> list[slice]:
    ends = np.cumsum([0, *sizes]).tolist()
    return [slice(a, b) for a, b in pairwise(ends)]


def _choose(
    world: World, span: Span, groups: list[slice], seed: int, params: ChoiceParams
) -> tuple[Floats, int, bool]:
    """Shares that agree with the waits that they make: simulate, choose, simulate.

    Method of successive averages (Sheffi 1985): round k moves the shares by 1 / (k + 1) of the way
    to those that the last waits call for.
    """
    free = np.array([way.hours for way in world.ways])

    def choose(hours: Floats) -> Floats:
        return np.concatenate(
            [shares_of(list(world.ways[mine]), hours[mine], params) for mine in groups]
        )

    shares = choose(free)
    if all(mine.stop - mine.start == 1 for mine in groups):
        return shares, 0, True
    for k in range(params.rounds):
        one = _run(world, span, shares, seed, 0)
        arrived = np.maximum(one.done, 1)
        hours = np.where(one.done > 0, one.door_h / arrived, free)
        stuck = (one.done == 0) & (one.born > 0)
        hours[stuck] = free[stuck] + span.hours
        wanted = choose(np.maximum(hours, free))
        moved = (wanted - shares) / (k + 2)
        shares = shares + moved
        if np.abs(moved).max() <= params.tolerance:
            return shares, k + 1, True
    return shares, params.rounds, False
