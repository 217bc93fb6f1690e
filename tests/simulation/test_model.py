from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.kernels.stations import BINS, bin_of
from landbridge.simulation.arrays import TICKS
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.law import Law
from landbridge.simulation.model import Model, Path, Serve, Servers, every, opening
from landbridge.simulation.result import bin_edges, quantile


@given(st.integers(0, 1 << 36))
def test_a_bin_holds_its_time(ticks: int) -> None:
    edges = np.rint(bin_edges() * TICKS)
    k = bin_of(ticks)
    assert edges[k] <= ticks < edges[k + 1]
    # the middle of a bin is within 1/64 of all in it, or half a second
    assert abs((edges[k] + edges[k + 1]) / 2 - ticks) <= max(ticks / 64, 544)


def test_quantiles_are_middles_of_bins() -> None:
    bins = np.zeros((2, BINS), np.int64)
    bins[0, 0], bins[0, 100] = 6, 4
    edges = bin_edges()
    assert quantile(bins, 0.5)[0] == 0.0
    assert quantile(bins, 0.61)[0] == pytest.approx((edges[100] + edges[101]) / 2)
    assert np.isnan(quantile(bins, 0.5)[1])


def test_opening_hours_from_a_wednesday_with_a_day_shut() -> None:
    # Monday to Friday 8-18; the run starts on Wednesday at 0 (hour 48 of the week), for a week.
    # day 0 Wed, 1 Thu (shut), 2 Fri, 3 Sat, 4 Sun, 5 Mon, 6 Tue
    week = tuple((24.0 * day + 8, 24.0 * day + 18) for day in range(5))
    found = opening(week, 3, 168.0, starts=48.0, shut=frozenset({1}))
    hours = {day: (24.0 * day + 8, 24.0 * day + 18) for day in (0, 2, 5, 6)}
    expected = [(0.0, 0)]
    for begin, end in hours.values():
        expected += [(begin, 3), (end, 0)]
    assert list(found) == expected


def test_opening_at_all_hours_but_a_shut_day() -> None:
    found = opening(((0.0, 168.0),), 2, 400.0, shut=frozenset({2, 3}))
    assert found == ((0.0, 2), (48.0, 0), (96.0, 2))


def test_a_headway() -> None:
    assert every(8.0, 2.0, 24.0) == (2.0, 10.0, 18.0)
    assert every(8.0, 2.0, 18.0) == (2.0, 10.0)
    assert every(8.0, 30.0, 24.0) == ()


@pytest.mark.parametrize(
    "law",
    [
        Law.fixed(2.0),
        Law.uniform(1.0, 2.0),
        Law.erlang(2.0, 3),
        Law.lognormal(0.5, 1.0, 4.0),
        Law.table((0.0, 1.0, 1.0, 5.0)).shifted(0.5),
    ],
)
def test_the_mean_of_a_law_is_that_of_its_draws(law: Law) -> None:
    path = Path("p", (Serve("s", law),), times=(0.0,) * 4000)
    result = Run(Prepared(Model((Servers("s", None),), (path,), 1000.0, period=1000.0)), 1).finish()
    # four standard errors of the widest of them (sigma about 2.6 h)
    assert result.path.door_h.sum() / 4000 == pytest.approx(law.mean(), abs=0.17)


def test_a_box_takes_less_than_two_hundred_bytes() -> None:
    # 20,000 boxes under way at once; rows double when they run out
    path = Path("p", (Serve("s", Law.fixed(50.0)),), times=(0.0,) * 20_000)
    run = Run(Prepared(Model((Servers("s", None),), (path,), 100.0)), 1)
    run.advance(10.0)
    assert run.result().live == 20_000
    rows = len(run.agenda.row)
    assert run.bytes_held() / rows <= 100
    assert run.bytes_held() / 20_000 <= 200


def test_a_run_goes_on_from_where_it_was_read() -> None:
    path = Path("p", (Serve("s", Law.exponential(1.0)),), rates=((0.0, 0.9),))
    prepared = Prepared(Model((Servers("s", 1),), (path,), 200.0))
    run = Run(prepared, 1)
    assert run.advance(50.0)
    half = run.result()
    assert half.period_h.sum() == 50.0
    assert half.station.busy_area.sum() <= 50.0
    whole = run.finish()
    again = Run(prepared, 1).finish()
    assert whole.station.queue_area.tobytes() == again.station.queue_area.tobytes()
    with pytest.raises(KeyboardInterrupt):
        Run(prepared, 1).finish(lambda share: share < 0.5, events=10)
