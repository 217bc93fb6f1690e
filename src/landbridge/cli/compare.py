"""``landbridge compare``: what scenarios change of the answer for a shipment."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from landbridge.cli.cargo import (
    AsJson,
    Date,
    Destination,
    Feu,
    Html,
    Origin,
    Samples,
    Seed,
    Teu,
    Tonnes,
)
from landbridge.cli.files import command_line, writable, write
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network

EXAMPLES = """Examples:

  landbridge compare "St Petersburg" Mumbai --scenarios red-sea-2024,hormuz-2026

  landbridge compare Moscow Mumbai --scenarios hormuz-2026 --date 2026-04-01 --html hormuz.html"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("compare", epilog=EXAMPLES)(compare)


def compare(
    context: typer.Context,
    origin: Origin,
    destination: Destination,
    *,
    scenarios: Annotated[
        str, typer.Option(help="Names or FILE.toml, with commas between; nothing: all of the case.")
    ] = "",
    teu: Teu = None,
    feu: Feu = None,
    tonnes: Tonnes = None,
    date: Date = "",
    samples: Samples = 1000,
    seed: Seed = 1,
    as_json: AsJson = False,
    html: Html = "",
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Show which options go, come, move in rank under scenarios, and by how much."""
    from landbridge.routing.query import RouteParams, Shipment  # noqa: PLC0415 - heavy
    from landbridge.scenario.compare import compare as find  # noqa: PLC0415
    from landbridge.scenario.compare_text import comparison_json  # noqa: PLC0415
    from landbridge.scenario.shelf import list_scenarios, load_scenario  # noqa: PLC0415

    page = writable("--html", html, ".html")
    names = [name.strip() for name in scenarios.split(",") if name.strip()]
    asked = [load_scenario(name, case) for name in names] or [
        one for one in list_scenarios(case) if one.changes
    ]
    on = date_of(date)
    net = open_network(case, scenario, on=on, ends=(origin, destination))
    shipment = Shipment(origin, destination, on, teu, feu, tonnes)
    found = find(net, shipment, asked, params=RouteParams(samples=samples, seed=seed))
    if as_json:
        body = json.dumps(comparison_json(found), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(body + "\n")
    else:
        sys.stdout.write(f"{found}\n")
    if page:
        from landbridge.page.compare_page import compare_html  # noqa: PLC0415 - heavy

        write("--html", page, compare_html(found, command=command_line(context)))
