"""Any model of the simulation as a program in SimPy: the same boxes, the same draws.

A box is a process; servers, departures and pools are objects with queues, a calendar and a
timetable are processes. Written as somebody who knows SimPy would write it for speed: a box that
waits is woken by the end of its service itself, and what a service takes is looked up in lists that
are drawn before the clock runs. The engine's rules for what happens at one instant are kept by the
priorities of events, so that both come to the same sequence, event by event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import simpy
from numpy.typing import NDArray
from shared_draws import Draws
from simpy_stations import Box, Due, Lanes, Line, Process, Queue, Service, Stock

from landbridge.kernels.season import ARRIVAL_EVENT, BACK_EVENT, BOX_EVENT, KIND_BITS
from landbridge.kernels.stations import GO, LOG_BORN, LOG_DONE, LOG_LOST, OWNER, World
from landbridge.simulation.arrays import ticks
from landbridge.simulation.entries import entries
from landbridge.simulation.law import Law
from landbridge.simulation.model import Give, Model, Path, Pool, Ride, Servers, Take

Row = tuple[int, int, int, int]
"""Of the log: ticks, box, what, station or path."""
Sink = Callable[[Row], None]
AT_ONCE, WAITS, GONE = range(3)
"""What becomes of a box that comes for a station."""


@dataclass(eq=False, slots=True)
class Stage:
    """A step of a path, as a process reads it."""

    kind: type
    station: Queue
    ticks: list[int]
    """By number of the box on its path."""
    units: int = 1
    origin: Stock | None = None
    law: Law | None = None


def with_places(log: NDArray[np.int64], world: World) -> NDArray[np.int64]:
    """Our log as rows of time, box, what, and station (born, done: path); (n, 4)."""
    one = entries(log)
    whole = (one.what == LOG_BORN) | (one.what == LOG_DONE)
    where = np.where(whole, world.step[one.step, OWNER], world.step[one.step, GO])
    return np.column_stack([one.time, one.box, one.what, where])


class Corridor:
    """The model, ready to run; ``seen`` gets the rows of a log."""

    def __init__(self, model: Model, draws: Draws, seen: Sink | None = None) -> None:
        self.env = simpy.Environment()
        self.model, self.draws, self.seen = model, draws, seen
        self.boxes = self.sends = 0
        self.freed: list[Queue] = []
        self._own: dict[tuple[int, int, Law], int] = {}
        self._index = {station.name: k for k, station in enumerate(model.stations)}
        self.stations: list[Queue] = []
        for k, station in enumerate(model.stations):
            if isinstance(station, Servers):
                self.stations.append(Lanes(self, k, station))
            elif isinstance(station, Pool):
                self.stations.append(Stock(self, k, station))
            else:
                self.stations.append(Line(self, k, station))
        self.done = [0] * len(model.paths)
        self.lost = [0] * len(model.paths)
        self.doors = [0] * len(model.paths)
        for f, path in enumerate(model.paths):
            self.env.process(self.source(f, path, self._stages(f, path)))

    def run(self) -> None:
        """To the end of the model's hours, that instant included."""
        self.env.run(until=ticks(self.model.hours) + 1)

    def named(self, name: str) -> Queue:
        """A station."""
        return self.stations[self._index[name]]

    def _stages(self, f: int, path: Path) -> list[Stage]:
        found: list[Stage] = []
        for step, drawn in zip(path.steps, self.draws.ticks[f], strict=True):
            if isinstance(step, Take):
                found.append(Stage(Take, self.named(step.pool), drawn, step.units))
            elif isinstance(step, Give):
                origin = self.named(step.taken_from)
                found.append(
                    Stage(Give, self.named(step.pool), drawn, step.units, origin, step.law)
                )
            else:
                name = step.departures if isinstance(step, Ride) else step.station
                found.append(Stage(type(step), self.named(name), drawn, law=step.law))
        return found

    def own_ticks(self, station: int, entry: int, law: Law) -> int:
        """A draw of a station; all boxes of a trip ask for the same ones."""
        name = station, entry, law
        found = self._own.get(name)
        if found is None:
            found = self._own[name] = self.draws.of_station(station, entry, law)
        return found

    def note(self, box: int, what: int, where: int) -> None:
        """Write into the log, if there is one."""
        if self.seen is not None:
            self.seen((self.env.now, box, what, where))

    def look_later(self, station: Queue) -> None:
        """Something is free there; it is looked at when who moves now has moved."""
        if not station.listed:
            station.listed = True
            self.freed.append(station)

    def settle(self) -> None:
        """Look at all that has become free, what was freed last first."""
        while self.freed:
            station = self.freed.pop()
            station.listed = False
            station.look()

    def send(self, station: Stock | Line, amount: int, after: int) -> None:
        """Units, or a set, come to a station after a time."""
        key = (BACK_EVENT << KIND_BITS) + self.sends
        self.sends += 1
        self.env.process(self._coming(station, amount, after, key))

    def _coming(self, station: Stock | Line, amount: int, after: int, key: int) -> Process:
        yield Due(self.env, after, key)
        station.back(amount)
        self.settle()

    def source(self, f: int, path: Path, stages: list[Stage]) -> Process:
        """Boxes of one path."""
        key = (ARRIVAL_EVENT << KIND_BITS) + f
        for number, t in enumerate(self.draws.births[f]):
            yield Due(self.env, t - self.env.now, key)
            box = Box(self.boxes, f, path.load, (BOX_EVENT << KIND_BITS) + self.boxes)
            self.boxes += 1
            self.env.process(self.journey(box, number, stages))

    def journey(self, box: Box, number: int, stages: list[Stage]) -> Process:
        """One box from its birth on."""
        env, born = self.env, self.env.now
        self.note(box.number, LOG_BORN, box.path)
        for stage in stages:
            if stage.kind is Give:
                self._give(box, stage, number)
                continue
            pool = stage.kind is Take
            box.amount = stage.units
            box.done = None if pool else Service(env)
            box.law = stage.law
            box.ticks = stage.ticks[number] if stage.ticks else 0
            came = self._come(box, stage.station)
            if came == GONE:
                return
            if came == WAITS or not pool:
                if pool:
                    box.done = env.event()
                self.settle()
                yield box.done
            if pool:
                box.units[stage.station] = box.units.get(stage.station, 0) + stage.units
            else:
                stage.station.end(box)
        self.note(box.number, LOG_DONE, box.path)
        self.done[box.path] += 1
        self.doors[box.path] += env.now - born
        if box.place is not None:
            box.place.release()
        self.settle()

    def _come(self, box: Box, station: Queue) -> int:
        """A box wants a station: it starts, takes a place in its room, stays behind, or is lost."""
        station.wanted += 1
        box.since = self.env.now
        held = box.place
        found = WAITS
        if station.outside or (len(station.room) >= station.places and not station.free(box)):
            if station.loses:
                self._lose(box, station)
                return GONE
            station.outside.append(box)
            return WAITS
        if station.free(box):
            station.start(box)
            found = AT_ONCE
        else:
            station.enter(box)
        if held is not None:
            held.release()
        return found

    def _give(self, box: Box, stage: Stage, number: int) -> None:
        to, origin, units = stage.station, stage.origin, stage.units
        if origin is not to:
            origin.servers -= units
            origin.busy -= units
            to.servers += units
            to.busy += units
        box.units[origin] -= units
        if stage.law is None:
            to.back(units)
        else:
            self.send(to, units, stage.ticks[number])

    def _lose(self, box: Box, station: Queue) -> None:
        station.lost += 1
        self.lost[box.path] += 1
        self.note(box.number, LOG_LOST, station.index)
        for pool, units in box.units.items():
            if units:
                pool.back(units)
        if box.place is not None:
            box.place.release()
        self.settle()
