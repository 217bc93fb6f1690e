"""What the parts of chains are priced by, for one cargo: the search and the legs ask here alike.

Every method returns amounts, each with the row that prices it; their expected values are what the
search adds up.
"""

from __future__ import annotations

from collections.abc import Iterable

from landbridge.models.cargo import Cargo, price_factor, unit_factor
from landbridge.models.dangerous import words_of
from landbridge.models.distribution import Spread
from landbridge.models.money import HOURS_PER_YEAR, PERCENT
from landbridge.models.ratebook import Rate, RateBook, Wanted
from landbridge.network.network import Network
from landbridge.network.rate_kinds import BASE_CURRENCY
from landbridge.routing.amount import Amount, Price
from landbridge.routing.borders import CrossingRows
from landbridge.units import KG_PER_T, TEU_PER_FEU

Lane = tuple[str, str]
"""Countries of departure and arrival by sea; ``*`` on land."""
ANYWHERE: Lane = ("*", "*")


class Prices:
    """The prices of a network on a day."""

    def __init__(self, net: Network, book: RateBook, crossings: CrossingRows, cargo: Cargo) -> None:
        self.net, self.book, self.crossings, self.cargo = net, book, crossings, cargo

    def by_km(self, mode: str, item: str, lane: Lane, km: float) -> list[Amount]:
        """Freight, and wagon and box where they are apart; ``lane``: the country on land."""
        found: list[Amount] = []
        where = _between(lane)
        for kind, title in (("freight", "freight"), ("wagon", "wagon and box")):
            rate = self.book.find(Wanted(kind, mode, item, *lane, self.cargo.equipment))
            if rate:
                found.append(self._amount(rate, km, kind, f"{_word(mode)} {title}{where}"))
        return found

    def of_lane(self, mode: str, item: str, lane: Lane) -> Rate | None:
        """The price from port to port that takes the place of those by distance and per ride."""
        if mode != "sea":
            return None
        return self.book.find(Wanted("lane", mode, item, *lane, self.cargo.equipment))

    def per_ride(self, mode: str, item: str, lane: Lane) -> list[Amount]:
        """What a ride costs whatever its length."""
        found: list[Amount] = []
        whole = self.of_lane(mode, item, lane)
        fixed = self.book.find(Wanted("freight_fixed", mode, item, *lane, self.cargo.equipment))
        if whole:
            found.append(self._amount(whole, 1.0, "freight", f"Ocean freight{_between(lane)}"))
        elif fixed:
            found.append(self._amount(fixed, 1.0, "freight", f"{_word(mode)} freight, per ride"))
        if self.cargo.dangerous:
            rate = self._dangerous(mode)
            if rate:
                title = f"Dangerous goods {self.cargo.dangerous}, {_word(mode).lower()}"
                found.append(self._amount(rate, 1.0, "surcharge", title))
        return found

    def _dangerous(self, mode: str) -> Rate | None:
        """The row of the goods' number, else of their class, else of all."""
        general = self.book.find(Wanted("dangerous", mode))
        own = (
            self.book.find(Wanted("dangerous", mode, word))
            for word in words_of(self.cargo.dangerous)
        )
        return next((one for one in own if one and one != general), general)

    def carbon(self, mode: str, item: str, lane: Lane, kg: float) -> list[Amount]:
        """The price of ``kg`` of CO2e, tank to wheel; ``lane``: the country on land."""
        rate = self.book.find(Wanted("carbon", mode, item, *lane, self.cargo.equipment))
        if rate is None:
            return []
        price = Price(f"Price of carbon, {_word(mode).lower()}", *tail(rate))
        return [Amount(f"rate {rate.id}", rate.spread, kg / KG_PER_T, "carbon", price=price)]

    def passage(self, row: int, lane: Lane) -> list[Amount]:
        """Dues of a passage, and what carriers add for going through it."""
        name, title = str(self.net.passages.id[row]), str(self.net.passages.title[row])
        found: list[Amount] = []
        for kind, ends, entry, what in (
            ("passage_due", ANYWHERE, "port", "Dues"),
            ("surcharge", lane, "surcharge", "Surcharge"),
        ):
            rate = self.book.find(Wanted(kind, "sea", name, *ends, self.cargo.equipment))
            if rate:
                found.append(self._amount(rate, 1.0, entry, f"{what}, {title}"))
        return found

    def border(self, row: int) -> list[Amount]:
        """A crossing, the empty box's way back, and a new note where the law changes."""
        t, crossings = self.net.crossings, self.crossings
        ends = str(t.from_country[row]), str(t.to_country[row])
        title = f"{ends[0]}-{ends[1]}"
        price = Price(
            f"Border {title}", str(t.unit[row]).removeprefix("USD/"), BASE_CURRENCY, 1.0,
            int(t.year[row]), str(t.source[row]), bool(t.estimated[row]), str(t.id[row]),
        )  # fmt: skip
        factor = unit_factor(str(t.unit[row]), self.cargo)
        found = [
            Amount(f"crossing {t.id[row]} usd", crossings.money(row), factor, "border", price=price)
        ]
        empties = crossings.empties(row)
        if empties.high > 0 and not self.cargo.loose:
            back = Price(f"Empty return, {title}", "FEU", *_rest(price))
            factor = self.cargo.teu / TEU_PER_FEU
            name = f"crossing {t.id[row]} empty"
            found.append(Amount(name, empties, factor, "empty_return", price=back))
        note = self.book.find(Wanted("consignment_note", str(t.mode[row]), "", *ends))
        if note:
            found.append(self._amount(note, 1.0, "documents", f"Consignment note, {title}"))
        return found

    def whole(self) -> list[Amount]:
        """What is paid once for the chain: papers and insurance."""
        found: list[Amount] = []
        for kind, title in (("documents", "Documents"), ("insurance", "Cargo insurance")):
            rate = self.book.find(Wanted(kind))
            if rate and (kind != "insurance" or self.cargo.value_usd > 0):
                found.append(self._amount(rate, 1.0, kind, title))
        return found

    def interest(self, hours: float) -> Amount | None:
        """The capital in the cargo over so many hours; None where it has no price or no value."""
        rate = self.book.find(Wanted("interest"))
        if rate is None or self.cargo.value_usd <= 0:
            return None
        factor = self.cargo.value_usd / PERCENT * hours / HOURS_PER_YEAR
        price = Price("Interest on the cargo", *tail(rate))
        return Amount(f"rate {rate.id}", rate.spread, factor, "interest", price=price)

    def operation(self, row: int, spread: Spread, where: str) -> Amount:
        """Handling at a terminal called ``where``."""
        t = self.net.operations
        kind, unit = str(t.kind[row]), str(t.unit[row])
        title = "Change of gauge" if kind == "gauge_change" else "Handling"
        price = Price(
            f"{title}, {where}", unit.removeprefix("USD/"), BASE_CURRENCY, 1.0, int(t.year[row]),
            str(t.source[row]), bool(t.estimated[row]), str(t.id[row]),
        )  # fmt: skip
        factor = unit_factor(unit, self.cargo)
        return Amount(f"operation {t.id[row]} usd", spread, factor, kind, price=price)

    def _amount(self, rate: Rate, times: float, kind: str, title: str) -> Amount:
        factor = times * price_factor(rate, self.cargo)
        price = Price(title, *tail(rate))
        return Amount(f"rate {rate.id}", rate.spread, factor, kind, price=price)


def mean_usd(amounts: Iterable[Amount]) -> float:
    """Expected sum."""
    return sum((one.mean for one in amounts), 0.0)


def tail(rate: Rate) -> tuple[str, str, float, int, str, bool, str]:
    """Of a ``Price``, what a rate tells after the name."""
    return (rate.unit, rate.currency, rate.usd_per, rate.year, rate.source, rate.estimated, rate.id)


def _rest(price: Price) -> tuple[str, float, int, str, bool, str]:
    return (price.currency, price.usd_per, price.year, price.source, price.estimated, price.row)


def _word(mode: str) -> str:
    return {"rail": "Rail", "road": "Road", "sea": "Sea", "air": "Air"}.get(mode, "River")


def _between(lane: Lane) -> str:
    named = [code for code in lane if code != "*"]
    return f", {' - '.join(named)}" if named else ""
