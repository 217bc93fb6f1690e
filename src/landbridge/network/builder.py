"""Draw a network row by row: add rows that name each other by id, then build it, checked once."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields

from landbridge.errors import DataError, Fault
from landbridge.network import rows as r
from landbridge.network import tables as t
from landbridge.network.assemble import assemble
from landbridge.network.check import check
from landbridge.network.draft import Draft, Element, columns_by_name, encode, neutral
from landbridge.network.network import Case, Network, network_of
from landbridge.schema.table import Column, Table, key_of

Value = str | float | dt.date | None

_TABLES: dict[type[r.AnyRow], type[Table]] = {
    r.Source: t.Sources,
    r.Country: t.Countries,
    r.Passage: t.Passages,
    r.Section: t.Sections,
    r.Node: t.Nodes,
    r.Link: t.Links,
    r.Place: t.Places,
    r.Closure: t.Closures,
    r.Terminal: t.Terminals,
    r.Side: t.Sides,
    r.Operation: t.Operations,
    r.Crossing: t.Crossings,
    r.Calendar: t.Calendar,
    r.Service: t.Services,
    r.Rate: t.Rates,
    r.Factor: t.Factors,
    r.Rule: t.Rules,
    r.Branch: t.Branches,
    r.Expectation: t.Expected,
    r.Capacity: t.Capacities,
    r.Flow: t.Demand,
    r.Count: t.Counts,
}

OWN_CASE = Case(
    id="drawn",
    title="A network drawn by hand",
    version="0",
    base_case="as drawn",
    base_date=dt.date(2025, 6, 1),
    first_date=dt.date(2020, 1, 1),
    last_date=dt.date(2040, 12, 31),
    price_year=2025,
)
OWN_SOURCE = r.Source("drawn", "Drawn by hand")


class NetworkBuilder:
    """Takes rows in any order; ``build`` resolves their ids and reports all faults together.

    ``source`` is given to every row that names none. A builder may build more than once.
    """

    def __init__(self, case: Case = OWN_CASE, *, source: r.Source = OWN_SOURCE) -> None:
        self._case = case
        self._source = source.id
        self._drafts: dict[type[Table], Draft] = {}
        self._faults: list[Fault] = []
        self.add(source)

    def add(self, *rows: r.AnyRow) -> NetworkBuilder:
        """Add rows; a link's shape, a place's names and a service's calls go to their tables."""
        for row in rows:
            number = self._append(_TABLES[type(row)], _cells(row), _title(row))
            if isinstance(row, r.Link):
                self._append_shape(row, number)
            elif isinstance(row, r.Place):
                for name in row.names:
                    self._append(t.Aliases, {"place": row.id, "text": name}, _title(row))
            elif isinstance(row, r.Service):
                self._append_calls(row)
        return self

    def build(self) -> Network:
        """The network of all rows added so far.

        Raises ``DataError`` that lists every fault: a value against its column's rule, an id that
        is repeated or names nothing, rows that contradict each other.
        """
        done = assemble({}, [draft.take(range(len(draft))) for draft in self._drafts.values()])
        net = network_of(self._case, done.tables)
        faults = [*self._faults, *done.faults, *check(net, done)]
        if faults:
            raise DataError(faults)
        return net

    def _append(self, kind: type[Table], cells: Mapping[str, Value], origin: str) -> int:
        draft = self._drafts.setdefault(
            kind, Draft(kind, {name: [] for name in columns_by_name(kind)})
        )
        row = len(draft)
        draft.origins.append(origin)
        key = key_of(kind) or "id"
        draft.keys.append(str(cells.get(key, "")))
        for name, column in columns_by_name(kind).items():
            value = cells[name]
            if name == "source" and value == "":
                value = self._source
            try:
                draft.columns[name].append(encode(column, value))
            except ValueError as error:
                draft.columns[name].append(_stand_in(column, row))
                draft.bad.add(row)
                where = f"{origin}, column {name}"
                self._faults.append(Fault(where, f"holds {value!r}", str(error)))
        return row

    def _append_shape(self, row: r.Link, number: int) -> None:
        draft = self._drafts.setdefault(
            t.Shapes, Draft(t.Shapes, {name: [] for name in columns_by_name(t.Shapes)})
        )
        # a link has no id by which a point could name it: the point holds a name made up from its
        # number, which the links' draft gets as the key
        self._drafts[t.Links].keys[number] = f"link {number}"
        for lat, lon in row.shape:
            draft.origins.append(_title(row))
            draft.keys.append("")
            for name, value in (("link", f"link {number}"), ("lat", lat), ("lon", lon)):
                draft.columns[name].append(value)

    def _append_calls(self, row: r.Service) -> None:
        for order, terminal in enumerate(row.calls, start=1):
            cells: dict[str, Value] = {
                "service": row.id,
                "order": order,
                "terminal": terminal,
                "dwell_h": row.call_dwell_h,
            }
            self._append(t.Calls, cells, f"{_title(row)}, call {order}")


def _title(row: r.AnyRow) -> str:
    """How a message names a row."""
    name = type(row).__name__
    if isinstance(row, r.Link):
        return f"{name} {row.tail}-{row.head}"
    if isinstance(row, r.Side):
        return f"{name} {row.terminal} {row.mode}"
    return f"{name} {row.code if isinstance(row, r.Country) else row.id!r}"


def _stand_in(column: Column, row: int) -> Element:
    return f"?{row}" if column.key else neutral(column)


def _cells(row: r.AnyRow) -> dict[str, Value]:
    """The fields of a row by name, with the ends of a range that are not given filled in."""
    cells: dict[str, Value] = {field.name: getattr(row, field.name) for field in fields(row)}
    for name, value in list(cells.items()):
        if isinstance(value, float) and math.isnan(value):
            typical = _typical(name, list(cells))
            if typical:
                cells[name] = cells[typical]
    if isinstance(row, r.Terminal) and not row.place:
        cells["place"] = row.id
    return cells


def _typical(name: str, names: Sequence[str]) -> str:
    """The column of the typical value that ``name`` is the low or high of, or an empty text."""
    for end in ("low", "high"):
        if name == end and "value" in names:
            return "value"
        if f"_{end}" in name:
            other = name.replace(f"_{end}", "_typical")
            return other if other in names else ""
    return ""
