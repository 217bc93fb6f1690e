"""The queues of a simulated season as ``route`` takes them: ``OpenedRun.congestion``."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

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


def congestion_of(facts: Facts, runs: Sequence[Replication], net: Network) -> Congestion:
    """Every queue of the replications; ``net``: what is asked, for the places that none met."""
    first = dt.date.fromisoformat(facts.start)
    begun_h = (first - EPOCH).days * HOURS - facts.warm_up_days * HOURS
    grows = {one.place for one in report_of(facts, runs).waits if one.grows}
    crossings: dict[str, tuple[Queue, ...]] = {}
    terminals: dict[str, tuple[Queue, ...]] = {}
    lines: dict[str, Queue] = {}
    shared: dict[str, Queue] = {}
    met: set[str] = set()
    for row, station in enumerate(facts.stations):
        kind, _, name = station.element.partition(":")
        if kind in {"crossing", "terminal", "service"}:
            met.add(station.element)
        if not any(run.started[row] for run in runs) or station.kind == "delay":
            continue
        queue = _queue(station, runs, row, (begun_h, station.name in grows))
        if kind == "crossing":
            crossings[name] = (*crossings.get(name, ()), queue)
        elif kind == "terminal":  # the yard is entered before its gate
            known = terminals.get(name, ())
            terminals[name] = (queue, *known) if station.kind == "yard" else (*known, queue)
        elif kind == "line":
            shared |= dict.fromkeys(name.split(";"), queue)
        elif kind == "service":
            lines[station.name] = queue
    for name, queue in shared.items():  # a track lies behind its border
        crossings[name] = (*crossings.get(name, ()), queue)
    return Congestion(
        first, first + dt.timedelta(days=facts.days - 1), len(runs), facts.case, facts.scenarios,
        facts.network, crossings, terminals, lines,
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
