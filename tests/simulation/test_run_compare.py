"""Two runs side by side: against scipy's paired interval, and against sums in the head."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from scipy.stats import ttest_ind, ttest_rel
from test_season import START, boxes, ferry

import landbridge as lb
from landbridge.cli.main import main
from landbridge.errors import QuestionError
from landbridge.network.rows import Capacity
from landbridge.simulation.run_compare import Difference
from landbridge.simulation.run_open import OpenedRun
from landbridge.simulation.season import SimulateParams, simulate

DAYS = 40
COUNT = 6


@cache
def run(rate: float, seed: int = 1, days: int = DAYS, count: int = COUNT) -> OpenedRun:
    """7,300 TEU a year are ten lots of 2 TEU a day; the gate of Kotka lets ``rate`` TEU through."""
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 1.0, rate, 99.0)
    folder = Path(mkdtemp()) / "run"
    params = SimulateParams(count, warm_up_days=10)
    simulate(ferry(boxes(7300.0), gate), start=START, days=days, seed=seed, params=params,
             out=folder)  # fmt: skip
    return lb.open_run(folder)


def waits(one: OpenedRun) -> list[float]:
    k = next(k for k, at in enumerate(one.facts.stations) if "Kotka" in at.name)
    return [float(rep.waited_h[k] / rep.started[k]) for rep in one.replications]


def at_kotka(a: OpenedRun, b: OpenedRun) -> Difference:
    return next(one for one in lb.compare_runs(a, b).waits if "Kotka" in one.name)


def test_paired_half_widths_are_those_of_scipy() -> None:
    a, b = run(22.0), run(24.0)
    found = at_kotka(a, b)
    low, high = ttest_rel(waits(b), waits(a)).confidence_interval(0.95)
    assert found.a == pytest.approx(np.mean(waits(a)))
    assert found.change.mean == pytest.approx((low + high) / 2)
    assert found.change.half == pytest.approx((high - low) / 2, rel=2e-3)
    assert found.change.mean < 0
    assert not found.noise


def test_common_draws_tell_what_other_draws_do_not() -> None:
    a, same, other = run(22.0), run(24.0), run(24.0, seed=2)
    paired, apart = at_kotka(a, same), at_kotka(a, other)
    assert lb.compare_runs(a, same).pairs == COUNT
    assert lb.compare_runs(a, other).pairs == 0
    assert paired.change.half < apart.change.half
    welch = ttest_ind(waits(other), waits(a), equal_var=False).confidence_interval(0.95)
    assert apart.change.half >= (welch.high - welch.low) / 2 * 0.999


def test_what_a_gate_lets_through_is_the_difference_of_rates() -> None:
    # both gates are too small for 20 TEU a day: 5 and 6 lots a day of 20 t, for 40 days: 800 t
    # more, give or take the sailing that a lot catches (one week: seven lots)
    found = lb.compare_runs(run(10.0), run(12.0))
    tonnes = found.totals[0]
    assert tonnes.unit == "t"
    assert tonnes.change.mean == pytest.approx(800.0, abs=140.0)
    assert not tonnes.noise
    (branch,) = found.branches
    assert branch.change == tonnes.change
    # cost and CO2e are those of a lot times the lots
    lots = tonnes.change.mean / 20.0
    (way,) = run(10.0).facts.ways
    assert found.totals[1].change.mean == pytest.approx(lots * way.usd)
    assert found.totals[2].change.mean == pytest.approx(lots * way.wtw_kg / 1000)
    assert [one.name for one in found.differs] == ["network"]


def test_a_run_and_itself_do_not_differ() -> None:
    found = lb.compare_runs(run(22.0), run(22.0))
    for one in (found.door_h, *found.totals, *found.waits, *found.doors, *found.branches):
        assert one.change.mean == 0
        assert one.noise
    assert found.differs == ()
    assert "Both were asked the same" in str(found)
    assert " noise" not in str(found).replace("their noise", "")


def test_one_pair_tells_nothing_of_noise() -> None:
    found = lb.compare_runs(run(10.0, count=1), run(12.0))
    assert found.pairs == 1
    assert found.totals[0].noise
    assert "simulate more --replications" in str(found)


def test_what_only_one_run_has_has_no_difference() -> None:
    folder = Path(mkdtemp()) / "run"
    params = SimulateParams(COUNT, warm_up_days=10)
    simulate(ferry(boxes(7300.0)), start=START, days=DAYS, params=params, out=folder)
    found = at_kotka(run(10.0), lb.open_run(folder))
    assert np.isnan(found.b)
    assert np.isnan(found.change.mean)
    assert found.noise


def test_seasons_of_other_length_are_refused() -> None:
    with pytest.raises(QuestionError, match=r"has 40 days and .* has 20"):
        lb.compare_runs(run(10.0), run(10.0, days=20))


def test_the_command_tells_runs_from_places(capsys: pytest.CaptureFixture[str]) -> None:
    a, b = str(run(10.0).folder), str(run(12.0).folder)
    assert main(["compare", a, b]) == 0
    shown = capsys.readouterr().out
    found = lb.compare_runs(run(10.0), run(12.0))
    assert shown == f"{found}\n"
    body = [line for line in shown.splitlines() if not line.strip().startswith(("A: ", "B: "))]
    assert max(map(len, body)) <= 80
    assert main(["compare", a, b, "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == found.json()
    assert main(["compare", a, "Mumbai"]) == 2
    assert "'Mumbai' is none" in capsys.readouterr().err
    assert main(["compare", a, b, "--samples", "9"]) == 2
    assert "leave out --samples" in capsys.readouterr().err
