"""The tables of a run as CSV: the rows of ``report``, each half-width beside its mean."""

from __future__ import annotations

import csv
import dataclasses
import io
import math
from collections.abc import Sequence

from landbridge.simulation.boxes import Boxes
from landbridge.simulation.report import (
    Compared,
    Door,
    Estimate,
    LineUse,
    Report,
    Through,
    Wait,
)

Row = Wait | Door | Through | LineUse | Boxes | Compared
KINDS: dict[str, type[Row]] = {
    "waits": Wait,
    "doors": Door,
    "branches": Through,
    "lines": LineUse,
    "boxes": Boxes,
    "counts": Compared,
}
"""Files of ``tables/`` and what a row of each is."""


def tables_of(found: Report) -> dict[str, bytes]:
    """Content of each file of ``tables/``, by its name without ending."""
    rows: dict[str, Sequence[Row]] = {
        "waits": found.waits, "doors": found.doors, "branches": found.through,
        "lines": found.lines, "boxes": found.boxes, "counts": found.counts,
    }  # fmt: skip
    return {name: _csv(kind, rows[name]) for name, kind in KINDS.items()}


def columns(kind: type[Row]) -> list[str]:
    """Names of the columns of a table."""
    found: list[str] = []
    for field in dataclasses.fields(kind):
        found.append(field.name)
        if field.type == Estimate.__name__:
            found.append(f"{field.name}_half")
    return found


def _csv(kind: type[Row], rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns(kind))
    for row in rows:
        cells: list[str] = []
        for field in dataclasses.fields(row):
            value: object = getattr(row, field.name)
            both = (value.mean, value.half) if isinstance(value, Estimate) else (value,)
            cells += [_cell(one) for one in both]
        writer.writerow(cells)
    return text.getvalue().encode()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.10g}" if math.isfinite(value) else ""
    return str(value)
