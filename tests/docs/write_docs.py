"""``make docs``: write the generated pages, and the outputs that other pages show.

With ``--check`` nothing is written; the exit code is 1 where a page is not as it would be written.
Names of pages (``simulate cli``) ask for those alone.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from pages import DOCS, PAGES, name_of
from runner import run_page
from tables_page import tables_page
from verbs_page import verbs_page

GENERATED = {DOCS / "cli.md": verbs_page, DOCS / "formats.md": tables_page}


def with_outputs(text: str) -> str:
    """The page with every shown output as the program prints it now."""
    with tempfile.TemporaryDirectory() as folder:
        shown = run_page(text, Path(folder))
    for one in shown:
        old, new = one.shown, one.printed.strip("\n") + "\n"
        start = text.index(old, text.index(one.code))
        text = text[:start] + new + text[start + len(old) :]
    return text


def main() -> int:
    """Write, or tell what is stale."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument("pages", nargs="*", help="names of pages without .md; none: all")
    asked = parser.parse_args()
    pages = list(dict.fromkeys([*GENERATED, *PAGES]))
    if unknown := set(asked.pages) - {page.stem for page in pages}:
        parser.error(f"no page is named {', '.join(sorted(unknown))}")
    stale: list[str] = []
    for page in pages:
        if asked.pages and page.stem not in asked.pages:
            continue
        before = page.read_text(encoding="utf-8") if page.exists() else ""
        after = with_outputs(GENERATED[page]() if page in GENERATED else before)
        if after == before:
            continue
        stale.append(name_of(page))
        if not asked.check:
            page.write_text(after, encoding="utf-8")
    for name in stale:
        sys.stdout.write(f"{'stale' if asked.check else 'written'}: {name}\n")
    return 1 if stale and asked.check else 0


if __name__ == "__main__":
    sys.exit(main())
