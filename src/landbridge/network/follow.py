"""What follows from a change: links take the dates of their section; stale cells are dropped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from landbridge.network import tables as t
from landbridge.network.network import Network, Some

_DATED = ("status", "opens", "closes")


def follow(before: Network, after: Network, table: str) -> Network:
    """``after``, where ``table`` is another than ``before``, with its links in step.

    Links take over the status and dates that a section or passage got, and are stretched to the
    new length of a section; cells in which a link changed are dropped, to be found anew.
    """
    if table == "sections":
        after = _dated(before, after, before.sections, after.sections, after.links.section)
        after = _stretched(before, after)
    elif table == "passages":
        after = _dated(before, after, before.passages, after.passages, after.links.passage)
    if after.links is not before.links:
        after = drop_cells(after, _changed(before.links, after.links))
    return after


def drop_cells(net: Network, links: NDArray[np.bool_]) -> Network:
    """The network without the cells of the countries in which a link of the mask has an end.

    The neighbour's cells go too: they leave out ways over a gate that is the sum of two others,
    and a border that shuts is no gate any more.
    """
    if not links.any() or not len(net.cells):
        return net
    ends = np.concatenate([net.links.tail[links], net.links.head[links]])
    countries = np.unique(net.nodes.country[ends])
    modes = np.unique(net.links.mode[links])
    stale = np.isin(net.nodes.country[net.cells.tail], countries) & np.isin(net.cells.mode, modes)
    if not stale.any():
        return net
    return replace(net, cells=net.cells.take(~stale))


def in_step(net: Network, base_sections: t.Sections, base_passages: t.Passages) -> Network:
    """A network whose case changed sections or passages of the world, with its links in step."""
    before = replace(
        net,
        sections=_padded(base_sections, net.sections),
        passages=_padded(base_passages, net.passages),
    )
    if before.sections is not net.sections:
        net = follow(before, net, "sections")
        before = replace(before, sections=net.sections, links=net.links, cells=net.cells)
    if before.passages is not net.passages:
        net = follow(before, net, "passages")
    return net


def _padded(base: Some, full: Some) -> Some:
    """The rows of ``base``, then what ``full`` has beyond them; ``full`` itself where equal."""
    size = len(base)
    columns = [np.concatenate([base.column(name), full.column(name)[size:]]) for name in full]
    same = all(
        np.array_equal(column, full.column(name), equal_nan=column.dtype.kind == "f")
        for name, column in zip(full, columns, strict=True)
    )
    return full if same else type(full)(*columns)


def _dated(
    before: Network,
    after: Network,
    old: t.Sections | t.Passages,
    new: t.Sections | t.Passages,
    row_of_link: NDArray[np.int16],
) -> Network:
    turned = np.zeros(len(new), bool)
    for name in _DATED:
        turned |= old.column(name) != new.column(name)
    if not turned.any() or not len(before.links):
        return after
    mask = (row_of_link >= 0) & turned[row_of_link]
    columns: dict[str, NDArray[np.generic]] = {}
    for name in _DATED:
        values = after.links.column(name).copy()
        values[mask] = new.column(name)[row_of_link[mask]]
        columns[name] = values
    return replace(after, links=replace(after.links, **columns)) if mask.any() else after


def _stretched(before: Network, after: Network) -> Network:
    links = after.links
    km = links.km.copy()
    old, new = before.sections.km, after.sections.km
    for row in np.flatnonzero((old != new) & ~np.isnan(new)).tolist():
        mask = links.section == row
        total = float(km[mask].sum())
        if total > 0:
            km[mask] *= new[row] / total
    if np.array_equal(km, links.km):
        return after
    return replace(after, links=replace(links, km=km))


def _changed(old: t.Links, new: t.Links) -> NDArray[np.bool_]:
    mask = np.zeros(len(old), bool)
    for name in old:
        mask |= old.column(name) != new.column(name)
    return mask
