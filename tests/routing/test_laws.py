"""Laws that hold whatever the figures are: on the real network, and on small ones drawn."""

import datetime as dt
import json
import os
from dataclasses import replace
from functools import cache
from itertools import product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from simple_chains import simple_chains

import landbridge as lb
from landbridge.errors import NoAnswer
from landbridge.models.cargo import Cargo
from landbridge.network.network import Network
from landbridge.network.rows import Factor, Operation, Rate, Service, Side, Terminal
from landbridge.routing import ways_reach
from landbridge.routing.avoid import Avoid
from landbridge.routing.chain import Chain
from landbridge.routing.chain_build import Question, build_chain
from landbridge.routing.doors import Door
from landbridge.routing.options import best_of_branch
from landbridge.routing.query import RouteParams
from landbridge.routing.route import ALL_MODES
from landbridge.routing.route_json import to_json
from landbridge.routing.search import best, front
from landbridge.routing.tables import terrain_of
from landbridge.routing.ways import ways_for
from worlds import rates_of_doors, two_ports_builder

PARAMS = RouteParams(samples=50)
PAIRS = (("St Petersburg", "Mumbai"), ("Moscow", "Tehran"), ("Chongqing", "Duisburg"))


@cache
def instc() -> Network:
    return lb.load("instc")


@pytest.fixture(scope="module")
def net() -> Network:
    return instc()


def least(net: Network, origin: str, destination: str) -> tuple[float, float, float]:
    """The least expected hours, USD and kg CO2e of any chain; inf without one."""
    try:
        found = lb.route(net, lb.Shipment(origin, destination, teu=1), params=PARAMS)
    except NoAnswer:
        return np.inf, np.inf, np.inf
    options = [one.itinerary for one in found.options]
    return (
        min(one.total("hours") for one in options),
        min(one.total("usd") for one in options),
        min(one.total("wtw") for one in options),
    )


@pytest.mark.parametrize("pair", PAIRS)
@pytest.mark.parametrize(
    "what",
    ["passage:suez", "country:KZ", "crossing:AZ-IR", "service:rail-any", "terminal:IRSRP",
     "service:lorry", "service:utlc"],
)  # fmt: skip
def test_closing_something_never_helps(net: Network, pair: tuple[str, str], what: str) -> None:
    before = least(net, *pair)
    after = least(lb.apply(net, [lb.Close(what)]), *pair)
    for old, new in zip(before, after, strict=True):
        assert new >= old * (1 - 1e-9)


@pytest.mark.parametrize("pair", PAIRS)
def test_a_dearer_or_slower_part_never_helps(net: Network, pair: tuple[str, str]) -> None:
    before = least(net, *pair)
    dearer = least(lb.apply(net, [lb.Scale("rates", "kind:freight", "value", 1.5)]), *pair)
    slower = least(lb.apply(net, [lb.Scale("crossings", "*", "hours", 2.0)]), *pair)
    assert dearer[1] >= before[1] * (1 - 1e-9)
    assert slower[0] >= before[0] * (1 - 1e-9)


def undominated(costs: NDArray[np.float64]) -> set[tuple[float, ...]]:
    rounded: list[list[float]] = np.round(costs, 6).tolist()
    rows = {tuple(row) for row in rounded}
    return {
        a for a in rows
        if not any(b != a and all(x <= y for x, y in zip(b, a, strict=True)) for b in rows)
    }  # fmt: skip


@st.composite
def drawn(draw: st.DrawFn) -> tuple[Network, Cargo]:
    """The two ports with further terminals, vessels and prices drawn at random."""
    builder = two_ports_builder().add(*rates_of_doors())
    figure = st.integers(1, 40).map(float)
    for number, (name, lat, lon) in enumerate(
        (("FIXAA", 60.9, 25.5), ("DEXBB", 52.5, 10.2), ("DEXCC", 53.6, 10.8))
    ):
        if draw(st.booleans()):
            country = name[:2]
            builder.add(Terminal(name, name, country, lat, lon), Side(name, "road", lat, lon))
            if number == 2:
                builder.add(Side(name, "sea", lat, lon))
    for number in range(draw(st.integers(0, 3))):
        item = f"class-{number}"
        builder.add(
            Rate(f"s{number}", "speed", "sea", draw(figure) * 20, "km/day", item=item),
            Rate(f"f{number}", "freight", "sea", draw(figure) / 10, "FEU-km", "USD", item=item),
            Factor(
                f"w{number}",
                "energy_fuel",
                "sea",
                draw(figure),
                "g/tkm",
                item=item,
                carrier="Diesel",
            ),
            Service(f"v{number}", "sea", item, draw(figure), generic=True),
        )
    builder.add(Operation("rr", "road", "road", draw(figure), draw(figure)))
    return builder.build(), Cargo(1, 40, float(draw(st.integers(1, 20))))


def graph_of(net: Network, cargo: Cargo) -> Chain:
    terrain = terrain_of(net, ways_for(net, net.case.base_date, Avoid()))
    question = Question(Door(61.5, 23.8), Door(51.3, 9.5), cargo, ALL_MODES, ())
    return build_chain(terrain, question, PARAMS)


@settings(
    max_examples=1000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(world=drawn())
def test_the_front_of_chains_equals_that_of_all_simple_chains(world: tuple[Network, Cargo]) -> None:
    graph = graph_of(*world)
    every = simple_chains(graph)
    found = front(graph, PARAMS, ())
    assert found.complete
    if not every:
        assert len(found.ways) == 0
        return
    costs = np.array([graph.arcs.cost[way].sum(axis=0) for way in every])
    assert undominated(found.cost) == undominated(costs)
    weight = np.array([1.0, 0.5, 0.1])
    one = best(graph, weight, PARAMS, ((), ()))
    assert float((one.cost @ weight).min()) == pytest.approx(float((costs @ weight).min()))


def branches_of(net: Network, cargo: Cargo, doors: tuple[Door, Door]) -> dict[str, float]:
    """The generalised cost of the best chain of each branch; inf without one."""
    terrain = terrain_of(net, ways_for(net, net.case.base_date, Avoid()))
    graph = build_chain(terrain, Question(*doors, cargo, ALL_MODES, ()), PARAMS)
    weight = np.array([25.0 / 24.0, 1.0, 0.0])
    found: dict[str, float] = {}
    for row, name in enumerate(net.branches.id.tolist()):
        way, _ = best_of_branch(graph, row, weight, PARAMS, ())
        found[name] = np.inf if way is None else float(graph.arcs.cost[way].sum(axis=0) @ weight)
    return found


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    number=st.integers(0, 10_000),
    column=st.sampled_from(["hours", "usd"]),
    factor=st.floats(1.1, 20.0),
)
def test_a_worse_border_never_makes_a_branch_better(
    number: int, column: str, factor: float
) -> None:
    """St Petersburg to Mumbai and back, with any one row of the crossings slower or dearer."""
    net = instc()
    table = net.crossings
    row = number % len(table)
    words = f"id:{table.id[row]}"
    worse = lb.apply(net, [lb.Scale("crossings", words, column, factor)])
    here, there = Door(59.93, 30.25), Door(18.95, 72.85)
    for doors in ((here, there), (there, here)):
        before = branches_of(net, Cargo(1, 40, 10.0), doors)
        after = branches_of(worse, Cargo(1, 40, 10.0), doors)
        assert before.keys() == after.keys()
        assert any(cost < np.inf for cost in before.values())
        for name, cost in before.items():
            assert after[name] >= cost * (1 - 1e-9), name


def test_one_thread_and_two_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[str] = []
    for cores, threshold in product((1, 2), (1, 16)):
        monkeypatch.setattr(os, "cpu_count", lambda cores=cores: cores)
        monkeypatch.setattr(ways_reach, "WORTH_THREADS", threshold)
        fresh = lb.load("instc")
        found = lb.route(fresh, lb.Shipment("Moscow", "Tehran", teu=1), params=PARAMS)
        answers.append(json.dumps(to_json(found)))
    assert len(set(answers)) == 1


def test_a_change_and_its_inverse_give_the_same_answer(net: Network) -> None:
    twice = lb.apply(
        net, [lb.Scale("crossings", "*", "hours", 2.0), lb.Scale("crossings", "*", "hours", 0.5)]
    )
    first, second = (
        lb.route(one, lb.Shipment("Moscow", "Tehran", teu=1), params=PARAMS) for one in (net, twice)
    )
    assert twice.hash == net.hash
    assert to_json(first) == to_json(second)


def test_a_later_ready_date_shifts_the_answer_by_whole_weeks(net: Network) -> None:
    """Without timetables that run out, a week later is the same journey a week later."""
    day = dt.date(2025, 6, 2)
    ship = lb.Shipment("Moscow", "Tehran", ready=day, teu=1)
    one = lb.route(net, ship, params=PARAMS)
    two = lb.route(net, replace(ship, ready=day + dt.timedelta(days=7)), params=PARAMS)
    for a, b in zip(one.options, two.options, strict=True):
        assert a.id == b.id
        assert np.allclose(b.trip.start - a.trip.start, 168.0)
        assert np.allclose(a.trip.hours, b.trip.hours)
