"""Shapes of legs: on the way, as long as it, planned where it is planned, great circles at sea."""

from itertools import pairwise

import numpy as np
import pytest
from answers import ASKED, answer

from landbridge.page.shapes import along_great_circles, coded, unrolled
from landbridge.routing.geo import great_circle_km
from landbridge.routing.illustration import LegShape, illustrate


def km_of(shape: LegShape) -> float:
    return float(
        great_circle_km(shape.lat[:-1], shape.lon[:-1], shape.lat[1:], shape.lon[1:]).sum()
    )


@pytest.mark.parametrize("name", ASKED)
def test_every_move_has_its_shape_from_where_it_starts_to_where_it_ends(name: str) -> None:
    result = answer(name)
    art = illustrate(result)
    for option in result.options:
        legs = option.itinerary.legs
        shapes = art.shapes[option.id]
        assert [one.leg for one in shapes] == sorted(one.leg for one in shapes)
        for leg in {one.leg for one in shapes}:
            own = [one for one in shapes if one.leg == leg]
            km = sum(km_of(one) for one in own)
            # railways and roads bend between the points of a shape, and lorries make detours:
            # the drawn line is shorter than the way, never by half and never longer
            if legs[leg].mode == "sea":
                assert km == pytest.approx(legs[leg].km, rel=0.02, abs=2)
            elif legs[leg].km > 50:
                assert 0.6 * legs[leg].km < km < 1.02 * legs[leg].km, (option.id, leg)
            for a, b in pairwise(own):
                assert (a.lat[-1], a.lon[-1]) == (b.lat[0], b.lon[0])
        drawn = {one.leg for one in shapes}
        long = {k for k, leg in enumerate(legs) if leg.kind == "move" and leg.km > 5}
        assert long <= drawn


def test_what_is_planned_is_the_section_and_no_more() -> None:
    result = answer("planned")
    art = illustrate(result)
    west = next(one for one in result.options if one.branch == "instc-west")
    assert "rasht-astara" in west.itinerary.planned
    planned = [one for one in art.shapes[west.id] if one.planned]
    assert {west.itinerary.legs[one.leg].mode for one in planned} == {"rail"}
    # Rasht - Astara is 162.4 km by its project; a drawn line is a little shorter
    assert sum(map(km_of, planned)) == pytest.approx(162.4, rel=0.15)
    assert not any(one.planned for one in illustrate(answer("corridor")).shapes["suez"])


def test_points_between_lie_on_the_great_circle() -> None:
    # from 0 E to 90 E at 45 N the great circle culminates at 45 E: tan(lat) = 1 / cos(45 deg)
    lat, lon = along_great_circles(np.array([45.0, 45.0]), np.array([0.0, 90.0]))
    middle = int(np.argmin(np.abs(lon - 45.0)))
    assert lat[middle] == pytest.approx(np.degrees(np.arctan(1 / np.cos(np.radians(45)))), abs=0.05)
    assert (lat[0], lat[-1], lon[0], lon[-1]) == (45.0, 45.0, 0.0, 90.0)
    steps = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    assert steps.max() == pytest.approx(steps.min(), rel=1e-6)


def test_a_line_over_the_antimeridian_goes_on_beyond_180_degrees() -> None:
    assert unrolled(np.array([170.0, 179.0, -179.0, -170.0])).tolist() == [170, 179, 181, 190]
    line = coded(
        LegShape(0, planned=False, lat=np.array([50.0, 50.0]), lon=np.array([179.5, -179.5]))
    )["line"]
    assert line == [179500, 50000, 1000, 0]


def test_a_page_over_the_pacific_has_no_line_that_jumps_round_the_globe() -> None:
    result = answer("pacific")
    for shapes in illustrate(result).shapes.values():
        for shape in shapes:
            line = coded(shape)["line"]
            assert max(abs(step) for step in line[2:]) <= 30_000  # 30 degrees
