"""Quantiles by simulation: every uncertain part of a chain is drawn, and the draws are summed."""

from __future__ import annotations

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
        values = self._draw(amount.name, amount.spread, amount.group) * amount.factor
        return values * self._draw(f"phase of {amount.name}", UNIFORM) if amount.wait else values

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
    levels = np.quantile(values, LEVELS).tolist()
    named = {f"p{level * 100:.0f}": value for level, value in zip(LEVELS, levels, strict=True)}
    return {"mean": float(values.mean()), **named}
