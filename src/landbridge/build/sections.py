"""Named stretches with a published length: find the way between their ends and scale it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

from landbridge.build.draft import Draft, on_sphere
from landbridge.build.typed import Row
from landbridge.errors import DataError, Fault

MOST_OFF = 0.2
"""A published length may differ by this share from the extract; more means another route."""

LEAST_NODES = 100
"""A section lies on a part of the network with so many nodes, not on a siding that is cut off."""


@dataclass(frozen=True, slots=True)
class Scaled:
    """What was done to one section: its length before, and as published."""

    id: str
    before_km: float
    published_km: float


def scale_sections(
    draft: Draft, rows: list[Row], section: dict[str, int]
) -> tuple[Draft, list[Scaled]]:
    """Mark the links of each section with end points, and scale them to the published length."""
    km, mark = draft.km.copy(), draft.section.copy()
    done: list[Scaled] = []
    label, size = draft.components(draft.ordinary)
    main = np.flatnonzero(size[label] >= min(LEAST_NODES, int(size.max())))
    tree = cKDTree(on_sphere(draft.lat[main], draft.lon[main]))
    matrix = draft.matrix(draft.ordinary)
    pair = {
        (min(a, b), max(a, b)): k
        for k, (a, b) in enumerate(zip(draft.tail.tolist(), draft.head.tolist(), strict=True))
    }
    for row in rows:
        if not row.text("lat1"):
            continue  # marked by its typed link
        stops = [(row.number("lat1"), row.number("lon1"))]
        stops += [tuple(map(float, via.split())) for via in row.text("via").split(";") if via]
        stops.append((row.number("lat2"), row.number("lon2")))
        _, near = tree.query(on_sphere(*np.array(stops).T))
        links = _way(matrix, main[near].tolist(), pair)
        before, published = float(draft.km[links].sum()), row.number("km")
        if not links or abs(before / published - 1) > MOST_OFF:
            found = f"the extract's way has {before:.0f} km, {published:.0f} are published"
            raise DataError([Fault(row.where, found, "is another route? add a via point")])
        km[links] *= published / before
        mark[links] = section[row.text("id")]
        done.append(Scaled(row.text("id"), before, published))
    return replace(draft, km=km, section=mark), done


def _way(matrix: csr_matrix, stops: list[int], pair: dict[tuple[int, int], int]) -> list[int]:
    links: list[int] = []
    for start, end in pairwise(stops):
        _, before = dijkstra(matrix, indices=np.array(start), return_predecessors=True)
        node = end
        while node != start and before[node] >= 0:
            step = int(before[node])
            links.append(pair[min(step, node), max(step, node)])
            node = step
    return links
