"""Quantiles by simulation: every uncertain part of a chain is drawn, and the draws are summed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from landbridge.models.distribution import Spread, draws
from landbridge.routing.amount import Amount
from landbridge.routing.kept import Kept
from landbridge.schema.column import Floats

MOST_DRAWN = 32 << 20
"""Bytes of draws that are kept between questions: 4,000 figures by 1,000 samples."""
UNIFORM = Spread("uniform", 0.0, 0.5, 1.0)


@dataclass(eq=False)
class Sampler:
    """Draws by name, made once: options that share a border share its bad days."""

    seed: int
    count: int
    _held: dict[tuple[str, Spread, str], Floats] = field(
        default_factory=dict[tuple[str, Spread, str], Floats]
    )

    def of(self, amount: Amount) -> Floats:
        """The samples of one amount."""
        values = self.one(amount) * amount.factor
        return values * self._draw(f"phase of {amount.name}", UNIFORM) if amount.wait else values

    def one(self, amount: Amount) -> Floats:
        """The samples of one unit of an amount, without the phase of a wait."""
        return self._draw(amount.name, amount.spread, amount.group)

    def total(self, amounts: list[Amount]) -> Floats:
        """The samples of a sum."""
        found = np.zeros(self.count)
        for amount in amounts:
            found += self.of(amount)
        return found

    def _draw(self, name: str, spread: Spread, group: str = "") -> Floats:
        key = (name, spread, group)
        found = self._held.get(key)
        if found is None:
            found = _drawn(name, spread, group, self.seed, self.count)
            self._held[key] = found
        return found


_DRAWS: Kept[Floats] = Kept(MOST_DRAWN, lambda one: one.nbytes)
"""Draws of all questions: they depend on nothing but the key."""


def _drawn(name: str, spread: Spread, group: str, seed: int, count: int) -> Floats:
    def make() -> Floats:
        found = draws(spread, name, seed, count, group)
        found.flags.writeable = False
        return found

    return _DRAWS.of((name, spread, group, seed, count), make)


LEVELS = (0.1, 0.5, 0.8, 0.9, 0.95)


def quantiles(values: Floats) -> dict[str, float]:
    """Mean, p10, p50, p80, p90, p95."""
    ordered = np.sort(values)
    named = {f"p{level * 100:.0f}": _quantile(ordered, level) for level in LEVELS}
    return {"mean": float(values.mean()), **named}


def _quantile(ordered: Floats, level: float) -> float:
    """As ``np.quantile`` to the bit, of values that are sorted once for all levels."""
    place = level * (len(ordered) - 1)
    below = math.floor(place)
    share = place - below
    low, high = float(ordered[below]), float(ordered[min(below + 1, len(ordered) - 1)])
    if share >= 0.5:  # noqa: PLR2004 - from the nearer end
        return high - (high - low) * (1 - share)
    return low + (high - low) * share
