"""The generated pages are as program and schema say; nothing in them is left unexplained."""

import re
import shlex

import pytest
from pages import DOCS, ROOT, fences, rows
from tables_page import MEANINGS, holds, if_blank, meaning, meanings, tables_page
from verbs_page import asked, examples, verbs_page

from landbridge.cli.main import VERBS, main
from landbridge.network import case_toml, network, tables
from landbridge.network.load import load
from landbridge.schema.table import Column, Table, columns_of
from landbridge.simulation.run_tables import KINDS, columns

STALE = "docs are stale; run `make docs`"
EVERY = [
    (kind, column)
    for kind in (*tables.CASE_TABLES, *tables.WORLD_TABLES)
    for column in columns_of(kind)
]


def test_the_page_of_verbs_is_as_the_program_says() -> None:
    assert (DOCS / "cli.md").read_text() == verbs_page(), STALE


def test_the_page_of_formats_is_as_the_schema_says() -> None:
    assert (DOCS / "formats.md").read_text() == tables_page(), STALE


@pytest.mark.parametrize("verb", VERBS)
def test_every_argument_and_option_is_explained_in_the_help_and_on_the_page(
    verb: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TERM", "dumb")
    assert main([verb, "--help"]) == 0
    shown = " ".join(re.sub(r"[│╭╮╰╯─]", " ", capsys.readouterr().out).split())
    section = (DOCS / "cli.md").read_text().split(f"\n## {verb}\n")[1].split("\n## ")[0]
    named = {cells[0].strip("`"): cells[3] for cells in rows(section)}
    listed = set(re.findall(r"(?<!\S)--[a-z][a-z0-9-]+", shown.split("Options")[1]))
    assert listed <= {*named, "--help", *re.findall(r"--[a-z-]+", " ".join(examples(verb)))}
    for one in asked(verb):
        assert len(one.help) > 10, f"{verb}: {one.name} is not explained"
        assert one.help.split(";")[0] in shown, f"{verb} --help leaves out {one.name}"
        assert named[one.name] == one.help


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_examples_in_its_help_and_every_option_is_in_one_somewhere(
    verb: str,
) -> None:
    shown = examples(verb)
    assert shown
    assert all(shlex.split(line)[:2] == ["landbridge", verb] for line in shown)
    used = " ".join(
        fence.body
        for page in [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
        for fence in fences(page.read_text())
        if fence.language == "console"
    )
    for one in asked(verb):
        if one.name.startswith("--"):
            hit = re.search(rf"landbridge {verb}\b[^\n]* {one.name}\b", used.replace("\\\n", " "))
            assert hit, f"no example of the pages uses {one.name} of {verb}"


@pytest.mark.parametrize(("kind", "column"), EVERY, ids=lambda one: getattr(one, "name", ""))
def test_every_column_has_a_meaning_and_a_rule(kind: type[Table], column: Column) -> None:
    assert len(meaning(kind, column).split()) >= 2, f"{kind.name}.{column.name} needs a meaning"
    assert holds(column)
    assert if_blank(kind, column)


def test_a_column_without_a_text_of_its_own_kind_or_figure_has_no_meaning() -> None:
    (column,) = (one for one in columns_of(tables.Links) if one.name == "tail")
    before = MEANINGS.pop(("Links", "tail"))
    try:
        assert meaning(tables.Links, column) == ""
    finally:
        MEANINGS["Links", "tail"] = before


def test_every_key_of_case_toml_has_a_meaning() -> None:
    told = meanings(network, case_toml)
    for key in case_toml.KEYS:
        owner = "Head" if key == "extends" else "Case"
        assert not told[owner, key].startswith("="), f"{owner}.{key} needs a text"


def test_every_kind_of_rate_and_factor_has_a_meaning() -> None:
    assert set(tables.RATE_MEANINGS) == set(tables.RATE_UNITS)
    assert set(tables.FACTOR_MEANINGS) == set(tables.FACTOR_UNITS)


def test_every_file_and_column_of_the_built_in_cases_is_on_the_page() -> None:
    page = (DOCS / "formats.md").read_text()
    for path in sorted((ROOT / "src/landbridge/cases").rglob("*.csv")):
        told = {"claims.csv": "The table", "statistics.csv": "statistics.csv"}.get(path.name)
        if told:  # no tables of a network: told where claims are
            section = (DOCS / "claims.md").read_text().split(f"\n## {told}\n")[1]
        else:
            section = page.split(f"\n## {path.name}\n")[1]
        section = section.split("\n## ")[0]
        named = {name.strip("` ") for cells in rows(section) for name in cells[0].split(",")}
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert set(header) <= named, path


def test_every_table_of_a_network_is_on_the_page() -> None:
    page = (DOCS / "formats.md").read_text()
    for table in load("world").tables():
        assert f"\n## {table.name}.csv\n" in page or f"\n## {table.name}\n" in page


def test_every_unit_in_a_column_name_is_the_unit_of_the_column() -> None:
    ends = {"_km": "km", "_h": "h", "_mm": "mm", "_m": "m", "_teu": "TEU", "_dwt": "t"}
    for kind, column in EVERY:
        wanted = [unit for end, unit in ends.items() if column.name.endswith(end)]
        if wanted and not column.text:
            assert column.unit == wanted[0], f"{kind.name}.{column.name}"


def test_every_column_of_the_tables_of_a_run_is_explained() -> None:
    page = (DOCS / "run-folder.md").read_text()
    for name, kind in KINDS.items():
        section = page.split(f"\n## tables/{name}.csv\n")[1].split("\n## ")[0]
        told = [line.split("|")[1].strip(" `") for line in section.splitlines() if "| `" in line]
        assert told == columns(kind), name
