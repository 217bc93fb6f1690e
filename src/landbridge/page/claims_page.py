"""The page of checked claims: verdicts, our figure beside the claimed one, what would help."""

from __future__ import annotations

from landbridge.page.document import Json, document
from landbridge.routing.illustration import sources_of
from landbridge.scenario.claims import ClaimsResult
from landbridge.scenario.claims_text import claims_json

PROGRAMS = ("axes.js", "claims.js")


def claims_html(found: ClaimsResult, *, command: str = "") -> str:
    """The page of a result; ``command``: the line that made it, which the page shows."""
    net = found.net
    changes = [one.change for one in found.claims if one.change]
    cited = {one.parameter.figure.source for one in changes}
    data: Json = {
        "answer": claims_json(found),
        "titles": dict(zip(net.branches.id.tolist(), net.branches.title.tolist(), strict=True)),
        "sources": sources_of(net, cited),
        "command": command,
    }
    return claims_page(data, summary=str(found))


def claims_page(data: Json, *, summary: str) -> str:
    """One HTML file of the data; ``summary``: the answer as plain text."""
    return document("Claims, checked - landbridge", data, PROGRAMS, summary)
