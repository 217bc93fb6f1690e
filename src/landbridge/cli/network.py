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
MOST_COUNTRIES = 20
"""Countries that are printed; JSON has all."""
MOST_ROWS = 12
"""Rows of one table that are printed; JSON has all."""
LEFT_OUT = frozenset({"source", "note", "year", "confidence", "estimated"})
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
    """Print counts by table, mode, gauge, country and licence, or all known about one id."""
    if action not in {"", "show"} or (action == "show") != bool(thing):
        raise QuestionError("use `landbridge network` or `landbridge network show ID`")
    net = open_network(case, scenario)
    if thing:
        _show(net, thing, as_json=as_json)
    else:
        _count(net, as_json=as_json)


def _shown(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value
    return f"{value:,.12g}" if abs(value) >= LONG else f"{value:.12g}"


def _count(net: Network, *, as_json: bool) -> None:
    """What the network holds: rows, km by mode, gauge and country, sources by licence."""
    from landbridge.network import summary  # noqa: PLC0415 - heavy

    blocks: Told = {
        "state": {
            "case": net.case.id,
            "version": net.case.version,
            "is": summary.state_in_words(net),
        },
        "rows": {**summary.counts(net)},
        "km by mode": {**summary.km_by_mode(net)},
        "km of rail by gauge": {**summary.km_by_gauge(net)},
    }
    countries, sources = summary.km_by_country(net), summary.sources_by_licence(net)
    if as_json:
        body = {**blocks, "km by country": countries, "sources by licence": sources}
        sys.stdout.write(json.dumps(body, ensure_ascii=False) + "\n")
        return
    _write(blocks)
    sys.stdout.write(f"km by country{'rail':>17}{'road':>12}\n")
    for code, km in list(countries.items())[:MOST_COUNTRIES]:
        rail, road = km.get("rail", 0.0), km.get("road", 0.0)
        sys.stdout.write(f"  {code:<14}{rail:>14,.0f}{road:>12,.0f}\n")
    sys.stdout.write(f"  ... and {len(countries) - MOST_COUNTRIES} more; --json has all\n")
    sys.stdout.write("sources by licence\n")
    for licence, ids in sources.items():
        sys.stdout.write(_paragraph(f"{licence}: {', '.join(ids)}"))


def _show(net: Network, thing: str, *, as_json: bool) -> None:
    """Everything known about one id, and where it comes from."""
    from landbridge.network.about import about  # noqa: PLC0415 - heavy

    known = about(net, thing)
    rows: Told = {f"{table} {thing}": row for table, row in known.rows.items()}
    sources: Told = {f"source {name}": row for name, row in known.sources.items()}
    if as_json:
        body = {**rows, **sources, "related": known.related, "counts": known.counts,
                "names": known.names}  # fmt: skip
        sys.stdout.write(json.dumps(body, ensure_ascii=False) + "\n")
        return
    _write(rows)
    if known.names:
        sys.stdout.write("other names\n" + _paragraph("; ".join(known.names)))
    for table, some in known.related.items():
        sys.stdout.write(f"{table} that refer to it: {len(some)}\n")
        for row in some[:MOST_ROWS]:
            sys.stdout.write(_paragraph(_in_line(row)))
        if len(some) > MOST_ROWS:
            sys.stdout.write(f"  ... and {len(some) - MOST_ROWS} more; --json has all\n")
    for table, count in known.counts.items():
        sys.stdout.write(f"{table} that refer to it: {count:,}\n")
    _write(sources)


def _in_line(row: dict[str, Cell]) -> str:
    """A row in a line: what is blank, the source and the note are left to its own file."""
    return ", ".join(
        f"{name} {_shown(value)}"
        for name, value in row.items()
        if value is not None and name not in LEFT_OUT
    )


def _write(blocks: Told) -> None:
    for name, values in blocks.items():
        sys.stdout.write(f"{name}\n")
        for key, value in values.items():
            if value is not None:
                sys.stdout.write(f"  {key:<22}{_shown(value)}\n")


def _paragraph(text: str) -> str:
    from landbridge.routing.wrap import wrapped  # noqa: PLC0415

    return "\n".join(wrapped(text, "  ", "    ")) + "\n"
