"""Queues of a simulated season, as ``route`` meets them: at borders, terminals and departures.

A queue is the waits that a run has kept, each with the hour of the week at which it began (UTC).
What comes at some hour waits as one of those did that began nearest to it in the week: nights,
weekends and days of departure are in them, and no shape is assumed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.schema.column import Floats

QUEUE = "queue"
"""Kind of an amount of hours that is waited in a queue; the leg's ``queues`` have its draws."""
WEEK_H = 168.0
THURSDAY_H = 72.0
"""Hours of the week at the epoch, 1970-01-01; the week begins on Monday."""
NEAR = 64
"""So many waits, nearest in the hour of the week, stand for what comes at an hour."""


def week_hour(instant: Floats) -> Floats:
    """Hour of the week (UTC, from Monday on) of hours since 1970."""
    return (instant + THURSDAY_H) % WEEK_H


def line_name(service: str, start: str, to: str) -> str:
    """How the queue for the departures of a service from one place to another is called."""
    return f"{service}, {start} - {to}"


@dataclass(frozen=True, eq=False)
class Queue:
    """Waits at one place."""

    name: str
    began: Floats
    """Hours of the week, rising; (n_waits,)."""
    hours: Floats
    """Of each wait; (n_waits,)."""
    mean: float
    """Of all lots of the season, not of the kept ones alone."""
    lots: float
    """Lots a replication whose wait ended in the season."""
    grows: bool
    """Whether it grew until the end of the season."""

    def draw(self, at: Floats, share: Floats) -> Floats:
        """Hours waited by what comes at the instants ``at``; ``share``: uniform numbers, (n,).

        The quantile ``share`` of the waits that began nearest in the week.
        """
        count = len(self.hours)
        if not count:
            return np.zeros(len(at))
        near = min(NEAR, count)
        middle = np.searchsorted(self.began, week_hour(at))
        taken = (middle[:, None] - near // 2 + np.arange(near)) % count
        waits = np.sort(self.hours[taken], axis=1)
        place = np.minimum((share * near).astype(np.int64), near - 1)
        return waits[np.arange(len(at)), place]


@dataclass(frozen=True, eq=False)
class Congestion:
    """All queues of a season."""

    first: dt.date
    last: dt.date
    replications: int
    case: str
    scenarios: tuple[str, ...]
    network: str
    """Hash of the network that was simulated."""
    crossings: Mapping[str, tuple[Queue, ...]]
    """By row of ``crossings`` what stands before it: its gate, the track behind it, and what is
    waited for lorries that work across it."""
    terminals: Mapping[str, tuple[Queue, ...]]
    """By id: its yard, and its gate."""
    sides: Mapping[str, Queue]
    """By ``side_name``: for the lorries or wagons that work from there."""
    lines: Mapping[str, Queue]
    """By ``line_name``: until the departure, the wait for it included."""
    shut: tuple[str, ...]
    """What was shut on some of its days."""
    settled: bool
    """Whether the shares of ways stopped moving."""
    unseen: frozenset[str]
    """``crossing:ID``, ``terminal:ID`` and ``service:ID`` that have a capacity and that no cargo of
    the season met."""

    def handled(self, terminal: str, sides: Sequence[str]) -> tuple[Queue, ...]:
        """What is waited for at a terminal between two of its sides."""
        vehicles = [self.sides[name] for name in dict.fromkeys(sides) if name in self.sides]
        return (*self.terminals.get(terminal, ()), *vehicles)

    @property
    def season(self) -> str:
        """The days that were simulated, as people read them."""
        return f"{self.first} to {self.last}"

    def check(self, net: Network) -> list[str]:
        """Warnings of what the season differs in; ``QuestionError`` where it is of another world.

        ``net``: the network that is asked.
        """
        asked = tuple(one.id for one in net.scenarios)
        if (self.case, self.scenarios) != (net.case.id, asked):
            here, there = _world(net.case.id, asked), _world(self.case, self.scenarios)
            raise QuestionError(
                f"the season was simulated on {there}, and the question is to {here}; ask the same"
                " case and scenarios, or simulate those of the question"
            )
        if self.network != net.hash:
            text = (
                f"the season of the queues ({self.season}) was simulated on a network that differs"
                " from the one asked (another edition of the data, other changes or dates);"
                " simulate anew for its own queues"
            )
            return [text]
        return []


def _world(case: str, scenarios: tuple[str, ...]) -> str:
    return f"the case {case}" + (f" with {', '.join(scenarios)}" if scenarios else "")
