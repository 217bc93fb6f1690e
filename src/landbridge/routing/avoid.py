"""What a question rules out: countries, passages, modes, terminals, border crossings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from landbridge.errors import QuestionError
from landbridge.network.naming import country_code, fold
from landbridge.network.network import Network
from landbridge.units import MODES


@dataclass(frozen=True)
class Avoid:
    """Things not to use. Ids as in the network's tables; equal contents compare equal."""

    countries: frozenset[str] = frozenset()
    passages: frozenset[str] = frozenset()
    modes: frozenset[str] = frozenset()
    terminals: frozenset[str] = frozenset()
    crossings: frozenset[str] = frozenset()
    """``AZ-IR``: both directions, the codes in alphabetical order."""

    def __bool__(self) -> bool:
        return bool(
            self.countries or self.passages or self.modes or self.terminals or self.crossings
        )


def crossing_name(country_a: str, country_b: str) -> str:
    """The name of a border whichever way it is crossed."""
    return "-".join(sorted((country_a, country_b)))


def parse_avoid(net: Network, tokens: Iterable[str]) -> Avoid:
    """What is meant by words such as ``IR``, ``Iran``, ``suez``, ``road``, ``IRBND``, ``AZ-IR``.

    A token may hold several, separated by commas. Ids are tried as passage, country, crossing,
    mode, terminal, in this order, then names of passages, countries and terminals.

    Raises ``QuestionError`` for a word that names nothing, with the nearest words that do.
    """
    found: dict[str, set[str]] = {
        "passages": set(), "countries": set(), "crossings": set(), "modes": set(),
        "terminals": set(),
    }  # fmt: skip
    words = [part.strip() for text in tokens for part in text.split(",") if part.strip()]
    known = _known(net) if words else {}
    for token in words:
        kind, word = _meant(net, known, token)
        found[kind].add(word)
    return Avoid(**{kind: frozenset(words) for kind, words in found.items()})


Known = dict[str, tuple[str, str]]
"""Folded word -> kind and id; earlier kinds win."""


def _known(net: Network) -> Known:
    found: Known = {}
    for kind, words in (
        ("passages", net.passages.id.tolist()),
        ("countries", net.countries.code.tolist()),
        ("modes", MODES),
        ("terminals", net.terminals.id.tolist()),
    ):
        for word in words:
            found.setdefault(fold(word), (kind, word))
    for kind, ids, titles in (
        ("passages", net.passages.id, net.passages.title),
        ("countries", net.countries.code, net.countries.title),
        ("terminals", net.terminals.id, net.terminals.title),
    ):
        for word, title in zip(ids.tolist(), titles.tolist(), strict=True):
            found.setdefault(fold(title), (kind, word))
    return found


def _meant(net: Network, known: Known, token: str) -> tuple[str, str]:
    hit = known.get(fold(token))
    if hit:
        return hit
    codes = set(net.countries.code.tolist())
    sides = [_country(codes, side) for side in token.split("-")]
    if len(sides) == 2 and all(sides):  # noqa: PLR2004 - a border has two sides
        if sides[0] == sides[1]:
            raise QuestionError(f"--avoid {token}: a border lies between two different countries")
        return "crossings", crossing_name(sides[0], sides[1])
    code = _country(codes, token)
    if code:
        return "countries", code
    near = [known[word][1] for word in get_close_matches(fold(token), list(known), n=3)]
    meant = f" Did you mean {', '.join(dict.fromkeys(near))}?" if near else ""
    raise QuestionError(
        f"{token!r} names no country, passage, mode, terminal or border (such as AZ-IR).{meant}",
        details={"token": token, "near": near},
    )


def _country(codes: set[str], text: str) -> str:
    code = text.strip().upper()
    if code in codes:
        return code
    code = country_code(text)
    return code if code in codes else ""
