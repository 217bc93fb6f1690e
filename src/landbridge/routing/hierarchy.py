"""Shortest ways over arrays: an order once, a metric per set of weights, queries in no time.

Customizable contraction hierarchies (Dibbelt, Strasser and Wagner 2016) over our own nested
dissection, with labels by depth. See docs/how-it-is-fast.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.kernels import chordal, climb, customize, dissect, labels, sweep
from landbridge.kernels.customize import INT_FAR, Chordal, Down, Given, Weights
from landbridge.kernels.graph import both_ways
from landbridge.kernels.heap import Heap, new_heap
from landbridge.schema.column import Floats, Ints

AT_ONCE = 4_000_000
"""Arcs looked at between two calls of ``tell``; a matter of progress only."""
CACHE_LINE = 64
FIRST_ROOM = 4096
"""Arcs of a way before more room is needed."""


def find_order(
    tail: Ints,
    head: Ints,
    lat: Floats,
    lon: Floats,
    tell: Callable[[float], None] | None = None,
) -> Ints:
    """Vertices in the order of their elimination, by nested dissection; (n,).

    ``tail``, ``head``: of any arcs; (m,). ``lat``, ``lon``: degrees, of the vertices; (n,). Same
    graph, same order. ``tell`` hears the share that is done.
    """
    n = len(lat)
    graph, twin = both_ways(n, tail, head)
    phi, theta = np.radians(lat), np.radians(lon)
    point = np.column_stack([np.cos(phi) * np.cos(theta), np.cos(phi) * np.sin(theta), np.sin(phi)])
    perm = np.arange(n, dtype=np.int32)
    cut = dissect.Cut(
        twin=twin,
        point=point,
        perm=perm,
        place=perm.copy(),
        flow=np.zeros(len(twin), np.int8),
        level=np.empty(n, np.int32),
        ahead=np.empty(n, np.int32),
        queue=np.empty(n, np.int32),
        side=np.empty(n, np.int8),
        near=np.empty(n, np.int8),
    )
    parts = dissect.Parts(np.zeros(n + 1, np.int32), np.full(n + 1, n, np.int32))
    waiting, done = (1 if n else 0), 0
    while waiting:
        waiting, ranked = dissect.dissect(graph, cut, parts, waiting, AT_ONCE)
        done += ranked
        if tell is not None:
            tell(done / n)
    return perm


def _aligned(count: int, dtype: np.dtype[np.int32 | np.float64]) -> Weights:
    """Room that begins with a line of the cache."""
    room = np.empty(count * dtype.itemsize + CACHE_LINE, np.int8)
    skip = -room.ctypes.data % CACHE_LINE
    return room[skip : skip + count * dtype.itemsize].view(dtype)


@dataclass(frozen=True, eq=False)
class Hierarchy:
    """The graph over an order of elimination, good for any weights of its arcs."""

    n: int
    rank: Ints
    """Vertex -> rank; (n,)."""
    tail: Ints = field(repr=False)
    """Rank of the tail of each given arc; (m,)."""
    head: Ints = field(repr=False)
    chordal: Chordal = field(repr=False)
    given: Given = field(repr=False)
    slot: Ints = field(repr=False)
    """Given arc -> chordal arc, -1 for loops; (m,)."""
    branches: labels.Branches = field(repr=False)
    cards: labels.Cards = field(repr=False)
    """What labels are found by, none of them made; (n, ``labels.CARD``)."""
    above: Ints = field(repr=False)
    """For lowest common ancestors, see ``deepest_common``."""

    @classmethod
    def build(cls, tail: Ints, head: Ints, order: Ints) -> Hierarchy:
        """The hierarchy of the arcs ``tail -> head`` (m,) over an order of the vertices (n,).

        Any order will do, a bad one makes it large; see ``find_order``.
        """
        n = len(order)
        rank = np.full(n, -1, np.int32)
        rank[order] = np.arange(n, dtype=np.int32)
        if n and rank.min() < 0:
            raise QuestionError("an order must hold every vertex once")
        low, high = rank[tail], rank[head]
        graph, _ = both_ways(n, low, high)
        parent = np.empty(n, np.int32)
        chordal.elimination_tree(graph, parent)
        first_up = np.empty(n + 1, np.int64)
        chordal.fill_up(graph, parent, first_up, np.empty(0, np.int32))
        up = np.empty(int(first_up[n]), np.int32)
        if len(up):
            chordal.fill_up(graph, parent, first_up, up)
        depth = np.empty(n, np.int32)
        chordal.depths(parent, depth)
        slot = np.empty(len(low), np.int32)
        chordal.find_slots(first_up, up, low, high, slot)
        code, above = np.empty((n, 2), np.int32), np.empty(2 * n + 2, np.int32)
        chordal.deepest_common(parent, np.empty(n, np.int32), code, above, depth)
        ch = Chordal(first_up, up, parent, depth, depth[up])
        unplaced = np.full(n + 1, -1, np.int64)
        unplaced[n] = 0
        cards = np.zeros((n, labels.CARD), np.int32)
        cards[:, labels.RUN : labels.RUNS + 1] = code[rank]
        cards[:, labels.DEPTH] = depth[rank]
        return cls(
            n=n,
            rank=rank,
            tail=low,
            head=high,
            chordal=ch,
            given=_sorted_given(slot, low > high, len(up)),
            slot=slot,
            branches=labels.Branches(ch, unplaced, order.astype(np.int32), rank),
            cards=cards,
            above=above,
        )

    def numbers(self, vertices: Ints) -> Ints:
        """Vertices as kernels take them; ``QuestionError`` if there is no such one."""
        found = np.asarray(vertices)
        wrong = np.flatnonzero((found < 0) | (found >= self.n))
        if len(wrong):
            raise QuestionError(
                f"there is no vertex {found[wrong[0]]}; they go from 0 to {self.n - 1}"
            )
        return np.ascontiguousarray(found, np.int32)

    @cached_property
    def down(self) -> Down:
        """Chordal arcs by their higher end."""
        count = len(self.chordal.up)
        found = Down(
            np.empty(self.n + 1, np.int64), np.empty(count, np.int32), np.empty(count, np.int32)
        )
        customize.turn_down(self.chordal, found)
        return found

    @cached_property
    def entries(self) -> int:
        """Of the labels of all vertices, up or down; whole lines each."""
        return int(((self.chordal.depth // labels.LINE + 1) * labels.LINE).sum(dtype=np.int64))

    @cached_property
    def whole(self) -> sweep.Whole:
        """Chordal arcs by the numbers of vertices, for distances to all."""
        vertex = np.argsort(self.rank).astype(np.int32)
        return sweep.Whole(vertex, vertex[self.chordal.up])

    def metric(self, weight: Weights) -> Metric:
        """Weights for the given arcs, (m,): float64 with inf for closed, or int32 for speed.

        Whole numbers of ``INT_FAR`` (10^9) or more, and ways that come to so much, count as closed.
        Raises ``QuestionError`` for a weight that is no number or below 0.
        """
        weight = _checked(weight, len(self.tail))
        far = INT_FAR if weight.dtype == np.int32 else np.inf
        rise, fall = (np.empty(len(self.chordal.up), weight.dtype) for _ in range(2))
        customize.customize(self.chordal, self.given, weight, rise, fall, far)
        return Metric(self, weight, rise, fall, far)


def _sorted_given(slot: Ints, falling: NDArray[np.bool_], count: int) -> Given:
    kept = np.flatnonzero(slot >= 0)
    key = 2 * slot[kept].astype(np.int64) + falling[kept]
    arc = kept[np.argsort(key, kind="stable")].astype(np.int32)
    first = np.zeros(2 * count + 1, np.int64)
    np.cumsum(np.bincount(key, minlength=2 * count), out=first[1:])
    return Given(first, arc)


def _checked(weight: Weights, count: int) -> Weights:
    if weight.dtype not in {np.dtype(np.int32), np.dtype(np.float64)}:
        raise QuestionError(f"weights are {weight.dtype}; they must be int32 or float64")
    if weight.shape != (count,):
        raise QuestionError(f"weights have the shape {weight.shape}; there are {count} arcs")
    _refuse_wrong(weight, None)
    return np.minimum(weight, INT_FAR) if weight.dtype == np.int32 else weight.copy()


def _refuse_wrong(weight: Weights, arcs: Ints | None) -> None:
    wrong = np.flatnonzero(~(weight >= 0))
    if len(wrong):
        row = int(wrong[0])
        arc = row if arcs is None else int(arcs[row])
        raise QuestionError(f"the weight of arc {arc} is {weight[row]}; it must be 0 or more")


@dataclass(eq=False)
class Metric:
    """One set of weights over a hierarchy. Vertices are told by their own numbers."""

    hierarchy: Hierarchy
    weight: Weights = field(repr=False)
    rise: Weights = field(repr=False)
    fall: Weights = field(repr=False)
    far: float
    """What stands for no way: inf, or ``INT_FAR``."""
    _labels: Weights | None = field(default=None, repr=False)
    _cards: labels.Cards = field(init=False, repr=False)
    _branches: labels.Branches = field(init=False, repr=False)
    _round: int = field(default=1, repr=False)
    """Labels of earlier rounds count as not made."""
    _unmade: list[int] = field(init=False, repr=False)
    """How many labels up and down are not made in this round."""
    _parts: Ints | None = field(default=None, repr=False)
    _scratch: tuple[Heap, NDArray[np.bool_]] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        self._unmade = [self.hierarchy.n] * 2

    def distances(self, origins: Ints, destinations: Ints) -> Weights:
        """From each origin to its destination; ``far`` for no way. Labels are made as needed."""
        h = self.hierarchy
        pairs = h.numbers(origins), h.numbers(destinations)
        made = self._make(*pairs)
        out = np.empty(len(pairs[0]), self.weight.dtype)
        labels.distances(self._cards, h.above, made, pairs, out, self.far)
        return out

    def distance(self, origin: int, destination: int) -> float:
        """From one vertex to another; ``far`` for no way. Labels are made as needed."""
        if self._labels is not None:
            found = labels.distance(
                self._cards, self.hierarchy.above, self._labels, origin, destination, self._round,
                self.far,
            )  # fmt: skip
            if found >= 0:
                return found
        return self.distances(np.array([origin]), np.array([destination]))[0]

    def labels(self) -> Weights:
        """Distances of every vertex to its ancestors, and from them; (2, all entries)."""
        every = self.hierarchy.branches.order[::-1].copy()
        return self._make(every, every)

    def _make(self, origins: Ints, destinations: Ints) -> Weights:
        """Labels of which those up from the one and down to the other vertices are made."""
        made = self._made()
        for way, (weight, wanted) in enumerate(((self.rise, origins), (self.fall, destinations))):
            if self._unmade[way]:
                self._unmade[way] -= labels.make_labels(
                    self._branches, weight, made[way], self._cards, wanted, (way, self._round),
                    self.far,
                )  # fmt: skip
        return made

    def _made(self) -> Weights:
        """Labels as far as they are made; the room for all, which costs nothing until used."""
        if self._labels is None:
            h = self.hierarchy
            self._labels = _aligned(2 * h.entries, self.weight.dtype).reshape(2, h.entries)
            self._cards = h.cards.copy()
            self._branches = h.branches._replace(first=h.branches.first.copy())
        return self._labels

    def table(self, origins: Ints, destinations: Ints) -> Weights:
        """From each origin to each destination; (n_from, n_to), ``far`` for no way."""
        return self.table_of(self._points(origins), self._points(destinations))

    def to_all(self, origins: Ints) -> Weights:
        """From each origin to every vertex; (n_from, n), ``far`` for no way.

        As ``table`` to all vertices, but faster; what is known of one vertex lies side by side.
        """
        h = self.hierarchy
        ranks = h.rank[h.numbers(origins)]
        out = np.empty((-(-len(ranks) // sweep.LANES), h.n, sweep.LANES), self.weight.dtype)
        sweep.fill_all(h.chordal, (self.rise, self.fall), h.whole, ranks, self.far, out)
        whole = out[0].T if len(out) == 1 else out.swapaxes(1, 2).reshape(-1, h.n)
        return whole[: len(ranks)]

    def _points(self, vertices: Ints) -> climb.Points:
        rank = self.hierarchy.rank[self.hierarchy.numbers(vertices)]
        return climb.Points(
            np.column_stack([rank, rank]), np.zeros((*rank.shape, 2), self.weight.dtype)
        )

    def table_of(self, origins: climb.Points, destinations: climb.Points) -> Weights:
        """As ``table``, for points on arcs; see ``Points``. Vertices are told by rank there."""
        above, place = self.above(destinations)
        return self.table_above(origins, destinations, above, place)

    def above(self, targets: climb.Points) -> tuple[sweep.Above, Ints]:
        """What leads down to some targets, good for any origins."""
        ch = self.hierarchy.chordal
        place = np.full(self.hierarchy.n, -1, np.int32)
        count = sweep.mark_above(ch, targets.vertex.ravel(), place)
        vertex, first = np.empty(count, np.int32), np.empty(count + 1, np.int64)
        sweep.gather_above(ch, place, vertex, first)
        arcs = int(first[count])
        above = sweep.Above(
            vertex, first, np.empty(arcs, np.int32), np.empty(arcs, self.fall.dtype)
        )
        sweep.gather_arcs(ch, self.fall, place, above)
        return above, place

    def table_above(
        self, origins: climb.Points, targets: climb.Points, above: sweep.Above, place: Ints
    ) -> Weights:
        """As ``table_of``, with what ``above`` gave for the same targets."""
        out = np.empty((len(origins.vertex), len(targets.vertex)), self.weight.dtype)
        # room from here lies on large pages where the system has them
        room = np.empty((len(above.vertex), sweep.LANES), self.weight.dtype), out
        ends = origins, targets
        sweep.fill_table(self.hierarchy.chordal, self.rise, above, place, ends, room, self.far)
        return out

    def path(self, origin: int, destination: int) -> Ints | None:
        """The given arcs from one vertex to another, in the order travelled; None for no way."""
        if self.distance(origin, destination) >= self.far:
            return None
        h = self.hierarchy
        made_of = self._found_parts(), self.rise, self.fall
        room = FIRST_ROOM
        while True:
            out = np.empty(room, np.int32)
            count = labels.way_between(
                self._branches, (self._cards, h.above), self._made(), made_of,
                (origin, destination), out,
            )  # fmt: skip
            if count <= room:
                return out[:count]
            room = count

    def path_of(
        self, origin: climb.Points, destination: climb.Points
    ) -> tuple[Ints, int, int] | None:
        """As ``path`` for one point each, with the ranks at which the way leaves and arrives."""
        parts = self._found_parts()
        room = FIRST_ROOM
        while True:
            out = np.empty(room, np.int32)
            count, first, last = climb.find_way(
                self.hierarchy.chordal, parts, (self.rise, self.fall),
                (origin, destination), self.far, out,
            )  # fmt: skip
            if count < 0:
                return None
            if count <= room:
                return out[:count], first, last
            room = count

    def _found_parts(self) -> Ints:
        if self._parts is None:
            self._parts = np.empty((len(self.rise), 2, 2), np.int32)
            customize.find_parts(
                self.hierarchy.chordal, self.hierarchy.given, self.weight,
                (self.rise, self.fall), self._parts, self.far,
            )  # fmt: skip
        return self._parts

    def change(self, arcs: Ints, weight: Weights) -> int:
        """Give some arcs other weights; how many chordal arcs had to be weighed again.

        The result is to the bit that of a metric made anew.
        """
        h = self.hierarchy
        new = np.broadcast_to(np.asarray(weight), arcs.shape)
        if self.weight.dtype == np.int32:
            new = np.minimum(new, INT_FAR)
        new = new.astype(self.weight.dtype)
        _refuse_wrong(new, arcs)
        self.weight[arcs] = new
        touched = h.slot[arcs]
        if self._scratch is None:
            count = len(self.rise)
            self._scratch = new_heap(count + 1), np.zeros(count, np.bool_)
        self._parts = None
        self._round += 1
        self._unmade = [h.n] * 2
        return customize.customize_again(
            (h.chordal, h.given, h.down), self.weight, (self.rise, self.fall),
            touched[touched >= 0], self._scratch, self.far,
        )  # fmt: skip
