"""A figure of a leg: a constant times an uncertain one, and by which row money is priced."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.models.distribution import Spread


@dataclass(frozen=True, slots=True)
class Price:
    """What a charge is called, and the row that prices it."""

    name: str
    """As an invoice has it."""
    per: str
    """Unit that is counted: ``FEU-km``, ``box``, ``%``, ..."""
    currency: str
    """In which the row is; blank for a share of a value."""
    usd_per: float
    """USD per unit of ``currency``."""
    year: int
    source: str
    estimated: bool
    row: str
    """Id of the row."""
    country: str = ""
    """Where it falls due, if not where the leg is."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that is a constant times an uncertain one: ``factor`` x ``spread``.

    ``name`` says whose figure it is: equal names have equal draws. ``wait``: times a uniform
    number as well, for a departure that may come at any moment of the interval.
    """

    name: str
    spread: Spread
    factor: float
    kind: str = "hours"
    wait: bool = False
    group: str = ""
    """Figures of one group move together, nested: what a country goes through, and in it one
    terminal (``IR/IRSRP``), whose bad days delay what comes to it and what leaves."""
    price: Price | None = None
    """Of money."""

    @property
    def mean(self) -> float:
        """Expected value."""
        return self.spread.mean * self.factor * (0.5 if self.wait else 1.0)
