"""Changes that bring something new: a row of a table, a delay at a passage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network.change import Value, checked, table_of
from landbridge.network.draft import Element, blank, columns_by_name, encode
from landbridge.network.near import near
from landbridge.network.network import Network
from landbridge.network.reach import target_of
from landbridge.network.wording import added, thing
from landbridge.schema.table import Column, Table, key_of

MAY_GROW = ("rates", "rules", "crossings", "operations", "calendar", "closures", "expected",
            "capacities", "demand", "counts")  # fmt: skip
"""Tables whose rows stand by themselves: nothing refers to them and they refer to no row."""


@dataclass(frozen=True, slots=True, init=False)
class Add:
    """Put a new row into a table: a rate, a rule, a crossing, an operation, a closure.

    Columns that are not given are blank where the table lets them be.
    """

    table: str
    cells: tuple[tuple[str, Value], ...]

    def __init__(self, table: str, row: Mapping[str, Value]) -> None:
        object.__setattr__(self, "table", table)
        object.__setattr__(self, "cells", tuple(sorted(row.items())))

    def apply(self, net: Network) -> Network:
        """The network with the row, checked as when it was loaded."""
        table = table_of(net, self.table)
        if self.table not in MAY_GROW:
            raise QuestionError(f"{self.describe()} Rows can be added to {', '.join(MAY_GROW)}.")
        columns, row = columns_by_name(type(table)), dict(self.cells)
        for name in row:
            if name not in columns:
                found = " or ".join(f"{other!r}" for other in near(name, columns))
                hint = f"Did you mean {found}?" if found else f"Columns are {', '.join(columns)}."
                raise QuestionError(f"{self.describe()} {name!r} is no column. {hint}")
        key = key_of(type(table)) or "id"
        if row.get(key) in cast("list[Value]", table.column(key).tolist()):
            raise QuestionError(f"{self.describe()} There is a row of that id; set its columns.")
        new = {name: self._element(column, row) for name, column in columns.items()}
        return checked(net, replace(net, **{table.name: _longer(table, new)}))

    def _element(self, column: Column, row: Mapping[str, Value]) -> Element:
        if column.name in row:
            try:
                return encode(column, row[column.name])
            except ValueError as error:
                raise QuestionError(
                    f"{self.describe()} {column.name} is {row[column.name]!r}: it {error}."
                ) from error
        value = _USUAL.get(column.name, blank(column))
        if value is None:
            raise QuestionError(f"{self.describe()} The column {column.name} is missing.")
        return value

    def describe(self) -> str:
        """The change as a sentence."""
        row = dict(self.cells)
        told = row.get("text") or row.get("reason") or row.get("note") or row.get("title")
        return added(self.table, str(row.get("id", "")), str(told or ""))


_USUAL: dict[str, Element] = {
    "year": 2025, "confidence": "low", "estimated": True, "country": "*", "to_country": "*",
    "equipment": "any", "source": "estimate", "distribution": "pert",
}  # fmt: skip
"""What a column holds in an added row that does not say."""


@dataclass(frozen=True, slots=True)
class Delay:
    """Let whatever sails through a passage wait there: ``hours`` low, typical and high.

    ``family`` is the shape of the wait (``models.distribution``). A queue of ships is a delay; a
    canal that nobody waits for is closed (``Close``).
    """

    what: str
    hours: tuple[float, float, float]
    family: str = "pert"
    shut_days: int = 0
    """Days that the passage is shut, of whose queue the wait is; a season shuts it and finds the
    queue itself. 0: the wait is no queue of a closure."""

    def apply(self, net: Network) -> Network:
        """The network with the wait, for every day."""
        target = target_of(net, self.what)
        if target.kind != "passage":
            raise QuestionError(
                f"{self.describe()} Only a passage can be given a delay; borders and terminals"
                " have hours of their own: set or scale those."
            )
        low, typical, high = self.hours
        if not 0 <= low <= typical <= high:
            raise QuestionError(f"{self.describe()} Hours must be 0 <= low <= typical <= high.")
        row: dict[str, Value] = {
            "id": f"wait-{target.id}", "kind": "passage_wait", "mode": "sea", "item": target.id,
            "value": typical, "low": low, "high": high, "unit": "h", "distribution": self.family,
            "note": self.describe(),
        }  # fmt: skip
        return Add("rates", row).apply(net)

    def describe(self) -> str:
        """The change as a sentence."""
        low, typical, high = (f"{hours:g}" for hours in self.hours)
        shut = f" while it is shut for {self.shut_days} days" if self.shut_days else ""
        hours = f"{low} to {high} hours, {typical} typically"
        return f"Let cargo wait at {thing(self.what)} {hours}{shut}."


def _longer(table: Table, row: Mapping[str, Element]) -> Table:
    columns = columns_by_name(type(table))
    return type(table)(
        *(
            np.concatenate([table.column(name), np.array([row[name]], columns[name].dtype)])
            for name in table
        )
    )
