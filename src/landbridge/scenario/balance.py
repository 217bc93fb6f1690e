"""What an option takes, split by the figures behind it, and when two of them tie.

In time, money or generalised cost an option is a sum in which each figure appears as a multiple:
km x price, half a headway, a share of 1 / speed. With the chain held, the difference of two
options is linear in the factor on a figure (on one over it, for a speed), so the tie is exact.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from landbridge.routing.amount import Amount
from landbridge.routing.figures import Key, key_of
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult
from landbridge.routing.sample import Sampler
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY

MEASURES = ("time", "money", "generalised", "co2e")
UNITS = {"time": "days", "money": "USD", "generalised": "USD", "co2e": "kg"}
MOST = 10.0
"""A figure is tried from nothing to that many times what it is."""
Z95 = 1.959963984540054
"""97.5 % quantile of the standard normal distribution."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What a day, a USD and a kg of CO2e count in the measure."""

    per_hour: float
    per_usd: float
    per_kg: float


def weights_of(measure: str, usd_per_teu_day: float, teu: float) -> Weights:
    """Days, USD, USD with time at its value, or kg CO2e."""
    return {
        "time": Weights(1 / HOURS_PER_DAY, 0.0, 0.0),
        "money": Weights(0.0, 1.0, 0.0),
        "generalised": Weights(usd_per_teu_day * teu / HOURS_PER_DAY, 1.0, 0.0),
        "co2e": Weights(0.0, 0.0, 1.0),
    }[measure]


@dataclass(frozen=True, eq=False)
class Sum:
    """A quantity with its expected value and its draws; (n_samples,)."""

    mean: float
    draws: Floats

    def plus(self, other: Sum, times: float = 1.0) -> Sum:
        """Itself and a multiple of another."""
        return Sum(self.mean + times * other.mean, self.draws + times * other.draws)


@dataclass(frozen=True, eq=False)
class Balance:
    """A quantity, and the part of it that each figure is a factor of."""

    total: Sum
    parts: dict[Key, Sum]

    def less(self, other: Balance, times: float = 1.0) -> Balance:
        """Itself minus a multiple of another."""
        parts = dict(self.parts)
        none = Sum(0.0, np.zeros_like(self.total.draws))
        for key, part in other.parts.items():
            parts[key] = parts.get(key, none).plus(part, -times)
        return Balance(self.total.plus(other.total, -times), parts)

    def less_constant(self, value: float) -> Balance:
        """Itself minus a number."""
        return Balance(Sum(self.total.mean - value, self.total.draws - value), self.parts)


def balance(result: RouteResult, option: Option, weights: Weights) -> Balance:
    """What an option takes in a measure, by figure.

    The waits of the calendar (nights, holidays), demurrage, and what interest comes to over the
    hours as played through are part of the total and of no figure.
    """
    sampler = result.player.sampler
    count = sampler.count
    total = Sum(0.0, np.zeros(count))
    parts: dict[Key, Sum] = {}
    spent = np.zeros(count)
    for leg in option.itinerary.legs:
        for amounts, weight, money in (
            (leg.hours, weights.per_hour, False), (leg.usd, weights.per_usd, True),
            (leg.wtw, weights.per_kg, True),
        ):  # fmt: skip
            for one in amounts:
                if not weight:
                    continue
                draws = sampler.of(one)
                part = Sum(0.0, np.zeros(count)).plus(
                    _billed(option, one, draws) if amounts is leg.usd else Sum(one.mean, draws),
                    weight,
                )
                total = total.plus(part)
                if not money:
                    spent += draws
                key = key_of(one, money=money)
                if key is not None:
                    parts[key] = parts[key].plus(part) if key in parts else part
    if weights.per_usd:
        total = total.plus(_after_the_search(option, sampler), weights.per_usd)
    if weights.per_hour:
        calendar = (option.trip.hours - spent) * weights.per_hour
        total = total.plus(Sum(float(calendar.mean()), calendar))
    return Balance(total, parts)


def _billed(option: Option, one: Amount, draws: Floats) -> Sum:
    """An amount of USD at the level of prices of the bill."""
    level = option.bill.level_of(one)
    return Sum(option.bill.expected(one), draws if level is None else draws * level.draws)


def _after_the_search(option: Option, sampler: Sampler) -> Sum:
    """Demurrage, and interest over the hours as played through, which are billed after it."""
    found = Sum(option.bill.usd, option.bill.samples)
    for leg in option.itinerary.legs:
        for one in leg.usd:
            found = found.plus(_billed(option, one, sampler.of(one)), -1.0)
    return found


@dataclass(frozen=True, slots=True)
class Tie:
    """The factor on a figure at which a balance is zero, with its 95 % interval."""

    factor: float
    low: float
    high: float


def tie_of(gap: Balance, key: Key, *, inverse: bool) -> Tie | None:
    """Where the balance is zero; None where no factor from 0 to ``MOST`` makes it so.

    The interval is that of the draws: a ratio of two means, by the delta method.
    """
    part = gap.parts.get(key)
    if part is None or part.mean == 0:
        return None
    rest = gap.total.plus(part, -1.0)
    ratio = -rest.mean / part.mean
    if not math.isfinite(ratio) or ratio < 0 or (inverse and ratio < 1 / MOST):
        return None
    if not inverse and ratio > MOST:
        return None
    residue = (rest.draws + ratio * part.draws) / part.mean
    error = Z95 * float(residue.std()) / math.sqrt(len(residue))
    low, high = ratio - error, ratio + error
    if inverse:
        return Tie(1 / ratio, 1 / high, 1 / low if low > 0 else math.inf)
    return Tie(ratio, max(low, 0.0), high)


def value_at(gap: Balance, key: Key, factor: float, *, inverse: bool) -> float:
    """The expected balance with the figure multiplied."""
    part = gap.parts.get(key)
    if part is None:
        return gap.total.mean
    times = (1 / factor if factor else math.inf) if inverse else factor
    return gap.total.mean + part.mean * (times - 1)
