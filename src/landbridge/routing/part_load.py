"""Part loads: low water keeps vessels from their full draught, so less cargo pays for a voyage.

A rate of kind ``laden`` tells the share of a full cargo that goes through a passage in a season. A
ride through several is loaded for the shallowest. Its freight is divided by the share, its load
factor multiplied with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from landbridge.models.distribution import Spread
from landbridge.models.ratebook import Rate, RateBook, Wanted
from landbridge.network.network import Network
from landbridge.network.rate_kinds import BASE_CURRENCY
from landbridge.routing.amount import Amount, Price
from landbridge.routing.prices import mean_usd

FREIGHT = frozenset({"freight", "wagon"})
"""Kinds of money that are the price of the voyage."""


@dataclass(frozen=True, slots=True)
class PartLoad:
    """What a passage leaves of a full cargo."""

    rate: Rate
    passage: str
    """Title of the passage."""

    @property
    def laden(self) -> float:
        """Expected share of a full cargo."""
        return self.rate.spread.mean

    @property
    def surplus(self) -> Spread:
        """What a tonne pays more than on a full vessel, as a share of its freight."""
        pace = self.rate.spread.inverse()
        return Spread(pace.family, pace.low - 1, pace.typical - 1, pace.high - 1)

    def price(self, freight_usd: float) -> Amount:
        """The surplus on the freight of a ride."""
        rate = self.rate
        price = Price(
            f"Part load, {self.passage}", BASE_CURRENCY, BASE_CURRENCY, 1.0, rate.year,
            rate.source, rate.estimated, rate.id,
        )  # fmt: skip
        return Amount(f"rate {rate.id}", self.surplus, freight_usd, "freight", price=price)


def part_load(book: RateBook, net: Network, mode: str, passages: Iterable[int]) -> PartLoad | None:
    """Of the passages of a ride (-1: none), the one that leaves least; None: full cargo."""
    if mode != "sea":
        return None
    found = [
        PartLoad(rate, str(net.passages.title[row]))
        for row in dict.fromkeys(passages)
        if row >= 0
        and (rate := book.find(Wanted("laden", "sea", str(net.passages.id[row])))) is not None
    ]
    return min(found, key=lambda one: (one.laden, one.rate.id), default=None)


def surplus(part: PartLoad | None, ride: Iterable[Amount]) -> list[Amount]:
    """What low water adds to the amounts of a ride."""
    if part is None:
        return []
    return [part.price(mean_usd(one for one in ride if one.kind in FREIGHT))]
