"""A table: a frozen dataclass of typed, read-only columns, checked when it is made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cache
from typing import Annotated, ClassVar, Self, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import DataError, Fault
from landbridge.schema.column import (
    Codes,
    Day,
    Flags,
    Floats,
    Ints,
    Key,
    OneOf,
    Range,
    Ref,
    Shorts,
    Texts,
    Unit,
)
from landbridge.schema.rules import broken

_DTYPES: dict[object, np.dtype[np.generic]] = {
    Floats: np.dtype(np.float64),
    Ints: np.dtype(np.int32),
    Shorts: np.dtype(np.int16),
    Codes: np.dtype(np.int8),
    Flags: np.dtype(np.bool_),
}


@dataclass(frozen=True, slots=True)
class Column:
    """What a table's annotation says of one column."""

    name: str
    dtype: np.dtype[np.generic] | np.dtypes.StringDType
    rules: tuple[object, ...]

    @property
    def unit(self) -> str:
        """The unit as printed, or an empty text."""
        return next((rule.name for rule in self.rules if isinstance(rule, Unit)), "")

    @property
    def key(self) -> bool:
        """Whether the column holds the ids of the rows."""
        return any(isinstance(rule, Key) for rule in self.rules)

    @property
    def day(self) -> Day | None:
        """What the column says of dates, if it holds them."""
        return next((rule for rule in self.rules if isinstance(rule, Day)), None)

    @property
    def ref(self) -> Ref | None:
        """The table whose row numbers the column holds, if it does."""
        return next((rule for rule in self.rules if isinstance(rule, Ref)), None)

    @property
    def one_of(self) -> OneOf | None:
        """The words that the column may hold, or codes of, if they are listed."""
        return next((rule for rule in self.rules if isinstance(rule, OneOf)), None)

    @property
    def range(self) -> Range | None:
        """The interval in which values lie, if there is one."""
        return next((rule for rule in self.rules if isinstance(rule, Range)), None)

    @property
    def text(self) -> bool:
        """Whether the column holds texts."""
        return isinstance(self.dtype, np.dtypes.StringDType)


@cache
def columns_of(table: type[Table]) -> tuple[Column, ...]:
    """The columns of a table class in order, from its annotations."""
    hints = get_type_hints(table, include_extras=True)
    found: list[Column] = []
    for field in fields(table):
        hint: object = hints[field.name]
        rules: tuple[object, ...] = ()
        if get_origin(hint) is Annotated:
            hint, *rest = get_args(hint)
            rules = tuple(rest)
        dtype = np.dtypes.StringDType() if hint == Texts else _DTYPES[hint]
        found.append(Column(field.name, dtype, rules))
    return tuple(found)


@cache
def key_of(table: type[Table]) -> str | None:
    """The name of the column that holds the ids of a table's rows, or None where there is none."""
    return next((column.name for column in columns_of(table) if column.key), None)


@dataclass(frozen=True, eq=False)
class Table:
    """Base of all tables. A subclass lists its columns as annotated fields.

    Raises ``DataError`` with every fault: another dtype, unequal lengths, a broken rule.
    Columns are made read-only; an edit is ``dataclasses.replace`` and shares what it leaves alone.
    """

    name: ClassVar[str] = ""

    def __post_init__(self) -> None:
        faults: list[Fault] = []
        length = -1
        for column in columns_of(type(self)):
            values = self.column(column.name)
            where = f"{self.name}.{column.name}"
            if values.dtype != column.dtype or values.ndim != 1:
                faults.append(
                    Fault(where, f"has dtype {values.dtype}", f"must be 1-D {column.dtype}")
                )
                continue
            length = len(values) if length < 0 else length
            if len(values) != length:
                faults.append(Fault(where, f"has {len(values)} rows", f"others have {length}"))
                continue
            faults.extend(broken(where, values, column.rules))
            values.flags.writeable = False
        if faults:
            raise DataError(faults)

    def column(self, name: str) -> NDArray[np.generic]:
        """The column of that name."""
        return getattr(self, name)

    def __len__(self) -> int:
        return len(self.column(columns_of(type(self))[0].name))

    def __iter__(self) -> Iterator[str]:
        return (column.name for column in columns_of(type(self)))

    @classmethod
    def empty(cls) -> Self:
        """The table without rows."""
        return cls(*(np.empty(0, column.dtype) for column in columns_of(cls)))

    def take(self, rows: NDArray[np.bool_] | NDArray[np.integer]) -> Self:
        """The table with the rows of a mask, or with the rows of these numbers in their order."""
        return type(self)(*(self.column(name)[rows] for name in self))

    def digest(self) -> str:
        """SHA-256 over names, types and values; equal content gives equal digests."""
        found = hashlib.sha256(self.name.encode())
        for column in columns_of(type(self)):
            values = self.column(column.name)
            found.update(f"|{column.name}:{column.dtype}:{len(values)}|".encode())
            if column.text:
                texts: list[str] = values.tolist()
                # the lengths tell apart texts that read alike when joined
                found.update(np.array([len(text) for text in texts], np.int64).tobytes())
                found.update("".join(texts).encode())
            elif column.dtype == np.dtype(np.float64):
                numbers = values.astype(np.float64) + 0.0  # -0.0 is 0.0
                numbers[np.isnan(numbers)] = np.nan  # one pattern of bits for all that is missing
                found.update(numbers.tobytes())
            else:
                found.update(np.ascontiguousarray(values).tobytes())
        return found.hexdigest()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows as an Arrow stream (PyCapsule protocol), for pandas, polars, duckdb, ...

        ``requested_schema`` is not honoured: columns come as they are.
        """
        from landbridge.schema.arrow import field_of, stream_capsule  # noqa: PLC0415 - ctypes

        columns = columns_of(type(self))
        return stream_capsule(
            [
                field_of(
                    column.name,
                    self.column(column.name),
                    day=column.day is not None,
                    missing=column.range is not None and column.range.missing,
                )
                for column in columns
            ]
        )

    def __repr__(self) -> str:
        inner = ", ".join(column.name for column in columns_of(type(self)))
        return f"<{type(self).__name__}: {len(self):,} rows of {inner}>"
