from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from landbridge.kernels.heap import new_heap
from landbridge.kernels.one_to_many import (
    NONE,
    Arcs,
    Into,
    Matter,
    Round,
    Rounds,
    Tree,
    doubtful,
    grow,
    matters,
    meet,
)

INF = np.inf


def drawn(seed: int, nodes: int = 40, arcs: int = 160) -> tuple[Arcs, np.ndarray, np.ndarray]:
    """Arcs, their tails, and the same as a matrix (the least of parallel arcs)."""
    rng = np.random.default_rng(seed)
    tail, head = np.sort(rng.integers(nodes, size=arcs)), rng.integers(nodes, size=arcs)
    cost = rng.uniform(0.1, 10.0, arcs)
    out = np.searchsorted(tail, np.arange(nodes + 1)).astype(np.int64)
    matrix = np.full((nodes, nodes), INF)
    np.minimum.at(matrix, (tail, head), cost)
    return Arcs(out, head, cost), tail, matrix


def tree_of(arcs: Arcs, seeds: dict[int, float], open_: np.ndarray) -> Tree:
    nodes = len(arcs.first_out) - 1
    cost = np.full(nodes, INF)
    for node, value in seeds.items():
        cost[node] = value
    tree = Tree(cost, np.full(nodes, -1))
    heap = new_heap(len(arcs.head) + nodes)
    assert grow(arcs, open_, tree, heap, np.full(nodes, INF), INF) == (INF, NONE)
    return tree


@pytest.mark.parametrize("seed", range(25))
def test_a_tree_and_its_meeting_with_doors_are_those_of_scipy(seed: int) -> None:
    arcs, tail, matrix = drawn(seed)
    rng = np.random.default_rng(1000 + seed)
    nodes = len(matrix)
    open_ = rng.random(nodes) < 0.9
    seeds = {int(n): float(rng.uniform(0, 5)) for n in rng.choice(np.flatnonzero(open_), 3)}
    tree = tree_of(arcs, seeds, open_)
    # a node more from which the seeds are reached; what is not open cannot be entered
    wide = np.full((nodes + 1, nodes + 1), INF)
    wide[:-1, :-1] = np.where(open_[None, :], matrix, INF)
    for node, value in seeds.items():
        wide[-1, node] = value
    graph = csr_array(np.where(np.isfinite(wide), wide, 0.0))
    expected = dijkstra(graph, indices=np.array([nodes]))[0, :-1]
    assert np.allclose(tree.cost, expected)
    for node in np.flatnonzero(np.isfinite(expected)).tolist():
        total = 0.0
        while tree.via[node] >= 0:
            arc = int(tree.via[node])
            total += arcs.cost[arc]
            node = int(tail[arc])  # noqa: PLW2901 - walks back
        assert node in seeds
    places, doors = rng.choice(nodes, 6, replace=False), 5
    into = Into(places, np.where(rng.random((6, doors)) < 0.7, rng.uniform(0, 9, (6, doors)), INF))
    best = np.full(doors, 12.0)
    by = np.full(doors, -1)
    meet(tree, into, best, by)
    total = expected[places][:, None] + into.cost
    assert np.allclose(best, np.minimum(12.0, total.min(axis=0)))
    for door in range(doors):
        assert by[door] == (-1 if best[door] == 12.0 else int(total[:, door].argmin()))


def test_an_owner_matters_by_its_size_and_way_round_or_near_a_door() -> None:
    # a line of 100 km; owner 0 on it, owner 1 150 km round, owner 2 far but near the first door
    rules = np.array([[2.0, 1.4, 50.0], [1.0, 1.2, 10.0]])
    matter = Matter(np.array([0, 1, 2]), np.array([1, 2, 1]), rules)
    first = Round(np.array([60.0, 95.0, 500.0]), np.array([False, False, True]))
    last = Round(np.array([50.0, 95.0, 600.0]), np.zeros(3, bool))
    # 110 km is 1.2 times 100 and 10 more, 190 km 1.4 times 100 and 50 more; the third is near
    assert [matters(matter, (first, last), 100.0, k) for k in range(3)] == [True] * 3
    # of 80 km these limits are 106 and 162 km; near is near all the same
    assert [matters(matter, (first, last), 80.0, k) for k in range(3)] == [False, False, True]


def test_a_way_through_what_does_not_matter_is_doubtful() -> None:
    # 0 -> 1 -> 2, each its own owner; owner 1 lies too far round for the second door alone
    arcs = Arcs(np.array([0, 1, 2, 2]), np.array([1, 2]), np.array([1.0, 1.0]))
    tail = np.array([0, 1])
    tree = tree_of(arcs, {0: 0.0}, np.ones(3, bool))
    matter = Matter(np.arange(3), np.ones(3, np.int64), np.array([[1.0, 1.0, 20.0]]))
    near = np.zeros(3, bool)
    first = Round(np.array([0.0, 60.0, 100.0]), near)
    doors = Rounds(
        np.array([[100.0, 50.0, 0.0], [100.0, 70.0, 0.0], [100.0, 70.0, 0.0]]),
        np.zeros((3, 3), bool),
        np.array([100.0, 100.0, 100.0]),
    )
    found = np.zeros(3, bool)
    doubtful(tail, tree, matter, first, doors, np.array([2, 2, -1]), found)
    assert found.tolist() == [False, True, False]


@pytest.mark.parametrize("seed", range(25))
def test_a_search_for_one_door_ends_early_with_the_least_of_the_whole_tree(seed: int) -> None:
    arcs, _, matrix = drawn(seed)
    rng = np.random.default_rng(2000 + seed)
    nodes = len(matrix)
    open_ = rng.random(nodes) < 0.9
    seeds = {int(n): float(rng.uniform(0, 5)) for n in rng.choice(np.flatnonzero(open_), 3)}
    whole = tree_of(arcs, seeds, open_)
    leave = np.where(rng.random(nodes) < 0.2, rng.uniform(0, 30, nodes), INF)
    straight = float(rng.choice([INF, 8.0]))
    tree = Tree(np.full(nodes, INF), np.full(nodes, NONE))
    for node, value in seeds.items():
        tree.cost[node] = value
    best, last = grow(arcs, open_, tree, new_heap(len(arcs.head) + nodes), leave, straight)
    total = whole.cost + leave
    assert best == min(straight, total.min())
    assert last == (NONE if straight <= total.min() else total.argmin())
    if last != NONE:
        assert tree.cost[last] == whole.cost[last]
