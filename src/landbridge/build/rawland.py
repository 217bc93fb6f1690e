"""Read the rail and road graphs of scgraph_data: Python literals, taken apart as text.

The modules hold two lines, ``graph=[{neighbour: km, ...}, ...]`` and ``nodes=[[lat, lon], ...]``.
They are never imported or evaluated.
"""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from landbridge.build.draft import Draft, Floats, Ints
from landbridge.errors import DataError, Fault

_PAIR = re.compile(r"(\d+): ([0-9.e-]+)")


def read_graph(path: Path) -> Draft:
    """The undirected network of one module: each pair of nodes once, self loops dropped."""
    graph, nodes = "", ""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("graph=["):
                graph = line
            elif line.startswith("nodes=["):
                nodes = line
    if not graph or not nodes:
        raise DataError(
            [Fault(str(path), "holds no graph and nodes", "expected scgraph_data 2.0.0")]
        )
    places = np.array(re.findall(r"-?[0-9][0-9.e-]*", nodes), np.float64).reshape(-1, 2)
    starts: list[Ints] = []
    ends: list[Ints] = []
    lengths: list[Floats] = []
    for start, chunk in enumerate(graph.split("{")[1:]):
        pairs = _PAIR.findall(chunk)
        starts.append(np.full(len(pairs), start))
        ends.append(np.array([int(end) for end, _ in pairs], np.int64))
        lengths.append(np.array([float(km) for _, km in pairs]))
    tail, head = np.concatenate(starts).astype(np.int64), np.concatenate(ends)
    km = np.concatenate(lengths)
    low, high = np.minimum(tail, head), np.maximum(tail, head)
    order = np.lexsort((km, high, low))
    low, high, km = low[order], high[order], km[order]
    first = low != high
    first[1:] &= (low[1:] != low[:-1]) | (high[1:] != high[:-1])
    return Draft.raw(places[:, 0], places[:, 1], low[first], high[first], km[first])
