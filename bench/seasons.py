"""How a season grows: time per event and memory per box, from ten thousand boxes to ten million.

Each size in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

import numpy as np
from sheet import table

from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.law import Law
from landbridge.simulation.model import Model, Serve, Servers
from landbridge.simulation.model import Path as Way

LINE = 20
"""Borders in the line."""
DAYS = 90
RUNS = {10_000: 9, 100_000: 5, 1_000_000: 3, 10_000_000: 1}
"""Boxes -> how often."""
PICTURE = Path(__file__).parent.parent / "docs" / "pictures" / "seasons.svg"
WIDTH, HEIGHT, EDGE = 640, 300, 70
MOST_NS = 400
FEWEST, MOST = 4, 7
"""Powers of ten of the picture's boxes."""


@dataclass(frozen=True)
class Point:
    """One size."""

    boxes: int
    live: int
    events: int
    ns: float
    peak: float
    """Bytes that the process has grown by, at its peak."""


def season(boxes: int) -> Prepared:
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
    path = Way("p", tuple(steps), rates=((0.0, rate),))
    return Prepared(Model(tuple(stations), (path,), hours))


def measure(*, quick: bool) -> list[str]:
    """Lines of Markdown."""
    sizes = list(RUNS)[:3] if quick else list(RUNS)
    points = [_child(boxes, 1 if quick else RUNS[boxes]) for boxes in sizes]
    x = np.log([p.boxes for p in points])
    exponent = float(np.polyfit(x, np.log([p.ns * p.events for p in points]), 1)[0])
    growth = points[-1].ns / points[0].ns
    if not quick:
        draw(points)
    text = (
        f"One season of {DAYS} days: a line of {LINE} borders, each at 0.8 of its capacity, and"
        " 20 hours on the way between two of them; servers grow with the boxes. The processor's"
        " time, medians; memory is what the process grows by at its peak (VmHWM)."
    )
    rows = [
        [
            f"{p.boxes:,}", f"{p.live:,}", f"{p.events:,}", f"{p.ns:.0f}",
            f"{p.peak / 1e6:,.1f} MB", f"{p.peak / p.boxes:.0f}", f"{p.peak / p.live:.0f}",
        ]
        for p in points
    ]  # fmt: skip
    head = ["boxes", "under way at the end", "events", "ns an event", "memory", "bytes a box",
            "bytes a box under way"]  # fmt: skip
    said = (
        f"From {points[0].boxes:,} to {points[-1].boxes:,} boxes an event takes {growth:.2f} times"
        f" as long; the whole time grows with exponent {exponent:.2f}."
    )
    return [text, "", *table(head, rows), "", said, "", "![Time per event](pictures/seasons.svg)"]


def _child(boxes: int, runs: int) -> Point:
    command = [sys.executable, __file__, str(boxes), str(runs)]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Point(**json.loads(out))


def draw(points: Sequence[Point]) -> None:
    """Time per event against boxes, these by powers of ten."""

    def place(boxes: float, ns: float) -> tuple[float, float]:
        across = (math.log10(boxes) - FEWEST) / (MOST - FEWEST)
        x = EDGE + across * (WIDTH - 2 * EDGE)
        return round(x, 1), round(HEIGHT - EDGE - ns / MOST_NS * (HEIGHT - 2 * EDGE), 1)

    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        "  <title>Time per event against boxes of a season</title>",
        f'  <rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
    ]
    for ns in range(0, MOST_NS + 1, 100):
        x, y = place(10.0**FEWEST, ns)
        lines.append(f'  <path d="M{x} {y} H{WIDTH - EDGE}" stroke="#e3e7eb"/>')
        lines.append(f'  <text x="{x - 8}" y="{y + 4}" text-anchor="end">{ns} ns</text>')
    for power, said in ((4, "10,000"), (5, "100,000"), (6, "1 M"), (7, "10 M boxes")):
        x, y = place(10.0**power, 0)
        lines.append(f'  <text x="{x}" y="{y + 20}" text-anchor="middle">{said}</text>')
    at = [place(p.boxes, min(p.ns, MOST_NS)) for p in points]
    path = " L".join(f"{x} {y}" for x, y in at)
    lines.append(f'  <path d="M{path}" stroke="#0b6e99" stroke-width="2" fill="none"/>')
    lines += [f'  <circle cx="{x}" cy="{y}" r="3" fill="#0b6e99"/>' for x, y in at]
    PICTURE.write_text("\n".join([*lines, "</svg>", ""]), encoding="utf-8")


def _status(name: str) -> int:
    """Bytes of a line of /proc/self/status; 0 where the system does not tell."""
    try:
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith(name + ":"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def main(boxes: int, runs: int) -> int:
    """Measure one size."""
    Run(season(1_000), 0).finish()  # compiles
    prepared = season(boxes)
    before = _status("VmRSS")
    try:
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    except OSError:
        before = 0
    taken: list[float] = []
    events = live = peak = 0
    for seed in range(runs):
        run = Run(prepared, seed)
        begin = time.process_time()
        while not run.advance():
            pass
        spent = time.process_time() - begin
        peak = peak or _status("VmHWM") - before
        result = run.result()
        events, live = result.events, result.live
        taken.append(1e9 * spent / events)
        del run
    point = Point(boxes, live, events, median(taken), float(peak))
    sys.stdout.write(json.dumps(asdict(point)))
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
