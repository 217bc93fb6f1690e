"""``landbridge matrix``: tables between all places of two lists."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import date as Date  # noqa: N812
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli import cargo
from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, date_of, open_network
from landbridge.errors import DataError, Fault, QuestionError

if TYPE_CHECKING:
    from landbridge.network.network import Network
    from landbridge.places.place import Place
    from landbridge.routing.bare import Tell
    from landbridge.routing.matrix import MatrixParams
    from landbridge.routing.matrix_block import Tables
    from landbridge.routing.query import Shipment

    Places = tuple[tuple[Place, ...], tuple[Place, ...]]
    Asking = Callable[[Places, Tell], Tables]

TELL_EVERY_S = 1.0
EXAMPLES = """Examples:

  landbridge matrix ports.csv ports.csv --modes sea --out sea.csv

  landbridge matrix ports.csv cities.csv --modes rail,road --out land.csv

  landbridge matrix ports.csv ports.csv --modes sea --avoid suez --paths --out cape.csv

  landbridge matrix ports.csv cities.csv --minimise time,money,co2e --out doors.csv"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("matrix", epilog=EXAMPLES)(matrix)


def matrix(
    origins: Annotated[str, typer.Argument(help="CSV file with a column place; - for stdin.")],
    destinations: Annotated[str, typer.Argument(help="CSV file with a column place.")],
    *,
    out: Annotated[str, typer.Option(help="File to write: .csv, .parquet or .arrow.")],
    modes: Annotated[
        str, typer.Option(help="rail, road, sea, inland-waterway; several with commas.")
    ] = "",
    minimise: Annotated[
        str, typer.Option(help="What is to be least: km, or some of time,money,co2e.")
    ] = "km",
    paths: Annotated[
        bool, typer.Option("--paths", help="Add by what each way leads; slow.")
    ] = False,
    teu: cargo.Teu = None,
    feu: cargo.Feu = None,
    tonnes: cargo.Tonnes = None,
    value: cargo.Value = None,
    avoid: Annotated[
        list[str] | None,
        typer.Option(help="Country, passage or border (AZ-IR) not to use; may be repeated."),
    ] = None,
    date: Annotated[str, typer.Option(help="What is open on that day (YYYY-MM-DD).")] = "",
    most_pairs: Annotated[
        int, typer.Option(help="Refuse more pairs than that before work begins.")
    ] = 500_000_000,
    most_memory: Annotated[
        int, typer.Option(help="MB that may be held; more destinations are refused.")
    ] = 2048,
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Write a table of all pairs: km on the bare network, or time, money and CO2e door to door.

    Km are those of `distance`; the others are the least expected ones of `route`. Writes a row per
    pair, with the reason where there is no way. Stopped or killed, the same command goes on.
    """
    words = [word for word in modes.split(",") if word.strip()]
    path = Path(out)

    from landbridge.routing.matrix import MatrixParams, check_limits, places_of  # noqa: PLC0415
    from landbridge.routing.matrix_doors import parse_criteria  # noqa: PLC0415 - heavy
    from landbridge.routing.matrix_file import Writer, check_format, read_places  # noqa: PLC0415
    from landbridge.routing.query import Shipment  # noqa: PLC0415

    criteria = parse_criteria(minimise.split(","))
    on, tell = date_of(date), _Progress()
    shipment = Shipment("", "", on, teu, feu, tonnes, value)
    if not criteria and shipment != Shipment("", "", on):
        raise QuestionError("boxes, tonnes and value have no say in km; name time, money or co2e")
    check_format(path)
    lists = [read_places(_read(name), name) for name in (origins, destinations)]
    for name, listed in zip((origins, destinations), lists, strict=True):
        if listed.repeated:
            sys.stderr.write(f"{name}: {listed.repeated:,} repeated rows count once\n")
    params = MatrixParams(most_pairs=most_pairs, most_memory_mb=most_memory)
    check_limits(len(lists[0].texts), len(lists[1].texts), params)
    net = open_network(case, scenario, on=on)
    asked_of = (
        _doors(net, params, (shipment, criteria), (avoid, words))
        if criteria
        else _bare(net, params, (avoid, words), on)
    )
    places = [places_of(net, listed.texts, listed.where, tell) for listed in lists]
    asked = asked_of((places[0], places[1]), tell)
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


def _bare(
    net: Network, params: MatrixParams, rules: tuple[list[str] | None, list[str]], on: Date | None
) -> Asking:
    """Km by each mode; the options are checked before places are looked for."""
    from landbridge.routing.distance import means_of  # noqa: PLC0415
    from landbridge.routing.matrix import ask  # noqa: PLC0415

    avoid, words = rules
    means = [means_of(net, word, avoid=avoid or (), on=on) for word in words]
    return lambda places, tell: ask(net, places, means, params.distance, tell)


def _doors(
    net: Network,
    params: MatrixParams,
    what: tuple[Shipment, tuple[int, ...]],
    rules: tuple[list[str] | None, list[str]],
) -> Asking:
    """Time, money or CO2e door to door."""
    from landbridge.routing.door_question import read_shipment  # noqa: PLC0415
    from landbridge.routing.matrix import check_destinations  # noqa: PLC0415
    from landbridge.routing.matrix_doors import ask_doors  # noqa: PLC0415
    from landbridge.routing.route import Limits  # noqa: PLC0415

    (shipment, criteria), (avoid, words) = what, rules
    limits = Limits(tuple(avoid or ()), (), tuple(words))
    read = read_shipment(net, shipment, limits, params.route)

    def asked(places: Places, tell: Tell) -> Tables:
        check_destinations(len(places[1]), params)
        return ask_doors(net, places, read, criteria, tell)

    return asked


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
