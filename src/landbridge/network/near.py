"""Names near to one that is unknown, for messages that say what was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable


def near(word: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """The names of ``known`` most like ``word``, best first; empty where none is alike."""
    from rapidfuzz import fuzz, process, utils  # noqa: PLC0415 - only messages need it

    found = process.extract(
        word,
        sorted(known),  # a set has another order in every process
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        limit=limit,
        score_cutoff=60,
    )
    return tuple(name for name, _, _ in found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest names, or an empty text."""
    names = near(word, known)
    if not names:
        return ""
    return f"Did you mean {' or '.join(repr(name) for name in names)}?"
