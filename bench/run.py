"""Time what users wait for; print and write docs/benchmarks.md. ``QUICK=1``: fewer repetitions."""

from __future__ import annotations

import os
import platform
import sys
from importlib import metadata
from pathlib import Path

from route import rows

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
BEGIN, END = "<!-- route: written by `make bench` -->", "<!-- /route -->"


def main() -> int:
    """Print a table, and put it into the page."""
    found = rows(3 if os.environ.get("QUICK") else 7)
    where = (
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, numpy"
        f" {metadata.version('numpy')}, numba {metadata.version('numba')}"
    )
    sys.stdout.write(f"{where}\n")
    for name, unit, value in found:
        sys.stdout.write(f"{name:<66}{value:10,.1f} {unit}\n")
    lines = [f"{where}.", "", "| what | median |", "| --- | --- |"]
    lines += [f"| {name} | {value:,.1f} {unit} |" for name, unit, value in found]
    page = PAGE.read_text(encoding="utf-8")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    text = "\n".join([BEGIN, *lines, END])
    PAGE.write_text(before + text + after, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
