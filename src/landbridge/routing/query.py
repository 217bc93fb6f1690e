"""The question: what is to be sent from where to where, and how the method runs."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.models.cargo import Cargo
from landbridge.models.ratebook import RateBook, Wanted

MOST_BOXES = 10_000
"""More boxes than that are a season's flow and not a shipment."""


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

    def __post_init__(self) -> None:
        for name, count in (("teu", self.teu), ("feu", self.feu)):
            if count is not None and not 1 <= count <= MOST_BOXES:
                raise QuestionError(f"{name} is {count}; it must lie between 1 and {MOST_BOXES}")
        if self.teu is not None and self.feu is not None:
            raise QuestionError("give teu or feu, not both: a shipment has boxes of one size")
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


@dataclass(frozen=True, slots=True)
class Loaded:
    """The cargo with what had to be assumed of it, in words."""

    cargo: Cargo
    assumed: tuple[str, ...]


def cargo_of(shipment: Shipment, book: RateBook, params: RouteParams) -> Loaded:
    """Boxes and weight; QuestionError where the weight does not fit into the boxes."""
    assumed: list[str] = []
    feet = 40 if shipment.feu else 20
    payload = book.get(Wanted("payload", equipment=str(feet))).spread.high
    boxes = shipment.feu or shipment.teu
    tonnes = shipment.tonnes
    if boxes is None:
        boxes = max(1, math.ceil((tonnes or 0.0) / payload))
        if tonnes is not None:
            assumed.append(f"{boxes} twenty-foot boxes, by a payload of {payload:g} t")
    if boxes > MOST_BOXES:
        raise QuestionError(f"{tonnes:g} t need {boxes} boxes; at most {MOST_BOXES} are a shipment")
    if tonnes is None:
        size = 2 if feet == 40 else 1  # noqa: PLR2004
        tonnes = boxes * size * params.tonnes_per_teu
        assumed.append(f"{tonnes:g} t of cargo, {params.tonnes_per_teu:g} t per TEU")
    if tonnes / boxes > payload:
        raise QuestionError(
            f"{tonnes:g} t in {boxes} box(es) of {feet} feet is {tonnes / boxes:.1f} t each; a box"
            f" takes at most {payload:g} t. Give more boxes, or --tonnes alone."
        )
    return Loaded(Cargo(boxes, feet, tonnes), tuple(assumed))
