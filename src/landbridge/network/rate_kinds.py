"""What the table of rates may hold: kinds, their units and meanings, boxes and money."""

from __future__ import annotations

PER_CARGO = ("box", "TEU", "FEU", "t", "shipment")
PER_KM = ("FEU-km", "TEU-km", "t-km", "km")
RATE_UNITS = {
    "speed": ("km/day",),
    "freight": PER_KM,
    "freight_fixed": PER_CARGO,
    "passage_due": PER_CARGO,
    "passage_wait": ("h",),
    "documents": PER_CARGO,
    "exchange_rate": ("unit",),
    "payload": ("t/box",),
    "detour": ("ratio",),
}
"""The units in which each kind of rate may be given; prices are per unit, in ``currency``."""
RATE_KINDS = tuple(RATE_UNITS)
PRICES = frozenset({"freight", "freight_fixed", "passage_due", "documents", "exchange_rate"})
"""Kinds that are money, and so have a currency."""
RATE_MEANINGS = {
    "speed": "Km made good in a day between terminals and borders, stops on the way included.",
    "freight": "Price by distance; ``km`` is for one lorry with one box.",
    "freight_fixed": "Price of a ride, whatever its length; added to ``freight``.",
    "passage_due": "Toll of the passage that ``item`` names, once per ride.",
    "passage_wait": "Hours at the passage that ``item`` names besides sailing, once per ride.",
    "documents": "Papers of the whole chain, once.",
    "exchange_rate": "What one unit of the currency that ``item`` names costs in ``currency``.",
    "payload": "Cargo that a box of that ``equipment`` may hold; ``high`` is the limit.",
    "detour": "Usual way of a lorry over the shortest one, by country.",
}
"""What each kind of rate is."""

BASE_CURRENCY = "USD"
"""What answers are in, and what exchange rates lead to."""
BOXES = ("20", "40", "40HC", "45", "reefer")
"""Types of container: length in feet, high cube, and the forty-foot reefer."""
LOOSE = ("general", "bulk")
"""Cargo that is in no container."""
HEAVY = "20 heavy"
"""A twenty-foot box above 24 t gross, for which railways have a tariff of their own."""
EQUIPMENT = (*BOXES, *LOOSE)
RATE_EQUIPMENT = (*EQUIPMENT, HEAVY, "any")
WIDER: dict[str, tuple[str, ...]] = {
    "40HC": ("40",), "45": ("40",), "reefer": ("40",), HEAVY: ("20",), "bulk": ("general",),
}  # fmt: skip
"""Words of the ``equipment`` column that hold for a box where it has no row of its own."""
