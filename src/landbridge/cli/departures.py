"""``landbridge departures``: when a shipment may leave, and when it then arrives."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network
from landbridge.errors import QuestionError

EXAMPLES = """Examples:

  landbridge departures Moscow Tehran --date 2025-03-03 --lorry-km 500

  landbridge departures "St Petersburg" Mumbai --days 14 --avoid road --json

  landbridge departures Chongqing Duisburg --feu 2 --modes rail,road --csv"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("departures", epilog=EXAMPLES)(departures)


def departures(
    origin: cargo.Origin,
    destination: cargo.Destination,
    *,
    days: Annotated[int, typer.Option(help="Days after it is ready, within which it leaves.")] = 28,
    lorry_km: Annotated[
        float | None,
        typer.Option(help="No lorry drives farther, from door or terminal to the next."),
    ] = None,
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
    modes: cargo.Modes = "",
    seed: cargo.Seed = 1,
    as_json: cargo.AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a line per departure.")] = False,
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """List the departures worth taking in the days to come, with arrival, rides and price.

    Worth taking is what nothing beats that leaves as late, arrives as early and rides as few times.
    """
    from landbridge.routing import board_text  # noqa: PLC0415 - heavy
    from landbridge.routing.board import departures as find_departures  # noqa: PLC0415
    from landbridge.routing.query import RouteParams, Shipment  # noqa: PLC0415
    from landbridge.routing.route import Limits  # noqa: PLC0415

    if as_json and as_csv:
        raise QuestionError("choose one of --json and --csv")
    on = date_of(date)
    shipment = Shipment(
        origin, destination, on, teu, feu, tonnes, value, hs, equipment, kind, dangerous
    )
    limits = Limits(tuple(avoid or ()), (), (modes,) if modes else ())
    net = open_network(case, scenario, on=on, ends=(origin, destination))
    found = find_departures(
        net, shipment, days=days, lorry_km=lorry_km, limits=limits, params=RouteParams(seed=seed)
    )
    if as_csv:
        sys.stdout.write(board_text.to_csv(found))
    elif as_json:
        body = board_text.to_json(found)
        sys.stdout.write(json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write(f"{found}\n")
