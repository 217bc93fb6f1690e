"""``landbridge init``: a case of one's own to begin with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """Examples:

  landbridge init my-corridor

  landbridge init my-north-south --extends instc"""


def register(app: typer.Typer) -> None:
    """Add the command to the program."""
    app.command("init", epilog=EXAMPLES)(init)


def init(
    folder: Annotated[str, typer.Argument(help="Folder to make; it must be new or empty.")],
    *,
    extends: Annotated[
        str, typer.Option(help="Built-in case to lay it over: world or instc.")
    ] = "world",
) -> None:
    """Write a case to begin with: the Middle Corridor, with comments, ready to be asked."""
    from landbridge.network.starter import start_case  # noqa: PLC0415 - reads the built-in cases

    for name in start_case(Path(folder), extends):
        sys.stdout.write(f"written: {Path(folder) / name}\n")
    sys.stdout.write(
        f"\nNext:\n  landbridge check {folder}\n"
        f'  landbridge route "Xi\'an" Constanta --case {folder}\n'
        "Then change it: README.md in the folder says what each file is.\n"
    )
