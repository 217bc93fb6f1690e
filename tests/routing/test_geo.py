from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.routing.geo import coordinates, cut_at_antimeridian, great_circle_km


def test_a_quarter_of_the_equator_is_a_quarter_of_the_circle() -> None:
    # 2 pi x 6371.0088 / 4
    assert great_circle_km(0.0, 0.0, 0.0, 90.0) == pytest.approx(10007.557)
    assert great_circle_km(0.0, 170.0, 0.0, -100.0) == pytest.approx(10007.557)


def test_a_line_over_the_antimeridian_is_cut_at_it() -> None:
    lat, lon = np.array([0.0, 10.0, 20.0]), np.array([170.0, -170.0, -160.0])
    east, west = cut_at_antimeridian(lat, lon)
    # half way from 170 to 190 the latitude is half way from 0 to 10
    assert east[0].tolist() == [0, 5]
    assert east[1].tolist() == [170, 180]
    assert west[0].tolist() == [5, 10, 20]
    assert west[1].tolist() == [-180, -170, -160]


def test_a_line_may_cross_to_and_fro() -> None:
    parts = cut_at_antimeridian(np.zeros(3), np.array([179.0, -179.0, 179.0]))
    assert [lon.tolist() for _, lon in parts] == [[179, 180], [-180, -179, -180], [180, 179]]


def test_a_line_that_ends_on_the_antimeridian_leaves_no_point_on_the_other_side() -> None:
    parts = cut_at_antimeridian(np.zeros(3), np.array([-179.0, -180.0, 180.0]))
    assert [lon.tolist() for _, lon in parts] == [[-179, -180, -180]]


@given(st.lists(st.tuples(st.floats(-80, 80), st.floats(-180, 180)), min_size=1, max_size=12))
def test_no_part_steps_over_the_antimeridian_and_no_point_is_lost(
    points: list[tuple[float, float]],
) -> None:
    lat, lon = np.array(points).T
    parts = cut_at_antimeridian(lat, lon)
    for part_lat, part_lon in parts:
        assert np.all(np.abs(np.diff(part_lon)) <= 180)
        assert np.all(np.abs(part_lon) <= 180)
        assert len(part_lat) == len(part_lon)
    if len(set(points)) > 1:
        there = {point for part in parts for point in zip(*part, strict=True)}
        assert {point for point in points if abs(point[1]) != 180} <= there


def test_coordinates_are_longitude_first_and_rounded() -> None:
    line = np.array([1.1234567, 2.0]), np.array([3.0, 4.7654321])
    assert coordinates([line]) == [[[3.0, 1.12346], [4.76543, 2.0]]]
