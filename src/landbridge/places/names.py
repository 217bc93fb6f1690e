"""All names of a network's places, folded to numbered keys."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.network.naming import fold_all
from landbridge.network.network import Network
from landbridge.places.spots import Spots

_INSIDE = re.compile(r"^(.*?)\s*\(([^()]*)\)\s*$")
_CODE_LENGTH = 2


@dataclass(frozen=True, eq=False, slots=True)
class Names:
    """One row per name, in the order of keys."""

    number: dict[str, int]
    """Key -> its number, in the order of numbers."""
    key: NDArray[np.int64]
    """Number of the name's key, ascending; (n_names,)."""
    row: NDArray[np.int32]
    """Row of ``Spots``."""
    is_title: NDArray[np.bool_]


class _Book:
    """Names being gathered."""

    def __init__(self) -> None:
        self.number: dict[str, int] = {}
        self.key: list[int] = []
        self.row: list[int] = []
        self.is_title: list[bool] = []

    def add(self, texts: list[str], rows: Iterable[int], *, title: bool) -> None:
        number = self.number
        self.key += [number.setdefault(key, len(number)) for key in fold_all(texts)]
        self.row += rows
        self.is_title += [title] * len(texts)

    def add_new(self, texts: list[str], rows: list[int]) -> None:
        """Only the texts whose key nothing else bears."""
        pairs = list(zip(texts, fold_all(texts), rows, strict=True))
        fresh = [(text, row) for text, key, row in pairs if key and key not in self.number]
        self.add([text for text, _ in fresh], [row for _, row in fresh], title=False)


def names_of(net: Network, spots: Spots) -> Names:
    """Titles of places as they are and as people write them, aliases, and titles of terminals.

    A place's title counts with and without its brackets or its state, and so does what stands in
    the brackets (``Bandar Abbas (Rajaee)``), unless it is a country's code (``Astara (AZ)``). A
    terminal's title is another name of its place; what it has in brackets (``Delhi (Tughlakabad)``,
    ``Dostyk (Alashankou)``) only where nothing else is called so.
    """
    book = _Book()
    titles = spots.title[: spots.places]
    book.add(titles, range(len(titles)), title=True)
    for row, title in enumerate(titles):
        bare, inside = _parts(title)
        short = [bare, inside] if inside else [bare]
        if bare != title:
            book.add(short, [row] * len(short), title=True)
    aliases: list[str] = net.aliases.text.tolist()
    places: list[int] = net.aliases.place.tolist()
    book.add(aliases, places, title=False)
    pieces: list[tuple[str, int]] = []
    for row, title in spots.terminals:
        bare, inside = _parts(title)
        book.add([title, bare], [row, row], title=row >= spots.places)
        pieces += [(piece.strip(), row) for piece in inside.split(",")]
    book.add_new([text for text, _ in pieces], [row for _, row in pieces])
    key = np.array(book.key, np.int64)
    order = np.argsort(key, kind="stable")
    return Names(
        book.number,
        key[order],
        np.array(book.row, np.int32)[order],
        np.array(book.is_title, bool)[order],
    )


def _parts(title: str) -> tuple[str, str]:
    """The title without brackets and state, and what stands in the brackets if it is a name."""
    bare, inside = title, ""
    if "(" in title:
        match = _INSIDE.match(title)
        if match:
            bare, inside = match[1], match[2]
    if ", " in bare:
        bare = bare.split(", ", 1)[0]
    return bare, inside if len(inside) > _CODE_LENGTH else ""
