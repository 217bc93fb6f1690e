"""Which names of a place are kept: one per key, none that a machine spelled out."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from landbridge.build.gazetteer_rows import PlaceDraft
from landbridge.network.naming import fold, fold_all

LATIN = (range(0x250), range(0x1E00, 0x1F00))
"""Where Unicode has its Latin letters: basic to extended B, and extended additional."""


@dataclass(frozen=True, slots=True)
class Names:
    """Place (row number) and text of every alias, in the order of places."""

    place: list[int]
    text: list[str]


def is_latin(text: str) -> bool:
    """Whether every letter is Latin."""
    return all(not sign.isalpha() or any(ord(sign) in block for block in LATIN) for sign in text)


def chosen_names(drafts: list[PlaceDraft], all_names_from: int) -> Names:
    """The aliases to keep.

    Dropped are names that fold to the key of the title or of an earlier name of the place (other
    scripts come first, so of two that find the same the Latin one goes); Latin names without a
    capital, which GeoNames makes from other scripts by machine; and every name but the title of
    towns under ``all_names_from`` inhabitants.
    """
    place: list[int] = []
    text: list[str] = []
    for row, draft in enumerate(drafts):
        if draft.kind == "city" and draft.population < all_names_from and not draft.all_names:
            continue
        for name in _chosen(draft):
            place.append(row)
            text.append(name)
    return Names(place, text)


def _chosen(draft: PlaceDraft) -> list[str]:
    names = [unicodedata.normalize("NFC", name).strip() for name in draft.names]
    names = sorted({name for name in names if name}, key=lambda name: (is_latin(name), name))
    seen = {fold(draft.title)}
    kept: list[str] = []
    for name, key in zip(names, fold_all(names), strict=True):
        if not key or key in seen or (is_latin(name) and name == name.lower()):
            continue
        seen.add(key)
        kept.append(name)
    return kept
