"""Checks of one column against the rules of its annotation; faults are collected, never raised."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import Fault
from landbridge.schema.column import Key, OneOf, Range

MOST = 20
"""At most this many rows are listed for one rule of one column; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One row of a column that breaks a rule (``row`` -1: a count of further ones)."""

    row: int
    found: str
    rule: str


def breaches(values: NDArray[np.generic], rules: Sequence[object]) -> list[Breach]:
    """Every breach of ``rules`` by ``values`` (n,), in the order of rules, then of rows."""
    found: list[Breach] = []
    for rule in rules:
        if isinstance(rule, Key):
            found += _key(values)
        elif isinstance(rule, Range):
            found += _range(values, rule)
        elif isinstance(rule, OneOf):
            found += _one_of(values, rule)
    return found


def broken(
    where: str,
    values: NDArray[np.generic],
    rules: Sequence[object],
    label: Callable[[int], str] | None = None,
) -> list[Fault]:
    """Every fault of ``values`` under ``rules``; ``label`` names a row, else its number does."""
    faults: list[Fault] = []
    for breach in breaches(values, rules):
        if breach.row < 0:
            place = where
        elif label is None:
            place = f"{where}, row {breach.row}"
        else:
            place = label(breach.row)
        faults.append(Fault(place, breach.found, breach.rule))
    return faults


def listed(rows: Sequence[int], rule: str, found: Callable[[int], str]) -> list[Breach]:
    """The first ``MOST`` of ``rows`` as breaches, and how many more there are."""
    shown = [Breach(row, found(row), rule) for row in rows[:MOST]]
    more = len(rows) - MOST
    return [*shown, Breach(-1, f"{more} more rows like these", rule)] if more > 0 else shown


def range_words(rule: Range) -> str:
    """The interval of ``rule`` in words."""
    if np.isinf(rule.low) and np.isinf(rule.high):
        return "must be a finite number"
    if np.isinf(rule.high):
        return f"must be at least {rule.low:g}"
    return f"must lie in [{rule.low:g}, {rule.high:g}]"


def _key(values: NDArray[np.generic]) -> list[Breach]:
    ids: list[object] = values.tolist()
    if len(set(ids)) == len(ids) and "" not in ids:
        return []
    first: dict[object, int] = {}
    again: list[int] = []
    for row, value in enumerate(ids):
        if value == "" or first.setdefault(value, row) != row:
            again.append(row)
    rule = "every row needs an id of its own"
    return listed(
        again, rule, lambda row: f"repeats the id {ids[row]!r}" if ids[row] else "is empty"
    )


def _range(values: NDArray[np.generic], rule: Range) -> list[Breach]:
    if values.dtype.kind in "iu":
        whole = values.astype(np.int64)
        bad = (whole < rule.low) | (whole > rule.high)
    else:
        numbers = values.astype(np.float64, copy=False)
        # written so that NaN counts as outside: every comparison with it is false
        bad = ~((numbers >= rule.low) & (numbers <= rule.high) & np.isfinite(numbers))
        if rule.missing:
            bad &= ~np.isnan(numbers)
    if not bad.any():
        return []
    return listed(
        np.flatnonzero(bad).tolist(), range_words(rule), lambda row: f"holds {values[row]}"
    )


def _one_of(values: NDArray[np.generic], rule: OneOf) -> list[Breach]:
    words = ", ".join(rule.words)
    if values.dtype.kind == "T":
        allowed = {*rule.words, ""} if rule.empty else {*rule.words}
        texts: list[object] = values.tolist()
        if set(texts) <= allowed:
            return []
        rows = [row for row, text in enumerate(texts) if text not in allowed]
        return listed(rows, f"must be one of {words}", lambda row: f"holds {texts[row]!r}")
    codes = values.astype(np.int8, copy=False)
    bad = (codes < (-1 if rule.empty else 0)) | (codes >= len(rule.words))
    rows = np.flatnonzero(bad).tolist()
    return listed(rows, f"must be the code of one of {words}", lambda row: f"holds {values[row]}")
