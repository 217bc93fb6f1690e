"""``landbridge matrix``: km between all places of two lists, by one mode or several."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network
from landbridge.errors import DataError, Fault, QuestionError

TELL_EVERY_S = 1.0
EXAMPLES = """Examples:

  landbridge matrix ports.csv ports.csv --modes sea --out sea.csv

  landbridge matrix ports.csv cities.csv --modes rail,road --out land.csv

  landbridge matrix ports.csv ports.csv --modes sea --avoid suez --paths --out cape.csv"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("matrix", epilog=EXAMPLES)(matrix)


def matrix(
    origins: Annotated[str, typer.Argument(help="CSV file with a column place; - for stdin.")],
    destinations: Annotated[str, typer.Argument(help="CSV file with a column place.")],
    *,
    modes: Annotated[
        str, typer.Option(help="rail, road, sea, inland-waterway; several with commas.")
    ],
    out: Annotated[str, typer.Option(help="File to write: .csv or .parquet.")],
    minimise: Annotated[str, typer.Option(help="What is to be least: km.")] = "km",
    paths: Annotated[
        bool, typer.Option("--paths", help="Add the countries and passages of each way; slow.")
    ] = False,
    avoid: Annotated[
        list[str] | None,
        typer.Option(help="Country, passage or border (AZ-IR) not to use; may be repeated."),
    ] = None,
    date: Annotated[str, typer.Option(help="What is open on that day (YYYY-MM-DD).")] = "",
    most_pairs: Annotated[
        int, typer.Option(help="Refuse more pairs than that before work begins.")
    ] = 500_000_000,
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Measure the shortest ways between all places of two lists, on the bare network.

    Each figure is that of `distance`. Writes a row per pair: origin, destination, km, and the
    reason where there is no way. Stopped or killed, the same command goes on where it was.
    """
    if minimise != "km":
        raise QuestionError(f"--minimise {minimise!r}: matrix knows km; for others use route")
    words = [word for word in modes.split(",") if word.strip()]
    path = Path(out)

    from landbridge.routing.distance import means_of  # noqa: PLC0415 - heavy
    from landbridge.routing.matrix import MatrixParams, ask, check_limits, places_of  # noqa: PLC0415
    from landbridge.routing.matrix_file import Writer, check_format, read_places  # noqa: PLC0415

    check_format(path)
    lists = [read_places(_read(name), name) for name in (origins, destinations)]
    for name, listed in zip((origins, destinations), lists, strict=True):
        if listed.repeated:
            sys.stderr.write(f"{name}: {listed.repeated:,} repeated rows count once\n")
    params = MatrixParams(most_pairs=most_pairs)
    check_limits(len(lists[0].texts), len(lists[1].texts), params)
    on, tell = date_of(date), _Progress()
    net = open_network(case, scenario, on=on)
    means = [means_of(net, word, avoid=avoid or (), on=on) for word in words]
    places = [places_of(net, listed.texts, listed.where, tell) for listed in lists]
    asked = ask(net, (places[0], places[1]), means, params.distance, tell)
    writer = Writer(path, asked, (lists[0].texts, lists[1].texts))
    first = writer.done()
    if first:
        sys.stderr.write(f"going on after {first:,} of {len(places[0]):,} origins\n")
    try:
        writer.write(first, tell, paths=paths)
    except KeyboardInterrupt:
        sys.stderr.write(f"stopped; the same command goes on from {path}.part\n")
        raise
    sys.stderr.write(f"{path}: {len(places[0]) * len(places[1]):,} pairs\n")


class _Progress:
    """A line on stderr a second, or one that is written over on a terminal."""

    def __init__(self) -> None:
        self._told = time.monotonic()

    def __call__(self, what: str, share: float) -> None:
        now = time.monotonic()
        if now - self._told < TELL_EVERY_S:
            return
        self._told = now
        end = "\r" if sys.stderr.isatty() else "\n"
        bar = "#" * int(30 * share)
        sys.stderr.write(f"{what:40} [{bar:30}] {100 * share:3.0f} %{end}")
        sys.stderr.flush()


def _read(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        rule = "must be a file that can be read"
        raise DataError([Fault(name, str(error.strerror or error), rule)]) from error
