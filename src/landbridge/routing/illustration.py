"""What pictures and pages show beside the answer: the shape of every leg, titles, sources."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from landbridge.network.network import Network
from landbridge.routing.geo import great_circle_km
from landbridge.routing.itinerary import Itinerary, Leg
from landbridge.routing.route import RouteResult
from landbridge.schema.column import Flags, Floats
from landbridge.units import MODES

DIGITS = 3
"""Digits of degrees by which a point of a section is known again; the network has no more."""
Point = tuple[float, float]
"""Latitude and longitude."""


@dataclass(frozen=True, eq=False)
class LegShape:
    """A stretch of the way of one leg."""

    leg: int
    """Number of the leg in its option."""
    planned: bool
    """Whether it runs over a section that was only planned when the data were made."""
    lat: Floats
    lon: Floats


@dataclass(frozen=True, eq=False)
class Illustration:
    """Shapes by id of option, and the words behind ids."""

    shapes: dict[str, list[LegShape]]
    titles: dict[str, dict[str, str]]
    """By table (``passages``, ``services``): title by id, of those that the answer names."""
    sources: dict[str, dict[str, str]]
    """By id: ``title``, ``url``, ``year``, ``licence``; of those that the answer cites."""


def illustrate(result: RouteResult) -> Illustration:
    """Everything that a picture of a route needs beside its JSON."""
    net = result.net
    shapes = {one.id: leg_shapes(net, one.itinerary) for one in result.options}
    routes = [one.itinerary for one in result.options]
    cited = {source for it in routes for leg in it.legs for source in leg.sources if source}
    passages = {name for it in routes for name in it.passages}
    services = {name for it in routes for name in it.services}
    return Illustration(
        shapes,
        {
            "passages": _titles(net.passages.id.tolist(), net.passages.title.tolist(), passages),
            "services": _titles(net.services.id.tolist(), net.services.title.tolist(), services),
        },
        sources_of(net, cited),
    )


def _titles(ids: list[str], titles: list[str], wanted: set[str]) -> dict[str, str]:
    return {name: title for name, title in zip(ids, titles, strict=True) if name in wanted}


def sources_of(net: Network, cited: set[str]) -> dict[str, dict[str, str]]:
    """``title``, ``url``, ``year``, ``licence`` by id; a text may cite several, split by ``;``."""
    parts = {part.strip() for text in cited for part in text.split(";")}
    s = net.sources
    return {
        str(s.id[row]): {
            "title": str(s.title[row]),
            "url": str(s.url[row]),
            "year": str(s.year[row]),
            "licence": str(s.licence[row]),
        }
        for row in range(len(s))
        if str(s.id[row]) in parts
    }


def leg_shapes(net: Network, itinerary: Itinerary) -> list[LegShape]:
    """The true shape of every move, in order; legs without extent have none."""
    planned = _points_of(net, itinerary.planned)
    found: list[LegShape] = []
    ends = [*itinerary.ride_legs[1:], len(itinerary.legs)]
    for (one, i, j), first, end in zip(itinerary.rides, itinerary.ride_legs, ends, strict=True):
        stretches = one.table.legs.line(i, j)
        if not stretches:
            continue
        lat = np.concatenate([stretch[1] for stretch in stretches])
        lon = np.concatenate([stretch[2] for stretch in stretches])
        # where the mode changes: first point of each stretch but the first
        turns = np.cumsum([len(stretch[1]) for stretch in stretches])[:-1].tolist()
        moves = [k for k in range(first, end) if itinerary.legs[k].kind == "move"]
        cuts = _cuts([itinerary.legs[k] for k in moves], lat, lon, turns)
        for leg, (start, stop) in zip(moves, cuts, strict=True):
            part = slice(start, stop + 1)
            mode = str(itinerary.legs[leg].mode)
            found += _split(leg, lat[part], lon[part], planned.get(mode, set()))
    return found


def _cuts(moves: list[Leg], lat: Floats, lon: Floats, turns: list[int]) -> list[tuple[int, int]]:
    """First and last point of each move of one ride: cut at borders and where the mode changes."""
    found: list[tuple[int, int]] = []
    at, last = 0, len(lat) - 1
    for k, leg in enumerate(moves):
        if k == len(moves) - 1:
            stop = last
        elif moves[k + 1].mode != leg.mode:
            stop = next((turn for turn in turns if turn > at), last)
        else:
            off = great_circle_km(leg.to.lat, leg.to.lon, lat[at:], lon[at:])
            stop = at + int(np.argmin(off))
        found.append((at, stop))
        at = stop
    return found


def _split(leg: int, lat: Floats, lon: Floats, planned: set[Point]) -> list[LegShape]:
    """A move as stretches that are planned or not."""
    if len(lat) < 2:  # noqa: PLR2004 - a line has two ends
        return []
    on = np.array([point in planned for point in _keys(lat, lon)])
    dashed: Flags = on[:-1] & on[1:]
    turns = [0, *(np.flatnonzero(np.diff(dashed)) + 1).tolist(), len(dashed)]
    return [
        LegShape(leg, bool(dashed[a]), lat[a : b + 1], lon[a : b + 1]) for a, b in pairwise(turns)
    ]


def _keys(lat: Floats, lon: Floats) -> list[Point]:
    return list(zip(np.round(lat, DIGITS).tolist(), np.round(lon, DIGITS).tolist(), strict=True))


def _points_of(net: Network, sections: list[str]) -> dict[str, set[Point]]:
    """The points of the links of some sections, by mode."""
    found: dict[str, set[Point]] = {}
    rows = [row for row, name in enumerate(net.sections.id.tolist()) if name in sections]
    links = np.flatnonzero(np.isin(net.links.section, rows))
    for code in np.unique(net.links.mode[links]).tolist():
        own = links[net.links.mode[links] == code]
        nodes = np.unique(np.concatenate([net.links.tail[own], net.links.head[own]]))
        inner = np.isin(net.shapes.link, own)
        found[MODES[code]] = {
            *_keys(net.nodes.lat[nodes], net.nodes.lon[nodes]),
            *_keys(net.shapes.lat[inner], net.shapes.lon[inner]),
        }
    return found
