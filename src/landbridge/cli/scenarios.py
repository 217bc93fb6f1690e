"""``landbridge scenarios``: the scenarios that a case brings along, or one of them."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.world import BUILT_IN, CaseOption

if TYPE_CHECKING:
    from landbridge.scenario.scenario import Scenario

EXAMPLES = """Examples:

  landbridge scenarios

  landbridge scenarios hormuz-2026

  landbridge scenarios --json"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("scenarios", epilog=EXAMPLES)(scenarios)


def scenarios(
    name: Annotated[
        str, typer.Argument(help="One of them, or FILE.toml; nothing for all.", show_default=False)
    ] = "",
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    case: CaseOption = BUILT_IN,
) -> None:
    """List scenarios: what each changes, from when to when, and who says so."""
    from landbridge.scenario.shelf import (  # noqa: PLC0415
        list_scenarios,
        load_scenario,
        scenario_json,
    )

    found = (load_scenario(name, case),) if name else list_scenarios(case)
    if as_json:
        rows = {"scenarios": [scenario_json(one) for one in found]}
        sys.stdout.write(json.dumps(rows, ensure_ascii=False) + "\n")
        return
    sys.stdout.write("\n".join(_text(one, whole=bool(name)) for one in found) + "\n")


def _text(one: Scenario, *, whole: bool) -> str:
    from landbridge.routing.wrap import wrapped  # noqa: PLC0415
    from landbridge.scenario.scenario import span_in_words  # noqa: PLC0415

    lines = [f"{one.id}: {one.name}{span_in_words(one.since, one.until)}"]
    if one.summary:
        lines += wrapped(one.summary, "  ", "  ")
    for number, text in enumerate(one.sentences(), start=1):
        lines += wrapped(text, f"  {number}. ", "     ")
    for source in one.sources if whole else ():
        lines += wrapped(source, "  Source: ", "    ")
    return "\n".join(lines)
