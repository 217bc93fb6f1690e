"""Sea lanes, canals and rivers: the lanes of Eurostat SeaRoute with typed lanes laid over them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from landbridge.build.approaches import add_approaches, coast_of
from landbridge.build.borders import Bordered
from landbridge.build.contract import Contracted, contract
from landbridge.build.draft import Draft, Flags, Floats, Ints, great_circle_km
from landbridge.build.polygons import Land
from landbridge.build.snap import snap
from landbridge.build.straight import add_straight
from landbridge.build.typed import Row, read_table
from landbridge.errors import DataError, Fault
from landbridge.units import MODES, SEA

REPLACED = ((36.0, 49.0, 44.4, 55.0), (46.9, 49.0, 39.0, 44.7))
"""South, north, west, east of the lanes that typed ones replace: the Caspian with the Volga, and
the Don with its canal, which SeaRoute draws with a few straight lines."""
NARROW = frozenset({"canal", "river", "arctic"})
"""Kinds of passages that no approach may enter half-way."""
GRID = 1000.0
HALF_TURN = 180.0
"""Nodes are merged where they agree to 0.001 degrees, the grid of the world file."""

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Water:
    """Ready to be merged: ``found.draft.section`` is the passage, ``gauge_mm`` the mode code."""

    found: Contracted


@dataclass(frozen=True, eq=False)
class Ports:
    """The ports of the gazetteer."""

    lat: Floats
    lon: Floats
    main: Flags
    """Those from which straight courses lead over the open sea."""


@dataclass(frozen=True, slots=True)
class Lane:
    """A polyline (lat, lon) with its passage number (-1: none), mode, length and source."""

    points: tuple[Point, ...]
    passage: int
    mode: int
    source: int
    km: float
    """Published length that the drawn one is scaled to; NaN to keep the drawn one."""


def build_water(marnet: Path, source_of: dict[str, int], ports: Ports, land: Land) -> Water:
    """Read the lanes, replace and add the typed ones, join ports, tag the passages, contract."""
    passages = read_table("passages")
    number = {row.text("id"): k for k, row in enumerate(passages)}
    tags = {row.text("tag"): k for k, row in enumerate(passages) if row.text("tag")}
    lanes = [lane for lane in _searoute(marnet, tags, source_of["searoute"]) if not _replaced(lane)]
    typed = read_table("water_lanes")
    lanes += [_typed(row, number, source_of) for row in typed]
    canals = np.array([k for k, row in enumerate(passages) if row.text("kind") in NARROW])
    draft = _draft(lanes)
    approach = source_of["approach"]
    coast = coast_of(land)
    draft = add_approaches(draft, ports.lat, ports.lon, coast, canals, approach)
    main = np.column_stack([ports.lat, ports.lon])[ports.main]
    draft = _tagged(add_straight(draft, main, coast, canals, approach), passages)
    for row, lane in zip(typed, lanes[-len(typed) :], strict=True):
        for column, point in (("join_first", lane.points[0]), ("join_last", lane.points[-1])):
            if row.text(column) == "yes":
                draft = _joined(draft, point, row, source_of["searoute"])
    everywhere = np.full(len(draft.lat), -1)
    found = contract(Bordered(draft, everywhere))
    draft = replace(found.draft, km=np.rint(found.draft.km * 100) / 100)
    return Water(replace(found, draft=draft))


def _searoute(path: Path, tags: dict[str, int], source: int) -> Iterator[Lane]:
    atlas = json.loads(path.read_text(encoding="utf-8"))
    for feature in atlas["features"]:
        kind, lines = feature["geometry"]["type"], feature["geometry"]["coordinates"]
        tag = feature["properties"].get("passage")
        if tag and tag not in tags:
            raise DataError([Fault(str(path), f"has passage {tag!r}", "is in passages.csv")])
        for line in [lines] if kind == "LineString" else lines:
            points = tuple((lat, (lon + 180) % 360 - 180) for lon, lat in line)
            yield Lane(points, tags[tag] if tag else -1, SEA, source, np.nan)


def _replaced(lane: Lane) -> bool:
    """Whether every point lies in one of the boxes: one lane runs from the Caspian to Azov."""
    return all(
        any(south <= lat <= north and west <= lon <= east for south, north, west, east in REPLACED)
        for lat, lon in lane.points
    )


def _typed(row: Row, number: dict[str, int], source_of: dict[str, int]) -> Lane:
    points = tuple(
        (float(lat), float(lon)) for lat, lon in map(str.split, row.text("points").split(";"))
    )
    passage = row.text("passage")
    if passage and passage not in number:
        raise DataError([Fault(row.where, f"names passage {passage!r}", "is in passages.csv")])
    return Lane(
        points,
        number[passage] if passage else -1,
        MODES.index(row.text("mode")),
        source_of[row.text("source")],
        row.number("km", missing=np.nan),
    )


def _draft(lanes: list[Lane]) -> Draft:
    """One node per grid point, one link per stretch of a lane; lengths by haversine."""
    points = np.array([point for lane in lanes for point in lane.points])
    grid = np.rint(points * GRID).astype(np.int64)
    grid[grid[:, 1] == -180 * int(GRID), 1] = 180 * int(GRID)
    unique, node = np.unique(grid, axis=0, return_inverse=True)
    node = node.reshape(-1)
    lane_of = np.repeat(np.arange(len(lanes)), [len(lane.points) for lane in lanes])
    inner = lane_of[1:] == lane_of[:-1]
    tail, head, lane = node[:-1][inner], node[1:][inner], lane_of[:-1][inner]
    lat, lon = unique[:, 0] / GRID, unique[:, 1] / GRID
    km = great_circle_km(lat[tail], lon[tail], lat[head], lon[head])
    drawn = np.bincount(lane, km, minlength=len(lanes))
    published = np.array([one.km for one in lanes])
    scale = np.where(np.isnan(published), 1.0, published / np.maximum(drawn, 1e-9))
    draft = Draft.raw(lat, lon, tail, head, km * scale[lane])
    draft = replace(
        draft,
        section=np.array([one.passage for one in lanes])[lane],
        gauge_mm=np.array([one.mode for one in lanes])[lane],
        source=np.array([one.source for one in lanes])[lane],
    )
    return draft.keep_links(tail != head)


def _tagged(draft: Draft, passages: list[Row]) -> Draft:
    """Links that cross a gate line (``lat lon lat lon``), or lie in an inland sea, carry it."""
    section = draft.section.copy()
    for k, row in enumerate(passages):
        for gate in filter(None, row.text("gates").split(";")):
            line = np.array(gate.split(), np.float64)
            section[_crosses(draft, line) & (draft.gauge_mm == SEA) & (section < 0)] = k
        if row.text("kind") == "sea":
            # an inland sea is one passage: whatever joins its ports bears its name
            label, _ = draft.components(draft.gauge_mm == SEA)
            inside = np.isin(label[draft.tail], label[draft.tail[section == k]])
            section[inside & (draft.gauge_mm == SEA) & (section < 0)] = k
    return replace(draft, section=section)


def _crosses(draft: Draft, line: Floats) -> Flags:
    """Whether each link's straight line meets the gate; links over the antimeridian do not."""
    y1, x1, y2, x2 = line
    ay, ax, by, bx = (
        draft.lat[draft.tail], draft.lon[draft.tail],
        draft.lat[draft.head], draft.lon[draft.head],
    )  # fmt: skip

    def side(px: Floats, py: Floats, qx: Floats, qy: Floats, rx: Floats, ry: Floats) -> Floats:
        return (qx - px) * (ry - py) - (qy - py) * (rx - px)

    gx1, gy1, gx2, gy2 = (np.full(len(ay), value) for value in (x1, y1, x2, y2))
    apart = side(gx1, gy1, gx2, gy2, ax, ay) * side(gx1, gy1, gx2, gy2, bx, by) < 0
    across = side(ax, ay, bx, by, gx1, gy1) * side(ax, ay, bx, by, gx2, gy2) < 0
    return apart & across & (np.abs(ax - bx) < HALF_TURN)


def _joined(draft: Draft, point: Point, row: Row, open_sea: int) -> Draft:
    """A straight link from the end of a typed lane to the nearest lane of the open sea."""
    grid = np.rint(np.array(point) * GRID) / GRID
    here = int(np.flatnonzero((draft.lat == grid[0]) & (draft.lon == grid[1]))[0])
    label, size = draft.components()
    big = label[draft.tail] == int(np.argmax(size))
    foreign = big & (draft.source == open_sea)
    draft, node, off = snap(draft, *point, foreign)
    if node < 0 or off > 60:  # noqa: PLR2004 - an approach longer than this is a typing mistake
        found = f"its end lies {off:.0f} km from the next lane"
        raise DataError([Fault(row.where, found, "at most 60 km")])
    ends = np.array([here]), np.array([node])
    link = Draft.raw(draft.lat, draft.lon, *ends, np.array([off]))
    mark: Ints = np.array([SEA])
    return draft.add_links(replace(link, gauge_mm=mark, source=np.array([_source(draft, here)])))


def _source(draft: Draft, node: int) -> int:
    return int(draft.source[(draft.tail == node) | (draft.head == node)][0])
