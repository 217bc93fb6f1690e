"""The picture of a season: for each place that costs the most waiting its queue and its waits."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.page.drawing import (
    Area,
    Dot,
    Drawing,
    Line,
    Mark,
    Text,
    rectangle,
    shortened,
    text_width,
    ticks,
)
from landbridge.page.palette import colours
from landbridge.routing.wrap import wrapped
from landbridge.schema.column import Floats
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import Report, Wait

MOST_PLACES = 8
WIDE, MARGIN = 800.0, 20.0
TRACK = (64.0, 490.0)
"""Left and right end of the curves."""
BARS = (530.0, 780.0)
"""Left and right end of the bars."""
ROW, NAME, HIGH = 88.0, 16.0, 54.0
"""Height of a row, of the name in it, and of the curve below the name."""
BAR = 14.0
LETTERS = 120
"""Of a line of small print."""
ROOM_ABOVE = 1.06
"""Of a curve's scale over its highest value."""
DAY_TICKS, LOT_TICKS, HOUR_TICKS = 7, 4, 5


@dataclass(frozen=True, eq=False)
class Queue:
    """Lots waiting at a place at the end of each day, over replications; (n_days,) each."""

    wait: Wait
    mean: Floats
    least: Floats
    most: Floats


def queues_of(found: Report, runs: Sequence[Replication]) -> tuple[Queue, ...]:
    """The places that cost the most waiting, at most eight, the most first."""
    rows = {(at.name, at.kind, at.element): k for k, at in enumerate(found.facts.stations)}
    queues: list[Queue] = []
    for one in found.waits[:MOST_PLACES]:
        if one.lost_h.mean > 0:
            k = rows[one.place, one.kind, one.element]
            lots = np.array([run.queue[:, k] for run in runs], dtype=np.float64)
            queues.append(Queue(one, lots.mean(0), lots.min(0), lots.max(0)))
    return tuple(queues)


def season_picture(found: Report, runs: Sequence[Replication]) -> Drawing:
    """The drawing of a run; its height grows with the number of places."""
    shades, f = colours(), found.facts
    title = f"Queues and waits: {f.days} days from {f.start}"
    marks: list[Mark] = [Text(MARGIN, 36, title, 21, shades["ink"], bold=True)]
    y = 56.0
    for line in wrapped(_told(found), rest="", width=LETTERS):
        marks.append(Text(MARGIN, y, line, 11.5, shades["muted"]))
        y += 16
    queues = queues_of(found, runs)
    if not queues:
        marks.append(Text(MARGIN, y + 24, "Nobody waits anywhere.", 14, shades["ink"]))
        return Drawing(title, WIDE, y + 50, shades["paper"], tuple(marks))
    marks += _legend(y + 12, spread=len(runs) > 1)
    y += 30
    bottom = y + ROW * len(queues)
    hours = max(max(_finite(_levels(one.wait))) for one in queues) or 1.0
    marks += _axes(found, hours, y, bottom)
    for number, one in enumerate(queues):
        marks += _curve(one, y + ROW * number)
        marks += _bar(one.wait, y + ROW * number, hours)
    return Drawing(title, WIDE, bottom + 46, shades["paper"], tuple(marks))


def _told(found: Report) -> str:
    f = found.facts
    state = f", scenarios {', '.join(f.scenarios)}" if f.scenarios else ""
    many = "1 replication" if found.replications == 1 else f"{found.replications} replications"
    return (
        f"{f.case} ({f.base_case}){state}; {many}, seed {f.seed}. Places"
        " that cost the most lot-hours first; each queue has a scale of its own;"
        " ~ capacity estimated."
    )


def _legend(y: float, *, spread: bool) -> list[Mark]:
    shades = colours()
    left, _ = TRACK
    words = "lots waiting at the end of the day: mean"
    marks: list[Mark] = [
        Line(np.array([[MARGIN, y - 4], [MARGIN + 18, y - 4]]), shades["one"], 2),
        Text(MARGIN + 24, y, words, 11.5, shades["ink"]),
    ]
    if spread:
        x = left + text_width(words, 11.5)
        marks.append(rectangle((x, y - 9, 18, 10), shades["one-area"]))
        marks.append(Text(x + 24, y, "least to most", 11.5, shades["ink"]))
    x, middle = BARS[0], y - 4
    marks.append(rectangle((x, y - 9, 18, 10), shades["wait"]))
    marks.append(Text(x + 24, y, "mean wait, h", 11.5, shades["ink"]))
    x += 122
    marks.append(Dot(x, middle, 3.5, shades["card"], shades["ink"], 1.4))
    marks.append(Text(x + 8, y, "p50", 11.5, shades["ink"]))
    x += 52
    marks.append(Line(np.array([[x, middle - 6], [x, middle + 6]]), shades["ink"], 2))
    return [*marks, Text(x + 8, y, "p90", 11.5, shades["ink"])]


def _axes(found: Report, hours: float, top: float, bottom: float) -> list[Mark]:
    """Scales that all rows share: days below the curves, hours below the bars."""
    shades, f = colours(), found.facts
    marks: list[Mark] = []
    left, right = TRACK
    for day in ticks(0.0, float(f.days), DAY_TICKS):
        if day == int(day):
            x = left + (right - left) * day / f.days
            marks.append(Line(np.array([[x, top], [x, bottom]]), shades["line"], 1))
            marks.append(Text(x, bottom + 14, f"{day:.0f}", 11, shades["muted"], "middle"))
    words = f"days from {f.start} on"
    marks.append(Text((left + right) / 2, bottom + 32, words, 11.5, shades["muted"], "middle"))
    left, right = BARS
    for hour in ticks(0.0, hours, HOUR_TICKS):
        x = left + (right - left) * hour / hours
        marks.append(Line(np.array([[x, top], [x, bottom]]), shades["line"], 1))
        marks.append(Text(x, bottom + 14, f"{hour:,.10g}", 11, shades["muted"], "middle"))
    words = "wait, hours"
    return [*marks, Text((left + right) / 2, bottom + 32, words, 11.5, shades["muted"], "middle")]


def _curve(one: Queue, top: float) -> list[Mark]:
    """The name of a place, and its queue: a step a day, as it was at the end of that day."""
    shades = colours()
    left, right = TRACK
    foot = top + NAME + 8 + HIGH
    highest = max(float(one.most.max()), 1.0) * ROOM_ABOVE
    grows = "; grows until the end" if one.wait.grows else ""
    room = WIDE - 2 * MARGIN - text_width(grows, 12, bold=True)
    name = shortened(("~ " if one.wait.estimated else "") + one.wait.place, 12 * 1.09, room)
    marks: list[Mark] = []
    days = np.repeat(np.linspace(left, right, len(one.mean) + 1), 2)[1:-1]

    def steps(lots: Floats) -> Floats:
        return np.column_stack([days, foot - HIGH * np.repeat(lots, 2) / highest])

    if (one.most > one.least).any():
        ring = np.vstack([steps(one.most), steps(one.least)[::-1]])
        marks.append(Area((ring,), shades["one-area"]))
    marks.append(Line(np.array([[left, foot], [right, foot]]), shades["muted"], 1))
    for lots in ticks(0.0, highest, LOT_TICKS):
        y = foot - HIGH * lots / highest
        marks.append(Line(np.array([[left - 4, y], [left, y]]), shades["muted"], 1))
        marks.append(Text(left - 7, y + 4, f"{lots:,.10g}", 11, shades["muted"], "end"))
    marks.append(Line(steps(one.mean), shades["one"], 2))
    marks.append(Text(MARGIN, top + NAME, name + grows, 12, shades["ink"], bold=True,
                      halo=shades["paper"]))  # fmt: skip
    return marks


def _bar(one: Wait, top: float, hours: float) -> list[Mark]:
    """The mean wait as a bar, p50 and p90 as marks on it, and their figures below."""
    shades = colours()
    left, right = BARS
    scale = (right - left) / hours
    y = top + NAME + 14
    mean, p50, p90 = _levels(one)
    figures = "nobody's turn has come"
    marks: list[Mark] = []
    if math.isfinite(p50):
        marks.append(rectangle((left, y, mean * scale, BAR), shades["wait"]))
        marks.append(Line(np.array([[left + x * scale, y + BAR / 2] for x in (p50, p90)]),
                          shades["ink"], 1))  # fmt: skip
        x = left + p90 * scale
        marks.append(Line(np.array([[x, y - 2], [x, y + BAR + 2]]), shades["ink"], 2))
        marks.append(Dot(left + p50 * scale, y + BAR / 2, 3.5, shades["card"], shades["ink"], 1.4))
        half = f" ± {one.mean_h.half:,.1f}" if math.isfinite(one.mean_h.half) else ""
        figures = f"mean {mean:,.1f}{half}, p50 {p50:,.1f}, p90 {p90:,.1f}"
    size = min(11.0, (right - left) / text_width(figures, 1.0))
    marks.append(Text(left, y + BAR + 18, figures, size, shades["ink"], halo=shades["paper"]))
    return marks


def _levels(one: Wait) -> tuple[float, float, float]:
    return one.mean_h.mean, one.p50_h, one.p90_h


def _finite(values: Sequence[float]) -> list[float]:
    return [value if math.isfinite(value) else 0.0 for value in values]
