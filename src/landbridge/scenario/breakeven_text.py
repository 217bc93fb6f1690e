"""A break-even as text of 80 columns, and as JSON."""

from __future__ import annotations

import math
from collections.abc import Sequence

from landbridge.network.summary import network_json, state_in_words
from landbridge.routing.route_json import place
from landbridge.routing.wrap import wrapped
from landbridge.scenario.balance import UNITS
from landbridge.scenario.breakeven import BreakEven, BreakEvenResult, Parameter

Json = dict[str, object]
SHOWN = 12
"""Far ties that are named."""
FEW = 3
"""So many are told whole, however far they lie."""
REACH = 2
"""A tie is near up to so many times the high, or down to such a part of the low, of its row."""


def breakeven_text(found: BreakEvenResult) -> str:
    """The difference, and what would make it vanish."""
    result, (first, second) = found.route, found.pair
    gap, unit = found.gap.total.mean, UNITS[found.measure]
    better, worse = (first, second) if gap < 0 else (second, first)
    share = found.share if gap < 0 else 1 - found.share
    what = found.measure
    if what == "generalised":
        what += f" cost (time at {found.usd_per_teu_day:g} USD per TEU and day)"
    lines = [
        *wrapped(
            f"{result.origin.name} ({result.origin.country}) to {result.destination.name}"
            f" ({result.destination.country}): {first.name} against {second.name}",
            "",
        ),
        *wrapped(f"Base case: {state_in_words(result.net)}; what is open on {result.on}", ""),
        *wrapped(
            f"By {what} {better.name} is better by {abs(gap):,.1f} {unit} than {worse.name}"
            f" on average, and in {share:.0%} of the draws.", ""
        ),
        "",
    ]  # fmt: skip
    lines += _ties(found.found)
    if found.verified is not None:
        chains = "the same chains" if found.verified.same_chains else "other chains are best then"
        lines += wrapped(
            f"Searched anew at that value: {found.verified.difference:+,.2f} {unit} between the"
            f" two ({chains}).", ""
        )  # fmt: skip
    if any(one.within_range for one in found.found):
        lines.append("* within the low and high of its own row.")
    if result.quote.warnings:
        lines += ["", *(line for text in result.quote.warnings for line in wrapped(f"! {text}"))]
    return "\n".join(line.rstrip() for line in lines)


def _ties(found: Sequence[BreakEven]) -> list[str]:
    """Every tie, nearest first; of many those far from their own rows in few words."""
    if not found:
        return ["No parameter by itself makes the two tie."]
    near = [one for one in found if _near(one)] if len(found) > FEW else list(found)
    lines = [line for one in near for line in _one(one)]
    far = [one for one in found if one not in near]
    if not near:
        lines += wrapped(
            f"No parameter by itself makes the two tie within {REACH} times its own row.", ""
        )
    if far:
        named = "; ".join(
            f"{one.parameter.figure.words} at {one.value:,.4g} {one.parameter.figure.unit}"
            for one in far[:SHOWN] if one.value is not None
        )  # fmt: skip
        more = f"; and {len(far) - SHOWN} more (--json has all)" if len(far) > SHOWN else ""
        lines += wrapped(f"Farther off, beyond {REACH} times their own rows: {named}{more}.", "")
    return lines


def _near(one: BreakEven) -> bool:
    figure = one.parameter.figure
    return one.value is None or figure.low / REACH <= one.value <= figure.high * REACH


def _one(one: BreakEven) -> list[str]:
    figure = one.parameter.figure
    if one.value is None:
        return wrapped(
            f"{figure.words}: no tie from {one.tried_low:,.4g} to {one.tried_high:,.4g}"
            f" {figure.unit}; {one.winner_above} wins throughout (it is {figure.typical:,.4g}).", ""
        )  # fmt: skip
    mark = "*" if one.within_range else " "
    moved = f"{one.move:+.0%}" if figure.typical else "new"
    interval = f"{one.low:,.4g}" + (
        " and more" if _finite(one.high) is None else f" to {one.high:,.4g}"
    )
    return [
        *wrapped(f"{mark} {figure.words}", "", "    "),
        *wrapped(
            f"{figure.typical:,.4g} > {one.value:,.4g} {figure.unit} ({moved}; 95 %: {interval};"
            f" its row has {figure.low:,.4g} to {figure.high:,.4g}); above it {one.winner_above}"
            " wins", "    ", "    ",
        ),
    ]  # fmt: skip


def parameters_text(known: list[Parameter]) -> str:
    """Every parameter in words, with its value and range."""
    lines: list[str] = []
    for one in known:
        figure = one.figure
        lines += wrapped(
            f"{figure.words}: {figure.typical:,.4g} {figure.unit}"
            f" ({figure.low:,.4g} to {figure.high:,.4g})", "", "    "
        )  # fmt: skip
    return "\n".join(lines)


def breakeven_json(found: BreakEvenResult) -> Json:
    """Values in the unit of each parameter; the difference is the first less the second."""
    result = found.route
    return {
        "network": network_json(result.net),
        "origin": place(result.origin),
        "destination": place(result.destination),
        "date": result.on.isoformat(),
        "warnings": list(result.quote.warnings),
        "between": [{"id": one.id, "name": one.name} for one in found.pair],
        "in": found.measure,
        "value_of_time_usd_per_teu_day": found.usd_per_teu_day,
        "difference": round(found.gap.total.mean, 3),
        "unit": UNITS[found.measure],
        "probability_first_is_better": round(found.share, 4),
        "parameters": [_one_json(one) for one in found.found],
        "verified": None if found.verified is None else {
            "difference": round(found.verified.difference, 3),
            "same_chains": found.verified.same_chains,
        },
    }  # fmt: skip


def parameter_json(one: Parameter) -> Json:
    """A parameter as it stands."""
    figure = one.figure
    return {
        "parameter": figure.words,
        "table": figure.key.table,
        "row": figure.key.row,
        "column": figure.key.column,
        "unit": figure.unit,
        "is": figure.typical,
        "range": {"low": figure.low, "high": figure.high},
        "estimated": figure.estimated,
        "source": figure.source or None,
    }


def _finite(value: float | None) -> float | None:
    """Null in JSON where a speed may be anything from the low end up."""
    return value if value is None or math.isfinite(value) else None


def _one_json(one: BreakEven) -> Json:
    tie = one.value is not None
    return {
        **parameter_json(one.parameter),
        "value": one.value,
        "interval_95": {"low": one.low, "high": _finite(one.high)} if tie else None,
        "relative_move": round(one.move, 4) if tie and one.parameter.figure.typical else None,
        "within_range": one.within_range,
        "tried": {"low": one.tried_low, "high": one.tried_high},
        "wins_below": one.winner_below,
        "wins_above": one.winner_above,
    }
