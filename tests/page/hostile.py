"""Texts that would do harm if a page took them for more than text."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

HOSTILE = [
    "</script><script>window.hurt=1</script>",
    "<img src=x onerror=window.hurt=1>",
    "\"'><svg onload=window.hurt=1>",
    "javascript:window.hurt=1",
    "\u202egnp.exe\u2066 \u200f ${window.hurt=1} {{window.hurt=1}}",
]


def hurt(value: object, kept: Collection[str], key: str = "") -> object:
    """The answer with every text hostile but those of the fields that the page goes by."""
    if isinstance(value, dict):
        own = cast("dict[str, object]", value)
        return {name: hurt(inner, kept, name) for name, inner in own.items()}
    if isinstance(value, list):
        return [hurt(inner, kept, key) for inner in cast("list[object]", value)]
    if isinstance(value, str) and key not in kept:
        return HOSTILE[len(value) % len(HOSTILE)] + value
    return value
