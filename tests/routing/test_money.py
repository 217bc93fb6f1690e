"""Invoices: worked by hand, and laws that hold whatever the figures are."""

import datetime as dt
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import landbridge as lb
from landbridge.errors import NoAnswer, QuestionError
from landbridge.models.money import cents, charged_days, interest_usd, price_level
from landbridge.models.ratebook import RateBook, Wanted
from landbridge.network.network import Network
from landbridge.network.rows import Rate
from landbridge.routing.avoid import Avoid
from landbridge.routing.chain_build import Question, build_chain
from landbridge.routing.charges import KINDS, Bill
from landbridge.routing.charges_json import cost_in
from landbridge.routing.doors import Door
from landbridge.routing.incoterms import BY_SEA, TERMS
from landbridge.routing.itinerary import Spot
from landbridge.routing.loading import cargo_of
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import route
from landbridge.routing.search import front
from landbridge.routing.tables import terrain_of
from landbridge.routing.ways import ways_for
from landbridge.routing.writer import Writer
from landbridge.units import day_number
from worlds import rates_of_doors, two_ports_builder

FEW = RouteParams(samples=40)
DAY = dt.date(2025, 6, 2)


@cache
def instc() -> Network:
    return lb.load("instc")


def ports(*rates: Rate) -> Network:
    return two_ports_builder().add(*rates_of_doors(), *rates).build()


def by_sea(net: Network, shipment: Shipment) -> Option:
    found = route(net, shipment, params=FEW)
    return next(one for one in found.options if "sea" in one.itinerary.touched.modes)


def money_rates(free_days: float = 7.0) -> tuple[Rate, ...]:
    return (
        Rate("docs", "documents", "", 50.0, "shipment", "USD"),
        Rate("cover", "insurance", "", 0.5, "%"),
        Rate("capital", "interest", "", 10.0, "%/year"),
        Rate("free", "free_time", "", free_days, "day"),
        Rate("late", "demurrage", "", 30.0, "FEU-day", "USD"),
        Rate("later", "price_change", "", 10.0, "%/year"),
        Rate("eur", "exchange_rate", "", 1.25, "unit", "USD", item="EUR"),
    )


def test_an_invoice_worked_by_hand() -> None:
    # One forty-foot box of 20 t, worth 36,500 USD, Tampere - Kotka - Luebeck - Kassel.
    # Lorries 200 + 300 km at 1 USD           500.00   freight
    # Vessel 1,000 km at 1 USD/FEU-km       1,000.00   freight
    # Loading 100, unloading 100              200.00   port
    # Documents                                50.00   documents
    # Cover 0.5 % of 36,500                   182.50   insurance
    # Capital 10 % a year: 10 USD a day over the hours of the trip; no stay is above 60 free days
    bill = by_sea(ports(*money_rates(60.0)), asked()).bill
    kinds = bill.by(lambda one: one.kind)
    assert kinds["freight"] == 1500.0
    assert kinds["port"] == 200.0
    assert kinds["documents"] == 50.0
    assert kinds["insurance"] == 182.5
    assert "demurrage" not in kinds
    one = by_sea(ports(*money_rates(60.0)), asked())
    days = one.trip.hours.mean() / 24
    assert one.bill.by(lambda line: line.kind)["interest"] == pytest.approx(10 * days, abs=0.05)
    assert one.bill.samples.mean() == pytest.approx(one.bill.usd, abs=0.1)


def asked(term: str = "", feu: int = 1) -> Shipment:
    return Shipment(
        "Tampere", "Kassel", DAY, feu=feu, tonnes=20.0, value_usd=36_500.0, incoterm=term
    )


def test_demurrage_runs_over_the_simulated_stay() -> None:
    # Free: 1 day. At Kotka: loading 10 h and the wait for the weekly vessel, of unknown phase;
    # at Luebeck unloading takes 10 h and the lorry comes at once, so nothing falls due there.
    one = by_sea(ports(*money_rates(1.0)), asked())
    legs = one.itinerary.legs
    k = next(n for n, leg in enumerate(legs) if leg.kind == "transfer")
    stay = one.trip.end[k + 1] - one.trip.begin[k]
    wanted = 30.0 * np.ceil(np.maximum(stay / 24 - 1.0, 0.0)).mean()
    lines = [line for line in one.bill.charges if line.kind == "demurrage"]
    assert [line.name for line in lines] == ["Demurrage and detention, Port of Kotka"]
    assert lines[0].usd == pytest.approx(wanted, abs=0.01)
    assert wanted > 0


def assert_adds_up(bill: Bill, legs: int) -> None:
    total = cents(bill.usd)
    sums = [
        bill.by(lambda one: one.kind, KINDS).values(),
        bill.by(lambda one: one.country).values(),
        bill.by(lambda one: one.payer).values(),
        bill.by_leg(),
    ]
    for parts in sums:
        assert sum(cents(part) for part in parts) == total
    assert len(bill.by_leg()) == legs
    for one in bill.charges:
        assert one.quantity * one.unit_price * one.price.usd_per == pytest.approx(
            one.usd, abs=0.006
        )


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["", *TERMS]), st.integers(1, 30), st.floats(1, 1e7), st.integers(0, 20),
    st.sampled_from([None, DAY]),
)  # fmt: skip
def test_an_invoice_adds_up_to_the_cent_by_every_breakdown(
    term: str, boxes: int, value: float, free: int, day: dt.date | None
) -> None:
    net = small(free)
    shipment = Shipment("Tampere", "Kassel", day, feu=boxes, value_usd=value, incoterm=term)
    for one in route(net, shipment, params=FEW).options:
        assert_adds_up(one.bill, len(one.itinerary.legs))
        payers = set(one.bill.by(lambda line: line.payer))
        assert payers <= ({"seller", "buyer"} if term else {""})


@cache
def small(free: int) -> Network:
    return ports(*money_rates(float(free)))


@pytest.mark.parametrize("term", TERMS)
def test_seller_and_buyer_share_the_real_invoice(term: str) -> None:
    shipment = Shipment("St Petersburg", "Mumbai", incoterm=term)
    for one in route(instc(), shipment, params=FEW).options:
        assert_adds_up(one.bill, len(one.itinerary.legs))
        part = one.bill.split
        assert part is not None
        assert (part.warning != "") == (term in BY_SEA)
        shares = one.bill.by(lambda line: line.payer, ("seller", "buyer"))
        if term == "EXW":
            assert shares["seller"] == 0
        if term in {"DAP", "DPU", "DDP"}:
            assert shares["buyer"] == 0


def test_who_pays_along_the_chain() -> None:
    # As worked above: lorry to the port 200, loading 100, sea 1,000, unloading 100, lorry 300.
    # FOB: the seller until the vessel sails; CFR: until it arrives; papers (50) always but EXW.
    net = ports(*money_rates(60.0)[:2])
    for term, seller in (
        ("EXW", 0.0), ("FCA", 250.0), ("FAS", 250.0), ("FOB", 350.0), ("CFR", 1350.0),
        ("CIF", 1532.5), ("CPT", 1750.0), ("CIP", 1932.5), ("DAP", 1932.5),
    ):  # fmt: skip
        bill = by_sea(net, asked(term)).bill
        assert bill.by(lambda one: one.payer, ("seller",))["seller"] == seller, term


@given(st.lists(st.floats(0, 2000), min_size=1, max_size=20), st.floats(0, 30), st.floats(0, 30))
def test_a_longer_free_time_never_costs_more(stays: list[float], a: float, b: float) -> None:
    hours = np.array(stays)
    short, long = min(a, b), max(a, b)
    assert (charged_days(hours, long) <= charged_days(hours, short)).all()


def test_a_longer_free_time_at_iranian_terminals_never_costs_more() -> None:
    def sums(days: float) -> dict[str, float]:
        row = lb.Set("rates", "free-time-ir", "value", days)
        low = lb.Set("rates", "free-time-ir", "low", days)
        high = lb.Set("rates", "free-time-ir", "high", days)
        net = lb.apply(instc(), [high, row, low] if days > 10 else [low, row, high])
        found = route(net, Shipment("Mumbai", "Moscow"), params=FEW)
        return {one.id: one.bill.usd for one in found.options if "IR" in one.itinerary.countries}

    before, after = sums(4.0), sums(20.0)
    assert before.keys() == after.keys()
    assert all(after[name] <= before[name] for name in before)
    assert any(after[name] < before[name] for name in before)


def test_formulas() -> None:
    # 16,700 EUR at 20 % a year is 9.15 a day; a day and an hour beyond ten free days is two days
    assert interest_usd(16_700.0, 20.0, 24.0) == pytest.approx(9.15, abs=0.005)
    assert charged_days(np.array([240.0, 265.0, 24.0]), 10.0).tolist() == [0.0, 2.0, 0.0]
    # 3 % over two years and back again
    assert price_level(np.array([3.0]), 2)[0] == pytest.approx(1.0609)
    assert price_level(np.array([3.0]), -2)[0] == pytest.approx(1 / 1.0609)
    assert [cents(usd) for usd in (0.005, -0.005, 1.004)] == [1, -1, 100]


def test_prices_are_carried_on_only_when_asked_and_it_is_told() -> None:
    # 10 % a year over two years: money x 1.21; cover and capital are shares of a value that is told
    net = ports(*money_rates(60.0))
    later = replace(asked(), ready=dt.date(2027, 6, 7))
    kept = route(net, later, params=FEW)
    assert any("outside the year of the prices" in text for text in kept.warnings)
    carried = route(net, later, params=replace(FEW, extrapolate=True))
    assert any("extrapolation" in text for text in carried.warnings)
    for a, b in zip(kept.options, carried.options, strict=True):
        old, new = (one.bill.by(lambda line: line.kind) for one in (a, b))
        for kind in old:
            level = 1.0 if kind in {"insurance", "interest"} else 1.21
            assert new[kind] == pytest.approx(level * old[kind], abs=0.06)
        assert_adds_up(b.bill, len(b.itinerary.legs))


def test_another_currency_is_the_same_sum() -> None:
    net = ports(*money_rates())
    found = route(net, replace(asked(), currency="eur"), params=FEW)
    for one in found.options:
        told = cost_in(found.quote, one)
        assert told["currency"] == "EUR"
        assert told["total"] == pytest.approx(one.bill.usd / 1.25, abs=0.005)
    with pytest.raises(QuestionError, match=r"'EURO' has no exchange rate .* Did you mean 'EUR'"):
        route(net, replace(asked(), currency="EURO"), params=FEW)
    with pytest.raises(QuestionError, match="no rule of Incoterms 2020; use one of EXW, FCA"):
        asked("CNF")


@pytest.mark.parametrize(
    ("ends", "day", "scenario"),
    [
        # Nhava Sheva - Hamburg: by lane, and carbon of the EU
        (((18.95, 72.95), (53.55, 9.99)), dt.date(2024, 2, 10), ""),
        (((18.95, 72.95), (53.55, 9.99)), dt.date(2025, 2, 10), "fuel-and-carbon"),
        (((18.95, 72.95), (59.93, 30.31)), dt.date(2026, 4, 1), ""),  # Russia: war surcharge
        (((55.75, 37.62), (52.23, 21.01)), dt.date(2021, 6, 1), ""),  # Moscow - Warsaw: a new note
        (((55.75, 37.62), (35.69, 51.39)), dt.date(2025, 6, 1), "fuel-and-carbon"),  # Tehran
        # Azov - Anzali by vessels that low water keeps from their full draught
        (((47.11, 39.42), (37.47, 49.46)), dt.date(2025, 10, 15), "fuel-and-carbon"),
    ],
)
def test_the_search_adds_up_what_the_legs_say(
    ends: tuple[tuple[float, float], tuple[float, float]], day: dt.date, scenario: str
) -> None:
    net = lb.load_scenario(scenario).apply(instc()) if scenario else instc()
    terrain = terrain_of(net, ways_for(net, day, Avoid()))
    cargo = cargo_of(Shipment("a", "b", feu=2, value_usd=1e6), terrain.book, FEW).cargo
    doors = Door(*ends[0]), Door(*ends[1])
    modes = frozenset({"road", "rail", "sea", "inland_waterway"})
    chain = build_chain(terrain, Question(*doors, cargo, modes, ()), FEW)
    spots = tuple(Spot("door", "", "", door.lat, door.lon) for door in doors)
    writer = Writer(terrain, chain, cargo, (spots[0], spots[1]))
    once = sum(one.mean for one in terrain.prices(cargo).whole())
    found = front(chain, FEW, ())
    assert found.ways
    for way, cost in zip(found.ways, found.cost, strict=True):
        assert writer.write(way).total("usd") == pytest.approx(cost[1] + once, rel=1e-9)
        assert writer.write(way).total("wtw") == pytest.approx(cost[2], rel=1e-9)


def test_a_lane_has_its_price_in_its_month_only() -> None:
    # West India - North Europe: 3,900 USD/FEU in February 2024 (CST039), 550 in November 2023
    def ocean(day: dt.date) -> list[float]:
        found = route(instc(), Shipment("Nhava Sheva", "Rotterdam", day, feu=1), params=FEW)
        return [
            line.unit_price
            for one in found.options
            for line in one.bill.charges
            if line.name == "Ocean freight, IN - NL"
        ]

    assert set(ocean(dt.date(2024, 2, 10))) == {3900.0}
    assert set(ocean(dt.date(2023, 11, 20))) == {550.0}
    assert ocean(dt.date(2025, 6, 2)) == []


@pytest.mark.parametrize(
    ("shipment", "told"),
    [
        (Shipment("Moscow", "Tehran", equipment="reefer"), "1 x 40 ft (reefer), 20 t"),
        (Shipment("Moscow", "Tehran", feu=2, equipment="45"), "2 x 45 ft (45), 40 t"),
        (Shipment("Moscow", "Tehran", cargo="bulk", tonnes=100.0), "bulk cargo, 100 t"),
    ],
)
def test_every_type_of_cargo_is_priced(shipment: Shipment, told: str) -> None:
    found = route(instc(), shipment, params=FEW)
    assert told in str(found).splitlines()[0]
    for one in found.options:
        assert_adds_up(one.bill, len(one.itinerary.legs))


def test_a_service_that_does_not_take_the_cargo_is_told_and_not_used() -> None:
    net = ports()
    vessel = net.services.id.tolist().index("weekly")
    for column, value, shipment, reason in (
        ("equipment", "20", asked(), "takes 20, not 40"),
        ("dangerous", "none", replace(asked(), dangerous="3"), "takes no dangerous goods, not 3"),
        ("dangerous", "8;9", replace(asked(), dangerous="3"), "class 8, 9, not 3"),
    ):
        choosy = lb.apply(net, [lb.Set("services", "weekly", column, value)])
        assert str(choosy.services.id[vessel]) == "weekly"
        with pytest.raises(NoAnswer) as caught:
            route(choosy, shipment, params=FEW)
        assert reason in str(caught.value)


def test_bulk_goes_in_no_box_and_by_no_container_service() -> None:
    found = route(instc(), Shipment("Moscow", "Tehran", cargo="bulk", tonnes=100.0), params=FEW)
    used = {name for one in found.options for name in one.itinerary.services}
    vessels = {
        "caspian-any",
        "caspian-bulk",
        "astrakhan-anzali",
        "astrakhan-amirabad",
        "makhachkala-anzali",
    }
    assert used <= {"lorry", "rail-any", "river-sea-any", *vessels}
    assert any("not bulk" in one.reason for one in found.absent)


def test_a_heavy_box_has_the_tariff_of_heavy_boxes_and_a_warning() -> None:
    # Through rate in Kazakhstan: 0.15 USD/TEU-km up to 24 t gross, 0.18 above (CST013, CST014);
    # 22 t and a tare of 2.3 t are 24.3 t
    def prices(tonnes: float) -> set[str]:
        found = route(instc(), Shipment("Moscow", "Bandar Abbas", teu=1, tonnes=tonnes), params=FEW)
        heavy = any("count it as heavy" in text for text in found.warnings)
        assert heavy == (tonnes > 21.7)
        return {line.price.row for one in found.options for line in one.bill.charges}

    assert "freight-rail-east-kz-20" in prices(21.0)
    assert "freight-rail-east-kz-20-heavy" in prices(22.0)


def test_lorries_of_each_country_have_their_limit() -> None:
    # 24.5 t and a tare of 3.8 t are 28.3 t: too much where 40 t of lorry are allowed (26.5 t of
    # box), not where 44 t are (30.5 t)
    found = route(instc(), Shipment("Moscow", "Tehran", feu=1, tonnes=24.5), params=FEW)
    told = [text for text in found.warnings if "without a permit" in text]
    codes = {code for text in told for code in text.split(" in ")[1].split(" may")[0].split(", ")}
    assert {"RU", "IR"} <= codes
    assert not codes & {"AZ", "GE", "BY"}
    light = route(instc(), Shipment("Moscow", "Tehran", feu=1, tonnes=18.0), params=FEW)
    assert not any("without a permit" in text for text in light.warnings)


def test_trains_of_the_eastern_branch_alone_have_its_through_rate() -> None:
    book = RateBook(instc(), day_number(DAY))

    def row(country: str, item: str, box: str = "40") -> tuple[str, float]:
        rate = book.get(Wanted("freight", "rail", item, country, equipment=box))
        return rate.id, rate.spread.typical

    east = "container_train.east"
    # CST015: 0.24 USD/FEU-km in Kazakhstan; CST018 less the 20 % of CST016 in Russia
    assert row("KZ", east) == ("freight-rail-east-kz", 0.24)
    assert row("RU", east) == ("freight-rail-east-ru", pytest.approx(0.35 * 0.8))
    assert row("RU", east, "20") == ("freight-rail-east-ru-20", pytest.approx(0.23 * 0.8))
    assert row("KZ", "container_train") == row("KZ", "freight_train")
    assert row("KZ", "container_train")[0] == "freight-rail-kz"
    assert row("AZ", east) == row("AZ", "container_train")
    speeds = {book.get(Wanted("speed", "rail", word, "KZ")).id for word in (east, east[:15])}
    assert speeds == {"speed-rail-kz"}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"equipment": "30"}, "must be one of 20, 40, 40HC, 45, reefer"),
        ({"equipment": "40HC", "teu": 1}, "not counted by --teu"),
        ({"cargo": "gas"}, "must be one of container, general, bulk"),
        ({"cargo": "bulk"}, "give --tonnes"),
        ({"cargo": "bulk", "tonnes": 5.0, "teu": 1}, "is in no box"),
        ({"dangerous": "petrol"}, "an IMO class from 1 to 9"),
    ],
)
def test_what_contradicts_itself_is_refused(fields: dict[str, str], told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        Shipment("Moscow", "Tehran", **fields)  # pyright: ignore[reportArgumentType]


def test_freight_over_land_stands_under_the_country_that_it_runs_through() -> None:
    found = route(instc(), Shipment("Moscow", "Tehran", DAY, feu=1), params=FEW)
    met: set[str] = set()
    for option in found.options:
        for charge in option.bill.charges:
            name, _, code = charge.name.rpartition(", ")
            if name in {"Rail freight", "Road freight"}:
                assert charge.country == code
                met.add(code)
    assert {"RU", "AZ", "IR"} <= met
