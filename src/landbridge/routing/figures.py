"""From an amount of a leg back to the figure of the network that it multiplies."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.network.network import Network
from landbridge.routing.itinerary import Amount
from landbridge.schema.table import Table

EVERYWHERE = "*"
WORDS = {
    "speed": "speed of", "freight": "freight rate of", "freight_fixed": "fixed freight of",
    "documents": "price of documents", "carbon": "price of carbon of", "energy_fuel": "fuel use of",
    "energy_electric": "electricity use of",
}  # fmt: skip

AT_PASSAGE = {"passage_due": "dues of", "passage_wait": "wait at", "laden": "part load by"}


@dataclass(frozen=True, slots=True)
class Key:
    """Where a figure stands: the low, typical and high of a row."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the network as it stands in its row."""

    key: Key
    words: str
    unit: str
    low: float
    typical: float
    high: float
    family: str
    source: str
    estimated: bool


def key_of(amount: Amount, *, money: bool) -> Key | None:
    """The figure behind an amount of hours (or ``money``); None for what is no row of its own."""
    kind, _, rest = amount.name.partition(" ")
    row = rest.partition(" ")[0]
    if kind == "wait":
        return Key("services", row, "headway")
    if kind in {"rate", "factor"}:
        return Key(f"{kind}s", row, "value")
    if kind in {"crossing", "operation"}:
        column = "hours" if not money else "empty_usd" if rest.endswith(" empty") else "usd"
        return Key(f"{kind}s", row, column)
    return None


def figure_of(net: Network, key: Key) -> Figure | None:
    """The figure of a key; None where the row is not there or has no range of its own."""
    table: Table = {
        "crossings": net.crossings, "operations": net.operations, "services": net.services,
        "rates": net.rates, "factors": net.factors,
    }[key.table]  # fmt: skip
    ids: list[str] = table.column("id").tolist()
    if key.row not in ids:
        return None
    at = ids.index(key.row)
    if key.table == "services" and str(net.services.timetable[at]):
        return None
    low, typical, high = (float(table.column(name)[at]) for name in _columns(key))
    money = key.column.endswith("usd")
    family = "pert" if money else str(table.column("distribution")[at])
    return Figure(
        key, _words(net, key, at), _unit(net, key, at), low, typical, high, family,
        str(table.column("source")[at]), bool(table.column("estimated")[at]),
    )  # fmt: skip


def _columns(key: Key) -> tuple[str, str, str]:
    if key.column == "value":
        return "low", "value", "high"
    end = "_h" if key.column == "headway" else ""
    return f"{key.column}_low{end}", f"{key.column}_typical{end}", f"{key.column}_high{end}"


def _unit(net: Network, key: Key, at: int) -> str:
    if key.table == "rates":
        currency, unit = str(net.rates.currency[at]), str(net.rates.unit[at])
        return f"{currency}/{unit}" if currency else unit
    if key.table == "factors":
        return str(net.factors.unit[at])
    if key.column == "empty_usd":
        return "USD/FEU"
    if key.column == "usd":
        table = net.crossings if key.table == "crossings" else net.operations
        return str(table.unit[at])
    return "h"


def _words(net: Network, key: Key, at: int) -> str:
    if key.table == "crossings":
        what = {
            "hours": "border hours at",
            "usd": "border price at",
            "empty_usd": "empty return by",
        }
        return f"{what[key.column]} {net.crossings.title[at]}"
    if key.table == "operations":
        rows = net.operations
        terminal = str(rows.terminal[at])
        titles = dict(zip(net.terminals.id.tolist(), net.terminals.title.tolist(), strict=True))
        where = titles.get(terminal, "other terminals" if terminal == EVERYWHERE else
                           f"other {terminal.removeprefix('kind:')}s")  # fmt: skip
        what = "handling hours" if key.column == "hours" else "handling price"
        modes = f"{rows.from_mode[at]} to {rows.to_mode[at]}".replace("_", " ")
        gauge = ", other gauge" if rows.gauge_change[at] else ""
        return f"{what} at {where} ({modes}{gauge})"
    if key.table == "services":
        return f"headway of {net.services.title[at]}"
    if key.table == "factors":
        return _factor_words(net, at)
    return _rate_words(net, at)


def _rate_words(net: Network, at: int) -> str:
    rates = net.rates
    kind, item = str(rates.kind[at]), str(rates.item[at])
    titles = dict(zip(net.passages.id.tolist(), net.passages.title.tolist(), strict=True))
    if item in titles:
        return f"{AT_PASSAGE.get(kind, f'{kind} of')} {titles[item]}"
    what = WORDS.get(kind, kind.replace("_", " "))
    if kind == "documents" or not (item or rates.mode[at]):
        return what
    mode = (item or str(rates.mode[at])).replace("_", " ")
    country, to = str(rates.country[at]), str(rates.to_country[at])
    named = _country(net, country)
    onward = f" to {_country(net, to)}" if to != EVERYWHERE else ""
    box = f", {rates.equipment[at]} ft" if str(rates.equipment[at]) != "any" else ""
    place = f" in {named}" if str(rates.mode[at]) != "sea" or country != EVERYWHERE else ""
    return f"{what} {mode}{place}{onward}{box}"


def _factor_words(net: Network, at: int) -> str:
    rows = net.factors
    what = WORDS.get(str(rows.kind[at]), str(rows.kind[at]).replace("_", " "))
    mode = (str(rows.item[at]) or str(rows.mode[at]) or "lifts").replace("_", " ")
    country = str(rows.country[at])
    place = "" if country == EVERYWHERE else f" in {_country(net, country)}"
    return f"{what} {mode}{place} ({rows.carrier[at]})"


def _country(net: Network, word: str) -> str:
    titles = dict(zip(net.countries.code.tolist(), net.countries.title.tolist(), strict=True))
    return titles.get(word, word.removeprefix(EVERYWHERE) or "other countries")
