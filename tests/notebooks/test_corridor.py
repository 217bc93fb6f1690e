"""The notebook runs from top to bottom and tells what the verbs tell."""

from __future__ import annotations

import importlib.util
from collections.abc import Generator
from pathlib import Path

import pytest
import pytest_socket

from landbridge.routing.route import RouteResult
from landbridge.scenario.breakeven import BreakEvenResult
from landbridge.scenario.claims import ClaimsResult
from landbridge.scenario.compare import Comparison
from landbridge.scenario.explain import Explanation
from landbridge.scenario.winner_map import WinnerMap

FILE = Path(__file__).parents[2] / "notebooks" / "corridor.py"


@pytest.fixture
def pipes() -> Generator[None]:
    """An event loop makes a pair of sockets of the system; none reaches the net."""
    pytest_socket.enable_socket()
    yield
    pytest_socket.disable_socket()


@pytest.mark.usefixtures("pipes")
def test_the_notebook_tells_the_whole_story() -> None:
    spec = importlib.util.spec_from_file_location("corridor", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outputs, defined = module.app.run()
    found = defined["found"]
    assert isinstance(found, RouteResult)
    assert {"instc-east", "suez"} <= {one.branch for one in found.options}
    reasons = defined["reasons"]
    assert isinstance(reasons, Explanation)
    assert (reasons.option, reasons.against) == (defined["east"], defined["suez"])
    assert isinstance(defined["compared"], Comparison)
    assert len(defined["compared"].scenarios) == 3
    assert isinstance(defined["tie"], BreakEvenResult)
    assert isinstance(defined["winners"], WinnerMap)
    assert isinstance(defined["checked"], ClaimsResult)
    pictures = [one for one in outputs if "<svg" in getattr(one, "text", "")]
    assert len(pictures) == 2
