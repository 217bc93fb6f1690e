"""The queues of a simulated season as ``route`` takes them: ``OpenedRun.congestion``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from landbridge.network.network import Network
from landbridge.routing.congestion import Congestion, Queue, week_hour
from landbridge.simulation.capacity import Capacities
from landbridge.simulation.facts import Facts, StationFacts
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import report_of
from landbridge.simulation.result import SECONDS

EPOCH = dt.date(1970, 1, 1)
HOURS = 24.0


@dataclass(eq=False)
class Sorted:
    """Queues by what they stand before."""

    crossings: dict[str, tuple[Queue, ...]] = field(default_factory=dict[str, tuple[Queue, ...]])
    terminals: dict[str, tuple[Queue, ...]] = field(default_factory=dict[str, tuple[Queue, ...]])
    behind: dict[str, tuple[Queue, ...]] = field(default_factory=dict[str, tuple[Queue, ...]])
    """By crossing the track behind it, and lorries that work across it."""
    sides: dict[str, Queue] = field(default_factory=dict[str, Queue])
    lines: dict[str, Queue] = field(default_factory=dict[str, Queue])

    def put(self, station: StationFacts, queue: Queue) -> None:
        """Add the queue of a station."""
        kind, _, name = station.element.partition(":")
        if kind == "crossing":
            self.crossings[name] = (*self.crossings.get(name, ()), queue)
        elif kind == "terminal":  # the yard is entered before its gate
            known = self.terminals.get(name, ())
            self.terminals[name] = (queue, *known) if station.kind == "yard" else (*known, queue)
        elif kind == "line":
            for one in name.split(";"):
                self.behind[one] = (*self.behind.get(one, ()), queue)
        elif kind == "side":
            self.sides[name] = queue
        elif kind == "service":
            self.lines[station.name] = queue


def congestion_of(facts: Facts, runs: Sequence[Replication], net: Network) -> Congestion:
    """Every queue of the replications; ``net``: what is asked, for the places that none met."""
    first = dt.date.fromisoformat(facts.start)
    begun_h = (first - EPOCH).days * HOURS - facts.warm_up_days * HOURS
    grows = {one.place for one in report_of(facts, runs).waits if one.grows}
    found = Sorted()
    met: set[str] = set()
    for row, station in enumerate(facts.stations):
        met.add(station.element)
        if any(run.started[row] for run in runs) and station.kind != "delay":
            found.put(station, _queue(station, runs, row, (begun_h, station.name in grows)))
    for name, queues in found.behind.items():
        found.crossings[name] = (*found.crossings.get(name, ()), *queues)
    return Congestion(
        first, first + dt.timedelta(days=facts.days - 1), len(runs), facts.case, facts.scenarios,
        facts.network, found.crossings, found.terminals, found.sides, found.lines,
        tuple(dict.fromkeys(one.place for one in facts.shut)), facts.settled,
        frozenset(Capacities(net).elements() - met),
    )  # fmt: skip


def _queue(
    station: StationFacts, runs: Sequence[Replication], row: int, about: tuple[float, bool]
) -> Queue:
    begun_h, grows = about
    began = np.concatenate([run.wait_began[row][run.wait_began[row] >= 0] for run in runs])
    waited = np.concatenate([run.wait_s[row][run.wait_began[row] >= 0] for run in runs])
    hours = week_hour(begun_h + began / SECONDS)
    order = np.argsort(hours, kind="stable")
    started = sum(int(run.started[row]) for run in runs)
    total = sum(float(run.waited_h[row]) for run in runs)
    return Queue(station.name, hours[order], (waited / SECONDS)[order], total / started,
                 started / len(runs), grows)  # fmt: skip
