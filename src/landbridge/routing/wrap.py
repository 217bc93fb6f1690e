"""Lines of answers for a terminal of 80 columns."""

from __future__ import annotations

import textwrap

WIDTH = 80


def wrapped(text: str, first: str = "", rest: str = "  ", width: int = WIDTH) -> list[str]:
    """A text as lines: ``first`` before the first, ``rest`` before the others; words stay whole."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
