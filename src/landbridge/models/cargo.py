"""The boxes of a shipment, and what a price per unit comes to for them."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.errors import DataError, Fault
from landbridge.models.ratebook import Rate
from landbridge.units import TEU_PER_FEU


@dataclass(frozen=True, slots=True)
class Cargo:
    """``boxes`` containers of one size with ``tonnes`` of cargo in all."""

    boxes: int
    feet: int
    """20 or 40."""
    tonnes: float

    @property
    def teu(self) -> float:
        """Twenty-foot units."""
        return self.boxes * (TEU_PER_FEU if self.feet == 40 else 1.0)  # noqa: PLR2004

    @property
    def cooled(self) -> bool:
        """Whether the boxes are kept at a temperature."""
        return self.equipment == "reefer"

    @property
    def equipment(self) -> str:
        """The word of the ``equipment`` column of rates."""
        return str(self.feet)


def price_factor(rate: Rate, cargo: Cargo) -> float:
    """How many of the rate's units the cargo takes (per km where the unit is per km).

    A price per FEU counts half for a twenty-foot box, one per TEU twice for a forty-foot one,
    unless a row for that size says otherwise; a lorry (``km``) carries one box.
    """
    per = rate.unit.removesuffix("-km").removesuffix("-day")
    counts = {
        "FEU": cargo.teu / TEU_PER_FEU,
        "TEU": cargo.teu,
        "box": float(cargo.boxes),
        "km": float(cargo.boxes),
        "t": cargo.tonnes,
        "shipment": 1.0,
    }
    if per not in counts:
        rule = f"a price of cargo is given per {', '.join(counts)}"
        raise DataError([Fault(f"rates, row {rate.id}", f"has unit {rate.unit!r}", rule)])
    return counts[per]


def unit_factor(unit: str, cargo: Cargo) -> float:
    """As ``price_factor``, for operations and crossings."""
    return {
        "USD/box": float(cargo.boxes),
        "USD/TEU": cargo.teu,
        "USD/FEU": cargo.teu / TEU_PER_FEU,
        "USD/t": cargo.tonnes,
    }[unit]
