"""Changes that hold on some days only: a network keeps them until a question names its day.

A row has one span of days in which a thing is open, so a closure from one day to another is no
state of a row. The network remembers it, and every question takes the network of its own day.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.network.change import Change
    from landbridge.network.network import Network


@dataclass(frozen=True, slots=True)
class Dated:
    """A change that is made on the days from ``since`` on until ``until`` (exclusive)."""

    change: Change
    since: dt.date | None
    until: dt.date | None

    def holds(self, on: dt.date) -> bool:
        """Whether it is made on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)

    def holds_partly(self, first: dt.date, end: dt.date) -> bool:
        """Whether it is made on some of the days from ``first`` on until ``end``, not on all."""
        low, high = max(self.since or first, first), min(self.until or end, end)
        return low < high and (low, high) != (first, end)


def remember(net: Network, dated: Dated, sentence: str) -> Network:
    """The network with the change to come; raises as the change does where it cannot be made."""
    if dated.since and dated.until and dated.since >= dated.until:
        raise QuestionError(
            f"{sentence} since must lie before until, the first day on which it no longer holds."
        )
    dated.change.apply(net)
    return replace(net, dated=(*net.dated, dated))


def on_day(net: Network, on: dt.date | None) -> Network:
    """The network as it stands on a day (None: the case's base date), kept with ``net``."""
    if not net.dated:
        return net
    day = net.case.base_date if on is None else on
    held = tuple(one.change for one in net.dated if one.holds(day))
    kept: dict[tuple[Change, ...], Network] = vars(net).setdefault("_on_day", {})
    if held not in kept:
        found = replace(net, dated=())
        for change in held:
            found = change.apply(found)
        kept[held] = found
    return kept[held]
