"""Lorries and wagons as pools: taken for a haul, back after it and its empty running."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from test_congestion import FEW, season_of
from test_season import boxes, ferry

from landbridge.errors import DataError, QuestionError
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.network.rows import Capacity, Factor
from landbridge.routing.congestion import Queue
from landbridge.routing.query import Shipment
from landbridge.routing.route import route
from landbridge.simulation.demand import cargoes
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.model import Give, Take
from landbridge.simulation.movements import follow
from landbridge.simulation.season import SimulateParams, prepare, run_all, simulate
from landbridge.simulation.story import story_of
from landbridge.simulation.story_text import story_text
from landbridge.simulation.vehicles import hauls_of
from landbridge.simulation.ways import ways_of
from landbridge.simulation.world import More, build_world

START = dt.date(2025, 3, 3)
NAME = "Port of Kotka, lorries"
HALF_EMPTY = Factor("lorry-empty", "empty", "road", 0.5, "ratio")
LOADED = Factor("lorry-load", "load", "road", 0.6, "ratio")
IDLE = Factor("lorry-idle", "idle", "road", 0.6, "ratio")
DRIVEN = (HALF_EMPTY, LOADED, IDLE)
"""Of all km half are empty: back from each load."""


def lorries(number: float, of: str = "side", element: str = "FIKTK/road/0") -> Capacity:
    return Capacity("lorries", of, element, "vehicles", "lorries", number, number, number)


def payload(tonnes: float) -> Capacity:
    return Capacity("payload", "side", "FIKTK/road/0", "payload", "t", tonnes, tonnes, tonnes)


@cache
def instc() -> Network:
    return load("instc")


@pytest.mark.parametrize(("number", "feu"), [(1, 200.0), (3, 900.0), (3, 1200.0)])
def test_who_waits_for_a_lorry_waits_as_in_a_queue_of_so_many_servers(
    number: int, feu: float
) -> None:
    # 200 km at 25 km/h are 8 h loaded, and 8 h back empty: M/D/c with a service of 16 h. With one
    # lorry (Pollaczek, Khinchine) the mean wait is r S / (2 (1 - r)); with more it is bounded by
    # that of exponential services of the same mean (M/M/c) from above and half of it from below
    # (Cosmetatos), and close to its half times 1 + (1 - r) (c - 1) (sqrt(4 + 5 c) - 2) / (16 r c)
    days, runs = 2000, 12
    net = ferry(boxes(2 * feu), lorries(number), *DRIVEN)
    found = simulate(net, start=START, days=days, params=SimulateParams(runs, warm_up_days=60))
    wait = next(one for one in found.report.waits if one.place == NAME)
    rate = feu / 365.25 / 24.0
    busy = rate * 16.0 / number
    assert wait.used == pytest.approx(busy, rel=0.02)
    a = rate * 16.0
    full = a**number / math.factorial(number) / (1 - busy)
    queued = full / (sum(a**k / math.factorial(k) for k in range(number)) + full)
    exponential = queued * 16.0 / number / (1 - busy)
    c = number
    more = (1 - busy) * (c - 1) * (math.sqrt(4 + 5 * c) - 2) / (16 * busy * c)
    expected = exponential / 2 * (1 + more)
    # half-widths are of 95 %; 99 % is 1.4 times as wide with 12 replications
    assert wait.mean_h.mean == pytest.approx(
        expected, abs=1.42 * wait.mean_h.half + 0.01 * expected
    )


def test_lorries_without_end_change_nothing() -> None:
    few, none = (ferry(boxes(3650.0), *rows) for rows in ((lorries(10_000),), ()))
    params = SimulateParams(2, warm_up_days=14)
    one, other = (simulate(net, start=START, days=60, params=params) for net in (few, none))
    for mine, theirs in zip(one.replications, other.replications, strict=True):
        assert np.array_equal(mine.done, theirs.done)
        assert np.array_equal(mine.door_bins, theirs.door_bins)
    wait = next(place for place in one.report.waits if place.place == NAME)
    assert wait.mean_h.mean == 0.0
    assert wait.used is not None
    assert 0.0 < wait.used < 1.0


def test_a_lot_takes_as_many_as_its_cargo_needs() -> None:
    # a FEU is 20 t: two lorries of 10 t, one of 20 t
    for tonnes, taken in ((10.0, 2), (20.0, 1), (19.9, 2)):
        season = prepare(ferry(boxes(730.0), lorries(8), payload(tonnes)), start=START, days=20)
        takes = [step for steps in season.world.steps for step in steps if isinstance(step, Take)]
        assert [step.units for step in takes] == [taken]
    with pytest.raises(QuestionError, match="takes 2 lorries and there are 1"):
        prepare(ferry(boxes(730.0), lorries(1), payload(10.0)), start=START, days=20)


def test_more_lorries_never_lengthen_the_way() -> None:
    season = prepare(
        ferry(boxes(2400.0), lorries(4), *DRIVEN), start=START, days=120,
        params=SimulateParams(4, warm_up_days=30),
    )  # fmt: skip
    before = list(run_all(season))
    after = list(run_all(replace(season, world=season.world.with_more(More(NAME, 1.5)))))
    at = [one.name for one in season.world.places].index(NAME)
    for mine, theirs in zip(before, after, strict=True):
        assert theirs.waited_h[at] <= mine.waited_h[at]
    assert sum(float(one.waited_h[at]) for one in before) > 0


def test_every_lorry_is_somewhere_at_all_times() -> None:
    season = prepare(ferry(boxes(2400.0), lorries(4), *DRIVEN), start=START, days=60)
    model = season.world.model(1, 0, season.span, season.shares)
    run = Run(Prepared(model), 1)
    for day in range(1, 60):
        run.advance(24.0 * day, events=10**9)
        run.audit()


def test_moves_begin_when_there_is_a_lorry() -> None:
    net = ferry(boxes(2400.0), lorries(4), *DRIVEN)
    season = prepare(net, start=START, days=60, params=SimulateParams(1, warm_up_days=14))
    moved = follow(season, 0)
    first = moved.leg == 0
    assert first.sum() > 100
    assert (moved.arrive_h - moved.depart_h)[first] == pytest.approx(8.0, abs=0.01)
    # four lorries carry and come back: no more than four are loaded at once
    for t in np.arange(24.0, 1400.0, 7.0):
        assert ((moved.depart_h[first] <= t) & (t < moved.arrive_h[first])).sum() <= 4
    told = (story_of(season, str(lot)) for lot in range(50, 100))
    waited = next(one for one in told if one.parts[0].what == "wait")
    assert (waited.parts[0].place, waited.parts[0].why) == (NAME, "vehicle")
    text = story_text(season, waited)
    assert f"waits for {NAME}" in text
    assert "until there is one free" in text


def test_a_haul_takes_the_wagons_of_its_gauge_in_both_directions() -> None:
    net = instc()
    chosen = [one for one in cargoes(net.demand, 2025) if one.id.startswith(("sarakhs", "road"))]
    ways = [way for mine in ways_of(net, tuple(chosen), START, 1) for way in mine]
    world = build_world(net, ways)
    for way, steps in zip(world.ways, world.steps, strict=True):
        taken = [step for step in steps if isinstance(step, Take) and "yard" not in step.pool]
        back = [step for step in steps if isinstance(step, Give) and "yard" not in step.pool]
        name = "Astara road, lorries" if way.id.startswith("road") else "Sarakhs, 1435 mm, wagons"
        assert [step.pool for step in taken] == [step.pool for step in back] == [name], way.id
        legs = way.itinerary.legs
        if way.id.startswith("road"):
            # 17 % of all km empty (GLEC): 0.17 / 0.83 of the loaded hours, both borders in them
            assert back[0].law is not None
            assert back[0].law.a == pytest.approx(way.hours * 0.17 / 0.83, rel=1e-6)
        assert [(one.first, one.last) for one in hauls_of(legs)][-1][1] == len(legs) - 1


def test_route_meets_the_queue_for_lorries() -> None:
    net = ferry(boxes(100.0))
    asked = Shipment("Tampere", "Kassel", START, feu=1)
    waits = Queue("x", np.zeros(1), np.full(1, 30.0), 30.0, 10.0, grows=False)
    without = route(net, asked, params=FEW, congestion=season_of(net)).options[0]
    season = replace(season_of(net), sides={"FIKTK/road/0": waits})
    found = route(net, asked, params=FEW, congestion=season).options[0]
    handled = next(leg for leg in found.itinerary.legs if leg.kind == "transfer")
    assert [one.mean for one in handled.queues] == [30.0]
    assert found.itinerary.total("hours") == pytest.approx(without.itinerary.total("hours") + 30.0)
    assert len(found.itinerary.legs) == len(without.itinerary.legs)


def test_a_season_hands_its_queues_for_vehicles_to_route() -> None:
    net = ferry(boxes(2400.0), lorries(4), *DRIVEN)
    params = SimulateParams(2, warm_up_days=14)
    season = simulate(net, start=START, days=60, params=params).congestion()
    queue = season.sides["FIKTK/road/0"]
    assert queue.name == NAME
    assert queue.mean > 0.0


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (lorries(4, element="FIKTK/road/1"), "FIKTK/road/0"),
        (lorries(4, "terminal", "FIKTK"), "side or a line"),
        (lorries(0), "above 0"),
        (Capacity("x", "side", "FIKTK/road/0", "room", "t", 1.0, 1.0, 1.0), "of a side must be"),
        (Capacity("x", "side", "FIKTK/road/0", "vehicles", "sets", 1.0, 1.0, 1.0), "lorries"),
    ],
)
def test_a_wrong_row_is_told(row: Capacity, told: str) -> None:
    with pytest.raises(DataError, match=told):
        ferry(boxes(100.0), row)
