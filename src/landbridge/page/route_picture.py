"""The picture of a route: the map of all options, and their times as strips with their figures."""

from __future__ import annotations

import numpy as np

from landbridge.network.summary import state_in_words
from landbridge.page.drawing import (
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
from landbridge.page.palette import MODES, colours
from landbridge.page.route_map import route_map
from landbridge.routing.itinerary import Leg
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult
from landbridge.routing.wrap import wrapped
from landbridge.units import HOURS_PER_DAY

WIDE, MARGIN = 1100.0, 24.0
MAP_HIGH, ROW = 520.0, 34.0
TRACK = (392.0, 732.0)
"""Left and right end of the strips."""
COLUMNS = (("days (p10–p90)", 880.0), ("USD", 966.0), ("t CO₂e", 1076.0))
"""Right edges of the figures."""
WORDS = {"rail": "rail", "road": "road", "sea": "sea", "inland_waterway": "inland waterway",
         "air": "air", "wait": "wait", "border": "border", "handling": "handling",
         "gauge": "change of gauge", "customs": "customs"}  # fmt: skip
CREDIT = (
    "Railways and roads © OpenStreetMap contributors (ODbL), sea lanes Eurostat SeaRoute, places"
    " GeoNames and World Port Index, outlines Natural Earth. Made with landbridge."
)
MOST_TICKS = 7
LETTERS = 165
"""Of a line of small print."""


def route_picture(result: RouteResult) -> Drawing:
    """The drawing of an answer; its height grows with the number of options."""
    shades = colours()
    title = f"{result.origin.name} to {result.destination.name}"
    cargo = result.loaded.cargo
    load = f"{cargo.tonnes:g} t" if cargo.loose else (
        f"{cargo.boxes} x {cargo.feet} ft, {cargo.tonnes:g} t")  # fmt: skip
    year = result.net.case.price_year + result.quote.years
    told = (
        f"{load}; base case: {state_in_words(result.net)}; what is open on {result.on};"
        f" USD of {year}; ranges p10–p90; ~ has estimates; faint: another is better in all"
    )
    marks: list[Mark] = [Text(MARGIN, 40, title, 24, shades["ink"], bold=True)]
    y = 62.0
    for line in wrapped(told, rest="", width=LETTERS):
        marks.append(Text(MARGIN, y, line, 12.5, shades["muted"]))
        y += 17
    frame = (MARGIN, y, WIDE - 2 * MARGIN, MAP_HIGH)
    marks += route_map(result, frame)
    y += MAP_HIGH + 20
    marks += _legend(result, y)
    y += 34
    rows, y = _strips(result, y)
    marks += rows
    for line in wrapped(CREDIT, rest="", width=LETTERS):
        marks.append(Text(MARGIN, y, line, 11, shades["muted"]))
        y += 15
    return Drawing(title, WIDE, y + 6, shades["paper"], tuple(marks))


def look(leg: Leg) -> str:
    """What a leg is shown as: its mode, or wait, border, handling, gauge."""
    if leg.kind == "move":
        return str(leg.mode)
    if leg.kind == "transfer":
        return "gauge" if "gauge" in leg.note else "handling"
    return leg.kind


def _colour(name: str) -> str:
    return colours()[MODES.get(name, name)]


def _legend(result: RouteResult, y: float) -> list[Mark]:
    shades = colours()
    used = {look(leg) for one in result.options for leg in one.itinerary.legs}
    marks: list[Mark] = []
    x = MARGIN
    for name, words in WORDS.items():
        if name in used:
            marks.append(rectangle((x, y - 8, 16, 8), _colour(name)))
            marks.append(Text(x + 22, y, words, 12, shades["ink"]))
            x += 22 + text_width(words, 12) + 18
    return marks


def _strips(result: RouteResult, y: float) -> tuple[list[Mark], float]:
    """A row per option, and where the next thing may begin."""
    shades = colours()
    longest = max(one.hours["p90"] for one in result.options)
    left, right = TRACK
    scale = (right - left) / longest
    marks: list[Mark] = [
        Text(edge, y, words, 12, shades["muted"], "end", bold=True) for words, edge in COLUMNS
    ]
    marks.append(Text(MARGIN, y, "option", 12, shades["muted"], bold=True))
    bottom = y + 10 + ROW * len(result.options)
    for day in ticks(0.0, longest / HOURS_PER_DAY, MOST_TICKS):
        x = left + day * HOURS_PER_DAY * scale
        marks.append(Line(np.array([[x, y + 6], [x, bottom]]), shades["line"], 1))
        marks.append(Text(x, y, f"day {day:g}" if day else "ready", 11, shades["muted"], "middle"))
    for number, one in enumerate(result.options, start=1):
        marks += _strip(one, number, y + 10 + ROW * (number - 1), scale)
    return marks, bottom + 22


def _strip(one: Option, number: int, top: float, scale: float) -> list[Mark]:
    shades, left = colours(), TRACK[0]
    middle = top + ROW / 2
    legs = one.itinerary.legs
    mark = "~" if any(leg.estimated for leg in legs) else ""
    ink = shades["muted"] if one.dominated_by else shades["ink"]
    name = shortened(mark + one.name, 12.5, left - MARGIN - 44)
    marks: list[Mark] = [
        Dot(MARGIN + 9, middle, 9, shades["card"], shades["ink"], 1.4),
        Text(MARGIN + 9, middle + 4, str(number), 11, shades["ink"], "middle", bold=True),
        Text(MARGIN + 28, middle + 4, name, 12.5, ink),
    ]
    x = left
    for leg in legs:
        wide = sum(amount.mean for amount in leg.hours) * scale
        if wide > 0:
            marks.append(rectangle((x, middle - 7, wide, 9), _colour(look(leg))))
            x += wide
    ends = [left + one.hours[level] * scale for level in ("p10", "p90")]
    rail = middle + 7
    marks.append(Line(np.array([[ends[0], rail], [ends[1], rail]]), ink, 1.5))
    marks += [Line(np.array([[at, rail - 3], [at, rail + 3]]), ink, 1.5) for at in ends]
    days = [one.hours[level] / HOURS_PER_DAY for level in ("p50", "p10", "p90")]
    figures = f"{days[0]:.0f} ({days[1]:.0f}–{days[2]:.0f})", f"{one.bill.usd:,.0f}", (
        f"{one.wtw_kg / 1000:.1f}")  # fmt: skip
    for words, (_, edge) in zip(figures, COLUMNS, strict=True):
        marks.append(Text(edge, middle + 4, words, 12.5, ink, "end"))
    return marks
