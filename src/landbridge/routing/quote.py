"""The terms of a quotation: currency, year of prices, what is not included."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.models.cargo import Cargo
from landbridge.models.ratebook import Exchange, RateBook, Wanted
from landbridge.network.check_rates import middle_of
from landbridge.network.near import did_you_mean
from landbridge.network.network import Network
from landbridge.units import date_of, day_number


@dataclass(frozen=True, slots=True)
class Quote:
    """How the sums of an answer are to be read."""

    exchange: Exchange
    """Of the currency that was asked for."""
    years: int
    """Years over which prices are carried; 0: they are of the case's price year."""
    warnings: tuple[str, ...]

    def amount(self, usd: float) -> float:
        """USD in the currency asked for."""
        return usd / self.exchange.usd_per

    @property
    def span(self) -> str:
        """The dates for which the exchange rate holds, in words."""
        one = self.exchange
        return f"{date_of(one.valid_from)} to {date_of(one.valid_to - 1)}"


def quote_of(
    net: Network, book: RateBook, on: dt.date, currency: str, *, extrapolate: bool
) -> Quote:
    """The terms on a day. ``QuestionError`` for a currency that is not known then."""
    warnings: list[str] = []
    code, year = currency.strip().upper(), net.case.price_year
    exchange = book.exchange(code, day_number(on))
    if exchange is None:
        exchange = book.exchange(code, middle_of(year))
        if exchange is None:
            hint = did_you_mean(code, book.currencies())
            known = ", ".join(book.currencies())
            raise QuestionError(
                f"--currency {currency!r} has no exchange rate on {on} or in {year}. {hint}"
                f" Known are {known}.".replace("  ", " ")
            )
        warnings.append(f"no exchange rate of {code} is known on {on}; that of {year} is used")
    years = 0
    if on.year != year:
        level = book.find(Wanted("price_change"))
        if extrapolate and level is None:
            raise QuestionError("prices cannot be carried on: rates have no row of price_change")
        if extrapolate and level is not None:
            years = on.year - year
            low, high = level.spread.low, level.spread.high
            warnings.append(
                f"prices of {year} are carried to {on.year} by {level.spread.typical:g} %"
                f" ({low:g} to {high:g} %) a year: an extrapolation"
            )
        else:
            warnings.append(
                f"{on} is outside the year of the prices: USD are of {year}, and only rates that"
                " are dated for that day are of then; --extrapolate carries them on"
            )
    return Quote(exchange, years, tuple(warnings))


def not_included(book: RateBook, cargo: Cargo, term: str) -> list[str]:
    """What an invoice may have besides."""
    owed = ": the seller's under DDP" if term == "DDP" else ""
    found = [
        f"customs duty and taxes of import{owed}",
        "loading and unloading at the doors, packing, weighing",
        "inspection, scanning and fumigation that authorities order",
        "a forwarder's margin",
    ]
    if not cargo.loose:
        found.append("detention of the box away from terminals")
    without = {
        "insurance": "insurance of the cargo",
        "interest": "interest on the value of the cargo",
        "demurrage": "demurrage and detention at terminals",
    }
    for kind, text in without.items():
        missing = not book.has(kind) or (kind == "demurrage" and cargo.loose)
        if missing or (kind != "demurrage" and cargo.value_usd <= 0):
            found.append(text)
    return found
