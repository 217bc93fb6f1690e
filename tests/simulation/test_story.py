"""The story of one lot: sums in the head, and the event log of the same replication."""

from __future__ import annotations

import pytest
from test_event_log import GATE, LOAD, YARD, logged, season

from landbridge.errors import QuestionError
from landbridge.simulation.model import Servers, Station
from landbridge.simulation.season import Season
from landbridge.simulation.story import Story, _closed, story_of  # pyright: ignore[reportPrivateUsage]
from landbridge.simulation.story_text import story_json, story_text


def told(one: Season, which: str) -> Story:
    return story_of(one, which)


def test_the_parts_of_a_lot_that_meets_nobody() -> None:
    # 8 h by lorry, 10 h of handling, the weekly ship of 40 h, 10 h, a lorry to Kassel
    one = season(teu=365.0)
    found = told(one, "0")
    assert [part.what for part in found.parts] == [
        "move", "handling", "wait", "move", "handling", "move",
    ]  # fmt: skip
    hours = [part.hours for part in found.parts]
    assert hours[0] == pytest.approx(8.0, abs=0.01)
    assert hours[1] == pytest.approx(10.0, abs=0.01)
    assert hours[3] == pytest.approx(40.0, abs=0.01)
    assert hours[4] == pytest.approx(10.0, abs=0.01)
    wait = found.parts[2]
    assert (wait.why, wait.missed) == ("service", 0)
    assert wait.hours <= 168.0
    assert found.waited_h == pytest.approx(wait.hours)
    assert found.end == "arrived"
    assert sum(hours) == pytest.approx(found.hours, abs=0.02)


def test_each_part_begins_where_the_one_before_ends() -> None:
    one = season(GATE, YARD, LOAD, teu=3650.0)
    for which in ("7", "40", "longest"):
        found = told(one, which)
        at = found.begin_h
        for part in found.parts:
            assert part.begin_h == pytest.approx(at, abs=0.02)
            at = part.begin_h + part.hours
        if found.end == "arrived":
            assert at == pytest.approx(found.begin_h + found.hours, abs=0.02)


def test_waits_are_those_of_the_event_log() -> None:
    one = season(GATE, LOAD, teu=3650.0)
    rows, _ = logged(one)
    arrived = [row["lot"] for row in rows if row["event_code"] == "DROP"][5]
    waits = [float(row["waited_h"]) for row in rows if row["lot"] == arrived and row["station"]]
    assert told(one, arrived).waited_h == pytest.approx(sum(waits), abs=0.05)


def test_a_queue_is_told_with_those_before_and_ships_that_left_without_it() -> None:
    # 20 TEU a day, 10 through the gate, 60 a week on the ship: both queues grow
    one = season(GATE, LOAD, teu=7300.0)
    found = told(one, "250")
    by = {part.why: part for part in found.parts if part.what == "wait"}
    # five lots a day go through the gate: as many before it as it waited fifths of a day
    gate = by["queue"]
    assert gate.ahead == pytest.approx(gate.hours / 4.8, abs=1.5)
    ship = by["service"]
    assert ship.missed == int(ship.hours / 168.0)
    assert ship.missed >= 1
    # a ship takes 60 TEU, thirty lots
    assert ship.ahead == 30 * ship.missed


def test_who_does_not_arrive_waits_to_the_end() -> None:
    one = season(GATE, teu=73_000.0)
    found = told(one, "9000")
    assert found.end == "under way"
    assert found.parts[-1].what == "wait"
    assert found.parts[-1].begin_h + found.parts[-1].hours == pytest.approx((56 + 60) * 24.0)
    assert "is still under way" in story_text(one, found)


def test_hours_in_which_a_place_is_shut() -> None:
    stations: tuple[Station, ...] = (
        Servers("gate", 1, changes=((10.0, 0), (14.0, 1), (20.0, 0), (21.0, 2))),
    )
    hour = 3_600_000

    class One:
        """A model of this one station."""

        def __init__(self) -> None:
            self.stations = stations

    shut = [_closed(One(), 0, a * hour, b * hour) for a, b in ((0, 9), (0, 30), (12, 20), (13, 21))]  # pyright: ignore[reportArgumentType]
    assert shut == [0.0, 5.0, 2.0, 2.0]


def test_longest_is_the_longest_of_those_born_in_the_season() -> None:
    one = season(GATE, teu=3650.0, warm_up=14)
    rows, _ = logged(one)
    born = {row["lot"]: row["created_utc"] for row in rows if row["event_code"] == "PICK"}
    found = told(one, "longest")
    assert found.begin_h >= 0
    assert born[str(found.lot)] >= "2025-06-02"
    assert told(one, "south").begin_h >= 0
    assert found.hours >= told(one, "south").hours


@pytest.mark.parametrize(
    ("which", "match"),
    [("9999999", "no lot 9999999"), ("elsewhere", "is no lot: give a number .* of south")],
)
def test_a_lot_that_is_not_there(which: str, match: str) -> None:
    with pytest.raises(QuestionError, match=match):
        told(season(), which)


def test_text_fits_a_terminal_and_json_tells_the_same() -> None:
    one = season(GATE, LOAD, teu=7300.0)
    found = told(one, "60")
    lines = story_text(one, found).splitlines()
    assert max(len(line) for line in lines) <= 80
    assert lines[0].startswith("Lot 60 of replication 1")
    assert any("in the queue;" in line for line in lines)
    body = story_json(one, found)
    assert body["lot"] == 60
    assert body["hours"] == pytest.approx(found.hours, abs=1e-4)
    assert str(body["parts"]).count("'what'") == len(found.parts)
