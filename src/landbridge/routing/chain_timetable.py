"""The graph of chains as a timetable: every departure of its services over some weeks.

Rides take the expected hours that ``route`` adds up, borders and dwell at calls among them. What
lies between two rides (handling, or handling with one lorry in between) becomes a transfer, and
what lies before the first and after the last one the ends. A service without a timetable leaves at
its typical interval, from a time that is drawn once from the seed.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.models.clock import clock
from landbridge.routing.boarding import boarding, first_call
from landbridge.routing.chain import DRIVE, HANDLING, SERVICE, Chain, cut_off, headway
from landbridge.routing.timetable import Journey, Timetable
from landbridge.routing.zones import zones_of
from landbridge.schema.column import Floats

MOST_CONNECTIONS = 20_000_000
"""Some 100 bytes each while the timetable is made."""
ON_DEMAND_H = 1.0
"""A service on demand leaves within so many hours."""
DAY = 24 * 60
BETWEEN = ((HANDLING,), (HANDLING, DRIVE, HANDLING))
BEFORE = ((HANDLING,), (DRIVE, HANDLING))
AFTER = ((HANDLING,), (HANDLING, DRIVE))
"""Kinds of arcs that a change, the way to the first and that from the last ride consist of."""


def minutes_of(hours: Floats) -> NDArray[np.int64]:
    """Whole minutes, rounded up; what is a whole minute but for rounding stays."""
    return np.ceil(hours * 60 - 1e-6).astype(np.int64)


@dataclass(frozen=True, eq=False)
class ChainTimetable:
    """Departures between sides of terminals; minutes since 1970, UTC."""

    chain: Chain
    timetable: Timetable
    arc: NDArray[np.int64] = field(repr=False)
    """Row of a connection -> arc of the chain."""
    leaves: NDArray[np.int64] = field(repr=False)
    arrives: NDArray[np.int64] = field(repr=False)
    closes: NDArray[np.int64] = field(repr=False)
    static: Static = field(repr=False)
    origin: list[tuple[int, int]]
    """Sides from which rides begin, and minutes from the first door."""
    destination: list[tuple[int, int]]

    @cached_property
    def lorry_h(self) -> float:
        """Hours of a lorry from door to door; inf where there is none."""
        chain = self.chain
        return float(self.static.along([chain.origin], (DRIVE,))[-1][0, chain.destination])

    def way(self, journey: Journey) -> NDArray[np.int64]:
        """The arcs of the chain that a journey goes by."""
        static, node = self.static, self.chain.origin
        found: list[int] = []
        kinds = BEFORE
        for ride, _ in journey.rides:
            arc = int(self.arc[ride])
            found += [*static.way(node, int(self.chain.arcs.tail[arc]), kinds), arc]
            node, kinds = int(self.chain.arcs.head[arc]), BETWEEN
        return np.array(found + static.way(node, self.chain.destination, AFTER), np.int64)


class Static:
    """Least hours by a few arcs of given kinds, one after the other."""

    def __init__(self, chain: Chain, lorry_km: float) -> None:
        """``lorry_km``: no lorry drives farther from terminal to terminal, from or to a door."""
        self.chain, arcs = chain, chain.arcs
        drives = np.flatnonzero(arcs.kind == DRIVE)
        km = np.empty(len(drives))
        for number, one in enumerate(chain.tables):
            mine = arcs.table[drives] == number
            km[mine] = one.table.legs.km.ravel()[arcs.pair[drives[mine]]]
        self.rows = {
            HANDLING: self._by_head(np.flatnonzero(arcs.kind == HANDLING)),
            DRIVE: self._by_head(drives[km <= lorry_km]),
        }

    def _by_head(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        return rows[np.argsort(self.chain.arcs.head[rows], kind="stable")]

    def along(self, nodes: Sequence[int], kinds: Sequence[int]) -> list[Floats]:
        """After none and each of the arcs: hours from the nodes to all; (n, n_nodes) each."""
        arcs = self.chain.arcs
        cost = np.full((len(nodes), self.chain.nodes), np.inf)
        cost[np.arange(len(nodes)), nodes] = 0.0
        found = [cost]
        for kind in kinds:
            rows = self.rows[kind]
            after = np.full_like(cost, np.inf)
            if len(rows):
                heads, first = np.unique(arcs.head[rows], return_index=True)
                reach = found[-1][:, arcs.tail[rows]] + arcs.cost[rows, 0]
                after[:, heads] = np.minimum.reduceat(reach, first, axis=1)
            found.append(after)
        return found

    def least(self, nodes: Sequence[int], ways: Sequence[Sequence[int]]) -> Floats:
        """Least hours by any of the successions of kinds; (n, n_nodes)."""
        return np.min([self.along(nodes, kinds)[-1] for kinds in ways], axis=0)

    def way(self, start: int, end: int, ways: Sequence[Sequence[int]]) -> list[int]:
        """The arcs of a least way."""
        arcs = self.chain.arcs
        steps = min((self.along([start], kinds) for kinds in ways), key=lambda s: s[-1][0, end])
        kinds = next(k for k in ways if len(k) == len(steps) - 1)
        found: list[int] = []
        for k in range(len(kinds), 0, -1):
            rows = self.rows[kinds[k - 1]]
            rows = rows[arcs.head[rows] == end]
            best = int(np.argmin(steps[k - 1][0, arcs.tail[rows]] + arcs.cost[rows, 0]))
            found.append(int(rows[best]))
            end = int(arcs.tail[rows[best]])
        return found[::-1]


def chain_timetable(
    chain: Chain, span: tuple[int, int], lorry_km: float, seed: int
) -> ChainTimetable:
    """Every departure from ``span[0]`` to ``span[1]``, minutes since 1970, UTC.

    ``lorry_km``: the farthest that a lorry drives. Raises ``QuestionError`` for more of them than
    ``MOST_CONNECTIONS``.
    """
    arcs, net = chain.arcs, chain.net
    rows = np.flatnonzero(arcs.kind == SERVICE)
    leaves, arc = _Departing(chain, span, seed).of(rows)
    waits = {
        row: (headway(net, row).mean / 2 + cut_off(net, row), cut_off(net, row))
        for row in np.unique(arcs.row[rows]).tolist()
    }
    wait, early = (np.array([waits[row][k] for row in arcs.row[rows].tolist()]) for k in (0, 1))
    hours, ahead = np.zeros(len(arcs)), np.zeros(len(arcs))
    hours[rows], ahead[rows] = arcs.cost[rows, 0] - wait, early
    arrives = leaves + np.maximum(minutes_of(hours)[arc], 1)
    closes = leaves - minutes_of(ahead)[arc]
    tail, head = arcs.tail[arc] // 2, arcs.head[arc] // 2
    connections = np.column_stack([leaves, arrives, tail, head, np.arange(len(leaves))])
    static = Static(chain, lorry_km)
    ends, begins = np.unique(arcs.head[rows]), np.unique(arcs.tail[rows])
    between = static.least(ends.tolist(), BETWEEN)[:, begins]
    i, j = np.nonzero(np.isfinite(between))
    transfers = np.column_stack([ends[i] // 2, begins[j] // 2, minutes_of(between[i, j])])
    timetable = Timetable.build(connections, transfers, len(net.sides), closes)
    before = static.least([chain.origin], BEFORE)[0, begins]
    after = static.least(ends.tolist(), AFTER)[:, chain.destination]
    return ChainTimetable(
        chain,
        timetable,
        arc,
        leaves,
        arrives,
        closes,
        static,
        _ends(begins, before),
        _ends(ends, after),
    )


def _ends(nodes: NDArray[np.int32], hours: Floats) -> list[tuple[int, int]]:
    found = np.isfinite(hours)
    sides: list[int] = (nodes[found] // 2).tolist()
    minutes: list[int] = minutes_of(hours[found]).tolist()
    return list(zip(sides, minutes, strict=True))


class _Departing:
    """When services leave."""

    def __init__(self, chain: Chain, span: tuple[int, int], seed: int) -> None:
        self.chain, self.span, self.seed = chain, span, seed
        self.net, self.zones = chain.net, zones_of(chain.net)

    def of(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Departures by the arcs ``rows``, and which arc each is by."""
        services, (first, last) = self.net.services, self.span
        row = self.chain.arcs.row[rows]
        timed = (services.timetable.astype(object) != "")[row]
        every = np.array([self._every(int(one)) for one in np.unique(row)] or [1.0])
        every = every[np.searchsorted(np.unique(row), row)]
        pairs = zip(rows[~timed].tolist(), every[~timed].tolist(), strict=True)
        phase = np.array([self._phase(arc, minutes) for arc, minutes in pairs])
        begin = np.ceil((first - phase) / every[~timed]).astype(np.int64)
        count = np.maximum(((last - phase) // every[~timed]).astype(np.int64) + 1 - begin, 0)
        if int(count.sum()) > MOST_CONNECTIONS:
            raise QuestionError(
                f"{(last - first) // DAY} days have {int(count.sum()):,} departures and the most is"
                f" {MOST_CONNECTIONS:,}: ask for fewer days, or rule modes out (--modes, --avoid)"
            )
        number = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count - begin, count)
        leaves = np.repeat(phase, count) + number * np.repeat(every[~timed], count)
        fixed = [(arc, self._timed(arc)) for arc in rows[timed].tolist()]
        when = np.concatenate([np.round(leaves).astype(np.int64), *(one for _, one in fixed)])
        arc = np.concatenate(
            [np.repeat(rows[~timed], count), *(np.full(len(one), arc) for arc, one in fixed)]
        )
        own, day = self.chain.arcs.row[arc], when // DAY
        runs = (day >= services.opens[own]) & (day < services.closes[own])
        runs &= (when >= first) & (when <= last)
        return when[runs], arc[runs]

    def _every(self, row: int) -> float:
        """Minutes between departures of a service."""
        return max(headway(self.net, row).mean, ON_DEMAND_H) * 60

    def _timed(self, arc: int) -> NDArray[np.int64]:
        """Departures by the timetable of a service."""
        board = boarding(self.chain, arc)
        if board.timetable is None:
            return np.zeros(0, np.int64)
        first, last = self.span
        local = board.timetable.departures(first // DAY - 1, last // DAY + 1)
        instant = clock(self.zones.at(*board.first_call)).instant(local) + board.offset_h
        return np.round(instant * 60).astype(np.int64)

    def _phase(self, arc: int, every: float) -> float:
        """A time at which a service without a timetable leaves, drawn over its interval.

        Once for all calls of a service in one direction; of a generic one, for each two terminals.
        """
        arcs, net = self.chain.arcs, self.net
        row, offset = int(arcs.row[arc]), 0.0
        words = [str(self.seed), str(net.services.id[row])]
        if net.services.generic[row]:
            words += [self._names[int(end[arc]) // 2] for end in (arcs.tail, arcs.head)]
        else:
            first, offset = first_call(self.chain, arc)
            words.append(str(net.terminals.id[first]))
        return zlib.crc32("/".join(words).encode()) / 2**32 * every + offset * 60

    @cached_property
    def _names(self) -> list[str]:
        """Of each side, as its phases are drawn by."""
        sides, t = self.net.sides, self.net.terminals
        columns = sides.terminal.tolist(), sides.mode.tolist(), sides.gauge_mm.tolist()
        ids = t.id.tolist()
        return [f"{ids[k]} {mode} {gauge}" for k, mode, gauge in zip(*columns, strict=True)]
