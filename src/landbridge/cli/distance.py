"""``landbridge distance``: the shortest way of one mode, for one pair or a file of them."""

from __future__ import annotations

import csv
import json
import sys
import time
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.files import read_bytes
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network
from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.network.network import Network
    from landbridge.routing.shortest import Means

TELL_EVERY_S = 2.0
"""Seconds between two lines of progress."""
EXAMPLES = """Examples:

  landbridge distance "St Petersburg" Mumbai --mode sea

  landbridge distance Moscow Tehran --mode rail --avoid AZ --json

  landbridge distance RULED INNSA --mode sea --avoid suez --geojson

  landbridge distance Astrakhan "Bandar Anzali" --mode inland-waterway

  landbridge distance --pairs pairs.csv --mode sea"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("distance", epilog=EXAMPLES)(distance)


def distance(
    origin: Annotated[
        str,
        typer.Argument(
            help="Where from: name, UN/LOCODE or latitude,longitude.", show_default=False
        ),
    ] = "",
    destination: Annotated[
        str, typer.Argument(help="Where to, in the same words.", show_default=False)
    ] = "",
    *,
    mode: Annotated[
        str, typer.Option(help="rail, road, sea or inland-waterway (river-sea vessel).")
    ] = "",
    avoid: Annotated[
        list[str] | None,
        typer.Option(help="Country, passage or border (AZ-IR) not to use; may be repeated."),
    ] = None,
    allow: Annotated[
        list[str] | None,
        typer.Option(help="Passage that ocean vessels leave aside, such as kiel; repeatable."),
    ] = None,
    date: Annotated[
        str, typer.Option(help="What is open on that day (YYYY-MM-DD), seasons included.")
    ] = "",
    gauge: Annotated[int, typer.Option(help="Only tracks of that gauge in mm; 0 for any.")] = 0,
    pairs: Annotated[
        str, typer.Option(help="CSV file with columns origin,destination; - for stdin.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    as_geojson: Annotated[
        bool, typer.Option("--geojson", help="Print a GeoJSON Feature with the way's shape.")
    ] = False,
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Measure the shortest way by one mode on the bare network: no services, prices or waits.

    Answers a file of pairs as CSV on stdout, in the same order, with one error text per row.
    """
    if not mode:
        raise QuestionError("--mode is missing: rail, road, sea or inland-waterway.")
    if bool(pairs) == bool(origin and destination) or bool(origin) != bool(destination):
        raise QuestionError("Give either two places, or --pairs FILE.csv, and not both.")
    if as_json and as_geojson:
        raise QuestionError("Give --json or --geojson, not both.")
    if pairs and (as_json or as_geojson):
        raise QuestionError("--pairs answers as CSV: leave out --json and --geojson.")
    body = read_bytes(pairs) if pairs else b""

    from landbridge.routing.distance import distance as measure  # noqa: PLC0415 - heavy
    from landbridge.routing.distance import means_of  # noqa: PLC0415

    on = date_of(date)
    if pairs:
        from landbridge.routing.pairs import read_pairs  # noqa: PLC0415

        rows = read_pairs(body, "stdin" if pairs == "-" else pairs)
        net = open_network(case, scenario, on=on)
        means = means_of(net, mode, avoid=avoid or (), on=on, gauge=gauge, allow=allow or ())
        _write(net, means, rows)
        return
    found = measure(
        open_network(case, scenario, on=on, ends=(origin, destination)),
        origin,
        destination,
        mode=mode,
        avoid=avoid or (),
        on=on,
        gauge=gauge,
        allow=allow or (),
    )
    if as_json or as_geojson:
        answer = found.as_json() if as_json else found.as_geojson()
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=2 if as_json else None))
    else:
        typer.echo(str(found))


def _write(net: Network, means: Means, rows: list[tuple[str, str]]) -> None:
    from landbridge.routing.pairs import COLUMNS, answer_pairs  # noqa: PLC0415

    # RFC 4180 asks for \r\n, but whatever reads line by line wants \n
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    told = time.monotonic()
    for done, answer in enumerate(answer_pairs(net, means, rows), 1):
        writer.writerow(answer.cells())
        if time.monotonic() - told > TELL_EVERY_S:
            told = time.monotonic()
            sys.stderr.write(f"{done:,} of {len(rows):,} pairs\n")
