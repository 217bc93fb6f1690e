"""Seasons on small worlds: against ``route``, against sums in the head, and against themselves."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from landbridge.errors import DataError, QuestionError
from landbridge.network.change import Set, apply
from landbridge.network.network import Network
from landbridge.network.rows import Capacity, Factor, Flow, Link, Passage, Rate, Service
from landbridge.routing.query import Shipment
from landbridge.routing.route import route
from landbridge.routing.sample import Sampler
from landbridge.routing.timeline import Player
from landbridge.simulation.facts import as_json, facts_of, from_json
from landbridge.simulation.replication import arrays_of
from landbridge.simulation.report import Report, Wait, report_of
from landbridge.simulation.season import SimulateParams, prepare, run_all, simulate
from landbridge.simulation.ways import apart
from landbridge.simulation.world import More
from worlds import rates_of_doors, two_ports_builder

START = dt.date(2025, 6, 2)


def ferry(*rows: Capacity | Factor | Flow | Service) -> Network:
    """Tampere - Kotka ~~ Lübeck - Kassel with cargo to move, see ``worlds.two_ports``."""
    return two_ports_builder().add(*rates_of_doors(), *rows).build()


def boxes(amount: float, cargo: str = "container") -> Flow:
    """So many TEU a year from Tampere to Kassel, in FEU."""
    return Flow("south", "Tampere", "Kassel", amount, cargo=cargo, direction="south")


def report(net: Network, days: int, replications: int, warm_up_days: int) -> Report:
    params = SimulateParams(replications, warm_up_days=warm_up_days)
    found = simulate(net, start=START, days=days, params=params)
    return report_of(facts_of(net, found.season), found.replications)


def place(found: Report, words: str) -> Wait:
    return next(one for one in found.waits if words in one.place)


def test_a_corridor_that_nobody_else_uses_takes_the_hours_of_route() -> None:
    # lorry 200 km at 25 km/h, 10 h of handling, a weekly sailing, 1000 km at 25 km/h, 10 h, lorry;
    # everything is certain but the wait, uniform on a week: 84 h in the mean
    net = ferry(boxes(600.0))
    found = report(net, days=300, replications=8, warm_up_days=30)
    result = route(net, Shipment("Tampere", "Kassel", START, feu=1))
    expected = next(o for o in result.options if "sea" in o.id or o.itinerary.km("sea") > 0)
    assert found.doors[0].free_h == pytest.approx(expected.itinerary.total("hours"))
    wait = place(found, "weekly")
    assert abs(wait.mean_h.mean - 84.0) < 2.5 * wait.mean_h.half
    moved = found.doors[0].mean_h
    assert abs(moved.mean - expected.itinerary.total("hours")) < 2.5 * moved.half


def test_zero_load_has_the_quantiles_of_route_played_part_by_part() -> None:
    net = apply(
        ferry(boxes(300.0)),
        [
            Set("services", "weekly", "headway_low_h", 120.0),
            Set("services", "weekly", "headway_high_h", 300.0),
            Set("services", "weekly", "distribution", "pert"),
        ],
    )
    season = prepare(net, start=START, days=200, params=SimulateParams(60, warm_up_days=60))
    runs = list(run_all(season))
    way = season.world.ways[0]
    player = Player(net, Sampler(7, 40_000), (START, False), (61.5, 23.8))
    played = player.play(apart(way.itinerary)).hours
    found = report_of(facts_of(net, season), runs).doors[0]
    # sixty seasons, each with an interval of its own: within 5 %
    assert found.p50_h == pytest.approx(float(np.quantile(played, 0.5)), rel=0.05)
    assert found.p90_h == pytest.approx(float(np.quantile(played, 0.9)), rel=0.05)


def test_what_gets_through_an_overloaded_gate_is_its_rate() -> None:
    # 7,300 TEU a year are 20 a day, the port of Kotka handles 10: five lots a day
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 10.0, 20.0)
    found = report(ferry(boxes(7300.0), gate), days=100, replications=4, warm_up_days=20)
    kotka = place(found, "Kotka")
    assert kotka.lots == pytest.approx(500.0, abs=1.0)
    assert kotka.used == pytest.approx(1.0)
    assert kotka.grows
    assert not place(found, "weekly").grows


def test_in_low_water_a_ship_takes_its_share_of_a_full_load() -> None:
    load = Capacity("weekly-load", "service", "weekly", "load", "TEU", 50.0, 100.0, 200.0)
    strait = Link("kotka", "lubeck", "sea", 900.0, passage="strait")
    half = Rate("low", "laden", "sea", 0.5, "ratio", item="strait",
                season_from="06-01", season_to="08-31")  # fmt: skip
    net = two_ports_builder().add(*rates_of_doors(), boxes(7300.0), load, strait,
                                  Passage("strait", "The strait"), half).build()  # fmt: skip
    found = report(net, days=98, replications=3, warm_up_days=14)
    assert found.lines[0].load == pytest.approx(1.0)
    assert found.through[0].teu == pytest.approx(50.0 * 14, rel=0.1)


def test_a_ship_takes_what_fits_and_the_rest_waits_for_the_next() -> None:
    # 20 TEU a day for a week are 140, the ship takes 100: it leaves full each week
    load = Capacity("weekly-load", "service", "weekly", "load", "TEU", 50.0, 100.0, 200.0)
    found = report(ferry(boxes(7300.0), load), days=98, replications=3, warm_up_days=14)
    line = found.lines[0]
    assert line.departures == pytest.approx(14.0, abs=0.5)
    assert line.load == pytest.approx(1.0)
    assert line.missed > 0
    assert found.through[0].teu == pytest.approx(100.0 * 14, rel=0.1)


def test_one_vessel_cannot_be_at_both_ends() -> None:
    # the way takes 40 h, there and back 80 h, with 44 h at each end 168 h: weekly at best; with
    # 128 h at each end 336 h, so every second departure finds no vessel
    slow = (
        Capacity("weekly-load", "service", "weekly", "load", "TEU", 50.0, 1000.0, 2000.0),
        Capacity("weekly-fleet", "service", "weekly", "fleet", "sets", 1.0, 1.0, 1.0),
    )
    for turn, trips in ((44.0, 14.0), (128.0, 7.0)):
        row = Capacity("weekly-turn", "service", "weekly", "turn", "h", 0.0, turn, 200.0)
        found = report(ferry(boxes(700.0), *slow, row), days=98, replications=3, warm_up_days=14)
        assert found.lines[0].departures == pytest.approx(trips, abs=0.6), turn


def test_a_yard_holds_its_places_until_the_ship_leaves() -> None:
    # 2 TEU a day wait for a weekly ship; a yard of 4 TEU holds two lots, the others stand before it
    yard = Capacity("kotka-room", "terminal", "FIKTK", "room", "TEU", 2.0, 4.0, 20.0)
    found = report(ferry(boxes(730.0), yard), days=98, replications=3, warm_up_days=14)
    held = place(found, "Kotka, yard")
    assert held.used > 0.7
    assert held.mean_h.mean > 24.0
    assert found.through[0].teu <= 4.0 * 14 + 8


def test_the_number_of_workers_changes_nothing() -> None:
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 21.0, 30.0)
    net = ferry(boxes(7300.0), gate)
    found = [
        list(run_all(prepare(net, start=START, days=30, params=SimulateParams(6, workers=n))))
        for n in (1, 2, 8)
    ]
    for other in found[1:]:
        for one, two in zip(found[0], other, strict=True):
            for name, column in arrays_of(one).items():
                assert column.tobytes() == arrays_of(two)[name].tobytes(), name


def test_more_capacity_never_lengthens_the_mean_wait_under_common_draws() -> None:
    # for a queue of one class in order of arrival that holds in each replication; where queues meet
    # it need not (Braess), so the test has one
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 22.0, 30.0)
    season = prepare(ferry(boxes(7300.0), gate), start=START, days=60,
                     params=SimulateParams(4, warm_up_days=10))  # fmt: skip
    faster = replace(season, world=season.world.with_more(More("Port of Kotka", 1.1)))
    at = [one.name for one in season.world.places].index("Port of Kotka")
    for number in range(4):
        less, more = season.replicate(number), faster.replicate(number)
        assert more.waited_h[at] < less.waited_h[at]
        assert np.array_equal(more.born, less.born)


def test_every_lot_is_somewhere() -> None:
    season = prepare(
        ferry(boxes(2000.0)), start=START, days=50, params=SimulateParams(2, warm_up_days=0)
    )
    for one in run_all(season):
        assert (one.born - one.done - one.gone).sum() == one.under_way[-1]
        assert one.under_way[-1] > 0


def test_facts_come_back_from_json_as_they_were() -> None:
    net = ferry(boxes(700.0))
    found = facts_of(net, prepare(net, start=START, days=10, params=SimulateParams(1)))
    assert from_json(json.loads(json.dumps(as_json(found)))) == found


def test_bad_questions_say_what_to_do() -> None:
    with pytest.raises(DataError, match="demand south: cannot be moved"):
        simulate(ferry(Flow("south", "Tampere", "Atlantis", 10.0)), start=START)
    with pytest.raises(QuestionError, match="no demand"):
        simulate(ferry(), start=START)
    with pytest.raises(QuestionError, match="days is 0"):
        simulate(ferry(boxes(10.0)), start=START, days=0)
    with pytest.raises(QuestionError, match="TEU/year"):
        simulate(ferry(boxes(10.0, cargo="bulk")), start=START)
    small = Capacity("load", "service", "weekly", "load", "TEU", 1.0, 1.0, 1.0)
    with pytest.raises(QuestionError, match="can never leave"):
        simulate(ferry(boxes(10.0), small), start=START)
    nothing = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 0.0, 0.0, 0.0)
    with pytest.raises(QuestionError, match="lets nothing through"):
        simulate(ferry(boxes(10.0), nothing), start=START)
    with pytest.raises(QuestionError, match="more than 50,000,000"):
        simulate(ferry(boxes(9e9)), start=START)
    with pytest.raises(QuestionError, match="workers is 0"):
        SimulateParams(workers=0)
