"""Changes make another network, share what they leave alone, and can be taken back."""

import datetime as dt
from functools import cache

import numpy as np
import pytest

from landbridge.errors import QuestionError
from landbridge.network.add import Add
from landbridge.network.change import Change, Close, Open, Scale, Set, apply, describe
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.distance import distance
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import route

FEW = RouteParams(samples=100)


@cache
def net() -> Network:
    return load("instc")


def test_a_closed_canal_lengthens_the_way_and_the_first_network_stays_as_it_was() -> None:
    before = net().hash
    closed = Close("passage:suez").apply(net())
    far = distance(closed, "NLRTM", "INNSA", mode="sea")
    near = distance(net(), "NLRTM", "INNSA", mode="sea")
    assert near.km < 12_000
    assert far.km > 18_000
    assert "suez" in near.passages
    assert "suez" not in far.passages
    assert net().hash == before != closed.hash


def test_columns_that_a_change_leaves_alone_are_shared() -> None:
    closed = Close("passage:suez").apply(net())
    assert closed.nodes is net().nodes
    assert closed.links.km is net().links.km
    assert closed.links.status is not net().links.status


def test_closing_and_opening_again_gives_the_same_hash() -> None:
    assert apply(net(), [Close("passage:suez"), Open("passage:suez")]).hash == net().hash
    twice = apply(
        net(),
        [
            Scale("rates", "freight-lorry", "value", 2.0),
            Scale("rates", "freight-lorry", "value", 0.5),
        ],
    )
    assert twice.hash == net().hash


def test_a_closed_crossing_leaves_no_option_over_it() -> None:
    closed = Close("crossing:AZ-IR").apply(net())
    result = route(closed, Shipment("Moscow", "Tehran"), params=FEW)
    for one in result.options:
        assert not {"AZ-IR", "IR-AZ"} & set(one.itinerary.borders)


def test_a_dearer_rate_makes_its_options_dearer_and_nothing_faster() -> None:
    dearer = Scale("rates", "kind:freight;mode:rail;country:RU", "value", 3.0).apply(net())
    for name in ("instc-west", "instc-east"):
        cost: list[float] = []
        for one in (net(), dearer):
            options = route(one, Shipment("Moscow", "Tehran"), params=FEW).options
            cost += [o.itinerary.total("usd") for o in options if o.branch == name][:1]
        assert cost[1] > cost[0]


def test_rows_are_named_by_how_their_ids_begin() -> None:
    changed = Scale("rates", "freight-rail-ru*", "value", 2.0).apply(net())
    ids = net().rates.id.tolist()
    moved = {ids[row] for row in np.flatnonzero(changed.rates.value != net().rates.value)}
    assert moved == {"freight-rail-ru", "freight-rail-ru-20", "freight-rail-ru-general"}
    with pytest.raises(QuestionError, match="no row has the id"):
        Scale("rates", "nothing*", "value", 2.0).apply(net())


def test_a_price_can_be_set() -> None:
    changed = Set("rates", "documents", "value", 100.0).apply(net())
    row = changed.rates.id.tolist().index("documents")
    assert changed.rates.value[row] == 100.0


def test_an_opening_can_be_brought_forward() -> None:
    early = Open("section:rasht-astara", since=dt.date(2024, 1, 1)).apply(net())
    result = route(early, Shipment("Moscow", "Tehran"), params=FEW)
    assert not [one for one in result.absent if "Rasht" in one.name]


def test_the_order_of_changes_is_told() -> None:
    said = describe([Close("passage:suez"), Scale("rates", "documents", "value", 2.0)])
    assert said == "1. Close passage suez.\n2. Multiply the rate documents by 2."


@pytest.mark.parametrize(
    "change",
    [
        Close("passage:suezz"),
        Close("nothing"),
        Close("passage:suezz", dt.date(2025, 1, 1), dt.date(2025, 2, 1)),
        Close("passage:suez", dt.date(2025, 2, 1), dt.date(2025, 2, 1)),
        Open("passage:suez"),
        Set("rates", "documents", "colour", 1.0),
        Set("prices", "documents", "value", 1.0),
        Scale("rates", "documents", "value", 1.0),
        Scale("rates", "documents", "value", float("nan")),
        Scale("rates", "documents", "source", 2.0),
    ],
)
def test_a_change_that_names_or_changes_nothing_is_refused(
    change: Close | Open | Set | Scale,
) -> None:
    with pytest.raises(QuestionError):
        change.apply(net())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Set("rules", "state-2026", "valid_from", dt.date(2026, 1, 1)),
         "The rule state-2026 holds from 2026-01-01 on."),
        (Set("services", "mode:sea;operator:FESCO", "draught_m", 9.5),
         "Let the draught of the services by sea of FESCO be 9.5."),
        (Scale("crossings", "mode:road;country:IR", "hours", 0.5),
         "Multiply the hours of the border crossings by road in IR by 0.5."),
        (Scale("rates", "kind:freight;mode:inland_waterway", "value", 1.2),
         "Multiply the freight rates by inland waterway by 1.2."),
        (Scale("rates", "freight-rail-ru*", "value", 2.0),
         "Multiply the rates whose id begins with freight-rail-ru by 2."),
        (Scale("crossings", "*", "usd", 3.0), "Multiply the price of all border crossings by 3."),
        (Close("terminal:IRSRP", since=dt.date(2026, 3, 1)),
         "Close terminal IRSRP from 2026-03-01 on."),
        (Add("rules", {"id": "no-iran", "text": "Not insured"}),
         "Add a rule, no-iran: Not insured."),
    ],
)  # fmt: skip
def test_a_change_reads_as_a_sentence(change: Change, said: str) -> None:
    assert change.describe() == said
