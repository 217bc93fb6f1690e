"""Verdicts on claims of turnover, by what the corridor is found to take."""

from __future__ import annotations

from landbridge.errors import QuestionError
from landbridge.scenario.claims_facts import FAILS, HOLDS, OPEN, Checked, Ours, verdict_of
from landbridge.scenario.claims_table import Claim
from landbridge.simulation.find_capacity import CapacityResult, Need

MEGA = 1e6
NOT_ASKED = (
    "a question of capacity: `landbridge claims --simulate` lets demand rise until queues run away"
    " (some minutes)"
)


def against_capacity(one: Claim, found: CapacityResult | None) -> Checked:
    """A verdict by the capacity of the corridor; None: it was not asked for."""
    if found is None:
        return Checked(one, OPEN, reason=NOT_ASKED)
    return _turnover(one, found) if one.check == "turnover" else _capacity(one, found)


def _turnover(one: Claim, found: CapacityResult) -> Checked:
    limit = found.first.limit
    ours = Ours(limit.holds, limit.holds, limit.fails, "times the demand")
    if limit.holds >= one.factor:
        return Checked(one, HOLDS, ours, reason=f"{found.first.place} gives way first")
    told = f"at {limit.fails:.2f} times {found.first.place} gives way"
    if found.reached and found.wanted >= one.factor:
        told += f"; {found.wanted:g} times get through once {_needs(found.needs)}"
    return Checked(one, FAILS, ours, reason=told)


def _needs(needs: tuple[Need, ...]) -> str:
    return ", ".join(f"{one.place} does {one.times.holds:.2f} times as much" for one in needs)


def _capacity(one: Claim, found: CapacityResult) -> Checked:
    by_name = {branch.branch: branch for branch in found.branches}
    unknown = [name for name in one.first if name not in by_name]
    if unknown:
        raise QuestionError(
            f"claim {one.id}: no cargo of the season goes by {unknown[0]!r}; there are"
            f" {', '.join(by_name)}"
        )
    branches = [by_name[name] for name in one.first]
    beyond = [branch.branch for branch in branches if branch.limit is None]
    ends = [
        (found.wanted, found.wanted) if one.limit is None else (one.limit.holds, one.limit.fails)
        for one in branches
    ]
    tonnes = [branch.tonnes / MEGA for branch in branches]
    low, high = (
        sum(mega * end[k] for mega, end in zip(tonnes, ends, strict=True)) for k in range(2)
    )
    ours = Ours(low, low, high, "Mt a year")
    told = ", ".join(
        f"{branch.branch} {branch.tonnes / MEGA * branch.limit.holds:,.1f} Mt ({branch.first})"
        for branch in branches
        if branch.limit is not None
    )
    verdict = verdict_of(low, low, high, one.limit)
    if beyond and verdict != HOLDS:
        more = f"more than {found.wanted:g} times the demand of {', '.join(beyond)} was not tried"
        return Checked(one, OPEN, ours, reason=f"{told}; {more}".removeprefix("; "))
    return Checked(one, verdict, ours, reason=told)
