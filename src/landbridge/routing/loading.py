"""From a shipment to its cargo: boxes, weight, value, and what had to be assumed of them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from landbridge.errors import QuestionError
from landbridge.models.cargo import Cargo, price_factor
from landbridge.models.dangerous import in_words
from landbridge.models.ratebook import RateBook, Wanted
from landbridge.network.rate_kinds import HEAVY, LOOSE
from landbridge.routing.query import MOST_BOXES, RouteParams, Shipment, imo_class

FEET = {"20": 20, "45": 45}
"""Length of a type of box; of all others it is 40."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The cargo with what had to be assumed of it, in words."""

    cargo: Cargo
    assumed: tuple[str, ...]
    binds: tuple[str, ...] = ()
    """What the cargo comes up against, in words."""


def cargo_of(shipment: Shipment, book: RateBook, params: RouteParams) -> Loaded:
    """Boxes, weight and value; QuestionError where the weight does not fit into the boxes."""
    assumed: list[str] = []
    loose = shipment.cargo in LOOSE
    plain = "40" if shipment.feu or loose else "20"
    kind = shipment.cargo if loose else shipment.equipment or plain
    feet = FEET.get(kind, 40)
    payload = book.get(Wanted("payload", equipment=kind)).spread.high
    boxes = shipment.feu or shipment.teu
    tonnes = shipment.tonnes
    what = "loads" if loose else f"{_size(kind)} boxes"
    if boxes is None:
        boxes = max(1, math.ceil((tonnes or 0.0) / payload))
        if tonnes is not None:
            assumed.append(f"{boxes} {what}, by a payload of {payload:g} t")
    if boxes > MOST_BOXES:
        raise QuestionError(f"{tonnes:g} t need {boxes} boxes; at most {MOST_BOXES} are a shipment")
    if tonnes is None:
        size = 1 if feet == 20 else 2  # noqa: PLR2004
        tonnes = boxes * size * params.tonnes_per_teu
        assumed.append(f"{tonnes:g} t of cargo, {params.tonnes_per_teu:g} t per TEU")
    if tonnes / boxes > payload:
        raise QuestionError(
            f"{tonnes:g} t in {boxes} box(es) of type {kind} is {tonnes / boxes:.1f} t each; a box"
            f" takes at most {payload:g} t. Give more boxes, or --tonnes alone."
        )
    tare = book.find(Wanted("tare", equipment=kind))
    danger = imo_class(shipment.dangerous) if shipment.dangerous else ""
    cargo = Cargo(
        boxes, feet, tonnes, "" if kind in {"20", "40"} else kind,
        tare.spread.typical if tare and not loose else 0.0, danger, shipment.value_usd or 0.0,
    )  # fmt: skip
    if shipment.value_usd is None:
        cargo, text = _valued(cargo, book)
        assumed += text
    return Loaded(cargo, tuple(assumed), tuple(_binds(cargo)))


def _binds(cargo: Cargo) -> list[str]:
    """Limits that the boxes are near, and what must be asked for beforehand."""
    found: list[str] = []
    if cargo.equipment == HEAVY:
        found.append(f"a box weighs {cargo.gross_t:.1f} t gross: railways count it as heavy")
    if cargo.dangerous:
        found.append(
            f"dangerous goods {in_words(cargo.dangerous)}: each carrier, port and border takes them"
            " on request only. Check with: carriers, terminals"
        )
    return found


def too_heavy(cargo: Cargo, book: RateBook, countries: Iterable[str]) -> list[str]:
    """By which roads the box needs a permit; ``countries``: codes of those that lorries pass."""
    over: dict[float, list[str]] = {}
    for code in sorted(set(countries)):
        limit = book.find(Wanted("road_gross", country=code))
        if limit and not cargo.loose and cargo.gross_t > limit.spread.typical:
            over.setdefault(limit.spread.typical, []).append(code)
    return [
        f"a box weighs {cargo.gross_t:.1f} t gross; lorries in {', '.join(codes)} may carry about"
        f" {most:g} t of box without a permit. Check with: haulier"
        for most, codes in sorted(over.items())
    ]


def _valued(cargo: Cargo, book: RateBook) -> tuple[Cargo, list[str]]:
    """The cargo with the value that its case gives where none is told."""
    rate = book.find(Wanted("cargo_value", equipment=cargo.equipment))
    if rate is None:
        return cargo, []
    value = round(rate.spread.typical * price_factor(rate, cargo), 2)
    own = rate.spread.typical / rate.usd_per
    text = f"cargo worth {value:,.0f} USD ({own:,.0f} {rate.currency} per {rate.unit}, {rate.year})"
    return replace(cargo, value_usd=value), [text]


def _size(kind: str) -> str:
    return {"20": "twenty-foot", "40": "forty-foot"}.get(kind, kind)
