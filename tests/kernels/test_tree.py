from __future__ import annotations

import numpy as np
import pytest
from graphs import Drawn, all_pairs, graphs
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from landbridge.kernels.graph import Graph, build_graph
from landbridge.kernels.tree import START, Tree, grow_tree, new_tree

NO_TARGET = np.empty(0, np.int32)


def grown(drawn: Drawn, starts: list[int], begin: list[float], target: list[int]) -> Tree:
    graph, order = build_graph(drawn.tail, drawn.head, drawn.n)
    tree = new_tree(graph, len(starts))
    settled = grow_tree(
        graph,
        drawn.weight[order],
        np.array(starts, np.int32),
        np.array(begin),
        np.array(target, np.int32),
        tree,
    )
    reached = np.isfinite(tree.dist[target]).sum() if target else 0
    assert settled == reached
    return tree


@given(graphs(), st.data())
def test_a_tree_from_several_starts_equals_floyd(drawn: Drawn, data: st.DataObject) -> None:
    starts = data.draw(st.lists(st.integers(0, drawn.n - 1), min_size=1, max_size=3))
    begin = data.draw(
        st.lists(st.integers(0, 9).map(float), min_size=len(starts), max_size=len(starts))
    )
    tree = grown(drawn, starts, begin, [])
    oracle = all_pairs(drawn)
    expected = np.min([b + oracle[s] for s, b in zip(starts, begin, strict=True)], axis=0)
    assert np.array_equal(tree.dist, expected)


@given(graphs(), st.data())
def test_the_arcs_of_a_tree_obey_bellman(drawn: Drawn, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, drawn.n - 1))
    tree = grown(drawn, [start], [0.0], [])
    graph, order = build_graph(drawn.tail, drawn.head, drawn.n)
    weight, tail = drawn.weight[order], drawn.tail[order]
    for v in range(drawn.n):
        if not np.isfinite(tree.dist[v]):
            continue
        if tree.via[v] <= START:
            assert (v, tree.dist[v]) == (start, 0.0)
        else:
            arc = tree.via[v]
            assert graph.head[arc] == v
            assert tree.dist[v] == tree.dist[tail[arc]] + weight[arc]


@given(graphs(), st.data())
def test_targets_are_exact_though_the_search_stops_at_them(
    drawn: Drawn, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, drawn.n - 1))
    target = sorted(data.draw(st.sets(st.integers(0, drawn.n - 1), min_size=1)))
    tree = grown(drawn, [start], [0.0], target)
    assert np.array_equal(tree.dist[target], all_pairs(drawn)[start, target])


def test_the_start_that_counts_is_told() -> None:
    # 0 -> 2 takes 5; 1 -> 2 takes 1 after a head start of 2: 3 in all, by start number 1
    drawn = Drawn(3, np.array([0, 1], np.int32), np.array([2, 2], np.int32), np.array([5.0, 1.0]))
    tree = grown(drawn, [0, 1], [0.0, 2.0], [])
    assert tree.dist.tolist() == [0.0, 2.0, 3.0]
    assert START - tree.via[1] == 1


def test_a_start_at_infinity_is_none() -> None:
    drawn = Drawn(2, np.array([0], np.int32), np.array([1], np.int32), np.array([1.0]))
    assert grown(drawn, [0], [np.inf], []).dist.tolist() == [np.inf, np.inf]


def random_graph(n: int, seed: int) -> tuple[Graph, NDArray[np.float64], csr_matrix]:
    rng = np.random.default_rng(seed)
    tail = rng.integers(0, n, 4 * n).astype(np.int32)
    head = rng.integers(0, n, 4 * n).astype(np.int32)
    # SciPy adds parallel arcs up, so they are left out
    _, first = np.unique(tail.astype(np.int64) * n + head, return_index=True)
    tail, head = tail[first], head[first]
    weight = rng.uniform(0.1, 1, len(tail))
    graph, order = build_graph(tail, head, n)
    return graph, weight[order], csr_matrix((weight, (tail, head)), (n, n))


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_tree_equals_that_of_scipy(seed: int) -> None:
    graph, weight, matrix = random_graph(300, seed)
    tree = new_tree(graph, 1)
    grow_tree(graph, weight, np.zeros(1, np.int32), np.zeros(1), NO_TARGET, tree)
    assert np.allclose(tree.dist, dijkstra(matrix, indices=[0])[0], rtol=1e-12)
