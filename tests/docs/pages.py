"""The pages of the documentation as data: fenced blocks, headings, links, tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
"""Every page that people read; a change log is none."""

_FENCE = re.compile(r"^```(.*?)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#{1,6} (.+?)\s*$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
_IMAGE = re.compile(r"!\[[^\]]*\]\(([^)\s]+)\)")
_CODE = re.compile(r"`[^`\n]*`")


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: what stands behind the fence, its lines, and where it lies in the page."""

    info: str
    body: str
    line: int
    """Line of the page on which the fence opens."""
    span: tuple[int, int]
    """First and last position of the body in the page."""

    @property
    def language(self) -> str:
        """First word behind the fence."""
        return self.info.partition(" ")[0]

    @property
    def file(self) -> str:
        """Second word behind the fence: the file that the block is."""
        return self.info.partition(" ")[2].strip()


def name_of(page: Path) -> str:
    """The page's path in the repository."""
    return page.relative_to(ROOT).as_posix()


def fences(text: str) -> list[Fence]:
    """All fenced blocks of a page."""
    return [
        Fence(
            found.group(1).strip(),
            found.group(2),
            text.count("\n", 0, found.start()) + 1,
            found.span(2),
        )
        for found in _FENCE.finditer(text)
    ]


def prose(text: str) -> str:
    """The page without its fenced blocks and code."""
    return _CODE.sub("", _FENCE.sub("", text))


def headings(text: str) -> list[str]:
    """The titles of all sections, as they are written."""
    return _HEADING.findall(_FENCE.sub("", text))


def anchors(text: str) -> set[str]:
    """What a link to a section of the page may name: headings as GitHub turns them into ids."""
    found: dict[str, int] = {}
    for title in headings(text):
        plain = re.sub(r"[^\w\- ]", "", title.replace("`", "").lower()).replace(" ", "-")
        found[plain] = found.get(plain, 0) + 1
    return {
        word if count == 0 else f"{word}-{count}"
        for word, times in found.items()
        for count in range(times)
    }


def links(text: str) -> list[str]:
    """The targets of all links and images of a page."""
    plain = _FENCE.sub("", text)
    return _LINK.findall(plain) + _IMAGE.findall(plain)


def rows(text: str) -> list[list[str]]:
    """The cells of every row of every table of a page, heads and rules left out."""
    lines = [line for line in _FENCE.sub("", text).splitlines() if line.startswith("|")]
    cells = [
        [cell.replace("\\|", "|").strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for line in lines
    ]
    rules = {k for k, row in enumerate(cells) if row and set("".join(row)) <= set("-: ")}
    return [row for k, row in enumerate(cells) if k not in rules and k + 1 not in rules]


def table(head: tuple[str, ...], body: list[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *body]
    return "\n".join(f"| {' | '.join(_cell(text) for text in row)} |" for row in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
