"""How the work grows: parts of the world's networks, and grids of streets to 8 million arcs.

As a program it measures one graph and prints JSON, so that each graph gets a process of its own.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from engines import Ours, some_pairs
from graphs import Streets, grid, pairs, part, world
from sheet import table
from timing import alternate, once

PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "growth.svg"
SHARES = {"1/8": 0.125, "1/4": 0.25, "1/2": 0.5, "all": 1.0}
SIDES = (178, 354, 708, 1415)
"""Of grids: 126,000 to 8 million arcs."""
BUDGET_S = 300.0
"""A graph that would take longer than what is left of it is left out, and that is told."""
LARGER = {"rail": 2.5, "highways+sea": 2.5, "grid": 6.0}
"""How many times as long as the last of its family a graph is taken to need."""
LABEL_BYTES = 2_000_000_000
"""Graphs with larger labels answer pairs by a table instead."""
SIDE = 200
"""Origins and destinations of a table."""
MILLI = 1e-3
WORKS = ("order", "hierarchy", "new metric", "one-to-one", "200 x 200 table")


class Point(NamedTuple):
    """Seconds of each work on one graph; 0 where it was not measured."""

    family: str
    graph: str
    arcs: int
    seconds: tuple[float, ...]


def measure_one(streets: Streets, family: str) -> Point:
    """All works on one graph."""
    ours = Ours(streets)
    order = once(ours.order)
    hierarchy = once(ours.build)
    start, end = pairs(streets.n, SIDE)
    pair = some_pairs(streets.n, 1)[0]
    works = {
        "metric": lambda: ours.hierarchy.metric(streets.metres),
        "table": lambda: ours.table(start, end),
    }
    taken = alternate(works, 3)
    entries = 2 * 4 * ours.hierarchy.entries
    one = 0.0
    if entries <= LABEL_BYTES:
        ours.metric.distance(*pair)
        many = pairs(streets.n, 10_000)
        one = alternate({"pairs": lambda: ours.batch(*many)}, 3)["pairs"] / len(many[0])
    seconds = order, hierarchy, taken["metric"], one, taken["table"]
    return Point(family, streets.name, len(streets.tail), seconds)


def measure(*, quick: bool) -> list[str]:
    """Lines of the page; draws the picture as well."""
    asked = [
        (family, size)
        for share, side in zip(SHARES, SIDES, strict=True)
        for family, size in (("rail", share), ("highways+sea", share), ("grid", str(side)))
    ]
    if quick:
        asked = [one for one in asked[:6] if one[0] != "highways+sea"]
    end = time.perf_counter() + BUDGET_S
    points: list[Point] = []
    left_out: list[str] = []
    last: dict[str, float] = {}
    for family, size in asked:
        begin = time.perf_counter()
        if begin + LARGER[family] * last.get(family, 0.0) > end:
            left_out.append(f"{family} {size}")
            continue
        command = [sys.executable, __file__, family, size]
        run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        points.append(Point(*json.loads(run.stdout)))
        last[family] = time.perf_counter() - begin
    head = ("graph", "arcs", *WORKS)
    families = list(dict.fromkeys(point.family for point in points))
    exponents = [[f"exponent, {name}", "", *fitted(points, name)] for name in families]
    if not quick:
        draw(points)
    told = [f"Left out, for the time was up: {', '.join(left_out)}.", ""] if left_out else []
    return [
        "One core, its own time. Parts of a network are the vertices nearest to a point in Europe;",
        "exponents are fitted to the logarithms. Pairs come in batches of 10,000; where labels",
        "would take more than 2 GB they are not made.",
        "",
        *told,
        *table(head, [_cells(p) for p in sorted(points, key=_by_family)] + exponents),
        "",
        "![Time against arcs](pictures/growth.svg)",
    ]


def _by_family(point: Point) -> tuple[str, int]:
    return point.family, point.arcs


def _cells(point: Point) -> list[str]:
    return [point.graph, f"{point.arcs:,}", *(_seconds(value) for value in point.seconds)]


def _seconds(value: float) -> str:
    if not value:
        return "-"
    if value >= 1:
        return f"{value:,.3g} s"
    return f"{1e3 * value:,.3g} ms" if value >= MILLI else f"{1e6 * value:,.3g} us"


def fitted(points: list[Point], family: str) -> list[str]:
    """Exponents of each work over the arcs of a family."""
    found: list[str] = []
    for k in range(len(WORKS)):
        some = [(p.arcs, p.seconds[k]) for p in points if p.family == family and p.seconds[k]]
        if len(some) <= 1:
            found.append("-")
            continue
        x, y = np.log(np.array(some)).T
        found.append(f"{np.polyfit(x, y, 1)[0]:.2f}")
    return found


COLOURS = {"highways+sea": "#1f5fa8", "rail": "#b03a2e", "grid": "#1e8449"}
SHOWN = {"order": "order", "new metric": "new metric", "one-to-one": "one pair of a batch"}
WIDTH, HEIGHT, EDGE = 640, 300, 56
FEWEST, MOST = 4.0, 7.0
"""Powers of ten of arcs, from left to right."""
LEAST, LARGEST = -7.0, 3.0
"""Powers of ten of seconds, from bottom to top."""


def _place(arcs: float, seconds: float) -> tuple[float, float]:
    x = EDGE + (np.log10(arcs) - FEWEST) / (MOST - FEWEST) * (WIDTH - 2 * EDGE)
    y = HEIGHT - EDGE - (np.log10(seconds) - LEAST) / (LARGEST - LEAST) * (HEIGHT - 1.5 * EDGE)
    return round(float(x), 1), round(float(y), 1)


def draw(points: list[Point]) -> None:
    """Time against arcs, both by powers of ten."""
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        "  <title>Time against arcs</title>",
        f'  <rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for power, said in ((-6, "1 us"), (-3, "1 ms"), (0, "1 s"), (2, "100 s")):
        x, y = _place(10**FEWEST, 10.0**power)
        lines.append(f'  <path d="M{x} {y} H{WIDTH - EDGE}" stroke="#e3e7eb"/>')
        lines.append(f'  <text x="{x - 8}" y="{y + 4}" text-anchor="end">{said}</text>')
    for power, said in ((4, "10,000"), (5, "100,000"), (6, "1 M"), (7, "10 M arcs")):
        x, y = _place(10.0**power, 10**LEAST)
        lines.append(f'  <text x="{x}" y="{y + 20}" text-anchor="middle">{said}</text>')
    for work, said in SHOWN.items():
        k = WORKS.index(work)
        last = 0.0, 0.0
        for family, colour in COLOURS.items():
            some = [p for p in points if p.family == family and p.seconds[k]]
            at = [_place(p.arcs, p.seconds[k]) for p in some]
            path = " L".join(f"{x} {y}" for x, y in at)
            lines.append(f'  <path d="M{path}" stroke="{colour}" stroke-width="2" fill="none"/>')
            lines += [f'  <circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in at]
            last = max(last, at[-1]) if at else last
        lines.append(f'  <text x="{last[0] - 8}" y="{last[1] - 8}" text-anchor="end">{said}</text>')
    for k, (family, colour) in enumerate(COLOURS.items()):
        x = EDGE + 130 * k
        lines.append(f'  <text x="{x}" y="{HEIGHT - 8}" fill="{colour}">{family}</text>')
    PICTURE.write_text("\n".join([*lines, "</svg>", ""]), encoding="utf-8")


def main(family: str, size: str) -> int:
    """Measure one graph."""
    if family == "grid":
        streets = grid(int(size))
    else:
        whole = world(family)
        streets = part(whole, SHARES[size], f"{family}, {size}")
    sys.stdout.write(json.dumps(measure_one(streets, family)))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
