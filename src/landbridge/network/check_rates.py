"""Checks of rates: units, currencies and their exchange rates, the times for which rows hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from landbridge.network.check_calendar import is_day
from landbridge.network.finding import Finding, findings
from landbridge.network.near import did_you_mean
from landbridge.network.network import Network
from landbridge.network.rate_kinds import (
    BASE_CURRENCY,
    PRICES,
    RATE_UNITS,
    SHARE,
    WIDER,
)
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.units import date_of, day_number

ANY = "*"
MAY_LAPSE = frozenset({"lane", "surcharge", "carbon"})
"""Kinds without which there is another price, or nothing to pay."""
Key = tuple[str, str, str, str, str, str, str, str]
"""Kind, mode, item, country, to_country, equipment, and season: what a row holds for."""


def rates(net: Network) -> Iterator[Finding]:
    """Every finding about rates."""
    yield from _units(net)
    yield from _currencies(net)
    yield from _times(net)
    yield from _seasons(net)
    yield from _shares(net)


def _shares(net: Network) -> Iterator[Finding]:
    t = net.rates
    laden = np.array([kind == "laden" for kind in t.kind.tolist()], bool)
    wrong = laden & ((t.low <= 0) | (t.high > 1))
    rule = "a share of a full cargo is above 0 and at most 1"
    yield from findings(t, wrong, "value", rule, "Write 0.85 for 85 %.")


def middle_of(year: int) -> int:
    """The day whose exchange rate turns prices of a year into USD."""
    return day_number(dt.date(year, 7, 1))


def _units(net: Network) -> Iterator[Finding]:
    pairs = zip(net.rates.kind.tolist(), net.rates.unit.tolist(), strict=True)
    for row, (kind, unit) in enumerate(pairs):
        allowed = RATE_UNITS.get(kind, ())
        if unit in allowed:
            continue
        rule = f"a rate of kind {kind} is given in {' or '.join(allowed)}"
        code, _, per = unit.partition("/")
        remedy = "Convert value, low and high as well as the unit."
        if kind in PRICES and per in allowed:
            remedy = f"Write {code} into the column currency and {per} into unit."
        yield Finding("rates", row, "unit", f"holds {unit!r}", rule, remedy)


def _currencies(net: Network) -> Iterator[Finding]:
    t = net.rates
    kinds, codes = t.kind.tolist(), t.currency.tolist()
    pairs = zip(kinds, t.unit.tolist(), strict=True)
    price = np.array([kind in PRICES and unit != SHARE for kind, unit in pairs], bool)
    given = np.array([code != "" for code in codes], bool)
    rule = "a price has a currency"
    yield from findings(
        t, price & ~given, "currency", rule, "Write USD, or the code that it is in."
    )
    rule = "what is no price, or is a share of a value, has no currency"
    yield from findings(t, ~price & given, "currency", rule, "Leave the cell blank.")
    fx = np.array([kind == "exchange_rate" for kind in kinds], bool)
    told = [str(t.item[row]) for row in np.flatnonzero(fx).tolist()]
    known = {BASE_CURRENCY, *told}
    unknown = [k for k in np.flatnonzero(price & given & ~fx).tolist() if codes[k] not in known]
    rule = f"must be {BASE_CURRENCY} or a currency that a row of kind exchange_rate names"
    yield from findings(
        t, unknown, "currency", rule,
        lambda row: did_you_mean(codes[row], known)
        or f"Add its exchange rate; known are {', '.join(sorted(known))}.",
    )  # fmt: skip
    rule = f"exchange rates are given in {BASE_CURRENCY} per unit of the currency that item names"
    wrong = [k for k in np.flatnonzero(fx & given).tolist() if codes[k] != BASE_CURRENCY]
    yield from findings(t, wrong, "currency", rule)
    zero = fx & (t.low <= 0)
    yield from findings(t, zero, "low", "a currency is worth something", "Give a value above 0.")
    yield from _years(net, np.flatnonzero(price & given & ~fx).tolist(), set(told))


def _years(net: Network, rows: list[int], told: set[str]) -> Iterator[Finding]:
    """A price in another currency needs the exchange rate of its year."""
    t = net.rates
    days = [middle_of(int(year)) for year in t.year.tolist()]
    held: dict[str, list[tuple[int, int]]] = {}
    for row, kind in enumerate(t.kind.tolist()):
        if kind == "exchange_rate":
            span = int(t.valid_from[row]), int(t.valid_to[row])
            held.setdefault(str(t.item[row]), []).append(span)
    bad = [
        row for row in rows
        if str(t.currency[row]) in told
        and not any(a <= days[row] < b for a, b in held[str(t.currency[row])])
    ]  # fmt: skip
    yield from findings(
        t, bad, "year", "a price in another currency needs the exchange rate of its year",
        lambda row: f"Add a row of kind exchange_rate with item {t.currency[row]} that holds on"
        f" {date_of(days[row])}.",
    )  # fmt: skip


def _times(net: Network) -> Iterator[Finding]:
    """Rows that hold for one thing leave no gap between them, and only one of them holds."""
    t = net.rates
    columns = (t.kind, t.mode, t.item, t.country, t.to_country, t.equipment, t.season_from,
               t.season_to)  # fmt: skip
    keys: list[Key] = list(zip(*(column.tolist() for column in columns), strict=True))
    rows: dict[Key, list[int]] = {}
    for row, key in enumerate(keys):
        rows.setdefault(key, []).append(row)
    for key, mine in rows.items():
        dated = [row for row in mine if t.valid_from[row] > ALWAYS or t.valid_to[row] < NEVER]
        dated.sort(key=lambda row: (int(t.valid_from[row]), int(t.valid_to[row])))
        always = [row for row in mine if row not in dated]
        for row in always[1:]:
            rule = "one row holds for one thing at a time"
            remedy = "Give it dates, or remove it."
            yield Finding("rates", row, "id", f"holds as {t.id[always[0]]} does", rule, remedy)
        covered = key[0] in MAY_LAPSE or bool(always)
        covered = covered or (len(dated) > 1 and any(_wider(key, other) for other in rows))
        for before, after in pairwise(dated):
            ends, begins = int(t.valid_to[before]), int(t.valid_from[after])
            if begins < ends:
                rule = f"{t.id[before]} holds for the same until {date_of(ends)}"
                found = f"holds {date_of(begins)}"
                yield Finding("rates", after, "valid_from", found, rule, "Let one end first.")
            elif begins > ends and not covered:
                rule = f"no row holds from {date_of(ends)}, where {t.id[before]} ends"
                found = f"holds {date_of(begins)}"
                remedy = "Close the gap, or add a row without dates for the time between."
                yield Finding("rates", after, "valid_from", found, rule, remedy)


def _wider(key: Key, other: Key) -> bool:
    """Whether a row of ``other`` may stand in where none of ``key`` holds."""
    if key == other or key[:2] != other[:2]:
        return False
    item, start, to, box = other[2:6]
    return (
        item in {key[2], ""}
        and (start == key[3] or start.startswith(ANY))
        and (to == key[4] or to.startswith(ANY))
        and box in {key[5], "any", *WIDER.get(key[5], ())}
    )


def _seasons(net: Network) -> Iterator[Finding]:
    """A season has both of its days, each of every year."""
    t = net.rates
    rule = "must be a day of every year as MM-DD, and a season has a first and a last one"
    for column, other in (("season_from", "season_to"), ("season_to", "season_from")):
        pairs = zip(t.column(column).tolist(), t.column(other).tolist(), strict=True)
        bad = [
            row for row, (text, end) in enumerate(pairs)
            if (text or end) and not (len(text) == len("MM-DD") and is_day(text))
        ]  # fmt: skip
        yield from findings(t, bad, column, rule)
