"""What depends on the time of the year: ice, low water, closed canals, and rates with a season."""

import datetime as dt
from functools import cache

import pytest

import landbridge as lb
from landbridge.errors import DataError
from landbridge.models.ratebook import RateBook, Wanted
from landbridge.network.network import Network
from landbridge.network.rows import Passage, Rate
from landbridge.routing.itinerary import Itinerary
from landbridge.schema.season import in_season
from landbridge.units import day_number
from worlds import rates_of_doors, two_ports_builder

FEW = lb.RouteParams(samples=50)


@cache
def corridor() -> Network:
    return lb.load("instc")


@pytest.mark.parametrize(
    ("first", "last", "on", "inside"),
    [
        ("03-26", "12-05", "2025-03-25", False),
        ("03-26", "12-05", "2025-03-26", True),
        ("03-26", "12-05", "2025-12-05", True),
        ("03-26", "12-05", "2025-12-06", False),
        ("12-15", "03-15", "2025-01-10", True),
        ("12-15", "03-15", "2025-12-15", True),
        ("12-15", "03-15", "2025-07-01", False),
        ("", "", "2025-07-01", True),
    ],
)
def test_seasons_by_hand(first: str, last: str, on: str, *, inside: bool) -> None:
    assert in_season(first, last, dt.date.fromisoformat(on)) == inside


def small(*extra: Rate) -> Network:
    return (
        two_ports_builder()
        .add(*rates_of_doors(), Passage("ice", "The ice"))
        .add(Rate("calm", "passage_wait", "sea", 1.0, "h", item="ice"))
        .add(
            Rate("frozen", "passage_wait", "sea", 30.0, "h", item="ice",
                 season_from="12-15", season_to="03-15"),
            *extra,
        )
        .build()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "row"),
    [("2025-12-14", "calm"), ("2025-12-15", "frozen"), ("2026-03-15", "frozen"),
     ("2026-03-16", "calm")],
)  # fmt: skip
def test_in_its_season_a_row_goes_before_the_one_of_all_year(on: str, row: str) -> None:
    book = RateBook(small(), day_number(dt.date.fromisoformat(on)))
    assert book.get(Wanted("passage_wait", "sea", "ice")).id == row


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("12-15", "", "season_to"), ("13-01", "02-01", "season_from"),
     ("2025-01-01", "02-01", "season_from")],
)  # fmt: skip
def test_a_season_that_is_none_is_a_fault(first: str, last: str, told: str) -> None:
    odd = Rate("odd", "passage_wait", "sea", 3.0, "h", item="strange", season_from=first,
               season_to=last)  # fmt: skip
    with pytest.raises(DataError, match=told):
        small(odd)


def across_the_caspian(on: dt.date) -> Itinerary:
    """The chain by a vessel from Astrakhan."""
    limits = lb.Limits(via=("RUASF",), modes=("rail,sea,road",))
    found = lb.route(
        corridor(), lb.Shipment("Moscow", "Tehran", ready=on, feu=1), limits=limits, params=FEW
    )
    (one,) = [one for one in found.options if one.branch == "instc-caspian"][:1]
    assert "volga_caspian" in one.itinerary.passages
    return one.itinerary


def test_ice_in_the_delta_costs_time_and_money() -> None:
    summer, winter = (across_the_caspian(dt.date(2025, month, 20)) for month in (7, 1))
    # the mean waits of the rows: 0, 18, 96 h of ice and 0, 8, 72 h of storms, by PERT
    vessel = {
        name: sum(
            leg.hours[0].mean + sum(wait.mean for wait in leg.hours[1:])
            for leg in one.legs if leg.mode == "sea" and leg.kind == "move"
        )
        for name, one in (("summer", summer), ("winter", winter))
    }  # fmt: skip
    assert vessel["winter"] - vessel["summer"] == pytest.approx((72 + 96 + 32 + 72) / 6)
    dues = {
        name: sum(
            one.mean for leg in itinerary.legs if leg.mode == "sea"
            for one in leg.usd if "volga-caspian" in one.name
        )
        for name, itinerary in (("summer", summer), ("winter", winter))
    }  # fmt: skip
    assert dues == pytest.approx({"summer": 0.0, "winter": (100 + 4 * 220 + 350) / 6})


def test_in_january_no_river_sea_vessel_is_offered_and_the_reason_is_told() -> None:
    def asked(on: dt.date) -> tuple[bool, str]:
        limits = lb.Limits(modes=("road,sea,inland-waterway",))
        found = lb.route(
            corridor(), lb.Shipment("Moscow", "Tehran", ready=on, feu=1), limits=limits, params=FEW
        )
        river = any(one.itinerary.km("inland_waterway") > 0 for one in found.options)
        return river, " ".join(one.reason for one in found.absent)

    river, reasons = asked(dt.date(2025, 1, 15))
    assert not river
    assert "out of season on 2025-01-15 (open 04-28 to 11-30)" in reasons
    assert "out of season on 2025-01-15 (open 03-26 to 12-05)" in reasons
    river, reasons = asked(dt.date(2025, 7, 15))
    assert "out of season" not in reasons
    assert river


def freight(itinerary: Itinerary) -> tuple[float, float, float]:
    """Of the legs by water: freight, what low water adds to it, and kg CO2e."""
    legs = [leg for leg in itinerary.legs if leg.kind == "move" and leg.mode == "sea"]
    usd = [one for leg in legs for one in leg.usd if one.kind == "freight"]
    laden = sum(one.mean for one in usd if "laden" in one.name)
    kg = sum(one.mean for leg in legs for one in leg.wtw)
    return sum(one.mean for one in usd) - laden, laden, kg


def test_a_vessel_that_low_water_holds_shares_its_voyage_among_less_cargo() -> None:
    summer, autumn = (across_the_caspian(dt.date(2025, month, 15)) for month in (7, 10))
    assert summer.passages == autumn.passages
    full, low = freight(summer), freight(autumn)
    assert (full[1], low[0]) == pytest.approx((0.0, full[0]))
    # 1/x - 1 for 0.8, 0.87 and 1 of a full cargo, by PERT
    assert low[1] == pytest.approx(full[0] * (1 / 1 + 4 / 0.87 + 1 / 0.8 - 6) / 6)
    # load factor 0.6 (0.5, 0.75), an empty vessel burns 0.9 of a full one, no empty km; laden 0.88
    load = (0.5 + 4 * 0.6 + 0.75) / 6
    laden = load * (0.8 + 4 * 0.87 + 1) / 6
    energy = [(0.9 + 0.1 * share) / share for share in (load, laden)]
    assert low[2] == pytest.approx(full[2] * energy[1] / energy[0])


@pytest.mark.parametrize("value", [0.0, 1.2])
def test_a_share_of_a_full_cargo_that_is_none_is_a_fault(value: float) -> None:
    odd = Rate("odd", "laden", "sea", value, "ratio", item="ice")
    with pytest.raises(DataError, match="above 0 and at most 1"):
        small(odd)
