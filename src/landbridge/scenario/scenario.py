"""A scenario: a named list of changes, laid over a network as it stands on a day.

A question with a date meets the changes that hold on that day, so that a closure from one day to
another is there on the days in between and on no other. A question without a date asks about the
state that the scenario describes: all its changes hold.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from landbridge.errors import InputError, QuestionError
from landbridge.network.add import Delay
from landbridge.network.change import Change, Close, Open, Scale, Set
from landbridge.network.days import Dated, remember
from landbridge.network.network import Laid, Network

KEPT = 32
"""Changed networks that are kept with the network that they came from."""


@dataclass(frozen=True, slots=True)
class During:
    """A change that holds from the day ``since`` and no more from the day ``until``."""

    change: Change
    since: dt.date | None = None
    until: dt.date | None = None

    def apply(self, net: Network) -> Network:
        """The network that remembers the change: questions of its days meet it."""
        return remember(net, Dated(self.change, self.since, self.until), self.describe())

    def describe(self) -> str:
        """The change as a sentence."""
        return f"{self.change.describe().removesuffix('.')}{span_in_words(self.since, self.until)}."


@dataclass(frozen=True)
class Scenario:
    """A state of the world: what differs from the base case, when, and who says so.

    Raises ``QuestionError`` where two changes contradict each other or a span ends before it
    begins.
    """

    id: str
    name: str
    changes: tuple[Change, ...] = ()
    summary: str = ""
    """What happened, or what is assumed, in a sentence or two."""
    since: dt.date | None = None
    """First day on which any of the changes can hold."""
    until: dt.date | None = None
    """First day on which none holds any more."""
    sources: tuple[str, ...] = ()
    origin: str = field(default="", compare=False)
    """The file that it was read from."""

    def __init__(  # noqa: PLR0913 - what a scenario says, each by name
        self,
        id: str,  # noqa: A002 - the word of every table
        name: str,
        changes: Sequence[Change] = (),
        *,
        summary: str = "",
        since: dt.date | None = None,
        until: dt.date | None = None,
        sources: Sequence[str] = (),
        origin: str = "",
    ) -> None:
        for key, value in (
            ("id", id), ("name", name), ("changes", tuple(changes)), ("summary", summary),
            ("since", since), ("until", until), ("sources", tuple(sources)), ("origin", origin),
        ):  # fmt: skip
            object.__setattr__(self, key, value)
        check_contradictions(self)

    def where(self, number: int) -> str:
        """How a message names one of the changes, counted from 1."""
        return f"{self.origin or f'scenario {self.id}'}, change {number}"

    def in_force(self, on: dt.date | None) -> Iterator[tuple[int, Change]]:
        """The changes that hold on a day (all for None) without their dates, and their numbers."""
        if not _inside(on, self.since, self.until):
            return
        for number, change in enumerate(self.changes, start=1):
            inner, since, until = _dated(change)
            if _inside(on, since, until):
                yield number, inner

    def apply(self, net: Network, on: dt.date | None = None) -> Network:
        """The network of the scenario; ``on``: the day asked about, None for "while it holds".

        Kept with ``net``, so that asking again costs nothing. Raises ``QuestionError`` where a
        change names nothing of the network, changes nothing, or breaks a rule of a table.
        """
        kept: OrderedDict[tuple[object, ...], Network] = vars(net).setdefault(
            "_scenarios", OrderedDict()
        )
        active = tuple(self.in_force(on))
        if not active and not self.changes:
            return net
        key = (self.id, self.name, active)
        if key not in kept:
            kept[key] = _applied(net, self, active)
        kept.move_to_end(key)
        while len(kept) > KEPT:
            kept.popitem(last=False)
        return kept[key]

    def over(
        self, net: Network, first: dt.date, end: dt.date, on: dt.date | None
    ) -> Network:  # fmt: skip
        """The network of a season from ``first`` on, until the day ``end``.

        What holds on some of its days only is remembered with them where it is a closure, or the
        wait of one; all else is as of ``apply`` on the day ``on``.
        """
        changed, laid = net, False
        for number, change in enumerate(self.changes, start=1):
            inner, since, until = _dated(change)
            low = max((day for day in (since, self.since) if day), default=None)
            high = min((day for day in (until, self.until) if day), default=None)
            shut = _closure(inner, low or first, high)
            try:
                if shut is not None and shut.holds_partly(first, end):
                    changed = remember(changed, shut, inner.describe())
                elif _inside(on, low, high):
                    changed = inner.apply(changed)
                else:
                    continue
            except InputError as error:
                raise QuestionError(f"{self.where(number)}: {error}") from error
            laid = True
        mark = Laid(self.id, self.name, holds=laid)
        return replace(changed, scenarios=(*changed.scenarios, mark)) if self.changes else net

    def sentences(self) -> tuple[str, ...]:
        """The changes as sentences, in the order in which they are applied."""
        return tuple(change.describe() for change in self.changes)

    def __str__(self) -> str:
        held = span_in_words(self.since, self.until)
        lines = [
            f"{self.name} ({self.id}){held}",
            *(f"  {text}" for text in (self.summary,) if text),
        ]
        told = [f"  {k}. {text}" for k, text in enumerate(self.sentences(), start=1)]
        return "\n".join([*lines, *(told or ["  Changes nothing."])])


def span_in_words(since: dt.date | None, until: dt.date | None) -> str:
    """`` from ... on until ...``, or an empty text."""
    return (f" from {since} on" if since else "") + (f" until {until}" if until else "")


def check_contradictions(scenario: Scenario) -> None:
    """Raise ``QuestionError`` where a scenario says two things about one."""
    _check_span(scenario, None, scenario.since, scenario.until)
    said: dict[tuple[object, ...], list[tuple[int, Change, dt.date | None, dt.date | None]]] = {}
    for number, change in enumerate(scenario.changes, start=1):
        inner, since, until = _dated(change)
        _check_span(scenario, number, since, until)
        subject = _subject(inner)
        if subject is None:
            continue
        for other_number, other, first, last in said.get(subject, []):
            if _overlap((first, last), (since, until)):
                kind = "says the same as" if other == inner else "contradicts"
                raise QuestionError(
                    f"{scenario.where(number)}: {inner.describe()} It {kind} change"
                    f" {other_number}: {other.describe()} A scenario says one thing about one"
                    " thing at a time; drop one of the two, or give them days that do not overlap."
                )
        said.setdefault(subject, []).append((number, inner, since, until))


def _applied(net: Network, scenario: Scenario, active: Sequence[tuple[int, Change]]) -> Network:
    changed = net
    for number, change in active:
        try:
            changed = change.apply(changed)
        except InputError as error:
            raise QuestionError(f"{scenario.where(number)}: {error}") from error
    mark = Laid(scenario.id, scenario.name, holds=bool(active))
    return replace(changed, scenarios=(*changed.scenarios, mark))


def _dated(change: Change) -> tuple[Change, dt.date | None, dt.date | None]:
    """The change as it is while it holds, and its days."""
    if isinstance(change, During):
        return change.change, change.since, change.until
    if isinstance(change, Close | Open) and (change.since or change.until):
        return replace(change, since=None, until=None), change.since, change.until
    return change, None, None


def _closure(change: Change, since: dt.date, until: dt.date | None) -> Dated | None:
    """A closure with its days, or the one that a wait comes of; None for other changes."""
    if isinstance(change, Close):
        return Dated(change, since, until)
    if isinstance(change, Delay) and change.shut_days:
        return Dated(Close(change.what), since, since + dt.timedelta(days=change.shut_days))
    return None


def _inside(on: dt.date | None, since: dt.date | None, until: dt.date | None) -> bool:
    return on is None or ((since is None or since <= on) and (until is None or on < until))


def _overlap(
    a: tuple[dt.date | None, dt.date | None], b: tuple[dt.date | None, dt.date | None]
) -> bool:
    first = max(day for day in (a[0], b[0], dt.date.min) if day)
    last = min(day for day in (a[1], b[1], dt.date.max) if day)
    return first < last


def _check_span(
    scenario: Scenario, number: int | None, since: dt.date | None, until: dt.date | None
) -> None:
    if since and until and since >= until:
        where = scenario.where(number) if number else scenario.origin or f"scenario {scenario.id}"
        raise QuestionError(
            f"{where}: since is {since} and until {until}; since must lie before until, which is"
            " the first day on which it no longer holds"
        )


def _subject(change: Change) -> tuple[object, ...] | None:
    """What a change is about: two changes of one subject contradict each other."""
    if isinstance(change, Close | Open):
        return "status", change.what.rpartition(":")[2], change.mode
    if isinstance(change, Set):
        return "cell", change.table, change.rows, change.column
    if isinstance(change, Scale):
        return "factor", change.table, change.rows, change.column
    return None
