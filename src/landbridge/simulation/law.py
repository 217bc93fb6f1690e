"""How long a step takes: families of durations, in hours."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from landbridge.kernels.draws import ERLANG, EXPONENTIAL, FIXED, LOGNORMAL, TABLE, UNIFORM

Z90 = 1.2815515655446004
"""90 % quantile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Law:
    """One distribution of a time; made by its class methods, each of which names its parameters."""

    family: int
    a: float
    b: float = 0.0
    c: float = 0.0
    plus: float = 0.0
    """Hours added to each draw."""
    quantiles: tuple[float, ...] = ()

    @classmethod
    def fixed(cls, hours: float) -> Law:
        """So many hours, always."""
        return cls(FIXED, hours)

    @classmethod
    def uniform(cls, low: float, high: float) -> Law:
        """Anything between two ends alike."""
        return cls(UNIFORM, low, high)

    @classmethod
    def exponential(cls, mean: float) -> Law:
        """No memory."""
        return cls(EXPONENTIAL, mean)

    @classmethod
    def erlang(cls, mean: float, stages: int) -> Law:
        """The sum of so many equal exponential stages."""
        return cls(ERLANG, mean, stages)

    @classmethod
    def lognormal(cls, low: float, typical: float, high: float) -> Law:
        """Quantiles of 10, 50 and 90 %: one lognormal below the median, another above it."""
        if not 0.0 < low <= typical <= high:
            raise ValueError(
                f"lognormal({low}, {typical}, {high}): 0 < low <= typical <= high must hold"
            )
        return cls(
            LOGNORMAL, typical, math.log(typical / low) / Z90, math.log(high / typical) / Z90
        )

    @classmethod
    def table(cls, quantiles: Sequence[float]) -> Law:
        """Any distribution by its quantiles at 0, 1/n, ..., 1, straight between them."""
        return cls(TABLE, 0.0, len(quantiles) - 1, quantiles=tuple(quantiles))

    def shifted(self, hours: float) -> Law:
        """The same, and so many hours more each time: a drive and what is uncertain about it."""
        return replace(self, plus=self.plus + hours)

    def mean(self) -> float:
        """The expected hours."""
        if self.family == UNIFORM:
            mean = (self.a + self.b) / 2.0
        elif self.family == LOGNORMAL:
            mean = self.a * (_half(-self.b) + _half(self.c))
        elif self.family == TABLE:
            inner = sum(self.quantiles) - (self.quantiles[0] + self.quantiles[-1]) / 2.0
            mean = inner / (len(self.quantiles) - 1)
        else:
            mean = self.a
        return mean + self.plus

    def fault(self) -> str | None:
        """What is wrong with the parameters, or None."""
        numbers = (self.a, self.b, self.c, self.plus, *self.quantiles)
        if not all(math.isfinite(x) for x in numbers):
            return "a parameter is not a finite number"
        if min(numbers) < 0.0:
            return "a parameter is negative"
        if self.family == UNIFORM and self.a > self.b:
            return f"low {self.a} lies above high {self.b}"
        if self.family == ERLANG and (self.b < 1 or self.b != int(self.b)):
            return f"{self.b} stages: a whole number from 1 on is needed"
        if self.family == TABLE and (
            len(self.quantiles) < 2 or list(self.quantiles) != sorted(self.quantiles)  # noqa: PLR2004 - two ends
        ):
            return "quantiles must be two or more, and rise"
        return None


AT_ONCE = Law.fixed(0.0)


def _half(sigma: float) -> float:
    """The mean of exp(|sigma| z) over the half of the standard normal on the side of its sign."""
    return math.exp(sigma * sigma / 2.0) * 0.5 * (1.0 + math.erf(sigma / math.sqrt(2.0)))
