"""Every example of the pages runs, and prints what the page shows, figures apart."""

from pathlib import Path

import pytest
from pages import PAGES, fences, name_of
from runner import run_page, without_figures

KNOWN = {"console", "python", "text", "csv", "toml", "sh", "json"}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_examples_of_a_page_print_what_it_shows(page: Path, tmp_path: Path) -> None:
    for one in run_page(page.read_text(encoding="utf-8"), tmp_path):
        where = f"{name_of(page)}, line {one.fence.line}: {one.code}"
        shown, printed = without_figures(one.shown), without_figures(one.printed)
        assert shown == printed, f"{where} prints something else; run `make docs`"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_block_says_what_it_is(page: Path) -> None:
    for fence in fences(page.read_text(encoding="utf-8")):
        assert fence.language in KNOWN, f"{name_of(page)}, line {fence.line}: ```{fence.info}"
        if fence.language != "console":
            assert "landbridge" not in {line.split(" ")[0] for line in fence.body.splitlines()}, (
                f"{name_of(page)}, line {fence.line}: commands stand in ```console after $"
            )


def test_a_figure_that_changes_is_no_other_output_and_a_word_is() -> None:
    assert without_figures("a   12.5 km\n") == without_figures("a 1,301 km\n\n")
    assert without_figures("a 12 km") != without_figures("b 12 km")
