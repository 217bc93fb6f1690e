"""Rates that cannot be prices: told by file, line, column, value, rule and way out."""

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import landbridge as lb
from landbridge.errors import DataError
from landbridge.models.ratebook import RateBook, Wanted
from landbridge.network.rows import Rate
from landbridge.units import day_number
from worlds import two_ports_builder

HEAD = """id = "bad"
title = "A case with faults"
version = "1"
extends = "instc"
base_case = "none"
base_date = 2025-06-01
first_date = 2020-01-01
last_date = 2030-01-01
price_year = 2025
"""
COLUMNS = (
    "id,kind,mode,item,country,to_country,equipment,value,low,high,currency,unit,distribution,"
    "valid_from,valid_to,year,source,confidence,estimated,note\n"
)


def row(name: str, currency: str, unit: str, span: str = ",", year: int = 2025) -> str:
    return (
        f"{name},freight,road,lorry,MN,*,any,1,1,1,{currency},{unit},fixed,{span},{year},general,"
        "low,yes,n\n"
    )


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (row("x", "", "km"), ("line 2, column currency", "''", "a price has a currency", "USD")),
        (row("x", "EUX", "km"), ("line 2, column currency", "'EUX'", "must be USD", "'EUR'")),
        (row("x", "USD", "mile"), ("line 2, column unit", "'mile'", "kind freight", "FEU-km")),
        (
            row("x", "USD", "USD/km"),
            ("line 2, column unit", "'USD/km'", "Write USD into the column currency and km"),
        ),
        (
            row("x", "RUB", "km", year=1998),
            ("line 2, column year", "1998", "exchange rate of its year", "RUB", "1998-07-01"),
        ),
        (
            row("x", "USD", "km") + row("y", "USD", "km"),
            ("line 3, column id", "holds as x does", "one row", "Give it dates"),
        ),
        (
            row("x", "USD", "km", "2025-01-01,2025-06-01")
            + row("y", "USD", "km", "2025-05-01,2026-01-01"),
            ("line 3, column valid_from", "2025-05-01", "x holds for the same until 2025-06-01"),
        ),
        (
            "x,speed,road,,MN,*,any,1,1,1,USD,km/day,fixed,,,2025,general,low,yes,n\n",
            ("line 2, column currency", "'USD'", "has no currency", "blank"),
        ),
        (
            "x,exchange_rate,,MNT,*,*,any,1,1,1,EUR,unit,fixed,,,2025,general,low,yes,n\n",
            ("line 2, column currency", "'EUR'", "given in USD"),
        ),
    ],
)
def test_a_bad_rate_is_told_where_it_stands(
    tmp_path: Path, rows: str, told: tuple[str, ...]
) -> None:
    (tmp_path / "case.toml").write_text(HEAD, encoding="utf-8")
    (tmp_path / "rates.csv").write_text(COLUMNS + rows, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        lb.load(tmp_path)
    faults = [str(fault) for fault in caught.value.faults]
    assert any(all(word in fault for word in ("rates.csv", *told)) for fault in faults), faults


def test_a_gap_between_rows_is_a_fault_where_nothing_else_holds() -> None:
    # 2025-06-01 to 2025-07-01 has no price; a row for any country would fill it
    def dated(name: str, start: dt.date, end: dt.date) -> Rate:
        return Rate(
            name, "freight", "road", 1.0, "km", "USD", item="van", country="FI",
            valid_from=start, valid_to=end,
        )  # fmt: skip

    first = dated("first", dt.date(2025, 1, 1), dt.date(2025, 6, 1))
    second = dated("second", dt.date(2025, 7, 1), dt.date(2026, 1, 1))
    with pytest.raises(DataError, match="no row holds from 2025-06-01, where first ends"):
        two_ports_builder().add(first, second).build()
    anywhere = Rate("any", "freight", "road", 2.0, "km", "USD", item="van")
    net = two_ports_builder().add(first, second, anywhere).build()
    wanted = Wanted("freight", "road", "van", "FI")
    for day, price in ((dt.date(2025, 5, 31), 1.0), (dt.date(2025, 6, 15), 2.0)):
        assert RateBook(net, day_number(day)).get(wanted).spread.mean == price


def test_a_price_is_turned_into_usd_at_the_exchange_rate_of_its_year() -> None:
    # 90 RUB a km in 2024, at 1/90 USD per RUB, is 1 USD; in 2025, at 1/80, it is 1.125
    builder = two_ports_builder()
    for year, per in ((2024, 90.0), (2025, 80.0)):
        start, end = dt.date(year, 1, 1), dt.date(year + 1, 1, 1)
        builder.add(
            Rate(
                f"rub-{year}", "exchange_rate", "", 1 / per, "unit", "USD", item="RUB",
                valid_from=start, valid_to=end,
            ),
            Rate(
                f"van-{year}", "freight", "road", 90.0, "km", "RUB", item="van", year=year,
                valid_from=start, valid_to=end,
            ),
        )  # fmt: skip
    net = builder.build()
    for year, usd in ((2024, 1.0), (2025, 1.125)):
        book = RateBook(net, day_number(dt.date(year, 3, 1)))
        rate = book.get(Wanted("freight", "road", "van", "FI"))
        assert rate.spread.mean == pytest.approx(usd)
        assert (rate.currency, rate.year) == ("RUB", year)


@given(st.sampled_from(["EUR", "INR", "RUB", "CHF", "AED"]), st.floats(0.01, 1e9))
def test_there_and_back_is_the_same_amount(currency: str, amount: float) -> None:
    worth = RateBook(lb.load("world"), day_number(dt.date(2025, 6, 1))).exchange(
        currency, day_number(dt.date(2025, 6, 1))
    )
    assert worth is not None
    assert (amount / worth.usd_per) * worth.usd_per == pytest.approx(amount, rel=1e-12)
