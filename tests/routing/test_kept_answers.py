"""What is kept from one question is not told to another."""

from __future__ import annotations

import pytest

import landbridge as lb
from landbridge.network.network import Network
from landbridge.routing.route_json import to_json

PARAMS = lb.RouteParams(samples=20)
ASKED = (
    lb.Shipment("Moscow", "Mumbai"),
    lb.Shipment("Moscow", "Mumbai", value_usd=900_000),
    lb.Shipment("Moscow", "Mumbai", tonnes=17),
    lb.Shipment("Moscow", "Mumbai", feu=2),
    lb.Shipment("Moscow", "Tehran", value_usd=900_000),
)


@pytest.fixture(scope="module")
def used() -> Network:
    net = lb.load()
    for ship in ASKED:
        lb.route(net, ship, params=PARAMS)
    return net


@pytest.mark.parametrize("ship", ASKED)
def test_an_answer_does_not_depend_on_what_was_asked_before(
    used: Network, ship: lb.Shipment
) -> None:
    again = to_json(lb.route(used, ship, params=PARAMS))
    assert again == to_json(lb.route(lb.load(), ship, params=PARAMS))
