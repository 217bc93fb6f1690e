"""What the table of rates may hold: kinds, their units and meanings, boxes and money."""

from __future__ import annotations

import re

PER_CARGO = ("box", "TEU", "FEU", "t", "shipment")
PER_KM = ("FEU-km", "TEU-km", "t-km", "km")
SHARE = "%"
"""Of the value of the cargo: a price without a currency of its own."""
CARBON_UNIT = "t CO2e"
RATE_UNITS = {
    "speed": ("km/day",),
    "freight": PER_KM,
    "wagon": PER_KM,
    "freight_fixed": PER_CARGO,
    "lane": PER_CARGO,
    "passage_due": PER_CARGO,
    "passage_wait": ("h",),
    "laden": ("ratio",),
    "surcharge": (*PER_CARGO, SHARE),
    "dangerous": PER_CARGO,
    "carbon": (CARBON_UNIT,),
    "documents": PER_CARGO,
    "consignment_note": PER_CARGO,
    "insurance": (SHARE,),
    "interest": ("%/year",),
    "cargo_value": ("box", "TEU", "FEU", "t"),
    "demurrage": ("box-day", "TEU-day", "FEU-day", "t-day"),
    "free_time": ("day",),
    "exchange_rate": ("unit",),
    "price_change": ("%/year",),
    "payload": ("t/box",),
    "tare": ("t/box",),
    "road_gross": ("t/box",),
    "detour": ("ratio",),
}
"""The units in which each kind of rate may be given; prices are per unit, in ``currency``."""
RATE_KINDS = tuple(RATE_UNITS)
PRICES = frozenset(
    {"freight", "wagon", "freight_fixed", "lane", "passage_due", "surcharge", "dangerous",
     "carbon",      "documents", "consignment_note", "cargo_value", "demurrage", "exchange_rate"}
)  # fmt: skip
"""Kinds that are money, and so have a currency."""
RATE_MEANINGS = {
    "speed": "Km made good in a day between terminals and borders, stops on the way included.",
    "freight": "Price by distance; ``km`` is for one lorry with one box.",
    "wagon": "Price by distance of the wagon and the box, where ``freight`` is for the track and "
    "the haulage alone.",
    "freight_fixed": "Price of a ride, whatever its length; added to ``freight``.",
    "lane": "Price of a ride by sea from port to port, by countries of departure and arrival; "
    "takes the place of ``freight`` and ``freight_fixed`` there.",
    "passage_due": "Toll of the passage that ``item`` names, once per ride.",
    "passage_wait": "Hours at the passage that ``item`` names besides sailing, once per ride.",
    "laden": "Share of a full cargo with which vessels go through the passage that ``item`` names, "
    "in its season (low water); the freight of the ride is divided by it, the load factor and the "
    "load of a departure are multiplied with it. The shallowest passage of a ride counts.",
    "surcharge": "Added by the carrier for the passage that ``item`` names, once per ride, by "
    "countries of departure and arrival; ``%`` is of the value of the cargo (war risk).",
    "dangerous": "Added to a ride with dangerous goods; ``item`` is an IMO class or UN number, or "
    "blank.",
    "carbon": "Price of a tonne of CO2e, tank to wheel, that moving emits: by country on land, by "
    "countries of departure and arrival at sea; no row, no price.",
    "documents": "Papers of the whole chain, once.",
    "consignment_note": "New note at a border by rail where the law of carriage changes, by the "
    "two countries.",
    "insurance": "Premium of the whole chain as a share of the value of the cargo, once.",
    "interest": "Cost of the capital in the cargo, a year.",
    "cargo_value": "Value of cargo whose value is not told.",
    "demurrage": "Demurrage and detention a day begun at a terminal after the free time; ``item`` "
    "is ``import`` (came by sea), ``export`` (leaves by sea) or blank.",
    "free_time": "Days at a terminal before ``demurrage`` begins, with ``item`` as there.",
    "exchange_rate": "What one unit of the currency that ``item`` names costs in ``currency``.",
    "price_change": "Yearly change by which prices are carried to another year, when asked for.",
    "payload": "Cargo that a box of that ``equipment`` may hold; ``high`` is the limit.",
    "tare": "Weight of the empty box of that ``equipment``.",
    "road_gross": "Gross weight of a box that a lorry carries without a permit.",
    "detour": "Usual way of a lorry over the shortest one, by country.",
}
"""What each kind of rate is."""

BASE_CURRENCY = "USD"
"""What answers are in, and what exchange rates lead to."""
BOXES = ("20", "40", "40HC", "45", "reefer")
"""Types of container: length in feet, high cube, and the forty-foot reefer."""
LOOSE = ("general", "bulk")
"""Cargo that is in no container."""
CARGO = ("container", *LOOSE, "dangerous")
"""What a term ``cargo:`` of a rule may name."""
DANGEROUS = re.compile(r"[1-9](\.[1-6][A-S]?)?|UN\d{4}", re.ASCII)
"""An IMO class with its division, or a UN number."""
HEAVY = "20 heavy"
"""A twenty-foot box above 24 t gross, for which railways have a tariff of their own."""
EQUIPMENT = (*BOXES, *LOOSE)
RATE_EQUIPMENT = (*EQUIPMENT, HEAVY, "any")
WIDER: dict[str, tuple[str, ...]] = {
    "40HC": ("40",), "45": ("40",), "reefer": ("40",), HEAVY: ("20",), "bulk": ("general",),
}  # fmt: skip
"""Words of the ``equipment`` column that hold for a box where it has no row of its own."""
