"""Graphs that Hypothesis draws for the tests of kernels, and oracles for them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray


class Drawn(NamedTuple):
    """A small directed graph as lists of arcs."""

    n: int
    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    weight: NDArray[np.float64]


@st.composite
def graphs(draw: st.DrawFn, most: int = 7) -> Drawn:
    """Graphs of up to ``most`` vertices; loops, parallel, closed and free arcs among them."""
    n = draw(st.integers(1, most))
    vertex = st.integers(0, n - 1)
    # whole numbers, so that sums are exact whatever their order; inf is a closed arc
    weight = st.one_of(st.integers(0, 9).map(float), st.just(float("inf")))
    arcs = draw(st.lists(st.tuples(vertex, vertex, weight), max_size=3 * n))
    tail, head, km = zip(*arcs, strict=True) if arcs else ((), (), ())
    return Drawn(n, np.array(tail, np.int32), np.array(head, np.int32), np.array(km, np.float64))


def all_pairs(graph: Drawn) -> NDArray[np.float64]:
    """Least weights between all vertices by Floyd (1962): another method altogether."""
    found = np.full((graph.n, graph.n), np.inf)
    np.fill_diagonal(found, 0.0)
    for a, b, w in zip(graph.tail, graph.head, graph.weight, strict=True):
        found[a, b] = min(found[a, b], w)
    for k in range(graph.n):
        found = np.minimum(found, found[:, k, None] + found[None, k, :])
    return found
