"""What a check of a network finds, before it is known where the row was written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.schema.rules import MOST
from landbridge.schema.table import Table


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell that breaks a rule between columns, rows or tables."""

    table: str
    row: int
    column: str
    found: str
    rule: str
    remedy: str = ""


def findings(
    table: Table,
    bad: NDArray[np.bool_] | Sequence[int],
    column: str,
    rule: str,
    remedy: str | Callable[[int], str] = "",
) -> list[Finding]:
    """A finding for each row of the mask (or list of rows) ``bad``; at most ``MOST`` of them."""
    rows = np.flatnonzero(bad).tolist() if isinstance(bad, np.ndarray) else list(bad)
    values = table.column(column)
    return [
        Finding(
            table.name,
            row,
            column,
            f"holds {values[row]!r}" if isinstance(values[row], str) else f"holds {values[row]}",
            rule,
            remedy if isinstance(remedy, str) else remedy(row),
        )
        for row in rows[:MOST]
    ]
