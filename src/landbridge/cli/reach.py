"""``landbridge reach``: what lies within a budget of a place, door to door."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.files import read_bytes
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network
from landbridge.errors import QuestionError

EXAMPLES = """Examples:

  landbridge reach Moscow --hours 240

  landbridge reach Mumbai --usd 3000 --feu 1 --modes sea,rail,road --csv

  landbridge reach Baku --hours 120 --date 2025-01-10 --geojson"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("reach", epilog=EXAMPLES)(reach)


def reach(
    origin: cargo.Origin,
    *,
    hours: Annotated[float | None, typer.Option(help="Expected hours from door to door.")] = None,
    usd: Annotated[float | None, typer.Option(help="Expected price in USD.")] = None,
    co2e: Annotated[float | None, typer.Option(help="Expected kg CO2e, well to wheel.")] = None,
    teu: cargo.Teu = None,
    feu: cargo.Feu = None,
    tonnes: cargo.Tonnes = None,
    value: cargo.Value = None,
    to: Annotated[
        str, typer.Option(help="CSV file with a column place: which places to look at.")
    ] = "",
    population: Annotated[
        int, typer.Option(help="Without --to: towns from so many inhabitants, and terminals.")
    ] = 500_000,
    date: cargo.Date = "",
    avoid: Annotated[
        list[str] | None,
        typer.Option(help="Country, passage, mode, terminal or border not to use; repeatable."),
    ] = None,
    modes: Annotated[str, typer.Option(help="Only these, of rail,road,sea,inland-waterway.")] = "",
    as_json: cargo.AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a line per place.")] = False,
    as_geojson: Annotated[
        bool, typer.Option("--geojson", help="Print GeoJSON: places, and bands along the ways.")
    ] = False,
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Tell what is reached within so many hours, USD or kg CO2e, door to door.

    Each figure is the least expected one of all options that `route` finds to the place.
    """
    from landbridge.routing import reach_text  # noqa: PLC0415 - heavy
    from landbridge.routing.matrix_file import read_places  # noqa: PLC0415
    from landbridge.routing.query import Shipment  # noqa: PLC0415
    from landbridge.routing.reach import Budget, ReachParams  # noqa: PLC0415
    from landbridge.routing.reach import reach as find_reach  # noqa: PLC0415
    from landbridge.routing.route import Limits  # noqa: PLC0415

    if sum((as_json, as_csv, as_geojson)) > 1:
        raise QuestionError("choose one of --json, --csv and --geojson")
    budget = Budget(hours, usd, co2e)
    if population < 0:
        raise QuestionError(f"--population is {population}; it must be 0 or more")
    on = date_of(date)
    shipment = Shipment(origin, "", on, teu, feu, tonnes, value)
    limits = Limits(tuple(avoid or ()), (), (modes,) if modes else ())
    listed = read_places(read_bytes(to), to).texts if to else None
    net = open_network(case, scenario, on=on, ends=(origin,))
    params = ReachParams(population)
    found = find_reach(net, shipment, budget, places=listed, limits=limits, params=params)
    if as_csv:
        sys.stdout.write(reach_text.to_csv(found))
    elif as_json or as_geojson:
        from landbridge.routing.reach_bands import to_geojson  # noqa: PLC0415

        body = to_geojson(found) if as_geojson else reach_text.to_json(found)
        sys.stdout.write(json.dumps(body, ensure_ascii=False, allow_nan=False) + "\n")
    else:
        sys.stdout.write(f"{found}\n")
