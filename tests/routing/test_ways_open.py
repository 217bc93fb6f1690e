from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from small_world import Link, World, make

from landbridge.network.network import Network
from landbridge.network.tables import Links
from landbridge.routing.ways_open import (
    always_open,
    passages_out_of_season,
    passages_shut,
    turning_days,
    usable,
)
from landbridge.schema.column import ALWAYS, NEVER
from landbridge.units import CLOSED, CONSTRUCTION, OPEN, PLANNED, day_number
from worlds import strait_and_ferry


def links(status: int, opens: int, closes: int) -> Links:
    nodes = [(0.0, 0.0, 0), (0.0, 1.0, 0)]
    return make(World(nodes, [Link(0, 1, status=status, opens=opens, closes=closes)])).links


@pytest.mark.parametrize(
    ("status", "opens", "closes", "expected"),
    [
        (OPEN, ALWAYS, NEVER, True),
        (OPEN, 100, NEVER, True),
        (OPEN, 101, NEVER, False),
        (OPEN, ALWAYS, 100, False),
        (OPEN, ALWAYS, 101, True),
        (PLANNED, 100, NEVER, True),
        (CONSTRUCTION, 101, NEVER, False),
        (PLANNED, NEVER, NEVER, False),
        (PLANNED, ALWAYS, NEVER, False),  # nobody knows when
        (CLOSED, ALWAYS, NEVER, False),
        (CLOSED, 50, 200, False),
    ],
)
def test_what_may_be_used_on_day_100(
    status: int, opens: int, closes: int, *, expected: bool
) -> None:
    one = links(status, opens, closes)
    assert usable(one, 100).tolist() == [expected]
    assert always_open(one)[0] == (status == OPEN and opens == ALWAYS and closes == NEVER)


@pytest.fixture(scope="module")
def net() -> Network:
    return strait_and_ferry()


def seasonal(net: Network, first: str, last: str) -> Network:
    from dataclasses import replace  # noqa: PLC0415

    season = [np.array([text, ""], np.dtypes.StringDType()) for text in (first, last)]
    passages = replace(net.passages, season_from=season[0], season_to=season[1])
    return replace(net, passages=passages)


@pytest.mark.parametrize(
    ("first", "last", "day", "out"),
    [
        ("04-10", "11-25", (4, 9), True),
        ("04-10", "11-25", (4, 10), False),
        ("04-10", "11-25", (11, 25), False),
        ("04-10", "11-25", (11, 26), True),
        ("11-01", "03-15", (12, 31), False),  # over the new year
        ("11-01", "03-15", (6, 1), True),
        ("", "", (6, 1), False),
    ],
)
def test_seasons_come_every_year(
    net: Network, first: str, last: str, day: tuple[int, int], *, out: bool
) -> None:
    name = str(net.passages.id[0])
    found = passages_out_of_season(seasonal(net, first, last), dt.date(2027, *day))
    assert found == (frozenset({name}) if out else frozenset())


@pytest.mark.parametrize(("first", "last"), [("04-10", "11-25"), ("11-01", "03-15")])
def test_a_season_turns_on_its_first_day_and_after_its_last(
    net: Network, first: str, last: str
) -> None:
    one = seasonal(net, first, last)
    turns = set(turning_days(one).tolist())
    day = dt.date(2025, 1, 1)
    while day.year < 2027:
        before = passages_out_of_season(one, day - dt.timedelta(1))
        changes = before != passages_out_of_season(one, day)
        assert (day_number(day) in turns) == changes, day
        day += dt.timedelta(1)


def test_a_closed_passage_is_shut_and_turning_days_are_those_of_dates() -> None:
    nodes = [(0.0, 0.0, 0), (0.0, 1.0, 0)]
    world = World(
        nodes,
        [Link(0, 1, closes=300), Link(0, 1, opens=100), Link(0, 1)],
        passages=["a", "b"],
        shut_passages=["b"],
    )
    net = make(world)
    assert passages_shut(net, dt.date(2025, 1, 1)) == {"b"}
    assert turning_days(net).tolist() == [100, 300]
