"""Series of published figures by year: ``statistics.csv`` of a case, read strictly.

They are facts about trade and treaties that no model computes; claims are checked against them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path

from landbridge.errors import DataError, Fault
from landbridge.network.case import STATISTICS, folders_of
from landbridge.network.case_file import Sheet, header_faults, read_sheet, read_text

COLUMNS = ("series", "title", "year", "value", "low", "high", "unit", "source", "url",
           "confidence", "note")  # fmt: skip
NEEDED = ("series", "title", "year", "value", "unit", "source", "confidence")
CONFIDENCE = ("high", "medium", "low")
YEARS = (1900, 2100)


@dataclass(frozen=True, slots=True)
class Published:
    """One figure of a series."""

    series: str
    title: str
    year: int
    value: float
    low: float
    """What sources say at least; ``value`` where they agree."""
    high: float
    unit: str
    source: str
    url: str
    confidence: str
    note: str


def read_statistics(case: str | Path = "instc") -> dict[str, tuple[Published, ...]]:
    """Every series of the nearest case of the chain that has any, by name and in order of years.

    Empty where none has. Raises ``DataError`` with every fault.
    """
    for folder in folders_of(case):
        if (folder / STATISTICS).exists():
            text, faults = read_text(folder, STATISTICS)
            if faults:
                raise DataError(faults)
            return statistics_of(read_sheet(STATISTICS, text))
    return {}


def statistics_of(sheet: Sheet) -> dict[str, tuple[Published, ...]]:
    """The rows of a sheet by series; ``DataError`` with every fault."""
    faults = [*sheet.faults, *header_faults(sheet, COLUMNS)]
    if faults:
        raise DataError(faults)
    series: dict[str, dict[int, Published]] = {}
    for row, line in enumerate(sheet.lines):
        one = _published(sheet, row, faults)
        known = series.setdefault(one.series, {})
        where = f"{sheet.name}, line {line}, column"
        if one.year in known:
            faults.append(Fault(f"{where} year", f"holds {one.year} again",
                                "a series has one figure a year"))  # fmt: skip
        other = next(iter(known.values()), one)
        if other.unit != one.unit:
            faults.append(Fault(f"{where} unit", f"holds {one.unit!r}",
                                f"a series has one unit: {other.unit!r}"))  # fmt: skip
        known[one.year] = one
    if faults:
        raise DataError(faults)
    return {
        name: tuple(rows[year] for year in sorted(rows)) for name, rows in sorted(series.items())
    }


def _published(sheet: Sheet, row: int, faults: list[Fault]) -> Published:
    cell = {name: sheet.columns[name][row].strip() for name in COLUMNS}
    where = f"{sheet.name}, line {sheet.lines[row]}, column"
    faults += [Fault(f"{where} {name}", "is blank", "every row needs it")
               for name in NEEDED if not cell[name]]  # fmt: skip
    if cell["confidence"] and cell["confidence"] not in CONFIDENCE:
        rule = f"must be one of {', '.join(CONFIDENCE)}"
        faults.append(Fault(f"{where} confidence", f"holds {cell['confidence']!r}", rule))
    year, value, low, high = (
        number_of(cell[name], f"{where} {name}", faults)
        for name in ("year", "value", "low", "high")
    )
    if cell["year"] and not (YEARS[0] <= year <= YEARS[1] and year == int(year)):
        rule = f"must be a whole year of {YEARS[0]} to {YEARS[1]}"
        faults.append(Fault(f"{where} year", f"holds {cell['year']!r}", rule))
        year = 0.0
    low, high = value if math.isnan(low) else low, value if math.isnan(high) else high
    if not low <= value <= high and not math.isnan(value):
        rule = "low, value and high must rise"
        faults.append(Fault(f"{where} value", f"holds {cell['value']!r}", rule))
    return Published(
        cell["series"], cell["title"], 0 if math.isnan(year) else int(year), value, low, high,
        cell["unit"], cell["source"], cell["url"], cell["confidence"], cell["note"],
    )  # fmt: skip


def number_of(text: str, where: str, faults: list[Fault]) -> float:
    """The number of a cell, NaN where it is blank or where a fault is added."""
    if not text:
        return math.nan
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or value < 0:
        faults.append(Fault(where, f"holds {text!r}", "must be a number of at least 0"))
        return math.nan
    return value
