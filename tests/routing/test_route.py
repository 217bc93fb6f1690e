"""The built-in corridor, asked as its users would: what the answer must hold."""

import datetime as dt
import json
from functools import cache

import pytest

from landbridge.errors import NoAnswer, PlaceError, QuestionError
from landbridge.network.change import Change, Close, Set, apply
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, RouteResult, route
from landbridge.routing.route_json import to_geojson, to_json

FEW = RouteParams(samples=200)


@cache
def net() -> Network:
    return load("instc")


@cache
def north_south() -> RouteResult:
    return route(net(), Shipment("St Petersburg", "Mumbai"), params=FEW)


def empties(option: Option) -> float:
    amounts = [one for leg in option.itinerary.legs for one in leg.usd]
    return sum(one.mean for one in amounts if one.kind == "empty_return")


def by_branch(result: RouteResult) -> dict[str, Option]:
    return {one.branch: one for one in reversed(result.options) if one.branch}


# km of the branches as worked out leg by leg from the sections of the corridor, without roads at
# the doors
@pytest.mark.parametrize(
    ("branch", "km"),
    [
        ("instc-west", 7224),
        ("instc-caspian", 7100),
        ("instc-east", 8227),
        ("chabahar", 8502),
        ("novorossiysk", 10257),
        ("suez", 14139),
        ("cape", 22413),
        ("all-road", 6849),
    ],
)
def test_each_branch_is_as_long_as_its_sections(branch: str, km: float) -> None:
    assert by_branch(north_south())[branch].itinerary.km() == pytest.approx(km, rel=0.02)


def test_the_western_branch_has_its_lorry_leg_and_two_borders() -> None:
    west = by_branch(north_south())["instc-west"].itinerary
    assert west.borders == ["RU-AZ", "AZ-IR"]
    lorries = [leg for leg in west.legs if leg.mode == "road" and leg.km > 100]
    assert [(leg.start.name, leg.to.name) for leg in lorries] == [("Astara terminal (IR)", "Rasht")]


def test_the_lorry_to_the_gulf_goes_by_azerbaijan_as_the_corridor_does() -> None:
    assert by_branch(north_south())["all-road"].itinerary.borders == ["RU-AZ", "AZ-IR"]


def test_the_eastern_branch_has_three_borders_and_one_change_of_gauge() -> None:
    east = by_branch(north_south())["instc-east"].itinerary
    assert east.borders == ["RU-KZ", "KZ-TM", "TM-IR"]
    assert east.gauge_changes == 1


def test_the_caspian_branch_has_one_frontier() -> None:
    assert by_branch(north_south())["instc-caspian"].itinerary.borders == ["RU-IR"]


def test_the_other_way_round_the_same_branches_are_there() -> None:
    reversed_ = route(net(), Shipment("Mumbai", "St Petersburg"), params=FEW)
    back = by_branch(reversed_)
    assert set(by_branch(north_south())) == set(back)
    # empties: 900 USD a forty-foot box southbound over Astara (CST066), 400 northbound
    south, north = (by_branch(one)["instc-west"] for one in (north_south(), reversed_))
    assert empties(south) > empties(north) > 0


def test_what_is_avoided_is_not_used_and_is_told() -> None:
    result = route(
        net(), Shipment("St Petersburg", "Mumbai"), limits=Limits(avoid=("suez",)), params=FEW
    )
    assert all("suez" not in one.itinerary.passages for one in result.options)
    assert any("suez" in one.reason for one in result.absent)
    result = route(
        net(), Shipment("St Petersburg", "Mumbai"), limits=Limits(avoid=("IR",)), params=FEW
    )
    assert all("IR" not in one.itinerary.countries for one in result.options)


def test_via_is_passed_by_every_option() -> None:
    result = route(
        net(), Shipment("St Petersburg", "Mumbai"), limits=Limits(via=("Chabahar",)), params=FEW
    )
    assert result.options
    assert all("IRZBR" in one.itinerary.touched.terminals for one in result.options)


def test_a_place_without_a_terminal_is_passed_by_the_nearest_one_and_that_is_told() -> None:
    result = route(net(), Shipment("Lagos", "Mumbai"), limits=Limits(via=("Atlantis",)), params=FEW)
    assert all("ZACPT" in one.itinerary.touched.terminals for one in result.options)
    assert any("Atlantis" in note and "Cape Town" in note for note in result.notes)


def test_two_places_that_nothing_joins_are_told_why() -> None:
    with pytest.raises(NoAnswer, match="No road of the network leads from one to the other"):
        route(net(), Shipment("Honolulu", "Hilo"), params=FEW)


def test_a_border_inside_a_terminal_has_its_countries() -> None:
    # the Russian track ends in Manzhouli, the Caspian ports are the border between RU and IR
    asked = {("Murmansk", "Shanghai"): "RU-CN", ("Astrakhan", "Bandar Anzali"): "RU-IR"}
    for (a, b), name in asked.items():
        result = route(net(), Shipment(a, b), params=FEW)
        borders = [border for one in result.options for border in one.itinerary.borders]
        assert name in borders
        assert not [border for border in borders if "*" in border]


def test_only_sea_means_only_sea() -> None:
    result = route(
        net(), Shipment("St Petersburg", "Mumbai"), limits=Limits(modes=("sea",)), params=FEW
    )
    for one in result.options:
        assert {leg.mode for leg in one.itinerary.legs if leg.kind == "move"} == {"sea"}


def test_the_planned_railway_is_offered_from_its_opening_on_and_told_before() -> None:
    assert any("2030-01-01" in one.reason for one in north_south().absent)
    later = Shipment("St Petersburg", "Mumbai", ready=dt.date(2032, 1, 1))
    result = route(net(), later, params=FEW)
    west = by_branch(result)["instc-west"].itinerary
    assert "rasht-astara" in west.planned
    assert west.gauge_changes == 1
    assert not [leg for leg in west.legs if leg.mode == "road" and leg.km > 100]
    assert not [one for one in result.absent if "Rasht" in one.name]


def test_parts_sum_to_the_whole() -> None:
    result = north_south()
    text = json.loads(json.dumps(to_json(result)))
    for one, option in zip(text["options"], result.options, strict=True):
        assert one["cost_usd"]["total"] == option.bill.usd
        assert sum(leg["co2e_kg"]["wtw"] for leg in one["legs"]) == pytest.approx(
            option.wtw_kg, abs=0.5
        )


def test_the_same_question_and_seed_give_the_same_bytes() -> None:
    again = route(net(), Shipment("St Petersburg", "Mumbai"), params=FEW)
    assert json.dumps(to_json(again)) == json.dumps(to_json(north_south()))


def test_samples_and_expected_values_agree() -> None:
    result = route(net(), Shipment("St Petersburg", "Mumbai"), params=RouteParams(samples=20_000))
    for one in result.options:
        assert one.hours["mean"] == pytest.approx(one.itinerary.total("hours"), rel=0.03)
        assert one.usd["mean"] == pytest.approx(one.bill.usd, rel=0.01)


def test_the_geojson_follows_the_way() -> None:
    features = to_geojson(north_south())["features"]
    assert len(features) == len(north_south().options)  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("origin", "destination"),
    [
        ("Chongqing", "Duisburg"),
        ("Mersin", "Tashkent"),
        ("Mundra", "Novorossiysk"),
        ("Tehran", "Istanbul"),
        ("Lagos", "Hamburg"),
        ("Moscow", "Tehran"),
        ("Tokyo", "Los Angeles"),
    ],
)
def test_the_rest_of_the_world_answers_and_says_that_it_is_estimated(
    origin: str, destination: str
) -> None:
    result = route(net(), Shipment(origin, destination), params=FEW)
    assert result.options
    assert all(any(leg.estimated for leg in one.itinerary.legs) for one in result.options)
    assert all(one.hours["p10"] <= one.hours["p50"] <= one.hours["p90"] for one in result.options)


def test_bad_questions_are_refused_with_their_reason() -> None:
    with pytest.raises(NoAnswer, match="same place"):
        route(net(), Shipment("Moscow", "Moscow"), params=FEW)
    with pytest.raises(PlaceError):
        route(net(), Shipment("Nowhereville", "Mumbai"), params=FEW)
    with pytest.raises(QuestionError, match="at most"):
        route(net(), Shipment("Moscow", "Mumbai", teu=1, tonnes=300), params=FEW)
    with pytest.raises(QuestionError, match="outside the years"):
        route(net(), Shipment("Moscow", "Mumbai", ready=dt.date(1999, 1, 1)), params=FEW)
    with pytest.raises(QuestionError, match="avoid"):
        route(
            net(), Shipment("Moscow", "Mumbai"), limits=Limits(("IR",), ("Chabahar",)), params=FEW
        )
    with pytest.raises(QuestionError):
        route(net(), Shipment("Moscow", "Mumbai"), limits=Limits(avoid=("qwertz",)), params=FEW)
    for tonnes in (-1.0, 0.0, float("nan"), float("inf")):
        with pytest.raises(QuestionError):
            Shipment("Moscow", "Mumbai", tonnes=tonnes)


def test_a_second_date_is_not_answered_with_what_the_first_one_found() -> None:
    def canals(ready: dt.date) -> set[str]:
        limits = Limits(modes=("road,sea,inland-waterway",))
        shipment = Shipment("Volgograd", "Istanbul", ready=ready)
        result = route(net(), shipment, limits=limits, params=FEW)
        return {name for one in result.options for name in one.itinerary.passages}

    # the Volga-Don Canal is open until 5 December; no link opens or closes between the two dates
    assert "volga_don" in canals(dt.date(2025, 7, 1))
    assert "volga_don" not in canals(dt.date(2025, 12, 20))


def crossing_at_astara(result: RouteResult) -> set[str]:
    """How the border from Azerbaijan to Iran is passed by any option."""
    arriving = {
        leg.mode
        for one in result.options
        for leg in one.itinerary.legs
        if leg.kind == "move" and leg.to.name in {"Astara terminal (IR)", "Anzali (Caspian port)"}
        and leg.start.country != "RU" and leg.mode
    }  # fmt: skip
    over = {
        leg.mode
        for one in result.options
        for leg in one.itinerary.legs
        if leg.kind == "border" and leg.start.name == "border AZ-IR" and leg.mode
    }
    return arriving | over


@pytest.mark.parametrize(
    ("limits", "changes", "shut"),
    [
        (Limits(), [], set[str]()),
        (Limits(avoid=("AZ-IR",)), [], {"rail", "road", "sea"}),
        (Limits(), [Close("crossing:AZ-IR")], {"rail", "road", "sea"}),
        (Limits(), [Close("crossing:AZ-IR", since=dt.date(2025, 1, 1))], {"rail", "road", "sea"}),
        (Limits(), [Close("crossing:AZ-IR", mode="rail")], {"rail"}),
        (
            Limits(),
            [
                Set("closures", "attari-wagah-rail", "country_a", "AZ"),
                Set("closures", "attari-wagah-rail", "country_b", "IR"),
            ],
            {"rail"},
        ),
    ],
)
def test_a_border_that_is_shut_is_not_passed_inside_a_terminal_or_port_either(
    limits: Limits, changes: list[Change], shut: set[str]
) -> None:
    # the 1520 mm track of Azerbaijan ends in Astara's terminal in Iran; vessels go Alat - Anzali
    found = route(apply(net(), changes), Shipment("Moscow", "Tehran"), limits=limits, params=FEW)
    passed = crossing_at_astara(found)
    assert not passed & shut
    assert {"rail", "sea"} - shut <= passed
    assert "instc-east" in by_branch(found)
