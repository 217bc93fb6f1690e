"""Links lead somewhere, every page can be reached, and verbs of make exist."""

import re
from pathlib import Path

import pytest
from pages import DOCS, PAGES, ROOT, anchors, links, name_of

INDEX = DOCS / "index.md"


def targets(page: Path) -> list[tuple[str, Path, str]]:
    """Link as written, file and anchor of every link of a page that stays in the repository."""
    found: list[tuple[str, Path, str]] = []
    for link in links(page.read_text(encoding="utf-8")):
        if "://" not in link and not link.startswith("mailto:"):
            file, _, anchor = link.partition("#")
            found.append((link, (page.parent / file).resolve() if file else page, anchor))
    return found


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_to_a_file_and_a_section_of_it(page: Path) -> None:
    for link, file, anchor in targets(page):
        assert file.exists(), f"{name_of(page)} links to {link}"
        if anchor:
            assert anchor in anchors(file.read_text()), f"{name_of(page)} links to {link}"


def test_every_file_of_docs_can_be_reached_from_the_index() -> None:
    reached: set[Path] = set()
    todo = [INDEX]
    while todo:
        page = todo.pop()
        if page in reached:
            continue
        reached.add(page)
        if page.suffix == ".md":
            todo += [file for _, file, _ in targets(page)]
    files = {path.resolve() for path in DOCS.rglob("*") if path.is_file()}
    assert not {name_of(path) for path in files - reached}


def test_the_readme_leads_to_the_index() -> None:
    assert INDEX.resolve() in {file for _, file, _ in targets(ROOT / "README.md")}


def test_every_verb_of_make_that_a_page_names_exists() -> None:
    known = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for page in PAGES:
        for verb in re.findall(r"`make ([a-z]+)|^    make ([a-z]+)|^make ([a-z]+)",
                               page.read_text(), re.MULTILINE):  # fmt: skip
            assert "".join(verb) in known, f"{name_of(page)}: make {verb}"


def test_anchors_are_those_that_a_forge_makes() -> None:
    page = "# A `b_c` (d)\n\n## Twice\n\n```sh\n# no heading\n```\n\n## Twice\n"
    assert anchors(page) == {"a-b_c-d", "twice", "twice-1"}
