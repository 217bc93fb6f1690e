"""``landbridge places``: what a name, code or position may mean."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, open_network
from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.network.network import Network
    from landbridge.places.place import Place

MOST = 100
"""More candidates than that help nobody."""
NAME_WIDTH = 36
EXAMPLES = """Examples:

  landbridge places "Nhava Sheva"

  landbridge places Санкт-Петербург --json

  landbridge places "Astara, IR"

  landbridge places 59.93,30.31"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("places", epilog=EXAMPLES)(places)


def places(
    text: Annotated[
        str, typer.Argument(help="A name in any script, a UN/LOCODE, or latitude,longitude.")
    ],
    limit: Annotated[int, typer.Option(help="How many candidates to list.")] = 8,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Find cities, ports, terminals and border stations; the likeliest comes first."""
    from landbridge.places.find import search  # noqa: PLC0415 - `--help` must not wait for it

    if not 1 <= limit <= MOST:
        raise QuestionError(f"--limit is {limit}: it must lie in 1 to {MOST}.")
    net = open_network(case, scenario)
    found = search(net, text, limit=limit)
    typer.echo(json_text(net, found) if as_json else table_text(found))


def json_text(net: Network, found: Sequence[Place]) -> str:
    """The answer as JSON: PLACE objects with id, kind and score, best first."""
    from landbridge.network.summary import state_json  # noqa: PLC0415 - `--help` must not wait
    from landbridge.places.place import place_json  # noqa: PLC0415

    rows = [
        {**place_json(place), "kind": place.kind, "score": place.score, "id": place.id}
        for place in found
    ]
    return json.dumps({"network": state_json(net), "places": rows}, ensure_ascii=False, indent=2)


def table_text(found: Sequence[Place]) -> str:
    """The answer as a table of at most 80 columns."""
    lines = [f"{'place':{NAME_WIDTH}} {'':2} {'code':5} {'kind':15} {'lat':>7} {'lon':>8}"]
    for place in found:
        name = place.name
        if len(name) > NAME_WIDTH:
            name = name[: NAME_WIDTH - 1] + "…"
        lines.append(
            f"{name:{NAME_WIDTH}} {place.country:2} {place.locode:5} "
            f"{place.kind.replace('_', ' '):15} {place.lat:7.3f} {place.lon:8.3f}"
        )
    return "\n".join(lines)
