"""What a change reaches: from a term such as ``passage:suez`` to the rows that it names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.network.check_terms import fault_of_term, things
from landbridge.network.check_trade import neighbours
from landbridge.network.near import near
from landbridge.network.network import Network
from landbridge.schema.table import Table, columns_of, key_of
from landbridge.units import MODES

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Target:
    """A thing of the network: its kind and its id."""

    kind: str
    id: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


def target_of(net: Network, text: str) -> Target:
    """The thing that ``kind:id`` names, or an id alone where only one kind has it.

    Raises ``QuestionError`` where it names nothing (with near names) or more than one thing.
    """
    known = things(net)
    if ":" in text:
        wrong = fault_of_term(text, known)
        if wrong:
            raise QuestionError(f"change of {text!r}: {wrong[0]}. {wrong[1]}".strip())
        kind, _, name = text.partition(":")
        return Target(kind, name)
    kinds = [kind for kind, names in known.items() if kind != "crossing" and text in names]
    if not kinds and fault_of_term(f"crossing:{text}", known) is None:
        kinds = ["crossing"]
    if len(kinds) == 1:
        return Target(kinds[0], text)
    if kinds:
        meant = " or ".join(f"{kind}:{text}" for kind in kinds)
        raise QuestionError(f"change of {text!r}: is more than one thing; write {meant}")
    every = {f"{kind}:{name}": name for kind, names in known.items() for name in names if name}
    found = [f"{other!r}" for other in near(text, every)]
    hint = f" Did you mean {' or '.join(found)}?" if found else ""
    raise QuestionError(f"change of {text!r}: names nothing of the network.{hint}")


def rows_of(net: Network, target: Target, mode: str = "") -> dict[str, Flags]:
    """Masks, by table, of the rows with a status that belong to ``target``; only where any is.

    ``mode`` keeps links, services, crossings and sections of that mode alone.
    """
    if mode and mode not in MODES:
        raise QuestionError(f"change of {target}: mode {mode!r} is none of {', '.join(MODES)}")
    masks: dict[str, Flags] = {}
    if target.kind == "country":
        masks = _of_country(net, target.id)
    elif target.kind == "crossing":
        masks = _of_crossing(net, target.id)
    elif target.kind == "mode":
        masks = {
            "links": net.links.mode == MODES.index(target.id),
            "services": _equal(net.services, "mode", target.id),
            "crossings": _equal(net.crossings, "mode", target.id),
        }
    elif target.kind in {"passage", "section"}:
        table = net.passages if target.kind == "passage" else net.sections
        own = _equal(table, "id", target.id)
        number = int(np.flatnonzero(own)[0])
        masks = {table.name: own, "links": getattr(net.links, target.kind) == number}
    else:
        table = net.terminals if target.kind == "terminal" else net.services
        masks = {table.name: _equal(table, "id", target.id)}
    if mode:
        masks = _of_mode(net, masks, mode)
    return {name: mask for name, mask in masks.items() if mask.any()}


def _of_country(net: Network, code: str) -> dict[str, Flags]:
    number = int(np.flatnonzero(_equal(net.countries, "code", code))[0])
    a, b = net.nodes.country[net.links.tail], net.nodes.country[net.links.head]
    return {
        "links": (a == number) | (b == number),
        "terminals": _equal(net.terminals, "country", code),
        "crossings": _equal(net.crossings, "from_country", code)
        | _equal(net.crossings, "to_country", code),
    }


def _of_crossing(net: Network, pair: str) -> dict[str, Flags]:
    first, second = pair.split("-")
    codes: list[str] = net.countries.code.tolist()
    ends = {codes.index(first), codes.index(second)}
    a, b = net.nodes.country[net.links.tail], net.nodes.country[net.links.head]
    rows = net.crossings
    there = _equal(rows, "from_country", first) & _equal(rows, "to_country", second)
    back = _equal(rows, "from_country", second) & _equal(rows, "to_country", first)
    masks = {
        "links": (a != b) & np.isin(a, list(ends)) & np.isin(b, list(ends)),
        "crossings": there | back,
    }
    if not masks["links"].any() and not masks["crossings"].any():
        beside = sorted(
            other for both in neighbours(net) if first in both for other in both if other != first
        )
        raise QuestionError(
            f"change of crossing:{pair}: the two countries do not touch and no crossing joins them."
            f" {first} touches {', '.join(beside) or 'none'}."
        )
    return masks


def _of_mode(net: Network, masks: Mapping[str, Flags], mode: str) -> dict[str, Flags]:
    kept: dict[str, Flags] = {}
    if "links" in masks:
        kept["links"] = masks["links"] & (net.links.mode == MODES.index(mode))
    if "sections" in masks:
        kept["sections"] = masks["sections"] & (net.sections.mode == MODES.index(mode))
    for table in (net.services, net.crossings):
        if table.name in masks:
            kept[table.name] = masks[table.name] & _equal(table, "mode", mode)
    return kept


def _equal(table: Table, column: str, word: str) -> Flags:
    texts: list[str] = table.column(column).tolist()
    return np.array([text == word for text in texts], bool)


def chosen_rows(table: Table, rows: str) -> Flags:
    """Rows of a table by id, by the beginning of ids with ``*``, or by terms ``column:word``.

    ``freight-rail-ru*`` means the rates of all sizes of box, ``*`` every row; terms have ``;``
    between and all hold. ``country:IR`` also fits rows that lead from or to it. Raises
    ``QuestionError`` where nothing fits, with near ids.
    """
    key = key_of(type(table))
    if rows == "*":
        return np.ones(len(table), bool)
    ids: list[str] = table.column(key).tolist() if key else []
    if rows in ids:
        return np.array([name == rows for name in ids], bool)
    begun = np.array([name.startswith(rows.removesuffix("*")) for name in ids], bool)
    if rows.endswith("*") and ":" not in rows and begun.any():
        return begun
    if ":" not in rows:
        found = " or ".join(f"{name!r}" for name in near(rows, ids))
        hint = f" Did you mean {found}?" if found else ""
        raise QuestionError(f"change of {table.name}: no row has the id {rows!r}.{hint}")
    mask = np.ones(len(table), bool)
    for term in rows.split(";"):
        mask &= _fits(table, term.strip())
    if not mask.any():
        raise QuestionError(f"change of {table.name}: no row fits {rows!r}")
    return mask


def _fits(table: Table, term: str) -> Flags:
    name, _, word = term.partition(":")
    known = {column.name: column for column in columns_of(type(table))}
    names = [
        other
        for other in (name, f"from_{name}", f"to_{name}")
        if other in known and (known[other].text or known[other].one_of is not None)
    ]
    if not names:
        found = " or ".join(f"{other!r}" for other in near(name, known))
        hint = f" Did you mean {found}?" if found else ""
        raise QuestionError(f"change of {table.name}: {name!r} is no column of words.{hint}")
    mask = np.zeros(len(table), bool)
    for other in names:
        rule = known[other].one_of
        if known[other].text:
            mask |= _equal(table, other, word)
        elif rule is not None and word in rule.words:
            mask |= table.column(other).astype(np.int8) == rule.words.index(word)
    return mask
