"""The world of a season: stations, lines and paths made once, and a model of each replication."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.stations import ENDLESS
from landbridge.models.distribution import draws
from landbridge.network.network import Network
from landbridge.routing.itinerary import Gate, Spot
from landbridge.routing.sample import UNIFORM
from landbridge.schema.column import Floats
from landbridge.simulation.calendars import Hours, hours_of, servers_of
from landbridge.simulation.capacity import Capacities
from landbridge.simulation.drain import let_through
from landbridge.simulation.model import (
    Departures,
    Hourly,
    Model,
    Path,
    Pool,
    Servers,
    Station,
    Step,
)  # fmt: skip
from landbridge.simulation.shut import Shut, changes_by, narrowed, spans_of, thinned
from landbridge.simulation.steps import Drawing, Line, Place, load_of
from landbridge.simulation.ways import Way
from landbridge.simulation.when_shut import WhenShut, lost_at, turns_of

ALWAYS = Hours((), ())
WAITS = WhenShut()
EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - instants are UTC throughout
LEAST_INTERVAL_H = 1.0
"""Departures nearer to each other than this are one."""


@dataclass(frozen=True)
class More:
    """One station with more of what it has, to see what that is worth."""

    place: str
    factor: float = 1.0
    """Servers' rate and loads times this."""
    sets: int = 0


@dataclass(frozen=True, eq=False)
class World:
    """What all replications share."""

    net: Network
    ways: tuple[Way, ...]
    steps: tuple[tuple[Step, ...], ...]
    servers: Mapping[str, Servers]
    pools: Mapping[str, Pool]
    lines: Mapping[str, Line]
    places: tuple[Place, ...]
    """One per station, in the order of the model's stations."""
    legs: tuple[tuple[int, ...], ...]
    """Per way, the leg of each of its steps but those that give back."""
    gates: Mapping[str, tuple[Gate, Spot]]
    """Servers that have hours and a country."""
    factor: float = 1.0
    """Times all demand."""
    more: tuple[More, ...] = field(default=())
    shut: Mapping[str, tuple[Shut, ...]] = field(default_factory=dict[str, tuple[Shut, ...]])
    """By station what shuts it, or a part of it."""
    when: WhenShut = WAITS
    """What cargo does meanwhile."""
    detours: Mapping[str, str] = field(default_factory=dict[str, str])
    """By way that passes what is shut the way round it."""
    _hours: dict[Span, dict[str, Hours]] = field(default_factory=dict["Span", dict[str, Hours]])
    """Calendars of the spans that were asked for."""

    def model(self, seed: int, replication: int, span: Span, shares: Floats) -> Model:
        """The model of one replication; ``shares``: (n_ways,) of each way in its cargo."""
        stations: list[Station] = [*self._opened(span), *self.pools.values()]
        stations += [
            self._departures(line, seed, replication, span) for line in self.lines.values()
        ]
        paths = tuple(
            Path(
                way.id, steps,
                way.cargo.rates(span.first, span.hours, share * self.factor),
                load=load_of(way), turns=self._turns(way.id, steps, span),
            )
            for way, steps, share in zip(self.ways, self.steps, shares.tolist(), strict=True)
        )  # fmt: skip
        return Model(tuple(stations), paths, span.hours, span.warm_up_h, 24.0, span.mark_h)

    def shut_days(self, span: Span) -> NDArray[np.bool_]:
        """Whether each place is shut wholly on each day of a run; (n_stations, n_days)."""
        found = np.zeros((len(self.places), int(span.hours / 24)), bool)
        for k, place in enumerate(self.places):
            for since, until in spans_of(self.shut.get(place.name, ()), span.first):
                found[k, max(0, int(since / 24)) : int(until / 24)] = True
        return found

    def _turns(
        self, way: str, steps: tuple[Step, ...], span: Span
    ) -> tuple[tuple[float, str], ...]:
        """When lots of a way set out by the way round, where there is one."""
        if way not in self.detours:
            return ()
        passed = {getattr(step, "station", getattr(step, "departures", "")) for step in steps}
        mine = [one for name in sorted(passed) for one in self.shut.get(name, ())]
        return turns_of(self.when, spans_of(mine, span.first), way, self.detours[way])

    def _lost(self, place: str, span: Span) -> Hourly:
        """When who has waited too long at a place is lost."""
        return lost_at(self.when, spans_of(self.shut.get(place, ()), span.first))

    def _opened(self, span: Span) -> list[Servers]:
        """Servers with their calendars."""
        hours = self._hours.get(span)
        if hours is None:
            start = (span.first - EPOCH) / dt.timedelta(hours=1)
            hours = self._hours[span] = hours_of(self.net, self.gates, start, span.hours)
        found: list[Servers] = []
        used = {place.name: place.used for place in self.places if place.used}
        aboard = {one.name for one in self.places if one.element.startswith("passage:")}
        for name, one in self.servers.items():
            mine = hours.get(name, ALWAYS)
            if name in self.shut:
                mine = narrowed(mine, self.shut[name], span.first, span.hours)
            number = ENDLESS if one.servers is None else one.servers
            changes, passes = let_through(mine.changes, used.get(name, 0.0), span.hours)
            opened = servers_of(changes, number)
            lost = () if name in aboard else self._lost(name, span)
            found.append(replace(one, changes=opened, pace=mine.pace, passes=passes, loses_at=lost))
        return found

    def _departures(self, line: Line, seed: int, replication: int, span: Span) -> Departures:
        """A line with the interval of this replication, or its timetable."""
        more = next((one for one in self.more if one.place == line.name), More(line.name))
        fleet = None if line.fleet is None else line.fleet + more.sets
        shut = self.shut.get(line.name, ())
        return Departures(
            line.name, int(line.capacity_t * more.factor),
            thinned(_times(line, seed, replication, span), shut, span.first), line.when_full, 0,
            fleet, line.turn, changes=changes_by(shut, span.first, span.hours),
            loses_at=self._lost(line.name, span),
        )  # fmt: skip

    def with_more(self, one: More) -> World:
        """The world with one station changed; its draws stay the same."""
        if one.place in self.pools:
            pool = self.pools[one.place]
            units = None if pool.units is None else math.ceil(pool.units * one.factor)
            return replace(self, pools={**self.pools, one.place: replace(pool, units=units)})
        if one.place not in self.servers:
            return replace(self, more=(*self.more, one))
        faster = tuple(tuple(_faster(step, one) for step in steps) for steps in self.steps)
        return replace(self, steps=faster)


@dataclass(frozen=True, slots=True)
class Span:
    """The time that is simulated: a run-up, then what is counted."""

    start: dt.date
    """First day that counts."""
    days: int
    warm_up_days: int
    mark_h: float = 24.0

    @property
    def first(self) -> dt.datetime:
        """When the run begins, UTC."""
        day = self.start - dt.timedelta(days=self.warm_up_days)
        return dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001

    @property
    def end(self) -> dt.date:
        """The day after the last."""
        return self.start + dt.timedelta(days=self.days)

    @property
    def warm_up_h(self) -> float:
        """Hours before counting begins."""
        return self.warm_up_days * 24.0

    @property
    def hours(self) -> float:
        """Of the whole run."""
        return (self.warm_up_days + self.days) * 24.0


def build_world(
    net: Network, ways: Iterable[Way], doors: frozenset[str] = frozenset()
) -> World:  # fmt: skip
    """Stations, lines and steps of all ways; ``doors``: elements that get a gate, if any pass."""
    drawing = Drawing(net, Capacities(net), doors)
    flat = tuple(ways)
    steps = tuple(drawing.steps(way) for way in flat)
    names = [*drawing.servers, *drawing.pools, *drawing.lines]
    return World(
        net, flat, steps, drawing.servers, drawing.pools, drawing.lines,
        tuple(drawing.places[name] for name in names), tuple(drawing.legs[one.id] for one in flat),
        drawing.gates,
    )  # fmt: skip


def _times(line: Line, seed: int, replication: int, span: Span) -> tuple[float, ...]:
    """Hours of departure: the interval, which is drawn once a season, from a phase within it.

    ``route`` has a wait of a uniform share of an uncertain interval; over replications this is the
    same: what is uncertain is the interval that a service keeps, and not when it next runs.
    """
    if line.times is not None:
        start = (span.first - EPOCH) / dt.timedelta(hours=1)
        inside = line.times[(line.times >= start) & (line.times < start + span.hours)]
        return tuple((inside - start).tolist())
    name = f"{line.service} {line.start}"
    count = replication + 1
    interval = max(float(draws(line.interval, f"wait {name}", seed, count)[-1]), LEAST_INTERVAL_H)
    phase = float(draws(UNIFORM, f"phase {name}", seed, count)[-1])
    many = int(span.hours / interval - phase) + 1
    return tuple(interval * (phase + k) for k in range(max(many, 0)))


def _faster(step: Step, more: More) -> Step:
    law = getattr(step, "law", None)
    if getattr(step, "station", None) != more.place or law is None:
        return step
    return replace(step, law=replace(law, a=law.a / more.factor))
