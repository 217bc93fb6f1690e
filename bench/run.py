"""Time what users wait for, ours against others; print and write docs/benchmarks.md.

``QUICK=1``: fewer repetitions, and nothing is written unless ``WRITE=1``. ``PART=static``: only
that part. A part is a module with ``measure(*, quick)``, which gives lines of Markdown.
"""

from __future__ import annotations

import os
import sys
import time
from importlib import import_module
from typing import Protocol, cast

from sheet import machine, write

PARTS = {
    "route": "Start, distance and route",
    "static": "Shortest ways by fixed weights",
    "timetable": "Journeys by timetable",
    "growth": "How the work grows",
    "limits": "Distance to the limit",
    "simulation": "Simulation, events a second",
    "seasons": "Simulation, how a season grows",
}
"""Module -> title, in the order of the page."""


class _Part(Protocol):
    def measure(self, *, quick: bool) -> list[str]: ...


def main() -> int:
    """Measure, print, write."""
    quick = bool(os.environ.get("QUICK"))
    wanted = os.environ.get("PART", "").split() or list(PARTS)
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.stderr.write(f"PART={' '.join(unknown)}: the parts are {', '.join(PARTS)}\n")
        return 2
    sys.stdout.write(f"{machine()}\n")
    for name in wanted:
        begin = time.perf_counter()
        lines = cast("_Part", import_module(name)).measure(quick=quick)
        taken = time.perf_counter() - begin
        sys.stdout.write("\n".join(["", f"## {PARTS[name]} ({taken:.0f} s)", "", *lines, ""]))
        sys.stdout.flush()
        if not quick or os.environ.get("WRITE"):
            write(name, PARTS[name], lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
