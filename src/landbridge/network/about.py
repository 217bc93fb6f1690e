"""Everything that a network knows about one thing: its rows, what refers to it, its sources."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.network.summary import Cell, row_of
from landbridge.schema.table import Table, columns_of, key_of

SHORT_TABLE = 20_000
"""A longer table is searched by its references only, and its rows are counted, not listed."""
Row = dict[str, Cell]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of an id."""

    rows: dict[str, Row]
    """By table: the row whose id it is."""
    related: dict[str, list[Row]]
    """By table: rows that refer to it, in words or by number."""
    counts: dict[str, int]
    """By table too long to list: how many rows refer to it."""
    names: list[str]
    """Other names of the place."""
    sources: dict[str, Row]
    """The sources of all those rows."""


def about(net: Network, thing: str) -> About:
    """Look up an id; ``QuestionError`` with the nearest ids where no table has it."""
    at = _found(net, thing)
    rows = {
        table.name: row_of(net, table, at[table.name]) for table in net.tables() if table.name in at
    }
    related: dict[str, list[Row]] = {}
    counts: dict[str, int] = {}
    names: list[str] = []
    for table in net.tables():
        hits = _referring(table, thing, at)
        if table.name in at:
            hits = hits[hits != at[table.name]]
        if table.name == "aliases":
            names = sorted({str(net.aliases.text[row]) for row in hits.tolist()})
        elif len(table) >= SHORT_TABLE and len(hits):
            counts[table.name] = len(hits)
        elif len(hits):
            related[table.name] = [row_of(net, table, row) for row in hits.tolist()]
    return About(rows, related, counts, names, _sources(net, rows, related))


def _found(net: Network, thing: str) -> dict[str, int]:
    """Row of each table that has the id."""
    at: dict[str, int] = {}
    known: list[str] = []
    for table in net.tables():
        key = key_of(type(table))
        if key is None:
            continue
        ids: list[str] = table.column(key).tolist()
        if len(table) < SHORT_TABLE:
            known += ids
        if thing in ids:
            at[table.name] = ids.index(thing)
    if not at:
        near = ", ".join(get_close_matches(thing, known, n=4))
        raise QuestionError(
            f"nothing has the id {thing!r}." + (f" Did you mean {near}?" if near else "")
        )
    return at


def _referring(
    table: Table, thing: str, at: dict[str, int]
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Rows of a table that name the thing: by number, as a word, or as ``kind:thing``."""
    hit = np.zeros(len(table), bool)
    for column in columns_of(type(table)):
        values = table.column(column.name)
        if column.ref is not None:
            if column.ref.table in at:
                hit |= values == at[column.ref.table]
        elif column.text and len(table) < SHORT_TABLE and column.name not in {"note", "title"}:
            words: list[str] = values.tolist()
            hit |= np.array([_names(text, thing) for text in words], bool)
    return np.flatnonzero(hit)


def _names(text: str, thing: str) -> bool:
    """Whether a cell of words, terms or border pairs names the thing."""
    if thing not in text:
        return False
    for part in text.split(";"):
        word = part.strip().removeprefix("!").partition(":")[2] or part.strip()
        if word == thing:
            return True
    return False


def _sources(net: Network, rows: dict[str, Row], related: dict[str, list[Row]]) -> dict[str, Row]:
    ids: list[str] = net.sources.id.tolist()
    wanted = dict.fromkeys(
        source
        for row in [*rows.values(), *(row for some in related.values() for row in some)]
        for source in str(row.get("source") or "").split(";")
    )
    return {one: row_of(net, net.sources, ids.index(one)) for one in wanted if one in ids}
