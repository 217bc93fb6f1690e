"""Quantiles by simulation: every uncertain part of a chain is drawn, and the draws are summed."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from landbridge.models.distribution import Spread, draws
from landbridge.routing.amount import Amount
from landbridge.schema.column import Floats

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
        if key not in self._held:
            self._held[key] = draws(spread, name, self.seed, self.count, group)
        return self._held[key]


LEVELS = (0.1, 0.5, 0.8, 0.9, 0.95)


def quantiles(values: Floats) -> dict[str, float]:
    """Mean, p10, p50, p80, p90, p95."""
    levels = np.quantile(values, LEVELS).tolist()
    named = {f"p{level * 100:.0f}": value for level, value in zip(LEVELS, levels, strict=True)}
    return {"mean": float(values.mean()), **named}
