"""The simulation engine: events a second against SimPy and Cimba, growth, threads, memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from corridor import measure_corridor
from sheet import table
from tandem import Cimba, Counted, ours, run_ours, run_simpy

from landbridge.simulation.engine import Prepared, Run, replicate
from landbridge.simulation.law import Law
from landbridge.simulation.model import Model, Path, Serve, Servers

LINE = 20
"""Borders in the line of the growing season."""
DAYS = 90
LONG = 1_000_000
"""Runs of so many boxes are timed once."""


def measure(*, quick: bool) -> list[str]:
    """Lines of Markdown."""
    rounds = 5
    text = (
        "Tandem of ten stations, three servers and eight places each, blocking after service;"
        " events are arrivals and ends of service. The processor's time, in turns, medians of"
        f" {rounds}. Ours keeps waits with histograms, areas and doors; the others only count."
    )
    season = (
        f"One season of {DAYS} days: a line of {LINE} borders, each at 0.8 of its capacity, and"
        " 20 hours on the way between two of them. Servers grow with the boxes."
    )
    return [
        *(text, "", *_tandem(rounds, quick=quick), ""),
        *(*measure_corridor(1 if quick else rounds, quick=quick), ""),
        *(season, "", *_growth(rounds, quick=quick), ""),
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


def _season(boxes: int) -> Prepared:
    """A line of borders, with ways of random length between them."""
    hours = DAYS * 24.0
    rate = boxes / hours
    servers = max(1, round(rate * 2.0 / 0.8))
    stations: list[Servers] = []
    steps: list[Serve] = []
    for k in range(LINE):
        stations += [Servers(f"way {k}", None), Servers(f"border {k}", servers)]
        steps.append(Serve(f"way {k}", Law.lognormal(14.0, 20.0, 30.0)))
        steps.append(Serve(f"border {k}", Law.exponential(0.8 * servers / rate)))
    path = Path("p", tuple(steps), rates=((0.0, rate),))
    return Prepared(Model(tuple(stations), (path,), hours))


def _growth(rounds: int, *, quick: bool) -> list[str]:
    rows: list[list[str]] = []
    for boxes in (
        (10_000, 100_000, 1_000_000) if quick else (10_000, 100_000, 1_000_000, 10_000_000)
    ):
        prepared = _season(boxes)
        taken: list[float] = []
        for seed in range(1 if boxes >= LONG else rounds):
            run = Run(prepared, seed)
            begin = time.process_time()
            while not run.advance():
                pass
            taken.append((time.process_time() - begin) / run.result().events)
        most = int(run.agenda.row.shape[0])
        live = run.result().live
        rows.append(
            [
                f"{boxes:,}",
                f"{live:,}",
                f"{1e9 * median(taken):.0f}",
                f"{run.bytes_held() / most:.0f}",
                f"{run.bytes_held() / 1e6:,.1f} MB",
            ]
        )
    return table(["boxes", "under way at the end", "ns an event", "bytes a row", "held"], rows)


def _threads(rounds: int, *, quick: bool) -> list[str]:
    prepared = ours(50_000 if quick else 200_000)
    taken: dict[int, list[float]] = {1: [], 2: []}
    sums: dict[int, int] = {}
    for _ in range(rounds):
        for workers, seconds in taken.items():
            begin = time.perf_counter()
            found = replicate(prepared, 1, range(16), workers)
            seconds.append(time.perf_counter() - begin)
            sums[workers] = sum(result.events for result in found)
    if len(set(sums.values())) > 1:
        raise SystemExit(f"threads change results: {sums}")
    gain = median(taken[1]) / median(taken[2])
    best = min(taken[1]) / min(taken[2])
    text = (
        f"16 replications of the tandem on two threads take 1/{gain:.2f} of the time on one (by the"
        f" clock; best against best 1/{best:.2f}); same events: {sums[1]:,}."
    )
    return [text]
