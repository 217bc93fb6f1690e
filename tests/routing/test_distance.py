from __future__ import annotations

import datetime as dt
import json

import pytest

from landbridge.errors import NoAnswer, PlaceError, QuestionError
from landbridge.network.network import Network
from landbridge.routing.distance import distance
from landbridge.routing.shortest import DistanceParams
from worlds import gauge_break, strait_and_ferry, two_ports


@pytest.fixture(scope="module")
def ferry() -> Network:
    return strait_and_ferry()


@pytest.fixture(scope="module")
def gauges() -> Network:
    return gauge_break()


def test_a_distance_tells_km_passages_countries_and_how_far_off(ferry: Network) -> None:
    found = distance(ferry, "Alat", "Turkmenbashi", mode="sea")
    # 150 + 150 through the narrows
    assert found.km == pytest.approx(300)
    assert found.passages == ("narrows",)
    assert found.countries == ()
    assert found.snapped_km == pytest.approx((0, 0))
    assert "300.0 km" in str(found)


def test_what_is_avoided_is_gone_round(ferry: Network) -> None:
    found = distance(ferry, "Alat", "Turkmenbashi", mode="sea", avoid=["narrows"])
    assert (found.km, found.passages) == (pytest.approx(900), ("cape",))
    with pytest.raises(NoAnswer, match="near enough without what you avoid"):
        distance(ferry, "Alat", "Turkmenbashi", mode="sea", avoid=["narrows", "cape"])
    with pytest.raises(NoAnswer, match="without what you avoid there is one of 1,600 km"):
        distance(ferry, "Baku", "37.9,58.4", mode="road", avoid=["AZ-IR"])


def test_countries_are_told_in_the_order_of_entry(ferry: Network) -> None:
    found = distance(ferry, "Baku", "37.9,58.4", mode="road")
    assert found.km == pytest.approx(700 + 800 + 100)
    assert found.countries == ("AZ", "IR", "TM")
    back = distance(ferry, "37.9,58.4", "Baku", mode="road")
    assert (back.km, back.countries) == (pytest.approx(found.km), ("TM", "IR", "AZ"))


def test_gauges_are_told_and_a_wrong_one_is_named(gauges: Network) -> None:
    found = distance(gauges, "Almaty", "Xi'an", mode="rail")
    assert (found.km, found.gauges_mm) == (pytest.approx(900), (1520, 1435))
    with pytest.raises(NoAnswer, match="wrong gauge: the tracks there are of 1435 mm"):
        distance(gauges, "Almaty", "Xi'an", mode="rail", gauge=1520)
    # so near to both that the other gauge is no matter of distance
    near = DistanceParams(rail_snap_km=5000)
    with pytest.raises(QuestionError, match="there are 1435, 1520"):
        distance(gauges, "Almaty", "Xi'an", mode="rail", gauge=1000, params=near)
    with pytest.raises(QuestionError, match="only railways"):
        distance(gauges, "Almaty", "Xi'an", mode="road", gauge=1520)


def test_too_far_names_the_limit_and_how_far_it_is() -> None:
    net = two_ports()
    with pytest.raises(NoAnswer, match=r"Kassel.* is 304 km away, the limit is 200 km"):
        distance(net, "Kotka", "Kassel", mode="sea")
    far = DistanceParams(sea_snap_km=310)
    assert distance(net, "Kotka", "Kassel", mode="sea", params=far).snapped_km[1] > 300


def test_nothing_joins_what_nothing_joins() -> None:
    with pytest.raises(NoAnswer, match="that nothing joins"):
        distance(two_ports(), "Tampere", "Kassel", mode="road")


def test_origin_and_destination_may_be_the_same_and_it_is_said(gauges: Network) -> None:
    found = distance(gauges, "Almaty", "Almaty", mode="rail")
    assert found.km == 0
    assert found.countries == ("KZ",)
    assert "origin and destination are the same place" in found.notes


def test_json_and_geojson_hold_the_answer(ferry: Network) -> None:
    found = distance(ferry, "Alat", "Turkmenbashi", mode="sea")
    answer = json.loads(json.dumps(found.as_json()))
    assert answer["km"] == 300
    assert answer["passages"] == ["narrows"]
    assert answer["origin"]["snapped_km"] == 0
    feature = json.loads(json.dumps(found.as_geojson()))
    assert feature["type"] == "Feature"
    assert feature["geometry"]["coordinates"] == [[[49.4, 40.0], [51.2, 40.0], [53.0, 40.0]]]
    assert feature["properties"] == answer


@pytest.mark.parametrize(
    ("more", "match"),
    [
        ({"mode": "air"}, "--mode 'air' is none of"),
        ({"mode": "sea", "avoid": ["atlantis"]}, "names no country"),
        ({"mode": "sea", "allow": ["kiel"]}, "is no passage"),
        ({"mode": "sea", "on": dt.date(1950, 1, 1)}, "outside the data's years"),
    ],
)
def test_wrong_options_are_refused(
    ferry: Network, more: dict[str, str | list[str] | dt.date], match: str
) -> None:
    with pytest.raises(QuestionError, match=match):
        distance(ferry, "Alat", "Turkmenbashi", **more)  # pyright: ignore[reportArgumentType]


def test_unknown_places_and_limits_are_refused(ferry: Network) -> None:
    with pytest.raises(PlaceError):
        distance(ferry, "Xyzzyplugh", "Alat", mode="sea")
    with pytest.raises(QuestionError, match="not > 0"):
        DistanceParams(sea_snap_km=0)
