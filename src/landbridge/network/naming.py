"""How names are compared: folding to plain letters and digits, and the names of countries."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib import resources


def _plain(letter: str) -> str:
    """What one letter of any script becomes: lower-case Latin letters and digits, or nothing."""
    from anyascii import anyascii  # noqa: PLC0415 - 10 ms that only searches need

    # Compatibility forms first (full-width, ligatures); then the letter without its marks, so
    # that accents and vowel points vanish instead of being spelled out.
    bare = unicodedata.normalize("NFKC", letter).casefold()
    if all(unicodedata.combining(part) for part in bare):
        return ""
    spelled = anyascii(bare).casefold()
    return "".join(sign for sign in spelled if sign.isascii() and sign.isalnum())


_KNOWN: dict[int, str] = {ord(sign): sign for sign in "0123456789abcdefghijklmnopqrstuvwxyz"}


def fold(text: str) -> str:
    """The key under which ``text`` is found: transliterated, lower case, letters and digits only.

    Two spellings that differ in case, accents, spaces, hyphens or punctuation fold to one key.
    Scripts are transliterated sign by sign, so that the key does not depend on the language.
    """
    for letter in {ord(sign) for sign in text}.difference(_KNOWN):
        _KNOWN[letter] = _plain(chr(letter))
    return text.translate(_KNOWN)


def fold_all(texts: Sequence[str]) -> list[str]:
    """``fold`` of every text, at a few million letters a second."""
    joined = "\n".join(text.replace("\n", " ") for text in texts)
    if not joined:
        return [""] * len(texts)  # no letter anywhere: nothing to split
    for letter in {ord(sign) for sign in joined}.difference(_KNOWN):
        _KNOWN[letter] = _plain(chr(letter))
    return joined.translate(_KNOWN | {ord("\n"): "\n"}).split("\n")


@cache
def _country_names() -> tuple[dict[str, str], dict[str, str]]:
    """Alpha-2 code by name as written, and by folded name (where two fold alike: the first)."""
    text = resources.files("landbridge.network").joinpath("country_names.csv").read_text("utf-8")
    written: dict[str, str] = {}
    folded: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        written[row["name"].casefold()] = row["code"]
        folded.setdefault(fold(row["name"]), row["code"])
    return written, folded


def country_code(name: str) -> str:
    """The ISO 3166-1 alpha-2 code of a country's name, alpha-3 code or usual short form, or ""."""
    written, folded = _country_names()
    return written.get(name.strip().casefold()) or folded.get(fold(name), "")


@cache
def state_names() -> dict[str, str]:
    """Folded name or two-letter code of a state of the USA -> its name, as in places' titles."""
    text = resources.files("landbridge.network").joinpath("state_names.csv").read_text("utf-8")
    found: dict[str, str] = {}
    for row in csv.DictReader(text.splitlines()):
        found[fold(row["code"])] = row["name"]
        found[fold(row["name"])] = row["name"]
    return found
