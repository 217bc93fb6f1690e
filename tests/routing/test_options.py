"""Which chains are shown: few, distinct, and each worth a look."""

from functools import cache
from itertools import combinations

import pytest

from landbridge.errors import PlaceError
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.options import Option, family, main_modes
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import RouteResult, route

PAIRS = (
    ("Chongqing", "Duisburg"),
    ("Tehran", "Istanbul"),
    ("Mersin", "Tashkent"),
    ("Moscow", "Tehran"),
)
EXTREMES = {"fastest", "cheapest", "greenest"}


def generalised(one: Option) -> float:
    """USD and 25 USD a day, by which a TEU's further chains are ranked."""
    return one.itinerary.total("usd") + 25 / 24 * one.itinerary.total("hours")


@cache
def net() -> Network:
    return load("instc")


@cache
def asked(origin: str, destination: str) -> RouteResult:
    return route(net(), Shipment(origin, destination), params=RouteParams(samples=100))


def test_the_train_from_china_is_told_beside_the_lorry_that_boards_it() -> None:
    # 13 km of lorry at the end do not make it a way "by rail and road"
    modes = [main_modes(one.itinerary) for one in asked("Chongqing", "Duisburg").options]
    assert ("rail",) in modes
    assert ("rail", "road") in modes


@pytest.mark.parametrize("pair", PAIRS, ids=" - ".join)
def test_options_that_are_shown_for_themselves_differ_in_more_than_a_port(
    pair: tuple[str, str],
) -> None:
    options = asked(*pair).options
    free = [one for one in options if not one.branch and not EXTREMES & set(one.labels)]
    families = [family(net(), one.itinerary) for one in free]
    assert len(set(families)) == len(families)
    for one in free:
        for other in options:
            alike = family(net(), one.itinerary)[:2] == family(net(), other.itinerary)[:2]
            first = other not in free or generalised(other) < generalised(one)
            if other is not one and alike and first:
                assert any(
                    other.itinerary.total(what) > 1.1 * one.itinerary.total(what)
                    for what in ("hours", "usd", "wtw")
                )


@pytest.mark.parametrize("pair", PAIRS, ids=" - ".join)
def test_names_tell_the_options_apart(pair: tuple[str, str]) -> None:
    for one, other in combinations(asked(*pair).options, 2):
        assert one.id != other.id
        assert one.name != other.name


def test_a_branch_of_the_corridor_is_named_only_between_its_ends() -> None:
    # Tehran - Istanbul by the Caspian and the Volga-Don Canal is no North-South branch
    assert all(one.branch is None for one in asked("Tehran", "Istanbul").options)
    assert any(one.branch == "instc-west" for one in asked("Moscow", "Tehran").options)


def test_a_door_out_at_sea_is_a_wrong_place_and_its_distance_is_told() -> None:
    with pytest.raises(PlaceError, match=r"lies \d+ km from the nearest usable road"):
        route(net(), Shipment("10,-30", "Mumbai"))


def test_the_eastern_branch_keeps_east_of_the_caspian_and_passes_each_border_once() -> None:
    shipment = Shipment("Moscow", "Tehran", tonnes=65, cargo="general")
    found = route(net(), shipment, params=RouteParams(samples=2)).options
    (east,) = (one.itinerary for one in found if one.branch == "instc-east")
    assert east.borders == ["RU-KZ", "KZ-TM", "TM-IR"]
