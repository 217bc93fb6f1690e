"""Parts of docs/benchmarks.md, each between two marks of its own."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table in Markdown."""
    return [
        f"| {' | '.join(head)} |",
        f"| {' | '.join('---' for _ in head)} |",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def machine() -> str:
    """What was measured on."""
    processor = platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                processor = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass  # other systems tell less
    versions = " ".join(f"{name} {metadata.version(name)}," for name in ("numpy", "numba"))
    return (
        f"{processor}, {os.cpu_count()} cores, Python {platform.python_version()},"
        f" {versions.removesuffix(',')}."
    )


def write(name: str, title: str, lines: Sequence[str]) -> None:
    """Put a part into the page: into its place, or at the end if it is new."""
    begin, end = f"<!-- {name}: written by `make bench` -->", f"<!-- /{name} -->"
    page = PAGE.read_text(encoding="utf-8")
    if begin not in page:
        page += f"\n## {title}\n\n{begin}\n{end}\n"
    before, after = page.split(begin)[0], page.split(end)[1]
    PAGE.write_text(
        before + "\n".join([begin, machine(), "", *lines, end]) + after, encoding="utf-8"
    )
