"""Claims about statistics, countries, choice and closures: worked sums, and faults of the table."""

import math
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.cli.main import main
from landbridge.errors import DataError, QuestionError
from landbridge.network.case_file import read_sheet
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import RouteResult, route
from landbridge.scenario.claims import USUAL, check_claims
from landbridge.scenario.claims_facts import (
    FAILS,
    HOLDS,
    ONLY_IF,
    OPEN,
    Checked,
    against_statistic,
)
from landbridge.scenario.claims_table import COLUMNS as CLAIM_COLUMNS
from landbridge.scenario.claims_table import STATISTIC, Claim, claims_of, read_claims
from landbridge.scenario.claims_text import claims_json
from landbridge.scenario.shelf import load_scenario
from landbridge.scenario.statistics_table import COLUMNS, Published, read_statistics, statistics_of
from landbridge.simulation.ways import ChoiceParams, logit

FEW = RouteParams(samples=100)


def claim(check: str, *, factor: float = math.nan, limit: float = math.nan, year: int = 2024,
          since: int = 0) -> Claim:  # fmt: skip
    return Claim("X1", "made up", year, "here", "", "r", check, ("trade",), "", "", factor, limit,
                 "", "", "", since)  # fmt: skip


def figure(year: int, value: float, low: float = 0.0, high: float = 0.0) -> Published:
    return Published("trade", "Trade", year, value, low or value, high or value, "bn USD", "them",
                     "", "high", "")  # fmt: skip


@cache
def net() -> Network:
    return load("instc")


@cache
def asked() -> RouteResult:
    return route(net(), Shipment("Moscow", "Mumbai", teu=1, tonnes=15.0), params=FEW)


def ask(*claims: Claim) -> tuple[Checked, ...]:
    return check_claims(net(), claims, params=FEW).claims


def of_branches(check: str, **given: object) -> Claim:
    known = {one.id: one for one in read_claims()}
    return replace(known["CLM031"], check=check, **given)  # type: ignore[arg-type]


def test_growth_is_compound_over_the_years_that_count() -> None:
    # 1.0 to 1.44 in two years is 20 % a year; from 2023 on it is 44/24 - 1 = 20 % too
    series = {"trade": [figure(2022, 1.0), figure(2023, 1.2), figure(2024, 1.44), figure(2025, 9)]}
    found = against_statistic(claim("growth", factor=0.19), series)
    assert found.verdict == HOLDS
    assert found.ours is not None
    assert found.ours.mean == pytest.approx(20.0)
    assert against_statistic(claim("growth", factor=0.21), series).verdict == FAILS
    later = against_statistic(claim("growth", factor=0.19, since=2024, year=2025), series)
    assert later.ours is not None
    assert later.ours.mean == pytest.approx(525.0)
    lone = against_statistic(claim("growth", factor=0.19, since=2024), series)
    assert lone.verdict == OPEN
    assert "too few figures from 2024 to 2024" in lone.reason


def test_what_only_the_better_end_of_the_sources_supports_holds_only_if() -> None:
    # 1.0 (0.9 to 1.0) to 1.1 (1.1 to 1.3) in a year: 10 %, and 1.3 / 0.9 = 44 % at best
    series = {"trade": [figure(2023, 1.0, 0.9, 1.0), figure(2024, 1.1, 1.1, 1.3)]}
    assert against_statistic(claim("growth", factor=0.40), series).verdict == ONLY_IF
    assert against_statistic(claim("growth", factor=0.45), series).verdict == FAILS
    assert against_statistic(claim("reached", limit=1.2), series).verdict == ONLY_IF
    assert against_statistic(claim("below", limit=1.2), series).verdict == ONLY_IF
    assert against_statistic(claim("below", limit=1.0), series).verdict == FAILS


def test_a_level_not_reached_is_told_with_the_year_of_its_pace() -> None:
    # doubles in two years, 41 % a year: from 2.0 in 2024 to 5.0 in 2.64 years, so in 2027
    series = {"trade": [figure(2022, 1.0), figure(2024, 2.0)]}
    found = against_statistic(claim("reached", limit=5.0), series)
    assert found.verdict == FAILS
    assert "at the pace since 2022 in 2027" in found.reason
    assert against_statistic(claim("reached", limit=2.0), series).verdict == HOLDS


@given(st.floats(0.1, 50), st.floats(0.1, 50), st.floats(0.0, 2.0))
def test_a_growth_that_holds_ends_above_the_compounded_first_figure(
    first: float, last: float, factor: float
) -> None:
    series = {"trade": [figure(2021, first), figure(2024, last)]}
    holds = against_statistic(claim("growth", factor=factor), series).verdict == HOLDS
    wanted = first * (1 + factor) ** 3
    assert holds == (last >= wanted) or last == pytest.approx(wanted)


def test_a_series_that_is_not_there_is_told_with_the_nearest_name() -> None:
    with pytest.raises(QuestionError, match=r"no series 'trade'\. Did you mean 'trades'"):
        against_statistic(claim("reached", limit=1.0), {"trades": [figure(2024, 1.0)]})


def test_countries_passed_are_those_of_the_answer() -> None:
    east = next(one for one in asked().options if one.branch == "instc-east")
    passed = len(east.itinerary.countries)
    some = of_branches("countries", first=("instc-east",), limit=float(passed))
    more = replace(some, limit=passed + 1.0)
    holds, fails = ask(some, more)
    assert (holds.verdict, fails.verdict) == (HOLDS, FAILS)
    assert "-".join(east.itinerary.countries) in holds.reason


def test_what_is_paid_in_a_country_is_its_part_of_the_bill() -> None:
    one = next(one for one in asked().options if one.branch == "instc-west")
    found = ask(of_branches("paid_in", first=("instc-west",), second="IR", limit=1.0))[0]
    assert found.ours is not None
    billed = sum(
        charge.usd
        for charge in one.bill.charges
        if charge.country == "IR" and charge.kind not in {"demurrage", "interest"}
    )
    assert found.ours.mean == pytest.approx(billed / 15.0, abs=0.01)


def test_the_share_that_would_choose_is_the_logit_worked_by_hand() -> None:
    # costs 100 and 110, spread a tenth of the least: shares as 1 to exp(-1)
    shares = logit(np.array([100.0, 110.0]), np.zeros(2), 15.0, ChoiceParams())
    assert shares[0] == pytest.approx(1 / (1 + math.exp(-1)))
    every = tuple({one.branch for one in asked().options if one.branch})
    all_of_them, none = ask(of_branches("chosen", first=every, factor=1.0),
                            of_branches("chosen", first=("instc-west",), factor=0.0))  # fmt: skip
    assert all_of_them.verdict == HOLDS
    assert none.verdict == FAILS
    assert none.ours is not None
    assert 0 < none.ours.p10 < none.ours.mean < none.ours.p90 < 100


def test_a_branch_that_is_shut_is_absent_and_says_why() -> None:
    gone = of_branches("absent", first=("all-road",))
    there, away = ask(gone, replace(gone, scenario="hormuz-2026"))
    assert there.verdict == FAILS
    assert "North-South, road to the Gulf is offered" in there.reason
    assert away.verdict == HOLDS
    assert away.reason == "North-South, road to the Gulf: closed"


def test_what_a_railway_gains_is_the_difference_of_two_answers() -> None:
    built = load_scenario("rasht-astara").apply(net())
    sent = Shipment("Moscow", "Mumbai", teu=1, tonnes=15.0)
    days = [
        min(one.itinerary.total("hours") for one in result.options if one.branch == "instc-west")
        / 24
        for result in (asked(), route(built, sent, params=FEW))
    ]
    saved = days[0] - days[1]
    west = of_branches("gains", first=("instc-west",), measure="time", scenario="rasht-astara")
    holds, fails = ask(replace(west, limit=saved - 0.5), replace(west, limit=saved + 20))
    assert (holds.verdict, fails.verdict) == (HOLDS, FAILS)
    assert holds.ours is not None
    assert holds.ours.mean == pytest.approx(saved, abs=0.3)


def test_every_built_in_claim_names_a_series_that_is_there() -> None:
    known = read_statistics()
    used = {one.first[0] for one in read_claims() if one.check in STATISTIC}
    assert used == set(known)
    assert all(row.source for rows in known.values() for row in rows)


def test_the_cargo_asked_for_is_told() -> None:
    few = read_claims()[:1]
    usual = check_claims(net(), few, params=FEW)
    assert "one 20-foot box with 15 t" in str(usual)
    cold = replace(USUAL, teu=None, feu=2, tonnes=40.0, equipment="reefer")
    told = check_claims(net(), few, sent=cold, params=FEW)
    assert claims_json(told)["cargo"] == "2 40-foot boxes (reefer) with 40 t"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("year", "20x4", "must be a number"),
        ("year", "1066", "must be a whole year"),
        ("value", "-1", "at least 0"),
        ("value", "", "is blank"),
        ("low", "3", "must rise"),
        ("confidence", "sure", "must be one of high"),
        ("unit", "", "is blank"),
    ],
)
def test_a_bad_figure_is_told_with_line_column_and_rule(column: str, value: str, told: str) -> None:
    row = dict.fromkeys(COLUMNS, "") | {
        "series": "s", "title": "S", "year": "2024", "value": "2", "unit": "Mt", "source": "me",
        "confidence": "high",
    } | {column: value}  # fmt: skip
    sheet = read_sheet("statistics.csv", f"{','.join(COLUMNS)}\n{','.join(row.values())}\n")
    with pytest.raises(DataError, match=rf"statistics.csv, line 2, column .*{told}"):
        statistics_of(sheet)


def test_a_year_twice_or_another_unit_is_a_fault() -> None:
    rows = ["s,S,2024,1,,,Mt,me,,high,", "s,S,2024,2,,,Mt,me,,high,", "s,S,2025,2,,,kt,me,,high,"]
    sheet = read_sheet("statistics.csv", "\n".join([",".join(COLUMNS), *rows]) + "\n")
    with pytest.raises(DataError) as error:
        statistics_of(sheet)
    assert [fault.where for fault in error.value.faults] == [
        "statistics.csv, line 3, column year", "statistics.csv, line 4, column unit",
    ]  # fmt: skip


def test_check_tells_faults_of_claims_and_statistics(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "own"
    assert main(["init", str(case)]) == 0
    (case / "statistics.csv").write_text(f"{','.join(COLUMNS)}\ns,S,x,1,,,Mt,me,,high,\n")
    (case / "claims.csv").write_text("id,claim\nA,b\n")
    capsys.readouterr()
    assert main(["check", str(case)]) == 2
    out = capsys.readouterr().out
    assert "statistics.csv, line 2, column year" in out
    assert "claims.csv, line 1" in out


def test_a_claim_names_a_scenario_and_no_path() -> None:
    names = (*CLAIM_COLUMNS, "scenario")
    row = dict.fromkeys(names, "") | {
        "id": "A", "claim": "a", "source": "me", "check": "absent", "first": "suez",
        "origin": "Moscow", "destination": "Mumbai", "reading": "r", "scenario": "../../x.toml",
    }  # fmt: skip
    sheet = read_sheet("claims.csv", f"{','.join(names)}\n{','.join(row.values())}\n")
    with pytest.raises(DataError, match=r"line 2, column scenario: .*must be the name"):
        claims_of(sheet)
