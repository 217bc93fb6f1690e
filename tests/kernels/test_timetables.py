from __future__ import annotations

import os

import numpy as np
import pytest
from timetables import Drawn, Pairs, check_journey, drawn, expanded, front

from landbridge.errors import QuestionError
from landbridge.kernels.connections import LANES, NEVER
from landbridge.routing.timetable import Journey, Timetable

PLAIN = bool(os.environ.get("NUMBA_DISABLE_JIT"))
SEEDS = range(60 if PLAIN else 1000)


def ends(seed: int, stops: int) -> tuple[Pairs, Pairs]:
    """Two lists of stops with minutes, some of them empty."""
    rng = np.random.default_rng(seed)
    first, second = (
        [(int(s), int(rng.integers(0, 6))) for s in rng.integers(0, stops, rng.integers(0, 4))]
        for _ in range(2)
    )
    return first, second


def told(journeys: list[Journey]) -> list[tuple[int, int]]:
    return [(len(one.rides), one.arrives) for one in journeys]


@pytest.mark.parametrize("part", range(4))
def test_scans_rounds_and_labels_equal_dijkstra_on_random_timetables(part: int) -> None:
    found = 0
    for seed in SEEDS[part::4]:
        one = drawn(seed)
        own = one.timetable()
        origin, destination = ends(seed, one.stops)
        labels = own.towards(destination)
        for start in (0, 17, 40):
            right = front(expanded(one, origin, destination, start))
            rounds, looked_up = (
                own.journeys(origin, destination, start),
                labels.journeys(origin, start),
            )
            assert told(rounds) == right
            assert told(looked_up) == right
            scanned = own.earliest(origin, destination, start)
            assert (None if scanned is None else scanned.arrives) == (
                right[-1][1] if right else None
            )
            for journey in [*rounds, *looked_up, *([scanned] if scanned else [])]:
                check_journey(one, origin, destination, journey)
            found += bool(right)
    assert found > len(SEEDS) // 8


@pytest.mark.parametrize("seed", SEEDS[:: max(1, len(SEEDS) // 50)])
def test_tables_by_lanes_equal_single_scans(seed: int) -> None:
    one = drawn(seed)
    own = one.timetable()
    origins, destinations = (
        [ends(10 * seed + k, one.stops)[side] for k in range(count)]
        for side, count in enumerate((LANES + 3, 5))
    )
    start = np.random.default_rng(seed).integers(0, 50, len(origins)).astype(np.int32)
    table = own.table(origins, destinations, start)
    short = own.table(origins, destinations, start, longest=25)
    for i, origin in enumerate(origins):
        for j, destination in enumerate(destinations):
            alone = own.earliest(origin, destination, int(start[i]))
            arrives = NEVER if alone is None else alone.arrives
            assert table[i, j] == arrives
            assert short[i, j] == (arrives if arrives <= start[i] + 25 else NEVER)


@pytest.mark.parametrize("seed", SEEDS[:: max(1, len(SEEDS) // 50)])
def test_a_profile_holds_every_departure_and_nothing_idle(seed: int) -> None:
    one = drawn(seed)
    origin, destination = ends(seed, one.stops)
    own = one.timetable()
    listed = own.towards(destination).departures(origin, -30, 90)
    by_rounds = own.departures(origin, destination, -30, 90)
    assert [(j.start, *told([j])) for j in by_rounds] == [(j.start, *told([j])) for j in listed]
    for journey in [*listed, *by_rounds]:
        check_journey(one, origin, destination, journey)
    for journey in listed:
        better = [
            other
            for other in listed
            if other is not journey
            and other.start >= journey.start
            and other.arrives <= journey.arrives
            and len(other.rides) <= len(journey.rides)
        ]
        assert not better
    for first, last in ((-30, 10), (15, 35)):
        few = one.timetable().towards(destination).departures(origin, first, last)
        assert few == [j for j in listed if first <= j.start <= last]
        assert told(own.departures(origin, destination, first, last)) == told(few)
    for start in range(-30, 91):
        right = front(expanded(one, origin, destination, start))
        later = [(len(other.rides), other.arrives) for other in listed if other.start >= start]
        by_rides: dict[int, int] = {}
        for rides, at in later:
            by_rides[rides] = min(by_rides.get(rides, at), at)
        assert front(by_rides) == right


@pytest.mark.parametrize("seed", range(20))
def test_waiting_never_helps_and_more_rides_never_hurt(seed: int) -> None:
    one = drawn(seed)
    own = one.timetable()
    every = list(range(one.stops))
    before = own.table(every, every, -5)
    for start in range(0, 60, 7):
        now = own.table(every, every, start)
        assert (now >= before).all()
        assert (now > start).all()
        before = now


def test_who_stays_aboard_needs_no_transfer_and_who_changes_needs_one() -> None:
    connections = [(0, 5, 0, 1, 0), (5, 9, 1, 2, 0), (6, 7, 1, 2, 1)]
    without = Timetable.build(connections, [], 3)
    assert told(without.journeys(0, 2, 0)) == [(1, 9)]
    slow = Timetable.build(connections, [(1, 1, 2)], 3)
    assert told(slow.journeys(0, 2, 0)) == [(1, 9)]
    quick = Timetable.build(connections, [(1, 1, 1)], 3)
    assert quick.journeys(0, 2, 0) == [Journey(0, 9, ((0, 1),)), Journey(0, 7, ((0, 0), (2, 2)))]


def test_cut_offs_hold_where_one_boards_and_not_for_who_is_aboard() -> None:
    connections = [(10, 20, 0, 1, 0), (20, 30, 1, 2, 0)]
    own = Timetable.build(connections, [], 3, closes=[4, 14])
    assert told(own.journeys(0, 2, 4)) == [(1, 30)]
    assert own.journeys(0, 2, 5) == []
    assert told(own.journeys(1, 2, 14)) == [(1, 30)]
    assert own.earliest(1, 2, 15) is None


def test_two_transfers_in_a_row_are_none() -> None:
    connections = [(0, 5, 0, 1, 0), (20, 25, 3, 4, 1)]
    own = Timetable.build(connections, [(1, 2, 1), (2, 3, 1)], 5)
    assert own.earliest(0, 4, 0) is None


GOOD = [(0, 5, 0, 1, 0), (6, 9, 1, 2, 0)]


@pytest.mark.parametrize(
    ("connections", "transfers", "closes", "told_"),
    [
        ([(0, 5, 0, 1)], [], None, "rows of 5 whole numbers"),
        ([(0.5, 5, 0, 1, 0)], [], None, "rows of 5 whole numbers"),
        ([GOOD[0], (6, 6, 1, 2, 0)], [], None, "row 1: must arrive later"),
        ([(0, 5, 0, 3, 0)], [], None, "row 0: names no stop of 3"),
        ([(0, 5, -1, 1, 0)], [], None, "row 0: names no stop of 3"),
        ([(0, 5, 0, 1, -1)], [], None, "trip below 0"),
        ([GOOD[0], (4, 9, 1, 2, 0)], [], None, "row 1: does not go on"),
        ([GOOD[0], (6, 9, 2, 1, 0)], [], None, "row 1: does not go on"),
        ([(2**40, 2**40 + 1, 0, 1, 0)], [], None, "beyond"),
        (GOOD, [(0, 3, 1)], None, "transfers, row 0: names no stop"),
        (GOOD, [(0, 1, -1)], None, "transfers, row 0: must take"),
        (GOOD, [], [0, 7], "row 1: must not close later"),
        (GOOD, [], [0], "closes has 1 rows"),
    ],
)
def test_what_is_no_timetable_is_refused_with_its_row(
    connections: list[tuple[int, ...]],
    transfers: list[tuple[int, int, int]],
    closes: list[int] | None,
    told_: str,
) -> None:
    with pytest.raises(QuestionError, match=told_):
        Timetable.build(connections, transfers, 3, closes)


@pytest.mark.parametrize("end", [3, -1, [(0, -1)], [(5, 1)]])
def test_ends_off_the_timetable_are_refused(end: int | Pairs) -> None:
    with pytest.raises(QuestionError, match="ends, row 0"):
        Timetable.build(GOOD, [], 3).earliest(end, 0, 0)


def test_an_empty_timetable_leads_nowhere() -> None:
    own = Drawn(2, [], [], []).timetable()
    assert own.earliest(0, 1, 0) is None
    assert own.journeys(0, 1, 0) == []
    assert own.towards(1).departures(0, 0, 100) == []
    assert (own.table([0, 1], [0, 1], 0) == NEVER).all()
