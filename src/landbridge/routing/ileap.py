"""Options as iLEAP 1.0 ShipmentFootprints, with the operation categories that they refer to.

After the iLEAP Technical Specifications 1.0.0 (SINE Foundation and Smart Freight Centre, 2025):
decimals are JSON strings, times UTC, mass in kg, activity in t-km. The intensity of a category is
per unit of activity by shortest feasible distance, so that intensity times activity gives an
element's CO2e; a category that a detour or a distance adjustment changes has that in its id.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import numpy as np

from landbridge.errors import QuestionError
from landbridge.models.cargo import Cargo
from landbridge.models.emission import Operation
from landbridge.routing.chain_elements import EXCLUDED, METHOD, Element, emissions
from landbridge.routing.itinerary import Spot
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult

Json = dict[str, object]
VERSION = "1.0.0"
ALL = "all"
MODES = {"rail": "Rail", "road": "Road", "sea": "Sea", "inland_waterway": "InlandWaterway"}
FEEDSTOCKS = {"Electric": "Grid", "LNG": "Natural gas"}
"""By carrier; every other one is fossil."""
KG_PER_TONNE = 1000.0
DIGITS = 12
"""Digits that count of a decimal."""
EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def to_ileap(result: RouteResult, option: str = "") -> Json:
    """The footprint of one option by its id (empty: the first), or of ``all``.

    ``QuestionError`` where no option has that id.
    """
    chosen = _chosen(result.options, option)
    tocs: dict[str, Json] = {}
    hocs: dict[str, Json] = {}
    footprints = [_footprint(result, one, tocs, hocs) for one in chosen]
    return {
        "specification": f"iLEAP {VERSION}",
        "method": METHOD,
        "excluded": list(EXCLUDED),
        "footprints": footprints,
        "tocs": list(tocs.values()),
        "hocs": list(hocs.values()),
    }


def _chosen(options: list[Option], option: str) -> list[Option]:
    if option == ALL:
        return options
    if not option:
        return options[:1]
    found = [one for one in options if one.id == option]
    if not found:
        known = ", ".join(one.id for one in options)
        raise QuestionError(f"--option {option!r} names no option; there are {known}, or {ALL}")
    return found


def _footprint(
    result: RouteResult, one: Option, tocs: dict[str, Json], hocs: dict[str, Json]
) -> Json:
    cargo = result.loaded.cargo
    found = emissions(result.terrain, one.itinerary, cargo)
    shipment = f"{result.net.case.id}-{result.net.hash[:12]}-{one.id}"
    tces: list[Json] = []
    for element in found.elements:
        category = _toc(element, tocs) if element.kind == "transport" else _hoc(element, hocs)
        before: list[object] = [tces[-1]["tceId"]] if tces else []
        tces.append(
            {
                "tceId": element.id,
                "prevTceIds": before,
                **category,
                "shipmentId": shipment,
                "mass": _decimal(cargo.tonnes * KG_PER_TONNE),
                **_equipment(cargo),
                "distance": {"sfd": _decimal(element.sfd_km)},
                **_ends(element),
                "transportActivity": _decimal(element.activity_tkm),
                **_times(result, one, element.leg),
                "co2eWTW": _decimal(element.wtw_kg),
                "co2eTTW": _decimal(element.ttw_kg),
            }
        )
    return {"shipmentId": shipment, "mass": _decimal(cargo.tonnes * KG_PER_TONNE), "tces": tces}


def _equipment(cargo: Cargo) -> Json:
    return {"packagingOrTrEqType": "Container-TEU", "packagingOrTrEqAmount": _decimal(cargo.teu)}


def _ends(element: Element) -> Json:
    ends = {"origin": element.start, "destination": element.to}
    return {name: _location(spot) for name, spot in ends.items() if spot.country}


def _location(spot: Spot) -> Json:
    place = {"city": spot.name, "country": spot.country}
    if spot.locode:
        place["locode"] = spot.locode
    return {**place, "lat": _decimal(round(spot.lat, 5)), "lng": _decimal(round(spot.lon, 5))}


def _times(result: RouteResult, one: Option, leg: int) -> Json:
    """Median begin and end of a leg, for a shipment with a ready date."""
    if not result.player.dated:
        return {}
    ends = {"departureAt": one.trip.begin[leg], "arrivalAt": one.trip.end[leg]}
    return {name: _utc(float(np.median(values))) for name, values in ends.items()}


def _utc(instant: float) -> str:
    moment = EPOCH + dt.timedelta(minutes=round(instant * 60))
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _toc(element: Element, tocs: dict[str, Json]) -> Json:
    works = element.works
    over = element.actual_km / element.sfd_km if element.sfd_km else 1.0
    where = "sea" if works.country == "*" else works.country.lower()
    name = f"{works.mode}-{works.item}-{where}"
    if works.cooled:
        name += "-cooled"
    if round(over, 6) != 1:
        name += f"-distance-{over:.6f}"
    if name not in tocs:
        shares = {"loadFactor": works.load, "emptyDistanceFactor": works.empty}
        tocs[name] = {
            "tocId": name,
            "description": f"{works.item.replace('_', ' ')}, {works.quality} data",
            "mode": MODES[works.mode],
            **{key: _decimal(value) for key, value in shares.items() if value is not None},
            "temperatureControl": "refrigerated" if works.cooled else "ambient",
            "energyCarriers": _carriers(works, over),
            "co2eIntensityWTW": _decimal(works.kg("wtw") * over),
            "co2eIntensityTTW": _decimal(works.kg("ttw") * over),
            "transportActivityUnit": "TEUkm" if works.per == "TEU" else "tkm",
        }
    return {"tocId": name}


def _hoc(element: Element, hocs: dict[str, Json]) -> Json:
    works = element.works
    lifts = element.wtw_kg / works.kg("wtw") if works.kg("wtw") else 0.0
    per = lifts / element.activity
    name = f"lift-{works.country.lower()}-{per:.6f}-per-{element.unit.lower()}"
    if name not in hocs:
        hocs[name] = {
            "hocId": name,
            "description": f"container lifts, {works.quality} data",
            "hubType": "MaritimeContainerTerminal" if element.unit == "TEU" else "Transshipment",
            "energyCarriers": _carriers(works, per),
            "co2eIntensityWTW": _decimal(works.kg("wtw") * per),
            "co2eIntensityTTW": _decimal(works.kg("ttw") * per),
            "hubActivityUnit": element.unit,
        }
    return {"hocId": name}


def _carriers(works: Operation, times: float) -> list[Json]:
    """Energy per unit of activity that the carrier moves; shares of the activity."""
    return [
        {
            "energyCarrier": one.carrier,
            "relativeShare": _decimal(one.share),
            "feedstocks": [
                {"feedstock": FEEDSTOCKS.get(one.carrier, "Fossil"), "feedstockShare": "1"}
            ],
            "energyConsumption": _decimal(one.consumption * times),
            "energyConsumptionUnit": one.unit,
            "emissionFactorWTW": _decimal(one.wtw),
            "emissionFactorTTW": _decimal(one.ttw),
        }
        for one in works.energies
    ]


def _decimal(value: float) -> str:
    """A number as iLEAP wants it: plain digits, never an exponent."""
    text = format(Decimal(f"{value:.{DIGITS}g}"), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
