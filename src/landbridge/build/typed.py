"""Read the typed tables of the build (``tables/*.csv``): rows with their line, checked values."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from importlib import resources

import numpy as np

from landbridge.errors import DataError, Fault
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.units import day_number


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a typed table, by column name."""

    where: str
    cells: dict[str, str]

    def text(self, column: str) -> str:
        """The cell as it stands."""
        if column not in self.cells:
            raise DataError([Fault(self.where, f"has no column {column}", "the table needs it")])
        return self.cells[column].strip()

    def number(self, column: str, *, missing: float | None = None) -> float:
        """The cell as a finite number; ``missing`` stands for an empty one where allowed."""
        text = self.text(column)
        if not text and missing is not None:
            return missing
        try:
            value = float(text)
        except ValueError:
            value = np.nan
        if not np.isfinite(value):
            raise DataError(
                [Fault(f"{self.where}, column {column}", f"holds {text!r}", "must be a number")]
            )
        return value

    def day(self, column: str, *, until: bool = False) -> int:
        """The cell as days since 1970; empty is always (or never, for the end of something)."""
        text = self.text(column)
        if not text:
            return NEVER if until else ALWAYS
        try:
            return day_number(dt.date.fromisoformat(text))
        except ValueError:
            where = f"{self.where}, column {column}"
            raise DataError([Fault(where, f"holds {text!r}", "must be YYYY-MM-DD")]) from None


def read_table(name: str) -> list[Row]:
    """All rows of one table of ``build/tables``."""
    path = resources.files("landbridge.build") / "tables" / f"{name}.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines(), strict=True)
    found: list[Row] = []
    for cells in rows:
        where = f"build/tables/{name}.csv, line {rows.line_num}"
        if None in cells or any(value is None for value in cells.values()):
            raise DataError([Fault(where, "has too many or too few cells", "one per column")])
        found.append(Row(where, dict(cells)))
    return found
