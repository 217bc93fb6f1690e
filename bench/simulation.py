"""The simulation engine: events a second against SimPy and Cimba, what a log costs, threads."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from corridor import measure_corridor
from numpy.typing import NDArray
from sheet import table
from tandem import Cimba, Counted, ours, run_ours, run_simpy

from landbridge.simulation.engine import Run, replicate


def measure(*, quick: bool) -> list[str]:
    """Lines of Markdown."""
    rounds = 5
    text = (
        "Tandem of ten stations, three servers and eight places each, blocking after service;"
        " events are arrivals and ends of service. The processor's time, in turns, medians of"
        f" {rounds}. Ours keeps waits with histograms, areas and doors; the others only count."
    )
    return [
        *(text, "", *_tandem(rounds, quick=quick), ""),
        *(*measure_corridor(1 if quick else 3, quick=quick), ""),
        *(*_log(rounds, quick=quick), ""),
        *_threads(rounds, quick=quick),
    ]


def _tandem(rounds: int, *, quick: bool) -> list[str]:
    prepared = ours(200_000 if quick else 1_000_000)
    works: dict[str, Callable[[int], Counted]] = {
        "landbridge": lambda seed: run_ours(prepared, seed),
        "SimPy": lambda seed: run_simpy(4_000 if quick else 30_000, seed),
    }
    try:
        cimba = Cimba()
    except ImportError:
        pass
    else:
        works["Cimba"] = lambda seed: cimba.run(50_000 if quick else 300_000, seed)
    speed: dict[str, list[float]] = {name: [] for name in works}
    lost: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work(0)  # compiles
    for seed in range(1, rounds + 1):
        for name, work in works.items():
            begin = time.process_time()
            events, share = work(seed)
            speed[name].append(events / (time.process_time() - begin))
            lost[name].append(share)
    own = median(speed["landbridge"])
    rows = [
        [
            name,
            f"{median(speed[name]) / 1e6:.3f} M",
            f"{1e9 / median(speed[name]):,.0f}",
            f"{own / median(speed[name]):.1f}",
            f"{100 * median(lost[name]):.2f} %",
        ]
        for name in works
    ]
    if "Cimba" not in works:
        rows.append(["Cimba", "cannot be installed here", "", "", ""])
    return table(["engine", "events/s", "ns an event", "ours is faster by", "boxes lost"], rows)


def _log(rounds: int, *, quick: bool) -> list[str]:
    """What the kernel's log costs, without what is then done with its rows."""
    prepared = ours(50_000 if quick else 300_000)
    taken: dict[bool, list[float]] = {False: [], True: []}
    rows = 0

    def count(log: NDArray[np.int64]) -> None:
        nonlocal rows
        rows += len(log)

    for _ in range(2 * rounds):
        for logged, seconds in taken.items():
            rows = 0
            run = Run(prepared, 1, log=count if logged else None)
            begin = time.process_time()
            events = run.finish().events
            seconds.append((time.process_time() - begin) / events)
    plain, more = 1e9 * median(taken[False]), 1e9 * median(taken[True])
    text = (
        f"With the event log {more:.0f} ns an event, without {plain:.0f}: {more / plain - 1:.0%}"
        f" more (asked: at most 30 %); {rows / events:.1f} rows an event, handed over in blocks."
    )
    return [text]


def _threads(rounds: int, *, quick: bool) -> list[str]:
    """By the clock, and by the processor's time, which tells what threads cost each other."""
    prepared = ours(50_000 if quick else 200_000)
    taken: dict[int, list[float]] = {1: [], 2: []}
    busy: dict[int, list[float]] = {1: [], 2: []}
    sums: dict[int, int] = {}
    for _ in range(rounds):
        for workers, seconds in taken.items():
            begin, used = time.perf_counter(), time.process_time()
            found = replicate(prepared, 1, range(16), workers)
            seconds.append(time.perf_counter() - begin)
            busy[workers].append(time.process_time() - used)
            sums[workers] = sum(result.events for result in found)
    if len(set(sums.values())) > 1:
        raise SystemExit(f"threads change results: {sums}")
    gain = median(taken[1]) / median(taken[2])
    best = min(taken[1]) / min(taken[2])
    given = median([b / t for b, t in zip(busy[2], taken[2], strict=True)])
    dearer = median(busy[2]) / median(busy[1])
    text = (
        f"16 replications of the tandem on two threads take 1/{gain:.2f} of the time on one (by the"
        f" clock; best against best 1/{best:.2f}); same events: {sums[1]:,}. The machine gave the"
        f" two {given:.2f} processors and they used {dearer:.2f} times the processor's time of one:"
        f" with two processors of their own, 1/{2 / dearer:.2f}."
    )
    return [text]
