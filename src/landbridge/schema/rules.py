"""Checks of one column against the rules of its annotation; faults are collected, never raised."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import Fault
from landbridge.schema.column import Key, OneOf, Range

MOST = 20
"""At most this many rows are listed for one rule of one column."""


def broken(where: str, values: NDArray[np.generic], rules: Sequence[object]) -> list[Fault]:
    """Every fault of ``values`` under ``rules``, in the order of rows."""
    faults: list[Fault] = []
    for rule in rules:
        if isinstance(rule, Key):
            faults += _key(where, values)
        elif isinstance(rule, Range):
            faults += _range(where, values, rule)
        elif isinstance(rule, OneOf):
            faults += _one_of(where, values, rule)
    return faults


def _rows(
    where: str, values: NDArray[np.generic], bad: NDArray[np.bool_], rule: str
) -> list[Fault]:
    return [
        Fault(f"{where}, row {row}", f"holds {values[row]}", rule)
        for row in np.flatnonzero(bad)[:MOST].tolist()
    ]


def _key(where: str, values: NDArray[np.generic]) -> list[Fault]:
    seen: dict[object, int] = {}
    faults: list[Fault] = []
    for row, value in enumerate(values.tolist()):
        if value == "":
            faults.append(Fault(f"{where}, row {row}", "is empty", "an id must not be empty"))
        elif value in seen:
            faults.append(
                Fault(f"{where}, row {row}", f"repeats {value!r}", f"row {seen[value]} has that id")
            )
        else:
            seen[value] = row
    return faults[:MOST]


def _range(where: str, values: NDArray[np.generic], rule: Range) -> list[Fault]:
    numbers = values.astype(np.float64)
    missing = np.isnan(numbers)
    # written so that NaN counts as outside: every comparison with it is false
    inside = (numbers >= rule.low) & (numbers <= rule.high) & np.isfinite(numbers)
    bad = ~inside & ~missing if rule.missing else ~inside
    return _rows(where, values, bad, f"must lie in [{rule.low:g}, {rule.high:g}]")


def _one_of(where: str, values: NDArray[np.generic], rule: OneOf) -> list[Fault]:
    listed = ", ".join(rule.words)
    if values.dtype.kind == "T":
        allowed = {*rule.words, ""} if rule.empty else {*rule.words}
        bad = np.array([value not in allowed for value in values.tolist()], bool)
        return _rows(where, values, bad, f"must be one of {listed}")
    codes = values.astype(np.int64)
    bad = (codes < (-1 if rule.empty else 0)) | (codes >= len(rule.words))
    return _rows(where, values, bad, f"must be the code of one of {listed}")
