"""What binds: a tenth more where the queue is, against sums in the head."""

from __future__ import annotations

import numpy as np
import pytest
from test_season import START, boxes, ferry

from landbridge.network.rows import Capacity
from landbridge.simulation.bottlenecks import Gain, bottlenecks
from landbridge.simulation.facts import facts_of
from landbridge.simulation.report import report_of
from landbridge.simulation.season import SimulateParams, prepare, run_all

DAYS = 100


def gains(*rows: Capacity, teu: float, most: int = 5) -> dict[str, Gain]:
    net = ferry(boxes(teu), *rows)
    season = prepare(net, start=START, days=DAYS, params=SimulateParams(4, warm_up_days=20))
    runs = list(run_all(season))
    found = bottlenecks(season, report_of(facts_of(net, season), runs), runs, most)
    return {f"{one.place}: {one.change}": one for one in found}


def test_a_tenth_more_of_an_overloaded_gate_lets_a_tenth_more_through() -> None:
    # 20 TEU a day come, the gate takes 10: five FEU, so 50 lots of 18 t more in 100 days (as they
    # reach the ship, which sails once a week)
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 10.0, 20.0)
    found = gains(gate, teu=7300.0)
    own = next(one for name, one in found.items() if "Kotka" in name and "rate" in name)
    assert own.hours.mean > own.hours.half
    lots = own.tonnes.mean / 20.0
    assert lots == pytest.approx(50.0, abs=10.0)


def test_more_of_what_does_not_bind_is_worth_nothing() -> None:
    # a gate of ten times the need: a tenth more saves minutes at most, and no box misses more ships
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 50.0, 200.0, 400.0)
    found = gains(gate, teu=3650.0)
    own = next(one for name, one in found.items() if "rate" in name)
    assert abs(own.hours.mean) < 0.5
    assert own.tonnes.mean == pytest.approx(0.0, abs=20.0)


def test_one_more_vessel_where_one_cannot_be_at_both_ends() -> None:
    rows = (
        Capacity("weekly-load", "service", "weekly", "load", "TEU", 50.0, 1000.0, 2000.0),
        Capacity("weekly-fleet", "service", "weekly", "fleet", "sets", 1.0, 1.0, 1.0),
        Capacity("weekly-turn", "service", "weekly", "turn", "h", 0.0, 128.0, 200.0),
    )
    found = gains(*rows, teu=700.0)
    ship = next(one for name, one in found.items() if "one more set" in name)
    load = next(one for name, one in found.items() if "load" in name)
    # a sailing each fortnight, then each week: the mean wait of 168 h becomes 84 h
    assert ship.hours.mean == pytest.approx(84.0, abs=15.0)
    assert load.hours.mean == pytest.approx(0.0, abs=1e-6)
    assert next(iter(found)) == next(name for name in found if "one more set" in name)


def test_the_same_places_and_gains_each_time() -> None:
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 10.0, 20.0)
    a, b = gains(gate, teu=7300.0, most=1), gains(gate, teu=7300.0, most=1)
    assert len(a) == 1
    assert a == b
    assert np.isfinite(next(iter(a.values())).hours.half)
