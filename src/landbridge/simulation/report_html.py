"""A run as tables of HTML, as a notebook shows it: every text is escaped, nothing is run."""

from __future__ import annotations

import dataclasses
import html
import math
from collections.abc import Sequence

from landbridge.simulation.report import Estimate, Report
from landbridge.simulation.report_text import head_of, notes_of

TITLES = {
    "through": "Arrived, by branch",
    "waits": "Waits",
    "doors": "Door to door",
    "lines": "Lines",
    "boxes": "Boxes",
    "counts": "Counted places, a year",
}


def report_html(found: Report) -> str:
    """All tables of a report; means with half their 95 % confidence interval."""
    parts = [f"<p>{html.escape(line)}</p>" for line in (" ".join(head_of(found)),)]
    for name, title in TITLES.items():
        rows: Sequence[object] = getattr(found, name)
        if rows:
            parts.append(_table(title, rows))
    notes = " ".join(notes_of(found))
    if notes:
        parts.append(f"<p>{html.escape(notes)}</p>")
    return "\n".join(parts)


def _table(title: str, rows: Sequence[object]) -> str:
    names = [field.name for field in dataclasses.fields(rows[0])]  # pyright: ignore[reportArgumentType]
    head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in names)
    body = "\n".join(
        "<tr>" + "".join(f"<td>{_cell(getattr(row, name))}</td>" for name in names) + "</tr>"
        for row in rows
    )
    return (
        f"<table><caption>{html.escape(title)}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{body}\n</tbody></table>"
    )


def _cell(value: object) -> str:
    if isinstance(value, Estimate):
        half = f" &plusmn; {_figure(value.half)}" if math.isfinite(value.half) else ""
        return f"{_figure(value.mean)}{half}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _figure(value) if isinstance(value, float) else html.escape(str(value))


def _figure(value: float) -> str:
    return f"{value:,.4g}" if math.isfinite(value) and abs(value) < 1e4 else (  # noqa: PLR2004
        f"{value:,.0f}" if math.isfinite(value) else ""
    )  # fmt: skip
