"""The question: what is to be sent from where to where, and how the method runs."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.models.dangerous import class_of
from landbridge.network.rate_kinds import BOXES, DANGEROUS, LOOSE
from landbridge.routing.incoterms import parse_incoterm

MOST_BOXES = 10_000
"""More boxes than that are a season's flow and not a shipment."""
KINDS_OF_CARGO = ("container", *LOOSE)


@dataclass(frozen=True, slots=True)
class Shipment:
    """Cargo in containers from one place to another.

    Places in any form that ``places`` understands. Give ``teu`` (twenty-foot boxes) or ``feu``
    (forty-foot boxes), or ``tonnes`` alone, from which the boxes follow by payload.
    """

    origin: str
    destination: str
    ready: dt.date | None = None
    """The day from which it may leave; None: the case's base date, for what is open."""
    teu: int | None = None
    feu: int | None = None
    tonnes: float | None = None
    value_usd: float | None = None
    hs: str | None = None
    equipment: str = ""
    """Type of box: 20, 40, 40HC, 45 or reefer; empty: the plain one of ``teu`` or ``feu``."""
    cargo: str = "container"
    """``container``, or ``general`` or ``bulk`` by ``tonnes``."""
    dangerous: str = ""
    """IMO class (``3``, ``5.1``) or UN number (``UN1203``) of dangerous goods; empty: none."""
    incoterm: str = ""
    """Rule of Incoterms 2020 by which charges are the seller's or the buyer's; empty: not asked."""
    currency: str = "USD"
    """In which sums are told beside USD."""

    def __post_init__(self) -> None:
        for name, count in (("teu", self.teu), ("feu", self.feu)):
            if count is not None and not 1 <= count <= MOST_BOXES:
                raise QuestionError(f"{name} is {count}; it must lie between 1 and {MOST_BOXES}")
        if self.teu is not None and self.feu is not None:
            raise QuestionError("give teu or feu, not both: a shipment has boxes of one size")
        _check_type(self)
        object.__setattr__(self, "incoterm", parse_incoterm(self.incoterm))
        for name, value in (("tonnes", self.tonnes), ("value_usd", self.value_usd)):
            if value is not None and not (math.isfinite(value) and value > 0):
                raise QuestionError(f"{name} is {value}; it must be a number above 0")


CRITERIA = ("time", "money", "co2e", "p90")
"""Expected time, expected price, expected CO2e, and the time that nine in ten do not exceed."""


@dataclass(frozen=True, slots=True)
class RouteParams:
    """How options are searched, chosen and sampled; never what the world is."""

    samples: int = 1000
    seed: int = 1
    minimise: tuple[str, ...] = ("time", "money", "co2e")
    """What a chain must not be beaten in, of ``CRITERIA``; the first orders the answer."""
    most_options: int = 12
    most_transfers: int | None = None
    """None: ten legs, which no sensible chain reaches."""
    tonnes_per_teu: float = 10.0
    """Cargo in a box whose weight is not told (GLEC Framework v3: 10 t per TEU)."""
    usd_per_teu_day: float = 25.0
    """Value of time by which representatives of a branch are chosen (CST069, 10 to 80)."""
    most_snap_km: float = 500.0
    """A door farther from any road than this cannot be served."""
    terminal_snap_km: float = 60.0
    """A side of a terminal farther from its network than this is not connected."""
    lorry_between_terminals_km: float = 1200.0
    """Longer lorry legs are offered from and to the doors only."""
    detour_from_km: float = 10_000.0
    """Services that reach less far have no use for a detour such as the Cape instead of Suez."""
    most_labels: int = 2_000_000
    extrapolate: bool = False
    """Carry prices to the year asked for by ``price_change`` rates."""

    def __post_init__(self) -> None:
        if not 1 <= self.samples <= 1_000_000:  # noqa: PLR2004 - the limit named in the message
            raise QuestionError(f"samples is {self.samples}; it must lie between 1 and 1000000")
        words = ", ".join(CRITERIA)
        if not self.minimise or not set(self.minimise) <= set(CRITERIA):
            given = ",".join(self.minimise)
            raise QuestionError(f"minimise is {given!r}; it must be some of {words}")
        if len(set(self.minimise)) < len(self.minimise):
            raise QuestionError(f"minimise names {','.join(self.minimise)}; name each once")
        if self.seed < 0:
            raise QuestionError(f"seed is {self.seed}; it must be 0 or more")
        if self.most_transfers is not None and not 0 <= self.most_transfers <= 20:  # noqa: PLR2004
            raise QuestionError(
                f"max-transfers is {self.most_transfers}; it must lie between 0 and 20"
            )


def _check_type(shipment: Shipment) -> None:
    """Type of box, kind of cargo and dangerous goods, as words that are known and agree."""
    if shipment.cargo not in KINDS_OF_CARGO:
        raise QuestionError(
            f"cargo is {shipment.cargo!r}; it must be one of {', '.join(KINDS_OF_CARGO)}"
        )
    kind = shipment.equipment
    if kind and kind not in BOXES:
        raise QuestionError(f"equipment is {kind!r}; it must be one of {', '.join(BOXES)}")
    boxes = shipment.teu is not None or shipment.feu is not None or kind != ""
    if shipment.cargo in LOOSE:
        if boxes:
            raise QuestionError(f"{shipment.cargo} cargo is in no box; give --tonnes alone")
        if shipment.tonnes is None:
            raise QuestionError(f"{shipment.cargo} cargo is told by its weight; give --tonnes")
    if (kind == "20" and shipment.feu is not None) or (
        kind not in {"", "20"} and shipment.teu is not None
    ):
        given = "feu" if kind == "20" else "teu"
        raise QuestionError(
            f"a box of type {kind} is not counted by --{given}; give"
            f" --{'teu' if kind == '20' else 'feu'}"
        )
    if shipment.dangerous:
        imo_class(shipment.dangerous)


def imo_class(text: str) -> str:
    """The IMO class, or the UN number, as services and rules name it."""
    word = text.strip().upper().replace(" ", "")
    if DANGEROUS.fullmatch(word):
        if not class_of(word):
            raise QuestionError(
                f"dangerous is {text!r}, a number that the list of UN numbers does not hold; give"
                " the IMO class of the goods instead, such as 3 or 5.1"
            )
        return word
    raise QuestionError(
        f"dangerous is {text!r}; write an IMO class from 1 to 9, such as 3 or 5.1, or a UN number"
        " such as UN1203"
    )
