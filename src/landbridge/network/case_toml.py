"""``case.toml``: what a case says of itself, read strictly."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from landbridge.errors import Fault
from landbridge.network.near import did_you_mean
from landbridge.network.network import Case

FILE = "case.toml"
NAME = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*", re.ASCII)
TEXTS = ("id", "title", "version", "base_case")
DATES = ("base_date", "first_date", "last_date")
KEYS = (*TEXTS, *DATES, "price_year", "extends")
YEARS = range(1900, 2101)
LONGEST = 2_000
"""Most characters of one value."""


@dataclass(frozen=True, slots=True)
class Head:
    """What the file says: the case itself, and what it is laid over."""

    case: Case
    extends: str
    """The built-in case that it is laid over, never a path; left out: the bare world."""


def read_head(text: str) -> tuple[Head | None, list[Fault]]:
    """The head of a case from the text of its ``case.toml``, or None and every fault."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return None, [Fault(FILE, f"is no TOML: {error}", "must be TOML")]
    faults = [
        Fault(FILE, f"has the unknown key {key[:80]!r}", f"keys are {', '.join(KEYS)}", remedy)
        for key in table
        if key not in KEYS
        for remedy in [did_you_mean(key[:80], [other for other in KEYS if other not in table])]
    ]
    texts = {key: _text(table, key, faults) for key in TEXTS}
    dates = {key: _date(table, key, faults) for key in DATES}
    year = _year(table, faults)
    extends = _extends(table, faults)
    if texts["id"] and not NAME.fullmatch(texts["id"]):
        rule = "must be lower-case letters, digits, - and _"
        faults.append(Fault(f"{FILE}, key id", f"holds {texts['id'][:80]!r}", rule))
    if not faults and not dates["first_date"] <= dates["base_date"] <= dates["last_date"]:
        rule = "first_date <= base_date <= last_date"
        faults.append(Fault(FILE, f"base_date is {dates['base_date']}", rule))
    if faults:
        return None, faults
    case = Case(
        id=texts["id"],
        title=texts["title"],
        version=texts["version"],
        base_case=texts["base_case"],
        base_date=dates["base_date"],
        first_date=dates["first_date"],
        last_date=dates["last_date"],
        price_year=year,
    )
    return Head(case, extends), []


def extends_of(text: str) -> str:
    """What a file with faults is laid over as far as it can be read; empty where it cannot.

    So that the tables of the case are checked on what they were written for, and not on nothing.
    """
    try:
        return _extends(tomllib.loads(text), [])
    except (tomllib.TOMLDecodeError, RecursionError):
        return ""


def _text(table: Mapping[str, object], key: str, faults: list[Fault]) -> str:
    value = table.get(key)
    if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST:
        return value
    rule = f"must be a text of 1 to {LONGEST:,} characters"
    faults.append(Fault(f"{FILE}, key {key}", _found(table, key), rule))
    return ""


def _date(table: Mapping[str, object], key: str, faults: list[Fault]) -> dt.date:
    value = table.get(key)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    rule = "must be a date, without quotes: 2025-06-01"
    faults.append(Fault(f"{FILE}, key {key}", _found(table, key), rule))
    return dt.date.min


def _year(table: Mapping[str, object], faults: list[Fault]) -> int:
    value = table.get("price_year")
    if isinstance(value, int) and value in YEARS:
        return value
    rule = f"must be a year from {YEARS.start} to {YEARS.stop - 1}"
    faults.append(Fault(f"{FILE}, key price_year", _found(table, "price_year"), rule))
    return 0


def _extends(table: Mapping[str, object], faults: list[Fault]) -> str:
    value = table.get("extends", "")
    if isinstance(value, str) and (value == "" or NAME.fullmatch(value)):
        return value
    rule = "must be the name of a built-in case, such as world; it is never a path"
    faults.append(Fault(f"{FILE}, key extends", _found(table, "extends"), rule))
    return ""


def _found(table: Mapping[str, object], key: str) -> str:
    return f"holds {str(table[key])[:80]!r}" if key in table else "is missing"
