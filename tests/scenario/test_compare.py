"""Comparisons: common random numbers, fates, ranks, noise."""

import datetime as dt
from functools import cache

import numpy as np
import pytest

from landbridge.errors import QuestionError
from landbridge.network.change import Close, Scale
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.query import RouteParams, Shipment
from landbridge.scenario.compare import Comparison, Moved, compare, paired, ranks
from landbridge.scenario.compare_text import comparison_json
from landbridge.scenario.scenario import Scenario

FEW = RouteParams(samples=200)
BOX = Shipment("St Petersburg", "Mumbai")
DEARER = Scenario("dearer", "Rail in Russia dearer",
                  [Scale("rates", "kind:freight;mode:rail", "value", 1.5)])  # fmt: skip


@cache
def net() -> Network:
    return load("instc")


@cache
def found() -> Comparison:
    return compare(net(), BOX, ["normal-2025", "suez-blocked-14-days", DEARER], params=FEW)


def moved(number: int) -> dict[str, Moved]:
    return {one.id: one for one in found().scenarios[number].options}


def test_the_base_against_itself_differs_in_nothing() -> None:
    for one in moved(0).values():
        assert one.fate == "stays"
        assert one.rank_before == one.rank_after
        for delta in (one.days, one.usd, one.co2e_kg):
            assert delta is not None
            assert (delta.mean, delta.p10, delta.p90, delta.noise) == (0.0, 0.0, 0.0, False)


def test_what_a_scenario_leaves_alone_has_the_same_draws() -> None:
    # the canal is no part of the western branch: to the bit the same, whatever else was drawn
    west = moved(1)["instc-west"]
    assert west.days is not None
    assert west.days.mean == west.days.p10 == west.days.p90 == 0.0


def test_a_delay_is_told_as_what_it_adds() -> None:
    # uniform on 0 to 14 days: 7 on average, 1.4 and 12.6 at the tenths; 200 draws are a few % off
    suez = moved(1)["suez"].days
    assert suez is not None
    assert suez.mean == pytest.approx(7, abs=1)
    assert suez.p10 == pytest.approx(1.4, abs=1)
    assert suez.p90 == pytest.approx(12.6, abs=1)
    assert not suez.noise


def test_a_price_moves_money_and_no_days_and_ranks_are_whole() -> None:
    rows = moved(2)
    west = rows["instc-west"]
    assert west.usd is not None
    assert west.usd.p10 > 0
    assert west.days is not None
    assert west.days.mean == 0
    after = [one.rank_after for one in rows.values() if one.rank_after is not None]
    result = found().scenarios[2].result
    assert result is not None
    assert sorted(after) == list(range(1, len(result.options) + 1))
    assert ranks(result, FEW)["instc-west"] == west.rank_after


def test_what_is_closed_goes_with_its_reason_and_no_way_at_all_is_an_answer() -> None:
    shut = Scenario("shut", "Suez shut", [Close("passage:suez")])
    nothing = Scenario("nothing", "No trains", [Close("mode:rail"), Close("mode:sea"),
                                                Close("mode:road")])  # fmt: skip
    both = compare(net(), BOX, [shut, nothing], params=FEW).scenarios
    gone = {one.id: one for one in both[0].options if one.fate == "goes"}
    assert gone["suez"].reason == "closed"
    assert gone["suez"].rank_after is None
    assert both[1].result is None
    assert {one.fate for one in both[1].options} == {"goes"}


def test_a_scenario_that_is_over_says_so() -> None:
    over = Scenario("over", "Over", [Close("passage:suez")], until=dt.date(2020, 1, 1))
    box = Shipment("Moscow", "Tehran", ready=dt.date(2025, 6, 2))
    one = compare(net(), box, [over], params=FEW).scenarios[0]
    assert not one.holds
    assert all(moved.fate == "stays" for moved in one.options)


def test_a_difference_within_the_noise_of_the_draws_is_told_as_such() -> None:
    draws = np.random.default_rng(1).normal(size=400)
    assert paired(np.zeros(400), draws - draws.mean() + 0.05).noise  # 1 of its standard errors
    assert not paired(np.zeros(400), draws - draws.mean() + 0.5).noise  # 10 of them
    assert not paired(draws, draws + 1e-9).noise  # the same draws: no noise at all


def test_text_fits_80_columns_and_json_has_every_option() -> None:
    assert max(len(line) for line in str(found()).splitlines()) <= 80
    body = comparison_json(found())
    rows = body["scenarios"]
    assert isinstance(rows, list)
    assert len(rows) == 3  # pyright: ignore[reportUnknownArgumentType]


def test_no_scenario_is_wrong_input() -> None:
    with pytest.raises(QuestionError, match="give 1 to"):
        compare(net(), BOX, [])
