"""The table of emission factors of a case. How to read the tables: ``tables``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from landbridge.network.columns import (
    Confidence,
    Distribution,
    Estimated,
    Id,
    Note,
    SourceIds,
    Year,
)
from landbridge.schema.column import Floats, OneOf, Range, Since, Texts, Until
from landbridge.schema.table import Table
from landbridge.units import MODES

CARRIERS = ("Diesel", "HFO", "MGO", "LNG", "Electric")
"""Energy carriers, in the words of iLEAP."""
QUALITIES = ("primary", "modelled", "default")
"""Of the data, best first (ISO 14083:2023)."""
FACTOR_UNITS = {
    "energy_fuel": ("g/tkm", "g/TEU-km", "kg/lift"),
    "energy_electric": ("Wh/tkm", "Wh/TEU-km", "kWh/lift"),
    "electric_share": ("ratio",),
    "load": ("ratio",),
    "empty": ("ratio",),
    "idle": ("ratio",),
    "cooling": ("ratio",),
    "distance": ("ratio",),
    "carrier_wtw": ("kg/kg", "kg/kWh"),
    "carrier_ttw": ("kg/kg", "kg/kWh"),
}
"""The units in which each kind of factor may be given."""
FACTOR_KINDS = tuple(FACTOR_UNITS)
FACTOR_MEANINGS = {
    "energy_fuel": "Fuel burnt per t-km or TEU-km of capacity by a full vehicle on its way; without"
    " a ``load`` row per t-km or TEU-km moved, part loads and empty runs included. Per lift of a"
    " box where the row has no mode.",
    "energy_electric": "As ``energy_fuel``, drawn from the wire.",
    "electric_share": "Share of the work that is done under the wire; the rest burns fuel.",
    "load": "Load factor: load over what the vehicle may carry, on the way out.",
    "empty": "Empty running: empty km over all km of the vehicle.",
    "idle": "Energy of an empty vehicle over that of a full one.",
    "cooling": "Energy of a cooled box over that of a dry one, vehicle and cooling together.",
    "distance": "Distance adjustment: actual km over km of the network's way.",
    "carrier_wtw": "CO2e well to wheel of a unit of the energy carrier that ``item`` names.",
    "carrier_ttw": "CO2e tank to wheel, part of ``carrier_wtw``; 0 for electricity.",
}
"""What each kind of factor is."""


@dataclass(frozen=True, eq=False, repr=False)
class Factors(Table):
    """What emissions are worked out from: energy, loads, traction, energy carriers."""

    name: ClassVar[str] = "factors"
    id: Id
    kind: Annotated[Texts, OneOf(FACTOR_KINDS)]
    """What is given; see the table of kinds."""
    mode: Annotated[Texts, OneOf(MODES, empty=True)]
    """What moves; blank for lifts at terminals and for energy carriers."""
    item: Texts
    """``speed_class`` of the service, an energy carrier, or empty for all."""
    country: Texts
    """The region for which it holds: a code, ``*BLOC``, or ``*``."""
    carrier: Annotated[Texts, OneOf(CARRIERS, empty=True)]
    """The energy carrier of an ``energy`` row; else blank."""
    value: Annotated[Floats, Range(0)]
    """The typical figure."""
    low: Annotated[Floats, Range(0)]
    """Low end of its range."""
    high: Annotated[Floats, Range(0)]
    """High end of its range."""
    unit: Texts
    """One of those that the row's kind may have."""
    distribution: Distribution
    valid_from: Since
    valid_to: Until
    year: Year
    edition: Texts
    """Edition of the published set that it is taken from; blank where there is none."""
    quality: Annotated[Texts, OneOf(QUALITIES)]
    """Kind of data: measured by the operator, modelled, or a published default."""
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note
