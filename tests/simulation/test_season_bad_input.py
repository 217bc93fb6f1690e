"""What can never move is told before the run, with the place that is at fault."""

from __future__ import annotations

import pytest
from test_season import START, boxes, ferry

from landbridge.errors import DataError, LandbridgeError, QuestionError
from landbridge.network.rows import Capacity
from landbridge.simulation.season import SimulateParams, simulate


def refusal(*rows: Capacity) -> str:
    with pytest.raises(LandbridgeError) as caught:
        simulate(ferry(boxes(700.0), *rows), start=START, days=20, params=SimulateParams(1))
    assert isinstance(caught.value, DataError | QuestionError)
    return str(caught.value)


def test_a_service_without_capacity_is_named() -> None:
    told = refusal(Capacity("load", "service", "weekly", "load", "TEU", 0.0, 0.0, 9.0))
    assert "weekly" in told
    assert "can never leave" in told


def test_a_fleet_of_nothing_is_named() -> None:
    told = refusal(
        Capacity("load", "service", "weekly", "load", "TEU", 0.0, 100.0, 900.0),
        Capacity("fleet", "service", "weekly", "fleet", "sets", 0.0, 0.0, 9.0),
    )
    assert "weekly" in told
    assert "fleet 0" in told


def test_a_rate_of_nothing_is_named_with_the_way_out() -> None:
    told = refusal(Capacity("rate", "terminal", "FIKTK", "rate", "TEU/day", 0.0, 0.0, 9.0))
    assert "FIKTK" in told
    assert "close it" in told
