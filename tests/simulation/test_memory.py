"""The estimate of memory against what a run holds, and what is refused."""

from __future__ import annotations

import pytest
from test_season import START, boxes, ferry

from landbridge.errors import QuestionError
from landbridge.network.rows import Capacity
from landbridge.simulation import memory
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.memory import check_memory, machine_bytes, need_of
from landbridge.simulation.replication import arrays_of
from landbridge.simulation.season import SimulateParams, prepare


def test_the_estimate_holds_what_a_jammed_run_holds_and_not_much_more() -> None:
    # a gate that lets one lot in forty through: nearly all that set out stand before it
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 1.0, 10.0, 99.0)
    net = ferry(boxes(146_000.0), gate)  # 200 lots a day
    season = prepare(net, start=START, days=90, params=SimulateParams(1, warm_up_days=10))
    run = Run(Prepared(season.world.model(1, 0, season.span, season.shares)), 1)
    run.finish()
    stations, ways = len(season.world.places), len(season.world.ways)
    need = need_of(200.0 * 100, stations, ways, 100, workers=1, kept=1)
    assert run.bytes_held() <= need.lot_bytes <= 3.5 * run.bytes_held()
    counters = sum(array.nbytes for array in run.tally)
    assert counters <= need.count_bytes <= 3 * counters
    one = season.replicate(0)
    kept = sum(array.nbytes for array in arrays_of(one).values())
    assert kept <= need.kept_bytes <= 3 * kept


def test_workers_count_as_many_as_can_work() -> None:
    four = need_of(1e6, 50, 20, 100, workers=4, kept=16)
    assert four.workers == 4
    assert need_of(1e6, 50, 20, 100, workers=4, kept=2).workers == 2
    one = need_of(1e6, 50, 20, 100, workers=1, kept=16)
    assert four.total - four.kept_bytes == pytest.approx(4 * (one.total - one.kept_bytes))


def test_more_than_the_machine_has_is_refused_with_the_figures(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    need = need_of(5e7, 50, 20, 100, workers=8, kept=8)
    # 2^26 rows of 92 bytes and half again while they are moved: 9.3 GB a worker
    with pytest.raises(QuestionError, match=r"may need 74\.\d GB and the machine has 24\.0"):
        check_memory(need, 24e9)
    check_memory(need, 80e9)
    monkeypatch.setattr(memory, "machine_bytes", lambda: 1e4)
    with pytest.raises(QuestionError, match="Fewer --workers"):
        prepare(ferry(boxes(7300.0)), start=START, days=20)
    monkeypatch.setattr(memory, "machine_bytes", lambda: None)
    prepare(ferry(boxes(7300.0)), start=START, days=5, params=SimulateParams(1, warm_up_days=0))


def test_this_machine_has_some_memory() -> None:
    found = machine_bytes()
    assert found is None or found > 1e8
