"""How well a row's region fits a country, and a row's item what is wanted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.network.network import Network

ANY = "*"


class Areas:
    """Countries with the blocs that they belong to."""

    def __init__(self, net: Network) -> None:
        blocs = zip(net.countries.code.tolist(), net.countries.blocs.tolist(), strict=True)
        self._blocs = {
            code: frozenset(f"*{bloc}" for bloc in text.split(";") if bloc) for code, text in blocs
        }
        self._members: dict[str, list[str]] = {}
        self._alike: dict[tuple[str, ...], NDArray[np.int64]] = {}

    def fit(self, word: str, country: str) -> int:
        """2 for the country itself, 1 for its bloc, 0 for everywhere, -1 where it does not fit."""
        if word == country and word != ANY:
            return 2
        if word in self._blocs.get(country, frozenset()):
            return 1
        return 0 if word == ANY else -1

    def alike(self, words: tuple[str, ...]) -> NDArray[np.int64]:
        """Per row of countries the first row that all of ``words`` fit equally well."""
        if words not in self._alike:
            seen: dict[tuple[int, ...], int] = {}
            fits = (tuple(self.fit(word, code) for word in words) for code in self._blocs)
            first = [seen.setdefault(fit, row) for row, fit in enumerate(fits)]
            self._alike[words] = np.array(first, np.int64)
        return self._alike[words]

    def members(self, word: str) -> list[str]:
        """The countries that a code, or ``*`` with a bloc, stands for."""
        if word not in self._members:
            self._members[word] = [code for code in self._blocs if self.fit(word, code) > 0]
        return self._members[word]


def areas_of(net: Network) -> Areas:
    """The areas of a network, read once."""
    kept: Areas | None = vars(net).get("_areas")
    if kept is None:
        kept = vars(net)["_areas"] = Areas(net)
    return kept


def fit_item(word: str, wanted: str, everything: str) -> int:
    """How special a row's item is for what is wanted; -1 where it does not fit.

    0 for ``everything``. A word stands for its kinds, which follow it after a dot: a row of
    ``container_train`` fits ``container_train.east``, and less well than one of that.
    """
    if word == everything:
        return 0
    return 1 + word.count(".") if f"{wanted}.".startswith(f"{word}.") else -1
