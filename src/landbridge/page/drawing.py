"""A picture as marks on a sheet: written as SVG by ourselves, or as PNG through matplotlib."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from landbridge.schema.column import Floats

Box = tuple[float, float, float, float]
"""Left, top, width, height, in px from the upper left corner."""


@dataclass(frozen=True, slots=True)
class Area:
    """Closed rings, filled by the even-odd rule."""

    rings: tuple[Floats, ...]
    """Points in px; (n, 2) each."""
    fill: str
    stroke: str = ""
    width: float = 0.0
    clip: Box | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An open line."""

    points: Floats
    """In px; (n, 2)."""
    stroke: str
    width: float
    dash: tuple[float, ...] = ()
    clip: Box | None = None
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    x: float
    y: float
    radius: float
    fill: str
    stroke: str
    width: float


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line; ``y`` is their baseline."""

    x: float
    y: float
    words: str
    size: float
    fill: str
    anchor: str = "start"
    """``start``, ``middle`` or ``end``."""
    bold: bool = False
    halo: str = ""
    """Colour of a rim that keeps the words legible on lines; none by default."""
    upward: bool = False
    """Whether it is turned to read from below."""


Mark = Area | Line | Dot | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A sheet of ``wide`` x ``high`` px; later marks lie over earlier ones."""

    title: str
    wide: float
    high: float
    paper: str
    marks: tuple[Mark, ...]


def rectangle(box: Box, fill: str) -> Area:
    """A filled rectangle."""
    left, top, wide, high = box
    ring = np.array(
        [[left, top], [left + wide, top], [left + wide, top + high], [left, top + high]]
    )
    return Area((ring,), fill)


def text_width(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide words are in a common sans-serif face, in px."""
    return len(words) * size * (0.62 if bold else 0.57)


def shortened(words: str, size: float, room: float) -> str:
    """The words, cut with an ellipsis where they are wider than the room."""
    most = int(room / (size * 0.57))
    return words if len(words) <= most else words[: max(1, most - 1)].rstrip() + "…"


def legible(text: str) -> str:
    """Text without what no file may hold and what turns the direction of writing."""
    turns = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    return "".join(sign for sign in text if sign >= " " and sign not in turns)


def ticks(low: float, high: float, most: int) -> list[float]:
    """At most so many round values from low to high: multiples of 1, 2, 2.5 or 5 and a power."""
    rough = (high - low) / max(most - 1, 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(k * power for k in (1, 2, 2.5, 5, 10) if k * power >= rough)
    first = math.ceil(low / step - 1e-9)
    return [k * step for k in range(first, math.floor(high / step + 1e-9) + 1)]
