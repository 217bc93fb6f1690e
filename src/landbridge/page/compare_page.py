"""The page of a comparison: ranks and differences under each scenario, and a map of the ways."""

from __future__ import annotations

from landbridge.page.document import Json, document
from landbridge.page.pool import Pool
from landbridge.routing.route_json import shipment_json
from landbridge.scenario.compare import Compared, Comparison
from landbridge.scenario.compare_text import comparison_json
from landbridge.scenario.shelf import scenario_json

PROGRAMS = ("axes.js", "map.js", "charts.js", "compare.js")


def compare_html(found: Comparison, *, command: str = "") -> str:
    """The page of a comparison; ``command``: the line that made it, which the page shows."""
    pool = Pool()
    base = pool.add(found.base, found.base.options)
    states = [_state(pool, one) for one in found.scenarios]
    data: Json = {
        **pool.data(),
        "answer": comparison_json(found),
        "shipment": shipment_json(found.base),
        "base": base,
        "states": states,
        "sources": {},
        "command": command,
    }
    return compare_page(data, summary=str(found))


def compare_page(data: Json, *, summary: str) -> str:
    """One HTML file of the data; ``summary``: the answer as plain text."""
    title, _, _ = summary.partition("\n")
    return document(f"{title} - landbridge", data, PROGRAMS, summary)


def _state(pool: Pool, one: Compared) -> Json:
    """A scenario in words, and the numbers of its options; none where there is no way at all."""
    result = one.result
    options = pool.add(result, result.options) if result is not None else []
    return {**scenario_json(one.scenario), "options": options}
