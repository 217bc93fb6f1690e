"""Claims of turnover: verdicts by a capacity that is made up, and by one that is simulated."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import replace
from typing import cast

import pytest

from landbridge.cli.main import main
from landbridge.errors import QuestionError
from landbridge.network.rows import Capacity, Flow
from landbridge.scenario.claims import check_claims
from landbridge.scenario.claims_capacity import against_capacity
from landbridge.scenario.claims_facts import FAILS, HOLDS, ONLY_IF, OPEN
from landbridge.scenario.claims_table import Claim
from landbridge.simulation.find_capacity import (
    BranchLimit,
    CapacityResult,
    Limit,
    Need,
    find_capacity,
)
from landbridge.simulation.report import Estimate
from landbridge.simulation.season import Season, SimulateParams
from worlds import rates_of_doors, two_ports_builder

NONE = Estimate(0.0, 0.0)


def claim(check: str, *, factor: float = math.nan, limit: float = math.nan,
          first: tuple[str, ...] = ("west",)) -> Claim:  # fmt: skip
    return Claim("X1", "made up", 2025, "here", "", "r", check, first, "", "", factor, limit, "",
                 "", "")  # fmt: skip


def need(place: str, holds: float, times: float) -> Need:
    return Need(place, "gate", "terminal:X", Limit(holds, holds * 1.022), Limit(times, times),
                "", NONE, None)  # fmt: skip


def made_up(*, reached: bool = True) -> CapacityResult:
    """A corridor that takes 0.9 times its demand: 2 Mt by the west, and 5 by an endless east."""
    gate, port = need("the gate", 0.9, 2.2), need("the port", 1.4, 1.43)
    branches = (
        BranchLimit("west", 2e6, 2e9, Limit(0.9, 0.92), "the gate", NONE),
        BranchLimit("east", 5e6, 5e9, None, "", NONE),
    )
    return CapacityResult(cast("Season", None), gate, branches, 2.0, (gate, port), reached, 4, 20)


def test_what_gets_through_is_the_limit_of_the_first_place() -> None:
    holds = against_capacity(claim("turnover", factor=0.9), made_up())
    assert holds.verdict == HOLDS
    assert holds.reason == "the gate gives way first"
    fails = against_capacity(claim("turnover", factor=2.0), made_up())
    assert fails.verdict == FAILS
    assert fails.reason == (
        "at 0.92 times the gate gives way; 2 times get through once the gate does 2.20 times as"
        " much, the port does 1.43 times as much"
    )
    never = against_capacity(claim("turnover", factor=2.0), made_up(reached=False))
    assert never.reason == "at 0.92 times the gate gives way"


def test_a_branch_takes_its_demand_up_to_its_own_limit() -> None:
    # 2 Mt times 0.9 to 0.92: 1.8 Mt hold and 1.84 do not
    for limit, verdict in ((1.7, HOLDS), (1.82, ONLY_IF), (1.9, FAILS)):
        found = against_capacity(claim("capacity", limit=limit), made_up())
        assert found.verdict == verdict
        assert found.ours is not None
        assert (found.ours.mean, found.ours.p90) == (pytest.approx(1.8), pytest.approx(1.84))
    both = ("west", "east")  # and at least 10 Mt by the east, twice its demand
    assert against_capacity(claim("capacity", limit=11.0, first=both), made_up()).verdict == HOLDS
    beyond = against_capacity(claim("capacity", limit=13.0, first=both), made_up())
    assert beyond.verdict == OPEN
    assert "more than 2 times the demand of east was not tried" in beyond.reason


def test_a_branch_without_cargo_is_told() -> None:
    with pytest.raises(QuestionError, match="no cargo of the season goes by 'north'; there are"):
        against_capacity(claim("capacity", limit=1.0, first=("north",)), made_up())


def test_without_a_simulation_the_command_is_named() -> None:
    found = against_capacity(claim("turnover", factor=2.0), None)
    assert found.verdict == OPEN
    assert "`landbridge claims --simulate`" in found.reason


def test_threads_without_a_simulation_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "--workers", "2"]) == 2
    assert "--workers is about --simulate; give both" in capsys.readouterr().err


def test_a_simulated_capacity_is_the_rate_of_its_gate() -> None:
    # 20 TEU a day by a gate of 30: one and a half times the demand, and no more
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 30.0, 40.0)
    boxes = Flow("south", "Tampere", "Kassel", 7300.0, cargo="container", direction="south")
    net = two_ports_builder().add(*rates_of_doors(), boxes, gate).build()
    params = SimulateParams(4, warm_up_days=20)
    found = find_capacity(net, start=dt.date(2025, 6, 2), days=60, params=params)
    said = claim("turnover", factor=1.35)
    claims = (said, replace(said, id="X2", factor=1.65))
    done = check_claims(net, claims, case="instc", capacity=found).claims
    assert [one.verdict for one in done] == [HOLDS, FAILS]
