"""Rules of a case: which hold for a shipment on a day, what they warn of and what they bar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.models.areas import areas_of
from landbridge.models.dangerous import words_of
from landbridge.network.network import Network
from landbridge.network.rate_kinds import LOOSE
from landbridge.routing.chain import Chain, Part
from landbridge.routing.chain_terms import SERVICE_TERMS, term_arcs
from landbridge.routing.kept import Kept
from landbridge.routing.terms import NOTHING, Touched, split_terms

PRACTICE = "practice"
"""Topic of bars that say how the services of the model run: never lifted, never told."""
SHIPMENT_TERMS = ("from", "to", "hs", "equipment", "cargo", "dangerous")
"""Kinds of terms that the shipment alone answers."""
MOST_DAYS = 64
"""Days and kinds of which the rules in force are kept."""
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
    dangerous: str = ""
    """IMO class or UN number; empty: no dangerous goods."""

    @property
    def cargo(self) -> frozenset[str]:
        """What the cargo is, in the words of ``cargo:`` terms."""
        kind = self.equipment if self.equipment in LOOSE else "container"
        return frozenset({kind, "dangerous"} if self.dangerous else {kind})


def in_force(net: Network, day: int, kind: str) -> list[int]:
    """Rows of ``rules`` of a kind that hold on a day."""
    t = net.rules
    kept: Kept[list[int]] = vars(t).setdefault("_in_force", Kept[list[int]](MOST_DAYS))

    def make() -> list[int]:
        rows = np.flatnonzero((t.valid_from <= day) & (day < t.valid_to)).tolist()
        return [row for row in rows if str(t.kind[row]) == kind]

    return kept.of((day, kind), make)


def _of_shipment(net: Network, facts: Facts, term: str) -> bool:
    kind, _, word = term.partition(":")
    if kind in {"from", "to"}:
        country = facts.origin if kind == "from" else facts.destination
        return areas_of(net).fit(word, country) >= 0
    if kind == "cargo":
        return word in facts.cargo
    if kind == "dangerous":  # a class holds for its divisions and numbers: 1 for 1.4
        return word in words_of(facts.dangerous)
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
    elif kind == "country":
        found = not touched.countries.isdisjoint(areas_of(net).members(word))
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


def bars_of(net: Network, facts: Facts, day: int) -> tuple[int, ...]:
    """Rows of the rules of kind ``bar`` that hold for a shipment, whatever its chain touches."""
    found: list[int] = []
    for row in in_force(net, day, "bar"):
        terms = split_terms(str(net.rules.applies_to[row]))
        own = [term for term in terms if _kind(term) in SHIPMENT_TERMS]
        if all(holds(net, NOTHING, facts, term) for term in own):
            found.append(row)
    return tuple(found)


def forbidden(graph: Chain | Part, bars: tuple[int, ...]) -> Flags:
    """Which arcs of a graph, or of a part of one, any of the bars forbids."""
    return graph.of(("bars", bars), lambda part: _forbidden(part, bars))


def _forbidden(part: Part, bars: tuple[int, ...]) -> Flags:
    """All terms of a rule must hold on one arc: a service with a country, say."""
    found = np.zeros(len(part.arcs), bool)
    for row in bars:
        hit = np.ones(len(part.arcs), bool)
        for term in split_terms(str(part.net.rules.applies_to[row])):
            if _kind(term) not in SHIPMENT_TERMS:
                touched = term_arcs(part, term.removeprefix("!"), tails=True)
                hit &= ~touched if term.startswith("!") else touched
        found |= hit
    return found


def _kind(term: str) -> str:
    return term.removeprefix("!").partition(":")[0]


def without(chain: Chain, bars: tuple[int, ...]) -> Chain:
    """The graph without what the bars forbid."""
    return chain.without(("bars", bars), lambda part: forbidden(part, bars))


def of_practice(net: Network, bars: tuple[int, ...]) -> tuple[int, ...]:
    """Those of the bars that say how the services of the model run."""
    return tuple(row for row in bars if str(net.rules.topic[row]) == PRACTICE)
