"""Positions typed as latitude and longitude."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import PlaceError
from landbridge.network.network import Network
from landbridge.places import resolve
from landbridge.places.point import parse_point


@pytest.mark.parametrize(
    ("text", "lat", "lon"),
    [
        ("59.93,30.31", 59.93, 30.31),
        ("59.93, 30.31", 59.93, 30.31),
        ("59.93 30.31", 59.93, 30.31),
        ("59.93;30.31", 59.93, 30.31),
        ("(59.93, 30.31)", 59.93, 30.31),
        ("-33.9,18.4", -33.9, 18.4),
        ("\N{MINUS SIGN}33.9,18.4", -33.9, 18.4),
        ("33.9S 18.4E", -33.9, 18.4),
        ("40.7° N, 74° W", 40.7, -74.0),
        ("0,0", 0.0, 0.0),
        ("90,-180", 90.0, -180.0),
        ("+1e1,2", 10.0, 2.0),
    ],
)
def test_a_position_is_read_in_the_forms_that_people_write(
    text: str, lat: float, lon: float
) -> None:
    place = parse_point(text)
    assert place is not None
    assert (place.lat, place.lon, place.kind, place.row) == (lat, lon, "point", -1)


@pytest.mark.parametrize("text", ["Hamburg", "DEHAM", "Km 5", "5 Dogs", "12th Street, 7", "", "-"])
def test_a_name_is_no_position(text: str) -> None:
    assert parse_point(text) is None


def test_swapped_numbers_are_refused_and_the_right_order_is_offered() -> None:
    with pytest.raises(PlaceError, match=r"swapped\? Latitude comes first: 39\.9,116\.4"):
        parse_point("116.4,39.9")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("200,300", "outside the globe"),
        ("-91,200", "outside the globe"),
        ("nan,5", "finite"),
        ("5,inf", "finite"),
        ("1e999,5", "finite"),
        ("59.9", "two numbers"),
        ("1,2,3", "two numbers"),
        ("59,93 30,31", "two numbers"),
    ],
)
def test_numbers_that_are_no_position_are_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(PlaceError, match=why):
        parse_point(text)


def test_a_position_far_from_everything_is_asked_about_where_its_mirror_is_near_a_place(
    net: Network,
) -> None:
    # 72.87N 18.97E is in the Barents Sea; 18.97N 72.87E is Mumbai
    assert "swapped it would be at Mumbai" in resolve(net, "72.87,18.97").note
    assert resolve(net, "18.97,72.87").note == ""


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_pair_of_degrees_on_the_globe_is_read_as_written(lat: float, lon: float) -> None:
    place = parse_point(f"{lat!r},{lon!r}")
    assert place is not None
    assert (place.lat, place.lon) == (lat, lon)
