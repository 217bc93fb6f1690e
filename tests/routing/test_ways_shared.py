"""What a change of the network leaves alone is not found again, and what it touches is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import landbridge as lb
from landbridge.network.network import Network
from landbridge.routing.kept import Kept, digest
from landbridge.routing.tables import WayTable, land_table, terrain_of
from landbridge.routing.ways import ways_for
from landbridge.routing.ways_upper import upper_for

SNAP_KM = 60.0


@pytest.fixture(scope="module")
def net() -> Network:
    return lb.load()


def rails(net: Network, gauge: int) -> WayTable:
    return land_table(terrain_of(net, ways_for(net)), "rail", gauge, SNAP_KM)


def strange(net: Network) -> Network:
    """The same network in tables of its own, so that nothing can be shared with it."""
    copies = {
        table.name: replace(table, **{name: table.column(name).copy() for name in table})
        for table in net.tables()
    }
    return replace(net, **copies)


def test_shutting_suez_leaves_railways_and_roads_as_they_were(net: Network) -> None:
    shut = lb.Close("passage:suez").apply(net)
    for family in ("rail", "road"):
        assert upper_for(shut, family) is upper_for(net, family)
    assert upper_for(shut, "water") is not upper_for(net, "water")
    assert rails(shut, 1520).legs is rails(net, 1520).legs


def test_a_price_changes_no_way_and_a_border_only_the_railways_that_cross_it(
    net: Network,
) -> None:
    dear = lb.Scale("rates", "kind:freight;mode:rail", "value", 2.0).apply(net)
    assert rails(dear, 1520).legs is rails(net, 1520).legs
    slow = lb.Scale("crossings", "from_country:KZ;to_country:TM;mode:rail", "hours", 9.0).apply(net)
    assert rails(slow, 1520).legs is not rails(net, 1520).legs
    assert rails(slow, 1435).legs is rails(net, 1435).legs


@pytest.mark.parametrize(
    "change",
    [
        lb.Close("crossing:KZ-RU"),
        lb.Close("country:TM"),
        lb.Scale("crossings", "mode:rail", "hours", 3.0),
    ],
)
def test_ways_of_a_changed_network_are_those_of_one_that_shares_nothing(
    net: Network, change: lb.Change
) -> None:
    rails(net, 1520)
    changed = change.apply(net)
    shared, alone = rails(changed, 1520).legs, rails(strange(changed), 1520).legs
    assert shared is not alone
    assert np.array_equal(shared.km, alone.km)
    assert np.array_equal(shared.hours, alone.hours)
    assert np.array_equal(shared.tally.km, alone.tally.km)


def test_a_kept_value_is_made_once_and_the_oldest_goes_first() -> None:
    made: list[int] = []
    kept: Kept[int] = Kept(2)

    def make(key: int) -> int:
        return kept.of(key, lambda: made.append(key) or key)

    assert [make(1), make(2), make(1), make(3), make(1), make(2)] == [1, 2, 1, 3, 1, 2]
    assert made == [1, 2, 3, 2]


def test_what_is_kept_comes_to_no_more_than_the_most_and_the_least_recent_goes() -> None:
    made: list[int] = []
    kept: Kept[int] = Kept(10, lambda value: value)

    def make(key: int) -> int:
        return kept.of(key, lambda: made.append(key) or key)

    # 4 + 5 fit, 3 more do not: 5 goes, for 4 was asked for again; 20 stays alone
    for key in (4, 5, 4, 3, 4, 5, 20, 20, 4):
        assert make(key) == key
    assert made == [4, 5, 3, 5, 20, 4]


def test_digests_tell_shapes_types_and_values_apart() -> None:
    row = np.arange(4.0)
    assert digest(row) == digest(row.copy())
    others = (row.reshape(2, 2), row.astype(np.float32), row + 1, row[::-1])
    assert len({digest(row), *(digest(other) for other in others)}) == 1 + len(others)
