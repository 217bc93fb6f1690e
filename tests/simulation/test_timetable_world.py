"""Worlds small enough to be calculated by hand, in hours."""

from __future__ import annotations

import pytest

from landbridge.errors import DataError, NoAnswer
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.law import Law
from landbridge.simulation.model import (
    Departures,
    Give,
    Model,
    Path,
    Pool,
    Ride,
    Serve,
    Servers,
    Take,
    every,
    opening,
)  # fmt: skip
from landbridge.simulation.result import Result


def ran(model: Model) -> Result:
    return Run(Prepared(model), 1).finish()


def doors(result: Result) -> tuple[int, float]:
    """Boxes done and the sum of their hours from door to door."""
    return int(result.path.done.sum()), float(result.path.door_h.sum())


def test_a_border_that_shuts_at_night_and_a_ferry_with_two_places() -> None:
    # border: one lane, 1 h a box, open 8-12 on the first day and from 8 on the second.
    # boxes at 7, 7, 9, 11, 11.  lane: 8-9, 9-10, 10-11, 11-12, then shut, 32-33.
    # the box of 11-12 is served to the end at 12; the fifth starts at 8 of day two (hour 32).
    # ferry of 2 at 10, 20, 30, 40, rides 5 h: at 10 the boxes done at 9 and at 10 (who ends at the
    # minute of departure goes along); at 20 those of 11 and 12; at 30 none; at 40 that of 33.
    # arrivals: 15, 15, 25, 25, 45; door to door 8 + 8 + 16 + 14 + 34 = 80 h.
    # waits at the border 1 + 2 + 1 + 0 + 21 = 25; for the ferry 1 + 0 + 9 + 8 + 7 = 25.
    border = Servers("border", 1, changes=opening(((8, 12), (32, 36)), 1, 60))
    ferry = Departures("ferry", 2, times=every(10, 10, 60))
    path = Path(
        "p",
        (Serve("border", Law.fixed(1.0)), Ride("ferry", Law.fixed(5.0))),
        times=(7, 7, 9, 11, 11),
    )
    result = ran(Model((border, ferry), (path,), 60.0, period=60.0))
    assert doors(result) == (5, 80.0)
    assert result.station.waited_h[:, 0].tolist() == [25.0, 25.0]
    assert result.station.departed[1, 0] == 5
    assert result.station.carried[1, 0] == 5
    assert result.station.missed[1, 0] == 0
    # the lane is busy for 5 h, the ferry has boxes on board for 5 * 5 h
    assert result.station.busy_area[:, 0].tolist() == [5.0, 25.0]
    assert result.station.queue_area[:, 0].tolist() == [25.0, 25.0]
    assert result.queue[9:13, 0].tolist() == [1, 1, 0, 1]  # just before 9, 10, 11, 12 h


def test_departures_wait_for_their_set_and_leave_boxes_behind() -> None:
    # one set of 2 places, called at 0, 10, 20, 30, 40, back after 25 h; 5 boxes at 0.
    # 0: leaves with 2, 3 left behind. 10: no set, late. 20: cancelled, the one of 10 still waits.
    # 25: the set is back and leaves with 2, 1 left behind. 30: late. 40: cancelled.
    # 50: back, leaves with the last. rides 3 h: door to door 2 * 3 + 2 * 28 + 53 = 115.
    line = Departures("line", 2, times=every(10, 0, 50), fleet=1, turn=Law.fixed(25.0))
    path = Path("p", (Ride("line", Law.fixed(3.0)),), times=(0,) * 5)
    result = ran(Model((line,), (path,), 60.0, period=60.0))
    station = result.station
    assert doors(result) == (5, 115.0)
    assert (station.departed[0, 0], station.late[0, 0]) == (3, 2)
    assert (station.cancelled[0, 0], station.missed[0, 0]) == (2, 4)


def test_trains_that_leave_when_full_count_load() -> None:
    # capacity 4; boxes of 2 every hour from 0: full at 1, 3, 5; rides 1 h.
    # door to door: (2 + 1) * 3 = 9; the seventh box waits for ever.
    line = Departures("line", 4, when_full=True)
    path = Path("p", (Ride("line", Law.fixed(1.0)),), times=tuple(range(7)), load=2)
    result = ran(Model((line,), (path,), 20.0, period=20.0))
    assert doors(result) == (6, 9.0)
    assert result.station.carried[0, 0] == 12
    assert (result.live, result.standing[0]) == (1, 1)


def test_a_lorry_comes_back_empty() -> None:
    # one lorry; boxes at 0 and 1; loaded 4 h, empty 3 h back: taken at 0 and at 7.
    # the second box waits 6 h and is there at 11: 4 + 10 = 14 h. out 0-7 and 7-14: 14 unit hours.
    pool = Pool("lorry", 1)
    road = Servers("road", None)
    steps = (Take("lorry"), Serve("road", Law.fixed(4.0)), Give("lorry", "lorry", Law.fixed(3.0)))
    result = ran(Model((pool, road), (Path("p", steps, times=(0, 1)),), 20.0, period=20.0))
    assert doors(result) == (2, 14.0)
    assert result.station.waited_h[:, 0].tolist() == [6.0, 0.0]
    assert result.station.busy_area[:, 0].tolist() == [14.0, 8.0]


def test_empties_are_sent_back_in_batches() -> None:
    # two boxes at A, used one way: out at 0 and 1, at B at 5 and 6 (5 h each way).
    # B keeps none and sends two together at 6: at A again at 11, where the third box (at 2) has
    # waited for 9 h. it is at B at 16; one empty stays at B.
    a, b = Pool("A", 2), Pool("B", 0, batch=2, send_to="A", send=Law.fixed(5.0))
    road = Servers("road", None)
    steps = (Take("A"), Serve("road", Law.fixed(5.0)), Give("B", "A"))
    result = ran(Model((a, b, road), (Path("p", steps, times=(0, 1, 2)),), 30.0, period=30.0))
    assert doors(result) == (3, 5.0 + 5.0 + 14.0)
    assert result.station.waited_h[0, 0] == 9.0


def test_blocking_after_service_holds_the_server() -> None:
    # first: one server, 1 h. second: one server, 4 h, no room. boxes at 0, 0, 0.
    # first: 0-1, 1-2 held until 5, 5-6 held until 9. second: 1-5, 5-9, 9-13.
    stations = (Servers("first", 1), Servers("second", 1, room=0))
    steps = (Serve("first", Law.fixed(1.0)), Serve("second", Law.fixed(4.0)))
    result = ran(Model(stations, (Path("p", steps, times=(0, 0, 0)),), 20.0, period=20.0))
    assert doors(result) == (3, 5.0 + 9.0 + 13.0)
    assert result.station.held_area[:, 0].tolist() == [6.0, 0.0]
    assert result.station.waited_h[:, 0].tolist() == [0 + 1 + 5, 0 + 3 + 3]


def test_a_full_room_loses_where_it_says_so() -> None:
    gate = Servers("gate", 1, room=1, loses=True)
    path = Path("p", (Serve("gate", Law.fixed(10.0)),), times=(0, 1, 2, 3))
    result = ran(Model((gate,), (path,), 30.0, period=30.0))
    assert (result.path.done[0, 0], result.path.lost[0, 0]) == (2, 2)
    assert result.station.lost[0, 0] == 2


def test_a_closure_in_mid_run_ends_what_has_begun() -> None:
    # 2 lanes, shut from 1 to 10; boxes at 0, 0, 0, of 3 h: 0-3, 0-3, 10-13
    border = Servers("border", 2, changes=((1.0, 0), (10.0, 2)))
    path = Path("p", (Serve("border", Law.fixed(3.0)),), times=(0, 0, 0))
    result = ran(Model((border,), (path,), 20.0, period=20.0))
    assert doors(result) == (3, 3.0 + 3.0 + 13.0)


def test_a_loop_of_full_rooms_is_named() -> None:
    stations = (Servers("a", 1, room=0), Servers("b", 1, room=0), Servers("c", 1, room=0))
    one = Law.fixed(1.0)
    there = Path("there", (Serve("a", one), Serve("b", one)), times=(0,))
    back = Path("back", (Serve("b", one), Serve("a", one)), times=(0,))
    side = Path("side", (Serve("c", one), Serve("a", one)), times=(0,))
    with pytest.raises(NoAnswer, match=r"after 1\.0 h .*(a -> b -> a|b -> a -> b)") as told:
        ran(Model(stations, (there, back, side), 20.0))
    assert sorted(told.value.details["deadlock"]) == ["a", "b"]  # type: ignore[call-overload]


def test_faults_of_a_model_are_told_together() -> None:
    stations = (Servers("a", -1), Departures("d", 0), Pool("p", 1))
    path = Path("x", (Take("p", 2), Ride("a", Law.fixed(-1.0)), Give("p", "q")), times=(2, 1))
    with pytest.raises(DataError) as told:
        Prepared(Model(stations, (path,), 10.0, warm_up=20.0))
    text = "\n".join(str(fault) for fault in told.value.faults)
    for expected in (
        "warm-up", "-1 servers", "capacity 0", "no times", "must be Departures", "negative",
        "2 units of 'p' at once", "hours must rise", "more is given",
    ):  # fmt: skip
        assert expected in text
