"""``landbridge route``: every sensible way for a shipment, door to door."""

from __future__ import annotations

import datetime as dt
import json
import sys
from typing import Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.files import command_line, writable, write
from landbridge.cli.pictures import Png, Svg, pictures, write_pictures
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network
from landbridge.errors import QuestionError

EXAMPLES = """Examples:

  landbridge route "St Petersburg" Mumbai

  landbridge route Moscow Tehran --feu 2 --avoid AZ

  landbridge route Mumbai "St Petersburg" --via Chabahar --json

  landbridge route Chongqing Duisburg --date 2025-09-01 --modes rail,road

  landbridge route "St Petersburg" Mumbai --html mumbai.html"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("route", epilog=EXAMPLES)(route)


def route(
    context: typer.Context,
    origin: cargo.Origin,
    destination: cargo.Destination,
    *,
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
    extrapolate: cargo.Extrapolate = False,
    date: cargo.Date = "",
    avoid: cargo.Avoid = None,
    via: cargo.Via = None,
    modes: cargo.Modes = "",
    max_transfers: Annotated[int | None, typer.Option(help="At most so many handovers.")] = None,
    deadline: Annotated[
        str, typer.Option(help="Days, or a date: tells the probability to arrive in time.")
    ] = "",
    minimise: Annotated[
        str, typer.Option(help="Criteria, of time,money,co2e,p90; the first orders the options.")
    ] = "time,money,co2e",
    samples: cargo.Samples = 1000,
    seed: cargo.Seed = 1,
    as_json: cargo.AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a line per option.")] = False,
    as_geojson: Annotated[
        bool, typer.Option("--geojson", help="Print GeoJSON with the true shapes.")
    ] = False,
    html: Annotated[
        str, typer.Option(help="Write a page with map, charts and sources; one file, offline.")
    ] = "",
    svg: Svg = "",
    png: Png = "",
    rules: Annotated[
        str, typer.Option(help="Your own rules: a CSV file, laid over the case's.")
    ] = "",
    show_barred: Annotated[
        bool, typer.Option("--show-barred", help="Show what a rule bars, with the rule.")
    ] = False,
    ileap: Annotated[
        str, typer.Option(help="Write the emissions of an option as iLEAP JSON.")
    ] = "",
    option: Annotated[
        str, typer.Option(help="Which option --ileap writes: an id, or all; else the first.")
    ] = "",
    congestion: Annotated[
        str, typer.Option(help="Folder of a simulated season: with its queues.")
    ] = "",
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Show every sensible way for a shipment, with time, cost, CO2e, borders and why not."""
    from landbridge.routing import route_json  # noqa: PLC0415 - heavy
    from landbridge.routing.query import RouteParams, Shipment  # noqa: PLC0415 - heavy
    from landbridge.routing.route import Limits  # noqa: PLC0415 - heavy
    from landbridge.routing.route import route as find_route  # noqa: PLC0415 - heavy

    if sum((as_json, as_csv, as_geojson)) > 1:
        raise QuestionError("choose one of --json, --csv and --geojson")
    page = writable("--html", html, ".html")
    files = pictures(svg, png)
    footprint = writable("--ileap", ileap, ".json")
    if option and not footprint:
        raise QuestionError("--option says which option --ileap writes; give both")
    on = date_of(date)
    shipment = Shipment(
        origin, destination, on, teu, feu, tonnes, value, hs,
        equipment, kind, dangerous, incoterm, currency,
    )  # fmt: skip
    days, last = _deadline(deadline)
    limits = Limits(
        tuple(avoid or ()), tuple(via or ()), (modes,) if modes else (), days, last, show_barred
    )
    criteria = tuple(word.strip() for word in minimise.split(","))
    params = RouteParams(
        samples, seed, criteria, most_transfers=max_transfers, extrapolate=extrapolate
    )
    net = open_network(case, scenario, on=on, ends=(origin, destination), rules=rules)
    season = None
    if congestion:
        from landbridge.simulation.run_open import open_run  # noqa: PLC0415 - heavy

        season = open_run(congestion).congestion(net)
    found = find_route(net, shipment, limits=limits, params=params, congestion=season)
    if as_csv:
        sys.stdout.write(route_json.to_csv(found))
    elif as_json or as_geojson:
        body = route_json.to_geojson(found) if as_geojson else route_json.to_json(found)
        sys.stdout.write(json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write(f"{found}\n")
    if page:
        from landbridge.page.route_page import route_html  # noqa: PLC0415 - heavy

        write("--html", page, route_html(found, command=command_line(context)))
    if any(files):
        from landbridge.page.route_picture import route_picture  # noqa: PLC0415 - heavy

        write_pictures(files, route_picture(found))
    if footprint:
        from landbridge.routing.ileap import to_ileap  # noqa: PLC0415 - heavy

        body = to_ileap(found, option)
        text = json.dumps(body, ensure_ascii=False, allow_nan=False, indent=1)
        write("--ileap", footprint, f"{text}\n")


def _deadline(text: str) -> tuple[float | None, dt.date | None]:
    """Days, or a date."""
    if not text:
        return None, None
    try:
        if "-" in text[1:]:
            return None, dt.date.fromisoformat(text)
        return float(text), None
    except ValueError:
        raise QuestionError(
            f"--deadline {text!r} is neither days nor a date; write 35, or 2025-07-31"
        ) from None
