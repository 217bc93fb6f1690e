"""The page of a route, from its JSON answer and its illustration."""

from __future__ import annotations

import json

from landbridge.page.document import Json, asset, document
from landbridge.page.shapes import coded
from landbridge.routing.illustration import Illustration, illustrate
from landbridge.routing.route import RouteResult
from landbridge.routing.route_json import to_json

PROGRAMS = ("axes.js", "map.js", "charts.js", "route.js")


def route_html(result: RouteResult, *, command: str = "") -> str:
    """The page of a result; ``command``: the line that made it, which the page shows."""
    return route_page(to_json(result), illustrate(result), command=command, summary=str(result))


def route_page(answer: Json, art: Illustration, *, command: str, summary: str) -> str:
    """One HTML file; ``command``: the line that made it, ``summary``: the answer as plain text."""
    data: Json = {
        "answer": answer,
        "shapes": {name: [coded(one) for one in shapes] for name, shapes in art.shapes.items()},
        "titles": art.titles,
        "sources": art.sources,
        "land": json.loads(asset("land.json")),
        "command": command,
    }
    title, _, _ = summary.partition("\n")
    return document(f"{title} - landbridge", data, PROGRAMS, summary)
