"""Single tracks that both directions share, shares of a rate, and rows of capacities refused."""

from __future__ import annotations

import datetime as dt

import pytest

from landbridge.errors import DataError
from landbridge.network.add import Add
from landbridge.network.change import Value, apply
from landbridge.network.rows import Capacity
from landbridge.simulation.capacity import Capacities
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.facts import facts_of
from landbridge.simulation.report import Report, report_of
from landbridge.simulation.season import SimulateParams, prepare, run_all
from worlds import gauge_break, rates_of_doors, two_ports_builder

START = dt.date(2025, 6, 2)


def lorries_over(*tables: tuple[str, dict[str, Value]]) -> Report:
    """Almaty - Xi'an by lorry: 310 km, a border of 10 or 15 h, 610 km."""
    common: dict[str, Value] = {
        "year": 2025,
        "source": "drawn",
        "confidence": "high",
        "estimated": False,
    }
    changes = [Add(name, {**common, **row}) for name, row in (*DOORS, *tables)]
    net = apply(gauge_break(), changes)
    season = prepare(net, start=START, days=100, params=SimulateParams(3, warm_up_days=20))
    found = report_of(facts_of(net, season), list(run_all(season)))
    for number in range(2):
        run = Run(Prepared(season.world.model(season.seed, number, season.span, season.shares)), 1)
        while not run.advance(events=500):
            run.audit()
    return found


def flow(name: str, origin: str, to: str, value: float) -> tuple[str, dict[str, Value]]:
    return "demand", {
        "id": name, "origin": origin, "destination": to, "value": value, "low": value,
        "high": value, "unit": "TEU/year", "lot": 2.0, "cargo": "container", "direction": name,
        "modes": "road", "growth": 0.0,
    }  # fmt: skip


DOORS: tuple[tuple[str, dict[str, Value]], ...] = tuple(
    (
        "rates",
        {
            "id": one.id, "kind": one.kind, "mode": one.mode, "item": one.item,
            "country": one.country, "to_country": one.to_country, "equipment": one.equipment,
            "currency": one.currency, "unit": one.unit, "distribution": one.distribution,
            "low": one.value, "value": one.value, "high": one.value,
        },
    )
    for one in rates_of_doors()
)  # fmt: skip
"""Lorries at 25 km/h, as rows to be added."""


def track(rate: float) -> tuple[str, dict[str, Value]]:
    return "capacities", {
        "id": "track", "of": "line", "element": "KZ-CN-road;CN-KZ-road", "quantity": "rate",
        "unit": "TEU/day", "low": rate, "value": rate, "high": rate,
    }  # fmt: skip


def test_both_directions_of_a_line_share_its_rate() -> None:
    # 8 TEU a day each way, a line of 10: one direction alone gets through, both together do not,
    # and of 1,600 TEU in 100 days 1,000 pass, in order of arrival from both sides alike
    south = flow("south", "Almaty", "Xi'an", 2920.0)
    north = flow("north", "Xi'an", "Almaty", 2920.0)
    alone = lorries_over(south, track(10.0))
    (wait,) = [one for one in alone.waits if one.place == "track"]
    assert not wait.grows
    # utilisation 0.8 of a server with fixed hours: E[W] = rho s / 2 (1 - rho) = 2 x 4.8 h
    assert wait.mean_h.mean == pytest.approx(9.6, rel=0.35)
    both = lorries_over(south, north, track(10.0))
    (wait,) = [one for one in both.waits if one.place == "track"]
    assert wait.grows
    assert wait.lots == pytest.approx(500.0, abs=1.0)
    assert wait.used == pytest.approx(1.0)
    passed = [one.teu for one in both.through]
    assert passed == pytest.approx([500.0, 500.0], rel=0.12)


def test_a_line_takes_no_more_time_than_the_dwell_when_nobody_is_there() -> None:
    # 310 and 610 km at 25 km/h and the border's 10 h: 46.8 h, with a line or without
    few = flow("south", "Almaty", "Xi'an", 60.0)
    for rows in ((few,), (few, track(20.0))):
        assert lorries_over(*rows).doors[0].mean_h.mean == pytest.approx(46.8, abs=0.2)


def test_a_share_is_what_is_left_of_a_rate() -> None:
    rows = (
        Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 40.0, 50.0),
        Capacity("kotka-share", "terminal", "FIKTK", "share", "ratio", 0.1, 0.25, 0.5),
    )
    net = two_ports_builder().add(*rates_of_doors(), *rows).build()
    found = Capacities(net).of("terminal", "FIKTK", "rate")
    assert found is not None
    assert found.value == pytest.approx(10.0)


@pytest.mark.parametrize(
    ("row", "match"),
    [
        (Capacity("x", "terminal", "FIKTX", "rate", "t/day", 1.0, 1.0, 1.0), "FIKTK"),
        (Capacity("x", "terminal", "FIKTK", "rate", "sets", 1.0, 1.0, 1.0), "unit of its quantity"),
        (
            Capacity("x", "terminal", "FIKTK", "rate", "t/day", 2.0, 1.0, 3.0),
            "between low and high",
        ),
        (Capacity("x", "terminal", "FIKTK", "share", "ratio", 0.0, 1.5, 2.0), "1 at most"),
        (Capacity("x", "line", "RU-XX", "rate", "t/day", 1.0, 1.0, 1.0), "must be the id"),
    ],
)
def test_a_row_that_means_nothing_is_refused(row: Capacity, match: str) -> None:
    with pytest.raises(DataError, match=match):
        two_ports_builder().add(*rates_of_doors(), row).build()
