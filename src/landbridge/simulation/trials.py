"""Seasons at other demands and with other capacities: which queues run away."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from landbridge.schema.column import Floats
from landbridge.simulation.demand import MONTHS
from landbridge.simulation.interval import half_width
from landbridge.simulation.model import Give, Ride, Serve, Step
from landbridge.simulation.replication import Replication
from landbridge.simulation.season import Progress, Season
from landbridge.simulation.steps import Line
from landbridge.simulation.world import More, Span, World

PER_OCTAVE = 32
"""Factors are 2.2 % apart."""
SHARE = 0.01
"""A queue runs away where more than this share of what comes stays behind ..."""
THIRDS = 3
"""... from the first third of the days to the last, by more than half of the 95 % interval."""
FULL = 0.9
"""A place can bind only where more than this share of it is in use."""


def factor_of(step: int) -> float:
    """The factor of a step of the grid; step 0 is 1."""
    return 2.0 ** (step / PER_OCTAVE)


@dataclass(eq=False)
class Trials:
    """Seasons at other factors, each simulated once, with what was widened so far."""

    season: Season
    progress: Progress | None
    wider: dict[str, float] = field(default_factory=dict[str, float])
    widened: int = 0
    seasons: int = 0

    def __post_init__(self) -> None:
        level = tuple(
            replace(way, cargo=replace(way.cargo, weights=(1.0,) * MONTHS))
            for way in self.season.world.ways
        )
        lead = self.season.params.warm_up_days
        days = self.season.params.lead_days if lead is None else lead
        span = Span(self.season.span.start, self.season.span.days, days)
        world = replace(self.season.world, ways=level)
        self.season = replace(self.season, world=world, span=span)
        self.known: dict[int, list[Replication]] = {}
        self.names = [one.name for one in world.places]
        self.waits = np.array([one.kind != "delay" for one in world.places])

    def at(self, step: int) -> list[Replication]:
        """The replications at a factor."""
        if step not in self.known:
            self.known[step] = self.run(step, self.wider)
        return self.known[step]

    def widen(self, place: str, times: float) -> None:
        """Let a place do more from now on."""
        self.wider[place] = times
        self.widened += 1
        self.known.clear()

    def run(self, step: int, wider: Mapping[str, float]) -> list[Replication]:
        """All replications of a season with the demand of a step and these places wider."""
        world = replace(self.season.world, factor=factor_of(step))
        for place, times in wider.items():
            world = world.with_more(more_of(world, place, times)[0])
        season = replace(self.season, world=world)
        stop = threading.Event()

        def replicate(number: int) -> Replication:
            return season.replicate(number, stop)

        wanted = season.params.replications
        found: list[Replication] = []
        with ThreadPoolExecutor(season.params.workers) as pool:
            try:
                for one in pool.map(replicate, range(wanted)):
                    found.append(one)
                    if self.progress is not None:
                        self.progress(f"demand x {factor_of(step):.2f}", len(found), wanted)
            finally:
                stop.set()
        self.seasons += wanted
        return found

    def growing(self, step: int) -> list[str]:
        """Places whose queue runs away, the fastest first."""
        runs = self.at(step)
        growth = np.array([growth_of(one) for one in runs])
        come = np.mean([one.wanted for one in runs], axis=0) / self.season.span.days
        mean = growth.mean(axis=0)
        half = np.array([half_width(column) for column in growth.T])
        away = self.waits & (mean - half > 0) & (mean > SHARE * come)
        order: list[int] = np.argsort(-mean, kind="stable").tolist()
        ranked = [self.names[k] for k in order if away[k]]
        return [name for name in ranked if self.used(step, name) > FULL]

    def used(self, step: int, name: str) -> float:
        """Share of a gate's time, a yard's places or a line's load that is in use."""
        runs, world, k = self.at(step), self.season.world, self.names.index(name)
        if name in world.lines:
            trips = float(np.mean([one.departed[k] for one in runs]))
            carried = float(np.mean([one.carried_t[k] for one in runs]))
            line = world.lines[name]
            times = self.wider.get(name, 1.0)
            load = line.capacity_t * (1.0 if by_sets(line) else times)
            return 0.0 if line.endless or not trips else carried / trips / load
        if name in world.pools:
            units = world.pools[name].units
            held = None if units is None else units * self.wider.get(name, 1.0)
        else:
            held = world.servers[name].servers
        busy = float(np.mean([one.busy_h[k] for one in runs]))
        return busy / (self.season.span.days * 24.0) / held if held else 0.0

    def holds(self, step: int) -> bool:
        """Whether no queue runs away."""
        return not self.growing(step)


def growth_of(one: Replication) -> Floats:
    """Lots a day by which each queue grows; (n_stations,).

    The mean of the last third of the days less that of the first, over the days between the two.
    """
    days = len(one.queue)
    third = max(1, days // THIRDS)
    early, late = one.queue[:third].mean(axis=0), one.queue[-third:].mean(axis=0)
    return (late - early) / max(days - third, 1)


def more_of(world: World, place: str, times: float) -> tuple[More, str]:
    """How a place does so many times as much, and that in words."""
    if place in world.lines:
        line = world.lines[place]
        if line.fleet is not None and by_sets(line):
            sets = math.ceil(line.fleet * times - 1e-9)
            return More(place, sets=sets - line.fleet), f"{line.fleet} -> {sets} sets"
        return More(place, times), f"load x {times:.2f}"
    return More(place, times), f"{'places' if place in world.pools else 'rate'} x {times:.2f}"


def by_sets(line: Line) -> bool:
    """Whether more sets make a line do more: where it leaves when it is full, not by the clock."""
    return line.fleet is not None and line.when_full


def stations_of(steps: Iterable[Step]) -> list[str]:
    """The stations of a way in their order, those at which it gives back left out."""
    names: list[str] = []
    for step in steps:
        if isinstance(step, Serve):
            names.append(step.station)
        elif isinstance(step, Ride):
            names.append(step.departures)
        elif not isinstance(step, Give):
            names.append(step.pool)
    return names
