"""Departures: worked out by hand over two ports, and on the corridor by all algorithms at once."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

import landbridge as lb
from landbridge.errors import NoAnswer, PlaceError, QuestionError
from landbridge.network.change import Set, apply
from landbridge.network.network import Network
from landbridge.network.rows import Place
from landbridge.routing import board, chain_timetable
from landbridge.routing.board import Departures
from landbridge.routing.board_text import to_csv, to_json
from landbridge.routing.chain import DRIVE, SERVICE
from landbridge.routing.chain_timetable import ChainTimetable
from landbridge.routing.timetable import Journey
from worlds import rates_of_doors, two_ports_builder

MONDAY = dt.date(2025, 6, 2)
SHIP = lb.Shipment("FITMP", "DEKAS", ready=MONDAY, feu=1, tonnes=10)


def world(timetable: str = "Th 18:00", cutoff: float = 0.0) -> Network:
    """Lorry 8 h, loading 10 h, a vessel of 40 h, unloading 10 h, lorry 12 h; UTC."""
    builder = two_ports_builder().add(*rates_of_doors())
    builder.add(Place("clock", "Clock", "FI", 60.5, 26.9, time_zone="UTC"))
    changes = [Set("services", "weekly", "cutoff_h", cutoff)]
    if timetable:
        changes.append(Set("services", "weekly", "timetable", timetable))
    return apply(builder.build(), changes)


def told(found: Departures) -> list[tuple[str, str]]:
    return [(one.leaves[:16], one.arrives[:16]) for one in found.departures]


def test_departures_are_those_that_one_counts_back_by_hand() -> None:
    # to be there on Thursday 06:00, 12 h before 18:00, one leaves 18 h before, Wednesday 12:00;
    # 18:00 + 40 h at sea + 10 h + 12 h by lorry is Sunday 08:00
    found = lb.departures(world(cutoff=12.0), SHIP, days=14)
    assert told(found) == [
        ("2025-06-04T12:00", "2025-06-08T08:00"),
        ("2025-06-11T12:00", "2025-06-15T08:00"),
    ]
    one = found.departures[0]
    assert one.hours == 92
    (ride,) = one.rides
    assert (ride.service, ride.start, ride.to) == ("weekly", "Port of Kotka", "Port of Lübeck")
    assert ride.closes[:16] == "2025-06-05T06:00"
    assert ride.leaves[:16] == "2025-06-05T18:00"
    assert ride.arrives[:16] == "2025-06-07T10:00"
    assert one.itinerary.transfers == 2
    (option,) = lb.route(world(cutoff=12.0), SHIP, params=lb.RouteParams(samples=2)).options
    assert (one.usd, one.co2e_kg) == pytest.approx(
        (option.itinerary.total("usd"), option.itinerary.total("wtw"))
    )


@pytest.mark.parametrize("timetable", ["Th 18:00", "Mo We Sa 03:00", "month 3 17 06:00"])
def test_the_first_departure_arrives_when_route_played_through_does(timetable: str) -> None:
    net = world(timetable, 5.0)
    for day in range(9):
        ready = MONDAY + dt.timedelta(days=day)
        shipment = replace(SHIP, ready=ready)
        first = lb.departures(net, shipment).departures[0]
        (option,) = lb.route(net, shipment, params=lb.RouteParams(samples=3)).options
        start = dt.datetime.combine(ready, dt.time(8), dt.UTC)
        end = start + dt.timedelta(hours=float(option.trip.hours.max()))
        assert np.ptp(option.trip.hours) < 1e-6
        assert abs(dt.datetime.fromisoformat(first.arrives) - end) < dt.timedelta(minutes=1)


def test_an_interval_is_kept_and_begins_anywhere() -> None:
    net, starts = world(""), set[str]()
    for seed in range(6):
        found = lb.departures(net, SHIP, days=28, params=lb.RouteParams(seed=seed))
        times = [dt.datetime.fromisoformat(one.leaves) for one in found.departures]
        assert {b - a for a, b in pairwise(times)} == {dt.timedelta(days=7)}
        assert len(times) == 4
        starts.add(found.departures[0].leaves)
        assert found.departures[0].hours == 8 + 10 + 40 + 10 + 12
    assert len(starts) > 3
    again = lb.departures(net, SHIP, params=lb.RouteParams(seed=3))
    assert str(again) == str(lb.departures(net, SHIP, params=lb.RouteParams(seed=3)))


def test_no_departure_outside_the_days_of_a_service() -> None:
    net = apply(world(), [Set("services", "weekly", "closes", dt.date(2025, 6, 12))])
    assert told(lb.departures(net, SHIP)) == [("2025-06-05T00:00", "2025-06-08T08:00")]


def test_lorries_of_a_limited_reach() -> None:
    assert len(lb.departures(world(), SHIP, lorry_km=310).departures) == 4
    with pytest.raises(NoAnswer, match="no service leaves"):
        lb.departures(world(), SHIP, lorry_km=290)


@pytest.mark.parametrize(
    ("days", "lorry_km", "limits", "word"),
    [
        (0, None, lb.Limits(), "days is 0"),
        (367, None, lb.Limits(), "days is 367"),
        (7, 0.0, lb.Limits(), "lorry_km is 0"),
        (7, float("nan"), lb.Limits(), "lorry_km is nan"),
        (7, None, lb.Limits(via=("Kotka",)), "via"),
        (7, None, lb.Limits(modes=("air",)), "air is no mode"),
    ],
)
def test_questions_out_of_bounds_are_refused(
    days: int, lorry_km: float | None, limits: lb.Limits, word: str
) -> None:
    with pytest.raises(QuestionError, match=word):
        lb.departures(world(), SHIP, days=days, lorry_km=lorry_km, limits=limits)


def test_places_that_are_none_or_one_are_refused() -> None:
    with pytest.raises(PlaceError):
        lb.departures(world(), replace(SHIP, destination="Atlantis"))
    with pytest.raises(NoAnswer, match="same place"):
        lb.departures(world(), replace(SHIP, destination="FITMP"))


def test_too_many_departures_are_refused_before_they_are_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(chain_timetable, "MOST_CONNECTIONS", 10)
    with pytest.raises(QuestionError, match=r"148 days have .* the most is 10"):
        lb.departures(world(""), SHIP)


def test_json_and_csv_hold_what_the_table_holds() -> None:
    found = lb.departures(world(cutoff=12.0), SHIP, days=7)
    body = json.loads(json.dumps(to_json(found), allow_nan=False))
    (one,) = body["departures"]
    assert one["leaves"] == "2025-06-04T12:00+00:00"
    assert one["rides"][0]["closes"] == "2025-06-05T06:00+00:00"
    assert body["lorry_hours"] is None
    (row,) = csv.DictReader(io.StringIO(to_csv(found)))
    assert row["via"] == "Port of Kotka;Port of Lübeck"
    assert row["days"] == "3.83"
    assert "We 2025-06-04 12:00" in str(found)
    assert max(map(len, str(found).splitlines())) <= 80


@pytest.fixture(scope="module")
def corridor() -> tuple[ChainTimetable, Departures]:
    """Two weeks from Moscow to Tehran, with what ``departures`` asks of it."""
    seen: list[ChainTimetable] = []
    original = chain_timetable.chain_timetable

    def watched(*asked: object) -> ChainTimetable:
        seen.append(original(*asked))  # pyright: ignore[reportArgumentType]
        return seen[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(board, "chain_timetable", watched)
        found = lb.departures(
            lb.load(), lb.Shipment("Moscow", "Tehran", ready=MONDAY), days=14, lorry_km=300
        )
    return seen[0], found


def told_of(journeys: list[Journey]) -> list[tuple[int, int]]:
    return [(len(one.rides), one.arrives) for one in journeys]


def test_scan_rounds_and_labels_agree_on_the_corridor(
    corridor: tuple[ChainTimetable, Departures],
) -> None:
    known, found = corridor
    own, ends = known.timetable, (known.origin, known.destination)
    labels = own.towards(known.destination)
    first = int(known.leaves.min())
    starts = range(first, first + 14 * 1440, 12 * 60 + 7)
    for start in starts:
        rounds = own.journeys(*ends, start)
        assert told_of(rounds) == told_of(labels.journeys(known.origin, start))
        scanned = own.earliest(*ends, start)
        assert scanned is not None
        assert scanned.arrives == rounds[-1].arrives
    table = own.table([known.origin] * len(starts), [known.destination], np.array(starts, np.int32))
    assert table[:, 0].tolist() == [own.journeys(*ends, start)[-1].arrives for start in starts]
    listed = labels.departures(known.origin, first, first + 14 * 1440)
    by_rounds = own.departures(*ends, first, first + 14 * 1440)
    assert [(j.start, *told_of([j])) for j in listed] == [
        (j.start, *told_of([j])) for j in by_rounds
    ]
    assert found.departures


def test_every_journey_of_the_corridor_can_be_caught_and_sums_to_its_arrival(
    corridor: tuple[ChainTimetable, Departures],
) -> None:
    known, _ = corridor
    arcs, first = known.chain.arcs, int(known.leaves.min())
    journeys = known.timetable.departures(known.origin, known.destination, first, first + 14 * 1440)
    assert journeys
    for journey in journeys:
        way = known.way(journey)
        assert arcs.tail[way[0]] == known.chain.origin
        assert arcs.head[way[-1]] == known.chain.destination
        assert (arcs.head[way[:-1]] == arcs.tail[way[1:]]).all()
        now, rides = float(journey.start), iter(journey.rides)
        for arc in way.tolist():
            if arcs.kind[arc] != SERVICE:
                now += 60 * float(arcs.cost[arc, 0])
                continue
            row, _ = next(rides)
            assert known.arc[row] == arc
            assert now <= known.closes[row] + 1e-6
            now = float(known.arrives[row])
        assert journey.arrives - 1 <= now <= journey.arrives + 1e-6
        assert (arcs.kind[way] == DRIVE).sum() <= len(journey.rides) + 1
