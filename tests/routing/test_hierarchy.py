"""Hierarchies against SciPy on graphs too many or too large for the plain mode of the kernels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from landbridge.errors import QuestionError
from landbridge.kernels.customize import INT_FAR
from landbridge.network.load import load
from landbridge.routing.bare import bare_for
from landbridge.routing.hierarchy import Hierarchy, find_order
from landbridge.routing.orders import order_of, read_order, write_order

Arcs = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]


def random_graph(seed: int) -> tuple[int, Arcs, csr_matrix]:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(1, 80))
    count = int(rng.integers(0, 4 * n))
    tail = rng.integers(0, n, count).astype(np.int32)
    head = rng.integers(0, n, count).astype(np.int32)
    # SciPy adds parallel arcs up, so they are left out
    _, first = np.unique(tail.astype(np.int64) * n + head, return_index=True)
    tail, head = tail[first], head[first]
    weight = rng.integers(1, 1000, len(tail)).astype(np.float64)
    return n, (tail, head, weight), csr_matrix((weight, (tail, head)), (n, n))


@pytest.mark.parametrize("hundred", range(10))
def test_a_thousand_random_graphs_equal_scipy(hundred: int) -> None:
    for seed in range(100 * hundred, 100 * hundred + 100):
        n, (tail, head, weight), matrix = random_graph(seed)
        rng = np.random.default_rng(seed)
        order = find_order(tail, head, rng.uniform(-80, 80, n), rng.uniform(-180, 180, n))
        metric = Hierarchy.build(tail, head, order).metric(weight)
        every = np.arange(n, dtype=np.int32)
        oracle = dijkstra(matrix)
        assert np.array_equal(metric.table(every, every), oracle), seed
        assert np.array_equal(metric.to_all(every), oracle), seed
        pairs = metric.distances(np.repeat(every, n), np.tile(every, n))
        assert np.array_equal(pairs.reshape(n, n), oracle), seed


def grid(side: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    number = np.arange(side * side, dtype=np.int32).reshape(side, side)
    a = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    b = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    lat, lon = np.divmod(number.ravel(), side)
    return a, b, find_order(a, b, lat / side, lon / side)


def test_arcs_of_a_grid_grow_as_nested_dissection_promises() -> None:
    # George 1973: n log n entries over a grid of n vertices, so per vertex a step more for each
    # doubling of the side; row by row it would be the side itself, twice as many
    per_vertex: list[float] = []
    for side in (20, 40, 80):
        a, b, order = grid(side)
        per_vertex.append(len(Hierarchy.build(a, b, order).chordal.up) / side**2)
    assert per_vertex[1] < 0.5 * 40
    assert per_vertex[2] < 0.33 * 80
    steps = np.diff(per_vertex)
    assert steps[1] < 1.5 * steps[0]


def streets(side: int) -> tuple[Hierarchy, NDArray[np.int32]]:
    """A grid with its own weight for each direction."""
    a, b, order = grid(side)
    hierarchy = Hierarchy.build(np.concatenate([a, b]), np.concatenate([b, a]), order)
    weight = np.random.default_rng(side).integers(1, 1000, 2 * len(a)).astype(np.int32)
    return hierarchy, weight


def test_a_hundred_changes_up_and_down_end_in_the_bytes_of_a_metric_made_anew() -> None:
    # so large that vertices of the first cut lie above many: lists of unequal length meet
    hierarchy, weight = streets(60)
    rng = np.random.default_rng(8)
    metric = hierarchy.metric(weight)
    start, end = rng.integers(0, 3600, (2, 50)).astype(np.int32)
    for _ in range(100):
        arcs = rng.choice(len(weight), int(rng.integers(1, 4)), replace=False)
        factor = rng.choice([0.0, 0.5, 1.0, 3.0, 1e9], len(arcs))
        weight[arcs] = np.minimum(weight[arcs] * factor, INT_FAR)
        metric.change(arcs.astype(np.int32), weight[arcs])
        anew = hierarchy.metric(weight)
        assert metric.rise.tobytes() == anew.rise.tobytes()
        assert metric.fall.tobytes() == anew.fall.tobytes()
        assert metric.distance(int(start[0]), int(end[0])) == anew.table(start[:1], end[:1])[0, 0]
    assert np.array_equal(
        metric.distances(start, end), hierarchy.metric(weight).table(start, end).diagonal()
    )


def test_a_change_weighs_few_arcs_again() -> None:
    hierarchy, weight = streets(60)
    metric = hierarchy.metric(weight)
    arcs = np.arange(0, len(weight), 37)
    counts = [metric.change(np.array([k]), np.array([INT_FAR])) for k in arcs.tolist()]
    # even while more and more is closed: below 1 % of the chordal arcs
    assert np.median(counts) < len(hierarchy.chordal.up) / 100


def test_labels_are_made_for_what_is_asked_and_stay_the_same_when_all_are() -> None:
    hierarchy, weight = streets(40)
    # a third of a metre, so that sums depend on the order in which they are taken
    metric, whole = hierarchy.metric(weight / 3), hierarchy.metric(weight / 3)
    whole.labels()
    rng = np.random.default_rng(9)
    start, end = rng.integers(0, 1600, (2, 200)).astype(np.int32)
    one_by_one = [metric.distance(int(s), int(t)) for s, t in zip(start, end, strict=True)]
    assert np.array_equal(one_by_one, whole.distances(start, end))
    assert np.array_equal(metric.distances(start, end), one_by_one)
    assert np.allclose(one_by_one, whole.table(start, end).diagonal(), rtol=1e-12)


@pytest.mark.parametrize("vertex", [-1, 25, 2**40])
def test_a_vertex_that_is_none_is_refused(vertex: int) -> None:
    hierarchy, weight = streets(5)
    metric = hierarchy.metric(weight)
    metric.labels()
    for asked in (metric.distance, metric.path):
        with pytest.raises(QuestionError, match=f"no vertex {vertex}; they go from 0 to 24"):
            asked(0, vertex)
    with pytest.raises(QuestionError, match="no vertex"):
        metric.table(np.array([0, vertex]), np.array([0]))


def test_fifty_sources_of_the_worlds_waters_and_rails_equal_scipy() -> None:
    net = load()
    for family in ("water", "rail"):
        bare = bare_for(net, family)
        km = net.links.km[bare.rows]
        low, high = np.minimum(bare.tail, bare.head), np.maximum(bare.tail, bare.head)
        order = np.lexsort((km, high, low))
        low, high, km = low[order], high[order], km[order]
        first = np.ones(len(km), bool)
        first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        # SciPy takes a stored 0 for no link at all
        n = bare.hierarchy.n
        matrix = csr_matrix((km[first] + 1e-9, (low[first], high[first])), (n, n))
        rng = np.random.default_rng(3)
        sources = rng.choice(n, 25, replace=False).astype(np.int32)
        oracle = dijkstra(matrix, directed=False, indices=sources)
        own = net.links.km[bare.rows]
        metric = bare.hierarchy.metric(np.concatenate([own, own]))
        found = metric.to_all(sources)
        assert np.array_equal(found, metric.table(sources, np.arange(n, dtype=np.int32)))
        assert np.allclose(found, oracle, rtol=0, atol=1e-4)


def test_a_damaged_order_is_passed_over_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANDBRIDGE_CACHE_DIR", str(tmp_path))
    a, b, expected = grid(5)
    lat, lon = np.divmod(np.arange(25), 5)
    ends = a, b, lat / 5, lon / 5
    assert np.array_equal(order_of(*ends), expected)
    (path,) = (tmp_path / "orders").iterdir()
    whole = path.read_bytes()
    told: list[float] = []
    assert np.array_equal(order_of(*ends, told.append), expected)
    assert not told, "it came from the cache"
    for damaged in (b"", whole[:-1], whole[:-1] + b"\xff", b"x" + whole[1:], whole + b"0000"):
        path.write_bytes(damaged)
        assert read_order(path, 25) is None
        assert np.array_equal(order_of(*ends), expected)
        assert path.read_bytes() == whole
    write_order(path, np.zeros(25, np.int32))
    assert read_order(path, 25) is None, "the sum is right, but it is no order"
