"""The front of the search equals that of all simple ways, listed one by one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from landbridge.kernels.heap import new_heap
from landbridge.kernels.pareto import (
    DONE,
    FULL,
    Goal,
    Network,
    bounds_to,
    entering,
    grow_front,
    new_labels,
)

Graph = tuple[int, list[tuple[int, int, tuple[int, int, int], int]]]


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Up to 6 nodes and 14 arcs with three small whole costs and a mark each."""
    nodes = draw(st.integers(2, 6))
    arc = st.tuples(
        st.integers(0, nodes - 1),
        st.integers(0, nodes - 1),
        st.tuples(*(st.integers(0, 4) for _ in range(3))),
        st.integers(0, 3),
    )
    arcs = draw(st.lists(arc.filter(lambda a: a[0] != a[1]), max_size=14))
    return nodes, sorted(arcs)


def network(graph: Graph) -> Network:
    nodes, arcs = graph
    first = np.zeros(nodes + 1, np.int64)
    for tail, *_ in arcs:
        first[tail + 1] += 1
    cost = np.array([arc[2] for arc in arcs], np.float64).reshape(-1, 3)
    return Network(
        np.cumsum(first),
        np.array([arc[1] for arc in arcs], np.int32),
        cost,
        np.array([arc[3] for arc in arcs], np.int32),
        np.ones(len(arcs), np.int32),
    )


def aimless(net: Network, end: int) -> Goal:
    """A goal that prunes nothing: every set of marks has its own front."""
    nodes = len(net.first_out) - 1
    return Goal(end, -1, np.zeros((nodes, net.cost.shape[1])))


def aimed(net: Network, end: int, wanted: int) -> Goal:
    """A goal with true bounds, which prunes whatever finished ways beat."""
    bound = np.empty((len(net.first_out) - 1, net.cost.shape[1]))
    into = entering(net.first_out, net.head)
    bounds_to(into, net.cost, end, bound, new_heap(len(net.head) + 1))
    return Goal(end, wanted, bound)


def undominated(rows: set[tuple[float, ...]]) -> set[tuple[float, ...]]:
    """Rows (mask, steps, costs...) that no other of the same mask beats."""
    return {
        a
        for a in rows
        if not any(
            b != a and b[0] == a[0] and all(x <= y for x, y in zip(b[1:], a[1:], strict=True))
            for b in rows
        )
    }


def all_simple_ways(graph: Graph, steps: int, *, count: bool) -> set[tuple[float, ...]]:
    nodes, arcs = graph
    found: set[tuple[float, ...]] = set()

    def go(node: int, seen: frozenset[int], cost: tuple[float, ...], mask: int, used: int) -> None:
        if node == nodes - 1:
            found.add((mask, used if count else 0, *cost))
            return
        for tail, head, more, mark in arcs:
            if tail == node and head not in seen and used < steps:
                total = tuple(a + b for a, b in zip(cost, more, strict=True))
                go(head, seen | {head}, total, mask | mark, used + 1)

    go(0, frozenset({0}), (0.0, 0.0, 0.0), 0, 0)
    return undominated(found)


def searched(graph: Graph, steps: int, *, count: bool, wanted: int = -1) -> set[tuple[float, ...]]:
    nodes, net = graph[0], network(graph)
    goal = aimless(net, nodes - 1) if wanted < 0 else aimed(net, nodes - 1, wanted)
    labels = new_labels(50_000, nodes, 3)
    size, status = grow_front(net, labels, 0, goal, (steps, int(count)))
    assert status == DONE
    ends: NDArray[np.int64] = np.flatnonzero(
        (labels.node[:size] == nodes - 1) & labels.alive[:size]
    )
    return {
        (
            int(labels.mask[k]),
            int(labels.steps[k]) if count else 0,
            *(float(x) for x in labels.cost[k]),
        )
        for k in ends
    }


@settings(max_examples=600, deadline=None)
@given(graph=graphs())
def test_the_front_without_marks_equals_brute_force(graph: Graph) -> None:
    nodes, arcs = graph
    bare: Graph = (nodes, [(a, b, cost, 0) for a, b, cost, _ in arcs])
    assert searched(bare, 20, count=False) == all_simple_ways(bare, 20, count=False)


@settings(max_examples=600, deadline=None)
@given(graph=graphs())
def test_bounds_and_pruning_lose_no_way(graph: Graph) -> None:
    nodes, arcs = graph
    bare: Graph = (nodes, [(a, b, cost, 0) for a, b, cost, _ in arcs])
    assert searched(bare, 20, count=False, wanted=0) == all_simple_ways(bare, 20, count=False)


@settings(max_examples=400, deadline=None)
@given(graph=graphs(), steps=st.integers(1, 5))
def test_pruning_loses_no_way_with_few_steps(graph: Graph, steps: int) -> None:
    nodes, arcs = graph
    bare: Graph = (nodes, [(a, b, cost, 0) for a, b, cost, _ in arcs])
    found = searched(bare, steps, count=True, wanted=0)
    assert found == all_simple_ways(bare, steps, count=True)


@settings(max_examples=400, deadline=None)
@given(graph=graphs(), wanted=st.integers(0, 3))
def test_pruning_loses_no_way_with_the_marks_that_are_wanted(graph: Graph, wanted: int) -> None:
    every = {row for row in searched(graph, 12, count=False) if row[0] == wanted}
    found = searched(graph, 12, count=False, wanted=wanted)
    assert {row for row in found if row[0] == wanted} == every


@settings(max_examples=400, deadline=None)
@given(graph=graphs(), steps=st.integers(1, 4))
def test_a_limit_on_steps_misses_no_way_that_keeps_to_it(graph: Graph, steps: int) -> None:
    nodes, arcs = graph
    bare: Graph = (nodes, [(a, b, cost, 0) for a, b, cost, _ in arcs])
    assert searched(bare, steps, count=True) == all_simple_ways(bare, steps, count=True)


@settings(max_examples=300, deadline=None)
@given(graph=graphs())
def test_no_way_with_marks_is_lost_to_one_without(graph: Graph) -> None:
    # loops may collect further marks, so the search may know more masks than simple ways do
    found = searched(graph, 12, count=False)
    for row in all_simple_ways(graph, 12, count=False):
        assert any(
            one[0] == row[0] and all(x <= y for x, y in zip(one[2:], row[2:], strict=True))
            for one in found
        )


@settings(max_examples=200, deadline=None)
@given(graph=graphs(), gone=st.integers(0, 13))
def test_closing_an_arc_never_helps(graph: Graph, gone: int) -> None:
    nodes, arcs = graph
    bare: Graph = (nodes, [(a, b, cost, 0) for a, b, cost, _ in arcs])
    fewer: Graph = (nodes, [arc for k, arc in enumerate(bare[1]) if k != gone])
    before = searched(bare, 20, count=False)
    for row in searched(fewer, 20, count=False):
        assert any(all(x <= y for x, y in zip(b, row, strict=True)) for b in before)


def test_a_pool_that_is_too_small_says_so() -> None:
    arcs = [(0, 1, (1, 2, 3), 0), (0, 1, (2, 1, 3), 0), (0, 1, (3, 3, 1), 0)]
    labels = new_labels(2, 2, 3)
    _, status = grow_front(network((2, arcs)), labels, 0, aimless(network((2, arcs)), 1), (5, 0))
    assert status == FULL
