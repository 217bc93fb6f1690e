"""Merge the parts into the tables of the world: order of nodes and links, shapes, references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from landbridge.build.draft import Floats, Ints
from landbridge.build.typed import Row, read_table
from landbridge.network import tables as t
from landbridge.schema.column import Texts
from landbridge.units import MODES, STATUSES

GRID = 1000.0


@dataclass(frozen=True, eq=False)
class Ground:
    """The tables of infrastructure."""

    nodes: t.Nodes
    links: t.Links
    shapes: t.Shapes
    cells: t.Cells


def merge(parts: list[dict[str, NDArray[np.generic]]]) -> Ground:
    """Number the nodes along a Morton curve, the links by their ends; carry every reference over.

    Near nodes get near numbers, which deflates well and suits caches.
    """
    offset = np.cumsum([0, *(len(part["lat"]) for part in parts)])
    lat, lon = _joined(parts, "lat"), _joined(parts, "lon")
    country = np.concatenate([part["country"] for part in parts])
    order = np.argsort(_morton(lat, lon), kind="stable")
    number = np.empty(len(order), np.int64)
    number[order] = np.arange(len(order))
    link = {
        name: np.concatenate([part[name] for part in parts])
        for name in ("km", "mode", "gauge_mm", "passage", "section", "status", "opens", "closes",
                     "source", "points")
    }  # fmt: skip
    ends = {
        name: number[np.concatenate([p[name] + o for p, o in zip(parts, offset, strict=False)])]
        for name in ("tail", "head")
    }
    rank = np.lexsort((link["km"], ends["head"], ends["tail"], link["mode"]))
    shape_lat, shape_lon = _joined(parts, "shape_lat"), _joined(parts, "shape_lon")
    count = link["points"].astype(np.int64)
    first = np.concatenate([[0], np.cumsum(count)[:-1]])
    picked = _ranges(first[rank], count[rank])
    cells = {
        name: np.concatenate([part[f"cell_{name}"] for part in parts])
        for name in ("km", "gauge_mm", "mode")
    }
    cell_ends = {
        name: number[
            np.concatenate([p[f"cell_{name}"] + o for p, o in zip(parts, offset, strict=False)])
        ]
        for name in ("tail", "head")
    }
    cell_rank = np.lexsort((cell_ends["head"], cell_ends["tail"], cells["mode"]))
    return Ground(
        nodes=t.Nodes(lat[order], lon[order], country[order].astype(np.int16)),
        links=t.Links(
            tail=ends["tail"][rank].astype(np.int32),
            head=ends["head"][rank].astype(np.int32),
            mode=link["mode"][rank].astype(np.int8),
            km=link["km"].astype(np.float64)[rank],
            gauge_mm=link["gauge_mm"][rank].astype(np.int16),
            passage=link["passage"][rank].astype(np.int16),
            section=link["section"][rank].astype(np.int16),
            status=link["status"][rank].astype(np.int8),
            opens=link["opens"][rank].astype(np.int32),
            closes=link["closes"][rank].astype(np.int32),
            source=link["source"][rank].astype(np.int16),
        ),
        shapes=t.Shapes(
            link=np.repeat(np.arange(len(rank)), count[rank]).astype(np.int32),
            lat=shape_lat[picked],
            lon=shape_lon[picked],
        ),
        cells=t.Cells(
            tail=cell_ends["tail"][cell_rank].astype(np.int32),
            head=cell_ends["head"][cell_rank].astype(np.int32),
            mode=cells["mode"][cell_rank].astype(np.int8),
            gauge_mm=cells["gauge_mm"][cell_rank].astype(np.int16),
            km=np.rint(cells["km"].astype(np.float64)[cell_rank] * 100) / 100,
        ),
    )


def _joined(parts: list[dict[str, NDArray[np.generic]]], name: str) -> Floats:
    return np.concatenate([part[name].astype(np.float64) for part in parts])


def _morton(lat: Floats, lon: Floats) -> Ints:
    def spread(values: Ints) -> Ints:
        for shift, mask in (
            (16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F),
            (2, 0x3333333333333333), (1, 0x5555555555555555),
        ):  # fmt: skip
            values = (values | (values << shift)) & mask
        return values

    y = np.rint((lat + 90) * GRID).astype(np.int64)
    x = np.rint((lon + 180) * GRID).astype(np.int64)
    return spread(x) | (spread(y) << 1)


def _ranges(first: Ints, count: Ints) -> Ints:
    """Concatenate ``first[k] + arange(count[k])``."""
    if not len(count):
        return np.zeros(0, np.int64)
    start = np.repeat(first - np.concatenate([[0], np.cumsum(count)[:-1]]), count)
    return start + np.arange(int(count.sum()))


def _texts(rows: list[Row], column: str) -> Texts:
    return cast("Texts", np.array([row.text(column) for row in rows], np.dtypes.StringDType()))


def _floats(rows: list[Row], column: str) -> Floats:
    return np.array([row.number(column, missing=np.nan) for row in rows], np.float64)


def _shorts(rows: list[Row], column: str) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    return np.array([int(row.number(column)) for row in rows], np.int16)


def _days(
    rows: list[Row], column: str, *, until: bool = False
) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array([row.day(column, until=until) for row in rows], np.int32)


def _codes(
    rows: list[Row], column: str, words: tuple[str, ...]
) -> np.ndarray[tuple[int], np.dtype[np.int8]]:
    return np.array([words.index(row.text(column)) for row in rows], np.int8)


def _flags(rows: list[Row], column: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.array([row.text(column) == "yes" for row in rows], bool)


def sources() -> t.Sources:
    """The sources of the world, in the order that links number them."""
    rows = read_table("world_sources")
    return t.Sources(
        _texts(rows, "id"), _texts(rows, "title"), _texts(rows, "url"),
        _shorts(rows, "year"), _texts(rows, "licence"),
    )  # fmt: skip


def passages() -> t.Passages:
    """The passages, in the order that links number them."""
    rows = read_table("passages")
    return t.Passages(
        id=_texts(rows, "id"),
        title=_texts(rows, "title"),
        kind=_texts(rows, "kind"),
        status=_codes(rows, "status", STATUSES),
        opens=_days(rows, "opens"),
        closes=_days(rows, "closes", until=True),
        season_from=_texts(rows, "season_from"),
        season_to=_texts(rows, "season_to"),
        draught_m=_floats(rows, "draught_m"),
        max_dwt=_floats(rows, "max_dwt"),
        locks=_shorts(rows, "locks"),
        ocean=_flags(rows, "ocean"),
        has_detour=_flags(rows, "has_detour"),
        lat=_floats(rows, "lat"),
        lon=_floats(rows, "lon"),
        source=_texts(rows, "source"),
        note=_texts(rows, "note"),
    )


def sections() -> t.Sections:
    """The named stretches, in the order that links number them."""
    rows = read_table("land_sections")
    return t.Sections(
        id=_texts(rows, "id"),
        title=_texts(rows, "title"),
        mode=_codes(rows, "mode", MODES),
        km=_floats(rows, "km"),
        status=_codes(rows, "status", STATUSES),
        opens=_days(rows, "opens"),
        closes=_days(rows, "closes", until=True),
        year=_shorts(rows, "year"),
        source=_texts(rows, "source"),
        confidence=_texts(rows, "confidence"),
        note=_texts(rows, "note"),
    )


def closures() -> t.Closures:
    """Closed borders of the world."""
    rows = read_table("closed_borders")
    return t.Closures(
        id=_texts(rows, "id"),
        mode=_texts(rows, "mode"),
        country_a=_texts(rows, "country_a"),
        country_b=_texts(rows, "country_b"),
        lat=_floats(rows, "lat"),
        lon=_floats(rows, "lon"),
        radius_km=_floats(rows, "radius_km"),
        closed_from=_days(rows, "closed_from"),
        closed_to=_days(rows, "closed_to", until=True),
        reason=_texts(rows, "reason"),
        year=_shorts(rows, "year"),
        source=_texts(rows, "source"),
        confidence=_texts(rows, "confidence"),
    )
