"""The capacity of drawn worlds against sums: the least rate in a row, each branch by itself."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from test_season import START, boxes, ferry

from landbridge.errors import NoAnswer, QuestionError
from landbridge.network.change import Set, apply
from landbridge.network.network import Network
from landbridge.network.rows import Capacity, Flow
from landbridge.simulation.find_capacity import CapacityResult, capacity_of, find_capacity
from landbridge.simulation.find_capacity_text import capacity_json, capacity_text
from landbridge.simulation.season import SimulateParams, prepare
from landbridge.simulation.trials import factor_of
from worlds import rates_of_doors, strait_and_ferry_builder

NEAR = 0.05
"""Factors stand 2.2 % apart, and a queue must grow by more than noise."""


def rate(terminal: str, per_day: float) -> Capacity:
    return Capacity(f"rate-{terminal}", "terminal", terminal, "rate", "TEU/day", 1.0, per_day, 1e4)


def found(net: Network, wanted: float, workers: int = 2) -> CapacityResult:
    params = SimulateParams(4, warm_up_days=30, workers=workers)
    return find_capacity(net, start=START, days=120, params=params, wanted=wanted)


@cache
def in_a_row() -> CapacityResult:
    # 50 TEU a day; Kotka takes 100, Lübeck 140, a weekly ship of 2,500 TEU 357
    load = Capacity("load", "service", "weekly", "load", "TEU", 1.0, 2500.0, 1e4)
    return found(ferry(boxes(18_250.0), rate("FIKTK", 100.0), rate("DELBC", 140.0), load), 4.0)


def test_in_a_row_the_least_rate_is_the_capacity() -> None:
    one = in_a_row()
    assert one.first.limit.holds == pytest.approx(100 / 50, rel=NEAR)
    assert one.first.limit.fails / one.first.limit.holds == pytest.approx(factor_of(1))
    # 100 TEU a day of 10 t are 365,000 t a year
    assert one.branches[0].tonnes * one.first.limit.holds == pytest.approx(365_000.0, rel=NEAR)
    assert one.branches[0].arrived.mean == pytest.approx(365_000.0, rel=NEAR)
    assert one.branches[0].first == "Port of Kotka"
    assert one.branches[0].tonne_km == pytest.approx(1500.0 * one.branches[0].tonnes, rel=0.01)


def test_what_gives_way_does_so_in_the_order_of_rates_and_needs_its_share() -> None:
    one = in_a_row()
    # four times the demand are 200 TEU a day: twice Kotka, 1.43 times Lübeck, the ship as it is
    assert [need.place for need in one.needs] == ["Port of Kotka", "Port of Lübeck"]
    assert one.reached
    assert one.needs[1].limit.holds == pytest.approx(140 / 50, rel=NEAR)
    assert [need.times.holds for need in one.needs] == pytest.approx([2.0, 200 / 140], rel=NEAR)
    assert all(need.grows.mean > need.grows.half for need in one.needs)


def test_a_fleet_gets_the_sets_that_it_needs() -> None:
    # a ship of 100 TEU that leaves when it is full takes 40 h and lies 44 h at each end, 168 h
    # there and back: two carry 28.6 TEU a day of the 25 that come. Twice as many are 50: 3.5 ships
    rows = (
        Capacity("load", "service", "weekly", "load", "TEU", 1.0, 100.0, 1e4),
        Capacity("fleet", "service", "weekly", "fleet", "sets", 1.0, 2.0, 9.0),
        Capacity("turn", "service", "weekly", "turn", "h", 0.0, 44.0, 200.0),
    )
    full = Set("services", "weekly", "equipment", "20;40;bulk")
    one = found(apply(ferry(boxes(9_125.0), *rows), [full]), 2.0)
    assert one.first.limit.holds == pytest.approx(200 / 7 / 25, rel=NEAR)
    assert one.needs[0].change == "2 -> 4 sets"
    assert one.reached


def test_what_sails_by_the_clock_gets_the_load_that_it_needs() -> None:
    # once a week with 100 TEU are 14.3 a day of the 25 that come
    load = Capacity("load", "service", "weekly", "load", "TEU", 1.0, 100.0, 1e4)
    one = found(ferry(boxes(9_125.0), load), 2.0)
    assert one.first.limit.holds == pytest.approx(100 / 7 / 25, rel=NEAR)
    # some 17 sailings in the season: a load more or less is 6 %
    assert one.needs[0].times.holds == pytest.approx(2.0 * 25 * 7 / 100, rel=0.08)
    assert one.needs[0].change == f"load x {one.needs[0].times.holds:.2f}"


@cache
def side_by_side() -> CapacityResult:
    rows = (
        Flow("sea", "Baku", "Ashgabat", 18_250.0, modes="sea;road"),
        Flow("land", "Baku", "Ashgabat", 18_250.0, modes="road"),
        Capacity("r", "crossing", "AZ-IR-road", "rate", "TEU/day", 1.0, 60.0, 1e4),
        Capacity("l", "terminal", "AZALT", "rate", "TEU/day", 1.0, 80.0, 1e4),
    )
    return found(strait_and_ferry_builder().add(*rates_of_doors(), *rows).build(), 2.0)


def test_side_by_side_each_gives_way_at_its_own_rate() -> None:
    one = side_by_side()
    assert one.first.limit.holds == pytest.approx(60 / 50, rel=NEAR)
    land, sea = one.needs
    assert (land.element, sea.element) == ("crossing:AZ-IR-road", "terminal:AZALT")
    assert sea.limit.holds == pytest.approx(80 / 50, rel=NEAR)
    assert land.times.holds == pytest.approx(100 / 60, rel=NEAR)
    assert sea.times.holds == pytest.approx(100 / 80, rel=NEAR)
    assert one.reached


def test_behind_a_full_yard_the_gate_is_what_binds() -> None:
    # boxes stand in the yard until they are through the gate: its queue is short, the yard's long
    yard = Capacity("room", "terminal", "FIKTK", "room", "TEU", 2.0, 2000.0, 1e4)
    one = found(ferry(boxes(18_250.0), rate("FIKTK", 60.0), yard), 2.0)
    assert one.needs[0].place == "Port of Kotka"
    assert one.needs[0].times.holds == pytest.approx(100 / 60, rel=NEAR)


def test_without_capacities_nothing_gives_way() -> None:
    with pytest.raises(NoAnswer, match="nothing gives way"):
        found(ferry(boxes(50.0)), 2.0)


def test_what_is_always_too_much_is_told_with_its_place() -> None:
    with pytest.raises(NoAnswer, match=r"already too much.*Kotka"):
        found(ferry(boxes(73_000.0), rate("FIKTK", 2.0)), 2.0)


def test_what_gives_way_beyond_the_wanted_demand_is_told_and_needs_nothing() -> None:
    one = found(ferry(boxes(18_250.0), rate("FIKTK", 150.0)), 2.0)
    assert one.reached
    assert one.needs == ()
    assert one.first.place == one.branches[0].first == "Port of Kotka"
    assert one.branches[0].limit == one.first.limit
    assert "x2.00 of the demand gets through with what there is." in str(one)


def test_one_replication_has_no_spread() -> None:
    season = prepare(ferry(boxes(50.0)), start=START, days=20, params=SimulateParams(1))
    with pytest.raises(QuestionError, match="at least 2"):
        capacity_of(season)
    with pytest.raises(QuestionError, match="wanted"):
        capacity_of(season, wanted=0.0)


def test_workers_change_nothing_and_the_text_fits_a_terminal() -> None:
    net = ferry(boxes(18_250.0), rate("FIKTK", 70.0))
    one, two = found(net, 2.0, workers=1), found(net, 2.0, workers=3)
    assert capacity_json(one) == capacity_json(two)
    text = capacity_text(one)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert one.first == one.needs[0]
    assert "Port of Kotka" in text
    assert "x2.00 of the demand does not get through with what there is, and does" in text
    assert np.isfinite(one.branches[0].arrived.half)
