"""Stations of the program in SimPy: lanes, pools and lines, with their rooms and queues."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import simpy

from landbridge.kernels.season import CALENDAR_EVENT, CALL_EVENT, KIND_BITS
from landbridge.kernels.stations import LOG_END, LOG_START
from landbridge.simulation.arrays import ticks
from landbridge.simulation.law import Law
from landbridge.simulation.model import Changes, Departures, Pool, Servers

if TYPE_CHECKING:
    from corridor_simpy import Corridor

Process = Generator[simpy.Event, object]
NEVER = 1 << 62
"""More than ever are asked for."""


@dataclass(eq=False, slots=True)
class Box:
    """One box; ``done`` is the event that it waits for."""

    number: int
    path: int
    load: int
    key: int
    since: int = 0
    amount: int = 1
    ticks: int = 0
    law: Law | None = None
    """Of a ride."""
    place: Queue | None = None
    """Where it stands when it is done there."""
    done: simpy.Event | None = None
    units: dict[Stock, int] = field(default_factory=dict)


class Service(simpy.Event):
    """The end of a service, scheduled when it begins."""

    def __init__(self, env: simpy.Environment) -> None:
        self.env, self.callbacks, self._value, self._ok = env, [], None, True


class Due(Service):
    """An event at a time, with an order of its own among those of that time."""

    def __init__(self, env: simpy.Environment, after: int, key: int) -> None:
        super().__init__(env)
        env.schedule(self, key, after)


class Queue:
    """What is common to all stations: a room, boxes outside, counts."""

    def __init__(
        self, world: Corridor, index: int, station: Servers | Departures | Pool, number: int | None
    ) -> None:
        self.world, self.env, self.index = world, world.env, index
        self.servers = NEVER if number is None else number
        self.places = NEVER if station.room is None else station.room
        self.loses = station.loses
        self.room: deque[Box] = deque()
        self.outside: deque[Box] = deque()
        self.busy = self.held = 0
        self.listed = False
        self.wanted = self.started = self.waited = self.lost = self.left = 0
        changes: Changes = station.changes
        if isinstance(station, Pool):
            changes = tuple((t, self.servers + delta) for t, delta in changes)
        if changes:
            world.env.process(self.calendar(changes))

    def calendar(self, changes: Changes) -> Process:
        """Open and shut; what holds from the start on holds before anything happens."""
        key = (CALENDAR_EVENT << KIND_BITS) + self.index
        base = self.servers
        for t, number in changes:
            at = ticks(t)
            if at <= 0:
                self.servers += number - base
            else:
                yield Due(self.env, at - self.env.now, key)
                self.servers += number - base
                self.world.look_later(self)
                self.world.settle()
            base = number

    def can_start(self, box: Box) -> bool:
        """Whether there is room in service for this box."""
        raise NotImplementedError

    def free(self, box: Box) -> bool:
        """Whether a box that comes now starts at once."""
        return not self.room and self.can_start(box)

    def start(self, box: Box) -> None:
        """The box has waited until now; begin what it came for."""
        self.started += 1
        self.waited += self.env.now - box.since
        self.world.note(box.number, LOG_START, self.index)
        box.place = self
        self.begin(box)

    def begin(self, box: Box) -> None:
        """Set off the event that ``box.done`` is."""
        self.busy += 1
        self.env.schedule(box.done, box.key, box.ticks)

    def enter(self, box: Box) -> None:
        """Take a place in the room."""
        self.room.append(box)
        box.place = None

    def admit(self) -> None:
        """The first box that waits elsewhere comes into the room."""
        box = self.outside.popleft()
        held = box.place
        self.enter(box)
        if held is not None:
            held.release()

    def release(self) -> None:
        """A box that was done here has left."""
        self.held -= 1
        if self.room or self.outside:
            self.world.look_later(self)

    def end(self, box: Box) -> None:
        """A service is over; the box stays until it finds a place elsewhere."""
        self.busy -= 1
        self.held += 1
        self.left += 1
        self.world.note(box.number, LOG_END, self.index)

    def look(self) -> None:
        """Start whoever can start."""
        while True:
            if self.outside and len(self.room) < self.places:
                self.admit()
                continue
            queue = self.room or self.outside
            if not queue or not self.can_start(queue[0]):
                return
            inside = queue is self.room
            box = queue.popleft()
            held = box.place
            self.start(box)
            if not inside and held is not None:
                held.release()


class Lanes(Queue):
    """Servers."""

    def __init__(self, world: Corridor, index: int, station: Servers) -> None:
        super().__init__(world, index, station, station.servers)
        self.pace = [(ticks(t), pace) for t, pace in station.pace]

    def can_start(self, box: Box) -> bool:  # noqa: ARG002 - all boxes are alike
        return self.busy + self.held < self.servers

    def begin(self, box: Box) -> None:
        self.busy += 1
        after = self.slowly(box.ticks) if self.pace else box.ticks
        self.env.schedule(box.done, box.key, after)

    def slowly(self, work: float) -> int:
        """Ticks until work that begins now is done, at the pace of each stretch of time."""
        now = float(self.env.now)
        at, pace = now, 1.0
        for t, following in self.pace:
            if work <= (t - at) / pace:
                break
            if t > at:
                work -= (t - at) / pace
                at = float(t)
            pace = following
        return int(at + work * pace + 0.5) - int(now)


class Stock(Queue):
    """A pool of units."""

    def __init__(self, world: Corridor, index: int, station: Pool) -> None:
        super().__init__(world, index, station, station.units)
        self.station, self.sent = station, 0

    def can_start(self, box: Box) -> bool:
        return self.busy + box.amount <= self.servers

    def begin(self, box: Box) -> None:
        self.busy += box.amount
        self.held += 1
        if box.done is not None:
            box.done.succeed()

    def back(self, amount: int) -> None:
        """Units are here again; what is too many goes where it is wanted."""
        self.busy -= amount
        if self.room or self.outside:
            self.world.look_later(self)
            return
        to, batch = self.station.send_to, self.station.batch
        if to is not None and self.servers - self.busy - self.station.keep >= batch:
            other = self.world.named(to)
            self.servers -= batch
            other.servers += batch
            other.busy += batch
            after = self.world.own_ticks(self.index, self.sent, self.station.send)
            self.sent += 1
            self.world.send(other, batch, after)


class Line(Queue):
    """Departures with their sets."""

    def __init__(self, world: Corridor, index: int, station: Departures) -> None:
        super().__init__(world, index, station, 1)
        self.station = station
        self.sets = NEVER if station.fleet is None else station.fleet
        self.load = self.trips = self.carried = self.missed = 0
        self.called = False
        if station.times:
            world.env.process(self.timetable())

    def timetable(self) -> Process:
        """Call departures by the clock."""
        key = (CALL_EVENT << KIND_BITS) + self.index
        for t in self.station.times:
            yield Due(self.env, ticks(t) - self.env.now, key)
            if self.servers > 0 and not self.called:
                self.called = True
                self.world.look_later(self)
                self.world.settle()

    def back(self, amount: int) -> None:
        """A set is ready to leave again."""
        self.sets += amount
        self.world.look_later(self)

    def enter(self, box: Box) -> None:
        super().enter(box)
        self.load += box.load
        if self._full():
            self.world.look_later(self)

    def _full(self) -> bool:
        return self.station.when_full and self.load >= self.station.capacity

    def can_start(self, box: Box) -> bool:  # noqa: ARG002 - a departure starts them
        return False

    def look(self) -> None:
        """Let boxes in, and let a departure go that is due."""
        while True:
            while self.outside and len(self.room) < self.places:
                self.admit()
            full = self._full()
            if self.servers <= 0 or self.sets == 0 or not (full or self.called):
                return
            self.called = False
            if not full and self.load < self.station.least:
                return
            self.depart()

    def depart(self) -> None:
        """One departure: the first boxes that fit go along, all for the same draw."""
        if self.station.fleet is not None:
            self.sets -= 1
            after = self.world.own_ticks(self.index, 2 * self.trips, self.station.turn)
            self.world.send(self, 1, after)
        free = self.station.capacity
        while True:
            if self.outside and len(self.room) < self.places:
                self.admit()
                continue
            if not self.room or self.room[0].load > free:
                break
            box = self.room.popleft()
            self.load -= box.load
            free -= box.load
            self.carried += box.load
            box.ticks = self.world.own_ticks(self.index, 2 * self.trips + 1, box.law)
            self.start(box)
        self.trips += 1
        self.missed += len(self.room)
