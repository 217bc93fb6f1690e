"""landbridge: an open engine for international freight corridors.

What stands here is public; everything is imported when it is first used, so that
``import landbridge`` stays fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from landbridge.errors import (
        DataError,
        InputError,
        InternalError,
        LandbridgeError,
        NoAnswer,
        PlaceError,
        QuestionError,
    )
    from landbridge.network.add import Add, Delay
    from landbridge.network.builder import NetworkBuilder
    from landbridge.network.change import Change, Close, Open, Scale, Set, apply, describe
    from landbridge.network.load import load
    from landbridge.network.network import Case, Network
    from landbridge.places.find import search as places
    from landbridge.places.place import Place
    from landbridge.routing.board import departures
    from landbridge.routing.distance import distance
    from landbridge.routing.hierarchy import Hierarchy
    from landbridge.routing.matrix import MatrixParams, matrix
    from landbridge.routing.query import RouteParams, Shipment
    from landbridge.routing.reach import Budget, ReachParams, reach
    from landbridge.routing.route import Limits, route
    from landbridge.routing.timetable import Timetable
    from landbridge.scenario.breakeven import BreakEvenParams, breakeven
    from landbridge.scenario.claims import check_claims
    from landbridge.scenario.compare import compare
    from landbridge.scenario.explain import explain
    from landbridge.scenario.scenario import During, Scenario
    from landbridge.scenario.shelf import list_scenarios, load_scenario
    from landbridge.simulation.demand import read_demand
    from landbridge.simulation.find_capacity import find_capacity
    from landbridge.simulation.run_compare import compare_runs
    from landbridge.simulation.run_open import open_run
    from landbridge.simulation.season import SimulateParams, simulate
    from landbridge.simulation.shut import Shut
    from landbridge.simulation.when_shut import WhenShut

__all__ = [
    "Add",
    "BreakEvenParams",
    "Budget",
    "Case",
    "Change",
    "Close",
    "DataError",
    "Delay",
    "During",
    "Hierarchy",
    "InputError",
    "InternalError",
    "LandbridgeError",
    "Limits",
    "MatrixParams",
    "Network",
    "NetworkBuilder",
    "NoAnswer",
    "Open",
    "Place",
    "PlaceError",
    "QuestionError",
    "ReachParams",
    "RouteParams",
    "Scale",
    "Scenario",
    "Set",
    "Shipment",
    "Shut",
    "SimulateParams",
    "Timetable",
    "WhenShut",
    "apply",
    "breakeven",
    "check_claims",
    "compare",
    "compare_runs",
    "departures",
    "describe",
    "distance",
    "explain",
    "find_capacity",
    "list_scenarios",
    "load",
    "load_scenario",
    "matrix",
    "open_run",
    "places",
    "reach",
    "read_demand",
    "route",
    "simulate",
]

_HOME = {
    **dict.fromkeys(
        (
            "DataError",
            "InputError",
            "InternalError",
            "LandbridgeError",
            "NoAnswer",
            "PlaceError",
            "QuestionError",
        ),
        "errors",
    ),
    **dict.fromkeys(
        ("Change", "Close", "Open", "Scale", "Set", "apply", "describe"), "network.change"
    ),
    **dict.fromkeys(("Add", "Delay"), "network.add"),
    **dict.fromkeys(("Case", "Network"), "network.network"),
    "NetworkBuilder": "network.builder",
    "Place": "places.place",
    **dict.fromkeys(("RouteParams", "Shipment"), "routing.query"),
    "Hierarchy": "routing.hierarchy",
    **dict.fromkeys(("MatrixParams", "matrix"), "routing.matrix"),
    "departures": "routing.board",
    "distance": "routing.distance",
    **dict.fromkeys(("Budget", "ReachParams", "reach"), "routing.reach"),
    "load": "network.load",
    **dict.fromkeys(("Limits", "route"), "routing.route"),
    "Timetable": "routing.timetable",
    **dict.fromkeys(("BreakEvenParams", "breakeven"), "scenario.breakeven"),
    "check_claims": "scenario.claims",
    "compare": "scenario.compare",
    "explain": "scenario.explain",
    **dict.fromkeys(("During", "Scenario"), "scenario.scenario"),
    "compare_runs": "simulation.run_compare",
    "open_run": "simulation.run_open",
    "find_capacity": "simulation.find_capacity",
    "read_demand": "simulation.demand",
    **dict.fromkeys(("SimulateParams", "simulate"), "simulation.season"),
    "Shut": "simulation.shut",
    "WhenShut": "simulation.when_shut",
    **dict.fromkeys(("list_scenarios", "load_scenario"), "scenario.shelf"),
}


def __getattr__(name: str) -> object:
    if name == "places":
        # the package of that name: called as a function it is ``places.search``
        return import_module("landbridge.places")
    if name not in _HOME:
        raise AttributeError(f"module 'landbridge' has no attribute {name!r}")
    found: object = getattr(import_module(f"landbridge.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
