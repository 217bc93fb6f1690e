"""Split ``Name, Country`` into the name and the part of the world it is looked for in."""

from __future__ import annotations

import re
from dataclasses import dataclass

from landbridge.network.naming import country_code, state_names

_BRACKETS = re.compile(r"^(?P<name>.+?)\s*\(\s*(?P<where>[^()]+?)\s*\)$")
_COMMA = re.compile(r"^(?P<name>.+?)\s*[,،，]\s*(?P<where>[^,،，]+)$")
_CODE_LENGTH = 2


@dataclass(frozen=True, slots=True)
class Scope:
    """A name and where to look for it."""

    name: str
    country: str = ""
    """ISO 3166-1 alpha-2, or empty for everywhere."""
    state: str = ""
    """Name of a state of the USA, or empty for all."""


def scopes(text: str, codes: frozenset[str]) -> list[Scope]:
    """Every reading of ``text``, the likeliest first; the last is the bare text.

    ``codes``: the countries' codes in the network. ``Portland, ME`` may be Montenegro or Maine, so
    both readings come; the first that has a place of that name is taken.
    """
    found: list[Scope] = []
    match = _COMMA.match(text) or _BRACKETS.match(text)
    if match:
        found += _read(match["name"], match["where"], codes)
    return [*found, Scope(text)]


def loose_scopes(text: str, codes: frozenset[str]) -> list[Scope]:
    """Readings without a comma: ``Astara AZ``, ``Astara Iran``, ``Lagos South Africa``."""
    words = text.split()
    found: list[Scope] = []
    for count in (1, 2):
        if len(words) > count:
            found += _read(" ".join(words[:-count]), " ".join(words[-count:]), codes)
    return found


def _read(name: str, where: str, codes: frozenset[str]) -> list[Scope]:
    found: list[Scope] = []
    if len(where) == _CODE_LENGTH and where.upper() in codes:
        found.append(Scope(name, country=where.upper()))
    else:
        country = country_code(where)
        if country in codes:
            found.append(Scope(name, country=country))
    state = state_names().get("".join(where.casefold().replace(".", "").split()))
    if state and "US" in codes:
        found.append(Scope(name, country="US", state=state))
    return found
