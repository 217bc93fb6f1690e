"""``landbridge check``: every fault of a case at once, each with its line and a way out."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.errors import DataError, Fault

if TYPE_CHECKING:
    from landbridge.network.network import Network

EXAMPLES = """Examples:

  landbridge check my-corridor

  landbridge check my-corridor --json"""

WHERE = re.compile(
    r"(?P<file>[^,]+)(?:, (?:line|row) (?P<line>\d+))?(?:, (?:column|key) (?P<column>.+))?"
)
"""How faults name a place: ``terminals.csv, line 3, column lat``."""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("check", epilog=EXAMPLES)(check)


def check(
    folder: Annotated[str, typer.Argument(help="Folder of a case, or the name of a built-in one.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Tell every fault of a case with file, line, column, rule and way out; exit 2 if any.

    Tells as a note what is no fault and yet of no use: a side too far from its network.
    """
    from landbridge.network.case import folder_of, read_case  # noqa: PLC0415 - heavy
    from landbridge.network.load import load  # noqa: PLC0415 - heavy

    own = read_case(folder_of(folder))
    rows = {draft.kind.name: len(draft) for draft in own.drafts}
    faults = _said(folder)
    try:
        net = load(folder)
    except DataError as error:
        net, faults = None, [*error.faults, *faults]
    if net is None or faults:
        _tell(Report(folder, rows, tuple(sorted(faults, key=_order)), ()), as_json=as_json)
        raise typer.Exit(2)
    sides = [draft for draft in own.drafts if draft.kind.name == "sides"]
    lines = {
        (str(terminal), int(mode)): origin
        for draft in sides
        for terminal, mode, origin in zip(
            draft.columns["terminal"], draft.columns["mode"], draft.origins, strict=True
        )
    }
    _tell(Report(folder, rows, (), tuple(_notes(net, lines))), as_json=as_json)


def _said(folder: str) -> list[Fault]:
    """What is wrong with the claims and statistics of the case, or of the one that it extends."""
    from landbridge.network.case import CLAIMS, folders_of  # noqa: PLC0415 - heavy
    from landbridge.scenario.claims_table import read_claims  # noqa: PLC0415
    from landbridge.scenario.statistics_table import read_statistics  # noqa: PLC0415

    faults: list[Fault] = []
    try:
        read_statistics(folder)
    except DataError as error:
        faults += error.faults
    if any((one / CLAIMS).exists() for one in folders_of(folder)):
        try:
            read_claims(folder)
        except DataError as error:
            faults += error.faults
    return faults


def _order(fault: Fault) -> tuple[str, int]:
    parts = _parts(fault)
    return str(parts["file"]), int(parts["line"] or 0)


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a case."""

    folder: str
    rows: dict[str, int]
    """Rows of its own, by table."""
    faults: tuple[Fault, ...]
    notes: tuple[Fault, ...]


def _notes(net: Network, lines: dict[tuple[str, int], str]) -> list[Fault]:
    from landbridge.routing.stray import stray_sides  # noqa: PLC0415 - heavy
    from landbridge.units import MODES  # noqa: PLC0415 - with it

    found: list[Fault] = []
    for one in stray_sides(net, {terminal for terminal, _ in lines}):
        where = lines.get((one.terminal, MODES.index(one.mode)), f"sides of {one.terminal}")
        kind = f"{one.mode} of {one.gauge_mm} mm" if one.gauge_mm else one.mode
        away = f"{one.away_km:,.0f} km" if one.away_km < float("inf") else "more than 3,000 km"
        remedy = "Mend lat and lon."
        if one.swapped:
            remedy = "Exchange lat and lon: it would lie beside its network then."
        rule = "a side farther than 60 km from its network is never used"
        found.append(Fault(where, f"{one.terminal} lies {away} from any {kind}", rule, remedy))
    return found


def _tell(report: Report, *, as_json: bool) -> None:
    if as_json:
        body = {
            "case": report.folder,
            "rows": report.rows,
            "faults": [_parts(fault) for fault in report.faults],
            "notes": [_parts(note) for note in report.notes],
        }
        sys.stdout.write(json.dumps(body, ensure_ascii=False) + "\n")
        return
    counts = ", ".join(f"{name} {count}" for name, count in report.rows.items() if count)
    sys.stdout.write(f"{report.folder}: rows of its own: {counts or 'none'}\n")
    for word, found in (("fault", report.faults), ("note", report.notes)):
        if found:
            sys.stdout.write(f"\n{len(found)} {word}{'' if len(found) == 1 else 's'}:\n")
        for one in found:
            sys.stdout.write(f"  {one.where}\n      {one.found}; {one.rule}\n")
            if one.remedy:
                sys.stdout.write(f"      {one.remedy}\n")
    if not report.faults:
        sys.stdout.write("no faults\n" if not report.notes else "\nno faults\n")


def _parts(fault: Fault) -> dict[str, str | int | None]:
    match = WHERE.fullmatch(fault.where)
    line = match["line"] if match else None
    return {
        "file": match["file"] if match else fault.where,
        "line": int(line) if line else None,
        "column": match["column"] if match else None,
        "found": fault.found,
        "rule": fault.rule,
        "remedy": fault.remedy or None,
    }
