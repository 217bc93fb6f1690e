from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from graphs import Drawn, all_pairs, graphs
from hypothesis import given
from hypothesis import strategies as st

from landbridge.kernels.graph import Graph, build_graph
from landbridge.kernels.trace import (
    NO_WAY,
    Arcs,
    Entries,
    Pieces,
    Ways,
    cut_to_pieces,
    fill_ways,
    priced,
)
from landbridge.kernels.tree import new_tree


class Case(NamedTuple):
    """A graph with stops, and the ways that were found."""

    drawn: Drawn
    graph: Graph
    arcs: Arcs
    start: Entries
    to: Entries
    ways: Ways


@st.composite
def stops(draw: st.DrawFn, n: int) -> Entries:
    """Up to three stops with up to three entries each; some are closed."""
    count = draw(st.integers(1, 3))
    entries = [
        draw(st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, 5)), max_size=3))
        for _ in range(count)
    ]
    flat = [entry for some in entries for entry in some]
    return Entries(
        np.concatenate([[0], np.cumsum([len(some) for some in entries])]).astype(np.int32),
        np.array([vertex for vertex, _ in flat], np.int32),
        np.array([km for _, km in flat], np.float64),
        np.array([draw(st.sampled_from([0.0, 1.0, 2.0, np.inf])) for _ in range(count)]),
        np.array([draw(st.integers(0, 2)) for _ in range(count)], np.int32),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    drawn = draw(graphs())
    graph, order = build_graph(drawn.tail, drawn.head, drawn.n)
    n = len(order)
    arcs = Arcs(
        drawn.tail[order],
        np.array([draw(st.integers(0, 9)) for _ in range(n)], np.float64),
        drawn.weight[order],
        np.array([draw(st.integers(-3, 2)) for _ in range(n)], np.int32),
        np.array([draw(st.integers(0, 1)) for _ in range(n)], np.int8),
    )
    start, to = draw(stops(drawn.n)), draw(stops(drawn.n))
    a, b = len(start.rate), len(to.rate)
    direct = [draw(st.sampled_from([1.0, 7.0, np.inf])) for _ in range(a * b)]
    ways = Ways(
        np.array(direct).reshape(a, b),
        np.empty((a, drawn.n), np.int32),
        np.empty((a, b), np.int32),
        np.empty((a, b)),
        np.empty((a, b)),
    )
    fill_ways(graph, arcs, start, to, ways, new_tree(graph, 3))
    return Case(drawn, graph, arcs, start, to, ways)


def pieces_of(case: Case, room: int) -> tuple[Pieces, int]:
    pieces = Pieces(
        np.zeros(case.ways.last.size + 1, np.int64),
        np.empty(room, np.int32),
        np.empty(room, np.int8),
        np.empty(room),
        np.empty(room),
    )
    path = np.empty(case.drawn.n, np.int32)
    return pieces, cut_to_pieces(case.arcs, case.start, case.to, case.ways, path, pieces)


@given(cases())
def test_every_way_is_the_least_over_all_entries_and_the_direct_one(case: Case) -> None:
    between = all_pairs(case.drawn)
    for i in range(len(case.start.rate)):
        for j in range(len(case.to.rate)):
            best = priced(case.ways.direct_km[i, j], case.start.rate[i])
            for k in range(case.start.first[i], case.start.first[i + 1]):
                for m in range(case.to.first[j], case.to.first[j + 1]):
                    way = (
                        priced(case.start.km[k], case.start.rate[i])
                        + between[case.start.vertex[k], case.to.vertex[m]]
                        + priced(case.to.km[m], case.to.rate[j])
                    )
                    best = min(best, way)
            assert case.ways.weight[i, j] == best
            assert (case.ways.last[i, j] == NO_WAY) == np.isinf(best)


@given(cases())
def test_pieces_add_up_to_the_way_and_equal_moves_are_merged(case: Case) -> None:
    _, most = pieces_of(case, 0)
    pieces, count = pieces_of(case, most)
    assert count <= most
    pair = 0
    for i in range(len(case.start.rate)):
        for j in range(len(case.to.rate)):
            ours = slice(pieces.first[pair], pieces.first[pair + 1])
            pair += 1
            kind = pieces.kind[ours].tolist()
            if case.ways.last[i, j] == NO_WAY:
                assert kind == []
                assert case.ways.km[i, j] == np.inf
                continue
            # moves of 0 km are left out, even where the drawn arc has a weight
            assert pieces.km[ours].sum() == case.ways.km[i, j]
            assert pieces.weight[ours].sum() <= case.ways.weight[i, j]
            moves = [(a, b) for a, b in pairwise(kind) if a >= 0]
            assert all(a != b for a, b in moves)


def test_a_way_is_told_in_the_order_travelled() -> None:
    # stop 2 km before vertex 0; 0 -> 1 is 10 km of class 5, then border 0 (kind -1), then a stop
    # 3 km of class 5 beyond vertex 2
    graph, order = build_graph(np.array([0, 1], np.int32), np.array([1, 2], np.int32), 3)
    arcs = Arcs(
        np.array([0, 1], np.int32)[order],
        np.array([10.0, 0.0]),
        np.array([20.0, 4.0]),
        np.array([5, -1], np.int32),
        np.array([0, 1], np.int8),
    )
    one = np.array([0, 1], np.int32)
    start = Entries(one, np.array([0], np.int32), np.array([2.0]), np.array([2.0]), one[1:] * 5)
    to = Entries(one, np.array([2], np.int32), np.array([3.0]), np.array([1.0]), one[1:] * 5)
    ways = Ways(
        np.full((1, 1), np.inf),
        np.empty((1, 3), np.int32),
        np.empty((1, 1), np.int32),
        np.empty((1, 1)),
        np.empty((1, 1)),
    )
    fill_ways(graph, arcs, start, to, ways, new_tree(graph, 1))
    pieces, count = pieces_of(Case(Drawn(3, one, one, np.ones(2)), graph, arcs, start, to, ways), 9)
    # 2 km x 2 + 20 = 24 for both stretches of class 5, the border 4, then 3 km x 1
    assert pieces.kind[:count].tolist() == [5, -1, 5]
    assert pieces.km[:count].tolist() == [12.0, 0.0, 3.0]
    assert pieces.weight[:count].tolist() == [24.0, 4.0, 3.0]
    assert pieces.turned[:count].tolist() == [0, 1, 0]
    assert ways.weight[0, 0] == 31.0
    assert ways.km[0, 0] == 15.0
