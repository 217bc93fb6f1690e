"""The kinds of column, and the rules that an annotation can state about one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from numpy.typing import NDArray

Texts = np.ndarray[tuple[int], np.dtypes.StringDType]
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]
Shorts = NDArray[np.int16]
Codes = NDArray[np.int8]
Flags = NDArray[np.bool_]

ALWAYS = -(2**31)
"""Opened before anything that can be asked about."""
NEVER = 2**31 - 1
"""Does not happen within anything that can be asked about."""


@dataclass(frozen=True, slots=True)
class Day:
    """The column holds days since 1970-01-01; ``empty`` is what a blank cell of a file means."""

    empty: int = NEVER


Days = Annotated[NDArray[np.int32], Day()]
"""Days since 1970-01-01; ``ALWAYS`` and ``NEVER`` stand for the open ends of time."""
Since = Annotated[NDArray[np.int32], Day(ALWAYS)]
"""The first day on which the row holds."""
Until = Annotated[NDArray[np.int32], Day(NEVER)]
"""The first day on which it holds no more."""


@dataclass(frozen=True, slots=True)
class Key:
    """The column holds the stable id of the row: not empty, no value twice."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The column holds row numbers of another table; -1 means none where ``optional``."""

    table: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of the column's values, as printed."""

    name: str


@dataclass(frozen=True, slots=True)
class Range:
    """Values lie in [low, high] and are finite, but NaN passes where ``missing``."""

    low: float = -np.inf
    high: float = np.inf
    missing: bool = False


@dataclass(frozen=True, slots=True)
class OneOf:
    """A text column holds one of these words, or a code column an index into them."""

    words: tuple[str, ...]
    empty: bool = False
