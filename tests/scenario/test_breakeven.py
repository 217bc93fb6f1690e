"""Break-evens: the value put in really ties, both sides of it, and what has no tie."""

import datetime as dt
import math
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import NoAnswer, QuestionError
from landbridge.network.change import Scale
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.figures import Key
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, route
from landbridge.scenario.balance import Balance, Sum, tie_of, value_at
from landbridge.scenario.breakeven import (
    BreakEven,
    BreakEvenParams,
    BreakEvenResult,
    breakeven,
    option_of,
    weighed,
)
from landbridge.scenario.explain import explain
from landbridge.scenario.winner_map import winner_map

FEW = RouteParams(samples=300)
BOX = Shipment("St Petersburg", "Mumbai")
PAIR = ("instc-east", "suez")


@cache
def net() -> Network:
    return load("instc")


@cache
def found(measure: str = "generalised") -> BreakEvenResult:
    return breakeven(net(), BOX, PAIR, weigh=BreakEvenParams(measure), params=FEW)


def one(words: str, measure: str) -> BreakEven:
    return breakeven(net(), BOX, PAIR, [words], weigh=BreakEvenParams(measure), params=FEW).found[0]


def gap_with(key: Key, factor: float, measure: str) -> float:
    """First less second, the network changed, everything searched anew."""
    changed = Scale(key.table, key.row, key.column, factor).apply(net())
    result = route(changed, BOX, params=FEW)
    pair = option_of(result, PAIR[0]), option_of(result, PAIR[1])
    gap, _ = weighed(result, pair, BreakEvenParams(measure))
    return gap.total.mean


@pytest.mark.parametrize(
    ("words", "measure"),
    [
        ("freight rate of russia liner", "money"),  # a rate
        ("fixed freight of russia liner", "money"),  # a price by the box
        ("headway of FESCO Baltorient", "time"),  # an interval, half of which is waited
        ("speed of russia liner", "time"),  # one over a figure
    ],
)
def test_the_value_put_in_ties_and_each_side_wins_on_its_side(words: str, measure: str) -> None:
    tie = one(words, measure)
    assert tie.value is not None
    figure = tie.parameter.figure
    base = abs(found(measure).gap.total.mean)
    factor = tie.value / figure.typical
    # the calendar's waits are held while the figure moves, so a tie in time is off by minutes
    assert gap_with(figure.key, factor, measure) == pytest.approx(0, abs=0.05 * base + 0.01)
    sides = [gap_with(figure.key, factor * by, measure) for by in (0.9, 1.1)]
    assert [PAIR[0] if gap < 0 else PAIR[1] for gap in sides] == [tie.winner_below,
                                                                  tie.winner_above]  # fmt: skip


def test_one_parameter_is_verified_by_searching_anew() -> None:
    result = breakeven(net(), BOX, PAIR, ["freight rate of russia liner"],
                       weigh=BreakEvenParams("money"), params=FEW)  # fmt: skip
    assert result.verified is not None
    assert abs(result.verified.difference) < 1
    assert result.verified.same_chains


def test_a_figure_moves_the_carried_difference_by_its_carried_part() -> None:
    # its part is carried with the bill: 1 % more on a rate moves the total by 1 % of its part
    later = replace(BOX, ready=dt.date(2027, 6, 7))
    weigh, carried = BreakEvenParams("money"), replace(FEW, extrapolate=True)

    def gap_of(on: Network) -> Balance:
        result = route(on, later, params=carried)
        pair = option_of(result, PAIR[0]), option_of(result, PAIR[1])
        return weighed(result, pair, weigh)[0]

    base = gap_of(net())
    keys = [key for key in base.parts if key.table == "rates" and "interest" not in key.row]
    most = max(keys, key=lambda key: abs(base.parts[key].mean))
    moved = gap_of(Scale(most.table, most.row, most.column, 1.01).apply(net()))
    assert moved.total.mean - base.total.mean == pytest.approx(
        0.01 * base.parts[most].mean, rel=0.002, abs=0.05
    )


def test_a_breakeven_tells_the_year_of_its_prices() -> None:
    later = replace(BOX, ready=dt.date(2027, 6, 7))
    for extrapolate, told in ((False, "--extrapolate carries them on"), (True, "extrapolation")):
        asked = replace(FEW, extrapolate=extrapolate)
        assert told in " ".join(str(breakeven(net(), later, PAIR, params=asked)).split())


def test_lines_of_a_leg_add_up_to_its_carried_price() -> None:
    later = replace(BOX, ready=dt.date(2027, 6, 7), value_usd=90_000.0)
    result = route(net(), later, params=replace(FEW, extrapolate=True))
    option = option_of(result, PAIR[0])
    for told, usd in zip(explain(result, option).legs, option.bill.by_leg(), strict=True):
        lines = [line for line in told.lines if line.what == "usd"]
        assert sum(line.amount for line in lines) == pytest.approx(usd, abs=0.51)
        # what is not billed leg by leg is small: no level of prices hides in it
        assert all(line.amount == pytest.approx(line.quantity * line.rate) for line in lines)


def test_the_interval_holds_the_value_and_shrinks_with_the_draws() -> None:
    few = one("speed of russia liner", "time")
    many = breakeven(net(), BOX, PAIR, ["speed of russia liner"], weigh=BreakEvenParams("time"),
                     params=RouteParams(samples=4800)).found[0]  # fmt: skip
    for tie in (few, many):
        assert tie.low is not None
        assert tie.value is not None
        assert tie.high is not None
        assert tie.low < tie.value < tie.high
    # 16 times the draws: a quarter of the width
    width = [math.log((tie.high or 0) / (tie.low or 1)) for tie in (few, many)]
    assert width[0] / width[1] == pytest.approx(4, rel=0.3)


def test_the_value_of_time_at_the_tie_is_the_price_of_a_day() -> None:
    usd, days = (found(measure).gap.total.mean for measure in ("money", "time"))
    ties = [t for t in found().found if t.parameter.figure.words == "value of time"]
    # a box of 20 feet is one TEU: USD more for days less; 250 is ten times the value that it has
    price = -usd / days
    assert [t.value for t in ties] == (
        [pytest.approx(price, rel=0.02)] if 0 <= price <= 250 else []
    )


def test_a_carbon_price_at_the_tie_pays_for_the_difference() -> None:
    result = breakeven(net(), BOX, PAIR, ["carbon price"], weigh=BreakEvenParams("money"),
                       params=FEW)  # fmt: skip
    tie, kg = result.found[0], found("co2e").gap.total.mean
    price = -1000 * result.gap.total.mean / kg
    assert tie.value == (pytest.approx(price, rel=1e-6) if 0 <= price <= 1000 else None)


def test_what_has_no_tie_says_the_range_and_who_wins_throughout() -> None:
    none = one("border hours at Incheh Borun", "time")
    assert none.value is None
    assert (none.tried_low, none.tried_high) == (0.0, 80.0)  # ten times the 8 h of the row
    assert none.winner_below == none.winner_above == "instc-east"
    result = breakeven(net(), BOX, PAIR, ["border hours at Incheh Borun"],
                       weigh=BreakEvenParams("time"), params=FEW)  # fmt: skip
    assert "instc-east wins throughout" in " ".join(str(result).split())


def test_parameters_are_ranked_by_how_far_they_would_have_to_move() -> None:
    far = [abs(math.log(1 + t.move)) for t in found().found if math.isfinite(t.move)]
    assert len(far) > 10
    assert far == sorted(far)
    assert max(len(line) for line in str(found()).splitlines()) <= 80


def test_ties_far_from_their_own_rows_are_told_in_few_words() -> None:
    text = " ".join(str(found()).split())
    near_ones, _, far_ones = text.partition("Farther off, beyond 2 times their own rows:")
    for tie in found().found[:12]:
        figure, value = tie.parameter.figure, tie.value
        assert value is not None
        near = figure.low / 2 <= value <= 2 * figure.high
        assert (f"> {value:,.4g} {figure.unit} (" in near_ones) == near
        assert (f"{figure.words} at {value:,.4g} {figure.unit}" in far_ones) == (not near)
    few = replace(found(), found=found().found[-2:])  # as where they were asked for: told whole
    assert "Farther off" not in str(few)
    assert str(few).count("its row has") == 2


KEY = Key("rates", "x", "value")


@given(
    st.floats(-1e3, 1e3),
    st.floats(1e-2, 1e3),
    st.sampled_from(("figure", "speed")),
    st.integers(2, 50),
)
def test_the_tie_of_a_drawn_balance_is_its_zero(
    rest: float,
    slope: float,
    kind: str,
    count: int,
) -> None:
    ones, inverse = np.ones(count), kind == "speed"
    gap = Balance(Sum(rest + slope, (rest + slope) * ones), {KEY: Sum(slope, slope * ones)})
    tie = tie_of(gap, KEY, inverse=inverse)
    if tie is None:
        at = [value_at(gap, KEY, by, inverse=inverse) for by in (0.1 if inverse else 0.0, 10.0)]
        assert at[0] * at[1] >= -1e-6
    else:
        assert value_at(gap, KEY, tie.factor, inverse=inverse) == pytest.approx(0, abs=1e-6)


@pytest.mark.parametrize(
    ("between", "words", "told"),
    [
        (("instc-east", "instc-east"), [], "twice"),
        (("instc-eats", "suez"), [], "Did you mean 'instc-east'"),
        (PAIR, ["handling hours"], "Give more of its words"),
        (PAIR, ["phase of the moon"], "moves nothing"),
        (PAIR, [" "], "is empty"),
    ],
)
def test_a_question_that_means_nothing_or_too_much_is_refused(
    between: tuple[str, str], words: list[str], told: str
) -> None:
    with pytest.raises(QuestionError, match=told):
        breakeven(net(), BOX, between, words, params=FEW)


def test_an_option_that_is_absent_is_told_with_the_reason() -> None:
    with pytest.raises(NoAnswer, match="Suez is not offered: avoided by you"):
        breakeven(net(), BOX, PAIR, limits=Limits(avoid=("suez",)), params=FEW)


def test_measures_and_values_of_time_have_limits() -> None:
    with pytest.raises(QuestionError, match="generalised"):
        BreakEvenParams("beauty")
    with pytest.raises(QuestionError, match="value of time"):
        BreakEvenParams(usd_per_teu_day=-1)


def test_the_winner_of_the_map_changes_along_the_tie() -> None:
    known = {t.parameter.figure.words: t.parameter for t in found().found}
    across, up = known["speed of russia liner"], known["freight rate of russia liner"]
    drawn = winner_map(found(), across, up)
    # a dearer and slower Suez makes the east win, a cheaper and faster one never does
    assert drawn.first_wins[-1][0]
    assert not drawn.first_wins[0][-1]
    with pytest.raises(QuestionError, match="twice"):
        winner_map(found(), up, up)
