"""``python -m landbridge.validation``: lengths against published ones, to docs/validation.md."""

from __future__ import annotations

import csv
import sys
from importlib import resources
from pathlib import Path
from statistics import median

import landbridge as lb
from landbridge.errors import LandbridgeError

BOUND = {"rail": 2.0, "road": 5.0, "sea": 2.0}
"""Errors asked for, in %."""


def rows() -> list[dict[str, str]]:
    """The references."""
    path = resources.files("landbridge.validation") / "tables" / "lengths.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def report() -> str:
    """The page: every reference with ours, the error and the cause of a miss."""
    net = lb.load()
    lines = [
        "# Validation",
        "",
        "Written by `make validate`. *input*: the section carries the published length;",
        "*check*: it does not. Misses are listed as misses.",
        "",
    ]
    errors: dict[str, list[float]] = {mode: [] for mode in BOUND}
    table: list[str] = []
    for row in rows():
        mode, published = row["mode"], float(row["km"])
        try:
            ours = lb.distance(net, row["from"], row["to"], mode=mode).km
        except LandbridgeError as error:
            table.append(f"| {mode} | {row['from']} - {row['to']} | {published:.0f} | - | - |"
                         f" {row['kind']} | {row['source']} | {str(error)[:60]} |")  # fmt: skip
            continue
        error = 100 * (ours / published - 1)
        errors[mode].append(abs(error))
        miss = "" if abs(error) <= BOUND[mode] else f"**miss**: {row['cause'] or 'not known'}"
        table.append(f"| {mode} | {row['from']} - {row['to']} | {published:.0f} | {ours:.0f} |"
                     f" {error:+.1f} % | {row['kind']} | {row['source']} | {miss} |")  # fmt: skip
    for mode, values in errors.items():
        inside = sum(value <= BOUND[mode] for value in values)
        lines.append(f"- {mode}: median error {median(values):.1f} %, {inside} of {len(values)}"
                     f" within {BOUND[mode]:g} %")  # fmt: skip
    head = ["", "| mode | from - to | published km | ours | error | kind | source | remark |",
            "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    return "\n".join([*lines, *head, *table]) + "\n"


def main() -> int:
    """Print the page and keep it in docs/."""
    text = report()
    sys.stdout.write(text)
    if Path("docs").is_dir():
        Path("docs/validation.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
