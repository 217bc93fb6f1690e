"""Rules of a case: which hold for a shipment on a day, what they warn of and what they bar."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.models.areas import Areas
from landbridge.network.network import Network
from landbridge.routing.chain import Chain
from landbridge.routing.search import SERVICE_TERMS, term_arcs
from landbridge.routing.terms import Touched, split_terms

PRACTICE = "practice"
"""Topic of bars that say how the services of the model run: never lifted, never told."""
SHIPMENT_TERMS = ("from", "to", "hs", "equipment")
"""Kinds of terms that the shipment alone answers."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules can ask of a shipment."""

    origin: str
    """Country codes of the two doors."""
    destination: str
    hs: str
    """Digits of the HS code; empty: not told."""
    equipment: str


def in_force(net: Network, day: int, kind: str) -> list[int]:
    """Rows of ``rules`` of a kind that hold on a day."""
    t = net.rules
    rows = np.flatnonzero((t.valid_from <= day) & (day < t.valid_to)).tolist()
    return [row for row in rows if str(t.kind[row]) == kind]


def _of_shipment(net: Network, facts: Facts, term: str) -> bool:
    kind, _, word = term.partition(":")
    if kind in {"from", "to"}:
        country = facts.origin if kind == "from" else facts.destination
        return Areas(net).fit(word, country) >= 0
    return facts.hs.startswith(word) if kind == "hs" else facts.equipment == word


def holds(net: Network, touched: Touched, facts: Facts, term: str) -> bool:
    """Whether a term holds for a chain with a shipment; one that begins with ``!`` must not."""
    bare = term.removeprefix("!")
    kind, _, word = bare.partition(":")
    if kind in SHIPMENT_TERMS:
        found = _of_shipment(net, facts, bare)
    elif kind in SERVICE_TERMS:
        told = net.services.column(SERVICE_TERMS[kind]).astype(object) == word
        found = bool(told[np.isin(net.services.id.astype(object), list(touched.services))].any())
    else:
        found = touched.has(bare)
    return found != term.startswith("!")


def warned(net: Network, touched: Touched, facts: Facts, day: int) -> list[int]:
    """Rows of the rules of kind ``warn`` that a chain meets."""
    return [
        row
        for row in in_force(net, day, "warn")
        if all(
            holds(net, touched, facts, term) for term in split_terms(str(net.rules.applies_to[row]))
        )
    ]


def told(net: Network, row: int, *, bar: bool = False) -> str:
    """A rule as one text: what it says, and with whom to check."""
    t = net.rules
    text = f"{t.text[row]}. Check with: {t.check_with[row]}."
    return f"barred by rule {t.id[row]}: {text}" if bar else text


def bars_of(chain: Chain, facts: Facts, day: int) -> dict[int, Flags]:
    """Per row of a rule of kind ``bar`` that forbids any arc of the graph: which ones.

    All terms of a rule must hold on one arc: a service with a country, say.
    """
    net = chain.net
    found: dict[int, Flags] = {}
    for row in in_force(net, day, "bar"):
        hit = np.ones(len(chain.arcs), bool)
        for term in split_terms(str(net.rules.applies_to[row])):
            bare = term.removeprefix("!")
            if bare.partition(":")[0] in SHIPMENT_TERMS:
                touched: Flags | np.bool_ = np.bool_(_of_shipment(net, facts, bare))
            else:
                touched = term_arcs(chain, bare, tails=True)
            hit &= ~touched if term.startswith("!") else touched
        if hit.any():
            found[row] = hit
    return found


def without(chain: Chain, bars: dict[int, Flags], *, all_of_them: bool = True) -> Chain:
    """The graph without what the bars forbid, or what those of ``practice`` alone forbid."""
    forbidden = np.zeros(len(chain.arcs), bool)
    for row, hit in bars.items():
        if all_of_them or str(chain.net.rules.topic[row]) == PRACTICE:
            forbidden |= hit
    if not forbidden.any():
        return chain
    return replace(chain, arcs=chain.arcs.take(np.flatnonzero(~forbidden)))
