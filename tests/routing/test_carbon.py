"""Prices with a date: carbon as the EU charges it at sea and one on every mode, and surcharges."""

import datetime as dt
from dataclasses import replace
from functools import cache

import pytest

import landbridge as lb
from landbridge.network.network import Network
from landbridge.routing.charges import Charge
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import RouteResult, route

FEW = RouteParams(samples=20)


@cache
def net() -> Network:
    return lb.load("instc")


def carbon(result: RouteResult) -> list[tuple[Charge, float]]:
    """Charges of carbon of all options, each with the kg tank to wheel of its leg."""
    return [
        (one, sum(part.mean for part in option.itinerary.legs[one.leg].ttw))
        for option in result.options
        for one in option.bill.charges
        if one.kind == "carbon"
    ]


@pytest.mark.parametrize(
    ("ends", "year", "euro"),
    [
        # half of 68 / 74 / 77 EUR x 70 % and 4 / 12 / 19 EUR of FuelEU: 25.8 / 31.9 / 36.5
        (("Mumbai", "Hamburg"), 2025, (25.8 + 4 * 31.9 + 36.5) / 6),
        # half of 70 / 78 / 90 EUR and the same of FuelEU: 37 / 45 / 54.5
        (("Hamburg", "Mumbai"), 2026, (37 + 4 * 45 + 54.5) / 6),
        (("Mumbai", "Hamburg"), 2023, 0.0),
    ],
)  # fmt: skip
def test_carbon_has_a_price_at_sea_to_and_from_the_union_since_2024(
    ends: tuple[str, str], year: int, euro: float
) -> None:
    found = carbon(route(net(), Shipment(*ends, ready=dt.date(year, 3, 1), feu=1), params=FEW))
    assert bool(found) is (euro > 0)
    for charge, kg in found:
        assert charge.unit_price == pytest.approx(euro)
        assert charge.quantity == pytest.approx(kg / 1000)
        assert charge.usd == pytest.approx(kg / 1000 * euro * charge.price.usd_per, abs=0.006)


def test_a_line_that_calls_in_no_port_of_the_union_pays_none() -> None:
    asked = Shipment("St Petersburg", "Mumbai", ready=dt.date(2026, 3, 1))
    for option in route(net(), asked, params=FEW).options:
        for one in option.bill.charges:
            leg = option.itinerary.legs[one.leg]
            assert one.kind != "carbon" or leg.service not in {"fbol", "filw"}


def test_a_price_of_carbon_everywhere_is_the_emissions_of_moving_times_it() -> None:
    asked = Shipment("Moscow", "Tehran", feu=1)
    dear = lb.load_scenario("fuel-and-carbon").apply(net())
    result = route(dear, asked, params=FEW)
    for option in result.options:
        kg = sum(
            part.mean for leg in option.itinerary.legs if leg.kind == "move" for part in leg.ttw
        )
        billed = option.bill.by(lambda one: one.kind)["carbon"]
        assert billed == pytest.approx(kg * 0.1, abs=0.2)


def test_a_price_with_a_date_is_that_of_the_day_and_not_carried() -> None:
    # the war surcharge by Suez holds from March 2026 on; the freight beside it is of 2025
    params = replace(FEW, extrapolate=True)
    sent = Shipment("Moscow", "Mumbai", dt.date(2027, 4, 1), feu=1)
    kept, carried = (route(net(), sent, params=one) for one in (FEW, params))
    met = 0
    for a, b in zip(kept.options, carried.options, strict=True):
        for old, new in zip(a.bill.charges, b.bill.charges, strict=True):
            if old.price.row.startswith("war-2026-suez"):
                met += 1
                assert new.cents == old.cents
            elif old.kind == "freight":
                assert new.cents > old.cents
    assert met
