"""The pieces that ways consist of: cut out of the trees, and named."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels import trace
from landbridge.routing.ways_upper import Upper
from landbridge.schema.column import Codes, Floats, Ints, Texts

Longs = NDArray[np.int64]

MOVE, BORDER = 0, 1
"""Codes of ``Pieces.kind``."""
NO_PIECES = trace.Pieces(
    np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.int8), np.empty(0), np.empty(0)
)
USUAL = 16
"""Pieces per way for which room is made at first."""


@dataclass(frozen=True, eq=False)
class Pieces:
    """The ways of a table cut where mode, country, gauge, passage or planned section change.

    Pair ``i * n_to + j`` has the pieces ``first[pair]`` to ``first[pair + 1]``, in the order
    travelled. All other arrays have an entry per piece.
    """

    first: NDArray[np.int64]
    kind: Codes
    """``MOVE`` or ``BORDER``."""
    mode: Codes
    country: Ints
    """Row of ``countries``, -1 for none; of a border the one entered."""
    gauge_mm: Ints
    """0 for what is no railway, and for borders."""
    km: Floats
    passage: Ints
    """Row of ``passages``, or -1."""
    section: Ints
    """Row of ``sections`` that is only planned or being built (and open by the date), or -1."""
    border: Ints
    """Row of ``Ways.borders``, or -1."""
    direction: Codes
    """At a border 0 from a to b, 1 from b to a; else 0."""
    hours: Floats


@dataclass(frozen=True, eq=False)
class Tally:
    """What the pieces of a table come to, pair by pair: what costs and terms are worked out from.

    A way of four pieces in one country is one row here, and the next cargo pays for rows.
    """

    mode: Longs
    """Of each mode and country that any way moves in."""
    country: Longs
    """Row of ``countries``, -1 for none."""
    pair: Longs
    """Of moves; ascending, each pair once per mode and country."""
    place: Longs
    """Row of ``mode`` and ``country``."""
    km: Floats
    passage_pair: Longs
    """Of passages; each pair once per passage."""
    passage: Longs
    """Row of ``passages``."""
    border_pair: Longs
    """Of borders, one by one in the order travelled."""
    border: Longs
    """Row of ``Ways.borders``."""
    direction: Longs
    entered: Longs
    """Row of ``countries``."""


def tally_of(pieces: Pieces) -> Tally:
    """Add up the pieces of every pair."""
    pair = np.repeat(np.arange(len(pieces.first) - 1), np.diff(pieces.first))
    moves, borders = np.flatnonzero(pieces.kind == MOVE), np.flatnonzero(pieces.kind == BORDER)
    span = int(pieces.country.max(initial=0)) + 2
    what = pieces.mode[moves].astype(np.int64) * span + pieces.country[moves] + 1
    most = int(what.max(initial=0)) + 1
    names, row = np.unique(pair[moves] * most + what, return_inverse=True)
    places, place = np.unique(names % most, return_inverse=True)
    mode, country = np.divmod(places, span)
    through = np.flatnonzero(pieces.passage >= 0)
    width = int(pieces.passage.max(initial=0)) + 1
    passed = np.unique(pair[through] * width + pieces.passage[through])
    return Tally(
        mode=mode,
        country=country - 1,
        pair=names // most,
        place=place.ravel(),
        km=np.bincount(row.ravel(), pieces.km[moves], minlength=len(names)).astype(np.float64),
        passage_pair=passed // width,
        passage=passed % width,
        border_pair=pair[borders],
        border=pieces.border[borders].astype(np.int64),
        direction=pieces.direction[borders].astype(np.int64),
        entered=pieces.country[borders].astype(np.int64),
    )


def cut_row(
    arcs: trace.Arcs,
    ends: tuple[trace.Entries, trace.Entries],
    ways: trace.Ways,
    path: NDArray[np.int32],
) -> trace.Pieces:
    """The pieces of the ways from one stop; ``path``: scratch, an entry per vertex."""
    n_to = len(ends[1].rate)
    room = USUAL * n_to + 64
    while True:
        cut = trace.Pieces(
            np.zeros(n_to + 1, np.int64),
            np.empty(room, np.int32),
            np.empty(room, np.int8),
            np.empty(room),
            np.empty(room),
        )
        count = trace.cut_to_pieces(arcs, *ends, ways, path, cut)
        if count <= room:
            break
        room = count
    return trace.Pieces(
        cut.first,
        cut.kind[:count].copy(),
        cut.turned[:count].copy(),
        cut.km[:count].copy(),
        cut.weight[:count].copy(),
    )


def joined(cuts: list[trace.Pieces]) -> trace.Pieces:
    """The pieces of all rows, one row after the other."""
    begin = np.cumsum([0, *(len(cut.kind) for cut in cuts)])
    first = [cut.first[:-1] + at for cut, at in zip(cuts, begin[:-1].tolist(), strict=True)]
    parts = cuts or [NO_PIECES]
    return trace.Pieces(
        np.concatenate([*first, begin[-1:]]),
        np.concatenate([cut.kind for cut in parts]),
        np.concatenate([cut.turned for cut in parts]),
        np.concatenate([cut.km for cut in parts]),
        np.concatenate([cut.weight for cut in parts]),
    )


def one_of(cut: trace.Pieces, pair: int) -> trace.Pieces:
    """The pieces of one pair."""
    ours = slice(int(cut.first[pair]), int(cut.first[pair + 1]))
    first = np.array([0, ours.stop - ours.start])
    return trace.Pieces(first, cut.kind[ours], cut.turned[ours], cut.km[ours], cut.weight[ours])


def turned_round(cut: trace.Pieces, n_from: int, n_to: int) -> trace.Pieces:
    """Pieces of ways found from their ends: pairs (to, from) become (from, to), pieces reversed."""
    pair = np.arange(n_from * n_to).reshape(n_to, n_from).T.ravel()
    count = np.diff(cut.first)[pair]
    first = np.zeros(len(cut.first), np.int64)
    np.cumsum(count, out=first[1:])
    within = np.arange(int(first[-1])) - np.repeat(first[:-1], count)
    order: NDArray[np.int64] = np.repeat(cut.first[1:][pair], count) - 1 - within
    return trace.Pieces(
        first, cut.kind[order], 1 - cut.turned[order], cut.km[order], cut.weight[order]
    )


def named(upper: Upper, cut: trace.Pieces) -> Pieces:
    """The columns of pieces, from classes and borders."""
    kind, turned, count = cut.kind, cut.turned, len(cut.kind)
    classes, ground = upper.classes, upper.ground
    move = kind >= 0
    row = np.where(move, kind, 0)
    border = np.where(move, -1, -1 - kind).astype(np.int32)

    def of_move(column: Ints, other: int) -> Ints:
        values = column[row] if len(column) else np.zeros(count, np.int32)
        return np.where(move, values, other).astype(np.int32)

    mode = of_move(classes.mode, -1)
    country = of_move(classes.country, -1)
    country[country == ground.countries] = -1
    if not move.all():
        link = upper.border_link[border[~move]]
        links, nodes = ground.links, ground.nodes
        entered = np.where(turned[~move] == 1, links.tail[link], links.head[link])
        country[~move] = nodes.country[entered]
        mode[~move] = links.mode[link]
    return Pieces(
        first=cut.first,
        kind=np.where(move, MOVE, BORDER).astype(np.int8),
        mode=mode.astype(np.int8),
        country=country,
        gauge_mm=of_move(classes.gauge_mm, 0),
        km=cut.km,
        passage=of_move(classes.passage, -1),
        section=of_move(classes.section, -1),
        border=border,
        direction=np.where(move, 0, turned).astype(np.int8),
        hours=cut.weight,
    )


def entered(
    p: Pieces, run: list[int], names: Texts, before: set[int]
) -> tuple[tuple[str, float], ...]:
    """Passages that pieces enter, but for those ``before``, with the share of their km by then."""
    found: dict[str, float] = {}
    done, km = 0.0, float(p.km[run].sum())
    for k in run:
        row = int(p.passage[k])
        if row >= 0 and row not in before:
            found.setdefault(str(names[row]), done / km if km else 0.0)
        done += float(p.km[k])
    return tuple(found.items())
