from __future__ import annotations

import numpy as np
import pytest
from graphs import Drawn, all_pairs, graphs
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.kernels.customize import INT_FAR
from landbridge.routing.hierarchy import Hierarchy, Metric, find_order

Points = tuple[NDArray[np.float64], NDArray[np.float64]]


def placed(n: int, seed: int = 0) -> Points:
    rng = np.random.default_rng(seed)
    return rng.uniform(-80, 80, n), rng.uniform(-180, 180, n)


def hierarchy_of(drawn: Drawn) -> Hierarchy:
    return Hierarchy.build(
        drawn.tail, drawn.head, find_order(drawn.tail, drawn.head, *placed(drawn.n))
    )


def table_of(metric: Metric) -> NDArray[np.float64]:
    every = np.arange(metric.hierarchy.n, dtype=np.int32)
    found = metric.table(every, every)
    assert np.array_equal(metric.to_all(every), found)
    found = found.astype(np.float64)
    found[found >= metric.far] = np.inf
    return found


def pairs_of(metric: Metric) -> NDArray[np.float64]:
    n = metric.hierarchy.n
    every = np.arange(n, dtype=np.int32)
    found = metric.distances(np.repeat(every, n), np.tile(every, n)).astype(np.float64)
    found[found >= metric.far] = np.inf
    return found.reshape(n, n)


@given(graphs())
def test_tables_pairs_and_single_calls_equal_floyd(drawn: Drawn) -> None:
    metric = hierarchy_of(drawn).metric(drawn.weight)
    oracle = all_pairs(drawn)
    assert np.array_equal(table_of(metric), oracle)
    assert np.array_equal(pairs_of(metric), oracle)
    for s in range(drawn.n):
        for t in range(drawn.n):
            assert metric.distance(s, t) == oracle[s, t]


@given(graphs())
def test_whole_numbers_give_what_floats_give(drawn: Drawn) -> None:
    whole = np.minimum(drawn.weight, INT_FAR).astype(np.int32)
    metric = hierarchy_of(drawn).metric(whole)
    assert np.array_equal(table_of(metric), all_pairs(drawn))
    assert np.array_equal(pairs_of(metric), all_pairs(drawn))


@given(graphs())
def test_paths_lead_there_and_sum_to_the_distance(drawn: Drawn) -> None:
    metric = hierarchy_of(drawn).metric(drawn.weight)
    oracle = all_pairs(drawn)
    for s in range(drawn.n):
        for t in range(drawn.n):
            path = metric.path(s, t)
            if path is None:
                assert oracle[s, t] == np.inf
                continue
            at = s
            for arc in path.tolist():
                assert drawn.tail[arc] == at
                at = int(drawn.head[arc])
            assert at == t
            assert drawn.weight[path].sum() == oracle[s, t]


@given(graphs(), st.data())
def test_closing_and_opening_again_brings_back_the_same_bytes(
    drawn: Drawn, data: st.DataObject
) -> None:
    hierarchy = hierarchy_of(drawn)
    metric = hierarchy.metric(drawn.weight)
    before = metric.rise.tobytes(), metric.fall.tobytes(), table_of(metric)
    count = len(drawn.tail)
    arcs = np.array(data.draw(st.lists(st.integers(0, max(0, count - 1)))), np.int32)[: 3 * count]
    metric.change(arcs, np.full(len(arcs), np.inf))
    anew = hierarchy.metric(metric.weight)
    assert metric.rise.tobytes() == anew.rise.tobytes()
    assert metric.fall.tobytes() == anew.fall.tobytes()
    assert (table_of(metric) >= before[2]).all(), "a closure shortens nothing"
    metric.change(arcs, drawn.weight[arcs])
    assert (metric.rise.tobytes(), metric.fall.tobytes()) == before[:2]
    assert np.array_equal(pairs_of(metric), before[2]), "labels are made anew"


@given(graphs())
def test_distances_obey_the_triangle_and_symmetry(drawn: Drawn) -> None:
    both = Drawn(
        drawn.n,
        np.concatenate([drawn.tail, drawn.head]),
        np.concatenate([drawn.head, drawn.tail]),
        np.concatenate([drawn.weight, drawn.weight]),
    )
    found = table_of(hierarchy_of(both).metric(both.weight))
    assert np.array_equal(found, found.T)
    for middle in range(drawn.n):
        assert (found <= found[:, middle, None] + found[None, middle, :]).all()


@given(graphs(), st.randoms())
def test_any_order_gives_the_same_distances(drawn: Drawn, random: object) -> None:
    order = np.arange(drawn.n, dtype=np.int32)
    getattr(random, "shuffle")(order)  # noqa: B009 - Hypothesis' own kind of Random
    found = table_of(Hierarchy.build(drawn.tail, drawn.head, order).metric(drawn.weight))
    assert np.array_equal(found, all_pairs(drawn))


def grid(side: int) -> tuple[NDArray[np.int32], NDArray[np.int32], Points]:
    number = np.arange(side * side, dtype=np.int32).reshape(side, side)
    a = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    b = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    lat, lon = np.divmod(number.ravel(), side)
    return np.concatenate([a, b]), np.concatenate([b, a]), (lat / side, lon / side)


def test_an_order_depends_on_the_graph_alone_and_tells_its_progress() -> None:
    tail, head, points = grid(12)
    told: list[float] = []
    first = find_order(tail, head, *points, told.append)
    assert np.array_equal(first, find_order(tail, head, *points))
    assert sorted(first.tolist()) == list(range(144))
    assert told[-1] == 1.0


def test_nothing_but_one_vertex_is_a_graph_too() -> None:
    none = np.empty(0, np.int32)
    metric = Hierarchy.build(none, none, np.zeros(1, np.int32)).metric(np.empty(0))
    assert metric.distance(0, 0) == 0.0
    assert metric.path(0, 0) is not None
    assert metric.table(np.zeros(1, np.int32), np.zeros(1, np.int32)).tolist() == [[0.0]]


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        (np.array([1.0, np.nan]), "arc 1 is nan"),
        (np.array([-1.0, 1.0]), "arc 0 is -1.0"),
        (np.array([1.0]), "there are 2 arcs"),
        (np.array([1, 2], np.int64), "must be int32 or float64"),
    ],
)
def test_weights_that_are_none_are_refused(weight: NDArray[np.float64], said: str) -> None:
    ends = np.array([0, 1], np.int32)
    hierarchy = Hierarchy.build(ends, ends[::-1].copy(), np.array([0, 1], np.int32))
    with pytest.raises(QuestionError, match=said):
        hierarchy.metric(weight)


def test_whole_numbers_that_overflow_count_as_closed() -> None:
    # 0 -> 1 -> 2, each 6 x 10^8: together above 10^9, which no way may reach, and never below 0
    drawn = Drawn(3, np.array([0, 1], np.int32), np.array([1, 2], np.int32), np.zeros(2))
    metric = hierarchy_of(drawn).metric(np.full(2, 600_000_000, np.int32))
    assert metric.distance(0, 1) == 600_000_000
    assert metric.distance(0, 2) == metric.far
    assert metric.table(np.array([0]), np.array([2])).tolist() == [[metric.far]]
