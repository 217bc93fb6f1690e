from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.kernels.grid import (
    RADIUS_KM,
    Feet,
    Lines,
    arc_km,
    build_grid,
    foot_on,
    nearest_of_each,
    nearest_on_lines,
    ring_km,
    share_along,
    wrap,
)
from landbridge.units import EARTH_RADIUS_KM

Points = list[tuple[float, float]]
LAT = st.floats(-89, 89)
LON = st.floats(-180, 180)


def lines_of(*lines: Points) -> Lines:
    points = np.array([point for line in lines for point in line]).reshape(-1, 2)
    count = [len(line) for line in lines]
    return Lines(
        np.ascontiguousarray(points[:, 0]),
        np.ascontiguousarray(points[:, 1]),
        np.repeat(np.arange(len(lines), dtype=np.int32), count),
        np.concatenate([[0], np.cumsum(count)]).astype(np.int32),
    )


@st.composite
def some_lines(draw: st.DrawFn) -> Lines:
    """Lines of up to 5 points whose steps reach some 20 degrees, over the antimeridian too."""
    found: list[Points] = []
    for _ in range(draw(st.integers(1, 6))):
        line = [(draw(LAT), draw(LON))]
        for _ in range(draw(st.integers(1, 4))):
            lat = min(89.0, max(-89.0, line[-1][0] + draw(st.floats(-20, 20))))
            line.append((lat, wrap(line[-1][1] + draw(st.floats(-20, 20)))))
        found.append(line)
    return lines_of(*found)


def brute(lines: Lines, usable: np.ndarray, lat: float, lon: float) -> float:
    """Every segment, one after the other."""
    return min(
        (
            foot_on(lines, p, lat, lon)[0]
            for p in range(len(lines.lat) - 1)
            if lines.line[p] == lines.line[p + 1] and usable[lines.line[p]]
        ),
        default=np.inf,
    )


@pytest.mark.parametrize("step_deg", [1.5, 10.0, 45.0])
@given(lines=some_lines(), lat=LAT, lon=LON, data=st.data())
def test_the_nearest_equals_a_look_at_every_segment(
    step_deg: float, lines: Lines, lat: float, lon: float, data: st.DataObject
) -> None:
    n = len(lines.first) - 1
    usable = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)))
    limit = data.draw(st.sampled_from([500.0, 30000.0]))
    found = nearest_on_lines(lines, build_grid(lines, step_deg), usable, lat, lon, limit)
    expected = brute(lines, usable, lat, lon)
    if expected > limit:
        assert found[0] == -1
        assert found[4] == np.inf
    else:
        # feet lie on the segment, and a bucket may hold another part of it than the plane
        # around the point takes for the nearest: equal but for rounding
        assert found[4] == pytest.approx(expected, abs=1e-6)
        assert arc_km(lat, lon, found[2], found[3]) == pytest.approx(found[4], abs=1e-6)


def test_the_foot_lies_where_it_should() -> None:
    # due north of the point, on a line along the parallel 1 degree up
    lines = lines_of([(11.0, 20.0), (11.0, 22.0)])
    km, share, lat, lon = foot_on(lines, 0, 10.0, 20.5)
    assert (share, lat, lon) == pytest.approx((0.25, 11.0, 20.5))
    assert km == pytest.approx(np.radians(1.0) * EARTH_RADIUS_KM)


def test_a_line_over_the_antimeridian_is_near_on_both_sides() -> None:
    lines = lines_of([(0.0, 179.0), (0.0, -179.0)])
    grid = build_grid(lines, 1.5)
    for lon in (179.5, -179.5, 180.0, -180.0):
        found = nearest_on_lines(lines, grid, np.ones(1, bool), 0.1, lon, 100.0)
        assert found[0] == 0
        assert found[4] == pytest.approx(np.radians(0.1) * EARTH_RADIUS_KM)


def test_the_share_along_a_line_goes_by_its_length() -> None:
    # three equal steps along the equator; half of the second is half of the whole
    lines = lines_of([(0.0, 0.0), (0.0, 1.0), (0.0, 2.0), (0.0, 3.0)])
    assert share_along(lines, 1, 0.5) == pytest.approx(0.5)
    assert share_along(lines_of([(5.0, 5.0), (5.0, 5.0)]), 0, 0.3) == 0.0


def test_of_two_lines_equally_near_the_first_is_taken() -> None:
    lines = lines_of([(1.0, 0.0), (1.0, 1.0)], [(1.0, 0.0), (1.0, 1.0)])
    found = nearest_on_lines(lines, build_grid(lines, 10.0), np.ones(2, bool), 0.0, 0.5, 1e4)
    assert found[0] == 0


def test_many_points_are_answered_one_by_one() -> None:
    lines = lines_of([(0.0, 0.0), (0.0, 10.0)])
    feet = Feet(np.empty(2, np.int32), np.empty(2), np.empty(2), np.empty(2), np.empty(2))
    lat, lon = np.array([1.0, 50.0]), np.array([5.0, 5.0])
    nearest_of_each(lines, build_grid(lines, 1.5), np.ones(1, bool), lat, lon, 500.0, feet)
    assert feet.segment.tolist() == [0, -1]
    assert feet.share[0] == pytest.approx(0.5)
    assert feet.km[1] == np.inf


@given(LAT, LON, st.integers(1, 20), LAT, LON)
def test_no_point_outside_a_ring_is_nearer_than_its_bound(
    lat: float, lon: float, ring: int, other_lat: float, other_lon: float
) -> None:
    grid = build_grid(lines_of([(0.0, 0.0), (0.0, 1.0)]), 10.0)
    row, column = int((lat + 90) / 10), min(int((lon + 180) / 10), 35)
    other_row = int((other_lat + 90) / 10)
    aside = abs(min(int((other_lon + 180) / 10), 35) - column)
    if max(abs(other_row - row), min(aside, 36 - aside)) >= ring:
        bound = ring_km(grid, row, column, ring, lat, lon)
        assert bound <= arc_km(lat, lon, other_lat, other_lon) + 1e-6


def test_the_kernel_and_the_package_agree_on_the_earth() -> None:
    assert RADIUS_KM == EARTH_RADIUS_KM
