"""``landbridge network``: what the network holds, or everything known about one thing."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.world import BUILT_IN, CaseOption, ScenarioOption, open_network
from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.network.network import Network
    from landbridge.network.summary import Cell

    Told = dict[str, dict[str, Cell]]

LONG = 10_000
"""Numbers from here on are easier to read in groups of three digits; years are not."""
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
    case: CaseOption = BUILT_IN,
    scenario: ScenarioOption = None,
) -> None:
    """Print counts by table, mode and gauge, or all that is known about one id."""
    if action not in {"", "show"} or (action == "show") != bool(thing):
        raise QuestionError("use `landbridge network` or `landbridge network show ID`")
    net = open_network(case, scenario)
    found = _about(net, thing) if thing else _counts(net)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for name, values in found.items():
        sys.stdout.write(f"{name}\n")
        for key, value in values.items():
            if value is not None:
                sys.stdout.write(f"  {key:<22}{_shown(value)}\n")


def _shown(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return f"{value:,.12g}" if abs(value) >= LONG else f"{value:.12g}"


def _counts(net: Network) -> Told:
    from landbridge.network import summary  # noqa: PLC0415 - heavy

    licences: dict[str, Cell] = {}
    for source, licence in zip(net.sources.id.tolist(), net.sources.licence.tolist(), strict=True):
        licences.setdefault(licence, source)
    return {
        "state": {
            "case": net.case.id,
            "version": net.case.version,
            "is": summary.state_in_words(net),
        },
        "rows": {**summary.counts(net)},
        "km by mode": {**summary.km_by_mode(net)},
        "km of rail by gauge": {**summary.km_by_gauge(net)},
        "licences (first source)": licences,
    }


def _about(net: Network, thing: str) -> Told:
    """Every row of a table with ids whose id it is, and the rows of its sources."""
    from difflib import get_close_matches  # noqa: PLC0415

    from landbridge.network.summary import row_of  # noqa: PLC0415 - heavy

    found: Told = {}
    known: list[str] = []
    for table in net.tables():
        if "id" not in table:
            continue
        ids: list[str] = table.column("id").tolist()
        if table.name != "places":
            known += ids
        if thing in ids:
            found[f"{table.name} {thing}"] = row_of(net, table, ids.index(thing))
    sources: list[str] = net.sources.id.tolist()
    for values in list(found.values()):
        for source in str(values.get("source", "")).split(";"):
            if source in sources:
                found[f"source {source}"] = row_of(net, net.sources, sources.index(source))
    if not found:
        near = ", ".join(get_close_matches(thing, known, n=4))
        raise QuestionError(
            f"nothing has the id {thing!r}." + (f" Did you mean {near}?" if near else "")
        )
    return found
