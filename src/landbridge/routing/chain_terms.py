"""Which arcs of a graph touch a term such as ``passage:suez`` or ``terminal:IRZBR``."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.models.areas import areas_of
from landbridge.network.network import Network
from landbridge.routing.avoid import crossing_name
from landbridge.routing.chain import Chain, Costed, Part
from landbridge.schema.column import Ints
from landbridge.units import MODES

SERVICE_TERMS = {"service": "id", "operator": "operator", "flag": "flag"}
"""Kinds of terms that a service answers, with the column that does."""
BANNED = -1
"""Mark of an arc that touches what must not be touched."""


def marks(chain: Chain, required: tuple[str, ...], banned: tuple[str, ...]) -> Ints:
    """Per arc a bit for each required term that it touches, or ``BANNED``."""
    key = required, banned
    return chain.of(key, lambda part: _marks(part, *key))


def _marks(part: Part, required: tuple[str, ...], banned: tuple[str, ...]) -> Ints:
    found = np.zeros(len(part.arcs), np.int32)
    for bit, term in enumerate(required):
        found[term_arcs(part, term)] |= 1 << bit
    for term in banned:
        found[term_arcs(part, term)] = BANNED
    return found


def term_arcs(part: Part, term: str, *, tails: bool = False) -> NDArray[np.bool_]:
    """Which arcs touch a term (``passage:suez``, ``terminal:IRZBR``, ...).

    A terminal is touched by the arcs that lead to it, and with ``tails`` by those that leave it.
    """
    return part.of((term, tails), lambda one: _term_arcs(one, term, tails=tails))


def _term_arcs(part: Part, term: str, *, tails: bool) -> NDArray[np.bool_]:
    kind, _, word = term.partition(":")
    arcs, net = part.arcs, part.net
    if kind == "crossing":
        a, _, b = word.partition("-")
        word = "-".join(sorted((a, b)))
    if kind in SERVICE_TERMS:
        told = np.append(net.services.column(SERVICE_TERMS[kind]).astype(object), [""])
        return told[np.where(arcs.table >= 0, arcs.row, -1)] == word
    hit = np.zeros(len(arcs), bool)
    for mine, one in zip(part.rows_of, part.tables, strict=True):
        if len(mine):
            hit[mine] = pair_terms(net, one, kind, word).ravel()[arcs.pair[mine]]
    if kind in {"terminal", "country"}:
        column = net.terminals.id if kind == "terminal" else net.terminals.country
        words = [word] if kind == "terminal" else areas_of(net).members(word)
        at = np.isin(np.append(column[net.sides.terminal].astype(object), [""]), words)
        for ends in (arcs.head, arcs.tail) if tails else (arcs.head,):
            hit |= at[np.where(ends < part.nodes - 2, ends // 2, -1)]
    return hit


def pair_terms(net: Network, one: Costed, kind: str, word: str) -> NDArray[np.bool_]:
    """Per pair: whether the ways of a table touch ``kind:word`` (terminals are nodes, not ways)."""
    table, tally = one.table, one.table.legs.tally
    if kind == "mode":
        return table.any_of(tally.pair[(tally.mode == _index(MODES, word))[tally.place]])
    if kind == "passage":
        wanted = _index(net.passages.id.tolist(), word)
        return table.any_of(tally.passage_pair[tally.passage == wanted])
    if kind == "country":
        rows = np.isin(net.countries.code.astype(object), areas_of(net).members(word))
        among = np.append(rows, [False])  # the last for what lies in no country
        moved = table.any_of(tally.pair[among[tally.country][tally.place]])
        return moved | table.any_of(tally.border_pair[among[tally.entered]])
    if kind == "crossing":
        codes = net.countries.code.tolist()
        pair = sorted(_index(codes, code) for code in word.split("-"))
        between = table.any_of(tally.border_pair[(one.sides == pair).all(axis=1)])
        hit = np.array([name == word for name in _crossing_names(net)] + [False])
        return between | hit[one.begin] | hit[one.end]
    return np.zeros(table.shape, bool)


def _crossing_names(net: Network) -> list[str]:
    pairs = zip(net.crossings.from_country.tolist(), net.crossings.to_country.tolist(), strict=True)
    return [crossing_name(a, b) for a, b in pairs]


def _index(words: tuple[str, ...] | list[str], word: str) -> int:
    return words.index(word) if word in words else -9
