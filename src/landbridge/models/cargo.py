"""What is sent, and what a price per unit comes to for it."""

from __future__ import annotations

from dataclasses import dataclass, field

from landbridge.errors import DataError, Fault
from landbridge.models.money import PERCENT
from landbridge.models.ratebook import Rate
from landbridge.network.rate_kinds import HEAVY, LOOSE, SHARE
from landbridge.units import TEU_PER_FEU

HEAVY_T = 24.0
"""Gross weight above which a twenty-foot box counts as heavy (CST013, CST014)."""
TEU_OF_45 = 2.25
"""A forty-five-foot box in twenty-foot units, as carriers count it."""


@dataclass(frozen=True, slots=True)
class Cargo:
    """``boxes`` containers of one type with ``tonnes`` of cargo in all.

    Loose cargo counts ``boxes`` loads of a lorry or wagon, each priced as a forty-foot box where
    no price by weight is known.
    """

    boxes: int
    feet: int
    """20, 40 or 45."""
    tonnes: float
    type: str = ""
    """A word of ``rate_kinds.EQUIPMENT``; empty: the plain box of that length."""
    tare_t: float = 0.0
    """Of an empty box."""
    dangerous: str = ""
    """IMO class or UN number; empty: none."""
    value_usd: float = field(default=0.0, compare=False)
    """Not compared: what ways cost by themselves does not depend on it."""

    @property
    def teu(self) -> float:
        """Twenty-foot units."""
        return self.boxes * {20: 1.0, 45: TEU_OF_45}.get(self.feet, TEU_PER_FEU)

    @property
    def box(self) -> str:
        """The word of the ``equipment`` column of services."""
        return self.type or str(self.feet)

    @property
    def gross_t(self) -> float:
        """Weight of one box with its cargo."""
        return self.tonnes / self.boxes + self.tare_t

    @property
    def cooled(self) -> bool:
        """Whether the boxes are kept at a temperature."""
        return self.equipment == "reefer"

    @property
    def equipment(self) -> str:
        """The word of the ``equipment`` column of rates."""
        heavy = self.box == "20" and self.gross_t > HEAVY_T
        return HEAVY if heavy else self.box

    @property
    def loose(self) -> bool:
        """Whether it is in no container."""
        return self.type in LOOSE


def price_factor(rate: Rate, cargo: Cargo) -> float:
    """How many of the rate's units the cargo takes (per km where the unit is per km).

    A price per FEU counts half for a twenty-foot box, one per TEU twice for a forty-foot one,
    unless a row for that size says otherwise; a lorry (``km``) carries one box. A price in ``%``
    is of the value of the cargo.
    """
    if rate.unit == SHARE:
        return cargo.value_usd / PERCENT
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
