"""Which of two options wins over two parameters, on a grid in their own units.

From nothing, or a tenth for a speed, to what holds the range of the row and the tie.
"""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.errors import QuestionError
from landbridge.scenario.balance import Balance, value_at
from landbridge.scenario.breakeven import BreakEvenResult, Parameter
from landbridge.scenario.curve import span

CELLS = 80


@dataclass(frozen=True, eq=False)
class WinnerMap:
    """Winners on a grid; row 0 is the lowest value of the second parameter."""

    across: Parameter
    up: Parameter
    x: list[float]
    y: list[float]
    first_wins: list[list[bool]]
    names: tuple[str, str]


def winner_map(found: BreakEvenResult, across: Parameter, up: Parameter) -> WinnerMap:
    """The map of two parameters of a break-even; chains are held."""
    if across.figure.key == up.figure.key:
        raise QuestionError("--map names one parameter twice; give two")
    for one in (across, up):
        if one.figure.key.table == "question":
            raise QuestionError(
                f"--map cannot draw the {one.figure.words}: give two figures of rows"
            )
    x, y = (_values(found.gap, one) for one in (across, up))
    wins: list[list[bool]] = []
    for b in y:
        row: list[bool] = []
        for a in x:
            total = value_at(found.gap, across.figure.key, a / across.figure.typical,
                             inverse=across.inverse)  # fmt: skip
            total += value_at(found.gap, up.figure.key, b / up.figure.typical, inverse=up.inverse)
            row.append(total - found.gap.total.mean < 0)
        wins.append(row)
    return WinnerMap(across, up, x, y, wins, (found.pair[0].name, found.pair[1].name))


def _values(gap: Balance, one: Parameter) -> list[float]:
    """Middles of the cells."""
    low, high = span(gap, one)
    return [low + (high - low) * (k + 0.5) / CELLS for k in range(CELLS)]


def span_of(values: list[float]) -> tuple[float, float]:
    """Where the cells begin and end."""
    half = (values[1] - values[0]) / 2
    return values[0] - half, values[-1] + half
