"""The oracle of ways: SciPy's Dijkstra over every single link, with the stops put in as nodes."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from landbridge.network.network import Network
from landbridge.routing.attach import Stops
from landbridge.routing.ways_open import usable
from landbridge.units import day_number

SPECK = 1e-9
"""Added to every link, because SciPy takes a stored 0 for no link at all."""


def usable_links(net: Network, modes: tuple[int, ...], on: dt.date) -> NDArray[np.bool_]:
    """Links of these modes that are open on a day, their passages too."""
    day = day_number(on)
    passages = np.append(usable(net.passages, day), True)
    return np.isin(net.links.mode, modes) & usable(net.links, day) & passages[net.links.passage]


def whole_graph_km(
    net: Network, links: NDArray[np.bool_], start: Stops, to: Stops
) -> NDArray[np.float64]:
    """Km between stops over the links of the mask; two stops on one link are joined along it."""
    rows = np.flatnonzero(links)
    tail: list[NDArray[np.integer]] = [net.links.tail[rows]]
    head: list[NDArray[np.integer]] = [net.links.head[rows]]
    km = [net.links.km[rows]]
    stops = [(start, len(net.nodes)), (to, len(net.nodes) + len(start))]
    for some, first in stops:
        number = np.arange(first, first + len(some))
        whole = net.links.km[some.link]
        for end, part in (
            (net.links.tail[some.link], some.along_km),
            (net.links.head[some.link], whole - some.along_km),
        ):
            tail.append(number)
            head.append(end)
            km.append(part)
    i, j = np.nonzero(start.link[:, None] == to.link[None, :])
    tail.append(len(net.nodes) + i)
    head.append(len(net.nodes) + len(start) + j)
    km.append(np.abs(start.along_km[i] - to.along_km[j]))
    n = len(net.nodes) + len(start) + len(to)
    a, b, w = np.concatenate(tail), np.concatenate(head), np.concatenate(km) + SPECK
    # SciPy adds parallel links up: only the shortest may stay
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    order = np.lexsort((w, high, low))
    low, high, w = low[order], high[order], w[order]
    first_of = np.ones(len(w), bool)
    first_of[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    matrix = csr_matrix((w[first_of], (low[first_of], high[first_of])), (n, n))
    numbers = np.arange(len(net.nodes), len(net.nodes) + len(start))
    return dijkstra(matrix, directed=False, indices=numbers)[:, n - len(to) :]
