"""``landbridge claims``: does what is said of the corridor hold."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from landbridge.cli.cargo import AsJson, Html, Samples, Seed
from landbridge.cli.files import command_line, writable, write
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, open_network

EXAMPLES = """Examples:

  landbridge claims

  landbridge claims --scenario rasht-astara --json

  landbridge claims --html claims.html"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("claims", epilog=EXAMPLES)(claims)


def claims(
    context: typer.Context,
    *,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if any claim does not hold as it stands.")
    ] = False,
    value_of_time: Annotated[float, typer.Option(help="USD per TEU and day.")] = 25.0,
    samples: Samples = 1000,
    seed: Seed = 1,
    as_json: AsJson = False,
    html: Html = "",
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Check every claim of the case: verdict, our figure, and what would have to be true."""
    from landbridge.routing.query import RouteParams  # noqa: PLC0415 - heavy
    from landbridge.scenario.breakeven import BreakEvenParams  # noqa: PLC0415
    from landbridge.scenario.claims import check_claims  # noqa: PLC0415
    from landbridge.scenario.claims_table import read_claims  # noqa: PLC0415
    from landbridge.scenario.claims_text import claims_json  # noqa: PLC0415

    page = writable("--html", html, ".html")
    table = read_claims(case)
    found = check_claims(
        open_network(case, scenario), table,
        weigh=BreakEvenParams(usd_per_teu_day=value_of_time),
        params=RouteParams(samples=samples, seed=seed),
    )  # fmt: skip
    if as_json:
        body = json.dumps(claims_json(found), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(body + "\n")
    else:
        sys.stdout.write(f"{found}\n")
    if page:
        from landbridge.page.claims_page import claims_html  # noqa: PLC0415 - heavy

        write("--html", page, claims_html(found, command=command_line(context)))
    if strict and found.failed:
        raise typer.Exit(1)
