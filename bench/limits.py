"""How far batches of pairs and one-to-all are from what the memory allows.

Predicted from the lines of the cache that must come from memory, or the bytes that must be moved,
and from what one of these costs on this machine; measured beside it. As a program it measures one
graph and prints JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys

import numpy as np
from engines import Ours
from graphs import WORLD, pairs, world
from sheet import table
from timing import alternate

from landbridge.kernels.labels import LINE, meeting_depth
from landbridge.kernels.sweep import LANES

CARDS = 2
"""Lines of cards per pair; the runs above them mostly lie in the cache."""
SAMPLE = 10_000
COUNT = 100_000


def line_ns(rng: np.random.Generator, entries: np.ndarray[tuple[int], np.dtype[np.int32]]) -> float:
    """Nanoseconds for one of many independent reads, each of a line of its own."""
    lines = entries[: len(entries) // LINE * LINE].reshape(-1, LINE)[:, 0]
    where = rng.integers(0, len(lines), 1_000_000)
    return 1e9 * alternate({"read": lambda: lines.take(where)}, 5)["read"] / len(where)


def moved_ns_a_byte() -> float:
    """Nanoseconds for each byte read or written in a row."""
    some = np.zeros(32_000_000, np.int32)
    other = np.zeros_like(some)
    return 1e9 * alternate({"copy": lambda: np.copyto(other, some)}, 5)["copy"] / (2 * some.nbytes)


def measure_one(name: str) -> list[list[str]]:
    """Rows of the page on one graph."""
    streets = world(name)
    ours = Ours(streets)
    ours.order()
    ours.build()
    h, n = ours.hierarchy, streets.n
    labels = ours.metric.labels()
    start, end = pairs(n, COUNT, 5)
    some = zip(start[:SAMPLE].tolist(), end[:SAMPLE].tolist(), strict=True)
    common = np.array([1 + meeting_depth(h.cards, h.above, s, t) for s, t in some])
    lines = CARDS + 2 * float((-(-common // LINE)).mean())
    each = line_ns(np.random.default_rng(1), labels[0])
    works = {
        "pairs": lambda: ours.batch(start, end),
        "all": lambda: ours.to_all(start[:LANES]),
    }
    taken = alternate(works, 5)
    # per source: its row, once as the system clears fresh memory and once written; and a share of
    # the arcs, each with its upper end, for all lanes together
    moved = 2 * n * 4 + 8 * len(h.chordal.up) / LANES
    byte = moved_ns_a_byte()
    ideal = lines * each / 1e3, moved * byte / 1e6
    real = 1e6 * taken["pairs"] / COUNT, 1e3 * taken["all"] / LANES
    return [
        [
            "one pair of a batch", name, f"{lines:.1f} lines of {each:.1f} ns",
            f"{ideal[0]:.2f} us", f"{real[0]:.2f} us", f"{real[0] / ideal[0]:.1f}",
        ],
        [
            "one-to-all, per source", name, f"{moved / 1e6:.1f} MB at {1 / byte:.1f} GB/s",
            f"{ideal[1]:.2f} ms", f"{real[1]:.2f} ms", f"{real[1] / ideal[1]:.1f}",
        ],
    ]  # fmt: skip


def measure(*, quick: bool) -> list[str]:
    """Lines of the page."""
    rows: list[list[str]] = []
    for name in ["rail"] if quick else list(WORLD):
        run = subprocess.run(
            [sys.executable, __file__, name], stdout=subprocess.PIPE, text=True, check=True
        )
        rows += json.loads(run.stdout)
    return [
        "What must come from memory, and what that costs when nothing waits for anything else.",
        counters(),
        "",
        *table(("work", "graph", "needs", "predicted", "measured", "times the limit"), rows),
    ]


def counters() -> str:
    """Whether misses of the cache can be counted here, in words."""
    command = ["perf", "stat", "-e", "cache-misses", "true"]
    try:
        run = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return "Misses are not counted: there is no `perf` here."
    if run.returncode or "not supported" in run.stderr or "not counted" in run.stderr:
        return "Misses are not counted: this machine gives `perf` no counters of its processor."
    return "Misses can be counted here with `perf stat -e cache-misses`."


def main(name: str) -> int:
    """Measure one graph."""
    sys.stdout.write(json.dumps(measure_one(name)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
