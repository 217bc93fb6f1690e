"""Scenarios as TOML files that read like sentences, read strictly.

Every fault is told with file, change, key, value, rule and way out; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import cast

from landbridge.errors import DataError, Fault
from landbridge.models.distribution import FAMILIES
from landbridge.network.add import Add, Delay
from landbridge.network.case_toml import NAME
from landbridge.network.change import Change, Close, Open, Scale, Set, Value
from landbridge.network.near import did_you_mean
from landbridge.scenario.scenario import During, Scenario
from landbridge.units import MODES

Row = Mapping[str, object]
KEYS = ("name", "summary", "since", "until", "sources", "change")
DAYS = ("since", "until")
VERBS: dict[str, tuple[str, ...]] = {
    "close": ("mode",),
    "open": ("mode",),
    "set": ("of", "where", "to"),
    "scale": ("of", "where", "by"),
    "delay": ("hours", "distribution", "shut_days"),
    "add": ("row",),
}
"""What a ``[[change]]`` can do, and the further keys that each takes besides its days."""
MOST_CHANGES = 200
MOST_SHUT_DAYS = 3_650
LONGEST = 2_000
"""Most characters of one text."""


@dataclass(slots=True)
class _Reader:
    """One file, and what is wrong with it so far."""

    file: str
    faults: list[Fault] = field(default_factory=list[Fault])

    def fault(self, where: str, found: str, rule: str, remedy: str = "") -> None:
        place = f"{self.file}, {where}" if where else self.file
        self.faults.append(Fault(place, found, rule, remedy))

    def keys(self, where: str, table: Row, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                hint = did_you_mean(key[:80], [other for other in known if other not in table])
                self.fault(where, f"has the unknown key {key[:80]!r}",
                           f"keys are {', '.join(known)}", hint)  # fmt: skip

    def text(self, where: str, table: Row, key: str, *, wanted: bool = True) -> str:
        value = table.get(key)
        if isinstance(value, str) and 0 < len(value.strip()) <= LONGEST:
            return value.strip()
        if value is not None or wanted:
            rule = f"must be a text of 1 to {LONGEST:,} characters"
            self.fault(_key(where, key), _held(table, key), rule)
        return ""

    def day(self, where: str, table: Row, key: str) -> dt.date | None:
        value = table.get(key)
        if value is None or (isinstance(value, dt.date) and not isinstance(value, dt.datetime)):
            return value
        rule = "must be a date, without quotes: 2026-02-28"
        self.fault(_key(where, key), _held(table, key), rule)
        return None

    def number(self, where: str, table: Row, key: str) -> float:
        value = table.get(key)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        self.fault(_key(where, key), _held(table, key), "must be a number")
        return math.nan


def read_scenario(name: str, text: str, *, shown: str = "") -> Scenario:
    """The scenario of a TOML text; its id is ``name``, the file's name without ``.toml``.

    ``shown`` is the file as messages call it. Raises ``DataError`` with every fault.
    """
    reader = _Reader(shown or f"{name}.toml")
    if not NAME.fullmatch(name):
        rule = "the name of the file is the scenario's id: lower-case letters, digits, - and _"
        reader.fault("", f"is called {name[:80]!r}", rule, "Rename it.")
    try:
        table: Row = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise DataError([Fault(reader.file, f"is no TOML: {error}", "must be TOML")]) from error
    reader.keys("", table, KEYS)
    title = reader.text("", table, "name")
    summary = reader.text("", table, "summary", wanted=False)
    since, until = (reader.day("", table, key) for key in DAYS)
    sources = _sources(reader, table)
    changes = _changes(reader, table)
    if reader.faults:
        raise DataError(reader.faults)
    return Scenario(
        name, title, changes, summary=summary, since=since, until=until, sources=sources,
        origin=reader.file,
    )  # fmt: skip


def _sources(reader: _Reader, table: Row) -> list[str]:
    value = table.get("sources", [])
    if isinstance(value, list):
        listed = cast("list[object]", value)
        texts = [one for one in listed if isinstance(one, str) and 0 < len(one) <= LONGEST]
        if len(texts) == len(listed):
            return texts
    rule = 'must be a list of texts: ["Name of it, date, address"]'
    reader.fault("key sources", _held(table, "sources"), rule)
    return []


def _changes(reader: _Reader, table: Row) -> list[Change]:
    listed = table.get("change")
    if not isinstance(listed, list):
        rule = "a scenario names what it changes, in tables that each begin with [[change]]"
        remedy = "Write change = [] for one that changes nothing."
        reader.fault("key change", _held(table, "change"), rule, remedy)
        return []
    rows = cast("list[object]", listed)
    if len(rows) > MOST_CHANGES:
        rule = f"a scenario has at most {MOST_CHANGES}"
        reader.fault("", f"has {len(rows)} changes", rule)
        return []
    found: list[Change] = []
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, dict):
            reader.fault(f"change {number}", "is no table", "must begin with [[change]]")
            continue
        change = _change(reader, f"change {number}", cast("Row", row))
        if change is not None:
            found.append(change)
    return found


def _change(reader: _Reader, where: str, row: Row) -> Change | None:
    verbs = [verb for verb in VERBS if verb in row]
    if len(verbs) != 1:
        found = f"has {' and '.join(verbs)}" if verbs else "says not what it does"
        first = next(iter(row), "")
        hint = "" if verbs else did_you_mean(first[:80], VERBS)
        reader.fault(where, found, f"must have one of {', '.join(VERBS)}", hint)
        return None
    verb = verbs[0]
    before = len(reader.faults)
    reader.keys(where, row, (verb, *VERBS[verb], *DAYS))
    since, until = (reader.day(where, row, key) for key in DAYS)
    change = _MAKERS[verb](reader, where, row)
    if len(reader.faults) > before:
        return None
    return During(change, since, until) if since or until else change


def _status(make: type[Close | Open], verb: str) -> Callable[[_Reader, str, Row], Change]:
    def made(reader: _Reader, where: str, row: Row) -> Change:
        mode = reader.text(where, row, "mode", wanted=False)
        if mode and mode not in MODES:
            rule = f"must be one of {', '.join(MODES)}"
            reader.fault(_key(where, "mode"), f"holds {mode!r}", rule, did_you_mean(mode, MODES))
        return make(reader.text(where, row, verb), mode=mode)

    return made


def _set(reader: _Reader, where: str, row: Row) -> Change:
    value = row.get("to")
    if not isinstance(value, str | int | float | dt.date):
        rule = "must be a text, a number, a date or true or false"
        reader.fault(_key(where, "to"), _held(row, "to"), rule)
        value = ""
    of, which, column = (reader.text(where, row, key) for key in ("of", "where", "set"))
    return Set(of, which, column, value)


def _scale(reader: _Reader, where: str, row: Row) -> Change:
    of, which, column = (reader.text(where, row, key) for key in ("of", "where", "scale"))
    return Scale(of, which, column, reader.number(where, row, "by"))


def _delay(reader: _Reader, where: str, row: Row) -> Change:
    value = row.get("hours")
    listed = cast("list[object]", value) if isinstance(value, list) else []
    hours = [
        float(one) for one in listed if isinstance(one, int | float) and not isinstance(one, bool)
    ]
    if len(hours) != 3 or len(listed) != 3 or not 0 <= hours[0] <= hours[1] <= hours[2]:  # noqa: PLR2004 - low, typical, high
        rule = "must be low, typical and high, ascending from 0: [0, 168, 336]"
        reader.fault(_key(where, "hours"), _held(row, "hours"), rule)
        hours = [0.0, 0.0, 0.0]
    family = reader.text(where, row, "distribution", wanted=False) or "pert"
    if family not in FAMILIES:
        rule = f"must be one of {', '.join(FAMILIES)}"
        reader.fault(_key(where, "distribution"), f"holds {family!r}", rule)
    days = row.get("shut_days", 0)
    if not isinstance(days, int) or isinstance(days, bool) or not 0 <= days <= MOST_SHUT_DAYS:
        rule = f"must be a whole number of days, 0 to {MOST_SHUT_DAYS:,}"
        reader.fault(_key(where, "shut_days"), _held(row, "shut_days"), rule)
        days = 0
    return Delay(reader.text(where, row, "delay"), (hours[0], hours[1], hours[2]), family, days)


def _add(reader: _Reader, where: str, row: Row) -> Change:
    value = row.get("row")
    cells: dict[str, Value] = {}
    if not isinstance(value, dict) or not value:
        rule = 'must be the columns of the row: { id = "...", ... }'
        reader.fault(_key(where, "row"), _held(row, "row"), rule)
        value = {}
    for name, cell in cast("Row", value).items():
        if isinstance(cell, str | int | float | dt.date):
            cells[name] = cell
        else:
            rule = "must be a text, a number, a date or true or false"
            reader.fault(f"{where}, key row.{name[:80]}", f"holds {str(cell)[:80]!r}", rule)
    return Add(reader.text(where, row, "add"), cells)


_MAKERS: dict[str, Callable[[_Reader, str, Row], Change]] = {
    "close": _status(Close, "close"),
    "open": _status(Open, "open"),
    "set": _set,
    "scale": _scale,
    "delay": _delay,
    "add": _add,
}


def _key(where: str, key: str) -> str:
    return f"{where}, key {key}" if where else f"key {key}"


def _held(table: Row, key: str) -> str:
    return f"holds {str(table[key])[:80]!r}" if key in table else "is missing"
