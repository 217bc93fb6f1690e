"""Terms such as ``crossing:AZ-IR`` or ``passage:suez``: what a chain of legs touches."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from landbridge.routing.avoid import crossing_name


@dataclass(frozen=True, slots=True)
class Touched:
    """What a leg, or a chain of them, goes through."""

    countries: frozenset[str]
    passages: frozenset[str]
    crossings: frozenset[str]
    modes: frozenset[str]
    terminals: frozenset[str]
    services: frozenset[str]

    def has(self, term: str) -> bool:
        """Whether the term holds. An unknown kind never does."""
        kind, _, word = term.partition(":")
        if kind == "crossing":
            a, _, b = word.partition("-")
            return crossing_name(a, b) in self.crossings
        held = {
            "country": self.countries,
            "passage": self.passages,
            "mode": self.modes,
            "terminal": self.terminals,
            "service": self.services,
        }.get(kind, frozenset[str]())
        return word in held


NOTHING = Touched(*(frozenset[str]() for _ in range(6)))


@lru_cache(maxsize=4096)
def split_terms(text: str) -> tuple[str, ...]:
    """The terms of a cell, which ``;`` separates."""
    return tuple(term.strip() for term in text.split(";") if term.strip())
