"""Pages written by hand have everything that they promise: terms, tables, records, examples."""

import csv
import re
import tomllib
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from pages import DOCS, PAGES, ROOT, fences, headings, name_of, prose, rows
from runner import Runner, commands, run_page

from landbridge.network import tables
from landbridge.network.load import load

GLOSSARY = (DOCS / "glossary.md").read_text(encoding="utf-8")
TERMS = [cells[0].replace("*", "") for cells in rows(GLOSSARY)]
ADDING = sorted((DOCS / "add").glob("*.md"))
RECORDS = sorted((DOCS / "decisions").glob("0*.md"))
BUILD_TABLES = sorted((ROOT / "src/landbridge/build/tables").glob("*.csv"))
EVERYDAY = {"id", "title", "lat", "lon", "lat1", "lon1", "lat2", "lon2", "km", "mode", "year",
            "source", "confidence", "note"}  # fmt: skip
PLAIN = {"README", "CONTRIBUTING", "CHANGELOG", "CITATION", "LICENSE", "MIT", "CSV", "JSON", "SHA",
         "UTF", "SQL", "NPZ", "API", "SVG", "DATA", "FILE", "YYYY", "PLACE", "SINCE", "UNTIL",
         "SHARE", "DAYS"}  # fmt: skip
"""Words in capitals that are files, stand for something, or are known to whoever reads them."""


def words_in_capitals(page: Path) -> set[str]:
    """Abbreviations in the prose of a page: TEU, CO2e, eTIR, ..."""
    found: set[str] = set(
        re.findall(r"\be?[A-Z][A-Z0-9]*[A-Z]\b|\bCO2e\b", prose(page.read_text()))
    )
    return {word for word in found if len(word) > 2 or word in {"UN", "HS"}}


def test_terms_of_the_glossary_are_in_order_and_stand_once() -> None:
    assert sorted(TERMS, key=str.casefold) == TERMS
    assert len({term.casefold() for term in TERMS}) == len(TERMS)
    assert all(len(cells[1]) > 10 for cells in rows(GLOSSARY))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if page.stem not in {"glossary", "validation"}], ids=name_of
)
def test_every_abbreviation_of_a_page_is_in_the_glossary(page: Path) -> None:
    codes = set(load("world").countries.code.tolist()) - {"UN", "HS"}
    known = set(re.findall(r"\w+", " ".join(TERMS))) | PLAIN | codes
    unknown = words_in_capitals(page) - known
    assert not unknown, f"{name_of(page)} uses {unknown}; explain them in docs/glossary.md"


def test_every_table_of_a_case_is_a_term() -> None:
    words = set(" ".join(TERMS).split())
    for kind in tables.CASE_TABLES:
        one = {kind.name, kind.name.removesuffix("s"), kind.name.removesuffix("es")}
        assert one & words, kind.name


@pytest.mark.parametrize("path", BUILD_TABLES, ids=lambda path: path.name)
def test_every_typed_table_of_the_build_has_its_columns_explained(path: Path) -> None:
    told = {cells[0].strip("`"): cells[1] for cells in rows((DOCS / "data-build.md").read_text())}
    with path.open(encoding="utf-8") as file:
        header = next(csv.reader(file))
    for column in header:
        assert f"`{column}`" in told[path.name] or column in EVERYDAY, f"{path.name}, {column}"
    named = set(re.findall(r"`([a-z_0-9]+)`(?! the port)", told[path.name]))
    assert set(header) & named, path.name


def test_every_table_and_package_of_the_build_is_there() -> None:
    told = {cells[0].strip("`") for cells in rows((DOCS / "data-build.md").read_text())}
    folder = ROOT / "src/landbridge/build/tables"
    assert told == {path.name for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("page", ADDING, ids=lambda page: page.stem)
def test_the_rows_of_an_added_thing_change_what_is_printed(page: Path, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    run_page(text, tmp_path)
    with_rows, without = Runner(tmp_path), Runner(tmp_path)
    lines = [
        command
        for fence in fences(text)
        if fence.language == "console" and "exit" not in fence.info
        for command, _ in commands(fence)
    ]
    assert lines
    changed = 0
    for line in lines:
        assert " --case my-case" in line
        try:
            before = without.command(line.replace(" --case my-case", ""), 0)
        except (AssertionError, CalledProcessError):
            before = ""  # without the rows there is no such id, or nothing to be found
        changed += before != with_rows.command(line, 0)
    assert changed >= max(1, len(lines) - 1)


def test_a_price_holds_from_its_date_on(tmp_path: Path) -> None:
    text = (DOCS / "add" / "cost.md").read_text(encoding="utf-8")
    run_page(text, tmp_path)
    runner = Runner(tmp_path)
    usd: list[float] = []
    for date in ("2025-06-01", "2026-06-01"):
        line = f"landbridge route Istanbul Ankara --modes road --date {date} --csv --case my-case"
        row = runner.command(line, 0).splitlines()[1].split(",")
        usd.append(float(row[6]))
    documents = 2 * usd[0] - usd[1]  # doubled is the freight, and the papers stay as they are
    assert 50 < documents < 300
    assert usd[1] > 1.5 * usd[0]


@pytest.mark.parametrize("page", RECORDS, ids=lambda page: page.stem)
def test_a_record_has_its_parts_and_stands_in_the_index(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    number = int(page.name[:4])
    assert headings(text)[0].startswith(f"{number}. ")
    parts = [text.find(f"**{part}.**") for part in ("Context", "Choice", "Consequences")]
    assert -1 not in parts
    assert parts == sorted(parts)
    assert page.name in (DOCS / "decisions" / "index.md").read_text()


def test_records_are_numbered_without_a_gap() -> None:
    assert [int(page.name[:4]) for page in RECORDS] == list(range(1, len(RECORDS) + 1))


def test_the_citation_agrees_with_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    text = (ROOT / "CITATION.cff").read_text()
    said = dict(re.findall(r'^([a-z-]+): ?"?(.*?)"?$', text, re.MULTILINE))
    assert (said["title"], said["version"]) == (project["name"], project["version"])
    assert {"cff-version", "message", "type", "authors", "license"} <= set(said)


def test_every_licence_of_the_shipped_data_is_named_beside_it() -> None:
    notice = (ROOT / "src/landbridge/data/LICENSE-DATA.md").read_text()
    held = load("instc").sources
    names = {"ODbL-1.0": "ODbL", "CC-BY-4.0": "CC BY 4.0", "EUPL-1.2": "EUPL 1.2"}
    texts: list[str] = held.licence.tolist()
    for licence in {part for text in texts for part in text.split("; ")}:
        assert names.get(licence, licence) in notice, licence
