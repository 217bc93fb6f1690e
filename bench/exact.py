"""Are all distances right? Every single one against RoutingKit and SciPy; 1 if any differs.

``QUICK=1`` asks a hundredth.
"""

from __future__ import annotations

import os
import sys
import time

import numpy as np
from engines import Ours, RoutingKitCch, SciPy, installed
from graphs import WORLD, Streets, pairs, world

PAIRS, SOURCES, AT_ONCE = 1_000_000, 1000, 50


def against_routingkit(ours: Ours, count: int) -> int:
    """How many of so many pairs differ."""
    kit = RoutingKitCch(ours.streets)
    # any order is right: with ours for both, that of RoutingKit need not be found
    kit.ranked = ours.ranked.tolist()
    kit.build()
    start, end = pairs(ours.streets.n, count, 11)
    mine, theirs = ours.batch(start, end), kit.batch(start, end)
    wrong = int((mine != theirs).sum())
    said = f"{count:,} pairs, sums {int(mine.sum()):,} and {int(theirs.sum()):,}, {wrong} differ"
    sys.stdout.write(f"{ours.streets.name}, routingkit-cch: {said}\n")
    return wrong


def against_scipy(ours: Ours, count: int) -> int:
    """How many distances from so many sources to all vertices differ."""
    g = ours.streets
    scipy = SciPy(g)
    start, _ = pairs(g.n, count, 13)
    every = np.arange(g.n, dtype=np.int32)
    wrong = 0
    for begin in range(0, count, AT_ONCE):
        some = start[begin : begin + AT_ONCE]
        wrong += int((ours.to_all(some) != scipy.table(some, every)).sum())
    said = f"{count:,} sources to {g.n:,} vertices each, {wrong} distances differ"
    sys.stdout.write(f"{g.name}, scipy: {said}\n")
    return wrong


def all_of(streets: Streets, part: int) -> int:
    """How many answers on one graph differ."""
    ours = Ours(streets)
    ours.order()
    ours.build()
    wrong = 0
    if installed(RoutingKitCch.name):
        wrong += against_routingkit(ours, PAIRS // part)
    else:
        sys.stdout.write("routingkit-cch is not installed: nothing is compared with it\n")
    return wrong + against_scipy(ours, SOURCES // part)


def main() -> int:
    """Ask on every graph."""
    begin = time.perf_counter()
    wrong = sum(all_of(world(name), 100 if os.environ.get("QUICK") else 1) for name in WORLD)
    sys.stdout.write(f"{wrong} answers differ, {time.perf_counter() - begin:.0f} s\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
