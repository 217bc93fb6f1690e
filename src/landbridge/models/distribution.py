"""Uncertain figures: low, typical, high and the family that joins them.

=========== ============================================ ===========================
family      meaning of low, typical, high                mean
=========== ============================================ ===========================
fixed       the typical value, always                    typical
uniform     anything from low to high alike              (low + high) / 2
pert        beta on [low, high] with its mode at         (low + 4 typical + high) / 6
            typical (Malcolm et al. 1959, lambda = 4)
lognormal   quantiles of 10, 50 and 90 %: one lognormal  see ``Spread.mean``
            below the median, another above it
=========== ============================================ ===========================

Why these. What has hard ends (a speed, a lift, a price in a tariff) is a *pert*: nothing lies
outside [low, high]. What queues (borders, ports, terminals) has no upper end and a long tail, and
its delays multiply: a *lognormal*. The World Bank's survey of logistics asks for the best case of
ten in a hundred and for the median and averages their logarithms; our low and typical are read
alike. A published range is seldom as far below its middle as above it on the scale of logarithms,
so each side has a spread of its own (a split lognormal): all three figures are met exactly, and
where high / typical = typical / low it is the common lognormal.

Every draw is a function of a standard normal number, so that figures can move together: those of
one *group* share a part of that number (a Gaussian copula with one factor per group). Groups are
nested, ``IR/IRSRP``: all of Iran shares a factor, and its port of Bandar Abbas one more.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from landbridge.schema.column import Floats

FAMILIES = ("fixed", "uniform", "pert", "lognormal")
Z90 = 1.2815515655446004
"""90 % quantile of the standard normal distribution."""
COMMON = 0.3
"""Share of the variance, before each family's own shape, that a group brings: the correlation of
two figures of one country is 0.3, of two at one terminal 0.6. Estimated: nobody publishes it; 0
would say that a country's bad week delays nothing else there, 1 that all else waits alike (0.1 to
0.5 by judgement)."""
LEAST_SHARE = 1e-3
"""A low of 0 is read as this share of the median: the logarithm has none."""
MOST_NESTED = 3
"""A group may have so many levels; their shares must leave something for the figure itself."""
_Z = np.linspace(-6.0, 6.0, 1201)


def _phi(z: float) -> float:
    """Standard normal distribution function."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


_PHI = np.array([_phi(z) for z in _Z.tolist()])


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
            return _lognormal_mean(self)
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
            return max(0.0, self.typical**2 * self.moment(2) - self.mean**2)
        return 0.0

    @property
    def sigma(self) -> tuple[float, float]:
        """Standard deviation of the logarithm below and above the median, of a lognormal figure."""
        if self.typical <= 0:
            return 0.0, 0.0
        low = max(self.low, self.typical * LEAST_SHARE)
        below = math.log(self.typical / low) / Z90 if low < self.typical else 0.0
        above = math.log(self.high / self.typical) / Z90 if self.high > self.typical else 0.0
        return below, above

    def moment(self, power: int) -> float:
        """Mean of the ``power`` of the figure over its median, of a lognormal one.

        Above the median E[exp(s Z); Z > 0] = exp(s^2 / 2) Phi(s), and below it the same with -s.
        """
        below, above = (power * sigma for sigma in self.sigma)
        return math.exp(above**2 / 2) * _phi(above) + math.exp(below**2 / 2) * _phi(-below)

    def scaled(self, factor: float) -> Spread:
        """The figure times a constant."""
        return Spread(self.family, self.low * factor, self.typical * factor, self.high * factor)

    def inverse(self) -> Spread:
        """One over the figure: a pace from a speed. Mean and samples are of the pace itself."""
        return Spread(self.family, 1 / self.high, 1 / self.typical, 1 / self.low)


@lru_cache(maxsize=16_384)
def _lognormal_mean(spread: Spread) -> float:
    return spread.typical * spread.moment(1)


def fixed(value: float) -> Spread:
    """A figure that is certain."""
    return Spread("fixed", value, value, value)


def draws(spread: Spread, name: str, seed: int, count: int, group: str = "") -> Floats:
    """``count`` values of the figure called ``name``.

    They depend on name, group and seed alone: the same border has the same bad days in every
    option and scenario (common random numbers), whatever else is drawn and by how many threads.
    ``group``: what it moves together with, ``country`` or ``country/terminal``; each level shares.
    """
    if spread.family == "fixed" or spread.high <= spread.low:
        return np.full(count, spread.typical)
    z = normals(name, seed, count)
    if group:
        nested = groups_of(group)
        z *= math.sqrt(1 - COMMON * len(nested))
        for whole in nested:
            z += math.sqrt(COMMON) * normals(f"group {whole}", seed, count)
    if spread.family == "lognormal":
        below, above = spread.sigma
        return spread.typical * np.exp(np.where(z < 0, below, above) * z)
    width = spread.high - spread.low
    if spread.family == "uniform":
        return spread.low + width * np.interp(z, _Z, _PHI)
    mode = round((spread.typical - spread.low) / width, 6)
    return spread.low + width * np.interp(z, _Z, _pert_quantiles(mode))


def groups_of(group: str) -> list[str]:
    """What figures of a group share: ``IR``, then ``IR/IRSRP``; nothing for an empty one."""
    levels = group.split("/")[:MOST_NESTED] if group else []
    return ["/".join(levels[: level + 1]) for level in range(len(levels))]


def normals(name: str, seed: int, count: int) -> Floats:
    """``count`` standard normal numbers that depend on name and seed alone."""
    digest = hashlib.sha256(name.encode()).digest()
    key = np.frombuffer(digest[:8], np.uint64)[0] ^ np.uint64(seed)
    return np.random.Generator(np.random.Philox(key=int(key))).standard_normal(count)


def quantiles_of(spread: Spread, levels: Floats) -> Floats:
    """The figure at probabilities (n,); at 0 and 1 those of six standard deviations."""
    if spread.family == "fixed" or spread.high <= spread.low:
        return np.full(len(levels), spread.typical)
    width = spread.high - spread.low
    if spread.family == "uniform":
        return spread.low + width * levels
    if spread.family == "lognormal":
        below, above = spread.sigma
        z = np.interp(levels, _PHI, _Z)
        return spread.typical * np.exp(np.where(z < 0, below, above) * z)
    mode = round((spread.typical - spread.low) / width, 6)
    return spread.low + width * np.interp(levels, _PHI, _pert_quantiles(mode))


@lru_cache(maxsize=4096)
def _pert_quantiles(mode: float) -> Floats:
    """Quantiles of the beta on [0, 1] with that mode, at the probabilities of ``_Z``."""
    a, b = 1 + 4 * mode, 5 - 4 * mode
    x = np.linspace(0.0, 1.0, 4097)
    middle = (x[1:] + x[:-1]) / 2
    share = np.cumsum(middle ** (a - 1) * (1 - middle) ** (b - 1))
    share = np.concatenate([[0.0], share / share[-1]])
    return np.interp(_PHI, share, x)
