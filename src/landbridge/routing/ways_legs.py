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
from landbridge.routing.kept import Kept, digest
from landbridge.routing.ways_held import Held, keep, taken, worth
from landbridge.routing.ways_lines import draw
from landbridge.routing.ways_pieces import (
    NO_PIECES,
    Pieces,
    Tally,
    cut_row,
    joined,
    named,
    one_of,
    tally_of,
    turned_round,
)
from landbridge.routing.ways_reach import Reach, in_threads
from landbridge.routing.ways_upper import Upper
from landbridge.schema.column import Floats
from landbridge.units import MODES, RAIL

MOST_LEGS = 96 << 20
"""Bytes of tables that are kept with an upper graph, the least recently used forgotten."""


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a table."""

    gauge_mm: int = 0
    """Only tracks of that gauge; 0 lets trains change gauge wherever gauges meet."""
    longest_km: float = np.inf
    """Longer ways count as none."""
    kept: bool = True
    """Whether the table is kept, for those that will be asked again."""


MOST_LINES = 1000
"""Shapes that a table keeps."""


@dataclass(frozen=True, eq=False)
class Found:
    """The ways as the kernels hold them."""

    backwards: bool
    """They were found from the stops of ``to``, because those are fewer: every array is turned
    over, and arcs lead against the way travelled."""
    rate: Floats
    """Hours per km of each class."""
    weight: Floats
    """Hours of each arc, in the direction searched."""
    cut: trace.Pieces


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

    @property
    def nbytes(self) -> int:
        """About what is held: the ways, and their tally with about an entry for each piece."""
        return self.hours.nbytes + self.km.nbytes + 2 * sum(one.nbytes for one in self._found.cut)

    def pieces(self) -> Pieces:
        """The pieces of every way of the table."""
        cut = self._found.cut
        if self._found.backwards:
            cut = turned_round(cut, len(self.start), len(self.to))
        return named(self.upper, cut)

    def pieces_of(self, i: int, j: int) -> Pieces:
        """The pieces of one way."""
        found = self._found
        pair = j * len(self.start) + i if found.backwards else i * len(self.to) + j
        cut = one_of(found.cut, pair)
        return named(self.upper, turned_round(cut, 1, 1) if found.backwards else cut)

    @cached_property
    def tally(self) -> Tally:
        """The pieces of every way, added up."""
        return tally_of(self.pieces())

    def line(self, i: int, j: int) -> list[tuple[str, Floats, Floats]]:
        """The true shape of one way, as (mode, lat, lon) per stretch of one mode.

        Empty where there is no way, or where both stops are one point.
        """
        if not np.isfinite(self.km[i, j]):
            return []
        kept = self._lines
        if (i, j) not in kept:
            if len(kept) >= MOST_LINES:
                kept.clear()
            kept[i, j] = self._line(i, j)
        return kept[i, j]

    @cached_property
    def _lines(self) -> dict[tuple[int, int], list[tuple[str, Floats, Floats]]]:
        """Shapes that were drawn: options share rides, and scenarios share tables."""
        return {}

    def _line(self, i: int, j: int) -> list[tuple[str, Floats, Floats]]:
        if self._found.backwards:
            drawn = self._drawn((self.to, j), (self.start, i))
            return [(mode, lat[::-1], lon[::-1]) for mode, lat, lon in reversed(drawn)]
        return self._drawn((self.start, i), (self.to, j))

    def _drawn(
        self, start: tuple[Stops, int], to: tuple[Stops, int]
    ) -> list[tuple[str, Floats, Floats]]:
        found, i = self._found, start[1]
        arcs, ends_of, direct = _posed(self.upper, (start[0], to[0]), found.rate, found.weight)
        ways = _row(self.upper, arcs, ends_of, direct, i)
        last = int(ways.last[0, to[1]])
        ends = (start[0].take(np.array([i])), to[0].take(np.array([to[1]])))
        if last == trace.DIRECT:
            return draw(self.upper, ends, None)
        vertex = int(ends_of[1].vertex[last])
        path = np.empty(len(self.upper.graph.first_out), np.int32)
        steps, k = trace.trace_way(arcs, ways.via[0], vertex, path)
        first = int(ends_of[0].vertex[ends_of[0].first[i] + k])
        return draw(self.upper, ends, (first, path[:steps][::-1].copy(), vertex))

    def shape(self, i: int, j: int) -> list[Line]:
        """As ``line``, without the modes."""
        return [(lat, lon) for _, lat, lon in self.line(i, j)]


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
    asked: Asked,
) -> Legs:
    """The table of ways from ``stops[0]`` to ``stops[1]``; ``passages``: ids by row.

    Ways follow from the upper graph, the hours of its arcs and the stops: a table is found once
    for all networks and dates that have these alike, whatever else is different.
    """
    rate = rates(upper, open_, pace, passages, asked.gauge_mm)
    weight = _weights(upper, open_, pace, rate, asked.gauge_mm)
    if not asked.kept:
        return _find_legs(upper, stops, (rate, weight), asked)
    kept: Kept[Legs] = vars(upper).setdefault(
        "_legs", Kept[Legs](MOST_LEGS, lambda one: one.nbytes)
    )
    key = (digest(rate, weight), stops, asked.longest_km)  # stops are equal only to themselves
    return kept.of(key, lambda: _find_legs(upper, stops, (rate, weight), asked))


def _find_legs(
    upper: Upper, stops: tuple[Stops, Stops], hours: tuple[Floats, Floats], asked: Asked
) -> Legs:
    rate, weight = hours
    longest_km, shelved = asked.longest_km, asked.kept and worth(stops)
    name = f"{upper.name} {digest(rate, weight).hex()} {longest_km}" if shelved else ""
    held = taken(upper, name, stops) if name else None
    backwards = len(stops[1]) < len(stops[0])
    if backwards:
        weight = weight[upper.twin]
    if held is None:
        start, to = stops[::-1] if backwards else stops
        posed = _posed(upper, (start, to), rate, weight)
        weights, km, cut = _grown(upper, *posed, longest_km)
        if backwards:
            weights, km = np.ascontiguousarray(weights.T), np.ascontiguousarray(km.T)
    else:
        weights, km, cut = held.hours, held.km, held.cut
    legs = Legs(*stops, weights, km, upper, Found(backwards, rate, weight, cut))
    if held is not None:
        vars(legs)["tally"] = held.tally
    elif name:
        keep(name, stops, Held(weights, km, cut, legs.tally))
    return legs


def _posed(
    upper: Upper, stops: tuple[Stops, Stops], rate: Floats, weight: Floats
) -> tuple[trace.Arcs, tuple[trace.Entries, trace.Entries], Floats]:
    """The search as the kernels take it: arcs, both ends, ways that do not enter the graph."""
    reach_start, reach_to, direct = upper.book.between(*stops)
    arcs = trace.Arcs(upper.tail, upper.km, weight, upper.kind, upper.turned)
    start, to = stops
    ends = _entries(upper, start, reach_start, rate), _entries(upper, to, reach_to, rate)
    return arcs, ends, direct


def _grown(
    upper: Upper,
    arcs: trace.Arcs,
    ends: tuple[trace.Entries, trace.Entries],
    direct: Floats,
    longest_km: float,
) -> tuple[Floats, Floats, trace.Pieces]:
    """Hours, km (inf: no way, or a longer one than so much) and pieces of the ways."""
    n_from, n_to = direct.shape
    weight, km = np.empty((n_from, n_to)), np.empty((n_from, n_to))
    cuts: list[trace.Pieces] = [NO_PIECES] * n_from
    most = int(np.diff(ends[0].first).max(initial=0))

    def work(ours: range) -> None:
        vertices = len(upper.graph.first_out) - 1
        tree = new_tree(upper.graph, most)
        via, last = np.empty((1, vertices), np.int32), np.empty((1, n_to), np.int32)
        path = np.empty(vertices + 1, np.int32)
        for i in ours:
            rows = slice(i, i + 1)
            one = trace.Ways(direct[rows], via, last, weight[rows], km[rows])
            own = _one_entry(ends[0], i)
            trace.fill_ways(upper.graph, arcs, own, ends[1], one, tree)
            far = km[rows] > longest_km
            last[far], km[rows][far], weight[rows][far] = trace.NO_WAY, np.inf, np.inf
            cuts[i] = cut_row(arcs, (own, ends[1]), one, path)

    in_threads(n_from, work)
    return weight, km, joined(cuts)


def _one_entry(entries: trace.Entries, i: int) -> trace.Entries:
    """The stop ``i`` alone."""
    return trace.Entries(
        entries.first[i : i + 2], entries.vertex, entries.km,
        entries.rate[i : i + 1], entries.kind[i : i + 1],
    )  # fmt: skip


def _row(
    upper: Upper,
    arcs: trace.Arcs,
    ends: tuple[trace.Entries, trace.Entries],
    direct: Floats,
    i: int,
) -> trace.Ways:
    """The ways from one stop, with the tree by which they go."""
    n_to = direct.shape[1]
    vertices = len(upper.graph.first_out) - 1
    ways = trace.Ways(
        direct[i : i + 1],
        np.empty((1, vertices), np.int32),
        np.empty((1, n_to), np.int32),
        np.empty((1, n_to)),
        np.empty((1, n_to)),
    )
    own = _one_entry(ends[0], i)
    tree = new_tree(upper.graph, int(own.first[1] - own.first[0]))
    trace.fill_ways(upper.graph, arcs, own, ends[1], ways, tree)
    return ways


def _entries(upper: Upper, stops: Stops, reach: Reach, rate: Floats) -> trace.Entries:
    """What the kernel must know of stops; rate inf where a stop lies on what is closed."""
    kind = np.where(stops.link >= 0, upper.class_of_link[stops.link], -1).astype(np.int32)
    own = np.full(len(stops), np.inf)
    own[kind >= 0] = rate[kind[kind >= 0]]
    return trace.Entries(reach.first, reach.vertex, reach.km, own, kind)
