"""The corridor of 2025 in ours and as a program in SimPy: the same events, the time of each."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from array import array
from statistics import median

import numpy as np
from corridor_simpy import Corridor, with_places
from numpy.typing import NDArray
from shared_draws import Draws
from sheet import table

import landbridge as lb
from landbridge.kernels.stations import (
    COUNTS,
    LEFT,
    LOST,
    PATH_DONE,
    PATH_LOST,
    PATH_TICKS,
    STARTED,
    STAT_COLUMNS,
    WAITED,
    WANTED,
)  # fmt: skip
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.model import Model
from landbridge.simulation.season import SimulateParams, prepare

START = dt.date(2025, 1, 1)
DAYS = 90
SEED = 1


def measure_corridor(rounds: int, *, quick: bool) -> list[str]:
    """Lines of Markdown."""
    model = _model(quick=quick)
    prepared, draws = Prepared(model), Draws(model, SEED)
    logged = _same_events(prepared, draws)
    own: list[float] = []
    other: list[float] = []
    events = 0
    for _ in range(rounds):
        for _ in range(3):  # ours is short
            begin = time.process_time()
            run = Run(prepared, SEED)
            events = run.finish().events
            own.append(time.process_time() - begin)
        begin = time.process_time()
        corridor = Corridor(model, draws)
        corridor.run()
        other.append(time.process_time() - begin)
        if _sums(run) != _sums_simpy(corridor):
            raise SystemExit("the corridor in SimPy has other sums than ours")
    boxes, ratio = corridor.boxes, median(other) / median(own)
    rows = [
        [name, f"{median(taken):.3f} s", f"{1e9 * median(taken) / events:,.0f}", by]
        for name, taken, by in (("landbridge", own, "1"), ("SimPy", other, f"{ratio:.0f}"))
    ]
    text = (
        f"The corridor itself: {len(model.stations)} stations, {len(model.paths)} ways,"
        f" {model.hours / 24:.0f} days from {START} less its run-up, {boxes:,} lots,"
        f" {events:,} events. What the program in SimPy draws is drawn before its clock starts;"
        f" ours draws as it goes. Medians of {rounds}. {logged}"
    )
    return [
        text,
        "",
        *table(["program", "processor's time", "ns an event", "ours is faster by"], rows),
    ]


def _model(*, quick: bool) -> Model:
    net = lb.load()
    if quick:  # a part of the cargo and of the season
        demand = net.demand.take(np.arange(0, len(net.demand), 8))
        season = prepare(net, demand, start=START, days=DAYS,
                         params=SimulateParams(warm_up_days=0))  # fmt: skip
    else:
        season = prepare(net, start=START, days=DAYS)
    return season.world.model(SEED, 0, season.span, season.shares)


def _same_events(prepared: Prepared, draws: Draws) -> str:
    """Both logs, row by row; in one order of what happens at one instant."""
    ours: list[NDArray[np.int64]] = []
    world = prepared.arrays.world

    def keep(log: NDArray[np.int64]) -> None:
        ours.append(with_places(log, world))

    Run(prepared, SEED, log=keep).finish()
    theirs = array("q")
    Corridor(prepared.model, draws, theirs.extend).run()
    digests = {
        _digest(np.concatenate(ours)),
        _digest(np.frombuffer(theirs, np.int64).reshape(-1, 4)),
    }
    if len(digests) > 1:
        raise SystemExit("the corridor in SimPy has other events than ours")
    return f"Both logs are equal: {len(theirs) // 4:,} rows, checksum {digests.pop()}."


def _digest(rows: NDArray[np.int64]) -> str:
    order = np.lexsort(rows.T)
    return hashlib.blake2b(rows[order].tobytes(), digest_size=6).hexdigest()


def _sums(run: Run) -> tuple[list[int], ...]:
    """Per station and per path, over the whole run."""
    # what the last period has counted stands beside the stations until its books are closed
    stat = run.tally.stat.sum(axis=1) + run.stage.place[:, COUNTS : COUNTS + STAT_COLUMNS]
    path = run.tally.path.sum(axis=1)
    return (
        *(stat[:, k].tolist() for k in (WANTED, STARTED, WAITED, LEFT, LOST)),
        *(path[:, k].tolist() for k in (PATH_DONE, PATH_LOST, PATH_TICKS)),
    )


def _sums_simpy(corridor: Corridor) -> tuple[list[int], ...]:
    every = corridor.stations
    return (
        [one.wanted for one in every],
        [one.started for one in every],
        [one.waited for one in every],
        [one.left for one in every],
        [one.lost for one in every],
        corridor.done,
        corridor.lost,
        corridor.doors,
    )
