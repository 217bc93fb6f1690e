"""Uncertain figures: low, typical, high and the family that joins them.

=========== ============================================ ===========================
family      meaning                                      mean
=========== ============================================ ===========================
fixed       the typical value, always                    typical
uniform     anything from low to high alike              (low + high) / 2
pert        beta on [low, high] with its mode at         (low + 4 typical + high) / 6
            typical (Malcolm et al. 1959, lambda = 4)
lognormal   median typical, nine in ten below high       typical exp(sigma^2 / 2)
=========== ============================================ ===========================

The lognormal has the long tail of queues at borders and ports; its ``low`` is told, not used.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass

import numpy as np

from landbridge.schema.column import Floats

Z90 = 1.2815515655446004
"""90 % quantile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Spread:
    """One uncertain figure in the unit of whoever holds it."""

    family: str
    low: float
    typical: float
    high: float

    @property
    def mean(self) -> float:
        """Expected value: what the search adds up."""
        if self.family == "uniform":
            return (self.low + self.high) / 2
        if self.family == "pert":
            return (self.low + 4 * self.typical + self.high) / 6
        if self.family == "lognormal":
            return self.typical * math.exp(self.sigma**2 / 2)
        return self.typical

    @property
    def sigma(self) -> float:
        """Standard deviation of the logarithm, of a lognormal figure."""
        if self.typical <= 0 or self.high <= self.typical:
            return 0.0
        return math.log(self.high / self.typical) / Z90

    def scaled(self, factor: float) -> Spread:
        """The figure times a constant."""
        return Spread(self.family, self.low * factor, self.typical * factor, self.high * factor)

    def inverse(self) -> Spread:
        """One over the figure: a pace from a speed. Mean and samples are of the pace itself."""
        return Spread(self.family, 1 / self.high, 1 / self.typical, 1 / self.low)


def draws(spread: Spread, name: str, seed: int, count: int) -> Floats:
    """``count`` values of the figure called ``name``.

    They depend on name and seed alone: the same border has the same bad days in every option and
    scenario (common random numbers), whatever else is drawn and by how many threads.
    """
    if spread.family == "fixed" or spread.high <= spread.low:
        return np.full(count, spread.typical)
    digest = hashlib.sha256(name.encode()).digest()
    key = np.frombuffer(digest[:8], np.uint64)[0] ^ np.uint64(seed)
    random = np.random.Generator(np.random.Philox(key=int(key)))
    if spread.family == "uniform":
        return random.uniform(spread.low, spread.high, count)
    if spread.family == "lognormal":
        return spread.typical * np.exp(spread.sigma * random.standard_normal(count))
    width = spread.high - spread.low
    a = 1 + 4 * (spread.typical - spread.low) / width
    b = 1 + 4 * (spread.high - spread.typical) / width
    return spread.low + width * random.beta(a, b, count)
