"""A deadline: in days from when the cargo is ready, or a date at the destination."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

from landbridge.errors import QuestionError
from landbridge.models.clock import instant_of
from landbridge.routing.options import Option
from landbridge.routing.timeline import Player
from landbridge.units import HOURS_PER_DAY

Deadline = float | dt.date | None
"""Days after the cargo is ready, or the last local day at the destination that is in time."""


def check_deadline(deadline: Deadline, ready: dt.date | None) -> None:
    """``QuestionError`` for what is no time, a date without a ready date, or one before it."""
    if isinstance(deadline, float | int) and not (math.isfinite(deadline) and deadline > 0):
        raise QuestionError(f"the deadline is {deadline}; it must be a number of days above 0")
    if not isinstance(deadline, dt.date):
        return
    if ready is None:
        raise QuestionError(
            f"the deadline {deadline} is a date, so the question needs one too: give --date, or"
            " the deadline in days"
        )
    if deadline < ready:
        raise QuestionError(
            f"the deadline {deadline} lies before the ready date {ready}; put one of them right"
        )


def deadline_hours(deadline: Deadline, player: Player, there: tuple[float, float]) -> float | None:
    """Hours from ready to the deadline; ``there``: latitude and longitude of the destination."""
    if deadline is None:
        return None
    if not isinstance(deadline, dt.date):
        return HOURS_PER_DAY * deadline
    end = instant_of(deadline + dt.timedelta(days=1), player.zones.at(*there))
    return end - float(player.start[0])


def too_short(options: Sequence[Option], hours: float | None) -> list[str]:
    """A warning where no draw of any option is in time."""
    if hours is None or not options or any(one.on_time for one in options):
        return []
    first = min(options, key=lambda one: float(one.trip.hours.min()))
    least = float(first.trip.hours.min()) / HOURS_PER_DAY
    text = (
        f"nothing arrives by the deadline of {hours / HOURS_PER_DAY:.1f} days: the earliest of all"
        f" draws takes {least:.1f} days ({first.name})"
    )
    return [text]
