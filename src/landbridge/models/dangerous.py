"""Dangerous goods: of which class a UN number is, and which class is part of which.

``un_numbers.csv`` holds numbers and classes of the Dangerous Goods List of the UN Model Regulations
as the public "List of UN numbers" tells them (Wikipedia, as copied by github.com/Nico-Casarin/
ncasa-site), with the division of ammonia and of four fuel gases as the Regulations have it. A class
without a division (``2``) is one whose division hangs on the goods themselves: who knows it gives
it instead of the number.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib import resources

UN = "UN"


@cache
def _numbers() -> dict[str, str]:
    path = resources.files("landbridge") / "models" / "un_numbers.csv"
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines()[1:])
    return {f"{UN}{number}": word for number, word in rows}


def class_of(goods: str) -> str:
    """The class of a UN number (``UN1203``: ``3``) or of a class; empty where it is not known."""
    return _numbers().get(goods, "") if goods.startswith(UN) else goods


def words_of(goods: str) -> tuple[str, ...]:
    """What goods answer to, the most special first: ``UN0012``, ``1.4S``, ``1.4``, ``1``."""
    word = class_of(goods)
    division = word.rstrip("ABCDEFGHJKLNS")
    found = (goods, word, division, division.partition(".")[0])
    return tuple(dict.fromkeys(one for one in found if one))


def in_words(goods: str) -> str:
    """The goods as a message names them: a number with its class."""
    return f"{goods} (class {class_of(goods)})" if goods.startswith(UN) else goods
