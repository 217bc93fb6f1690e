"""Does what is said of a corridor hold: a verdict, our figure, and what would have to be true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from landbridge.errors import NoAnswer, QuestionError
from landbridge.network.network import Network
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import RouteResult, route
from landbridge.scenario.balance import UNITS, Balance, balance, value_at, weights_of
from landbridge.scenario.breakeven import (
    BreakEvenParams,
    Parameter,
    distance,
    parameters_of,
    solve,
)
from landbridge.scenario.claims_capacity import against_capacity
from landbridge.scenario.claims_facts import (
    FAILS,
    HOLDS,
    ONLY_IF,
    OPEN,
    Checked,
    Ours,
    against_statistic,
    chosen,
    countries_passed,
    not_offered,
    ours_of,
    paid_in,
)
from landbridge.scenario.claims_table import SIMULATED, STATISTIC, Claim, read_claims
from landbridge.scenario.shelf import load_scenario
from landbridge.scenario.statistics_table import read_statistics
from landbridge.simulation.find_capacity import CapacityResult

USUAL = Shipment("", "", teu=1, tonnes=15.0)
"""What claims are asked for where nothing is told: a twenty-foot box with 15 t."""
NEAR = 0.05
"""A length that differs by no more is the length."""
SAYS, SAYS_NOT = "as claimed", "otherwise"


@dataclass(frozen=True, eq=False)
class ClaimsResult:
    """Every claim of a case, checked on a network."""

    net: Network
    claims: tuple[Checked, ...]
    sent: Shipment = USUAL
    """The cargo that they were asked for."""

    @property
    def failed(self) -> bool:
        """Whether any claim does not hold, or holds only if something else were so."""
        return any(one.verdict in {ONLY_IF, FAILS} for one in self.claims)

    def __str__(self) -> str:
        from landbridge.scenario.claims_text import claims_text  # noqa: PLC0415

        return claims_text(self)


def check_claims(
    net: Network,
    claims: Sequence[Claim] | None = None,
    *,
    sent: Shipment = USUAL,
    weigh: BreakEvenParams | None = None,
    params: RouteParams | None = None,
    case: str | Path | None = None,
    capacity: CapacityResult | None = None,
) -> ClaimsResult:
    """A verdict on every claim; None: those of the case.

    ``sent``: the cargo that claims are asked for; its ends are those of each claim. ``case``: where
    claims, statistics and the scenarios that a claim names are read; None: that of the network.
    ``capacity``: what ``lb.find_capacity(net)`` found, for claims of turnover.
    """
    weigh = weigh or BreakEvenParams()
    case = net.case.id if case is None else case
    statistics = read_statistics(case)
    asker = _Asker(net, sent, params, case)
    found: list[Checked] = []
    for one in read_claims(case) if claims is None else claims:
        if one.check == "none":
            found.append(Checked(one, OPEN, reason=one.reason))
        elif one.check in STATISTIC:
            found.append(against_statistic(one, statistics))
        elif one.check in SIMULATED:
            found.append(against_capacity(one, capacity))
        elif one.check == "gains" and asker.nets.get(one.scenario) is net:
            reason = f"asked with {one.scenario} laid over the network; ask without it"
            found.append(Checked(one, OPEN, reason=reason))
        else:
            result = asker.result(one)
            if isinstance(result, str):
                verdict = HOLDS if one.check == "absent" else OPEN
                found.append(Checked(one, verdict, reason=result))
            elif one.check == "gains":
                found.append(_gains(one, asker.result(replace(one, scenario="")), result, weigh))
            else:
                found.append(_checked(one, result, weigh))
    return ClaimsResult(net, tuple(found), sent)


class _Asker:
    """Routes between the ends of claims, each asked once."""

    def __init__(
        self, net: Network, sent: Shipment, params: RouteParams | None, case: str | Path
    ) -> None:
        self.case = case
        self.nets = {"": net, **{laid.id: net for laid in net.scenarios}}
        self.sent = sent
        self.params = params
        self.asked: dict[tuple[str, str, str], RouteResult | str] = {}

    def result(self, one: Claim) -> RouteResult | str:
        """The answer between the claim's ends, or why there is none."""
        ends = one.scenario, one.origin, one.destination
        if ends not in self.asked:
            if one.scenario not in self.nets:
                scenario = load_scenario(one.scenario, self.case)
                self.nets[one.scenario] = scenario.apply(self.nets[""])
            sent = replace(self.sent, origin=one.origin, destination=one.destination)
            try:
                self.asked[ends] = route(self.nets[one.scenario], sent, params=self.params)
            except NoAnswer as error:
                self.asked[ends] = str(error)
        return self.asked[ends]


def _gains(
    one: Claim, before: RouteResult | str, after: RouteResult, weigh: BreakEvenParams
) -> Checked:
    """What the claim's scenario takes off the best of its branches, with the same draws."""
    if isinstance(before, str):
        return Checked(one, OPEN, reason=before)
    ways: list[tuple[Balance, Option]] = []
    for result in (before, after):
        weights = weights_of(one.measure, weigh.usd_per_teu_day, result.loaded.cargo.teu)
        offered = [(balance(result, option, weights), option) for option in result.options
                   if option.branch in one.first]  # fmt: skip
        if not offered:
            return Checked(one, OPEN, reason=f"{', '.join(one.first)} is not offered")
        ways.append(min(offered, key=lambda way: (way[0].total.mean, way[1].id)))
    saved = ways[0][0].less(ways[1][0]).total
    ours = ours_of(saved.draws, saved.mean, f"{UNITS[one.measure]} less")
    share = float((saved.draws >= one.limit).mean())
    verdict = HOLDS if saved.mean >= one.limit else ONLY_IF if share > 0 else FAILS
    was, now = (f"{balanced.total.mean:,.0f} {UNITS[one.measure]} by {option.name}"
                for balanced, option in ways)  # fmt: skip
    return Checked(one, verdict, ours, ways[1][1].id, share, reason=f"{now} instead of {was}")


def _checked(one: Claim, result: RouteResult, weigh: BreakEvenParams) -> Checked:
    by_branch = {option.branch: option for option in reversed(result.options) if option.branch}
    rival = one.second if one.check in {"share", "less"} else ""
    unknown = [name for name in (*one.first, rival)
               if name and name not in result.net.branches.id.tolist()]  # fmt: skip
    if unknown:
        raise QuestionError(f"claim {one.id}: {unknown[0]!r} is no branch of the network")
    firsts = [by_branch[name] for name in one.first if name in by_branch]
    if one.check == "absent":
        return not_offered(one, firsts, result)
    if not firsts or (rival and rival not in by_branch):
        gone = rival if firsts else ", ".join(one.first)
        return Checked(one, OPEN, reason=f"{gone} is not offered")
    if one.check in OF_OPTIONS:
        return OF_OPTIONS[one.check](one, firsts, result)
    return _race(one, result, weigh, firsts, by_branch.get(rival))


def _race(
    one: Claim,
    result: RouteResult,
    weigh: BreakEvenParams,
    firsts: Sequence[Option],
    second: Option | None,
) -> Checked:
    """A measure of the best branch against a limit, or against another branch."""
    weights = weights_of(one.measure, weigh.usd_per_teu_day, result.loaded.cargo.teu)
    ways = [(balance(result, option, weights), option) for option in firsts]
    mine, best = min(ways, key=lambda way: (way[0].total.mean, way[1].id))
    rival = balance(result, second, weights) if second else None
    gap, ours = _gap(one, mine, rival)
    share = float((gap.total.draws <= 0).mean())
    if gap.total.mean <= 0:
        return Checked(one, HOLDS, ours, best.id, share, None)
    weighs = BreakEvenParams(one.measure, weigh.usd_per_teu_day)
    parameters = parameters_of(result.net, gap, weighs)
    ties = [solve(gap, parameter, (SAYS, SAYS_NOT)) for parameter in parameters]
    ties = sorted((tie for tie in ties if tie.value is not None), key=distance)
    inside = [tie for tie in ties if tie.within_range]
    if inside:
        return Checked(one, ONLY_IF, ours, best.id, share, inside[0])
    alone = "" if ties else "no single input makes it hold; "
    reason = alone + _at_best(one, gap, parameters, ours)
    return Checked(one, FAILS, ours, best.id, share, ties[0] if ties else None, reason)


def _at_best(one: Claim, gap: Balance, parameters: Sequence[Parameter], ours: Ours) -> str:
    """The claim with every figure at that end of its own range which suits it."""
    total = gap.total.mean
    for parameter in parameters:
        figure = parameter.figure
        if figure.key.table == "question" or not figure.low:
            continue
        ends = (figure.low / figure.typical, figure.high / figure.typical)
        at = [value_at(gap, figure.key, end, inverse=parameter.inverse) for end in ends]
        total += min(*at, gap.total.mean) - gap.total.mean
    word = "holds" if total <= 0 else "does not hold either"
    text = f"with every input at the end of its range that suits it most, the claim {word}"
    if one.check == "at_most":
        text += f" ({ours.mean + total - gap.total.mean:,.0f} {ours.unit})"
    return text


def _length(one: Claim, firsts: Sequence[Option], _: RouteResult) -> Checked:
    best = min(firsts, key=lambda option: abs(option.itinerary.km() - one.limit))
    km = best.itinerary.km()
    verdict = HOLDS if abs(km - one.limit) <= NEAR * one.limit else FAILS
    reason = "" if verdict == HOLDS else f"{km / one.limit - 1:+.0%} of what is said"
    return Checked(one, verdict, Ours(km, km, km, "km"), best.id, None, None, reason)


def _gap(one: Claim, mine: Balance, rival: Balance | None) -> tuple[Balance, Ours]:
    """What is claimed to be at most zero, and the figure that the claim is about."""
    unit = UNITS[one.measure]
    if rival is None:
        return mine.less_constant(one.limit), ours_of(mine.total.draws, mine.total.mean, unit)
    if one.check == "less":
        gap = mine.less(rival)
        ours = ours_of(-gap.total.draws, -gap.total.mean, f"{unit} less")
        return gap.less_constant(-one.limit), ours
    ratio = mine.total.draws / rival.total.draws
    mean = mine.total.mean / rival.total.mean
    return mine.less(rival, one.factor), ours_of(100 * ratio, 100 * mean, f"% of {one.second}")


OF_OPTIONS = {
    "length": _length, "countries": countries_passed, "paid_in": paid_in, "chosen": chosen,
}  # fmt: skip
"""Checks that are no race of a branch with a limit or another branch."""
