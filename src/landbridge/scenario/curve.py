"""The difference of two options over a parameter, with its spread: what a curve is drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from landbridge.scenario.balance import MOST, Balance, Sum, tie_of
from landbridge.scenario.breakeven import CARBON_PRICE, BreakEven, Parameter

POINTS = 41
BEYOND = 1.2
"""A curve goes on beyond its tie by that factor."""
LEAST_CARBON = 100.0
"""USD a tonne: a curve over the carbon price reaches at least so far."""


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """First less second with the parameter at ``value``, in the unit of the measure."""

    value: float
    mean: float
    p10: float
    p90: float


def span(gap: Balance, one: Parameter) -> tuple[float, float]:
    """From nothing, or a tenth for a speed, to twice the figure, its own high, or the tie."""
    figure = one.figure
    tie = tie_of(gap, figure.key, inverse=one.inverse)
    reach = BEYOND * tie.factor * figure.typical if tie else 0.0
    high = min(max(2 * figure.typical, figure.high, reach), MOST * figure.typical)
    return figure.typical / MOST if one.inverse else 0.0, high


def curve(gap: Balance, found: BreakEven) -> list[CurvePoint]:
    """The difference at ``POINTS`` values of a parameter; chains are held."""
    one = found.parameter
    if one.figure.key == CARBON_PRICE:
        low, high = 0.0, max(LEAST_CARBON, BEYOND * (found.value or 0.0))
    else:
        low, high = span(gap, one)
    points: list[CurvePoint] = []
    for value in np.linspace(low, high, POINTS).tolist():
        total = at(gap, one, value)
        p10, p90 = np.quantile(total.draws, (0.1, 0.9)).tolist()
        points.append(CurvePoint(value, total.mean, p10, p90))
    return points


def at(gap: Balance, one: Parameter, value: float) -> Sum:
    """The difference with the parameter at a value; a carbon price comes on top of all else."""
    figure, part = one.figure, gap.parts[one.figure.key]
    if figure.key == CARBON_PRICE:
        return gap.total.plus(part, value)
    times = figure.typical / value if one.inverse else value / figure.typical
    return gap.total.plus(part, times - 1)
