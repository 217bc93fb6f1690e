"""The claims that are made of a corridor: ``claims.csv`` of a case, read strictly."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from pathlib import Path

from landbridge.errors import DataError, Fault, InputError
from landbridge.network.case import CLAIMS, folders_of
from landbridge.network.case_file import Sheet, header_faults, read_sheet, read_text
from landbridge.network.near import did_you_mean
from landbridge.scenario.balance import MEASURES
from landbridge.scenario.statistics_table import number_of

CHECKS = {
    "length": "one of the branches of ``first`` is within 5 % of ``limit`` km",
    "at_most": "the best branch of ``first`` takes at most ``limit`` in the measure",
    "share": "the best branch of ``first`` takes at most ``factor`` times what ``second`` takes",
    "less": "the best branch of ``first`` takes ``limit`` less than ``second``",
    "gains": "the best branch of ``first`` takes at least ``limit`` less in the measure under"
    " ``scenario`` than without it",
    "paid_in": "what is paid in the country ``second`` on the best branch of ``first`` is at least"
    " ``limit`` USD a tonne",
    "countries": "the branches of ``first`` pass at least ``limit`` countries together",
    "chosen": "at most a share of ``factor`` of the cargo takes a branch of ``first``, by the"
    " choice of ways that ``simulate`` has (price and time alone)",
    "absent": "no branch of ``first`` is offered",
    "turnover": "``factor`` times the demand of the season gets through",
    "capacity": "the branches of ``first`` take at least ``limit`` Mt a year together",
    "growth": "the statistic ``first`` grows by a share of at least ``factor`` a year, from"
    " ``since`` to ``year``",
    "reached": "the statistic ``first`` is at least ``limit`` by ``year``",
    "below": "the last figure of the statistic ``first`` up to ``year`` is at most ``limit``",
    "none": "routing cannot answer it; ``reason`` says why",
}
NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
STATISTIC = ("growth", "reached", "below")
"""Checks of a series of ``statistics.csv``."""
SIMULATED = ("turnover", "capacity")
"""Checks that need the capacity of the corridor; all others ask routing."""
"""How a claim is checked."""
COLUMNS = ("id", "claim", "year", "source", "url", "reading", "check", "first", "second",
           "measure", "factor", "limit", "origin", "destination", "reason")  # fmt: skip
OPTIONAL = ("since", "scenario")
"""Columns that a table may leave out."""
NEEDS = {
    "length": ("first", "limit"),
    "at_most": ("first", "measure", "limit"),
    "share": ("first", "second", "measure", "factor"),
    "less": ("first", "second", "measure", "limit"),
    "gains": ("first", "measure", "limit", "scenario"),
    "paid_in": ("first", "second", "limit"),
    "countries": ("first", "limit"),
    "chosen": ("first", "factor"),
    "absent": ("first",),
    "turnover": ("factor",),
    "capacity": ("first", "limit"),
    "growth": ("first", "factor", "year"),
    "reached": ("first", "limit", "year"),
    "below": ("first", "limit", "year"),
    "none": ("reason",),
}
"""The columns without which a check cannot be made."""


@dataclass(frozen=True, slots=True)
class Claim:
    """What is said of a corridor, by whom, and how it is checked."""

    id: str
    claim: str
    year: int
    source: str
    url: str
    reading: str
    """What it is taken to mean, in words."""
    check: str
    first: tuple[str, ...]
    """Branches of which the best counts; or the series of ``statistics.csv``."""
    second: str
    measure: str
    factor: float
    limit: float
    origin: str
    destination: str
    reason: str
    since: int = 0
    """First year of a statistic that counts; 0: that of its first row."""
    scenario: str = ""
    """Scenario under which it is asked; empty: the network as it is."""


def read_claims(case: str | Path = "instc") -> tuple[Claim, ...]:
    """The claims of a case, or of the nearest case that it extends and that has any.

    Raises ``DataError`` with every fault, ``InputError`` where no case of the chain has claims.
    """
    for folder in folders_of(case):
        if (folder / CLAIMS).exists():
            text, faults = read_text(folder, CLAIMS)
            if faults:
                raise DataError(faults)
            return claims_of(read_sheet(CLAIMS, text))
    raise InputError(f"case {str(case)[:200]!r}: has no {CLAIMS}; write one, or ask another case")


def claims_of(sheet: Sheet) -> tuple[Claim, ...]:
    """The rows of a sheet as claims; ``DataError`` with every fault."""
    faults = [*sheet.faults, *header_faults(sheet, COLUMNS, OPTIONAL)]
    if faults:
        raise DataError(faults)
    found = [_claim(sheet, row, faults) for row in range(len(sheet.lines))]
    seen: dict[str, int] = {}
    for row, one in enumerate(found):
        if seen.setdefault(one.id, row) != row or not one.id:
            where = f"{sheet.name}, line {sheet.lines[row]}, column id"
            faults.append(Fault(where, f"holds {one.id!r}", "must be given, and once"))
    if faults:
        raise DataError(faults)
    return tuple(found)


def _claim(sheet: Sheet, row: int, faults: list[Fault]) -> Claim:
    cell = {name: sheet.columns[name][row].strip() if name in sheet.columns else ""
            for name in (*COLUMNS, *OPTIONAL)}  # fmt: skip
    where = f"{sheet.name}, line {sheet.lines[row]}, column"
    check = cell["check"]
    if check not in CHECKS:
        rule = f"must be one of {', '.join(CHECKS)}"
        faults.append(
            Fault(f"{where} check", f"holds {check!r}", rule, did_you_mean(check, CHECKS))
        )
        check = "none"
    wanted = ("claim", "source", *NEEDS[check])
    if check != "none":
        wanted += (
            ("reading",)
            if check in (*STATISTIC, *SIMULATED)
            else ("origin", "destination", "reading")
        )
    rule = f"a check {check!r} needs it"
    faults += [Fault(f"{where} {name}", "is blank", rule) for name in wanted if not cell[name]]
    if cell["measure"] and cell["measure"] not in MEASURES:
        rule = f"must be one of {', '.join(MEASURES)}"
        faults.append(Fault(f"{where} measure", f"holds {cell['measure']!r}", rule))
    if cell["scenario"] and not NAME.fullmatch(cell["scenario"]):
        rule = "must be the name of a scenario: letters, digits and hyphens"
        faults.append(Fault(f"{where} scenario", f"holds {cell['scenario'][:80]!r}", rule))
    factor, limit, year, since = (
        number_of(cell[name], f"{where} {name}", faults)
        for name in ("factor", "limit", "year", "since")
    )
    return Claim(
        cell["id"], cell["claim"], _year(year), cell["source"],
        cell["url"], cell["reading"], check,
        tuple(part.strip() for part in cell["first"].split(";") if part.strip()), cell["second"],
        cell["measure"], factor, limit, cell["origin"], cell["destination"], cell["reason"],
        _year(since), cell["scenario"],
    )  # fmt: skip


def _year(value: float) -> int:
    return 0 if math.isnan(value) else int(value)
