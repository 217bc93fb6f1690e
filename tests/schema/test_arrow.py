# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false, reportAttributeAccessIssue=false, reportOptionalMemberAccess=false, reportMissingTypeStubs=false
"""Tables read by other libraries hold what the columns hold, and are let go afterwards."""

import gc

import duckdb
import nanoarrow
import numpy as np
import pandas as pd
import polars as pl
import pytest

import landbridge as lb
from landbridge.network.network import Network
from landbridge.schema import arrow
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.schema.table import Table, columns_of
from landbridge.units import date_of

SMALL = 20_000


@pytest.fixture(scope="module")
def net() -> Network:
    return lb.load("instc")


def expected(table: Table, name: str) -> list[object]:
    """The values of a column as Arrow should show them."""
    column = next(one for one in columns_of(type(table)) if one.name == name)
    values: list[object] = table.column(name).tolist()
    if column.day is not None:
        return [None if day in {ALWAYS, NEVER} else date_of(day) for day in values]  # type: ignore[arg-type]
    if column.range is not None and column.range.missing:
        return [None if isinstance(x, float) and np.isnan(x) else x for x in values]
    return values


def test_polars_reads_every_value_of_every_table(net: Network) -> None:
    for table in net.tables():
        part = table.take(np.arange(min(len(table), SMALL)))
        frame = pl.DataFrame(part)
        assert frame.columns == list(part)
        for name in part:
            assert frame[name].to_list() == expected(part, name), (table.name, name)


def test_pandas_and_duckdb_read_the_same_rows(net: Network) -> None:
    services = net.services
    frame = pd.DataFrame.from_arrow(services)
    assert frame["id"].tolist() == services.id.tolist()
    rows = duckdb.sql("select id, max_km from services order by id").fetchall()
    want = sorted(zip(services.id.tolist(), services.max_km.tolist(), strict=True))
    assert rows == want


def test_a_table_without_rows_keeps_its_columns(net: Network) -> None:
    empty = type(net.crossings).empty()
    frame = pl.DataFrame(empty)
    assert frame.columns == list(empty)
    assert frame.height == 0


def test_numbers_are_not_copied(net: Network) -> None:
    km = net.links.km
    array = nanoarrow.ArrayStream(net.links).read_all().child(list(net.links).index("km"))
    chunk = next(iter(array.iter_chunks()))
    assert chunk.buffer(1) is not None
    address = np.asarray(memoryview(chunk.buffer(1))).__array_interface__["data"][0]
    assert address == km.__array_interface__["data"][0]


def test_everything_is_released(net: Network) -> None:
    gc.collect()
    before = arrow.held()
    for _ in range(200):
        frame = pl.DataFrame(net.terminals)
        assert frame.height == len(net.terminals)
        del frame
        net.terminals.__arrow_c_stream__()  # nobody consumes it
    gc.collect()
    assert arrow.held() == before
