"""From drafts to tables: ids become row numbers, layers become one table, faults are collected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import Fault
from landbridge.network.draft import Draft, Element, merge, neutral, repeated
from landbridge.network.near import did_you_mean
from landbridge.schema.rules import breaches
from landbridge.schema.table import Column, Table, columns_of, key_of


@dataclass(slots=True)
class Assembled:
    """Tables by name, what is wrong with them, and where their rows were written."""

    tables: dict[str, Table] = field(default_factory=dict[str, Table])
    faults: list[Fault] = field(default_factory=list[Fault])
    origins: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    """By table and row; rows of the world file have none."""
    bad: dict[str, set[int]] = field(default_factory=dict[str, set[int]])
    """Rows with a fault already told, by table: further findings about them are echoes."""

    def where(self, table: str, row: int, column: str = "") -> str:
        """How a message names a cell: by file and line, or by table and row."""
        origin = self.origins.get(table, {}).get(row, f"{table}, row {row}")
        return f"{origin}, column {column}" if column else origin


def assemble(base: Mapping[str, Table], drafts: Sequence[Draft]) -> Assembled:
    """Lay drafts over tables, in order; a later row of the same id takes an earlier one's place.

    Row numbers of ``base`` stay as they are, so that references inside it hold; new rows follow.
    """
    done = Assembled(tables=dict(base))
    merged: dict[str, Draft] = {}
    for draft in drafts:
        done.faults += repeated(draft)
        name = draft.kind.name
        merged[name] = merge(merged[name], draft) if name in merged else draft
    for draft in merged.values():
        draft.finish()
    rows = {name: _place(base.get(name), draft) for name, draft in merged.items()}
    numbers = _Numbers(base, merged, rows)
    for name, draft in merged.items():
        done.origins[name] = dict(zip(rows[name].tolist(), draft.origins, strict=True))
        done.tables[name] = _table(done, base.get(name), draft, rows[name], numbers)
        done.bad[name] = {int(rows[name][row]) for row in draft.bad}
    return done


@dataclass(slots=True)
class _Numbers:
    """Row numbers by id, made for a table when something first refers to it."""

    base: Mapping[str, Table]
    drafts: Mapping[str, Draft]
    rows: Mapping[str, NDArray[np.int64]]
    made: dict[str, dict[str, int]] = field(default_factory=dict[str, dict[str, int]])

    def of(self, table: str) -> dict[str, int]:
        if table not in self.made:
            found = _ids(self.base[table]) if table in self.base else {}
            if table in self.drafts:
                draft = self.drafts[table]
                found |= dict(zip(draft.keys, self.rows[table].tolist(), strict=True))
            self.made[table] = found
        return self.made[table]


def _ids(table: Table) -> dict[str, int]:
    key = key_of(type(table))
    if key is None:
        return {}
    ids: list[str] = table.column(key).tolist()
    return {name: row for row, name in enumerate(ids)}


def _place(base: Table | None, draft: Draft) -> NDArray[np.int64]:
    """The row of the finished table that each row of the draft takes."""
    known = {} if base is None else _ids(base)
    free = 0 if base is None else len(base)
    rows: list[int] = []
    taken: set[int] = set()
    for key in draft.keys:
        row = known.get(key, free) if key else free
        if row in taken:  # a repeated id, told already
            row = free
        free += row == free
        taken.add(row)
        rows.append(row)
    return np.array(rows, np.int64)


def _table(
    done: Assembled,
    base: Table | None,
    draft: Draft,
    rows: NDArray[np.int64],
    numbers: _Numbers,
) -> Table:
    columns: list[NDArray[np.generic]] = []
    for column in columns_of(draft.kind):
        cells = draft.columns[column.name]
        if column.ref is not None:
            cells = _resolve(done, draft, column, numbers.of(column.ref.table))
        values = np.array(cells, column.dtype)
        values = _mend(done, draft, column, values)
        columns.append(_lay(None if base is None else base.column(column.name), rows, values))
    return draft.kind(*columns)


def _lay(
    old: NDArray[np.generic] | None, rows: NDArray[np.int64], values: NDArray[np.generic]
) -> NDArray[np.generic]:
    """The column ``old`` with ``values`` at ``rows``, longer where they lie behind its end."""
    before = 0 if old is None else len(old)
    laid = np.empty(max(before, int(rows.max(initial=-1)) + 1), values.dtype)
    if old is not None:
        laid[:before] = old
    laid[rows] = values
    return laid


def _resolve(
    done: Assembled, draft: Draft, column: Column, numbers: Mapping[str, int]
) -> list[Element]:
    """Row numbers for the ids of a column of references; a fault for each that dangles."""
    ref = column.ref
    if ref is None:
        return draft.columns[column.name]
    found: list[Element] = []
    for row, name in enumerate(draft.columns[column.name]):
        if name == "" and (ref.optional or row in draft.bad):
            found.append(-1 if ref.optional else 0)
            continue
        number = numbers.get(str(name))
        if number is None:
            where = f"{draft.origins[row]}, column {column.name}"
            rule = f"no row of {ref.table} has that id"
            hint = did_you_mean(str(name), numbers) or f"Add it to {ref.table}, or mend the id."
            done.faults.append(Fault(where, f"refers to {name!r}", rule, hint))
            draft.bad.add(row)
        found.append(-1 if number is None and ref.optional else number or 0)
    return found


def _mend(
    done: Assembled, draft: Draft, column: Column, values: NDArray[np.generic]
) -> NDArray[np.generic]:
    """Tell the breaches of a column's rules, and put neutral values in their place.

    The neutral values never reach anybody: a fault was told, so no network comes of it; they let
    the other tables be checked against this one in the same run.
    """
    wrong: set[int] = set()
    for breach in breaches(values, column.rules):
        if breach.row >= 0:
            wrong.add(breach.row)
            if breach.row in draft.bad:
                continue
        where = (
            f"{draft.origins[breach.row]}, column {column.name}"
            if breach.row >= 0
            else f"{draft.kind.name}, column {column.name}"
        )
        done.faults.append(Fault(where, breach.found, breach.rule))
    if not wrong:
        return values
    draft.bad |= wrong
    cells: list[Element] = values.tolist()
    # more than the listed rows may be wrong: every cell that is told or still breaks a rule
    stand_in = neutral(column)
    for row in range(len(cells)):
        if row in wrong or breaches(values[row : row + 1], column.rules):
            cells[row] = f"?{row}" if column.key else stand_in
            draft.bad.add(row)
    if column.key:
        cells = _unique(cells)
    return np.array(cells, column.dtype)


def _unique(cells: list[Element]) -> list[Element]:
    seen: set[Element] = set()
    for row, cell in enumerate(cells):
        if cell in seen:
            cells[row] = f"?{row}"
        seen.add(cells[row])
    return cells
