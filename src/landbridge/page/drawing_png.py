"""A drawing as PNG, through matplotlib, which is an extra."""
# matplotlib's own types are partly unknown
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

import io
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from landbridge.errors import QuestionError
from landbridge.page.drawing import Area, Box, Dot, Drawing, Line, Mark, Text, legible

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

PX_PER_INCH = 96.0
SHARPER = 2.0
"""Pixels of the file per px of the drawing."""
POINT = 72.0 / PX_PER_INCH
"""Points per px, in which matplotlib measures widths and letters."""
HALO = 3.0


def check_png() -> None:
    """Raise ``QuestionError`` where matplotlib is not installed: before the work, not after it."""
    if find_spec("matplotlib") is None:
        raise QuestionError(
            "--png needs matplotlib: install landbridge[plot], or write --svg, which needs nothing"
        )


def png_of(drawing: Drawing) -> bytes:
    """The bytes of the file; ``QuestionError`` where matplotlib is not installed."""
    check_png()
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415 - an extra
    from matplotlib.figure import Figure  # noqa: PLC0415

    inches = drawing.wide / PX_PER_INCH, drawing.high / PX_PER_INCH
    figure = Figure(figsize=inches, dpi=PX_PER_INCH * SHARPER, facecolor=drawing.paper)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    axes.set_xlim(0, drawing.wide)
    axes.set_ylim(drawing.high, 0)
    for order, mark in enumerate(drawing.marks, start=1):
        _draw(axes, mark, order)
    body = io.BytesIO()
    with warnings.catch_warnings():
        # a name in a script that the face lacks is drawn as boxes, which is no reason to fail
        warnings.filterwarnings("ignore", message="Glyph")
        figure.savefig(body, format="png", metadata={"Software": None})
    return body.getvalue()


def _draw(axes: Axes, mark: Mark, order: int) -> None:
    from matplotlib.patches import Circle, PathPatch  # noqa: PLC0415
    from matplotlib.path import Path  # noqa: PLC0415

    if isinstance(mark, Area):
        parts = [Path(np.vstack([ring, ring[:1]]), closed=True) for ring in mark.rings]
        shape = PathPatch(
            Path.make_compound_path(*parts), facecolor=mark.fill, zorder=order,
            edgecolor=mark.stroke or "none", linewidth=mark.width * POINT,
        )  # fmt: skip
        axes.add_patch(shape)
        _clip(axes, shape, mark.clip)
    elif isinstance(mark, Line):
        dash = (0, tuple(x * POINT for x in mark.dash)) if mark.dash else "solid"
        line = PathPatch(
            Path(mark.points), facecolor="none", edgecolor=mark.stroke, zorder=order,
            linewidth=mark.width * POINT, linestyle=dash, alpha=mark.opacity, joinstyle="round",
        )  # fmt: skip
        axes.add_patch(line)
        _clip(axes, line, mark.clip)
    elif isinstance(mark, Dot):
        axes.add_patch(Circle((mark.x, mark.y), mark.radius, facecolor=mark.fill, zorder=order,
                              edgecolor=mark.stroke, linewidth=mark.width * POINT))  # fmt: skip
    else:
        _write(axes, mark, order)


def _write(axes: Axes, mark: Text, order: int) -> None:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415

    anchor = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
    words = axes.text(
        mark.x, mark.y, legible(mark.words), size=mark.size * POINT, color=mark.fill, ha=anchor,
        va="baseline", zorder=order, weight="bold" if mark.bold else "normal",
        rotation=90 if mark.upward else 0, rotation_mode="anchor", parse_math=False,
        family="DejaVu Sans",
    )  # fmt: skip
    if mark.halo:
        words.set_path_effects([withStroke(linewidth=HALO * POINT, foreground=mark.halo)])


def _clip(axes: Axes, shape: Artist, frame: Box | None) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415

    if frame is not None:
        left, top, wide, high = frame
        shape.set_clip_path(Rectangle((left, top), wide, high, transform=axes.transData))
