"""Lines of answers for a terminal of 80 columns."""

from __future__ import annotations

import re
import textwrap

WIDTH = 80
BRACKETS = re.compile(r" \((?![A-Z]{2} to [A-Z]{2}\))[^()]*\)")
"""What a name tells in brackets, but for the direction of a border."""


def wrapped(text: str, first: str = "", rest: str = "  ", width: int = WIDTH) -> list[str]:
    """A text as lines: ``first`` before the first, ``rest`` before the others; words stay whole."""
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=rest,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def fitted(name: str, width: int) -> str:
    """A name in at most ``width`` columns: without what it has in brackets, and then cut off."""
    if len(name) > width:
        name = BRACKETS.sub("", name)
    return name if len(name) <= width else name[: width - 1] + "."
