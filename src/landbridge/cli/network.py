"""``landbridge network``: what the network holds, or everything known about one thing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.network.network import Network

EXAMPLES = """Examples:

  landbridge network

  landbridge network show suez

  landbridge network show IRSRP --json"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("network", epilog=EXAMPLES)(network)


def network(
    action: Annotated[str, typer.Argument(help="show, or nothing for the counts.")] = "",
    thing: Annotated[str, typer.Argument(help="Id of a terminal, passage, service ...")] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    case: Annotated[str, typer.Option(help="A built-in case, or a folder of one.")] = "instc",
) -> None:
    """Print counts by table, mode and gauge, or all that is known about one id."""
    from landbridge.network.load import load  # noqa: PLC0415 - heavy

    if action not in {"", "show"} or (action == "show") != bool(thing):
        raise QuestionError("use `landbridge network` or `landbridge network show ID`")
    net = load(case)
    found = _about(net, thing) if thing else _counts(net)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for name, values in found.items():
        sys.stdout.write(f"{name}\n")
        for key, value in values.items():
            if value not in {"", "nan"}:
                sys.stdout.write(f"  {key:<22}{value}\n")


def _counts(net: Network) -> dict[str, dict[str, str]]:
    from landbridge.network import summary  # noqa: PLC0415 - heavy

    licences: dict[str, str] = {}
    for source, licence in zip(net.sources.id.tolist(), net.sources.licence.tolist(), strict=True):
        licences[licence] = licences.get(licence, "") or source
    return {
        "rows": {name: f"{count:,}" for name, count in summary.counts(net).items()},
        "km by mode": {name: f"{km:,.0f}" for name, km in summary.km_by_mode(net).items()},
        "km of rail by gauge": {
            name: f"{km:,.0f}" for name, km in summary.km_by_gauge(net).items()
        },
        "licences (first source)": licences,
    }


def _about(net: Network, thing: str) -> dict[str, dict[str, str]]:
    """Every row of a table with ids whose id it is, and the rows of its sources."""
    from difflib import get_close_matches  # noqa: PLC0415

    found: dict[str, dict[str, str]] = {}
    known: list[str] = []
    for table in net.tables():
        columns = list(table)
        if "id" not in columns:
            continue
        ids: list[str] = table.column("id").tolist()
        if table.name != "places":
            known += ids
        if thing in ids:
            row = ids.index(thing)
            found[f"{table.name} {thing}"] = {
                name: str(table.column(name)[row]) for name in columns
            }
    sources: list[str] = net.sources.id.tolist()
    for values in list(found.values()):
        source = values.get("source", "")
        if source in sources:
            row = sources.index(source)
            found[f"source {source}"] = {
                name: str(net.sources.column(name)[row]) for name in net.sources
            }
    if not found:
        near = ", ".join(get_close_matches(thing, known, n=4))
        raise QuestionError(
            f"nothing has the id {thing!r}." + (f" Did you mean {near}?" if near else "")
        )
    return found
