"""The page of a break-even: the balance over each parameter, their ranking, the map of winners."""

from __future__ import annotations

from landbridge.page.document import Json, document
from landbridge.page.pool import Pool
from landbridge.routing.illustration import sources_of
from landbridge.scenario.breakeven import (
    BreakEvenParams,
    BreakEvenResult,
    Parameter,
    distance,
    parameters_of,
    solve,
)
from landbridge.scenario.breakeven_text import breakeven_json, parameter_json
from landbridge.scenario.curve import curve

PROGRAMS = ("axes.js", "map.js", "charts.js", "breakeven.js")
DIGITS = 6


def breakeven_html(found: BreakEvenResult, *, command: str = "") -> str:
    """The page of a result; ``command``: the line that made it, which the page shows."""
    net = found.route.net
    weigh = BreakEvenParams(found.measure, found.usd_per_teu_day)
    known = parameters_of(net, found.gap, weigh)
    pool = Pool()
    pair = pool.add(found.route, found.pair)
    sources = {one.figure.source for one in known}
    data: Json = {
        **pool.data(),
        "answer": breakeven_json(found),
        "pair": pair,
        "curves": [
            [[_short(x) for x in (point.value, point.mean, point.p10, point.p90)]
             for point in curve(found.gap, one)]
            for one in found.found
        ],
        "levers": _levers(found, known),
        "sources": sources_of(net, sources),
        "command": command,
    }  # fmt: skip
    return breakeven_page(data, summary=str(found))


def breakeven_page(data: Json, *, summary: str) -> str:
    """One HTML file of the data; ``summary``: the answer as plain text."""
    title, _, _ = summary.partition("\n")
    return document(f"{title} - landbridge", data, PROGRAMS, summary)


def _levers(found: BreakEvenResult, known: list[Parameter]) -> list[Json]:
    """Figures of rows, nearest tie first, with what the map of winners adds up."""
    ids = found.pair[0].id, found.pair[1].id
    figures = [one for one in known if one.figure.key.table != "question"]
    ties = sorted((solve(found.gap, one, ids) for one in figures), key=distance)
    return [
        {
            **parameter_json(tie.parameter),
            "inverse": tie.parameter.inverse,
            "effect": _short(found.gap.parts[tie.parameter.figure.key].mean),
            "tie": tie.value,
        }
        for tie in ties
    ]


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
