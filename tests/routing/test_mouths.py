"""A vessel that leaves a river for the sea does so at the river's mouth."""

from __future__ import annotations

import pytest

import landbridge as lb
from landbridge.network.load import load
from landbridge.routing.geo import great_circle_km
from landbridge.routing.itinerary import Leg, Spot

FEW = lb.RouteParams(samples=20)
AZOV = 47.1, 39.25
"""Where the lower Don of the lanes ends; Volgograd - Azov is 576 km (canal 101, Don 475)."""


def afloat(origin: str, destination: str) -> list[Leg]:
    """The legs by river and sea of the first option that uses both."""
    limits = lb.Limits(modes=("inland-waterway", "sea", "road"))
    found = lb.route(load("instc"), lb.Shipment(origin, destination), limits=limits, params=FEW)
    for option in found.options:
        legs = [leg for leg in option.itinerary.legs if leg.kind == "move" and leg.mode != "road"]
        if len({leg.mode for leg in legs}) > 1:
            return legs
    raise AssertionError("no option by river and sea")


def off_azov(spot: Spot) -> float:
    return float(great_circle_km(spot.lat, spot.lon, *AZOV))


@pytest.mark.parametrize("ends", [("Volgograd", "Istanbul"), ("Istanbul", "Volgograd")])
def test_river_and_sea_meet_at_the_mouth(ends: tuple[str, str]) -> None:
    first, second = afloat(*ends)
    river = first if first.mode == "inland_waterway" else second
    assert river.km == pytest.approx(576, rel=0.01)
    assert first.to == second.start
    assert first.to.name == "mouth of the Don"
    assert off_azov(first.to) < 5
    assert {first.start.name, second.to.name} == {"Volgograd", "Istanbul (Halkali, Ambarli)"}
