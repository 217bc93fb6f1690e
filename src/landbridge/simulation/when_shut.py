"""What cargo does where a place is shut: it waits, goes round by another way, or is lost."""

from __future__ import annotations

import math
from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.simulation.model import Hourly

WAIT, DIVERT, LOST = "wait", "divert", "lost"
RULES = (WAIT, DIVERT, LOST)
USUAL_DAYS = {WAIT: 0.0, DIVERT: 0.0, LOST: 30.0}
"""Days where none are told: a closure is known as it begins, and a month is waited for."""
MOST_DAYS = 3_660
LOOKED_AT_H = 1.0
"""How often it is seen who has waited too long."""


@dataclass(frozen=True, slots=True)
class WhenShut:
    """A rule, and its days.

    ``wait``: until the place is open. ``divert``: lots that set out so many days after a closure
    began, or later, take the best way round until the place is open. ``lost``: lots that have
    waited so many days at a place that is shut are lost; those on board of a vessel go on.
    """

    rule: str = WAIT
    days: float | None = None
    """None: 0 of ``divert``, 30 of ``lost``."""

    def __post_init__(self) -> None:
        if self.rule not in RULES:
            raise QuestionError(f"when shut {self.rule!r}: must be one of {', '.join(RULES)}")
        if not 0 <= self.hours <= MOST_DAYS * 24.0 or (self.rule == WAIT and self.days):
            raise QuestionError(
                f"when shut {self}: days are 0 to {MOST_DAYS:,}, and `wait` has none"
            )

    @property
    def hours(self) -> float:
        """Its days in hours."""
        return 24.0 * (USUAL_DAYS[self.rule] if self.days is None else self.days)

    def __str__(self) -> str:
        return self.rule if self.rule == WAIT else f"{self.rule}:{self.hours / 24.0:g}"


def read_when_shut(text: str) -> WhenShut:
    """``wait``, ``divert``, ``divert:DAYS``, ``lost`` or ``lost:DAYS``."""
    rule, colon, told = text.strip().partition(":")
    try:
        days = float(told) if colon else None
    except ValueError:
        days = math.nan
    if rule not in RULES or (days is not None and not math.isfinite(days)):
        raise QuestionError(
            f"--when-shut {text[:80]!r}: write wait, divert, divert:DAYS, lost or lost:DAYS"
        )
    return WhenShut(rule, days)


def lost_at(when: WhenShut, spans: list[tuple[float, float]]) -> Hourly:
    """The hours at which who has waited too long is lost; ``spans``: shut from an hour to one."""
    if when.rule != LOST:
        return ()
    limit = when.hours
    return tuple(
        (since + limit + k * LOOKED_AT_H, limit)
        for since, until in spans
        for k in range(max(0, math.ceil((until - since - limit) / LOOKED_AT_H)))
    )


def turns_of(
    when: WhenShut, spans: list[tuple[float, float]], own: str, other: str
) -> tuple[tuple[float, str], ...]:
    """When lots of a way set out by the way round, and when by their own again."""
    after = [(since + when.hours, until) for since, until in spans]
    return tuple(
        turn for since, until in after if since < until for turn in ((since, other), (until, own))
    )
