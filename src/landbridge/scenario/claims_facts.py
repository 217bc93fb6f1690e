"""Verdicts on claims that are no race of two ways: statistics, countries, what is paid where."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network.near import did_you_mean
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult
from landbridge.scenario.breakeven import BreakEven
from landbridge.scenario.claims_table import Claim
from landbridge.scenario.statistics_table import Published
from landbridge.schema.column import Floats
from landbridge.simulation.ways import ChoiceParams, logit
from landbridge.units import HOURS_PER_DAY

HOLDS, ONLY_IF, FAILS, OPEN = (
    "holds", "holds only if", "does not hold", "cannot be computed yet",
)  # fmt: skip
VERDICTS = (HOLDS, ONLY_IF, FAILS, OPEN)
PERCENT = 100.0
LEAST_YEARS = 2
"""A growth needs so many figures."""

SHOWN = 0.05
"""From this share on a way is named."""

Statistics = Mapping[str, Sequence[Published]]


@dataclass(frozen=True, slots=True)
class Ours:
    """Our figure: mean, and one in ten below and above; of a statistic what sources say."""

    mean: float
    p10: float
    p90: float
    unit: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with its verdict."""

    claim: Claim
    verdict: str
    ours: Ours | None = None
    option: str = ""
    """Id of the option that counts: the best of those that the claim is about; empty where all
    count, or none does."""
    share: float | None = None
    """Share of the draws in which it holds."""
    change: BreakEven | None = None
    """The smallest move of one input under which it would hold."""
    reason: str = ""


def ours_of(draws: Floats, mean: float, unit: str) -> Ours:
    """The mean with the range in which eight of ten draws lie."""
    low, high = np.quantile(draws, (0.1, 0.9)).tolist()
    return Ours(mean, low, high, unit)


def against_statistic(one: Claim, statistics: Statistics) -> Checked:
    """A verdict from the published figures of the claim's series alone."""
    name = one.first[0]
    if name not in statistics:
        hint = did_you_mean(name, statistics)
        raise QuestionError(
            f"claim {one.id}: statistics.csv has no series {name!r}. {hint}".strip()
        )
    known = statistics[name]
    rows = [row for row in known if one.since <= row.year <= one.year]
    if len(rows) < (LEAST_YEARS if one.check == "growth" else 1):
        years = f"from {one.since} to {one.year}" if one.since else f"up to {one.year}"
        reason = f"{known[0].title}: too few figures {years}"
        return Checked(one, OPEN, reason=reason)
    first, last = rows[0], rows[-1]
    if one.check == "reached":
        best = max(rows, key=lambda row: row.value)
        ours = Ours(best.value, best.low, best.high, best.unit)
        verdict = verdict_of(best.low, best.value, best.high, one.limit)
        told = _told(best)
        if verdict == FAILS:
            told += f"; {_pace(first, last, one.limit)}"
    elif one.check == "growth":
        years = last.year - first.year
        low, mean, high = (
            PERCENT * ((end / start) ** (1 / years) - 1)
            for start, end in (
                (first.high, last.low), (first.value, last.value), (first.low, last.high),
            )
        )  # fmt: skip
        ours = Ours(mean, low, high, "% a year")
        verdict = verdict_of(low, mean, high, PERCENT * one.factor)
        wanted = first.value * (1 + one.factor) ** years
        told = f"{_told(first)} and {_told(last)}{_yearly(rows)}"
        if verdict != HOLDS:
            told += f"; it would hold with {wanted:,.3g} {last.unit} in {last.year}"
    else:
        ours = Ours(last.value, last.low, last.high, last.unit)
        verdict = verdict_of(-last.high, -last.value, -last.low, -one.limit)
        told = ", ".join(_told(row) for row in (first, last)[first is last :])
    return Checked(one, verdict, ours, reason=f"{known[0].title}: {told}")


def verdict_of(low: float, value: float, high: float, wanted: float) -> str:
    """Whether a figure is at least what is wanted, or only the high end of what sources say."""
    if value >= wanted:
        return HOLDS if low >= wanted else ONLY_IF
    return ONLY_IF if high >= wanted else FAILS


def _told(row: Published) -> str:
    doubt = " (low confidence)" if row.confidence == "low" else ""
    return f"{row.value:,.4g} {row.unit} in {row.year}{doubt} by {row.source}"


def _yearly(rows: Sequence[Published]) -> str:
    """The least and the most growth from one figure to that of the next year."""
    steps = [
        (after.value / before.value - 1, after.year)
        for before, after in itertools.pairwise(rows)
        if after.year == before.year + 1 and before.value > 0
    ]
    if len(steps) < LEAST_YEARS:
        return ""
    least, most = min(steps), max(steps)
    return f"; single years from {least[0]:+.0%} ({least[1]}) to {most[0]:+.0%} ({most[1]})"


def _pace(first: Published, last: Published, wanted: float) -> str:
    """When the figure would be reached at the pace of its series."""
    if last.year == first.year or last.value <= first.value or first.value <= 0:
        return f"{wanted - last.value:,.4g} {last.unit} are lacking"
    growth = (last.value / first.value) ** (1 / (last.year - first.year))
    years = np.ceil(np.log(wanted / last.value) / np.log(growth))
    return f"at the pace since {first.year} in {last.year + int(years)}"


def countries_passed(one: Claim, options: Sequence[Option], _: RouteResult) -> Checked:
    """How many countries the options of the claim's branches pass together."""
    passed = sorted({code for option in options for code in option.itinerary.countries})
    count = float(len(passed))
    verdict = HOLDS if count >= one.limit else FAILS
    told = ", ".join(f"{option.branch} {'-'.join(option.itinerary.countries)}"
                     for option in options)  # fmt: skip
    return Checked(one, verdict, Ours(count, count, count, "countries"), reason=told)


def not_offered(one: Claim, options: Sequence[Option], result: RouteResult) -> Checked:
    """Whether none of the claim's branches is offered, with the reason that the answer gives."""
    titles = dict(zip(result.net.branches.id.tolist(), result.net.branches.title.tolist(),
                      strict=True))  # fmt: skip
    named = {titles.get(name, name) for name in one.first}
    if options:
        still = ", ".join(
            f"{titles.get(option.branch or '', option.name)} is offered, {days:,.0f} days"
            for option in options for days in (option.hours["p50"] / HOURS_PER_DAY,)
        )  # fmt: skip
        return Checked(one, FAILS, reason=still)
    told = [f"{row.name}: {row.reason}" for row in result.absent if row.name in named]
    return Checked(one, HOLDS, reason="; ".join(told))


def paid_in(one: Claim, options: Sequence[Option], result: RouteResult) -> Checked:
    """USD a tonne paid on the ground of a country, on the branch where that is most.

    Without the interest on the cargo, which its owner's bank has, and without demurrage.
    """
    sampler, tonnes = result.player.sampler, result.loaded.cargo.tonnes
    found: list[tuple[float, Floats, str]] = []
    for option in options:
        amounts = [
            amount
            for leg in option.itinerary.legs
            if leg.country == one.second
            for amount in leg.usd
            if amount.kind != "interest"
        ]  # fmt: skip
        draws = np.zeros(sampler.count)
        for amount in amounts:
            draws += sampler.of(amount)
        found.append((sum(amount.mean for amount in amounts) / tonnes, draws / tonnes, option.id))
    mean, draws, name = max(found, key=lambda way: (way[0], way[2]))
    share = float((draws >= one.limit).mean())
    ours = ours_of(draws, mean, "USD/t")
    verdict = HOLDS if mean >= one.limit else ONLY_IF if share > 0 else FAILS
    return Checked(one, verdict, ours, name, share)


def chosen(one: Claim, _: Sequence[Option], result: RouteResult) -> Checked:
    """The share of the claim's branches among all options, by the logit of ``simulate``."""
    options, cargo = result.options, result.loaded.cargo
    ours = np.array([option.branch in one.first for option in options])
    params = ChoiceParams()
    usd = np.array([option.usd["mean"] for option in options])
    hours = np.array([option.hours["mean"] for option in options])
    shares = logit(usd, hours, cargo.tonnes, params, loose=cargo.loose)
    drawn = logit(
        np.array([option.bill.samples for option in options]),
        np.array([option.trip.hours for option in options]),
        cargo.tonnes, params, loose=cargo.loose,
    )[ours].sum(axis=0)  # fmt: skip
    mean = PERCENT * float(shares[ours].sum())
    figure = ours_of(PERCENT * drawn, mean, "% of the cargo")
    odds = float((drawn <= one.factor).mean())
    told = ", ".join(f"{option.name} {share:.0%}" for share, option in
                     sorted(zip(shares.tolist(), options, strict=True), key=lambda x: -x[0])
                     if share >= SHOWN)  # fmt: skip
    wanted = PERCENT * one.factor
    verdict = HOLDS if mean <= wanted else ONLY_IF if odds > 0 else FAILS
    return Checked(one, verdict, figure, share=odds, reason=told)
