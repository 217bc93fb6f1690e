"""Shortest ways by fixed weights: ours and others in turns, on the same graphs and pairs.

As a program it measures one graph and prints JSON, so that each graph gets a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from statistics import median
from typing import NamedTuple

import numpy as np
from engines import Ours, PyRoutingKit, RoutingKitCch, installed, some_pairs
from graphs import WORLD, Streets, pairs, world
from sheet import table
from timing import alternate, once, resident_mb

FEW = 10
"""Ratios below are told with two places."""
SIDE = 1000
"""Origins and destinations of a table."""
PREPARED = (
    "order", "hierarchy and metric", "resident with labels",
    "... and three metrics more, 1,000 pairs asked of each",
)  # fmt: skip
SOURCES = 64
"""Of one-to-all."""
ASKED = {
    "one-to-one distance, batch": {"rail": 25, "highways+sea": 100},
    "one Python call, one pair": {"rail": 5, "highways+sea": 30},
    "with the path unpacked": {"rail": 3, "highways+sea": 3},
    "1000 x 1000 table": {"rail": 12, "highways+sea": 25},
    "one-to-all": {"rail": 15, "highways+sea": 30},
    "new metric until first query": {"rail": 0.5, "highways+sea": 0.5},
    "one link closed until first query": {"rail": 50, "highways+sea": 50},
}
"""How many times as fast as the best other it should be, or than a new metric of our own."""
OTHERS = (RoutingKitCch, PyRoutingKit)


class Sizes(NamedTuple):
    """How much is measured."""

    rounds: int
    batch: int
    calls: int
    paths: int
    links: int


FULL = Sizes(rounds=5, batch=100_000, calls=10_000, paths=2_000, links=101)
QUICK = Sizes(rounds=3, batch=5_000, calls=2_000, paths=300, links=21)


class Row(NamedTuple):
    """One work on one graph, in seconds."""

    work: str
    graph: str
    unit: str
    ours: float
    peer: str
    theirs: float
    total: str
    """Sum of all answers, the same for all that were measured."""


def measure(*, quick: bool) -> list[str]:
    """Lines of the page."""
    rows: list[Row] = []
    facts: list[list[str]] = []
    for name in WORLD:
        command = [sys.executable, __file__, name, "quick" if quick else "full"]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        found = json.loads(run.stdout)
        rows += [Row(*row) for row in found["rows"]]
        facts += found["facts"]
    versions = ", ".join(
        f"{one.name} {installed(one.name) or 'is not installed'}" for one in OTHERS
    )
    head = ("work", "graph", "ours", "best other", "ratio", "asked", "sum of answers")
    prepared = ("prepared", "graph", "ours", *(one.name for one in OTHERS))
    graphs = f"graphs of scgraph_data {installed('scgraph_data')}"
    return [
        "One core, its own time; medians, in turns. All sums of answers are equal.",
        "",
        f"{versions}; {graphs}.",
        "",
        *table(head, [_cells(row) for row in rows]),
        "",
        *table(prepared, facts),
    ]


def _cells(row: Row) -> list[str]:
    scale = {"us": 1e6, "ms": 1e3, "s": 1.0}[row.unit]
    ratio = row.theirs / row.ours
    return [
        row.work,
        row.graph,
        f"{scale * row.ours:,.3g} {row.unit}",
        f"{scale * row.theirs:,.3g} {row.unit}, {row.peer}",
        f"{ratio:,.2f}x" if ratio < FEW else f"{ratio:,.0f}x",
        f"{ASKED[row.work][row.graph]:g}x",
        row.total,
    ]


class Bench:
    """All works on one graph."""

    def __init__(self, streets: Streets, sizes: Sizes) -> None:
        self.g, self.sizes = streets, sizes
        self.ours = Ours(streets)
        self.others = {one.name: one(streets) for one in OTHERS if installed(one.name)}
        self.rows: list[Row] = []
        self.facts: list[list[str]] = []

    def prepare(self) -> None:
        """Build all; how long it takes and what it holds."""
        self.facts = [[what, self.g.name, "-", "-", "-"] for what in PREPARED]
        for k, name in enumerate((Ours.name, *(one.name for one in OTHERS)), 2):
            one = self.ours if name == Ours.name else self.others.get(name)
            if one is None:
                continue
            before = resident_mb()
            if not isinstance(one, PyRoutingKit):
                self.facts[0][k] = f"{once(one.order):.1f} s"
            self.facts[1][k] = f"{once(one.build):.2f} s"
            if isinstance(one, PyRoutingKit):
                self.facts[1][k] += " with its order"
            if isinstance(one, Ours):
                one.metric.labels()
            self.facts[2][k] = f"{resident_mb() - before:,.0f} MB"
            if isinstance(one, Ours):
                more = one.more_metrics(3)
                self.facts[3][k] = f"{resident_mb() - before:,.0f} MB"
                del more

    def compare(
        self, work: str, unit: str, count: int, works: Mapping[str, Callable[[], object]],
        totals: Mapping[str, int],
    ) -> None:  # fmt: skip
        """Time in turns; ``count``: parts of the work, ``totals``: sums of answers."""
        if len(set(totals.values())) > 1:
            raise RuntimeError(f"{work} on {self.g.name}: the sums of answers differ: {totals}")
        taken = alternate(works, self.sizes.rounds)
        mine = taken.pop(Ours.name) / count
        peer = min(taken, key=lambda name: taken[name]) if taken else "none"
        theirs = taken[peer] / count if taken else np.nan
        total = f"{next(iter(totals.values())):,}"
        self.rows.append(Row(work, self.g.name, unit, mine, peer, theirs, total))

    def one_to_one(self) -> None:
        """Many at once, one by one, with paths."""
        kits = [self.ours, *self.others.values()]
        start, end = pairs(self.g.n, self.sizes.batch, 5)
        some = some_pairs(self.g.n, self.sizes.calls)
        plain = [one for one in kits if not isinstance(one, PyRoutingKit)]
        self.compare(
            "one-to-one distance, batch", "us", self.sizes.batch,
            {one.name: lambda one=one: one.batch(start, end) for one in plain},
            {one.name: int(one.batch(start, end).sum()) for one in plain},
        )  # fmt: skip
        self.compare(
            "one Python call, one pair", "us", len(some),
            {one.name: lambda one=one: one.calls(some) for one in plain},
            {one.name: one.calls(some) for one in plain},
        )  # fmt: skip
        few = some[: self.sizes.paths]
        self.compare(
            "with the path unpacked", "us", len(few),
            {one.name: lambda one=one: one.paths(few) for one in kits},
            {one.name: self.metres(one.paths(few)) for one in kits},
        )  # fmt: skip

    def metres(self, paths: list[list[int]]) -> int:
        """The sum over paths of arcs: equal ways may differ, their lengths may not."""
        return sum(int(self.g.metres[np.asarray(path, np.int64)].sum()) for path in paths)

    def tables(self) -> None:
        """Many to many, and one to all."""
        start, end = pairs(self.g.n, SIDE, 7)
        kits = [self.ours, *self.others.values()]
        self.compare(
            "1000 x 1000 table", "ms", 1,
            {one.name: lambda one=one: one.table(start, end) for one in kits},
            {one.name: total(one.table(start, end)) for one in kits},
        )  # fmt: skip
        every = np.arange(self.g.n, dtype=np.int32)
        few = start[:SOURCES]
        lanes = {one.name: (lambda one=one: one.table(few, every)) for one in self.others.values()}
        lanes[self.ours.name] = lambda: self.ours.to_all(few)
        totals = {name: total(work()) for name, work in lanes.items()}
        self.compare("one-to-all", "ms", SOURCES, lanes, totals)

    def changes(self) -> None:
        """New weights, and a closed link."""
        rng = np.random.default_rng(3)
        pair = some_pairs(self.g.n, 1)[0]
        other = np.maximum(1, self.g.metres * rng.uniform(0.5, 2.0, len(self.g.metres)))
        metres = other.astype(np.int32)
        listed = metres.tolist()
        works: dict[str, Callable[[], int]] = {Ours.name: lambda: self.ours.reweigh(metres, pair)}
        kit = self.others.get(RoutingKitCch.name)
        if isinstance(kit, RoutingKitCch):
            works[kit.name] = lambda: kit.reweigh(listed, pair)
        totals = {name: work() for name, work in works.items()}
        self.compare("new metric until first query", "ms", 1, works, totals)
        half = len(metres) // 2
        taken: list[float] = []
        found = 0
        for link in rng.integers(0, half, self.sizes.links).tolist():
            arcs = np.array([link, half + link])
            ends = int(self.g.tail[link]), int(self.g.head[link])
            taken.append(once(lambda arcs=arcs, ends=ends: self.ours.close(arcs, ends)))
            found += int(self.ours.metric.distance(*ends))
            self.ours.open_again(arcs)
        anew = self.rows[-1].ours
        work, peer = "one link closed until first query", "a new metric of ours"
        self.rows.append(Row(work, self.g.name, "ms", median(taken), peer, anew, f"{found:,}"))


def total(found: object) -> int:
    """The sum of a table."""
    return int(np.asarray(found).sum(dtype=np.int64))


def main(name: str, size: str) -> int:
    """Measure one graph."""
    bench = Bench(world(name), QUICK if size == "quick" else FULL)
    bench.prepare()
    bench.one_to_one()
    bench.tables()
    bench.changes()
    sys.stdout.write(json.dumps({"rows": bench.rows, "facts": bench.facts}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
