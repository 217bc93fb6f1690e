"""``landbridge explain``: one option leg by leg, and what decides against another."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network

EXAMPLES = """Examples:

  landbridge explain "St Petersburg" Mumbai --option instc-east

  landbridge explain "St Petersburg" Mumbai --option instc-east --against suez --json"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("explain", epilog=EXAMPLES)(explain)


def explain(
    origin: cargo.Origin,
    destination: cargo.Destination,
    *,
    option: Annotated[
        str, typer.Option(help="Id or branch of the option; nothing: the fastest.")
    ] = "",
    against: Annotated[str, typer.Option(help="Id or branch of the one to compare with.")] = "",
    value_of_time: Annotated[float, typer.Option(help="USD per TEU and day.")] = 25.0,
    teu: cargo.Teu = None,
    feu: cargo.Feu = None,
    tonnes: cargo.Tonnes = None,
    value: cargo.Value = None,
    hs: cargo.Hs = None,
    equipment: cargo.Equipment = "",
    kind: cargo.Kind = "container",
    dangerous: cargo.Dangerous = "",
    incoterm: cargo.Incoterm = "",
    currency: cargo.Currency = "USD",
    date: cargo.Date = "",
    avoid: cargo.Avoid = None,
    via: cargo.Via = None,
    modes: cargo.Modes = "",
    extrapolate: cargo.Extrapolate = False,
    samples: cargo.Samples = 1000,
    seed: cargo.Seed = 1,
    as_json: cargo.AsJson = False,
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Tell where the hours, USD and CO2e of an option come from, leg by leg."""
    from landbridge.routing.query import RouteParams, Shipment  # noqa: PLC0415 - heavy
    from landbridge.routing.route import Limits, route  # noqa: PLC0415
    from landbridge.scenario.breakeven import BreakEvenParams, option_of  # noqa: PLC0415
    from landbridge.scenario.explain import explain as find  # noqa: PLC0415
    from landbridge.scenario.explain_text import explanation_json  # noqa: PLC0415

    weigh = BreakEvenParams(usd_per_teu_day=value_of_time)
    on = date_of(date)
    net = open_network(case, scenario, on=on, ends=(origin, destination))
    shipment = Shipment(
        origin, destination, on, teu, feu, tonnes, value, hs,
        equipment, kind, dangerous, incoterm, currency,
    )  # fmt: skip
    limits = Limits(tuple(avoid or ()), tuple(via or ()), (modes,) if modes else ())
    params = RouteParams(samples=samples, seed=seed, extrapolate=extrapolate)
    result = route(net, shipment, limits=limits, params=params)
    one = option_of(result, option) if option else result.options[0]
    other = option_of(result, against) if against else None
    found = find(result, one, other, usd_per_teu_day=weigh.usd_per_teu_day)
    if as_json:
        body = json.dumps(explanation_json(found), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(body + "\n")
    else:
        sys.stdout.write(f"{found}\n")
