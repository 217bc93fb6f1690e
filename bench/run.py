"""Time load, places, distance and route; print medians. ``QUICK=1`` for fewer repetitions."""

from __future__ import annotations

import os
import platform
import sys
import time
from collections.abc import Callable
from statistics import median

import landbridge as lb
from landbridge.places import resolve


def timed(work: Callable[[], object], count: int) -> float:
    """Median of ``count`` runs, in ms."""
    taken: list[float] = []
    for _ in range(count):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    return median(taken)


def main() -> int:
    """Print a table."""
    count = 3 if os.environ.get("QUICK") else 7
    net = lb.load()
    ship = lb.Shipment("St Petersburg", "Mumbai")
    lb.route(net, ship)
    rows = (
        ("load", timed(lb.load, count)),
        ("resolve a place, warm", timed(lambda: resolve(net, "Мумбаи"), count)),
        (
            "sea distance, warm",
            timed(lambda: lb.distance(net, "RULED", "INNSA", mode="sea"), count),
        ),
        ("route with 1,000 samples, warm", timed(lambda: lb.route(net, ship), count)),
    )
    sys.stdout.write(f"{platform.machine()}, Python {platform.python_version()}\n")
    for name, taken in rows:
        sys.stdout.write(f"{name:<34}{taken:10.1f} ms\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
