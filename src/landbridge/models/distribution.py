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

Every draw is a function of a standard normal number, so that figures can move together: those of
one *group* share a part of that number (a Gaussian copula with one factor).
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landbridge.schema.column import Floats

Z90 = 1.2815515655446004
"""90 % quantile of the standard normal distribution."""
COMMON = 0.3
"""Correlation, before each family's own shape, of two figures of one group. Estimated: nobody
publishes it; 0 would say that a port's bad week delays nothing else there, 1 that all else waits
alike (0.1 to 0.5 by judgement)."""
_Z = np.linspace(-6.0, 6.0, 1201)
_PHI = np.array([0.5 * math.erfc(-z / math.sqrt(2.0)) for z in _Z.tolist()])


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
    def variance(self) -> float:
        """Squared standard deviation."""
        if self.family == "uniform":
            return (self.high - self.low) ** 2 / 12
        if self.family == "pert":
            mean = self.mean
            return (mean - self.low) * (self.high - mean) / 7
        if self.family == "lognormal":
            return self.mean**2 * math.expm1(self.sigma**2)
        return 0.0

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


def fixed(value: float) -> Spread:
    """A figure that is certain."""
    return Spread("fixed", value, value, value)


def draws(spread: Spread, name: str, seed: int, count: int, group: str = "") -> Floats:
    """``count`` values of the figure called ``name``.

    They depend on name, group and seed alone: the same border has the same bad days in every
    option and scenario (common random numbers), whatever else is drawn and by how many threads.
    """
    if spread.family == "fixed" or spread.high <= spread.low:
        return np.full(count, spread.typical)
    z = normals(name, seed, count)
    if group:
        shared = normals(f"group {group}", seed, count)
        z = math.sqrt(1 - COMMON) * z + math.sqrt(COMMON) * shared
    if spread.family == "lognormal":
        return spread.typical * np.exp(spread.sigma * z)
    width = spread.high - spread.low
    if spread.family == "uniform":
        return spread.low + width * np.interp(z, _Z, _PHI)
    mode = round((spread.typical - spread.low) / width, 6)
    return spread.low + width * np.interp(z, _Z, _pert_quantiles(mode))


def normals(name: str, seed: int, count: int) -> Floats:
    """``count`` standard normal numbers that depend on name and seed alone."""
    digest = hashlib.sha256(name.encode()).digest()
    key = np.frombuffer(digest[:8], np.uint64)[0] ^ np.uint64(seed)
    return np.random.Generator(np.random.Philox(key=int(key))).standard_normal(count)


@lru_cache(maxsize=4096)
def _pert_quantiles(mode: float) -> Floats:
    """Quantiles of the beta on [0, 1] with that mode, at the probabilities of ``_Z``."""
    a, b = 1 + 4 * mode, 5 - 4 * mode
    x = np.linspace(0.0, 1.0, 4097)
    middle = (x[1:] + x[:-1]) / 2
    share = np.cumsum(middle ** (a - 1) * (1 - middle) ** (b - 1))
    share = np.concatenate([[0.0], share / share[-1]])
    return np.interp(_PHI, share, x)
