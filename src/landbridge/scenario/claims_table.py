"""The claims that are made of a corridor: ``claims.csv`` of a case, read strictly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from landbridge.errors import DataError, Fault, InputError
from landbridge.network.case import CLAIMS, folders_of
from landbridge.network.case_file import Sheet, read_sheet, read_text
from landbridge.network.near import did_you_mean
from landbridge.scenario.balance import MEASURES

CHECKS = {
    "length": "one of the branches of ``first`` is within 5 % of ``limit`` km",
    "at_most": "the best branch of ``first`` takes at most ``limit`` in the measure",
    "share": "the best branch of ``first`` takes at most ``factor`` times what ``second`` takes",
    "less": "the best branch of ``first`` takes ``limit`` less than ``second``",
    "none": "routing cannot answer it; ``reason`` says why",
}
"""How a claim is checked."""
COLUMNS = ("id", "claim", "year", "source", "url", "reading", "check", "first", "second",
           "measure", "factor", "limit", "origin", "destination", "reason")  # fmt: skip
NEEDS = {
    "length": ("first", "limit"),
    "at_most": ("first", "measure", "limit"),
    "share": ("first", "second", "measure", "factor"),
    "less": ("first", "second", "measure", "limit"),
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
    """Branches of which the best counts."""
    second: str
    measure: str
    factor: float
    limit: float
    origin: str
    destination: str
    reason: str


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
    faults = list(sheet.faults)
    for name in sheet.header:
        if name not in COLUMNS:
            hint = did_you_mean(name, COLUMNS)
            rule = f"columns are {', '.join(COLUMNS)}"
            faults.append(Fault(f"{sheet.name}, line 1", f"has the unknown column {name!r}", rule,
                                hint))  # fmt: skip
    missing = [name for name in COLUMNS if name not in sheet.header]
    if missing:
        rule = f"columns are {', '.join(COLUMNS)}"
        faults.append(Fault(f"{sheet.name}, line 1", f"lacks {', '.join(missing)}", rule))
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
    cell = {name: sheet.columns[name][row].strip() for name in COLUMNS}
    where = f"{sheet.name}, line {sheet.lines[row]}, column"
    check = cell["check"]
    if check not in CHECKS:
        rule = f"must be one of {', '.join(CHECKS)}"
        faults.append(
            Fault(f"{where} check", f"holds {check!r}", rule, did_you_mean(check, CHECKS))
        )
        check = "none"
    wanted = ("claim", "source", *NEEDS[check])
    wanted += () if check == "none" else ("origin", "destination", "reading")
    rule = f"a check {check!r} needs it"
    faults += [Fault(f"{where} {name}", "is blank", rule) for name in wanted if not cell[name]]
    if cell["measure"] and cell["measure"] not in MEASURES:
        rule = f"must be one of {', '.join(MEASURES)}"
        faults.append(Fault(f"{where} measure", f"holds {cell['measure']!r}", rule))
    factor, limit, year = (
        _number(cell[name], f"{where} {name}", faults) for name in ("factor", "limit", "year")
    )
    return Claim(
        cell["id"], cell["claim"], 0 if math.isnan(year) else int(year), cell["source"],
        cell["url"], cell["reading"], check,
        tuple(part.strip() for part in cell["first"].split(";") if part.strip()), cell["second"],
        cell["measure"], factor, limit, cell["origin"], cell["destination"], cell["reason"],
    )  # fmt: skip


def _number(text: str, where: str, faults: list[Fault]) -> float:
    if not text:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        faults.append(Fault(where, f"holds {text!r}", "must be a number of at least 0"))
    return value
