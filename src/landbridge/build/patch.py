"""Typed mends: links that the extract lacks, edges that it should not have, straight lines bent."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from landbridge.build.draft import LINK_COLUMNS, Draft, Flags, great_circle_km
from landbridge.build.snap import snap
from landbridge.build.typed import Row
from landbridge.errors import DataError, Fault

FAR_KM = 30.0
"""An end of a typed link that lies farther than this from the network is taken for a mistake."""


@dataclass(frozen=True, slots=True)
class Names:
    """Numbers of the sections and the sources that rows name."""

    section: dict[str, int]
    source: dict[str, int]

    def of(self, row: Row, column: str) -> int:
        """The number that a row's cell names; -1 for an empty one."""
        text = row.text(column)
        known = self.section if column == "section" else self.source
        if not text:
            return -1
        if text not in known:
            raise DataError(
                [Fault(f"{row.where}, column {column}", f"names {text!r}", "is in no table")]
            )
        return known[text]


def apply_links(draft: Draft, rows: list[Row], names: Names) -> Draft:
    """Add the typed links in the order of the rows (stitches stand first in the table)."""
    for row in rows:
        ends: list[int] = []
        for side in "12":
            lat, lon = row.number(f"lat{side}"), row.number(f"lon{side}")
            if row.text(f"end{side}") == "new":
                draft, (node,) = draft.add_nodes(np.array([lat]), np.array([lon]))
                ends.append(int(node))
                continue
            among = _anchors(draft, row, side)
            draft, node, off = snap(draft, lat, lon, among)
            if off > FAR_KM:
                found = f"end {side} lies {off:.0f} km from the network"
                raise DataError([Fault(row.where, found, f"at most {FAR_KM:.0f} km")])
            ends.append(node)
        link = Draft.raw(
            draft.lat, draft.lon, np.array([ends[0]]), np.array([ends[1]]),
            np.array([row.number("km")]),
        )  # fmt: skip
        link = replace(
            link,
            section=np.array([names.of(row, "section")]),
            source=np.array([names.of(row, "source")]),
            gauge_mm=np.array([int(row.number("gauge_mm"))]),
        )
        draft = draft.add_links(link)
        if row.text("via"):
            draft = _bend(draft, len(draft.tail) - 1, _points(row))
    return draft


def _anchors(draft: Draft, row: Row, side: str) -> Flags:
    """Links that an end may be put on.

    Never one with a status of its own, and for the first end of a missing link only the component
    that matters, lest it lands on a fragment.
    """
    sound = draft.ordinary & (draft.section < 0)
    if row.text("kind") == "missing" and side == "1":
        label, size = draft.components()
        big = size[label[draft.tail]] >= min(1000, int(size.max()))
        typed = draft.source >= TYPED_FROM
        return (sound & big) | (typed & draft.ordinary)
    return sound | (draft.ordinary & (draft.section < 0))


TYPED_FROM = 2
"""Sources 0 and 1 are the extract and the stitches by rule; higher ones are typed rows."""


def apply_cuts(draft: Draft, rows: list[Row]) -> Draft:
    """Remove the edges between the named points; a row that matches none is a fault."""
    for row in rows:
        hit = _edge(draft, row) & (np.abs(draft.km - row.number("km")) < 0.05 * row.number("km"))
        if not hit.any():
            raise DataError(
                [Fault(row.where, "matches no edge of the extract", "the source has changed")]
            )
        draft = draft.keep_links(~hit)
    return draft


def apply_vias(draft: Draft, rows: list[Row]) -> Draft:
    """Bend long straight edges through typed points; the length of the edge is kept.

    A row that matches none is a fault: the edge it was typed for is drawn straight again.
    """
    for row in rows:
        hit = np.flatnonzero(_edge(draft, row) & (draft.km >= row.number("min_km")))
        if not len(hit):
            raise DataError(
                [Fault(row.where, "matches no edge of the extract", "the source has changed")]
            )
        for link in hit.tolist()[::-1]:
            draft = _bend(draft, link, _points(row))
    return draft


def _points(row: Row) -> list[tuple[float, ...]]:
    return [tuple(map(float, pair.split())) for pair in row.text("via").split(";")]


def _bend(draft: Draft, link: int, points: list[tuple[float, ...]]) -> Draft:
    tail, head = int(draft.tail[link]), int(draft.head[link])
    via = np.array(points)
    start = np.array([draft.lat[tail], draft.lon[tail]])
    if np.hypot(*(via[0] - start)) > np.hypot(*(via[-1] - start)):
        via = via[::-1]
    grown, nodes = draft.add_nodes(via[:, 0], via[:, 1])
    chain = np.concatenate([[tail], nodes, [head]])
    a, b = chain[:-1], chain[1:]
    straight = great_circle_km(grown.lat[a], grown.lon[a], grown.lat[b], grown.lon[b])
    km = straight * (draft.km[link] / straight.sum())
    bent = Draft.raw(grown.lat, grown.lon, a, b, km)
    alike = {
        name: np.full(len(a), getattr(draft, name)[link])
        for name in LINK_COLUMNS
        if name not in {"tail", "head", "km"}
    }
    bent = replace(bent, **alike)
    return grown.keep_links(np.arange(len(grown.tail)) != link).add_links(bent)


def _edge(draft: Draft, row: Row, reach_km: float = 2.0) -> Flags:
    """Links whose two ends lie within reach of the row's two points, either way round."""
    lat1, lon1, lat2, lon2 = (row.number(name) for name in ("lat1", "lon1", "lat2", "lon2"))

    def near(nodes: np.ndarray[tuple[int], np.dtype[np.int64]], lat: float, lon: float) -> Flags:
        here = np.full(len(nodes), lat), np.full(len(nodes), lon)
        return great_circle_km(draft.lat[nodes], draft.lon[nodes], *here) < reach_km

    along = near(draft.tail, lat1, lon1) & near(draft.head, lat2, lon2)
    against = near(draft.tail, lat2, lon2) & near(draft.head, lat1, lon1)
    return along | against
