"""The answer as JSON, GeoJSON and CSV: the stable contract that other programs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import numpy as np

from landbridge.network.summary import network_json
from landbridge.routing import emissions_json
from landbridge.routing.chain_elements import emissions
from landbridge.routing.charges_json import charges, cost_in, cost_usd, exchange, incoterm
from landbridge.routing.congestion_text import queues_json
from landbridge.routing.geo import coordinates, cut_at_antimeridian
from landbridge.routing.inert import cell
from landbridge.routing.itinerary import Amount, Spot
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult, rule_texts
from landbridge.routing.sample import quantiles

Json = dict[str, object]


def to_json(result: RouteResult) -> Json:
    """Times in hours, money in USD of the case's price year, masses in kg, distances in km."""
    return {
        "network": network_json(result.net),
        "shipment": shipment_json(result),
        "options": [option_json(result, one) for one in result.options],
        "absent": [{"name": one.name, "reason": one.reason} for one in result.absent],
        "warnings": result.warnings,
        "notes": result.notes,
        "price_year": result.net.case.price_year + result.quote.years,
        "exchange": exchange(result.quote),
        "not_included": result.not_included,
        "congestion": queues_json(result.congestion, result.options),
    }


def shipment_json(result: RouteResult) -> Json:
    """What was asked, and what had to be assumed."""
    ship, cargo = result.shipment, result.loaded.cargo
    return {
        "origin": place(result.origin),
        "destination": place(result.destination),
        "ready": ship.ready.isoformat() if ship.ready else None,
        "date": result.on.isoformat(),
        "containers": []
        if cargo.loose
        else [{"feet": cargo.feet, "count": cargo.boxes, "equipment": cargo.box}],
        "cargo": ship.cargo,
        "dangerous": cargo.dangerous or None,
        "tonnes": cargo.tonnes,
        "value_usd": ship.value_usd,
        "value_used_usd": cargo.value_usd or None,
        "incoterm": ship.incoterm or None,
        "hs": ship.hs,
        "assumed": list(result.loaded.assumed),
    }


def place(spot: Spot) -> Json:
    """The PLACE object."""
    return {
        "name": spot.name,
        "locode": spot.locode or None,
        "country": spot.country or None,
        "lat": round(spot.lat, 4),
        "lon": round(spot.lon, 4),
        "snapped_km": None if spot.snapped_km is None else round(spot.snapped_km, 3),
    }


def option_json(result: RouteResult, one: Option) -> Json:
    """One option with its legs."""
    it = one.itinerary
    km = {mode: round(it.km(mode), 1) for mode in ("rail", "road", "sea", "inland_waterway", "air")}
    legs = it.legs
    sources = dict.fromkeys(source for leg in legs for source in leg.sources if source)
    sources |= dict.fromkeys(line.price.source for line in one.bill.charges)
    return {
        "id": one.id,
        "name": one.name,
        "labels": list(one.labels),
        "modes": [
            mode for mode in dict.fromkeys(leg.mode for leg in legs if leg.kind == "move") if mode
        ],
        "branch": one.branch,
        "km": {**km, "total": round(it.km(), 1)},
        "hours": {**_rounded(one.hours, 2), "samples": result.player.sampler.count},
        "times": _times(result, one),
        "on_time_probability": None if one.on_time is None else round(one.on_time, 4),
        "cost_usd": cost_usd(one),
        "cost": cost_in(result.quote, one),
        "charges": charges(one),
        "incoterm": incoterm(one),
        "co2e_kg": {"wtw": round(one.wtw_kg, 2), "ttw": round(one.ttw_kg, 2)},
        "emissions": emissions_json.to_json(emissions(result.terrain, it, result.loaded.cargo)),
        "transfers": it.transfers,
        "gauge_changes": it.gauge_changes,
        "borders": list(it.borders),
        "countries": list(it.countries),
        "passages": list(it.passages),
        "services": list(it.services),
        "dominated_by": one.dominated_by,
        "planned_sections": list(it.planned),
        "barred_by": list(one.barred),
        "rules": [*one.barred, *one.warned],
        "warnings": rule_texts(result.net, one),
        "estimated": any(leg.estimated for leg in legs),
        "sources": list(sources),
        "legs": [_leg(result, one, k, share) for k, share in enumerate(one.trip.shares())],
    }


def _times(result: RouteResult, one: Option) -> Json | None:
    """Local dates of a shipment with a ready date; None where the answer is an average."""
    player, trip = result.player, one.trip
    if not player.dated:
        return None
    there = result.destination.lat, result.destination.lon
    levels = zip(("p10", "p50", "p90"), np.quantile(trip.end[-1], (0.1, 0.5, 0.9)), strict=True)
    return {
        "ready": player.text(float(player.start[0]), (result.origin.lat, result.origin.lon)),
        "arrives": {name: player.text(float(instant), there) for name, instant in levels},
    }


def _leg(result: RouteResult, one: Option, k: int, share: float) -> Json:
    leg, trip = one.itinerary.legs[k], one.trip
    return {
        "kind": leg.kind,
        "mode": leg.mode,
        "from": place(leg.start),
        "to": place(leg.to),
        "km": round(leg.km, 1),
        "hours": _rounded(quantiles(trip.leg_hours(k)), 2),
        "share_of_spread": round(share, 4),
        "times": _leg_times(result, one, k),
        "queues": [{"place": queue.name, "mean_h": round(queue.mean, 2)} for queue in leg.queues],
        "missed_connection_probability": _optional(trip.missed[k]),
        "cost_usd": one.bill.by_leg()[k],
        "co2e_kg": {"wtw": round(_sum(leg.wtw), 2), "ttw": round(_sum(leg.ttw), 2)},
        "service": leg.service,
        "operator": leg.operator,
        "gauge_mm": leg.gauge_mm,
        "estimated": leg.estimated,
        "sources": list(dict.fromkeys(leg.sources)),
        "note": leg.note,
    }


def _leg_times(result: RouteResult, one: Option, k: int) -> Json | None:
    """Median begin and end in local time, with cut-off and departures of a timetable."""
    leg, trip, player = one.itinerary.legs[k], one.trip, result.player
    if not player.dated:
        return None
    here, there = (leg.start.lat, leg.start.lon), (leg.to.lat, leg.to.lon)
    closing = trip.cut_off[k]
    return {
        "begins": player.text(float(np.median(trip.begin[k])), here),
        "ends": player.text(float(np.median(trip.end[k])), there),
        "cut_off": None if closing is None else player.text(closing, here),
        "departures": [player.text(float(instant), here) for instant in trip.upcoming[k]],
        "departure_probabilities": [round(float(share), 4) for share in trip.caught[k]],
    }


def _optional(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _sum(amounts: Iterable[Amount]) -> float:
    return sum(amount.mean for amount in amounts)


def _rounded(values: dict[str, float], digits: int) -> dict[str, float]:
    return {name: round(value, digits) for name, value in values.items()}


def to_geojson(result: RouteResult) -> Json:
    """A feature per option with the true shapes of its moves, cut at the antimeridian."""
    features: list[Json] = []
    for one in result.options:
        parts: list[list[list[float]]] = []
        for lat, lon in one.itinerary.lines:
            parts += coordinates(cut_at_antimeridian(lat, lon))
        option = option_json(result, one)
        option.pop("legs")
        option.pop("emissions")
        option.pop("charges")
        features.append(
            {
                "type": "Feature",
                "id": one.id,
                "geometry": {"type": "MultiLineString", "coordinates": parts},
                "properties": option,
            }
        )
    return {"type": "FeatureCollection", "features": features}


def to_csv(result: RouteResult) -> str:
    """A line per option: the figures that people put into a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ["id", "name", "branch", "days_p10", "days_p50", "days_p90", "usd", "usd_p10", "usd_p90",
         "co2e_wtw_kg", "km", "km_rail", "km_road", "km_sea", "km_inland_waterway", "borders",
         "transfers", "labels"]
    )  # fmt: skip
    for one in result.options:
        it = one.itinerary
        days = [round(one.hours[name] / 24, 2) for name in ("p10", "p50", "p90")]
        modes = [round(it.km(mode), 1) for mode in ("rail", "road", "sea", "inland_waterway")]
        writer.writerow(
            [*(cell(text) for text in (one.id, one.name, one.branch or "")), *days, one.bill.usd,
             round(one.usd["p10"], 2), round(one.usd["p90"], 2), round(one.wtw_kg, 2),
             round(it.km(), 1), *modes, ";".join(it.borders), it.transfers, ";".join(one.labels)]
        )  # fmt: skip
    return out.getvalue()
