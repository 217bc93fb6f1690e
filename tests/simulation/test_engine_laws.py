"""What holds in every world."""

from __future__ import annotations

import os
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds_drawn import models

from landbridge.errors import InternalError
from landbridge.kernels.stations import (
    BUSY,
    LOG_BORN,
    LOG_COLUMNS,
    LOG_DONE,
    LOG_END,
    LOG_LOST,
    LOG_START,
)
from landbridge.simulation.arrays import TICKS
from landbridge.simulation.engine import Prepared, Run, replicate
from landbridge.simulation.entries import entries
from landbridge.simulation.law import Law
from landbridge.simulation.model import Model, Path, Serve, Servers
from landbridge.simulation.result import Result

PLAIN = bool(os.environ.get("NUMBA_DISABLE_JIT"))


def same(a: Result, b: Result) -> None:
    """Byte by byte."""
    for one, two in ((a, b), (a.station, b.station), (a.path, b.path)):
        for field in fields(one):
            x, y = getattr(one, field.name), getattr(two, field.name)
            if isinstance(x, np.ndarray):
                assert x.tobytes() == y.tobytes(), field.name
            elif not hasattr(x, "born") and not hasattr(x, "wanted"):
                assert x == y, field.name


@settings(max_examples=4 if PLAIN else 100)
@given(models(), st.integers(0, 3))
def test_every_box_set_and_unit_is_somewhere_after_each_event(model: Model, seed: int) -> None:
    run = Run(Prepared(model), seed)
    while not run.advance(events=1):
        run.audit()
    run.audit()
    result = run.result()
    path = result.path
    assert path.born.sum() == path.done.sum() + path.lost.sum() + result.live
    # who came for a station has started, was lost there, or stands there still
    station = result.station
    came = station.wanted.sum(axis=1) - station.lost.sum(axis=1)
    assert np.array_equal(came, station.started.sum(axis=1) + result.standing)


def test_an_audit_sees_a_lost_box() -> None:
    path = Path("p", (Serve("gate", Law.fixed(5.0)),), times=(0,))
    run = Run(Prepared(Model((Servers("gate", 1),), (path,), 10.0)), 1)
    run.advance(1.0)
    run.audit()
    run.stage.place[0, BUSY] -= 1
    with pytest.raises(InternalError, match=r"conservation is broken at 1\.000 h"):
        run.audit()


def test_rows_of_another_width_are_refused() -> None:
    path = Path("p", (Serve("gate", Law.fixed(5.0)),), times=(0,))
    run = Run(Prepared(Model((Servers("gate", 1),), (path,), 10.0)), 1)
    run.stage = run.stage._replace(place=run.stage.place[:, :-1].copy())
    with pytest.raises(InternalError, match="not as wide as its columns"):
        run.advance()


@settings(max_examples=4 if PLAIN else 40)
@given(models(), st.integers(1, 50))
def test_slices_the_log_and_the_calendar_change_no_result(model: Model, slices: int) -> None:
    prepared = Prepared(model)
    whole = Run(prepared, 7).finish()
    parts = [np.zeros((0, LOG_COLUMNS), np.int64)]
    run = Run(prepared, 7, log=lambda log: parts.append(log.copy()), log_rows=130)
    run._rebuild(512, 14)  # pyright: ignore[reportPrivateUsage]
    while not run.advance(events=slices):
        assert 0.0 <= run.share <= 1.0
    same(whole, run.result())
    log = entries(np.concatenate(parts))
    what = log.what
    assert (what == LOG_BORN).sum() == whole.path.born.sum()
    assert (what == LOG_DONE).sum() == whole.path.done.sum()
    assert (what == LOG_LOST).sum() == whole.path.lost.sum()
    assert (what == LOG_START).sum() == whole.station.started.sum()
    assert (what == LOG_END).sum() == whole.station.left.sum()
    assert (np.diff(log.time) >= 0).all()
    waited = (log.time - log.since)[what == LOG_START].sum() / TICKS
    assert waited == pytest.approx(whole.station.waited_h.sum())


@settings(max_examples=2 if PLAIN else 10)
@given(models())
def test_the_number_of_threads_changes_no_result(model: Model) -> None:
    prepared = Prepared(model)
    alone = replicate(prepared, 3, range(4))
    for workers in (2, 8):
        for a, b in zip(alone, replicate(prepared, 3, range(4), workers), strict=True):
            same(a, b)
    assert alone[0].seed == 3


@settings(max_examples=4 if PLAIN else 40)
@given(
    st.lists(st.integers(1, 3), min_size=1, max_size=3),
    st.integers(0, 2),
    st.floats(0.2, 3.0),
    st.integers(0, 5),
)
def test_one_more_server_never_lengthens_the_way(
    servers: list[int], more: int, rate: float, seed: int
) -> None:
    # first come first served with the same draws: at one station every box starts no later
    # (Kiefer and Wolfowitz 1955), and in a line too while nobody overtakes, as with fixed times.
    # Else it may fail, and does: one more server at the first of stations with 2, 1, 1 lets boxes
    # overtake, and a long service that comes ahead of many costs more than it gains. Losses,
    # crossing paths and pools are exceptions alike.
    law = Law.exponential(1.0) if len(servers) == 1 else Law.fixed(1.0)
    steps = tuple(Serve(f"s{k}", law) for k in range(len(servers)))
    path = Path("p", steps, rates=((0.0, rate), (40.0, 0.0)))

    def doors(counts: list[int]) -> tuple[int, float]:
        stations = tuple(Servers(f"s{k}", n) for k, n in enumerate(counts))
        result = Run(Prepared(Model(stations, (path,), 400.0, mark=0.0)), seed).finish()
        return int(result.path.done.sum()), float(result.path.door_h.sum())

    wider = [n + (k == more % len(servers)) for k, n in enumerate(servers)]
    (done, hours), (more_done, more_hours) = doors(servers), doors(wider)
    assert more_done == done
    assert more_hours <= hours + 1e-9


def test_draws_hang_on_the_path_and_not_on_the_rest_of_the_world() -> None:
    law = Law.exponential(1.0)
    one = Path("one", (Serve("s", law),), rates=((0.0, 1.0),))
    two = Path("two", (Serve("t", law),), rates=((0.0, 2.0),))
    stations = (Servers("s", 1), Servers("t", 1))
    alone = Run(Prepared(Model(stations, (one,), 100.0)), 5).finish()
    both = Run(Prepared(Model(stations, (two, one), 100.0)), 5).finish()
    assert np.array_equal(alone.path.door_h[0], both.path.door_h[1])
    other = Run(Prepared(Model(stations, (one,), 100.0)), 5, replication=1).finish()
    assert not np.array_equal(alone.path.door_h[0], other.path.door_h[0])
    # twice the rate: the same draws at half the distances
    twice = replace(one, rates=((0.0, 2.0),))
    fast = Run(Prepared(Model(stations, (twice,), 50.0)), 5).finish()
    assert fast.path.born.sum() == alone.path.born.sum()
