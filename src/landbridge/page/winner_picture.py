"""The picture of a map of winners: areas, axes in units, ranges of the rows, today."""

from __future__ import annotations

import numpy as np

from landbridge.page.drawing import Box, Dot, Drawing, Line, Mark, Text, rectangle, shortened, ticks
from landbridge.page.palette import colours
from landbridge.scenario.breakeven import Parameter
from landbridge.scenario.winner_map import CELLS, WinnerMap, span_of

SIZE, LEFT, TOP, WIDE, HIGH = 480.0, 96.0, 70.0, 680.0, 640.0
MOST_TICKS = 7


def winner_picture(drawn: WinnerMap) -> Drawing:
    """The drawing of a map of two parameters."""
    shades = colours()
    names = drawn.names
    marks: list[Mark] = []
    for k, (name, shade) in enumerate(zip(names, ("one-area", "two-area"), strict=True)):
        marks.append(rectangle((LEFT, 14 + 22 * k, 14, 14), shades[shade]))
        words = shortened(f"{name} wins", 13, WIDE - LEFT - 40)
        marks.append(Text(LEFT + 22, 26 + 22 * k, words, 13, shades["ink"]))
    marks += _cells(drawn)
    spans = span_of(drawn.x), span_of(drawn.y)
    marks += _axes(drawn, spans)
    places = [_place(one.figure.typical, span)
              for one, span in zip((drawn.across, drawn.up), spans, strict=True)]  # fmt: skip
    x, y = LEFT + SIZE * places[0], TOP + SIZE * (1 - places[1])
    marks.append(Dot(x, y, 5, shades["card"], shades["ink"], 2))
    marks.append(Text(x + 9, y - 7, "today", 13, shades["ink"], halo=shades["card"]))
    title = f"Who wins: {names[0]} or {names[1]}"
    return Drawing(title, WIDE, HIGH, shades["card"], tuple(marks))


def _cells(drawn: WinnerMap) -> list[Mark]:
    """One rectangle per run of the same winner."""
    shades, cell = colours(), SIZE / CELLS
    marks: list[Mark] = []
    for j, row in enumerate(drawn.first_wins):
        top = TOP + SIZE - (j + 1) * cell
        start = 0
        for k in range(1, CELLS + 1):
            if k == CELLS or row[k] != row[start]:
                box: Box = LEFT + start * cell, top, (k - start) * cell, cell + 0.3
                marks.append(rectangle(box, shades["one-area" if row[start] else "two-area"]))
                start = k
    return marks


def _axes(drawn: WinnerMap, spans: tuple[tuple[float, float], tuple[float, float]]) -> list[Mark]:
    ink = colours()["ink"]
    marks: list[Mark] = []
    across, up = spans
    for value in ticks(*across, MOST_TICKS):
        x = LEFT + SIZE * _place(value, across)
        marks.append(Line(np.array([[x, TOP + SIZE], [x, TOP + SIZE + 5]]), ink, 1))
        marks.append(Text(x, TOP + SIZE + 20, f"{value:,.10g}", 12, ink, "middle"))
    for value in ticks(*up, MOST_TICKS):
        y = TOP + SIZE * (1 - _place(value, up))
        marks.append(Line(np.array([[LEFT - 5, y], [LEFT, y]]), ink, 1))
        marks.append(Text(LEFT - 9, y + 4, f"{value:,.10g}", 12, ink, "end"))
    middle = LEFT + SIZE / 2
    marks.append(Text(middle, TOP + SIZE + 46, _words(drawn.across, 620), 13, ink, "middle"))
    marks.append(Text(24, TOP + SIZE / 2, _words(drawn.up, SIZE), 13, ink, "middle", upward=True))
    return [*marks, *_ranges(drawn, spans)]


def _words(one: Parameter, room: float) -> str:
    unit = f" ({one.figure.unit})"
    return shortened(one.figure.words, 13, room - 7.5 * len(unit)) + unit


def _ranges(drawn: WinnerMap, spans: tuple[tuple[float, float], tuple[float, float]]) -> list[Mark]:
    """A frame round the ranges of both rows."""
    ends: list[list[float]] = []
    for one, span in zip((drawn.across, drawn.up), spans, strict=True):
        ends.append([min(max(_place(value, span), 0.0), 1.0)
                     for value in (one.figure.low, one.figure.high)])  # fmt: skip
    (west, east), (south, north) = ends
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    points = np.array([[LEFT + SIZE * a, TOP + SIZE * (1 - b)] for a, b in corners])
    return [Line(points, colours()["ink"], 1.2, (5.0, 4.0))]


def _place(value: float, span: tuple[float, float]) -> float:
    low, high = span
    return (value - low) / (high - low)
