"""The map of a picture of a route: land, every option by mode, ends, handovers, numbers."""

from __future__ import annotations

import numpy as np

from landbridge.page.drawing import Area, Box, Dot, Line, Mark, Text, rectangle, text_width
from landbridge.page.palette import MODES, colours
from landbridge.page.projection import View, country_names, fitted, outlines
from landbridge.page.shapes import TURN, along_great_circles, unrolled
from landbridge.routing.illustration import LegShape, leg_shapes
from landbridge.routing.itinerary import Spot
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult
from landbridge.schema.column import Flags, Floats

SAMPLES = 120
"""Points of a way that are tried for its number."""
NUMBER_PX = 9.0
CLEAR_PX, APART_PX = 40.0, 30.0
"""A number that is so far from other ways and other numbers is as clear as any."""
BEATEN = 0.45
"""Opacity of options that another beats in all."""


def route_map(result: RouteResult, frame: Box) -> list[Mark]:
    """The marks of the map within the frame."""
    shades = colours()
    ways = {one.id: _way(result, one) for one in result.options}
    # what is beaten in all may run out of the frame, so that the rest is drawn large
    best = [one.id for one in result.options if not one.dominated_by]
    lon = np.concatenate([part[1] for name in best for part in ways[name]])
    lat = np.concatenate([part[2] for name in best for part in ways[name]])
    view = fitted(frame, lon, lat)
    met = {code for one in result.options for code in one.itinerary.countries}
    marks: list[Mark] = [rectangle(frame, shades["water"]), *_land(view, met)]
    for one in reversed(result.options):
        marks += _line(view, one, ways[one.id])
    marks += _handovers(view, result.options, ways)
    taken: list[Box] = []
    marks += _ends(view, result, (float(lon[0]), float(lon.max())), taken)
    marks += _numbers(view, result.options, ways, taken)
    return [*marks, *_names(view, met, taken)]


def _way(result: RouteResult, one: Option) -> list[tuple[LegShape, Floats, Floats]]:
    """Shapes of the legs with longitudes that run on over the antimeridian from leg to leg."""
    found: list[tuple[LegShape, Floats, Floats]] = []
    last = result.origin.lon
    for shape in leg_shapes(result.net, one.itinerary):
        lat, lon = along_great_circles(shape.lat, shape.lon)
        lon = unrolled(lon)
        lon = lon + TURN * round((last - float(lon[0])) / TURN)
        last = float(lon[-1])
        found.append((shape, lon, lat))
    return found


def _land(view: View, met: set[str]) -> list[Mark]:
    shades, marks = colours(), list[Mark]()
    for code, rings in outlines().items():
        drawn = [view.place(lon + turn, lat) for lon, lat in rings for turn in view.turns(lon)]
        drawn = [ring for ring in drawn if _meets(ring, view.frame)]
        if drawn:
            fill = shades["met" if code in met else "land"]
            marks.append(Area(tuple(drawn), fill, shades["coast"], 0.6, clip=view.frame))
    return marks


def _meets(points: Floats, frame: Box) -> bool:
    left, top, wide, high = frame
    low, most = points.min(0), points.max(0)
    return bool(
        low[0] <= left + wide and most[0] >= left and low[1] <= top + high and most[1] >= top
    )


def _line(view: View, one: Option, way: list[tuple[LegShape, Floats, Floats]]) -> list[Mark]:
    shades = colours()
    opacity = BEATEN if one.dominated_by else 1.0
    marks: list[Mark] = []
    drawn = [(shape, view.place(lon, lat)) for shape, lon, lat in way]
    for _, points in drawn:
        marks.append(Line(points, shades["card"], 5.0, clip=view.frame, opacity=0.6 * opacity))
    for shape, points in drawn:
        mode = str(one.itinerary.legs[shape.leg].mode)
        dash = (6.0, 4.0) if shape.planned else ()
        marks.append(Line(points, shades[MODES[mode]], 2.4, dash, view.frame, opacity))
    return marks


def _handovers(
    view: View, options: list[Option], ways: dict[str, list[tuple[LegShape, Floats, Floats]]]
) -> list[Mark]:
    """Where legs of different modes or services meet: ends of shapes at transfers."""
    shades, seen = colours(), set[tuple[int, int]]()
    marks: list[Mark] = []
    for one in options:
        lon = np.concatenate([part[1] for part in ways[one.id]])
        for leg in one.itinerary.legs:
            if leg.kind != "transfer":
                continue
            x, y = _spot(view, leg.start, lon)
            key = round(x), round(y)
            if key not in seen and _inside(np.array([[x, y]]), view.frame, 6)[0]:
                seen.add(key)
                marks.append(Dot(x, y, 3.4, shades["card"], shades["ink"], 1.4))
    return marks


def _spot(view: View, spot: Spot, lon: Floats) -> tuple[float, float]:
    """A place on the sheet, on that turn round the globe on which the way passes it."""
    turns = np.round((lon - spot.lon) / TURN)
    off = np.abs(lon - spot.lon - TURN * turns)
    at = spot.lon + TURN * float(turns[int(np.argmin(off))])
    x, y = view.place(np.array([at]), np.array([spot.lat]))[0].tolist()
    return x, y


def _ends(
    view: View, result: RouteResult, span: tuple[float, float], taken: list[Box]
) -> list[Mark]:
    shades, marks = colours(), list[Mark]()
    left, _, wide, _ = view.frame
    for spot in (result.origin, result.destination):
        x, y = _spot(view, spot, np.array(span))
        width = text_width(spot.name, 14, bold=True)
        right = x + 10 + width < left + wide - 4
        marks.append(Dot(x, y, 6, shades["ink"], shades["card"], 2))
        marks.append(
            Text(x + 10 if right else x - 10, y + 5, spot.name, 14, shades["ink"],
                 "start" if right else "end", bold=True, halo=shades["card"])
        )  # fmt: skip
        taken.append((x + 4 if right else x - 14 - width, y - 12, width + 12, 24))
    return marks


def _numbers(
    view: View, options: list[Option], ways: dict[str, list[tuple[LegShape, Floats, Floats]]],
    taken: list[Box],
) -> list[Mark]:  # fmt: skip
    """A number on each way, where it is farthest from the others."""
    shades, marks = colours(), list[Mark]()
    points = {
        one.id: _sampled(np.vstack([view.place(lon, lat) for _, lon, lat in ways[one.id]]))
        for one in options
    }
    placed = [np.array([x + w / 2, y + h / 2]) for x, y, w, h in taken]
    for number, one in enumerate(options, start=1):
        own = points[one.id][_inside(points[one.id], view.frame, NUMBER_PX + 2)]
        if not len(own):
            continue
        others = [points[other.id] for other in options if other is not one]
        clear = np.full(len(own), CLEAR_PX)
        if others:
            gap = np.hypot(*(own[:, None, :] - np.vstack(others)[None, :, :]).transpose(2, 0, 1))
            clear = np.minimum(gap.min(1), CLEAR_PX)
        apart = np.full(len(own), APART_PX)
        for spot in placed:
            apart = np.minimum(apart, np.hypot(*(own - spot).T))
        x, y = own[int(np.argmax(clear + 2 * apart))].tolist()
        placed.append(np.array([x, y]))
        taken.append((x - NUMBER_PX, y - NUMBER_PX, 2 * NUMBER_PX, 2 * NUMBER_PX))
        marks.append(Dot(x, y, NUMBER_PX, shades["card"], shades["ink"], 1.4))
        marks.append(Text(x, y + 4, str(number), 11, shades["ink"], "middle", bold=True))
    return marks


def _inside(points: Floats, frame: Box, margin: float) -> Flags:
    left, top, wide, high = frame
    x, y = points.T
    return (
        (x > left + margin) & (x < left + wide - margin)
        & (y > top + margin) & (y < top + high - margin)
    )  # fmt: skip


def _sampled(points: Floats) -> Floats:
    """Points at equal steps along a line, without its ends; (SAMPLES, 2)."""
    steps: Floats = np.hypot(points[1:, 0] - points[:-1, 0], points[1:, 1] - points[:-1, 1])
    along: Floats = np.concatenate([np.zeros(1), np.cumsum(steps)])
    at: Floats = np.linspace(0.06, 0.94, SAMPLES) * along[-1]
    x: Floats = np.interp(at, along, points[:, 0])
    y: Floats = np.interp(at, along, points[:, 1])
    return np.column_stack([x, y])


def _names(view: View, met: set[str], taken: list[Box]) -> list[Mark]:
    """Names of the countries that are met, where there is room for them."""
    shades, marks = colours(), list[Mark]()
    left, top, wide, high = view.frame
    for code in sorted(met & country_names().keys()):
        name, lon, lat = country_names()[code]
        for turn in view.turns(np.array([lon])):
            x, y = view.place(np.array([lon + turn]), np.array([lat]))[0].tolist()
            width = text_width(name, 11)
            box = x - width / 2, y - 11, width, 14
            inside = left < box[0] and box[0] + width < left + wide and top + 8 < y < top + high - 8
            if inside and not any(_overlap(box, other) for other in taken):
                taken.append(box)
                marks.append(Text(x, y, name, 11, shades["muted"], "middle", halo=shades["met"]))
    return marks


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]
