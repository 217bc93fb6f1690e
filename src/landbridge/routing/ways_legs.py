"""Tables of least-time ways between stops under a pace, and the pieces they consist of."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import InternalError
from landbridge.kernels import trace
from landbridge.kernels.tree import new_tree
from landbridge.routing.attach import Stops
from landbridge.routing.geo import Line
from landbridge.routing.ways_lines import draw
from landbridge.routing.ways_reach import Reach, in_threads
from landbridge.routing.ways_upper import Upper
from landbridge.schema.column import Codes, Floats, Ints
from landbridge.units import MODES, RAIL

MOVE, BORDER = 0, 1
"""Codes of ``Pieces.kind``."""


@dataclass(frozen=True, eq=False)
class Pace:
    """What a vehicle makes of the ways: how long a km and a border take, and what is shut to it."""

    h_per_km: Floats
    """Hours per km, inf where it may not go; (n_modes, n_countries + 1), the last column for what
    lies in no country."""
    border_h: Floats | None = None
    """Hours at the borders of ``Ways.borders``, a to b and b to a, inf for closed; (n_borders, 2).
    None: none takes any time."""
    closed_passages: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset(MODES)


@dataclass(frozen=True, eq=False)
class Pieces:
    """The ways of a table cut where mode, country, gauge, passage or planned section change.

    Pair ``i * n_to + j`` has the pieces ``first[pair]`` to ``first[pair + 1]``, in the order
    travelled. All other arrays have an entry per piece.
    """

    first: NDArray[np.int64]
    kind: Codes
    """``MOVE`` or ``BORDER``."""
    mode: Codes
    country: Ints
    """Row of ``countries``, -1 for none; of a border the one entered."""
    gauge_mm: Ints
    """0 for what is no railway, and for borders."""
    km: Floats
    passage: Ints
    """Row of ``passages``, or -1."""
    section: Ints
    """Row of ``sections`` that is only planned or being built (and open by the date), or -1."""
    border: Ints
    """Row of ``Ways.borders``, or -1."""
    direction: Codes
    """At a border 0 from a to b, 1 from b to a; else 0."""
    hours: Floats


@dataclass(frozen=True, eq=False)
class Found:
    """The ways as the kernels hold them."""

    backwards: bool
    """They were found from the stops of ``to``, because those are fewer: every array of ``ways``
    is turned over, and arcs lead against the way travelled."""
    arcs: trace.Arcs
    ends: tuple[trace.Entries, trace.Entries]
    ways: trace.Ways


@dataclass(frozen=True, eq=False)
class Legs:
    """Least-time ways from each stop of ``start`` to each of ``to``."""

    start: Stops
    to: Stops
    hours: Floats
    """inf where there is no way; (n_from, n_to)."""
    km: Floats
    """inf where there is no way; (n_from, n_to)."""
    upper: Upper = field(repr=False)
    _found: Found = field(repr=False)

    def pieces(self) -> Pieces:
        """The pieces of every way of the table."""
        return self._pieces

    @cached_property
    def _pieces(self) -> Pieces:
        found = self._found
        start, to = found.ends
        pairs = len(self.start) * len(self.to)
        path = np.empty(len(self.upper.graph.first_out), np.int32)
        room = 16 * pairs + 64
        while True:
            cut = trace.Pieces(
                np.zeros(pairs + 1, np.int64),
                np.empty(room, np.int32),
                np.empty(room, np.int8),
                np.empty(room),
                np.empty(room),
            )
            count = trace.cut_to_pieces(found.arcs, start, to, found.ways, path, cut)
            if count <= room:
                break
            room = count
        cut = trace.Pieces(
            cut.first, cut.kind[:count], cut.turned[:count], cut.km[:count], cut.weight[:count]
        )
        if found.backwards:
            cut = _turned_round(cut, len(self.start), len(self.to))
        return _named(self.upper, cut)

    def line(self, i: int, j: int) -> list[tuple[str, Floats, Floats]]:
        """The true shape of one way, as (mode, lat, lon) per stretch of one mode.

        Empty where there is no way, or where both stops are one point.
        """
        if self._found.backwards:
            drawn = self._drawn((self.to, j), (self.start, i))
            return [(mode, lat[::-1], lon[::-1]) for mode, lat, lon in reversed(drawn)]
        return self._drawn((self.start, i), (self.to, j))

    def _drawn(
        self, start: tuple[Stops, int], to: tuple[Stops, int]
    ) -> list[tuple[str, Floats, Floats]]:
        found, i = self._found, start[1]
        last = int(found.ways.last[i, to[1]])
        if last == trace.NO_WAY:
            return []
        ends = (start[0].take(np.array([i])), to[0].take(np.array([to[1]])))
        if last == trace.DIRECT:
            return draw(self.upper, ends, None)
        vertex = int(found.ends[1].vertex[last])
        path = np.empty(len(self.upper.graph.first_out), np.int32)
        steps, k = trace.trace_way(found.arcs, found.ways.via[i], vertex, path)
        first = int(found.ends[0].vertex[found.ends[0].first[i] + k])
        return draw(self.upper, ends, (first, path[:steps][::-1].copy(), vertex))

    def shape(self, i: int, j: int) -> list[Line]:
        """As ``line``, without the modes."""
        return [(lat, lon) for _, lat, lon in self.line(i, j)]


def _turned_round(cut: trace.Pieces, n_from: int, n_to: int) -> trace.Pieces:
    """Pieces of ways found from their ends: pairs (to, from) become (from, to), pieces reversed."""
    pair = np.arange(n_from * n_to).reshape(n_to, n_from).T.ravel()
    count = np.diff(cut.first)[pair]
    first = np.zeros(len(cut.first), np.int64)
    np.cumsum(count, out=first[1:])
    within = np.arange(int(first[-1])) - np.repeat(first[:-1], count)
    order: NDArray[np.int64] = np.repeat(cut.first[1:][pair], count) - 1 - within
    return trace.Pieces(
        first, cut.kind[order], 1 - cut.turned[order], cut.km[order], cut.weight[order]
    )


def _named(upper: Upper, cut: trace.Pieces) -> Pieces:
    """The columns of pieces, from classes and borders."""
    kind, turned, count = cut.kind, cut.turned, len(cut.kind)
    classes, ground = upper.classes, upper.ground
    move = kind >= 0
    row = np.where(move, kind, 0)
    border = np.where(move, -1, -1 - kind).astype(np.int32)

    def of_move(column: Ints, other: int) -> Ints:
        values = column[row] if len(column) else np.zeros(count, np.int32)
        return np.where(move, values, other).astype(np.int32)

    mode = of_move(classes.mode, -1)
    country = of_move(classes.country, -1)
    country[country == ground.countries] = -1
    if not move.all():
        link = upper.border_link[border[~move]]
        links, nodes = ground.links, ground.nodes
        entered = np.where(turned[~move] == 1, links.tail[link], links.head[link])
        country[~move] = nodes.country[entered]
        mode[~move] = links.mode[link]
    return Pieces(
        first=cut.first,
        kind=np.where(move, MOVE, BORDER).astype(np.int8),
        mode=mode.astype(np.int8),
        country=country,
        gauge_mm=of_move(classes.gauge_mm, 0),
        km=cut.km,
        passage=of_move(classes.passage, -1),
        section=of_move(classes.section, -1),
        border=border,
        direction=np.where(move, 0, turned).astype(np.int8),
        hours=cut.weight,
    )


@dataclass(frozen=True, eq=False)
class Open:
    """What of an upper graph may be used at all on a date, whatever the pace."""

    arc: NDArray[np.bool_]
    """Per arc of the upper graph."""
    kind: NDArray[np.bool_]
    """Per row of ``Upper.classes``."""
    border: NDArray[np.bool_]
    """Per border."""


def rates(upper: Upper, open_: Open, pace: Pace, passages: list[str], gauge_mm: int) -> Floats:
    """Hours per km of each class under a pace; inf where it may not go."""
    classes = upper.classes
    wanted = (len(MODES), upper.ground.countries + 1)
    if pace.h_per_km.shape != wanted:
        raise InternalError(f"Pace.h_per_km has shape {pace.h_per_km.shape}, must have {wanted}")
    rate = pace.h_per_km[classes.mode, classes.country].astype(np.float64)
    allowed = np.array([mode in pace.modes for mode in MODES])
    closed = np.array([passage in pace.closed_passages for passage in passages] + [False])
    rate[~allowed[classes.mode] | closed[classes.passage] | ~open_.kind] = np.inf
    if gauge_mm:
        rate[(classes.mode == RAIL) & (classes.gauge_mm != gauge_mm)] = np.inf
    if np.isnan(rate).any() or (rate < 0).any():
        raise InternalError("Pace.h_per_km must be >= 0, and inf where closed; it holds others")
    return rate


def _weights(upper: Upper, open_: Open, pace: Pace, rate: Floats, gauge_mm: int) -> Floats:
    """Hours per arc."""
    kind = upper.kind
    move = kind >= 0
    weight = np.full(len(kind), np.inf)
    of_arc = rate[np.where(move, kind, 0)] if len(rate) else weight
    can = move & open_.arc & np.isfinite(of_arc)
    weight[can] = upper.km[can] * of_arc[can]
    border = np.where(move, 0, -1 - kind)[~move]
    if len(border):
        hours = _border_hours(upper, open_, pace, gauge_mm)
        # a crossing has 0 km as a rule; where it has some, they take their time on side a
        link = upper.border_link
        side = pace.h_per_km[upper.ground.links.mode[link], upper.ground.link_country[link]]
        hours += (upper.ground.links.km[link] * np.where(np.isfinite(side), side, 0.0))[:, None]
        weight[~move] = np.where(open_.arc[~move], hours[border, upper.turned[~move]], np.inf)
    return weight


def _border_hours(upper: Upper, open_: Open, pace: Pace, gauge_mm: int) -> Floats:
    count = len(upper.border_link)
    if pace.border_h is None:
        hours = np.zeros((count, 2))
    elif pace.border_h.shape != (count, 2):
        raise InternalError(
            f"Pace.border_h has shape {pace.border_h.shape}, must have {(count, 2)}"
        )
    else:
        hours = pace.border_h.astype(np.float64)
    links = upper.ground.links
    shut = ~open_.border
    if gauge_mm:
        of_border = links.gauge_mm[upper.border_link]
        shut |= (links.mode[upper.border_link] == RAIL) & (of_border != gauge_mm)
    modes = np.array([mode in pace.modes for mode in MODES])
    shut |= ~modes[links.mode[upper.border_link]]
    hours[shut] = np.inf
    return hours


def find_legs(
    upper: Upper,
    open_: Open,
    stops: tuple[Stops, Stops],
    pace: Pace,
    passages: list[str],
    gauge_mm: int,
) -> Legs:
    """The table of ways from ``stops[0]`` to ``stops[1]``; ``passages``: ids by row."""
    rate = rates(upper, open_, pace, passages, gauge_mm)
    weight = _weights(upper, open_, pace, rate, gauge_mm)
    backwards = len(stops[1]) < len(stops[0])
    start, to = stops[::-1] if backwards else stops
    if backwards:
        weight = weight[upper.twin]
    reach_start, reach_to, direct = upper.book.between(start, to)
    arcs = trace.Arcs(upper.tail, upper.km, weight, upper.kind, upper.turned)
    ends = _entries(upper, start, reach_start, rate), _entries(upper, to, reach_to, rate)
    ways = _grown(upper, arcs, ends, direct)
    hours, km = (ways.weight.T, ways.km.T) if backwards else (ways.weight, ways.km)
    found = Found(backwards, arcs, ends, ways)
    return Legs(*stops, np.ascontiguousarray(hours), np.ascontiguousarray(km), upper, found)


def _grown(
    upper: Upper, arcs: trace.Arcs, ends: tuple[trace.Entries, trace.Entries], direct: Floats
) -> trace.Ways:
    n_from, n_to = direct.shape
    ways = trace.Ways(
        direct,
        np.empty((n_from, len(upper.graph.first_out) - 1), np.int32),
        np.empty((n_from, n_to), np.int32),
        np.empty((n_from, n_to)),
        np.empty((n_from, n_to)),
    )
    start = ends[0]
    most = int(np.diff(start.first).max(initial=0))

    def work(ours: range) -> None:
        tree = new_tree(upper.graph, most)
        for i in ours:
            rows = slice(i, i + 1)
            one = trace.Ways(
                direct[rows], ways.via[rows], ways.last[rows], ways.weight[rows], ways.km[rows]
            )
            own = trace.Entries(
                start.first[i : i + 2], start.vertex, start.km, start.rate[rows], start.kind[rows]
            )
            trace.fill_ways(upper.graph, arcs, own, ends[1], one, tree)

    in_threads(n_from, work)
    return ways


def _entries(upper: Upper, stops: Stops, reach: Reach, rate: Floats) -> trace.Entries:
    """What the kernel must know of stops; rate inf where a stop lies on what is closed."""
    kind = np.where(stops.link >= 0, upper.class_of_link[stops.link], -1).astype(np.int32)
    own = np.full(len(stops), np.inf)
    own[kind >= 0] = rate[kind[kind >= 0]]
    return trace.Entries(reach.first, reach.vertex, reach.km, own, kind)
