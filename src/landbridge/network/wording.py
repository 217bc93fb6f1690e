"""Changes in sentences: what a table, a column and a choice of rows are called."""

from __future__ import annotations

import datetime as dt

ONE = {
    "rates": "rate", "rules": "rule", "crossings": "border crossing", "services": "service",
    "operations": "handling", "terminals": "terminal", "passages": "passage",
    "sections": "section", "closures": "closed border", "factors": "emission factor",
    "calendar": "day of the calendar", "calls": "call", "sides": "side of a terminal",
    "capacities": "capacity", "demand": "row of demand", "counts": "count",
    "branches": "branch", "expected": "expected option", "countries": "country", "links": "link",
    "nodes": "node", "places": "place",
}  # fmt: skip
"""A row of each table."""
MANY = {"country": "countries", "handling": "handlings", "capacity": "capacities",
        "branch": "branches", "day of the calendar": "days of the calendar",
        "side of a terminal": "sides of terminals", "row of demand": "rows of demand"}  # fmt: skip
RATES = {
    "freight": "freight rates", "freight_fixed": "fixed freight rates", "lane": "ocean rates",
    "passage_due": "dues", "passage_wait": "waits", "wagon": "prices of wagons",
    "speed": "speeds", "surcharge": "surcharges", "carbon": "prices of carbon",
    "demurrage": "demurrage rates", "exchange_rate": "exchange rates",
}  # fmt: skip
"""All rates of a kind."""
COLUMNS = {
    "valid_from": "first day", "valid_to": "last day", "opens": "opening day",
    "closes": "closing day", "usd": "price", "empty_usd": "price of the empty return",
    "headway": "interval between departures", "km": "length", "draught_m": "draught",
    "capacity_teu": "capacity",
}  # fmt: skip
"""Columns whose name is no word."""
BY = {"mode": "by", "country": "in", "to_country": "to", "from_country": "from",
      "equipment": "for", "operator": "of", "terminal": "at"}  # fmt: skip
"""How a term of a choice of rows is said."""


def thing(what: str) -> str:
    """``passage:suez`` as "passage suez"."""
    return what.replace(":", " ", 1)


def column(name: str) -> str:
    """A column as a noun."""
    return COLUMNS.get(name, name.replace("_", " "))


def rows(table: str, which: str) -> str:
    """The rows of a table that are chosen: "border crossings by road in IR"."""
    one = ONE.get(table, table)
    many = MANY.get(one, f"{one}s")
    if which == "*":
        return f"all {many}"
    if ":" not in which:
        if which.endswith("*"):
            return f"the {many} whose id begins with {which.removesuffix('*')}"
        return f"the {one} {which}"
    terms = [tuple(term.strip().split(":", 1)) for term in which.split(";") if ":" in term]
    kinds = [word for name, word in terms if name == "kind"]
    if table == "rates" and len(kinds) == 1:
        many = RATES.get(kinds[0], f"rates of {kinds[0].replace('_', ' ')}")
        terms = [(name, word) for name, word in terms if name != "kind"]
    said = [
        f"{BY.get(name, f'of {column(name)}' if name != 'item' else 'of')} "
        f"{word if word != '*' else 'any'}".replace("_", " ")
        for name, word in terms
    ]
    return " ".join(["the", many, *said])


def set_to(table: str, which: str, name: str, value: object) -> str:
    """The sentence of a value that is put into a column."""
    what = rows(table, which)
    what = f"{what[0].upper()}{what[1:]}"
    plural = which == "*" or ":" in which or which.endswith("*")
    if isinstance(value, dt.date) and name in {"valid_from", "opens"}:
        return f"{what} {'hold' if plural else 'holds'} from {value} on."
    if isinstance(value, dt.date) and name in {"valid_to", "closes"}:
        return f"{what} {'hold' if plural else 'holds'} until {value}."
    told = "nothing" if value is None else f"{value:g}" if isinstance(value, float) else value
    return f"Let the {column(name)} of {rows(table, which)} be {told}."


def scaled(table: str, which: str, name: str, factor: float) -> str:
    """The sentence of a figure that is multiplied."""
    what = rows(table, which)
    figure = what if table == "rates" and name == "value" else f"the {column(name)} of {what}"
    return f"Multiply {figure} by {factor:g}."


def added(table: str, name: str, told: str) -> str:
    """The sentence of a new row."""
    one = ONE.get(table, f"row of {table}")
    article = "an" if one[0] in "aeiou" else "a"
    return f"Add {article} {one}{f', {name}' if name else ''}{f': {told}' if told else ''}."
