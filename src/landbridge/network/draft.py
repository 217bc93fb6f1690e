"""Rows on their way to a table: values by column, and where each row was written."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from landbridge.errors import Fault
from landbridge.schema.column import ALWAYS, NEVER, OneOf
from landbridge.schema.table import Column, Table, columns_of, key_of
from landbridge.units import CONSTRUCTION, PLANNED, day_number

Element = str | float | int | bool
"""What a cell becomes: as in the table's column, but a reference is still an id."""

OWNER = {"sides": "terminal", "calls": "service"}
"""Tables whose rows belong to a row of another: an upper layer replaces them owner by owner."""


@dataclass(slots=True)
class Draft:
    """Rows of one table, not yet checked against each other or against other tables."""

    kind: type[Table]
    columns: dict[str, list[Element]] = field(default_factory=dict[str, list[Element]])
    keys: list[str] = field(default_factory=list[str])
    """By what other rows refer to a row; empty where nothing can."""
    origins: list[str] = field(default_factory=list[str])
    """Where a row was written, as a message names it."""
    bad: set[int] = field(default_factory=set[int])
    """Rows with a fault that is told already; neutral values stand in for what is wrong."""

    def __len__(self) -> int:
        return len(self.origins)

    def take(self, rows: Iterable[int]) -> Draft:
        """The draft with only these rows, in this order."""
        kept = list(rows)
        return Draft(
            self.kind,
            {name: [cells[row] for row in kept] for name, cells in self.columns.items()},
            [self.keys[row] for row in kept],
            [self.origins[row] for row in kept],
            {new for new, row in enumerate(kept) if row in self.bad},
        )

    def join(self, upper: Draft) -> Draft:
        """All rows of this draft, then those of ``upper``."""
        shift = len(self)
        return Draft(
            self.kind,
            {name: [*cells, *upper.columns[name]] for name, cells in self.columns.items()},
            [*self.keys, *upper.keys],
            [*self.origins, *upper.origins],
            self.bad | {shift + row for row in upper.bad},
        )

    def finish(self) -> None:
        """Read a blank opening of what is planned as "nobody knows when", not "since always"."""
        if "status" not in self.columns or "opens" not in self.columns:
            return
        opens = self.columns["opens"]
        for row, status in enumerate(self.columns["status"]):
            if status in (PLANNED, CONSTRUCTION) and opens[row] == ALWAYS:
                opens[row] = NEVER


def neutral(column: Column) -> Element:
    """A value that breaks no rule of ``column``, in the place of one that does."""
    if column.day is not None:
        return column.day.empty
    if column.one_of is not None:
        return column.one_of.words[0] if column.text else 0
    if column.text or column.ref is not None:
        return ""
    if column.range is None:
        return 0
    if column.range.missing:
        return math.nan
    low = column.range.low if math.isfinite(column.range.low) else min(column.range.high, 0.0)
    return float(low) if column.dtype == np.dtype(np.float64) else int(low)


def blank(column: Column) -> Element | None:
    """What an empty cell of ``column`` means; None where a cell must not be empty."""
    listed = column.one_of is not None and not column.one_of.empty
    if column.key or listed:
        return None
    if column.day is not None:
        return column.day.empty
    if column.ref is not None:
        return "" if column.ref.optional else None
    if column.text:
        return ""
    return math.nan if column.range is not None and column.range.missing else None


def encode(column: Column, value: str | float | dt.date | None) -> Element:
    """A value as Python holds it, as an element of ``column``.

    Words of status and mode columns become codes, dates become day numbers, None the blank.

    Raises ``ValueError`` with the rule that the value breaks.
    """
    if value is None:
        empty = blank(column)
        if empty is None:
            raise ValueError("must not be missing")
        return empty
    if column.ref is not None or column.text:
        if not isinstance(value, str):
            raise ValueError("must be a text")
        return value
    if column.day is not None:
        if not isinstance(value, dt.date):
            raise ValueError("must be a date")
        return day_number(value)
    if column.one_of is not None:
        return _code(column.one_of, value)
    return _number(column, value)


def _code(rule: OneOf, value: str | float | dt.date) -> int:
    if value not in rule.words:
        raise ValueError(f"must be one of {', '.join(rule.words)}")
    return rule.words.index(str(value))


def _number(column: Column, value: str | float | dt.date) -> Element:
    if column.dtype == np.dtype(np.bool_):
        if not isinstance(value, bool):
            raise ValueError("must be True or False")
        return value
    if isinstance(value, bool | str | dt.date):
        raise ValueError("must be a number")  # noqa: TRY004 - the value is at fault, not the code
    if column.dtype == np.dtype(np.float64):
        return float(value)
    limits = np.iinfo(np.int32 if column.dtype == np.dtype(np.int32) else np.int16)
    if value != value // 1 or not limits.min <= value <= limits.max:
        raise ValueError(f"must be a whole number in [{limits.min}, {limits.max}]")
    return int(value)


def merge(lower: Draft, upper: Draft) -> Draft:
    """Two layers of one table: rows of ``upper`` replace those of the same id in ``lower``."""
    owner = OWNER.get(lower.kind.name)
    if owner is not None:
        gone = {*upper.columns[owner]}
        kept = [row for row, own in enumerate(lower.columns[owner]) if own not in gone]
    elif key_of(lower.kind) is not None:
        ids = set(upper.keys)
        kept = [row for row, key in enumerate(lower.keys) if key not in ids]
    else:
        names = list(upper.columns)
        told = set(zip(*(upper.columns[name] for name in names), strict=True))
        rows = zip(*(lower.columns[name] for name in names), strict=True)
        kept = [row for row, cells in enumerate(rows) if cells not in told]
    return lower.take(kept).join(upper)


def repeated(draft: Draft) -> list[Fault]:
    """A fault for every row whose id another row of the same draft has."""
    faults: list[Fault] = []
    first: dict[str, int] = {}
    for row, key in enumerate(draft.keys):
        if key and first.setdefault(key, row) != row:
            where = draft.origins[row]
            rule = f"{draft.origins[first[key]]} has that id"
            faults.append(Fault(where, f"repeats the id {key!r}", rule, "Give it another id."))
            draft.bad.add(row)
    return faults


def columns_by_name(kind: type[Table]) -> dict[str, Column]:
    """The columns of a table class by name."""
    return {column.name: column for column in columns_of(kind)}
