"""The emissions of an option as JSON: totals, and every chain element."""

from __future__ import annotations

from landbridge.models.emission import Energy, Operation
from landbridge.routing.chain_elements import (
    DISTANCE_BASIS,
    EXCLUDED,
    METHOD,
    Element,
    Emissions,
)

Json = dict[str, object]


def to_json(found: Emissions) -> Json:
    """Kg CO2e, km, t-km and g per t-km."""
    return {
        "method": METHOD,
        "excluded": list(EXCLUDED),
        "distance_basis": DISTANCE_BASIS,
        "activity_tkm": round(found.activity_tkm, 2),
        "intensity_g_tkm": round(found.intensity_g_tkm, 3),
        "default_share": round(found.default_share, 4),
        "elements": [_element(one) for one in found.elements],
    }


def _element(one: Element) -> Json:
    works = one.works
    return {
        "id": one.id,
        "kind": one.kind,
        "leg": one.leg,
        "mode": one.mode,
        "country": None if works.country == "*" else works.country,
        "km": {
            "actual": round(one.actual_km, 1),
            "sfd": round(one.sfd_km, 1),
            "gcd": round(one.gcd_km, 1),
        },
        "activity": round(one.activity, 3),
        "activity_unit": one.unit,
        "activity_tkm": round(one.activity_tkm, 2),
        "co2e_kg": {"wtw": round(one.wtw_kg, 3), "ttw": round(one.ttw_kg, 3)},
        "load_factor": works.load,
        "empty_share": works.empty,
        "cooled": works.cooled,
        "energy": [_energy(works, energy) for energy in works.energies],
        "quality": works.quality,
        "factors": [row.id for row in works.rows],
        "sources": list(works.sources),
    }


def _energy(works: Operation, one: Energy) -> Json:
    return {
        "carrier": one.carrier,
        "share": round(one.share, 4),
        "consumption": round(one.consumption, 6),
        "unit": f"{one.unit}/{works.per}" + ("" if works.per == "lift" else "-km"),
        "wtw_kg": one.wtw,
        "ttw_kg": one.ttw,
    }
