"""Approaches and straight courses on a sea with one island, drawn by hand."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from scipy.sparse.csgraph import dijkstra

from landbridge.build.approaches import Coast, add_approaches, coast_of
from landbridge.build.draft import Draft, great_circle_km
from landbridge.build.polygons import Land
from landbridge.build.straight import add_straight
from landbridge.units import SEA

NO_CANALS = np.zeros(0, np.int64)
PORT = np.array([0.0]), np.array([0.0])


def coast(*islands: tuple[float, float, float, float]) -> Coast:
    """Islands as boxes: west, south, east, north."""
    shapes: list[shapely.Geometry] = [shapely.box(*island) for island in islands]
    return coast_of(Land(shapes, np.full(len(shapes), -1)))


def lanes(*points: tuple[float, float]) -> Draft:
    """One lane through points (lat, lon)."""
    lat, lon = np.array(points).T
    tail = np.arange(len(points) - 1)
    km = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    draft = Draft.raw(lat, lon, tail, tail + 1, km)
    return replace(draft, gauge_mm=np.full(len(tail), SEA))


def reached(draft: Draft, start: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.asarray(dijkstra(draft.matrix(), indices=np.array(start)), np.float64)


def test_a_port_is_joined_to_what_it_sees_and_not_through_an_island() -> None:
    lane = lanes((1.0, -1.5), (1.0, 0.0), (1.0, 1.5))
    open_sea = add_approaches(lane, *PORT, coast((50.0, 50.0, 51.0, 51.0)), NO_CANALS, 9)
    ends = set(zip(open_sea.lat[open_sea.head[2:]], open_sea.lon[open_sea.head[2:]], strict=True))
    assert ends == {(1.0, -1.5), (1.0, 0.0), (1.0, 1.5)}
    assert set(open_sea.source[2:].tolist()) == {9}
    # an island due north hides the middle of the lane, and only that
    behind = add_approaches(lane, *PORT, coast((-0.2, 0.4, 0.2, 0.6)), NO_CANALS, 9)
    seen = set(zip(behind.lat[behind.head[2:]], behind.lon[behind.head[2:]], strict=True))
    assert seen == {(1.0, -1.5), (1.0, 1.5)}


def test_a_port_on_a_lane_and_one_that_sees_none_get_nothing() -> None:
    nowhere = coast((50.0, 50.0, 51.0, 51.0))
    near = lanes((0.02, 0.0), (1.0, 0.0))
    assert len(add_approaches(near, *PORT, nowhere, NO_CANALS, 9).tail) == 1
    far = lanes((20.0, 0.0), (21.0, 0.0))
    assert len(add_approaches(far, *PORT, nowhere, NO_CANALS, 9).tail) == 1


def test_no_approach_leads_into_a_canal_half_way() -> None:
    canal = replace(lanes((1.0, -1.5), (1.0, 0.0), (1.0, 1.5)), section=np.full(2, 4))
    found = add_approaches(canal, *PORT, coast((50.0, 50.0, 51.0, 51.0)), np.array([4]), 9)
    assert len(found.tail) == 2


@pytest.mark.parametrize("island", [None, (4.0, -1.0, 6.0, 1.0)])
def test_a_long_way_round_is_cut_short_over_open_water_only(
    island: tuple[float, float, float, float] | None,
) -> None:
    # the lane leads far to the north between two points on the equator
    lane = lanes((0.0, 0.0), (8.0, 5.0), (0.0, 10.0))
    there = coast(island or (50.0, 50.0, 51.0, 51.0))
    found = add_straight(lane, np.zeros((0, 2)), there, NO_CANALS, 9)
    straight = float(great_circle_km(*(np.array([x]) for x in (0.0, 0.0, 0.0, 10.0)))[0])
    km = float(reached(found, 0)[2])
    if island is None:
        assert km == pytest.approx(straight, rel=1e-6)
    else:
        assert km > 1.2 * straight


def test_shoals_that_no_coast_shows_are_kept_off() -> None:
    # Adam's Bridge, a row of water_barriers.csv, lies between these two points
    lane = lanes((10.6, 79.6), (3.0, 79.8), (8.3, 79.5))
    found = add_straight(lane, np.zeros((0, 2)), coast((50.0, 50.0, 51.0, 51.0)), NO_CANALS, 9)
    assert float(reached(found, 0)[2]) > 1000
