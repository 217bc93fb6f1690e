"""Checks across columns, rows and tables: what one column's own rules cannot say.

Every check returns findings and none stops at the first; ``check`` tells them as faults with the
file and line (or table and row) of the cell, and leaves out echoes of faults told before.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from landbridge.errors import Fault
from landbridge.network.assemble import Assembled
from landbridge.network.check_calendar import calendar
from landbridge.network.check_factors import factors
from landbridge.network.check_flow import flows
from landbridge.network.check_rates import rates
from landbridge.network.check_terms import terms
from landbridge.network.check_trade import trade
from landbridge.network.finding import Finding, findings
from landbridge.network.near import did_you_mean
from landbridge.network.network import Network
from landbridge.schema.column import ALWAYS
from landbridge.schema.table import Table, columns_of
from landbridge.units import CONSTRUCTION, PLANNED, RAIL, ROAD


def check(net: Network, written: Assembled | None = None) -> list[Fault]:
    """Every fault between the tables of ``net``; ``written`` knows where rows come from."""
    written = written or Assembled()
    return [
        Fault(
            written.where(found.table, found.row, found.column),
            found.found,
            found.rule,
            found.remedy,
        )
        for found in _all(net, written.bad.get("calls", set()))
        if found.row not in written.bad.get(found.table, ())
    ]


def _all(net: Network, bad_calls: set[int]) -> Iterator[Finding]:
    sizes = {table.name: len(table) for table in net.tables()}
    dangling = [found for table in net.tables() for found in _references(table, sizes)]
    yield from dangling
    for table in net.tables():
        yield from _dates(table)
        yield from _ranges(table)
        yield from _estimates(table)
        yield from _sources(table, net)
    if not dangling:  # the checks below follow references
        yield from _links(net)
        yield from trade(net, bad_calls)
        yield from terms(net)
        yield from flows(net)
    yield from calendar(net)
    yield from rates(net)
    yield from factors(net)


def _references(table: Table, sizes: dict[str, int]) -> Iterator[Finding]:
    for column in columns_of(type(table)):
        if column.ref is None:
            continue
        values = table.column(column.name).astype(np.int64, copy=False)
        low, size = -1 if column.ref.optional else 0, sizes[column.ref.table]
        bad = (values < low) | (values >= size)
        rule = f"must be a row of {column.ref.table}, which has {size}"
        yield from findings(table, bad, column.name, rule)


_SPANS = (("opens", "closes"), ("closed_from", "closed_to"), ("valid_from", "valid_to"))


def _dates(table: Table) -> Iterator[Finding]:
    names = set(table)
    for first, last in _SPANS:
        if first in names:
            since = table.column(first).astype(np.int32, copy=False)
            until = table.column(last).astype(np.int32, copy=False)
            bad = since > until if first == "opens" else since >= until
            yield from findings(table, bad, last, f"must lie after {first}")
    if "opens" in names:
        status = table.column("status").astype(np.int8, copy=False)
        since = table.column("opens").astype(np.int32, copy=False)
        bad = np.isin(status, (PLANNED, CONSTRUCTION)) & (since == ALWAYS)
        rule = "what is planned or under construction cannot have been open always"
        yield from findings(table, bad, "opens", rule, "Give the day, or leave it blank.")


def _ranges(table: Table) -> Iterator[Finding]:
    for name in table:
        typical = name if "_typical" in name else "value" if name == "low" else ""
        if not typical:
            continue
        low = name.replace("_typical", "_low")
        high = name.replace("_typical", "_high") if "_typical" in name else "high"
        a, b, c = (table.column(end).astype(np.float64, copy=False) for end in (low, typical, high))
        yield from findings(table, a > b, low, f"must not exceed {typical}")
        yield from findings(table, b > c, typical, f"must not exceed {high}")
        if "distribution" in table:
            yield from _spreads(table, typical, (a, b, c))


def _spreads(
    table: Table, typical: str, ends: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> Iterator[Finding]:
    kind = np.array(table.column("distribution").tolist(), "U16")
    bad = (kind == "lognormal") & (ends[1] <= 0) & (ends[2] > 0)
    rule = "the median of a lognormal figure must be above 0"
    yield from findings(table, bad, typical, rule, "Use pert or uniform, or mend the figure.")


def _estimates(table: Table) -> Iterator[Finding]:
    if "estimated" in set(table) and "note" in table:
        guessed = table.column("estimated").astype(np.bool_, copy=False)
        notes: list[str] = table.column("note").tolist()
        rows = [row for row in np.flatnonzero(guessed).tolist() if not notes[row].strip()]
        rule = "an estimated row must say in its note how the figure was reasoned"
        yield from findings(table, rows, "note", rule, "Write the reasoning, or cite a source.")


def _sources(table: Table, net: Network) -> Iterator[Finding]:
    if "source" not in table or table.column("source").dtype.kind != "T":
        return
    cited: list[str] = table.column("source").tolist()
    known = set(net.sources.id.tolist())
    wrong: dict[str, str] = {}
    for text in set(cited):
        missing = [part for part in text.split(";") if part.strip() not in known]
        if missing:
            wrong[text] = missing[0].strip()
    rows = [row for row, text in enumerate(cited) if text in wrong]
    yield from findings(
        table,
        rows,
        "source",
        "every row names a source that sources lists",
        lambda row: did_you_mean(wrong[cited[row]], known) or "Add it to sources, or mend the id.",
    )


def _links(net: Network) -> Iterator[Finding]:
    links, nodes = net.links, net.nodes
    rail = links.mode == RAIL
    yield from findings(links, rail & (links.gauge_mm == 0), "gauge_mm", "a railway has a gauge")
    yield from findings(links, ~rail & (links.gauge_mm != 0), "gauge_mm", "no railway, no gauge")
    a, b = nodes.country[links.tail], nodes.country[links.head]
    border = (a != b) & (a >= 0) & (b >= 0) & np.isin(links.mode, (RAIL, ROAD))
    rule = "a land link between two countries is a border, which has no length"
    yield from findings(links, border & (links.km > 0), "km", rule, "Put two nodes at the border.")
    yield from findings(
        net.shapes,
        np.flatnonzero(np.diff(net.shapes.link) < 0).tolist(),
        "link",
        "points of shapes come in the order of their links",
    )
