"""Shortest ways between the gates of each cell (one gauge, one country).

A query then crosses a country in a few steps. Exact: distances over cells and special links equal
those over all links.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import dijkstra

from landbridge.build.contract import Contracted
from landbridge.build.draft import Flags, Floats, Ints

SLACK_KM = 1e-6
"""Sums of km in another order differ by rounding; a way this little longer counts as equal."""


@dataclass(frozen=True, eq=False)
class CellWays:
    """Gate to gate: ``tail`` and ``head`` are node numbers; each pair once."""

    tail: Ints
    head: Ints
    gauge_mm: Ints
    km: Floats


def gates_of(found: Contracted) -> tuple[Flags, Flags]:
    """Which links are special (border, status or dates of their own), and which nodes are gates."""
    draft = found.draft
    special = ~draft.ordinary | (found.country[draft.tail] != found.country[draft.head])
    gate = np.zeros(len(draft.lat), bool)
    gate[draft.tail[special]] = True
    gate[draft.head[special]] = True
    least = np.full(len(draft.lat), np.iinfo(np.int64).max)
    most = np.full(len(draft.lat), -1)
    for ends in (draft.tail, draft.head):
        np.minimum.at(least, ends, draft.gauge_mm)
        np.maximum.at(most, ends, draft.gauge_mm)
    gate |= (most >= 0) & (least != most)
    return special, gate


def cell_ways(found: Contracted) -> CellWays:
    """All cells, in the order of gauge and country."""
    draft = found.draft
    special, gate = gates_of(found)
    ordinary = np.flatnonzero(~special)
    key = draft.gauge_mm[ordinary] * 1000 + found.country[draft.tail[ordinary]] + 1
    parts: list[tuple[Ints, Ints, Ints, Floats]] = []
    for cell in np.unique(key).tolist():
        chosen = np.zeros(len(draft.tail), bool)
        chosen[ordinary[key == cell]] = True
        inside = np.unique(np.concatenate([draft.tail[chosen], draft.head[chosen]]))
        doors = inside[gate[inside]]
        if len(doors) <= 1:
            continue
        tail, head, km = _between(found, chosen, inside, doors)
        parts.append((tail, head, np.full(len(tail), cell // 1000), km))
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return CellWays(*columns)


def _between(
    found: Contracted, chosen: Flags, inside: Ints, doors: Ints
) -> tuple[Ints, Ints, Floats]:
    matrix = found.draft.matrix(chosen)[inside][:, inside]
    at = np.searchsorted(inside, doors)
    km = np.empty((len(doors), len(doors)))
    for first in range(0, len(doors), 64):
        km[first : first + 64] = dijkstra(matrix, indices=at[first : first + 64])[:, at]
    needed = np.triu(np.isfinite(km), 1)
    for k in range(len(doors)):
        # a way that a third gate lies on is the sum of two others
        over = km[:, k][:, None] + km[k][None, :] <= km + SLACK_KM
        over[k, :] = False
        over[:, k] = False
        needed &= ~over
    a, b = np.nonzero(needed)
    return doors[a], doors[b], km[a, b]
