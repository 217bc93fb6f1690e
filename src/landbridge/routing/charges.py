"""The invoice of an option: charges that add up to the cent by kind, leg, country and payer.

Charges are the legs' expected amounts, except what hangs on the trip as it was played through:
interest runs over the simulated hours of each leg, demurrage over the simulated stays at terminals,
so that a missed connection makes both dearer. Every charge is rounded to cents once; all sums are
sums of those cents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np

from landbridge.models.cargo import Cargo, price_factor
from landbridge.models.money import PERCENT, cents, charged_days, interest_usd, price_level
from landbridge.models.ratebook import ANY, Rate, RateBook, Wanted
from landbridge.network.rate_kinds import BASE_CURRENCY
from landbridge.routing.amount import Amount, Price
from landbridge.routing.incoterms import Split, split
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.prices import tail
from landbridge.routing.sample import Sampler
from landbridge.routing.timeline import Trip
from landbridge.schema.column import Floats

KINDS = (
    "freight", "wagon", "handling", "border", "gauge_change", "empty_return", "port", "documents",
    "surcharge", "carbon", "insurance", "interest", "demurrage",
)  # fmt: skip
AT_SEA = "sea"
"""Stands for the country of what falls due on no territory."""


@dataclass(frozen=True, slots=True)
class Charge:
    """One line of an invoice."""

    name: str
    kind: str
    leg: int
    country: str
    payer: str
    """``seller``, ``buyer``, or empty without an Incoterm."""
    cents: int
    """US cents, expected."""
    quantity: float
    unit_price: float
    """Per ``per``, in ``currency``; ``quantity`` x ``unit_price`` x ``usd_per`` is the amount."""
    price: Price

    @property
    def usd(self) -> float:
        """The amount."""
        return self.cents / PERCENT


@dataclass(frozen=True, eq=False)
class Level:
    """What prices are multiplied by to be of another year."""

    mean: float
    draws: Floats
    """(n_samples,)."""


@dataclass(frozen=True, eq=False)
class Bill:
    """All charges of an option, and draws of their sum."""

    charges: tuple[Charge, ...]
    samples: Floats
    """USD."""
    split: Split | None
    legs: int
    level: Level | None = None
    """Of the year to which the prices are carried; None: they are of the case's price year."""
    dated: frozenset[str] = frozenset()
    """Rows with prices of the day, which are not carried."""

    def level_of(self, amount: Amount) -> Level | None:
        """What an amount is billed at; None: as it stands, as are shares of a value."""
        return None if amount.price and not self.carries(amount.price) else self.level

    def carries(self, price: Price) -> bool:
        """Whether a price is one of the price year: no share of a value, and without a date."""
        return bool(price.currency) and price.row not in self.dated

    def expected(self, amount: Amount) -> float:
        """USD that an amount is billed with, before it is rounded to cents."""
        level = self.level_of(amount)
        return amount.mean * (level.mean if level else 1.0)

    @property
    def usd(self) -> float:
        """Expected sum of all charges."""
        return sum(one.cents for one in self.charges) / PERCENT

    def by(self, key: Callable[[Charge], str], words: Iterable[str] = ()) -> dict[str, float]:
        """USD by what ``key`` tells of a charge; ``words`` come first, also where nothing is."""
        found = dict.fromkeys(words, 0)
        for one in self.charges:
            found[key(one)] = found.get(key(one), 0) + one.cents
        return {name: total / PERCENT for name, total in found.items()}

    def by_leg(self) -> list[float]:
        """USD per leg."""
        found = [0] * self.legs
        for one in self.charges:
            found[one.leg] += one.cents
        return [total / PERCENT for total in found]


NO_BILL = Bill((), np.zeros(0), None, 0)
"""Of an option that was not played through yet."""


@dataclass(eq=False)
class Biller:
    """Makes the bills of one question."""

    book: RateBook
    sampler: Sampler
    cargo: Cargo
    term: str = ""
    """Rule of Incoterms, or empty."""
    years: int = 0
    """Years from that of the prices to that of the question, over which they are carried."""

    def bill(self, itinerary: Itinerary, trip: Trip) -> Bill:
        """The charges of a chain as it was played through."""
        shares = split(self.term, itinerary, loose=self.cargo.loose) if self.term else None
        total = np.zeros(self.sampler.count)
        charges: list[Charge] = []

        def add(leg: int, amount: Amount, factor: Floats | float) -> None:
            """``factor``: how many units, in each draw or in all of them."""
            nonlocal total
            total = total + self.sampler.one(amount) * factor
            quantity = factor if isinstance(factor, float) else float(np.mean(factor))
            where = itinerary.legs[leg].country or AT_SEA
            charges.append(_charge(leg, where, amount, quantity, shares))

        for k, leg in enumerate(itinerary.legs):
            for amount in leg.usd:
                if amount.kind == "interest":
                    hours = trip.leg_hours(k)
                    a_unit = interest_usd(self.cargo.value_usd, 1.0, 1.0)
                    add(k, amount, a_unit * hours)
                else:
                    add(k, amount, float(amount.factor))
        for k, amount, days in self._demurrage(itinerary, trip):
            add(k, amount, days * amount.factor)
        found = Bill(tuple(charges), total, shares, len(itinerary.legs))
        return self._carried(found) if self.years else found

    def _demurrage(self, itinerary: Itinerary, trip: Trip) -> Iterable[tuple[int, Amount, Floats]]:
        """Leg, price of a day for the cargo and charged days, for each stay at a terminal."""
        legs = itinerary.legs
        for k, leg in enumerate(legs):
            if leg.kind != "transfer" or self.cargo.loose:
                continue
            waits = k + 1 < len(legs) and legs[k + 1].kind == "wait"
            item = _flow(itinerary, k)
            if item is None:
                continue
            box = self.cargo.equipment
            wanted = Wanted("demurrage", "", item, leg.country, ANY, box)
            rate, free = self.book.find(wanted), self.book.find(replace(wanted, kind="free_time"))
            if rate is None or free is None:
                continue
            days = charged_days(trip.end[k + waits] - trip.begin[k], free.spread.typical)
            if days.any():
                name = f"Demurrage and detention, {leg.start.name}"
                yield k, _of_rate(rate, price_factor(rate, self.cargo), name), days

    def _carried(self, bill: Bill) -> Bill:
        """The bill at the price level of the year asked for.

        Shares of a value, and prices of rows with a date, stay as they are.
        """
        bill = replace(bill, dated=self.book.dated)
        rate = self.book.get(Wanted("price_change"))
        percent = self.sampler.of(Amount(f"rate {rate.id}", rate.spread, 1.0))
        level = price_level(percent, self.years)
        mean = float(price_level(np.array([rate.spread.mean]), self.years)[0])
        fixed = sum(one.usd for one in bill.charges if not bill.carries(one.price))
        charges = tuple(
            replace(one, cents=cents(one.usd * mean), unit_price=one.unit_price * mean)
            if bill.carries(one.price) else one
            for one in bill.charges
        )  # fmt: skip
        samples = fixed + (bill.samples - fixed) * level
        return replace(bill, charges=charges, samples=samples, level=Level(mean, level))


def _charge(leg: int, where: str, amount: Amount, quantity: float, shares: Split | None) -> Charge:
    price = amount.price or Price(
        amount.kind, "", BASE_CURRENCY, 1.0, 0, "", estimated=True, row=""
    )
    usd = amount.spread.mean * quantity
    return Charge(
        price.name,
        amount.kind,
        leg,
        where,
        shares.payer(leg, amount.kind) if shares else "",
        cents(usd),
        quantity,
        amount.spread.mean / price.usd_per,
        price,
    )


def _of_rate(rate: Rate, factor: float, name: str) -> Amount:
    price = Price(name, *tail(rate))
    return Amount(f"rate {rate.id}", rate.spread, factor, "demurrage", price=price)


def _flow(itinerary: Itinerary, transfer: int) -> str | None:
    """``import`` or ``export`` by sea, blank on land.

    None from vessel to vessel, which is the carrier's own affair.
    """
    moves = [(k, leg.mode) for k, leg in enumerate(itinerary.legs) if leg.kind == "move"]
    before = next((mode for k, mode in reversed(moves) if k < transfer), None)
    after = next((mode for k, mode in moves if k > transfer), None)
    if before == after == "sea":
        return None
    return "import" if before == "sea" else "export" if after == "sea" else ""
