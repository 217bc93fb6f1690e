"""Merge chains of links that nothing branches from: lengths add up exactly, shapes are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from landbridge.build.borders import Bordered
from landbridge.build.draft import LINK_COLUMNS, Draft, Flags, Floats, Ints

SHAPE_DEG = 0.004
"""Points nearer to the simplified line than this are dropped (Douglas and Peucker 1973)."""
LEAST_KM = 10.0
"""Components with less way than this in all are fragments that nothing can be routed over."""
_HALF_TURN = 180.0
THROUGH = 2
"""Links at a node that is merely passed."""


@dataclass(frozen=True, eq=False)
class Contracted:
    """Nodes with their country, links, and the points between the ends of each link."""

    draft: Draft
    country: Ints
    shapes: list[Floats]
    """Per link (k, 2) of lat, lon from tail to head, without the ends."""


def contract(bordered: Bordered, *, keep: Flags | None = None) -> Contracted:
    """Merge degree-2 chains whose links agree in everything but length; drop fragments."""
    draft = _without_fragments(bordered.draft)
    border = bordered.country[draft.tail] != bordered.country[draft.head]
    keys = np.column_stack(
        [draft.gauge_mm, draft.section, draft.status, draft.opens, draft.closes, draft.source,
         border]
    )  # fmt: skip
    nodes, links = len(draft.lat), len(draft.tail)
    ends = np.concatenate([draft.tail, draft.head])
    order = np.argsort(ends, kind="stable")
    around = (order % links).tolist()
    first = np.concatenate([[0], np.cumsum(np.bincount(ends, minlength=nodes))])
    degree = np.diff(first)
    fixed = (degree != THROUGH) if keep is None else (degree != THROUGH) | keep
    two = np.flatnonzero(~fixed)
    one, other = np.array(around)[first[two]], np.array(around)[first[two] + 1]
    fixed[two[(keys[one] != keys[other]).any(axis=1) | (one == other)]] = True
    return _walk(draft, bordered.country, fixed, around, first.tolist())


def _walk(
    draft: Draft, country: Ints, fixed: Flags, around: list[int], first: list[int]
) -> Contracted:
    tail, head, km = draft.tail.tolist(), draft.head.tolist(), draft.km.tolist()
    stop = fixed.tolist()
    used = [False] * len(tail)
    chains: list[tuple[int, int, int, float]] = []
    shapes: list[Floats] = []

    def follow(start: int, lead: int) -> None:
        path, total = [start], 0.0
        node: int = start
        link: int = lead
        while True:
            used[link] = True
            total += km[link]
            node = head[link] if tail[link] == node else tail[link]
            path.append(node)
            if stop[node] or node == start:
                break
            at = first[node]
            link = around[at + 1] if around[at] == link else around[at]
        chains.append((start, node, lead, total))
        shapes.append(simplified(np.column_stack([draft.lat[path], draft.lon[path]])))

    for start in np.flatnonzero(fixed).tolist():
        for link in around[first[start] : first[start + 1]]:
            if not used[link]:
                follow(start, link)
    for link in range(len(tail)):  # rings that no fixed node lies on
        if not used[link]:
            stop[tail[link]] = True
            follow(tail[link], link)
    table = np.array([chain[:3] for chain in chains], np.int64).reshape(-1, 3)
    lead = table[:, 2]
    columns = {name: getattr(draft, name)[lead] for name in LINK_COLUMNS}
    columns.update(tail=table[:, 0], head=table[:, 1], km=np.array([c[3] for c in chains]))
    return _compact(Contracted(replace(draft, **columns), country, shapes))


def _compact(found: Contracted) -> Contracted:
    """Without the nodes that no link ends at."""
    draft = found.draft
    used = np.unique(np.concatenate([draft.tail, draft.head]))
    number = np.full(len(draft.lat), -1)
    number[used] = np.arange(len(used))
    draft = replace(
        draft,
        lat=draft.lat[used],
        lon=draft.lon[used],
        tail=number[draft.tail],
        head=number[draft.head],
    )
    return Contracted(draft, found.country[used], found.shapes)


def _without_fragments(draft: Draft) -> Draft:
    label, size = draft.components()
    km = np.bincount(label[draft.tail], draft.km, minlength=len(size))
    return draft.keep_links(km[label[draft.tail]] >= LEAST_KM)


def simplified(points: Floats) -> Floats:
    """The points between the ends that the line needs within ``SHAPE_DEG``; (k, 2)."""
    if len(points) <= THROUGH or np.abs(np.diff(points[:, 1])).max() > _HALF_TURN:
        return points[1:-1]
    needed = np.zeros(len(points), bool)
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        if end <= start + 1:
            continue
        way = points[end] - points[start]
        rest = points[start + 1 : end] - points[start]
        length = float(np.hypot(way[0], way[1]))
        off = (
            np.abs(rest[:, 0] * way[1] - rest[:, 1] * way[0]) / length
            if length > 0
            else np.hypot(rest[:, 0], rest[:, 1])
        )
        far = int(np.argmax(off))
        if off[far] > SHAPE_DEG:
            middle = start + 1 + far
            needed[middle] = True
            spans += [(start, middle), (middle, end)]
    return points[needed]
