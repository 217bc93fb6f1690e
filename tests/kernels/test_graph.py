from __future__ import annotations

import numpy as np
from graphs import Drawn, graphs
from hypothesis import given
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from landbridge.kernels.graph import build_graph, join_ends, number_vertices


@given(graphs())
def test_every_arc_leaves_its_own_tail_in_the_order_given(drawn: Drawn) -> None:
    graph, order = build_graph(drawn.tail, drawn.head, drawn.n)
    assert graph.first_out[0] == 0
    assert graph.first_out[-1] == len(drawn.tail)
    for v in range(drawn.n):
        ours = order[graph.first_out[v] : graph.first_out[v + 1]]
        assert ours.tolist() == np.flatnonzero(drawn.tail == v).tolist()
        assert graph.head[graph.first_out[v] : graph.first_out[v + 1]].tolist() == (
            drawn.head[ours].tolist()
        )


@given(graphs(most=12))
def test_joined_ends_are_connected_components(drawn: Drawn) -> None:
    usable = np.isfinite(drawn.weight)
    part = np.empty(drawn.n, np.int32)
    join_ends(drawn.tail, drawn.head, usable, part)
    arcs = (drawn.tail[usable], drawn.head[usable])
    matrix = coo_matrix((np.ones(len(arcs[0])), arcs), (drawn.n, drawn.n))
    _, label = connected_components(matrix, directed=False)
    for x in range(drawn.n):
        # named after its smallest member, whatever the order of the links
        assert part[x] == np.flatnonzero(label == label[x])[0]


def test_a_node_seen_from_two_groups_becomes_two_vertices() -> None:
    # links 0-1 and 1-2 in group 0, link 1-3 in group 1: node 1 is seen from both
    ends = np.array([[0, 1], [1, 3], [1, 2]], np.int32)
    group = np.array([0, 1, 0], np.int32)
    order = np.argsort(group, kind="stable").astype(np.int32)
    vertex, node = np.empty((3, 2), np.int32), np.empty(6, np.int32)
    n = number_vertices(
        ends, group, order, vertex, node, np.full(4, -1, np.int32), np.empty(4, np.int32)
    )
    assert n == 5
    assert node[:n].tolist() == [0, 1, 2, 1, 3]
    assert vertex.tolist() == [[0, 1], [3, 4], [1, 2]]
