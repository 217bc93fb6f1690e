"""``landbridge breakeven``: the value of a parameter at which two options tie."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.files import command_line, writable, write
from landbridge.cli.pictures import Png, Svg, pictures, write_pictures
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network
from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.scenario.breakeven import Parameter

PAIR = 2
EXAMPLES = """Examples:

  landbridge breakeven "St Petersburg" Mumbai --between instc-east,suez

  landbridge breakeven Moscow Mumbai --between instc-east,suez --in time --parameter Bolashak

  landbridge breakeven "St Petersburg" Mumbai --between instc-west,suez --parameters"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("breakeven", epilog=EXAMPLES)(breakeven)


def breakeven(
    context: typer.Context,
    origin: cargo.Origin,
    destination: cargo.Destination,
    *,
    between: Annotated[str, typer.Option(help="Two options by id or branch: instc-east,suez.")],
    parameter: Annotated[
        list[str] | None,
        typer.Option(help="In words, as --parameters lists them; repeatable; none: all that tie."),
    ] = None,
    measure: Annotated[
        str, typer.Option("--in", help="time, money, co2e or generalised (USD and value of time).")
    ] = "generalised",
    value_of_time: Annotated[float, typer.Option(help="USD per TEU and day.")] = 25.0,
    parameters: Annotated[
        bool, typer.Option("--parameters", help="List what can be asked for, and stop.")
    ] = False,
    map_of: Annotated[
        str, typer.Option("--map", help="Two parameters, a comma between: who wins where.")
    ] = "",
    svg: Svg = "",
    png: Png = "",
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
    """Solve for the value of a parameter at which two options tie, nearest first."""
    from landbridge.routing.query import RouteParams, Shipment  # noqa: PLC0415 - heavy
    from landbridge.routing.route import Limits  # noqa: PLC0415
    from landbridge.scenario.breakeven import BreakEvenParams, weighed  # noqa: PLC0415
    from landbridge.scenario.breakeven import breakeven as solve  # noqa: PLC0415
    from landbridge.scenario.breakeven_text import (  # noqa: PLC0415
        breakeven_json,
        parameter_json,
        parameters_text,
    )

    pair = [name.strip() for name in between.split(",") if name.strip()]
    if len(pair) != PAIR:
        raise QuestionError(f"--between {between!r}: give two options, as instc-east,suez")
    if parameters and html:
        raise QuestionError("--parameters lists words and stops; leave --html or it out")
    if bool(map_of) != bool(svg or png):
        raise QuestionError("--map goes with --svg FILE or --png FILE, and they with it")
    page = writable("--html", html, ".html")
    files = pictures(svg, png)
    on = date_of(date)
    net = open_network(case, scenario, on=on, ends=(origin, destination))
    weigh = BreakEvenParams(measure, value_of_time)
    shipment = Shipment(
        origin, destination, on, teu, feu, tonnes, value, hs, equipment, kind, dangerous
    )
    found = solve(
        net, shipment, (pair[0], pair[1]),
        () if parameters else tuple(parameter or ()), weigh=weigh,
        limits=Limits(tuple(avoid or ()), tuple(via or ()), (modes,) if modes else ()),
        params=RouteParams(samples=samples, seed=seed, extrapolate=extrapolate),
    )  # fmt: skip
    _, known = weighed(found.route, found.pair, weigh)
    if parameters:
        rows = {"parameters": [parameter_json(one) for one in known]}
        text = json.dumps(rows, ensure_ascii=False) if as_json else parameters_text(known)
    elif as_json:
        text = json.dumps(breakeven_json(found), ensure_ascii=False, allow_nan=False)
    else:
        text = str(found)
    if map_of:
        from landbridge.page.winner_picture import winner_picture  # noqa: PLC0415 - heavy
        from landbridge.scenario.winner_map import winner_map  # noqa: PLC0415

        write_pictures(files, winner_picture(winner_map(found, *_two(known, map_of))))
    if page:
        from landbridge.page.breakeven_page import breakeven_html  # noqa: PLC0415 - heavy

        write("--html", page, breakeven_html(found, command=command_line(context)))
    sys.stdout.write(f"{text}\n")


def _two(known: list[Parameter], text: str) -> tuple[Parameter, Parameter]:
    from landbridge.scenario.breakeven import pick  # noqa: PLC0415

    names = [name.strip() for name in text.split(",") if name.strip()]
    if len(names) != PAIR:
        raise QuestionError(f"--map {text!r}: give two parameters with one comma between them")
    return pick(known, names[0]), pick(known, names[1])
