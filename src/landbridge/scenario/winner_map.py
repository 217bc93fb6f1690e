"""Which of two options wins over two parameters: a map as SVG, without any library.

Drawn in the parameters' own units: from nothing, or a tenth for a speed, to what holds the range of
the row and the tie. Each row of cells is one rectangle per run of the same winner.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from landbridge.errors import QuestionError
from landbridge.scenario.balance import Balance, value_at
from landbridge.scenario.breakeven import BreakEvenResult, Parameter
from landbridge.scenario.curve import span

CELLS = 80
SIZE, LEFT, TOP, WIDE, HIGH = 480, 90, 70, 680, 640
COLOURS = ("#2166ac", "#f4a582")
"""Blue and orange: told apart by the colour-blind and in print."""


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


def svg_of(drawn: WinnerMap) -> str:
    """The map as one SVG file: areas, axes in units, today's point, legend, text for readers."""
    cell = SIZE / CELLS
    title = f"Who wins: {drawn.names[0]} or {drawn.names[1]}"
    view = f'viewBox="0 0 {WIDE} {HIGH}" role="img" font-family="sans-serif" font-size="13"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {view}><title>{escape(title)}</title>',
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
    ]
    for k, name in enumerate(drawn.names):
        parts.append(f'<rect x="{LEFT}" y="{14 + 22 * k}" width="14" height="14" '
                     f'fill="{COLOURS[k]}"/>')  # fmt: skip
        parts.append(f'<text x="{LEFT + 22}" y="{26 + 22 * k}">{escape(name)} wins</text>')
    for j, row in enumerate(drawn.first_wins):
        top = TOP + SIZE - (j + 1) * cell
        start = 0
        for k in range(1, CELLS + 1):
            if k == CELLS or row[k] != row[start]:
                parts.append(
                    f'<rect x="{LEFT + start * cell:.2f}" y="{top:.2f}"'
                    f' width="{(k - start) * cell:.2f}" height="{cell + 0.3:.2f}"'
                    f' fill="{COLOURS[0 if row[start] else 1]}"/>'
                )
                start = k
    parts += _axes(drawn)
    return "\n".join([*parts, "</svg>", ""])


def _axes(drawn: WinnerMap) -> list[str]:
    parts: list[str] = []
    spans = [span_of(values) for values in (drawn.x, drawn.y)]
    for k in range(6):
        at = k / 5
        a, b = (low + (high - low) * at for low, high in spans)
        parts.append(f'<text x="{LEFT + SIZE * at:.1f}" y="{TOP + SIZE + 18}"'
                     f' text-anchor="middle">{a:,.4g}</text>')  # fmt: skip
        parts.append(f'<text x="{LEFT - 8}" y="{TOP + SIZE * (1 - at) + 4:.1f}"'
                     f' text-anchor="end">{b:,.4g}</text>')  # fmt: skip
    across, up = (f"{one.figure.words} ({one.figure.unit})" for one in (drawn.across, drawn.up))
    parts.append(f'<text x="{LEFT + SIZE / 2}" y="{TOP + SIZE + 42}" text-anchor="middle">'
                 f"{escape(across)}</text>")  # fmt: skip
    middle = TOP + SIZE / 2
    parts.append(f'<text transform="translate(20 {middle}) rotate(-90)" text-anchor="middle">'
                 f"{escape(up)}</text>")  # fmt: skip
    x, y = (
        (one.figure.typical - low) / (high - low)
        for one, (low, high) in zip((drawn.across, drawn.up), spans, strict=True)
    )
    parts.append(f'<circle cx="{LEFT + SIZE * x:.1f}" cy="{TOP + SIZE * (1 - y):.1f}" r="5"'
                 ' fill="#fff" stroke="#000" stroke-width="2"/>')  # fmt: skip
    parts.append(f'<text x="{LEFT + SIZE * x + 9:.1f}" y="{TOP + SIZE * (1 - y) - 7:.1f}">'
                 "today</text>")  # fmt: skip
    return parts


def span_of(values: list[float]) -> tuple[float, float]:
    """Where the cells begin and end."""
    half = (values[1] - values[0]) / 2
    return values[0] - half, values[-1] + half
