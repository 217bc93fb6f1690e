"""What a network holds, in words: for the terminal, for a notebook, for JSON."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np

from landbridge.schema.column import ALWAYS, NEVER
from landbridge.schema.table import Column, Table, columns_of, key_of
from landbridge.units import MODES, RAIL, date_of

if TYPE_CHECKING:
    from landbridge.network.network import Network

Cell = str | float | bool | None
"""A value as a file holds it: a word, an id or a date as text; None where it is blank."""


def counts(net: Network) -> dict[str, int]:
    """Rows by table."""
    return {table.name: len(table) for table in net.tables()}


def km_by_mode(net: Network) -> dict[str, float]:
    """Length of all links by mode, in km."""
    return {
        word: round(float(net.links.km[net.links.mode == code].sum()), 1)
        for code, word in enumerate(MODES)
        if (net.links.mode == code).any()
    }


def km_by_gauge(net: Network) -> dict[str, float]:
    """Length of rail by gauge in mm, in km."""
    rail = net.links.mode == RAIL
    return {
        str(gauge): round(float(net.links.km[rail & (net.links.gauge_mm == gauge)].sum()), 1)
        for gauge in np.unique(net.links.gauge_mm[rail]).tolist()
    }


def state_json(net: Network) -> dict[str, object]:
    """Which state of the world an answer is about: case, base case, scenarios laid over it."""
    case = net.case
    return {
        "name": case.id,
        "version": case.version,
        "base_case": case.base_case,
        "scenarios": [
            {"id": one.id, "name": one.name, "holds": one.holds} for one in net.scenarios
        ],
    }


def network_json(net: Network) -> dict[str, object]:
    """As ``state_json``, with the hash over everything that the network holds."""
    return {**state_json(net), "hash": net.hash}


def state_in_words(net: Network) -> str:
    """The base case and the scenarios that were laid over it, in words."""
    told = [one.name if one.holds else f"{one.name} (not on that day)" for one in net.scenarios]
    return f"{net.case.base_case}{''.join(f'; scenario {name}' for name in told)}"


def km_by_country(net: Network) -> dict[str, dict[str, float]]:
    """Length by country and mode in km, the longest first; the high seas are of no country."""
    links, codes = net.links, net.countries.code
    country = net.nodes.country[links.tail].astype(np.int64)
    own = country >= 0
    cell = country[own] * len(MODES) + links.mode[own]
    length = np.bincount(cell, links.km[own], len(codes) * len(MODES)).reshape(-1, len(MODES))
    order = np.argsort(-length.sum(axis=1), kind="stable")
    return {
        str(codes[row]): {
            word: round(float(length[row, code]), 1)
            for code, word in enumerate(MODES)
            if length[row, code] > 0
        }
        for row in order.tolist()
        if length[row].any()
    }


def sources_by_licence(net: Network) -> dict[str, list[str]]:
    """Ids of the sources by licence."""
    found: dict[str, list[str]] = {}
    for source, licence in zip(net.sources.id.tolist(), net.sources.licence.tolist(), strict=True):
        found.setdefault(licence, []).append(source)
    return found


def row_of(net: Network, table: Table, row: int) -> dict[str, Cell]:
    """One row of a table by column, as a file would hold it."""
    return {column.name: _cell(net, table, column, row) for column in columns_of(type(table))}


def _cell(net: Network, table: Table, column: Column, row: int) -> Cell:
    value: str | float | bool = (
        table.column(column.name)[row].item()
        if not column.text
        else str(table.column(column.name)[row])
    )
    if column.ref is not None:
        return _id_of(net, column.ref.table, int(value))
    if column.day is not None:
        return None if value in {ALWAYS, NEVER} else date_of(int(value)).isoformat()
    if column.one_of is not None and not column.text:
        return column.one_of.words[int(value)]
    return None if value == "" or value != value else value  # noqa: PLR0124 - NaN is not itself


def _id_of(net: Network, table: str, row: int) -> Cell:
    """The id of a row of another table; its number where rows have no ids."""
    other = next(one for one in net.tables() if one.name == table)
    key = key_of(type(other))
    if row < 0:
        return None
    return row if key is None else str(other.column(key)[row])


def as_text(net: Network) -> str:
    """A few lines for a terminal."""
    rows = ", ".join(f"{name} {count:,}" for name, count in counts(net).items() if count)
    km = ", ".join(f"{mode} {length:,.0f} km" for mode, length in km_by_mode(net).items())
    case = net.case
    return f"<Network {case.id} {case.version}: {state_in_words(net)}>\n  {km}\n  {rows}"


def as_html(net: Network) -> str:
    """A small table for a notebook; names from data are inert text."""
    rows = "".join(
        f"<tr><td>{html.escape(name)}</td><td style='text-align:right'>{count:,}</td></tr>"
        for name, count in counts(net).items()
    )
    title = html.escape(f"{net.case.title}: {state_in_words(net)}")
    return f"<table><caption>{title}</caption><tr><th>table</th><th>rows</th></tr>{rows}</table>"
