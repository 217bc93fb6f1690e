"""The player's film of a simulated season: vehicles from moves, rings from queues."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from landbridge.network.network import Network
from landbridge.page.player_page import TICKS, Film, Lane, Stage, player_html
from landbridge.routing.illustration import leg_shapes
from landbridge.routing.itinerary import Leg
from landbridge.simulation.movements import MARK_H, Movements, follow
from landbridge.simulation.season import Season

Longs = NDArray[np.int64]
NO_LANE = -1
PLACE_DIGITS = 2
"""Digits of degrees by which stations of one place are put together: about a kilometre."""
KINDS = {"crossing": "border", "line": "border", "terminal": "terminal", "service": "terminal"}
NOTES = (
    "One replication of those behind the table, with the same draws.",
    "A mark is what goes by one departure, or a lorry by itself; a lot is a wagon, lorry or box.",
    "Ways are those open on the middle day of the season; along a leg a mark moves evenly.",
)


def season_html(
    net: Network,
    season: Season,
    *,
    number: int = 0,
    command: str = "",
    summary: str = "",
    progress: Callable[[float], bool] | None = None,
) -> str:
    """The page of one replication; ``progress`` is told the share done and may stop it."""
    film = film_of(net, season, follow(season, number, progress), number)
    return player_html(film, command=command, summary=summary)


def film_of(net: Network, season: Season, moved: Movements, number: int) -> Film:
    """What the player shows of the moves and queues of a replication."""
    lanes, lane_of = _lanes(net, season)
    lane = lane_of[moved.way, moved.leg]
    shown = lane != NO_LANE
    hours = season.span.days * 24.0
    lane, depart, arrive, lots = _vehicles(
        lane[shown], moved.depart_h[shown], moved.arrive_h[shown], hours
    )
    stages, queues = _stages(season, moved.queue)
    span = season.span
    return Film(
        title=f"{net.case.title}: a season",
        start=dt.datetime.combine(span.start, dt.time(), dt.UTC),
        hours=hours,
        stages=stages,
        queue_step_h=MARK_H,
        queues=queues,
        lanes=lanes,
        lane=lane,
        depart_h=depart,
        arrive_h=arrive,
        lots=lots,
        facts=(
            f"{span.start} and {span.days} days",
            f"replication {number + 1}, seed {season.seed}",
            *(f"scenario {one.id}" for one in net.scenarios),
        ),
        notes=NOTES,
    )


def _lanes(net: Network, season: Season) -> tuple[list[Lane], Longs]:
    """Every leg that is moved on once, and its row per way and leg; (n_ways, most legs)."""
    ways = season.world.ways
    most = max(len(way.itinerary.legs) for way in ways)
    lane_of = np.full((len(ways), most), NO_LANE, dtype=np.int64)
    lanes: list[Lane] = []
    known: dict[object, int] = {}
    for k, way in enumerate(ways):
        shapes: dict[int, list[tuple[NDArray[np.float64], NDArray[np.float64]]]] = {}
        for one in leg_shapes(net, way.itinerary):
            shapes.setdefault(one.leg, []).append((one.lat, one.lon))
        for leg, parts in shapes.items():
            what = way.itinerary.legs[leg]
            key = (what.mode, _at(what), round(what.km, 1))
            if key not in known:
                known[key] = len(lanes)
                lat, lon = (np.concatenate([part[axis] for part in parts]) for axis in (0, 1))
                name = f"{what.start.name} - {what.to.name}"
                lanes.append(Lane(str(what.mode), name, lat, lon))
            lane_of[k, leg] = known[key]
    return lanes, lane_of


def _at(leg: Leg) -> tuple[float, ...]:
    return (leg.start.lat, leg.start.lon, leg.to.lat, leg.to.lon)


def _vehicles(
    lane: Longs, depart: NDArray[np.float64], arrive: NDArray[np.float64], hours: float
) -> tuple[Longs, NDArray[np.float64], NDArray[np.float64], Longs]:
    """Lots that leave and arrive together on one lane as one vehicle; times to the page's tick."""
    tick = hours / TICKS
    key = np.column_stack([lane, np.rint(depart / tick), np.rint(arrive / tick)]).astype(np.int64)
    rows, lots = np.unique(key, axis=0, return_counts=True)
    times: NDArray[np.float64] = rows[:, 1:].astype(np.float64) * tick
    return rows[:, 0], times[:, 0], times[:, 1], lots.astype(np.int64)


def _stages(season: Season, queue: NDArray[np.int32]) -> tuple[list[Stage], Longs]:
    """Places at which lots wait, and how many; stations of one place are put together."""
    stages: list[Stage] = []
    rows: list[Longs] = []
    known: dict[object, int] = {}
    for k, place in enumerate(season.world.places):
        if place.spot is None:
            continue
        key = round(place.spot.lat, PLACE_DIGITS), round(place.spot.lon, PLACE_DIGITS)
        waiting = queue[:, k].astype(np.int64)
        if key in known:
            rows[known[key]] += waiting
            continue
        known[key] = len(stages)
        rows.append(waiting)
        spot = place.spot
        kind = KINDS[place.element.partition(":")[0]]
        name = place.name if kind == "border" else spot.name
        stages.append(Stage(place.name, name, spot.country, spot.lat, spot.lon, kind))
    return stages, np.array(rows).reshape(len(rows), len(queue))
