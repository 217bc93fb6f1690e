"""Claims: the table is whole, verdicts follow from our figures, and what would have to be true."""

from functools import cache

import pytest

from landbridge.cli.main import main
from landbridge.errors import DataError, InputError
from landbridge.network.case_file import read_sheet
from landbridge.network.change import Scale
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import route
from landbridge.scenario.claims import FAILS, HOLDS, ONLY_IF, OPEN, Checked, ClaimsResult
from landbridge.scenario.claims import check_claims as check
from landbridge.scenario.claims_table import COLUMNS, Claim, claims_of, read_claims
from landbridge.scenario.explain import explain
from landbridge.scenario.shelf import load_scenario

FEW = RouteParams(samples=200)
GONE = {13, 14, 15}
"""Numbers that the list of claims leaves out."""


@cache
def net() -> Network:
    return load("instc")


@cache
def checked() -> ClaimsResult:
    return check(net(), params=FEW)


def by_id() -> dict[str, Checked]:
    return {one.claim.id: one for one in checked().claims}


def claim(check_: str, limit: float, factor: float = 1.0) -> Claim:
    """A made-up claim about the eastern branch in days."""
    return Claim("X1", "made up", 2025, "here", "", "days", check_, ("instc-east",),
                 "suez" if check_ == "share" else "", "time", factor, limit, "St Petersburg",
                 "Mumbai", "")  # fmt: skip


def test_the_table_has_every_claim_with_source_and_a_check_or_a_reason() -> None:
    known = {one.id: one for one in read_claims()}
    assert {f"CLM{k:03}" for k in range(1, 41)} - {f"CLM{k:03}" for k in GONE} <= set(known)
    assert sum(name.startswith("MIS") for name in known) == 14
    assert all(one.source for one in known.values())
    assert all(one.reason for one in known.values() if one.check == "none")
    assert set(by_id()) == set(known)


def test_twice_as_efficient_is_checked_under_each_reading() -> None:
    readings = {one.claim.measure for one in checked().claims
                if one.claim.claim == "twice as efficient as Suez"}  # fmt: skip
    assert readings == {"time", "money", "co2e", "generalised"}


def test_what_only_a_simulation_answers_is_not_guessed() -> None:
    for name in ("MIS003", "CLM017", "CLM028"):
        assert by_id()[name].verdict == OPEN
        assert "simulate" in by_id()[name].reason


def test_a_claim_of_turnover_names_the_command_that_answers_it() -> None:
    for name in ("MIS003", "CLM018", "CLM028"):
        assert "`landbridge claims --simulate`" in by_id()[name].reason


def test_verdicts_follow_from_our_figures() -> None:
    option = {one.branch: one for one in route(net(), Shipment("St Petersburg", "Mumbai", teu=1,
              tonnes=15.0), params=FEW).options}["instc-east"]  # fmt: skip
    days = option.hours["mean"] / 24
    done = check(net(), [claim("at_most", days + 2), claim("at_most", days - 1),
                         claim("at_most", 5.0)], params=FEW).claims  # fmt: skip
    assert [one.verdict for one in done] == [HOLDS, ONLY_IF, FAILS]
    ours = done[0].ours
    assert ours is not None
    assert ours.mean == pytest.approx(days, rel=0.02)
    assert ours.p10 < ours.mean < ours.p90


def test_a_claim_holds_once_what_would_have_to_be_true_is_true() -> None:
    option = {one.branch: one for one in route(net(), Shipment("St Petersburg", "Mumbai", teu=1,
              tonnes=15.0), params=FEW).options}["instc-east"]  # fmt: skip
    said = claim("at_most", option.hours["mean"] / 24 - 1)
    change = check(net(), [said], params=FEW).claims[0].change
    assert change is not None
    assert change.value is not None
    figure = change.parameter.figure
    for by, verdict in ((1.02, True), (0.9, False)):  # a little beyond the tie, and short of it
        factor = (change.value / figure.typical - 1) * by + 1
        other = Scale(figure.key.table, figure.key.row, figure.key.column, factor).apply(net())
        assert (check(other, [said], params=FEW).claims[0].verdict == HOLDS) == verdict


def test_text_fits_80_columns_and_notes_who_says_so() -> None:
    lines = str(checked()).splitlines()
    assert max(len(line) for line in lines) <= 80
    assert sum(line.startswith("  said by: ") for line in lines) == len(checked().claims)


def test_strict_exits_with_1_where_a_claim_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["claims", "--samples", "50", "--json"]) == 0
    assert main(["claims", "--samples", "50", "--strict", "--json"]) == 1
    assert capsys.readouterr().out.count('{"network"') == 2


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("check", "guess", "must be one of length"),
        ("measure", "beauty", "must be one of time"),
        ("limit", "fast", "must be a number"),
        ("source", "", "is blank"),
        ("first", "", "a check 'at_most' needs it"),
        ("id", "", "must be given"),
    ],
)
def test_a_bad_table_is_told_with_line_column_and_rule(column: str, value: str, told: str) -> None:
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "A", "claim": "a", "year": "2025", "source": "me", "reading": "r",
        "check": "at_most", "first": "suez", "measure": "time", "limit": "5", "origin": "Moscow",
        "destination": "Mumbai",
    } | {column: value}  # fmt: skip
    sheet = read_sheet("claims.csv", f"{','.join(COLUMNS)}\n{','.join(row.values())}\n")
    with pytest.raises(DataError, match=rf"claims.csv, line 2, column {column}: .*{told}"):
        claims_of(sheet)


def test_a_case_without_claims_says_so() -> None:
    with pytest.raises(InputError, match=r"has no claims\.csv"):
        read_claims("world")


def test_an_explanation_adds_up_and_its_differences_are_the_whole() -> None:
    result = route(net(), Shipment("St Petersburg", "Mumbai"), params=FEW)
    ways = {one.branch: one for one in reversed(result.options)}
    east, suez = ways["instc-east"], ways["suez"]
    told = explain(result, east, suez)
    lines = [line for leg in told.legs for line in leg.lines]
    for what, whole in (("usd", east.bill.usd), ("co2e_kg", east.wtw_kg),
                        ("hours", east.itinerary.total("hours"))):  # fmt: skip
        assert sum(one.amount for one in lines if one.what == what) == pytest.approx(whole, abs=2)
    for one in lines:
        assert one.quantity * one.rate == pytest.approx(one.amount)
    usd = east.bill.usd - suez.bill.usd
    assert sum(one.usd for one in told.decides) == pytest.approx(usd, abs=1)
    days = (east.hours["mean"] - suez.hours["mean"]) / 24
    assert sum(one.days for one in told.decides) == pytest.approx(days, abs=1.5)
    weights = [abs(one.weight_usd) for one in told.decides]
    assert weights == sorted(weights, reverse=True)
    assert max(len(line) for line in str(told).splitlines()) <= 80


def test_what_a_scenario_gains_cannot_be_asked_with_it_laid_already() -> None:
    laid = load_scenario("rasht-astara").apply(net())
    gains = [one for one in read_claims() if one.check == "gains"]
    assert len(gains) == 2
    for one in check(laid, gains, params=FEW).claims:
        assert one.verdict == OPEN
        assert one.reason == "asked with rasht-astara laid over the network; ask without it"
