"""Changes of a network as data: close, open, set, scale. Each application makes a new network.

A list of changes is applied in its order, which matters: what an earlier one set, a later one
sees. A change that names nothing, or that leaves everything as it was, is an error: most likely
it is misspelt. Columns that a change leaves alone are shared with the network it came from.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import DataError, QuestionError
from landbridge.network.check import check
from landbridge.network.days import Dated, remember
from landbridge.network.draft import columns_by_name, encode
from landbridge.network.follow import drop_cells, follow
from landbridge.network.near import near
from landbridge.network.network import Network
from landbridge.network.reach import Flags, chosen_rows, rows_of, target_of
from landbridge.network.wording import scaled, set_to, thing
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.schema.table import Column, Table
from landbridge.units import CLOSED, CONSTRUCTION, OPEN, PLANNED, day_number

Value = str | float | dt.date | None


class Change(Protocol):
    """What makes another network out of one."""

    def apply(self, net: Network) -> Network:
        """The network with the change made; ``net`` stays as it is."""
        ...

    def describe(self) -> str:
        """The change as a sentence."""
        ...


def apply(net: Network, changes: Iterable[Change]) -> Network:
    """The network after all changes, one after the other.

    Raises ``QuestionError`` where a change names nothing or changes nothing at its turn, and
    ``DataError`` where a value breaks a rule of its column.
    """
    for change in changes:
        net = change.apply(net)
    return net


def describe(changes: Sequence[Change]) -> str:
    """The changes as numbered sentences, in the order in which they are applied."""
    return "\n".join(f"{k}. {change.describe()}" for k, change in enumerate(changes, start=1))


@dataclass(frozen=True, slots=True)
class Close:
    """Shut a thing: ``passage:suez``, ``country:IR``, ``crossing:AZ-IR``, ``mode:air``, ...

    ``since`` is the first day it is shut, ``until`` the first day it is open again; without either
    it is shut for good. With both, the network remembers the closure and each question meets it on
    the days in between alone.
    """

    what: str
    since: dt.date | None = None
    until: dt.date | None = None
    mode: str = ""
    """Only links, services and crossings of this mode."""

    def apply(self, net: Network) -> Network:
        """The network without the thing, from or until the day where one is given."""
        if self.since is not None and self.until is not None:
            shut = replace(self, since=None, until=None)
            return remember(net, Dated(shut, self.since, self.until), self.describe())
        return _reopen(net, self.what, self.mode, self._dates, self.describe())

    def _dates(self, table: Dates) -> Dates:
        if self.since is not None:
            last = np.minimum(table.closes, max(day_number(self.since), ALWAYS))
            return Dates(table.status, np.minimum(table.opens, last), last)
        if self.until is not None:
            first = np.maximum(table.opens, day_number(self.until))
            return Dates(table.status, first, np.maximum(table.closes, first))
        return replace(table, status=np.full_like(table.status, CLOSED))

    def describe(self) -> str:
        """The change as a sentence."""
        since = f" from {self.since} on" if self.since else ""
        until = f" until {self.until}" if self.until else ""
        return f"Close {thing(self.what)}{_by(self.mode)}{since}{until}."


@dataclass(frozen=True, slots=True)
class Open:
    """Open a thing: always, or from the day ``since``, or until the day ``until`` (exclusive)."""

    what: str
    since: dt.date | None = None
    until: dt.date | None = None
    mode: str = ""

    def apply(self, net: Network) -> Network:
        """The network with the thing open, whatever its status was."""
        if self.since is not None and self.until is not None and self.since >= self.until:
            raise QuestionError(f"{self.describe()} since must lie before until.")
        return _reopen(net, self.what, self.mode, self._dates, self.describe())

    def _dates(self, table: Dates) -> Dates:
        first = ALWAYS if self.since is None else day_number(self.since)
        last = NEVER if self.until is None else day_number(self.until)
        return Dates(
            np.full_like(table.status, OPEN),
            np.full_like(table.opens, first),
            np.full_like(table.closes, last),
        )

    def describe(self) -> str:
        """The change as a sentence."""
        since = f" from {self.since} on" if self.since else ""
        until = f" until {self.until}" if self.until else ""
        return f"Open {thing(self.what)}{_by(self.mode)}{since}{until}."


@dataclass(frozen=True, slots=True)
class Set:
    """Put a value into a column of a table, in the rows that ``rows`` names.

    ``rows``: an id, ``*``, or terms such as ``kind:freight;mode:sea``. Words of status and mode
    columns are given as words, dates as dates; None is the blank of the column.
    """

    table: str
    rows: str
    column: str
    value: Value

    def apply(self, net: Network) -> Network:
        """The network with the value in its place, checked as when it was loaded."""
        table, column = _column(net, self.table, self.column)
        mask = chosen_rows(table, self.rows)
        try:
            value = encode(column, self.value)
        except ValueError as error:
            raise QuestionError(f"{self.describe()} The value {error}.") from error
        values = table.column(column.name).copy()
        values[mask] = np.array([value], column.dtype)
        return checked(net, _put(net, table, {column.name: values}, self.describe()))

    def describe(self) -> str:
        """The change as a sentence."""
        return set_to(self.table, self.rows, self.column, self.value)


@dataclass(frozen=True, slots=True)
class Scale:
    """Multiply figures of a table by a factor, in the rows that ``rows`` names (as in ``Set``).

    ``column`` is one column (``km``), or an uncertain figure (``hours``, ``usd``, ``headway``, the
    ``value`` of rates) whose low, typical and high are all multiplied.
    """

    table: str
    rows: str
    column: str
    factor: float

    def apply(self, net: Network) -> Network:
        """The network with the figures multiplied, checked as when it was loaded."""
        if not math.isfinite(self.factor) or self.factor < 0 or self.factor == 1:
            raise QuestionError(
                f"{self.describe()} The factor must be at least 0, finite, and not 1."
            )
        table = table_of(net, self.table)
        mask = chosen_rows(table, self.rows)
        columns: dict[str, NDArray[np.generic]] = {}
        for name in _figure(table, self.column):
            values = table.column(name).astype(np.float64)
            values[mask] *= self.factor
            columns[name] = values
        return checked(net, _put(net, table, columns, self.describe()))

    def describe(self) -> str:
        """The change as a sentence."""
        return scaled(self.table, self.rows, self.column, self.factor)


@dataclass(frozen=True, slots=True)
class Dates:
    """Status and dates of some rows; (n,) each."""

    status: NDArray[np.int8]
    opens: NDArray[np.int32]
    closes: NDArray[np.int32]


class _Turn(Protocol):
    def __call__(self, table: Dates, /) -> Dates: ...


def _reopen(net: Network, what: str, mode: str, turn: _Turn, sentence: str) -> Network:
    """Give the rows of ``what`` other dates; a row without an own status is no part of it."""
    masks = rows_of(net, target_of(net, what), mode)
    if not masks:
        raise QuestionError(f"{sentence} It has no link, terminal, service or crossing to change.")
    changed = net
    for name, mask in masks.items():
        table = table_of(net, name)
        old = Dates(
            table.column("status").astype(np.int8)[mask],
            table.column("opens").astype(np.int32)[mask],
            table.column("closes").astype(np.int32)[mask],
        )
        new = turn(old)
        # what nobody knows the opening of has no days to shorten
        unknown = np.isin(old.status, (PLANNED, CONSTRUCTION)) & (old.opens == NEVER)
        columns: dict[str, NDArray[np.generic]] = {}
        for field in fields(Dates):
            before: NDArray[np.generic] = getattr(old, field.name)
            after: NDArray[np.generic] = getattr(new, field.name)
            if field.name == "closes":
                after = np.where(unknown & (new.opens == NEVER), before, after)
            values = table.column(field.name).copy()
            values[mask] = after
            columns[field.name] = values
        changed = _replaced(changed, name, _sharing(table, columns))
        if name == "links":
            changed = drop_cells(changed, mask & _differs(table, table_of(changed, name)))
    if all(table_of(changed, name) is table_of(net, name) for name in masks):
        raise QuestionError(f"{sentence} It changes nothing: that is how it is already.")
    return changed


def _put(
    net: Network, table: Table, columns: Mapping[str, NDArray[np.generic]], sentence: str
) -> Network:
    new = _sharing(table, columns)
    if new is table:
        raise QuestionError(f"{sentence} It changes nothing: that is how it is already.")
    changed = _replaced(net, table.name, new)
    return follow(net, changed, table.name)


def _sharing(table: Table, columns: Mapping[str, NDArray[np.generic]]) -> Table:
    """The table with those of ``columns`` that differ; itself where none does."""
    different = {
        name: values for name, values in columns.items() if not _same(values, table.column(name))
    }
    return replace(table, **different) if different else table


def _same(a: NDArray[np.generic], b: NDArray[np.generic]) -> bool:
    return np.array_equal(a, b, equal_nan=a.dtype.kind == "f")


def _differs(before: Table, after: Table) -> Flags:
    found = np.zeros(len(before), bool)
    for name in ("status", "opens", "closes"):
        found |= before.column(name) != after.column(name)
    return found


def _replaced(net: Network, name: str, table: Table) -> Network:
    return net if table_of(net, name) is table else replace(net, **{name: table})


def checked(net: Network, changed: Network) -> Network:
    """``changed``, if it breaks no rule that ``net`` kept; else ``DataError``."""
    faults = check(changed)
    if faults:
        known = {str(fault) for fault in check(net)}
        new = [fault for fault in faults if str(fault) not in known]
        if new:
            raise DataError(new)
    return changed


def table_of(net: Network, name: str) -> Table:
    """The table of that name; ``QuestionError`` with near names where there is none."""
    tables = {table.name: table for table in net.tables()}
    if name not in tables:
        found = " or ".join(f"{other!r}" for other in near(name, tables))
        hint = f" Did you mean {found}?" if found else f" Tables are {', '.join(tables)}."
        raise QuestionError(f"change: {name!r} is no table.{hint}")
    return tables[name]


def _column(net: Network, table: str, name: str) -> tuple[Table, Column]:
    found = table_of(net, table)
    columns = columns_by_name(type(found))
    if name not in columns:
        names = " or ".join(f"{other!r}" for other in near(name, columns))
        hint = f" Did you mean {names}?" if names else f" Columns are {', '.join(columns)}."
        raise QuestionError(f"change of {table}: {name!r} is no column.{hint}")
    if columns[name].key or columns[name].ref is not None:
        raise QuestionError(
            f"change of {table}: {name!r} says what the row is; add another row instead"
        )
    return found, columns[name]


def _figure(table: Table, name: str) -> list[str]:
    """The columns of a figure: itself, or its low, typical and high."""
    columns = columns_by_name(type(table))
    if name == "value" and {"low", "high"} <= set(columns):
        names = ["low", "value", "high"]
    elif name in columns:
        names = [name]
    else:
        names = [
            other
            for other in columns
            for end in ("_low", "_typical", "_high")
            if end in other and other.replace(end, "") in {name, f"{name}_h"}
        ]
    numbers = [other for other in names if columns[other].dtype == np.dtype(np.float64)]
    if not numbers or len(numbers) < len(names):
        floats = [other for other in columns if columns[other].dtype == np.dtype(np.float64)]
        found = " or ".join(f"{other!r}" for other in near(name, floats))
        hint = f" Did you mean {found}?" if found else f" Figures are {', '.join(floats)}."
        raise QuestionError(f"change of {table.name}: {name!r} is no figure to multiply.{hint}")
    return numbers


def _by(mode: str) -> str:
    return f" for {mode}" if mode else ""
