"""Figures of ``route`` as laws of the simulation: the same low, typical, high and family."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import numpy as np

from landbridge.models.distribution import COMMON, LEAST_SHARE, Spread, groups_of, quantiles_of
from landbridge.simulation.law import Law

POINTS = 512
"""Stretches of a tabled law: its mean is met to some hundredths of a percent."""


def law_of(spread: Spread, factor: float, less: float = 0.0) -> Law:
    """The law of ``factor`` x ``spread`` hours, less what something before has taken."""
    low, typical, high = (factor * x for x in (spread.low, spread.typical, spread.high))
    if spread.family == "fixed" or high <= low:
        return Law.fixed(max(typical - less, 0.0))
    if less <= 0 and spread.family == "uniform":
        return Law.uniform(low, high)
    if less <= 0 and spread.family == "lognormal":
        return Law.lognormal(max(low, typical * LEAST_SHARE), typical, high)
    at = quantiles_of(spread, np.linspace(0.0, 1.0, POINTS + 1)) * factor
    return Law.table(np.maximum(at - less, 0.0).tolist())


def tag_of(name: str) -> int:
    """Amounts of one name have one draw in each lot, as they have in each sample of ``route``."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=6).digest(), "little")


@lru_cache(maxsize=4096)
def shared_of(group: str) -> tuple[tuple[int, float], ...]:
    """What figures of a group share in the draws of a lot, as in a sample of ``route``."""
    return tuple((tag_of(f"group {name}"), COMMON) for name in groups_of(group))
