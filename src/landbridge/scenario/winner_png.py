"""The map of winners as PNG, through matplotlib, which is an extra."""
# matplotlib's own types are partly unknown
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import io

from landbridge.errors import QuestionError
from landbridge.scenario.winner_map import COLOURS, WinnerMap, span_of


def png_of(drawn: WinnerMap) -> bytes:
    """The map as PNG, through matplotlib; ``QuestionError`` where it is not installed."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415
        from matplotlib.colors import ListedColormap  # noqa: PLC0415
        from matplotlib.figure import Figure  # noqa: PLC0415
    except ImportError as error:
        raise QuestionError(
            "--png needs matplotlib: install landbridge[plot], or write --svg, which needs nothing"
        ) from error
    figure = Figure(figsize=(7, 6.4), dpi=130, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    (left, right), (low, high) = span_of(drawn.x), span_of(drawn.y)
    axes.imshow([[0 if first else 1 for first in row] for row in drawn.first_wins],
                origin="lower", aspect="auto", extent=(left, right, low, high), vmin=0, vmax=1,
                cmap=ListedColormap(list(COLOURS)))  # fmt: skip
    axes.plot([drawn.across.figure.typical], [drawn.up.figure.typical], "o", mfc="w", mec="k")
    axes.set_xlabel(f"{drawn.across.figure.words} ({drawn.across.figure.unit})")
    axes.set_ylabel(f"{drawn.up.figure.words} ({drawn.up.figure.unit})")
    axes.set_title(f"blue: {drawn.names[0]}, orange: {drawn.names[1]}; dot: today")
    body = io.BytesIO()
    figure.savefig(body, format="png", metadata={"Software": None})
    return body.getvalue()
