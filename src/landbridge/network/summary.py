"""What a network holds, in words: for the terminal, for a notebook, for JSON."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np

from landbridge.units import MODES, RAIL

if TYPE_CHECKING:
    from landbridge.network.network import Network


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


def as_text(net: Network) -> str:
    """A few lines for a terminal."""
    rows = ", ".join(f"{name} {count:,}" for name, count in counts(net).items() if count)
    km = ", ".join(f"{mode} {length:,.0f} km" for mode, length in km_by_mode(net).items())
    case = net.case
    return f"<Network {case.id} {case.version}: {case.base_case}>\n  {km}\n  {rows}"


def as_html(net: Network) -> str:
    """A small table for a notebook; names from data are inert text."""
    rows = "".join(
        f"<tr><td>{html.escape(name)}</td><td style='text-align:right'>{count:,}</td></tr>"
        for name, count in counts(net).items()
    )
    title = html.escape(f"{net.case.title}: {net.case.base_case}")
    return f"<table><caption>{title}</caption><tr><th>table</th><th>rows</th></tr>{rows}</table>"
