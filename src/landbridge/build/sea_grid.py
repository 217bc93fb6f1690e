"""A grid over the globe that answers most questions of "is this open sea" without the coast.

A cell that no coast comes near is all sea or all land. Straight lines through such cells need no
look at the coast; what is left is looked at exactly. The answers are the same, and come sooner.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely

from landbridge.build.approaches import Coast
from landbridge.build.draft import Flags, Floats, Ints
from landbridge.build.polygons import on_land

CELL_DEG = 0.5
ROWS, COLUMNS = 360, 720


@dataclass(frozen=True, eq=False)
class SeaGrid:
    """Cells that no coast comes near.

    ``open`` are wholly sea and ``inland`` wholly land; both (360, 720) from 90 south, 180 west.
    """

    open: Flags
    inland: Flags

    @cached_property
    def _shut(self) -> Ints:
        """Sums of cells that are not open, from the south-west corner up to each cell."""
        sums = np.zeros((ROWS + 1, COLUMNS + 1), np.int64)
        sums[1:, 1:] = np.cumsum(np.cumsum(~self.open, axis=0), axis=1)
        return sums

    def clear(self, ends: Floats) -> Flags:
        """Which lines (n, 2, 2; longitude, latitude) run in a box of open cells only."""
        south_west, north_east = ends.min(axis=1), ends.max(axis=1)
        left, bottom = _column(south_west[:, 0]), _row(south_west[:, 1])
        right, top = _column(north_east[:, 0]) + 1, _row(north_east[:, 1]) + 1
        sums = self._shut
        shut = sums[top, right] - sums[bottom, right] - sums[top, left] + sums[bottom, left]
        return np.asarray(shut == 0)

    def on_land(self, lat: Floats, lon: Floats) -> Flags:
        """Points in cells that are wholly land."""
        return self.inland[_row(lat), _column(lon)]


def _row(lat: Floats) -> Ints:
    return np.clip(np.floor((lat + 90) / CELL_DEG), 0, ROWS - 1).astype(np.int64)


def _column(lon: Floats) -> Ints:
    return np.clip(np.floor((lon + 180) / CELL_DEG), 0, COLUMNS - 1).astype(np.int64)


def sea_grid(coast: Coast, clear_deg: float) -> SeaGrid:
    """The grid for vessels that keep ``clear_deg`` from every coast."""
    south, west = np.divmod(np.arange(ROWS * COLUMNS), COLUMNS)
    bottom, left = south * CELL_DEG - 90.0, west * CELL_DEG - 180.0
    boxes = shapely.box(left, bottom, left + CELL_DEG, bottom + CELL_DEG)
    far = np.ones(len(boxes), bool)
    near: Ints = coast.tree.query(boxes, predicate="dwithin", distance=clear_deg)[0]
    far[near] = False
    dry = np.zeros(len(boxes), bool)
    middle = bottom[far] + CELL_DEG / 2, left[far] + CELL_DEG / 2
    dry[far] = on_land(coast.land, *middle)
    shape = (ROWS, COLUMNS)
    return SeaGrid((far & ~dry).reshape(shape), (far & dry).reshape(shape))
