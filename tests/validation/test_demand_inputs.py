"""The cargo of the case: inputs apart from checks, and parts beside the sums they are made of."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

import numpy as np
import pytest

from landbridge.models.ratebook import RateBook, Wanted
from landbridge.network.load import load
from landbridge.units import day_number

NET = load("instc")
D = NET.demand
RAIL = 2.1e6
"""Of 2023 between Russia and Iran, t (CAP005)."""
SOUTH = 930 / (930 + 250)
"""Iran's imports from and exports to Russia in four months of 2022, kt (TRD022)."""


def kt(*names: str) -> float:
    """Sum of the rows that begin with a name."""
    return sum(float(D.value[row]) / 1e3 for row in range(len(D)) if D.id[row].startswith(names))


def words(text: str) -> set[str]:
    """The sources of a row."""
    return set(str(text).split(";"))


def test_no_check_is_an_input() -> None:
    path = resources.files("landbridge.validation") / "tables" / "counts.csv"
    told = {row["id"]: row["part"] for row in csv.DictReader(path.read_text("utf-8").splitlines())}
    inputs = set[str]().union(*(words(text) for text in D.source.tolist()))
    c = NET.counts
    assert sorted(told) == sorted(c.id.tolist())
    shared = {name for name, text in zip(c.id, c.source, strict=True) if inputs & words(text)}
    assert shared == {name for name, part in told.items() if part == "partly input"}


def test_parts_of_rail_cargo_add_up_to_the_railways_total() -> None:
    rail = [row for row in range(len(D)) if D.id[row].startswith("rail-")]
    for direction, share in (("south", SOUTH), ("north", 1 - SOUTH)):
        mine = [row for row in rail if D.direction[row] == direction]
        assert D.value[mine].sum() == pytest.approx(share * RAIL, rel=1e-3)
    assert {int(D.year[row]) for row in rail} == {2023}


def test_parts_of_rail_cargo_are_those_of_their_sources() -> None:
    # 392,000 m3 of 0.55 t, 65 % by rail
    assert kt("rail-timber") == pytest.approx(392 * 0.55 * 0.65, abs=1)
    # a year of 30 kt in two months
    assert kt("rail-oil") == 180
    # what is left, 18 : 17 : 17; what goes beyond Iran is of metals and of the rest
    left = SOUTH * RAIL / 1e3 - kt("rail-timber", "rail-oil")
    assert kt("rail-grain") == pytest.approx(left * 17 / 52, abs=1)
    metals, others = left * 18 / 52, left * 17 / 52
    # Chelyabinsk 2.7 and Sverdlovsk 2.1 of 18.6 Mt
    assert kt("rail-metal-urals") == pytest.approx(metals * 4.8 / 18.6, abs=1)
    assert kt("rail-other-urals") == pytest.approx(others / 4, abs=1)
    centre = kt("rail-metal-centre", "rail-other-centre", "rail-beyond")
    assert centre == pytest.approx(metals * 13.8 / 18.6 + others * 3 / 4, abs=2)
    # 129 kt in five months of 2024, in the measure of 2023
    assert kt("rail-beyond") == pytest.approx(129 * 12 / 5 / 1.085, abs=1)
    # Saratov 558, Kursk 613, Stavropol 716 kt
    grain = np.array([kt(f"rail-grain-{name}") for name in ("volga", "centre", "south")])
    assert grain / grain.sum() == pytest.approx(np.array([558, 613, 716]) / 1887, abs=2e-3)


def test_transit_by_sarakhs_keeps_its_total_and_its_direction() -> None:
    # 536 kt in five months; 526 of 600 kt came from the north
    assert kt("sarakhs") == pytest.approx(536 * 12 / 5, rel=1e-3)
    assert kt("sarakhs-south") / kt("sarakhs") == pytest.approx(526 / 600, abs=1e-3)


@pytest.mark.parametrize(
    ("country", "cargo", "off"),
    [("KZ", "general", 0.4), ("KZ", "bulk", 0.0), ("TM", "general", 0.5), ("TM", "bulk", 0.5)],
)
def test_discounts_of_the_eastern_route_hold_from_march_2023(
    country: str, cargo: str, off: float
) -> None:
    wanted = Wanted("freight", "rail", "freight_train", country, equipment=cargo)
    before, since = (
        RateBook(NET, day_number(dt.date(2023, month, 15))).get(wanted) for month in (1, 6)
    )
    # a box of 20 t is what the railway of Turkmenistan is priced by
    load_t = 20 if before.unit == "FEU-km" else 1
    assert since.unit == "t-km"
    assert since.spread.typical == pytest.approx((1 - off) * before.spread.typical / load_t)
