"""``landbridge claims``: does what is said of the corridor hold."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.files import command_line, writable, write
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, open_network
from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.network.network import Network
    from landbridge.simulation.find_capacity import CapacityResult

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
    simulated: Annotated[
        bool,
        typer.Option("--simulate", help="Claims of turnover too: some minutes of simulation."),
    ] = False,
    workers: Annotated[int | None, typer.Option(help="Threads of --simulate; 1.")] = None,
    value_of_time: Annotated[float, typer.Option(help="USD per TEU and day.")] = 25.0,
    teu: cargo.Teu = None,
    feu: cargo.Feu = None,
    tonnes: cargo.Tonnes = None,
    value: cargo.Value = None,
    hs: cargo.Hs = None,
    equipment: cargo.Equipment = "",
    kind: cargo.Kind = "container",
    dangerous: cargo.Dangerous = "",
    samples: cargo.Samples = 1000,
    seed: cargo.Seed = 1,
    as_json: cargo.AsJson = False,
    html: cargo.Html = "",
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Check every claim of the case: verdict, our figure, and what would have to be true."""
    from landbridge.routing.query import RouteParams, Shipment  # noqa: PLC0415 - heavy
    from landbridge.scenario.breakeven import BreakEvenParams  # noqa: PLC0415
    from landbridge.scenario.claims import USUAL, check_claims  # noqa: PLC0415
    from landbridge.scenario.claims_table import read_claims  # noqa: PLC0415
    from landbridge.scenario.claims_text import claims_json  # noqa: PLC0415

    if workers is not None and not simulated:
        raise QuestionError("--workers is about --simulate; give both")
    page = writable("--html", html, ".html")
    table = read_claims(case)
    told = teu or feu or tonnes or equipment or kind != "container"
    sent = Shipment(
        "", "", None, *((teu, feu, tonnes) if told else (USUAL.teu, None, USUAL.tonnes)),
        value, hs, equipment, kind, dangerous,
    )  # fmt: skip
    net = open_network(case, scenario)
    found = check_claims(
        net, table,
        sent=sent, weigh=BreakEvenParams(usd_per_teu_day=value_of_time),
        params=RouteParams(samples=samples, seed=seed), case=case,
        capacity=_capacity(net, seed, 1 if workers is None else workers) if simulated else None,
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


def _capacity(net: Network, seed: int, workers: int) -> CapacityResult:
    """What the corridor takes, with progress."""
    from landbridge.cli.simulate import Teller  # noqa: PLC0415 - it imports what a season needs
    from landbridge.simulation.find_capacity import capacity_of  # noqa: PLC0415 - heavy
    from landbridge.simulation.season import SimulateParams, prepare  # noqa: PLC0415

    season = prepare(net, seed=seed, params=SimulateParams(workers=workers))
    return capacity_of(season, progress=Teller())
