"""Checks of the calendar: weekends, days off and slow weeks of countries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import numpy as np

from landbridge.network.finding import Finding, findings
from landbridge.network.network import Network
from landbridge.schema.timetable import WEEKDAYS

_DAY = re.compile(r"(?:(\d{4})-)?(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])", re.ASCII)
LEAP_YEAR = 2024
"""A day of every year must be one of a leap year."""


def calendar(net: Network) -> Iterator[Finding]:
    """Every finding about the calendar."""
    table = net.calendar
    known = set(net.countries.code.tolist())
    strange = [row for row, code in enumerate(table.country.tolist()) if code not in known]
    yield from findings(table, strange, "country", "must be the alpha-2 code of a country")
    kinds: list[str] = table.kind.tolist()
    words: list[str] = table.weekdays.tolist()
    weekend = np.array([kind == "weekend" for kind in kinds], bool)
    named = np.array([bool(w) and set(w.split()) <= set(WEEKDAYS) for w in words], bool)
    rule = "a weekend names its days, as 'Th Fr'; other kinds name none"
    yield from findings(table, weekend != named, "weekdays", rule)
    slow = np.array([kind == "slow" for kind in kinds], bool)
    rule = "a slow time has a factor, and nothing else has"
    yield from findings(table, slow == np.isnan(table.factor), "factor", rule)
    for column in ("from_day", "to_day"):
        texts: list[str] = table.column(column).tolist()
        bad = [row for row, text in enumerate(texts) if is_day(text) == bool(weekend[row])]
        rule = "must be a day as MM-DD or YYYY-MM-DD (empty for a weekend)"
        yield from findings(table, bad, column, rule)
    ends = zip(table.from_day.tolist(), table.to_day.tolist(), strict=True)
    mixed = [row for row, (a, b) in enumerate(ends) if a and b and len(a) != len(b)]
    yield from findings(table, mixed, "to_day", "both days name a year, or neither does")


def is_day(text: str) -> bool:
    """Whether a text is a day of one year or of every year."""
    found = _DAY.fullmatch(text)
    if found is None:
        return False
    try:
        dt.date(int(found[1] or LEAP_YEAR), int(found[2]), int(found[3]))
    except ValueError:
        return False
    return True
