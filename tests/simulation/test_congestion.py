"""Queues of a season in ``route``: by hand, against the season itself, and in the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_season import START, boxes, ferry

from landbridge.cli.main import main
from landbridge.errors import QuestionError
from landbridge.kernels.stations import LOG_BITS, LOG_START, SAMPLES
from landbridge.models.cargo import Cargo
from landbridge.network.change import Scale, Set, apply
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.network.rows import Capacity
from landbridge.routing.avoid import Avoid
from landbridge.routing.chain_build import Question, build_chain
from landbridge.routing.congested import congested
from landbridge.routing.congestion import Congestion, Queue, line_name, week_hour
from landbridge.routing.doors import Door
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import ALL_MODES, Limits, RouteResult, route
from landbridge.routing.route_json import to_json
from landbridge.routing.search import front
from landbridge.routing.tables import terrain_of
from landbridge.routing.timeline import nearest
from landbridge.routing.ways import ways_for
from landbridge.routing.writer import Writer
from landbridge.scenario.explain import explain
from landbridge.simulation.arrays import TICKS
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.facts import facts_of
from landbridge.simulation.report import report_of
from landbridge.simulation.run_open import open_run
from landbridge.simulation.season import SimulateParams, SimulateResult, prepare, simulate

FEW = RouteParams(samples=200)
GATE = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 21.0, 30.0)


def queue(name: str, hours: float, *, grows: bool = False) -> Queue:
    """A queue in which everybody waits as long."""
    return Queue(name, np.array([0.0]), np.array([hours]), hours, 1.0, grows)


def season_of(
    net: Network,
    crossings: Mapping[str, tuple[Queue, ...]] | None = None,
    terminals: Mapping[str, tuple[Queue, ...]] | None = None,
    lines: Mapping[str, Queue] | None = None,
) -> Congestion:
    """A made-up season of a network."""
    return Congestion(
        START, dt.date(2025, 8, 30), 1, net.case.id, (), net.hash, crossings or {},
        terminals or {}, {}, lines or {}, (), settled=True, unseen=frozenset(),
    )  # fmt: skip


@cache
def instc() -> Network:
    return load("instc")


@cache
def busy() -> SimulateResult:
    """A ferry behind a gate that is in use nine tenths of the time."""
    params = SimulateParams(8, warm_up_days=60)
    return simulate(ferry(boxes(7300.0), GATE), start=START, days=300, params=params)


def test_waits_that_are_kept_are_every_so_many_th_of_the_log() -> None:
    net = ferry(boxes(7300.0), GATE)
    season = prepare(net, start=START, days=200, params=SimulateParams(1, warm_up_days=10))
    rows: list[np.ndarray] = []
    prepared = Prepared(season.world.model(season.seed, 0, season.span, season.shares))
    run = Run(prepared, season.seed, 0, log=lambda log: rows.append(log.copy()))
    found = run.finish()
    log = np.concatenate(rows)
    steps = prepared.arrays.world.step
    started = log[(log[:, 2] & ((1 << LOG_BITS) - 1)) == LOG_START]
    station = steps[started[:, 2] >> LOG_BITS, 0]
    after = started[:, 0] >= season.span.warm_up_h * TICKS
    halved = False
    for s in range(len(found.standing)):
        mine = started[after & (station == s)]
        every = 1
        while len(mine[::every]) > SAMPLES:
            every *= 2
        halved |= every > 1
        kept = found.wait_began[s] >= 0
        began = np.rint(mine[::every, 3] / (TICKS / 3600))
        waited = np.rint((mine[::every, 0] - mine[::every, 3]) / (TICKS / 3600))
        assert found.wait_began[s][kept].tolist() == began.tolist()
        assert found.wait_s[s][kept].tolist() == waited.tolist()
    assert halved


def test_a_lot_waits_as_those_who_came_at_its_hour_of_the_week() -> None:
    # who comes on Saturday or Sunday (hours 120 to 168 of the week) waits 10 h, others do not
    began = np.arange(0.0, 168.0, 0.25)
    weekend = Queue("gate", began, np.where(began >= 120, 10.0, 0.0), 10 * 48 / 168, 1.0, False)  # noqa: FBT003
    monday = (dt.datetime(2025, 6, 2) - dt.datetime(1970, 1, 1)).days * 24.0  # noqa: DTZ001
    assert week_hour(np.array([monday])).tolist() == [0.0]
    at = monday + np.array([12.0, 60.0, 132.0, 156.0, 168.0 + 36.0])
    for share in (0.0, 0.5, 0.999):
        assert weekend.draw(at, np.full(5, share)).tolist() == [0.0, 0.0, 10.0, 10.0, 0.0]


def test_few_waits_stand_for_the_whole_week_and_none_for_nothing() -> None:
    three = Queue("gate", np.array([1.0, 2.0, 100.0]), np.array([6.0, 2.0, 4.0]), 4.0, 1.0, False)  # noqa: FBT003
    at = np.full(3, 50.0)
    assert three.draw(at, np.array([0.1, 0.5, 0.9])).tolist() == [2.0, 4.0, 6.0]
    none = Queue("gate", np.zeros(0), np.zeros(0), 0.0, 0.0, False)  # noqa: FBT003
    assert none.draw(at, np.full(3, 0.5)).tolist() == [0.0, 0.0, 0.0]


@given(
    st.lists(st.tuples(st.floats(0, 167.9), st.floats(0, 500), st.floats(0, 500)), min_size=1,
             max_size=200),
    st.floats(0, 1e6), st.floats(0, 0.999),
)  # fmt: skip
def test_longer_waits_never_make_a_draw_shorter(
    waits: list[tuple[float, float, float]], at: float, share: float
) -> None:
    began = np.array(sorted(one[0] for one in waits))
    short = np.array([one[1] for one in waits])
    longer = short + np.array([one[2] for one in waits])
    drawn = [
        Queue("gate", began, hours, 0.0, 1.0, False).draw(np.array([at]), np.array([share]))[0]  # noqa: FBT003
        for hours in (short, longer)
    ]
    assert drawn[0] <= drawn[1]


def test_the_departure_nearest_to_the_end_of_a_wait_is_taken() -> None:
    leaves = np.array([10.0, 20.0, 40.0])
    assert nearest(leaves, np.array([0.0, 14.0, 16.0, 31.0, 99.0])).tolist() == [0, 0, 1, 2, 2]
    assert nearest(np.zeros(0), np.array([5.0])).tolist() == [0]


def test_a_queue_for_a_timetable_is_joined_when_the_cut_off_is_met() -> None:
    # a ship each Monday with a cut-off of five days; who has to let one go leaves a week later
    monday = [Set("services", "weekly", "timetable", "Mo 12:00"),
              Set("services", "weekly", "cutoff_h", 120.0)]  # fmt: skip
    net = apply(ferry(boxes(100.0)), monday)
    asked = Shipment("Tampere", "Kassel", START, feu=1)
    name = line_name("weekly", "Port of Kotka", "Port of Lübeck")

    def board(season: Congestion | None) -> tuple[float, float]:
        option = route(net, asked, params=FEW, congestion=season).options[0]
        k = next(k for k, leg in enumerate(option.itinerary.legs) if leg.kind == "wait")
        return float(option.trip.begin[k][0]), float(option.trip.end[k][0])

    begin, leaves = board(None)
    waited = leaves - begin - 120.0
    for hours, later in ((waited, 0.0), (waited + 168.0, 168.0)):
        season = season_of(net, lines={name: queue("weekly", hours)})
        assert board(season) == (begin, leaves + later)


def test_a_season_that_was_shut_in_part_or_did_not_settle_says_so() -> None:
    told = answer(replace(season_of(instc()), shut=("suez",), settled=False)).warnings
    assert "on some days of the season suez was shut: queues are those of it" in told
    assert any("did not settle" in text for text in told)


def test_an_answer_with_queues_is_explained() -> None:
    season = season_of(instc(), terminals={"IRSRP": (queue("Bandar Abbas", 30.0),)})
    found = answer(season)
    west = next(one for one in found.options if one.branch == "instc-caspian")
    lines = [line for leg in explain(found, west).legs for line in leg.lines]
    assert sum(line.amount for line in lines if line.what == "hours") == pytest.approx(
        west.itinerary.total("hours"), abs=0.1
    )
    assert any(line.amount == 30.0 for line in lines if line.what == "hours")


def test_with_its_queues_route_takes_what_a_lot_of_the_season_takes() -> None:
    net, found = busy().net, report_of(facts_of(busy().net, busy().season), busy().replications)
    kotka = next(one for one in found.waits if "Kotka" in one.place)
    assert kotka.mean_h.mean > 5.0
    asked = Shipment("Tampere", "Kassel", feu=1)
    params = RouteParams(samples=20_000)
    result = route(net, asked, params=params, congestion=busy().congestion())
    bare = route(net, asked, params=params)
    door = found.doors[0]
    assert bare.options[0].hours["mean"] < door.mean_h.mean - 2 * door.mean_h.half
    assert result.options[0].hours["mean"] == pytest.approx(
        door.mean_h.mean, abs=2.3 * door.mean_h.half
    )
    assert result.options[0].hours["p90"] == pytest.approx(door.p90_h, rel=0.05)
    # what is promised is what is played
    promised = result.options[0].itinerary.total("hours")
    assert result.options[0].hours["mean"] == pytest.approx(promised, rel=0.02)


def test_an_empty_season_gives_the_quantiles_of_route_without_it() -> None:
    net = ferry(boxes(100.0), GATE)
    params = SimulateParams(20, warm_up_days=30)
    season = simulate(net, start=START, days=300, params=params).congestion()
    asked = Shipment("Tampere", "Kassel", feu=1)
    with_it, without = (
        route(net, asked, params=RouteParams(samples=20_000), congestion=one).options[0]
        for one in (season, None)
    )
    for level in ("p10", "p50", "p90"):
        assert with_it.hours[level] == pytest.approx(without.hours[level], rel=0.03)


def everywhere(net: Network) -> Congestion:
    """A season with another queue at each border, terminal and departure of the corridor."""
    titles = dict(zip(net.terminals.id.tolist(), net.terminals.title.tolist(), strict=True))
    calls: dict[str, list[str]] = {}
    for row, terminal in zip(net.calls.service.tolist(), net.calls.terminal.tolist(), strict=True):
        calls.setdefault(str(net.services.id[row]), []).append(titles[net.terminals.id[terminal]])
    names = [
        line_name(one, *ends) for one, stops in calls.items() for ends in permutations(stops, 2)
    ]
    lines = {name: queue(name, 7.0 + k) for k, name in enumerate(names)}
    return season_of(
        net,
        crossings={name: (queue(name, 3.0 + k), queue(f"track {name}", 0.5))
                   for k, name in enumerate(net.crossings.id.tolist())},
        terminals={name: (queue(f"yard {name}", 2.0), queue(name, 1.0 + k))
                   for k, name in enumerate(net.terminals.id.tolist())},
        lines=lines,
    )  # fmt: skip


def test_what_the_search_adds_up_is_what_the_legs_say() -> None:
    net, on = instc(), dt.date(2025, 6, 1)
    params = RouteParams(samples=1)
    terrain = terrain_of(net, ways_for(net, on, Avoid()))
    result = route(net, Shipment("Moscow", "Mumbai"), params=params)
    cargo: Cargo = result.loaded.cargo
    ends = result.origin, result.destination
    doors = tuple(Door(one.lat, one.lon) for one in ends)
    question = Question(doors[0], doors[1], cargo, ALL_MODES, ())
    chain = congested(build_chain(terrain, question, params), everywhere(net), terrain, cargo)
    writer = Writer(terrain, chain, cargo, ends)
    found = front(chain, params, ())
    assert len(found.ways) > 20
    waited = 0
    for way, cost in zip(found.ways, found.cost, strict=True):
        written = writer.write(way)
        assert written.total("hours") == pytest.approx(cost[0], rel=1e-9)
        assert written.total("usd") - sum(one.mean for one in writer.prices.whole()) == (
            pytest.approx(cost[1], rel=1e-6)
        )
        waited += sum(len(leg.queues) for leg in written.legs)
    assert waited > 100
    calling = np.flatnonzero(chain.arcs.other > 0)  # with calls in between, where it stays
    assert len(calling) > 20
    for arc in calling.tolist():
        written = writer.write(np.array([arc]))
        assert written.total("hours") == pytest.approx(chain.arcs.cost[arc, 0], rel=1e-9)


def answer(season: Congestion | None, **given: object) -> RouteResult:
    return route(instc(), Shipment("Moscow", "Mumbai", **given), params=FEW, congestion=season)  # type: ignore[arg-type]


def test_a_way_keeps_off_a_queue_that_is_too_long() -> None:
    bare = next(one for one in answer(None).options if one.branch == "instc-west")
    met = [leg.hours[0].name.split(" ")[1] for leg in bare.itinerary.legs if leg.kind == "border"]
    assert "AZ-IR-rail" in met
    shut = season_of(instc(), crossings={"AZ-IR-rail": (queue("Astara rail", 2000.0),)})
    for one in answer(shut).options:
        names = [leg.note for leg in one.itinerary.legs if leg.queues]
        assert not names, one.id


def test_a_longer_queue_never_makes_a_branch_better() -> None:
    # each branch is shown by its way of least USD with time at its value (25 USD a day)
    last = dict.fromkeys(("instc-caspian", "instc-west", "instc-east"), 0.0)
    for hours in (0.0, 10.0, 100.0, 1000.0):
        one = season_of(instc(), terminals={"IRSRP": (queue("Bandar Abbas", hours),)})
        for option in answer(one).options:
            if option.branch in last:
                way = option.itinerary
                cost = way.total("usd") + 25.0 / 24.0 * way.total("hours")
                assert cost >= last[option.branch] - 1e-6
                last[option.branch] = cost


def test_what_was_simulated_elsewhere_is_refused_or_told() -> None:
    net = instc()
    plain = season_of(net)
    with pytest.raises(QuestionError, match=r"on the case instc with etir, and the question is to"
                                            r" the case instc;"):  # fmt: skip
        answer(replace(plain, scenarios=("etir",)))
    other = Scale("crossings", "AZ-IR-rail", "hours_typical", 1.01).apply(net)
    found = route(other, Shipment("Moscow", "Mumbai"), params=FEW, congestion=plain)
    assert any("a network that differs" in text for text in found.warnings)
    late = answer(plain, ready=dt.date(2025, 12, 1))
    assert "2025-12-01 lies outside the season of the queues, 2025-06-02 to 2025-08-30" in (
        late.warnings
    )
    grew = season_of(net, terminals={"IRSRP": (queue("Bandar Abbas", 30.0, grows=True),)})
    assert any("grew until the end" in text for text in answer(grew).warnings)


def test_places_that_the_season_never_met_are_told() -> None:
    unseen = frozenset({"terminal:IRSRP", "crossing:none", "service:caspian-any"})
    season = replace(season_of(instc()), unseen=unseen)
    note = next(text for text in answer(season).notes if text.startswith("no cargo"))
    assert "Bandar Abbas (Shahid Rajaee)" in note
    assert "caspian-any" not in note  # people read its name
    services = instc().services
    name = str(services.title[services.id.tolist().index("caspian-any")])
    assert name in note


def test_the_answer_names_its_queues() -> None:
    season = season_of(instc(), terminals={"IRSRP": (queue("Bandar Abbas", 30.0),)})
    body = to_json(answer(season))
    assert body["congestion"] == {
        "first": "2025-06-02", "last": "2025-08-30", "replications": 1,
        "queues": [{"place": "Bandar Abbas", "mean_h": 30.0, "lots": 1.0, "grows": False}],
    }  # fmt: skip
    assert to_json(answer(None))["congestion"] is None


def test_a_folder_of_a_run_is_read_and_a_wrong_one_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    net = ferry(boxes(7300.0), GATE)
    params = SimulateParams(2, warm_up_days=20)
    whole = simulate(net, start=START, days=60, params=params, out=tmp_path / "run")
    read, made = open_run(tmp_path / "run").congestion(net), whole.congestion()
    assert read.terminals.keys() == made.terminals.keys() == {"FIKTK"}
    for one, other in zip(read.terminals["FIKTK"], made.terminals["FIKTK"], strict=True):
        assert one.hours.tolist() == other.hours.tolist()
        assert one.began.tolist() == other.began.tolist()
        assert one.mean == other.mean
    assert main(["route", "Moscow", "Mumbai", "--congestion", str(tmp_path / "none")]) == 2
    assert "is no folder" in capsys.readouterr().err


def test_a_limit_and_a_queue_hold_together() -> None:
    season = season_of(instc(), terminals={"IRSRP": (queue("Bandar Abbas", 30.0),)})
    found = route(instc(), Shipment("Moscow", "Mumbai"), limits=Limits(via=("IRSRP",)), params=FEW,
                  congestion=season)  # fmt: skip
    assert found.options
    assert all(any(leg.queues for leg in one.itinerary.legs) for one in found.options)
