"""The page of a break-even: the balance over each parameter, their ranking, the map of winners."""

from __future__ import annotations

from landbridge.page.document import Json, document
from landbridge.page.pool import Pool
from landbridge.routing.illustration import sources_of
from landbridge.scenario.breakeven import (
    BreakEvenParams,
    BreakEvenResult,
    Parameter,
    parameters_of,
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
        "levers": [_lever(found, one) for one in known if one.figure.key.table != "question"],
        "sources": sources_of(net, sources),
        "command": command,
    }  # fmt: skip
    return breakeven_page(data, summary=str(found))


def breakeven_page(data: Json, *, summary: str) -> str:
    """One HTML file of the data; ``summary``: the answer as plain text."""
    title, _, _ = summary.partition("\n")
    return document(f"{title} - landbridge", data, PROGRAMS, summary)


def _lever(found: BreakEvenResult, one: Parameter) -> Json:
    """A figure, and what the difference has of it: what the map of winners adds up."""
    effect = found.gap.parts[one.figure.key].mean
    return {**parameter_json(one), "inverse": one.inverse, "effect": _short(effect)}


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
