"""What is reached as GeoJSON: a point per place, and bands of hours along the true shapes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from landbridge.routing.geo import Line, coordinates, great_circle_km
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.reach import Reach
from landbridge.routing.reach_text import Json, one_json, to_json
from landbridge.schema.column import Floats

BANDS = 6
"""Equal parts of the budget."""


@dataclass(frozen=True, eq=False)
class Ride:
    """A stretch that is ridden, and how much of the budget is spent along it."""

    line: Line
    share: Floats
    """Of the length of the line, from 0 to 1; never falling."""
    spent: Floats
    """By then; never falling. Where two have one share time passes at a border."""


def to_geojson(found: Reach) -> Json:
    """A FeatureCollection: places first, then bands from the nearest to the farthest."""
    features: list[Json] = []
    for one in found.reached:
        point = [round(one.place.lon, 4), round(one.place.lat, 4)]
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": point},
                "properties": {"kind": "place", **one_json(found, one)},
            }
        )
    whole = to_json(found)
    whole.pop("places")
    name = found.budget.figures()[found.budget.criterion][0]
    all_rides = rides(found)
    edges: list[float] = np.linspace(0.0, found.budget.most, BANDS + 1).tolist()
    for low, high in pairwise(edges):
        parts = [part for ride in all_rides for part in within(ride, low, high)]
        if parts:
            shape = {"type": "MultiLineString", "coordinates": coordinates(parts)}
            told = {"kind": "band", "by": name, "from": round(low, 3), "to": round(high, 3)}
            features.append({"type": "Feature", "geometry": shape, "properties": told})
    return {"type": "FeatureCollection", **whole, "features": features}


def rides(found: Reach) -> list[Ride]:
    """Every stretch of the least ways, once."""
    known: dict[tuple[int, int, int, float], Ride] = {}
    for one in found.reached:
        it = one.itinerary
        for k in range(len(it.rides)):
            share, spent = _along(it, k, found.budget.criterion)
            costed, i, j = it.rides[k]
            key = id(costed), i, j, round(float(spent[0]), 6)
            if key not in known:
                parts = [(lat, lon) for _, lat, lon in costed.table.legs.line(i, j)]
                if parts:
                    lat, lon = (np.concatenate([part[n] for part in parts]) for n in (0, 1))
                    known[key] = Ride((lat, lon), share, spent)
    return list(known.values())


def _along(it: Itinerary, ride: int, criterion: int) -> tuple[Floats, Floats]:
    """Shares of the length of a ride, and what is spent by then, at the ends of its legs."""
    what = ("hours", "usd", "wtw")[criterion]
    first = it.ride_legs[ride]
    spent = sum(one.mean for leg in it.legs[:first] for one in getattr(leg, what))
    km, at = [0.0], [spent]
    for leg in it.legs[first:]:
        if leg.kind not in {"move", "border"}:
            break
        spent += sum(one.mean for one in getattr(leg, what))
        km.append(km[-1] + leg.km)
        at.append(spent)
    share = np.array(km) / km[-1] if km[-1] > 0 else np.linspace(0.0, 1.0, len(km))
    return share, np.array(at)


def within(ride: Ride, low: float, high: float) -> list[Line]:
    """The part of a ride during which what is spent lies between the two."""
    if ride.spent[-1] <= low or ride.spent[0] >= high:
        return []
    begin, end = np.interp((low, high), ride.spent, ride.share)
    if end <= begin:
        return []
    lat, lon = ride.line
    # points go on past the antimeridian, so that what lies between two can be interpolated
    east = np.degrees(np.unwrap(np.radians(lon)))
    steps = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    along = np.concatenate([[0.0], np.cumsum(steps)])
    if along[-1] <= 0:
        return []
    along /= along[-1]
    inner = (along > begin) & (along < end)
    at = np.concatenate([[begin], along[inner], [end]])
    turned = (np.interp(at, along, east) + 180.0) % 360.0 - 180.0
    return [(np.interp(at, along, lat), turned)]
