"""When each leg begins and ends: an itinerary played through against clocks and timetables.

Every sample of every uncertain part is played in the order of the legs: a service leaves by its
timetable in local time, a border or terminal that is shut is waited for, holidays and slow weeks
of the country count. Without a ready date the start is spread evenly over a year from the case's
base date, so that what comes out is the average over departures.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landbridge.models.clock import clock, instant_of
from landbridge.models.daysoff import DaysOff
from landbridge.models.distribution import Spread
from landbridge.network.network import Network
from landbridge.routing.congestion import QUEUE, Queue
from landbridge.routing.itinerary import Amount, Itinerary, Leg
from landbridge.routing.kept import Kept
from landbridge.routing.sample import UNIFORM, Sampler
from landbridge.routing.zones import Zones, zones_of
from landbridge.schema.column import Floats
from landbridge.units import day_number

READY_HOUR = 8.0
"""A shipment is ready at eight in the morning, local time, of its ready date."""
YEAR_DAYS = 364
"""Whole weeks, so that no day of the week counts more than another."""
LONGEST_DAYS = 500
"""A departure later than that after the start counts as none."""
MOST_SPANS = 8
"""Calendars that are kept: a few days on which cargo is ready."""
UPCOMING = 3
"""Departures told after the first that can be caught."""


@dataclass(eq=False)
class Trip:
    """An itinerary in time: instants (hours since 1970, UTC) per sample; inf: never."""

    start: Floats
    begin: list[Floats] = field(default_factory=list[Floats])
    """Per leg (n_samples,)."""
    end: list[Floats] = field(default_factory=list[Floats])
    missed: list[float | None] = field(default_factory=list[float | None])
    """Per leg: share of samples that go later than by the departure planned; None: no departure."""
    upcoming: list[Floats] = field(default_factory=list[Floats])
    """Per leg: departures from the planned one on, where there is a timetable."""
    caught: list[Floats] = field(default_factory=list[Floats])
    """Per leg: share of samples that leave by each of ``upcoming``; the rest leave earlier or
    later."""
    cut_off: list[float | None] = field(default_factory=list[float | None])
    """Per leg: latest instant for the planned departure, where there is a timetable."""

    @property
    def hours(self) -> Floats:
        """Door to door."""
        return (self.end[-1] if self.end else self.start) - self.start

    def leg_hours(self, leg: int) -> Floats:
        """Of one leg."""
        return self.end[leg] - self.begin[leg]

    def shares(self) -> list[float]:
        """How much of the spread each leg brings: its covariance with the whole; sums to 1."""
        whole = self.hours - self.hours.mean()
        total = float(whole @ whole)
        if not np.isfinite(total) or total <= 0:
            return [0.0] * len(self.end)
        return [float(self.leg_hours(k) @ whole) / total for k in range(len(self.end))]


def nearest(leaves: Floats, at: Floats) -> NDArray[np.int64]:
    """Which departure is nearest to each instant: a queue's waits end with departures.

    They are those of other weeks, an hour or so off where the timetable is the same.
    """
    after = np.searchsorted(leaves, at)
    before = np.maximum(after - 1, 0)
    if not len(leaves):
        return after
    later = np.append(leaves, np.inf)[after] - at
    return np.where(np.abs(at - leaves[before]) < later, before, after)


def _luck(one: Queue) -> Amount:
    """A uniform number that is the same for all who meet a queue in one draw."""
    return Amount(f"luck in the queue {one.name}", UNIFORM, 1.0)


class Player:
    """Plays itineraries of one question."""

    def __init__(
        self,
        net: Network,
        sampler: Sampler,
        ready: tuple[dt.date, bool],
        where: tuple[float, float],
    ) -> None:
        """``ready``: the day, and whether it was asked for; ``where``: the origin's point."""
        day, self.dated = ready
        self.net, self.sampler = net, sampler
        self.zones: Zones = zones_of(net)
        first = instant_of(day, self.zones.at(*where)) + READY_HOUR
        spread = Amount("ready", Spread("uniform", 0.0, 0.5, 1.0), YEAR_DAYS * 24.0)
        offset = np.zeros(sampler.count) if self.dated else sampler.of(spread)
        self.start = first + offset
        self.days = day_number(day) - 1, day_number(day) + LONGEST_DAYS + YEAR_DAYS
        kept: Kept[DaysOff] = vars(net.calendar).setdefault("_days_off", Kept[DaysOff](MOST_SPANS))
        self.off = kept.of(self.days, lambda: DaysOff(net, *self.days))
        self._departures: dict[tuple[str, str, float], Floats] = {}

    def play(self, itinerary: Itinerary) -> Trip:
        """The itinerary in time."""
        trip = Trip(self.start)
        now = self.start
        for leg in itinerary.legs:
            trip.begin.append(now)
            if leg.kind == "wait" and leg.board is not None:
                now = self._board(trip, leg, now)
            else:
                trip.missed.append(None)
                trip.upcoming.append(np.zeros(0))
                trip.caught.append(np.zeros(0))
                trip.cut_off.append(None)
                now = now + self._duration(leg, now)
            trip.end.append(now)
        return trip

    def _duration(self, leg: Leg, now: Floats) -> Floats:
        hours = self.sampler.total([one for one in leg.hours if one.kind != QUEUE])
        gate = leg.gate
        if gate is None:
            return hours
        zone = clock(self.zones.at(leg.start.lat, leg.start.lon))
        now = np.where(np.isfinite(now), now, self.start)
        wait = self._queued(leg, now)
        local = zone.local(now + wait)
        opening = self.off.opening(gate.opening, gate.country)
        if not opening.always and not leg.queues:  # whose waits have the hours when it is shut
            local = local + opening.wait(local, self.off.shut(gate.country))
            # clocks that are put forward or back in between make the wait shorter or longer
            wait = np.maximum(zone.instant(local) - now, 0.0)
        return wait + self.off.through(gate.country, local, hours)

    def _queued(self, leg: Leg, now: Floats) -> Floats:
        """Hours in the queues of a leg, one after the other."""
        wait = np.zeros(len(now))
        for one in leg.queues:
            wait = wait + one.draw(now + wait, self.sampler.of(_luck(one)))
        return wait

    def _board(self, trip: Trip, leg: Leg, now: Floats) -> Floats:
        """When the service leaves."""
        board = leg.board
        typical = float(np.median(now - self.start))
        if board is None or not board.timetable:
            wait = self.sampler.total([one for one in leg.hours if one.kind != QUEUE])
            wait = wait + self._queued(leg, np.where(np.isfinite(now), now, self.start) + wait)
            late = now - self.start - typical
            trip.missed.append(float((late > wait).mean()))
            trip.upcoming.append(np.zeros(0))
            trip.caught.append(np.zeros(0))
            trip.cut_off.append(None)
            return now + wait
        leaves = self.departures(leg)
        closing = leaves - board.cutoff_h
        caught = np.searchsorted(closing, now)
        if leg.queues:  # which is joined when the cut-off is met
            ready = now + board.cutoff_h
            caught = np.maximum(caught, nearest(leaves, ready + self._queued(leg, ready)))
        planned = np.searchsorted(closing, self.start + typical)
        trip.missed.append(float((caught > planned).mean()))
        first = int(np.searchsorted(closing, float(np.median(now))))
        trip.upcoming.append(leaves[first : first + 1 + UPCOMING])
        which = np.arange(first, first + len(trip.upcoming[-1]))
        trip.caught.append((caught[:, None] == which).mean(axis=0))
        trip.cut_off.append(float(closing[first]) if first < len(closing) else None)
        return np.append(leaves, np.inf)[caught]

    def text(self, instant: float, where: tuple[float, float]) -> str:
        """An instant in the local time of a point, ISO 8601 with the offset."""
        return clock(self.zones.at(*where)).text(instant)

    def departures(self, leg: Leg) -> Floats:
        """Every departure from the place of the leg, as instants, ascending."""
        board = leg.board
        if board is None or board.timetable is None:
            return np.zeros(0)
        key = (str(leg.service), leg.start.name, board.offset_h)
        if key not in self._departures:
            local = board.timetable.departures(*self.days)
            self._departures[key] = clock(self.zones.at(*board.first_call)).instant(local)
            self._departures[key] += board.offset_h
        return self._departures[key]
