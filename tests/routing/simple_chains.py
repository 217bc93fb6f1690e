"""Every chain of a graph, by brute force."""

import numpy as np
from numpy.typing import NDArray

from landbridge.routing.chain import Chain


def simple_chains(graph: Chain) -> list[NDArray[np.int64]]:
    """Every simple way from door to door, as rows of arcs: depth first, no pruning at all."""
    leaving: dict[int, list[int]] = {}
    for arc, tail in enumerate(graph.arcs.tail.tolist()):
        leaving.setdefault(tail, []).append(arc)
    found: list[NDArray[np.int64]] = []

    def go(node: int, seen: frozenset[int], way: tuple[int, ...]) -> None:
        if node == graph.destination:
            found.append(np.array(way, np.int64))
            return
        for arc in leaving.get(node, []):
            head = int(graph.arcs.head[arc])
            if head not in seen:
                go(head, seen | {head}, (*way, arc))

    go(graph.origin, frozenset({graph.origin}), ())
    return found
