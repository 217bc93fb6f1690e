"""Texts of a case or a user as they may be shown: what could steer a screen or a sheet is inert."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""With what a cell begins that a spreadsheet would work out."""


def printable(text: str) -> str:
    """The text with every character that is not for the eye (controls, turns of direction) told."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def cell(text: str) -> str:
    """The text as a cell of a sheet that nothing works out."""
    return f"'{text}" if text.startswith(FORMULA) else text
