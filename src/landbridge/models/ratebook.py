"""Look up rates: the most special row that holds on the date wins; none is an error."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import DataError, Fault
from landbridge.models.areas import ANY, areas_of, fit_item
from landbridge.models.distribution import Spread
from landbridge.network.check_rates import middle_of
from landbridge.network.network import Network
from landbridge.network.rate_kinds import BASE_CURRENCY, WIDER
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.schema.season import in_season
from landbridge.units import date_of


@dataclass(frozen=True, slots=True)
class Rate:
    """A row of ``net.rates`` as the formulas take it; a price in USD."""

    id: str
    spread: Spread
    unit: str
    source: str
    estimated: bool
    year: int = 0
    currency: str = ""
    """That of the row; blank for what is no price, or a share of the cargo's value."""
    usd_per: float = 1.0
    """USD per unit of ``currency`` in the row's year."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a rate is looked up by."""

    kind: str
    mode: str = ""
    item: str = ""
    country: str = ANY
    to_country: str = ANY
    equipment: str = "any"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a currency is worth, and whence that is known."""

    currency: str
    usd_per: float
    valid_from: int
    """Day number; ``ALWAYS`` where open."""
    valid_to: int
    source: str
    estimated: bool


class RateBook:
    """The rates of a network on a day."""

    def __init__(self, net: Network, day: int) -> None:
        rates = net.rates
        valid = (rates.valid_from <= day) & (day < rates.valid_to)
        seasons = zip(rates.season_from.tolist(), rates.season_to.tolist(), strict=True)
        now = np.array([in_season(a, b, date_of(day)) for a, b in seasons], bool)
        self._rows: dict[tuple[str, str], list[int]] = {}
        # of rows alike the first counts: those of a season go before those of all year
        order = np.argsort(rates.season_from.astype(object) == "", kind="stable")
        for row in order[(valid & now)[order]].tolist():
            key = (str(rates.kind[row]), str(rates.mode[row]))
            self._rows.setdefault(key, []).append(row)
        self._rates = rates
        self._areas = areas_of(net)
        self._known: dict[Wanted, Rate | None] = {}
        self.day = day
        self._exchange = [
            row for row, kind in enumerate(rates.kind.tolist()) if kind == "exchange_rate"
        ]

    def exchange(self, currency: str, day: int) -> Exchange | None:
        """What ``currency`` is worth on a day; None where no row holds."""
        if currency == BASE_CURRENCY:
            return Exchange(currency, 1.0, ALWAYS, NEVER, "", estimated=False)
        t = self._rates
        for row in self._exchange:
            if str(t.item[row]) == currency and t.valid_from[row] <= day < t.valid_to[row]:
                return Exchange(
                    currency, float(t.value[row]), int(t.valid_from[row]), int(t.valid_to[row]),
                    str(t.source[row]), estimated=bool(t.estimated[row]),
                )  # fmt: skip
        return None

    def has(self, kind: str) -> bool:
        """Whether any row of a kind holds on the day."""
        return any(known == kind for known, _ in self._rows)

    @property
    def dated(self) -> frozenset[str]:
        """Ids of the rows that hold from or to a date: their prices are those of the day."""
        t = self._rates
        return frozenset(t.id[(t.valid_from > ALWAYS) | (t.valid_to < NEVER)].tolist())

    def currencies(self) -> list[str]:
        """Codes of all currencies that are known."""
        return sorted({BASE_CURRENCY, *(str(self._rates.item[row]) for row in self._exchange)})

    def find(self, wanted: Wanted) -> Rate | None:
        """The most special row, or None where no row fits."""
        if wanted not in self._known:
            self._known[wanted] = self._search(wanted)
        return self._known[wanted]

    def get(self, wanted: Wanted) -> Rate:
        """The most special row. ``DataError`` where none fits: there is no silent default."""
        rate = self.find(wanted)
        if rate is None:
            what = " ".join(
                f"{name}={value}"
                for name, value in (
                    ("kind", wanted.kind), ("mode", wanted.mode), ("item", wanted.item),
                    ("country", wanted.country), ("equipment", wanted.equipment),
                )
                if value
            )  # fmt: skip
            remedy = "Add a row to rates.csv of the case; country * holds everywhere"
            raise DataError([Fault("rates", f"no row fits {what}", "the answer needs it", remedy)])
        return rate

    def lanes(self, wanted: Wanted) -> list[tuple[str, str]]:
        """Countries of departure and arrival of the rows that hold for some lanes only.

        By kind, mode, item and equipment of ``wanted``; each pair once, the most general first.
        """
        rates = self._rates
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for row in self._rows.get((wanted.kind, wanted.mode), []):
            ends = str(rates.country[row]), str(rates.to_country[row])
            fits = (
                fit_item(str(rates.item[row]), wanted.item, ""),
                _box_fits(str(rates.equipment[row]), wanted.equipment),
            )
            if min(fits) >= 0 and ends != (ANY, ANY):
                found[ends] = _narrow(ends[0]), _narrow(ends[1])
        return sorted(found, key=lambda ends: (found[ends], ends))

    def covers(self, word: str, country: str) -> bool:
        """Whether a country column that holds ``word`` means ``country``."""
        return self._areas.fit(word, country) >= 0

    def alike(self, words: tuple[str, ...]) -> NDArray[np.int64]:
        """Per row of countries the first row that rows of rates for ``words`` hold for alike."""
        return self._areas.alike(words)

    def _search(self, wanted: Wanted) -> Rate | None:
        rates = self._rates
        rows = self._rows.get((wanted.kind, wanted.mode), [])
        best, best_rank = -1, (-1, -1, -1, -1, -1)
        for row in rows:
            rank = (
                fit_item(str(rates.item[row]), wanted.item, ""),
                self._areas.fit(str(rates.country[row]), wanted.country),
                self._areas.fit(str(rates.to_country[row]), wanted.to_country),
                _box_fits(str(rates.equipment[row]), wanted.equipment),
                int(rates.valid_from[row] > ALWAYS or rates.valid_to[row] < NEVER),
            )
            if min(rank) >= 0 and rank > best_rank:
                best, best_rank = row, rank
        return self._rate(best) if best >= 0 else None

    def _rate(self, row: int) -> Rate:
        rates = self._rates
        spread = Spread(
            str(rates.distribution[row]),
            float(rates.low[row]),
            float(rates.value[row]),
            float(rates.high[row]),
        )
        currency, year, usd_per = str(rates.currency[row]), int(rates.year[row]), 1.0
        if currency not in {"", BASE_CURRENCY}:
            worth = self.exchange(currency, middle_of(year))
            if worth is None:
                rule = "a price in another currency needs the exchange rate of its year"
                where = f"rates, row {rates.id[row]}"
                raise DataError([Fault(where, f"is in {currency} of {year}", rule)])
            usd_per = worth.usd_per
            spread = spread.scaled(usd_per)
        return Rate(
            str(rates.id[row]),
            spread,
            str(rates.unit[row]),
            str(rates.source[row]),
            bool(rates.estimated[row]),
            year,
            currency,
            usd_per,
        )


def _narrow(word: str) -> int:
    """How special a word of a country column is."""
    return 0 if word == ANY else 1 if word.startswith(ANY) else 2


def _box_fits(row: str, wanted: str) -> int:
    """The word itself before a wider one (a reefer is a forty-foot box) before ``any``."""
    if row == wanted and row != "any":
        return 2
    if row in WIDER.get(wanted, ()):
        return 1
    return 0 if row == "any" else -1
