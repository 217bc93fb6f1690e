"""``landbridge compare``: what scenarios change of the answer for a shipment."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.files import command_line, writable, write
from landbridge.cli.run_out import are_runs, compare_folders
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network

EXAMPLES = """Examples:

  landbridge compare "St Petersburg" Mumbai --scenarios red-sea-2024,hormuz-2026

  landbridge compare Moscow Mumbai --scenarios hormuz-2026 --date 2026-04-01 --html hormuz.html"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("compare", epilog=EXAMPLES)(compare)


def compare(
    context: typer.Context,
    origin: cargo.Origin,
    destination: cargo.Destination,
    *,
    scenarios: Annotated[
        str, typer.Option(help="Names or FILE.toml, with commas between; nothing: all of the case.")
    ] = "",
    teu: cargo.Teu = None,
    feu: cargo.Feu = None,
    tonnes: cargo.Tonnes = None,
    value: cargo.Value = None,
    hs: cargo.Hs = None,
    equipment: cargo.Equipment = "",
    kind: cargo.Kind = "container",
    dangerous: cargo.Dangerous = "",
    date: cargo.Date = "",
    avoid: cargo.Avoid = None,
    via: cargo.Via = None,
    modes: cargo.Modes = "",
    extrapolate: cargo.Extrapolate = False,
    samples: cargo.Samples = 1000,
    seed: cargo.Seed = 1,
    as_json: cargo.AsJson = False,
    html: cargo.Html = "",
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Show which options go, come, move in rank under scenarios, and by how much.

    With two folders of `simulate --out` instead of two places: how the second run differs.
    """
    if are_runs(origin, destination):
        compare_folders(context, origin, destination, as_json=as_json)
        return
    from landbridge.routing.query import RouteParams, Shipment  # noqa: PLC0415 - heavy
    from landbridge.routing.route import Limits  # noqa: PLC0415
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
    shipment = Shipment(
        origin, destination, on, teu, feu, tonnes, value, hs, equipment, kind, dangerous
    )
    limits = Limits(tuple(avoid or ()), tuple(via or ()), (modes,) if modes else ())
    params = RouteParams(samples=samples, seed=seed, extrapolate=extrapolate)
    found = find(net, shipment, asked, limits=limits, params=params)
    if as_json:
        body = json.dumps(comparison_json(found), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(body + "\n")
    else:
        sys.stdout.write(f"{found}\n")
    if page:
        from landbridge.page.compare_page import compare_html  # noqa: PLC0415 - heavy

        write("--html", page, compare_html(found, command=command_line(context)))
