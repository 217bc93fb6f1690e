"""Directed graphs as arrays: the arcs that leave a vertex lie side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import kernel


class Graph(NamedTuple):
    """Vertex -> arcs. Arcs ``first_out[v]`` to ``first_out[v + 1]`` leave vertex ``v``."""

    first_out: NDArray[np.int32]
    """(n_vertices + 1,)."""
    head: NDArray[np.int32]
    """Vertex at the end of each arc; (n_arcs,)."""


@kernel
def fan_out(
    tail: NDArray[np.int32], first_out: NDArray[np.int32], order: NDArray[np.int32]
) -> None:
    """Sort arcs by their tail, keeping the order of equals (counting sort, O(n + m)).

    ``tail``: (n_arcs,). ``first_out``: output; (n_vertices + 1,). ``order``: output; arc numbers
    in the new order; (n_arcs,).
    """
    first_out[:] = 0
    for arc in range(len(tail)):
        first_out[tail[arc] + 1] += 1
    for v in range(len(first_out) - 1):
        first_out[v + 1] += first_out[v]
    for arc in range(len(tail)):
        v = tail[arc]
        order[first_out[v]] = arc
        first_out[v] += 1
    # every entry now holds the end of its own run, which is the start of the next
    for v in range(len(first_out) - 1, 0, -1):
        first_out[v] = first_out[v - 1]
    first_out[0] = 0


@kernel
def number_vertices(
    ends: NDArray[np.int32],
    group: NDArray[np.int32],
    order: NDArray[np.int32],
    vertex: NDArray[np.int32],
    node: NDArray[np.int32],
    stamp: NDArray[np.int32],
    number: NDArray[np.int32],
) -> int:
    """Give each pair (group, node) that occurs a vertex number, those of a group in one run.

    ``ends``: node at either end of each link; (n_links, 2). ``group``: of each link, >= 0;
    (n_links,). ``order``: links sorted by group. ``vertex``: output; vertex at either end;
    (n_links, 2). ``node``: output; node of each vertex; (2 n_links,) suffices. ``stamp``,
    ``number``: scratch; (n_nodes,), stamp all -1. Returns the number of vertices.
    """
    n = 0
    for k in range(len(order)):
        link = order[k]
        for end in range(2):
            x = ends[link, end]
            if stamp[x] != group[link]:
                stamp[x] = group[link]
                number[x] = n
                node[n] = x
                n += 1
            vertex[link, end] = number[x]
    return n


@kernel
def root_of(parent: NDArray[np.int32], x: int) -> int:
    """The representative of ``x`` (halving the path on the way; Tarjan and van Leeuwen 1984)."""
    while parent[x] != x:
        parent[x] = parent[parent[x]]
        x = parent[x]
    return x


@kernel
def join_ends(
    tail: NDArray[np.int32],
    head: NDArray[np.int32],
    usable: NDArray[np.bool_],
    parent: NDArray[np.int32],
) -> None:
    """Connected components by usable links: afterwards equal ``parent`` means connected.

    ``tail``, ``head``, ``usable``: (n_links,). ``parent``: output; (n_nodes,).
    """
    for x in range(len(parent)):
        parent[x] = x
    for link in range(len(tail)):
        if usable[link]:
            a = root_of(parent, tail[link])
            b = root_of(parent, head[link])
            # the smaller number becomes the root, so that the result has one form only
            if a < b:
                parent[b] = a
            elif b < a:
                parent[a] = b
    for x in range(len(parent)):
        parent[x] = root_of(parent, x)


def build_graph(
    tail: NDArray[np.int32], head: NDArray[np.int32], n: int
) -> tuple[Graph, NDArray[np.int32]]:
    """The graph of arcs ``tail -> head`` over ``n`` vertices, and the arc numbers in its order."""
    first_out = np.empty(n + 1, np.int32)
    order = np.empty(len(tail), np.int32)
    fan_out(tail, first_out, order)
    return Graph(first_out, head[order]), order


def both_ways(
    n: int, tail: NDArray[np.int32], head: NDArray[np.int32]
) -> tuple[Graph, NDArray[np.int32]]:
    """The graph of distinct arcs without loops, each with the one that leads back."""
    low, high = np.minimum(tail, head).astype(np.int64), np.maximum(tail, head)
    names = np.unique((low * n + high)[low != high])
    a, b = (names // n).astype(np.int32), (names % n).astype(np.int32)
    count = len(a)
    graph, order = build_graph(np.concatenate([a, b]), np.concatenate([b, a]), n)
    place = np.empty(2 * count, np.int32)
    place[order] = np.arange(2 * count, dtype=np.int32)
    return graph, place[(order + count) % max(2 * count, 1)]
