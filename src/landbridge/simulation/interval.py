"""Confidence of means over replications."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.schema.column import Floats

Z975 = 1.959963984540054
"""97.5 % quantile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over replications, and half its 95 % confidence interval."""

    mean: float
    half: float


def t975(degrees: int) -> float:
    """97.5 % quantile of Student's t; Abramowitz and Stegun 26.7.5, within 0.1 % from 4 on.

    One, two and three degrees are tabled (12.706, 4.303, 3.182).
    """
    if degrees < 4:  # noqa: PLR2004
        return (math.inf, 12.7062, 4.3027, 3.1824)[degrees]
    z, n = Z975, float(degrees)
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
    )


def half_width(values: Floats) -> float:
    """Half the 95 % confidence interval of the mean of independent values; inf below two."""
    if len(values) < 2:  # noqa: PLR2004 - a mean of one has no spread
        return math.inf
    return t975(len(values) - 1) * float(np.std(values, ddof=1)) / math.sqrt(len(values))


def estimate(values: Sequence[float]) -> Estimate:
    """Mean and half-width of what each replication came to."""
    found = np.array(values)
    return Estimate(float(found.mean()), half_width(found))
