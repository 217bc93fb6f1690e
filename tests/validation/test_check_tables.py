"""Tables of checks are whole: a comma that is not quoted would cut a cause short."""

import csv
from importlib import resources

import pytest

TABLES = sorted(
    path.name
    for path in (resources.files("landbridge.validation") / "tables").iterdir()
    if path.name.endswith(".csv")
)


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_a_table_has_a_cell_per_column(name: str) -> None:
    path = resources.files("landbridge.validation") / "tables" / name
    head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
    assert [row for row in rows if len(row) != len(head)] == []
