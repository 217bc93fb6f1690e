"""Journeys by timetable over arrays: earliest arrivals, tables, all departures worth taking.

Connections are scanned (``kernels.connections``), gone through in rounds (``kernels.raptor``), or
scanned backwards once per destination, after which a journey is looked up (``kernels.profile``).
All three find the same arrivals. See docs/how-it-is-fast.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate

import numpy as np
from numpy.typing import ArrayLike, NDArray

from landbridge.errors import QuestionError
from landbridge.kernels import connections as csa
from landbridge.kernels import profile, raptor
from landbridge.kernels.connections import NEVER, Connections, Ends, Minutes, Transfers
from landbridge.kernels.profile import RIDES, Entries
from landbridge.schema.column import Ints

LONGEST = NEVER // 8
"""Minutes that a timetable may span, some 127 years, and that any way may take."""
End = int | Sequence[tuple[int, int]]
"""Where a journey begins or ends: a stop, or stops with the minutes from or to each."""


@dataclass(frozen=True, slots=True)
class Journey:
    """Rides from one end to the other."""

    start: int
    """When it begins, in minutes."""
    arrives: int
    rides: tuple[tuple[int, int], ...]
    """Rows of the connections by which each ride begins and ends, as given to ``build``."""

    @property
    def changes(self) -> int:
        """One less than the rides."""
        return len(self.rides) - 1


@dataclass(frozen=True, eq=False)
class Timetable:
    """Connections of trips between stops, and transfers from ride to ride."""

    stops: int
    trips: int
    net: Connections = field(repr=False)
    transfers: Transfers = field(repr=False)
    row: Ints = field(repr=False)
    """Connection in order -> row as it was given."""

    @classmethod
    def build(
        cls,
        connections: ArrayLike,
        transfers: ArrayLike,
        stops: int,
        closes: ArrayLike | None = None,
    ) -> Timetable:
        """The timetable of ``stops`` stops.

        ``connections``: (n, 5) whole numbers, a row for each stretch of a trip from one stop to the
        next: leaves, arrives (minutes from any origin, the second later), from and to (stops),
        trip. ``transfers``: (m, 3): stop where a ride ends, stop where the next may begin (it may
        be the same one: without such a row nobody changes there), minutes. ``closes``: (n,), who
        is later at the stop cannot board there; by default when it leaves.

        Raises ``QuestionError`` with the first row that breaks a rule.
        """
        given = _whole(connections, 5, "connections")
        changes = _whole(transfers, 3, "transfers")
        leaves, arrives, tail, head, trip = given.T
        closing = leaves if closes is None else np.asarray(closes, np.int64)
        if closing.shape != leaves.shape:
            raise QuestionError(f"closes has {closing.size} rows, and connections {len(given)}")
        late = np.abs(given[:, :2]).max(axis=1, initial=0) > LONGEST
        _none(late | (np.abs(closing) > LONGEST), "connections", f"lies beyond {LONGEST} minutes")
        _none(arrives <= leaves, "connections", "must arrive later than it leaves")
        _none(closing > leaves, "connections", "must not close later than it leaves")
        _none(_off(tail, stops) | _off(head, stops), "connections", f"names no stop of {stops}")
        _none(trip < 0, "connections", "has a trip below 0")
        _none(_off(changes[:, 0], stops) | _off(changes[:, 1], stops), "transfers", "names no stop")
        _none((changes[:, 2] < 0) | (changes[:, 2] > LONGEST), "transfers", "must take 0 or more")
        along = np.lexsort((leaves, trip))
        same = trip[along[1:]] == trip[along[:-1]]
        breaks = (tail[along[1:]] != head[along[:-1]]) | (leaves[along[1:]] < arrives[along[:-1]])
        broken = np.zeros(len(given), bool)
        broken[along[1:][same & breaks]] = True
        _none(broken, "connections", "does not go on where and when its trip came to")
        order = np.lexsort((trip, leaves))
        names, numbers = np.unique(trip, return_inverse=True)
        columns = (leaves, closing, arrives, tail, head, numbers.astype(np.int64))
        net = Connections(*(np.ascontiguousarray(one[order], np.int32) for one in columns))
        return cls(stops, len(names), net, _by_stop(changes, stops), order.astype(np.int32))

    @cached_property
    def _room(self) -> csa.Scan:
        return csa.new_scan(self.stops, self.trips)

    @cached_property
    def _lines(self) -> raptor.Lines:
        return raptor.lines_of(self.net, self.stops, self.trips)

    @cached_property
    def _rounds(self) -> raptor.Rounds:
        return raptor.new_rounds(self.stops, len(self._lines.trips))

    @cached_property
    def place(self) -> Ints:
        """Row as it was given -> connection in order."""
        found = np.empty(len(self.row), np.int32)
        found[self.row] = np.arange(len(self.row), dtype=np.int32)
        return found

    @cached_property
    def after(self) -> Ints:
        """Connection -> the next one of its trip, or -1."""
        found = np.empty(len(self.row), np.int32)
        profile.find_after(self.net, np.empty(self.trips, np.int32), found)
        return found

    def earliest(self, origin: End, destination: End, start: int) -> Journey | None:
        """A journey that arrives earliest, by connection scan."""
        ends = self.ends([origin]), 0, self.ends([destination]), 0
        arrives, last = csa.scan_one(self.net, self.transfers, ends, start, self._room)
        if last < 0:
            return None
        rides = np.empty((self.stops, 2), np.int32)
        count = csa.trace_rides(self.net, self._room, last, rides)
        return Journey(start, arrives, self.given(rides[:count][::-1]))

    def journeys(self, origin: End, destination: End, start: int) -> list[Journey]:
        """The earliest journeys by 1, 2, ... rides, each earlier than with fewer, by rounds."""
        ends = self.ends([origin]), 0, self.ends([destination]), 0
        reached = np.empty((RIDES, 2), np.int32)
        raptor.search_rounds(self._lines, self.transfers, ends, start, self._rounds, reached)
        rides, found = np.empty((RIDES, 2), np.int32), list[Journey]()
        best = NEVER
        for k, (arrives, last) in enumerate(reached.tolist()):
            if arrives < best:
                best = arrives
                count = raptor.trace_rounds(self.net, self._rounds, last, k + 1, rides)
                found.append(Journey(start, arrives, self.given(rides[:count][::-1])))
        return found

    def departures(self, origin: End, destination: End, first: int, last: int) -> list[Journey]:
        """Every journey that begins from ``first`` to ``last`` and is worth it, by its start.

        Each starts as late as can be; no other, were it after ``last``, starts as late or later,
        arrives as early or earlier and has as few rides. The next question is asked a minute
        after the first of the journeys found before must begin, so that none is missed.
        """
        access = self.ends([origin])
        found: list[Journey] = []
        while first <= last:
            now = [self.latest(access, one) for one in self.journeys(origin, destination, first)]
            if not now:
                break
            found += now
            first = min(one.start for one in now) + 1
        return worth_it(found, self.journeys(origin, destination, last + 1), last)

    def latest(self, access: Ends, one: Journey) -> Journey:
        """The same rides from the only one of the origins, begun as late as can be."""
        begin = int(self.place[one.rides[0][0]])
        off = int(access.minutes[access.stop == self.net.tail[begin]].min())
        return replace(one, start=int(self.net.closes[begin]) - off)

    def table(
        self,
        origins: Sequence[End],
        destinations: Sequence[End],
        start: int | Minutes,
        longest: int = LONGEST,
    ) -> Minutes:
        """Earliest arrivals from all origins to all destinations, NEVER where there is no journey.

        ``start``: when the journeys begin, one for all or (n_origins,); ``longest``: minutes, what
        takes longer counts as none and is not looked for. (n_origins, n_destinations)
        """
        access, egress = self.ends(origins), self.ends(destinations)
        begin = np.ascontiguousarray(np.broadcast_to(start, len(origins)), np.int32)
        out = np.empty((len(origins), len(destinations)), np.int32)
        room = csa.new_lanes(self.stops, self.trips)
        when = begin, longest
        csa.fill_arrivals(self.net, self.transfers, (access, egress), when, room, out)
        return out

    def towards(self, destination: End) -> Towards:
        """The labels of a destination: what every stop needs to know to get there."""
        off = np.empty(self.stops, np.int32)
        csa.lay_ends(self.ends([destination]), 0, off)
        room = profile.new_entries(self.net.tail, self.stops)
        aboard = np.empty((self.trips, RIDES), np.int32)
        profile.fill_profile(self.net, self.transfers, off, aboard, room)
        first = np.append(0, np.cumsum(room.filled, dtype=np.int64))
        total = int(first[-1])
        found = Entries(
            first, room.filled, np.empty(total, np.int32), np.empty((total, RIDES), np.int32),
            np.empty(total, np.int32),
        )  # fmt: skip
        profile.compact(room, found)
        return Towards(self, off, found)

    def ends(self, places: Sequence[End]) -> Ends:
        """Ends as the kernels take them."""
        listed = [((int(e), 0),) if isinstance(e, int | np.integer) else e for e in places]
        pairs = [pair for one in listed for pair in one]
        for row, (stop, minutes) in enumerate(pairs):
            if not 0 <= stop < self.stops:
                raise QuestionError(f"ends, row {row}: {stop} names no stop of {self.stops}")
            if not 0 <= minutes <= LONGEST:
                raise QuestionError(f"ends, row {row}: {minutes} minutes; it must be 0 or more")
        return Ends(
            np.array(list(accumulate(map(len, listed), initial=0)), np.int64),
            np.array([stop for stop, _ in pairs], np.int32),
            np.array([minutes for _, minutes in pairs], np.int32),
        )

    def given(self, rides: NDArray[np.int32]) -> tuple[tuple[int, int], ...]:
        """Rides by the rows as they were given; ``rides``: (n, 2)."""
        return tuple((int(a), int(b)) for a, b in self.row[rides].tolist())


@dataclass(frozen=True, eq=False)
class Towards:
    """All journeys worth taking to one destination, from anywhere at any time."""

    timetable: Timetable = field(repr=False)
    off: Minutes = field(repr=False)
    """Minutes from each stop to it, or NEVER; (n_stops,)."""
    entries: Entries = field(repr=False)

    @property
    def nbytes(self) -> int:
        """What is held."""
        return self.off.nbytes + sum(one.nbytes for one in self.entries)

    def journeys(self, origin: End, start: int) -> list[Journey]:
        """The earliest journeys by 1, 2, ... rides, each earlier than with fewer."""
        own, access = self.timetable, self.timetable.ends([origin])
        rides = np.empty((RIDES, RIDES, 2), np.int32)
        arrives, count = np.empty(RIDES, np.int32), np.empty(RIDES, np.int32)
        ways = self.entries, own.after, self.off
        found = profile.find_journeys(
            own.net, own.transfers, ways, (access, 0, start), (arrives, count, rides)
        )
        return [
            Journey(start, int(arrives[k]), own.given(rides[k, : count[k]])) for k in range(found)
        ]

    def departures(self, origin: End, first: int, last: int) -> list[Journey]:
        """Every journey that begins from ``first`` to ``last`` and is worth it, by its start.

        As ``Timetable.departures``.
        """
        access, starts = self.timetable.ends([origin]), set[int]()
        for stop, minutes in zip(access.stop.tolist(), access.minutes.tolist(), strict=True):
            rows = slice(int(self.entries.first[stop]), int(self.entries.first[stop + 1]))
            at = self.entries.by[rows] - minutes
            starts.update(at[(at >= first) & (at <= last)].tolist())
        own = self.timetable
        found = [own.latest(access, j) for start in starts for j in self.journeys(origin, start)]
        return worth_it(found, self.journeys(origin, last + 1), last)


def worth_it(journeys: Sequence[Journey], later: Sequence[Journey], last: int) -> list[Journey]:
    """Those up to ``last`` that no other beats by start, arrival and rides, by their start.

    ``later``: the earliest journeys of who starts after ``last``.
    """
    best = [NEVER] * (RIDES + 1)
    found: list[Journey] = []
    for one in sorted([*journeys, *later], key=lambda j: (-j.start, j.arrives, len(j.rides))):
        if one.arrives < min(best[: len(one.rides) + 1]):
            best[len(one.rides)] = one.arrives
            found.append(one)
    return [one for one in reversed(found) if one.start <= last]


def _whole(given: ArrayLike, columns: int, name: str) -> NDArray[np.int64]:
    found = np.asarray(given)
    if not found.size:
        return np.empty((0, columns), np.int64)
    if found.ndim != 2 or found.shape[1] != columns or found.dtype.kind not in "iu":  # noqa: PLR2004
        raise QuestionError(
            f"{name} must be rows of {columns} whole numbers; they have the shape {found.shape} of"
            f" {found.dtype}"
        )
    return found.astype(np.int64)


def _off(stop: NDArray[np.int64], stops: int) -> NDArray[np.bool_]:
    return (stop < 0) | (stop >= stops)


def _none(wrong: NDArray[np.bool_], name: str, rule: str) -> None:
    """Raise ``QuestionError`` for the first row that breaks a rule."""
    if wrong.any():
        raise QuestionError(f"{name}, row {int(wrong.argmax())}: {rule}")


def _by_stop(changes: NDArray[np.int64], stops: int) -> Transfers:
    order = np.argsort(changes[:, 0], kind="stable")
    first = np.append(0, np.cumsum(np.bincount(changes[:, 0], minlength=stops))).astype(np.int64)
    stop, minutes = (np.ascontiguousarray(changes[order, k], np.int32) for k in (1, 2))
    return Transfers(first, stop, minutes)
