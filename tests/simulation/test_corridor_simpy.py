"""Whole models, of every kind of station, against the same models as processes in SimPy.

The program in SimPy has no closures; what they bring is tested in ``test_passages.py`` and by the
laws of the engine.
"""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path as File
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds_drawn import models, without_closures

from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.model import Model

PLAIN = bool(os.environ.get("NUMBA_DISABLE_JIT"))
BENCH = File(__file__).parents[2] / "bench"
Row = tuple[int, int, int, int]


@pytest.fixture(scope="module")
def simpy_corridor() -> ModuleType:
    """The program that the bench times."""
    sys.path.insert(0, str(BENCH))
    try:
        return importlib.import_module("corridor_simpy")
    finally:
        sys.path.remove(str(BENCH))


def ours(simpy_corridor: ModuleType, model: Model, seed: int) -> list[Row]:
    rows: list[Row] = []
    prepared = Prepared(model)

    def keep(log: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> None:
        placed = simpy_corridor.with_places(log, prepared.arrays.world)
        rows.extend((int(t), int(b), int(w), int(s)) for t, b, w, s in placed.tolist())

    Run(prepared, seed, log=keep).finish()
    return rows


@settings(max_examples=4 if PLAIN else 100)
@given(models().map(without_closures), st.integers(0, 3))
def test_any_model_gives_the_same_events_as_in_simpy(
    simpy_corridor: ModuleType, model: Model, seed: int
) -> None:
    expected: list[Row] = []
    draws = simpy_corridor.Draws(model, seed)
    simpy_corridor.Corridor(model, draws, expected.append).run()
    # at one instant the order in which boxes are written down may differ
    assert sorted(ours(simpy_corridor, model, seed)) == sorted(expected)
