"""Journeys over two small ports played through against clocks; worked out by hand, and laws."""

import datetime as dt
import json
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import landbridge as lb
from landbridge.errors import QuestionError
from landbridge.network.change import Change, Scale, Set, apply
from landbridge.network.network import Network
from landbridge.network.rows import Calendar, Place
from landbridge.routing.options import Option
from landbridge.routing.route import route
from landbridge.routing.route_json import to_json
from landbridge.routing.timeline import Trip
from worlds import rates_of_doors, two_ports_builder

READY = dt.date(2025, 6, 2)
"""A Monday."""
SHIP = lb.Shipment("FITMP", "DEKAS", ready=READY, feu=1, tonnes=10)
FEW = lb.RouteParams(samples=300)
LAWS = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TIMETABLES = ("Th 18:00", "Mo We Sa 03:00", "every 14 days from 2025-01-09 06:00")
PERIOD = {"Th 18:00": 7, "Mo We Sa 03:00": 7, "every 14 days from 2025-01-09 06:00": 14}


def world(
    timetable: str = "Th 18:00", cutoff: float = 0.0, load: tuple[float, float] = (10.0, 10.0),
    hours: str = "", calendar: tuple[Calendar, ...] = (),
) -> Network:  # fmt: skip
    """Tampere - Kotka by lorry (8 h), a vessel (40 h), Lubeck - Kassel by lorry (12 h).

    ``load``: low and high hours of loading, whose median is 10; unloading takes 10.
    """
    builder = two_ports_builder().add(*rates_of_doors(), *calendar)
    builder.add(Place("clock", "Clock", "FI", 60.5, 26.9, time_zone="UTC"))
    changes: list[Change] = [
        Set("services", "weekly", column, value)
        for column, value in (("timetable", timetable), ("cutoff_h", cutoff))
        if value != ""
    ]
    if hours:
        changes.append(Set("terminals", "FIKTK", "opening_hours", hours))
    if load != (10.0, 10.0):
        changes += [
            Set("operations", "load", "distribution", "lognormal"),
            Set("operations", "load", "hours_low", load[0]),
            Set("operations", "load", "hours_high", load[1]),
        ]
    return apply(builder.build(), changes)


def asked(net: Network, params: lb.RouteParams = FEW, ready: dt.date = READY) -> Option:
    (one,) = route(net, replace(SHIP, ready=ready), params=params).options
    return one


def boarding(trip: Trip) -> int:
    """The leg that waits for the vessel."""
    (leg,) = [k for k, missed in enumerate(trip.missed) if missed is not None]
    return leg


def test_a_dated_journey_is_the_sum_that_one_does_by_hand() -> None:
    # Monday 08:00 + 8 h lorry + 10 h loading = Tuesday 02:00, well before Thursday 06:00; Thursday
    # 18:00 + 40 h at sea + 10 h + 12 h by lorry = Sunday 08:00, six days after Monday 08:00
    one = asked(world(cutoff=12.0))
    assert np.allclose(one.trip.hours, 6 * 24)
    leg = boarding(one.trip)
    assert one.trip.missed[leg] == 0.0
    assert one.trip.upcoming[leg].tolist() == [
        24.0 * (dt.date(2025, 6, day) - dt.date(1970, 1, 1)).days + 18.0 for day in (5, 12, 19, 26)
    ]
    assert one.trip.cut_off[leg] == one.trip.upcoming[leg][0] - 12.0
    assert one.trip.caught[leg].tolist() == [1.0, 0.0, 0.0, 0.0]


def test_what_comes_after_the_cut_off_waits_for_the_next_departure() -> None:
    # 70 h before Thursday 18:00 is Monday 20:00, six hours before the box is loaded
    assert np.allclose(asked(world(cutoff=70.0)).trip.hours, (6 + 7) * 24)


def test_the_odds_of_missing_are_those_of_the_distribution() -> None:
    """Loaded after more than 74 h the box misses Thursday 18:00: 1 - F(ln 7.4 / s), s by p90."""
    one = asked(world(load=(2.5, 40.0)), lb.RouteParams(samples=40_000))
    s = math.log(4.0) / 1.2815515655446004
    late = 0.5 * math.erfc(math.log(7.4) / s / math.sqrt(2))
    assert one.trip.missed[boarding(one.trip)] == pytest.approx(late, abs=0.004)


@LAWS
@given(high=st.floats(11, 60), cutoff=st.floats(0, 80), timetable=st.sampled_from(TIMETABLES))
def test_the_odds_of_departures_sum_to_one(high: float, cutoff: float, timetable: str) -> None:
    trip = asked(world(timetable, cutoff, (5.0, high))).trip
    leg = boarding(trip)
    listed = trip.upcoming[leg]
    left = trip.end[leg]
    earlier, later = (left < listed[0]).mean(), (left > listed[-1]).mean()
    assert earlier + trip.caught[leg].sum() + later == pytest.approx(1.0)
    assert trip.missed[leg] == pytest.approx((left > listed[0]).mean())


@LAWS
@given(
    timetable=st.sampled_from(TIMETABLES), cutoff=st.floats(0, 80), high=st.floats(11, 60),
    times=st.integers(-8, 8), day=st.integers(0, 13),
)  # fmt: skip
def test_a_ready_date_shifted_by_a_period_of_the_calendar_shifts_the_answer(
    timetable: str, cutoff: float, high: float, times: int, day: int
) -> None:
    net = world(timetable, cutoff, (5.0, high), "Mo-Fr 07:00-19:00")
    first = READY + dt.timedelta(days=day)
    shift = times * PERIOD[timetable]
    one, two = (asked(net, ready=date) for date in (first, first + dt.timedelta(days=shift)))
    assert np.allclose(two.trip.end[-1] - one.trip.end[-1], 24.0 * shift)
    assert np.allclose(one.trip.hours, two.trip.hours)
    assert one.trip.missed == pytest.approx(two.trip.missed)


SLOW = Calendar("slow", "FI", "slow", from_day="06-05", to_day="06-12", factor=4.0)
SHUT = Calendar("shut", "FI", "closed", from_day="2025-06-09", to_day="2025-06-10")


@LAWS
@given(
    timetable=st.sampled_from(TIMETABLES), high=st.floats(11, 60), day=st.integers(0, 20),
    later=st.integers(1, 10), hours=st.sampled_from(["", "Mo-Fr 07:00-19:00; PH off"]),
)  # fmt: skip
def test_an_earlier_ready_date_never_arrives_later(
    timetable: str, high: float, day: int, later: int, hours: str
) -> None:
    net = world(timetable, 6.0, (5.0, high), hours, (SLOW, SHUT))
    first = READY + dt.timedelta(days=day)
    early, late = (asked(net, ready=date) for date in (first, first + dt.timedelta(days=later)))
    assert (early.trip.end[-1] <= late.trip.end[-1] + 1e-6).all()


def test_work_goes_on_slowly_in_a_slow_time() -> None:
    # ready Wednesday 4 June 08:00, at the port 16:00; 8 h of the 10 are done by midnight, the other
    # 2 take 8: until Thursday 08:00, before the vessel of 18:00
    net = world(calendar=(SLOW,))
    trip = asked(net, ready=dt.date(2025, 6, 4)).trip
    assert np.allclose(trip.leg_hours(boarding(trip) - 1), 16.0)


@LAWS
@given(seed=st.integers(0, 2**32), worse=st.floats(1.01, 10))
def test_slower_loading_never_brings_a_draw_forward(seed: int, worse: float) -> None:
    params = lb.RouteParams(samples=100, seed=seed)
    net = world(load=(4.0, 30.0))
    slower = apply(net, [Scale("operations", "load", "hours", worse)])
    one, two = asked(net, params), asked(slower, params)
    assert (two.trip.end[-1] >= one.trip.end[-1] - 1e-6).all()


def test_a_deadline_is_days_or_a_date() -> None:
    net = world()  # arrives Sunday 8 June 08:00, after six days
    for limits, share in (
        (lb.Limits(deadline_days=6.0), 1.0),
        (lb.Limits(deadline_days=5.9), 0.0),
        (lb.Limits(deadline=dt.date(2025, 6, 8)), 1.0),
        (lb.Limits(deadline=dt.date(2025, 6, 7)), 0.0),
    ):
        found = route(net, SHIP, limits=limits, params=FEW)
        assert found.options[0].on_time == share
        told = [text for text in found.warnings if "nothing arrives by the deadline" in text]
        assert bool(told) == (share == 0.0)
        assert not told or "takes 6.0 days" in told[0]


@pytest.mark.parametrize(
    ("ready", "limits", "told"),
    [
        (READY, lb.Limits(deadline=dt.date(2025, 6, 1)), "lies before the ready date"),
        (None, lb.Limits(deadline=dt.date(2025, 7, 1)), "give --date"),
        (READY, lb.Limits(deadline=dt.date(2025, 7, 1), deadline_days=3), "not both"),
        (READY, lb.Limits(deadline_days=math.inf), "inf"),
        (READY, lb.Limits(deadline_days=-1.0), "-1"),
    ],
)
def test_a_deadline_that_cannot_be_meant_is_refused(
    ready: dt.date | None, limits: lb.Limits, told: str
) -> None:
    with pytest.raises(QuestionError, match=told):
        route(world(), replace(SHIP, ready=ready), limits=limits, params=FEW)


def test_the_table_tells_departures_and_the_connection_missed_most_often() -> None:
    found = route(world(load=(2.5, 40.0), cutoff=12.0), SHIP, params=lb.RouteParams(samples=2000))
    text = " ".join(str(found).split())
    assert "leaves Port of Kotka 2025-06-05 18:00, cut-off 2025-06-05 06:00; then" in text
    assert "2025-06-12, 2025-06-19, 2025-06-26" in text
    assert "miss weekly at Port of Kotka" in text
    told = [line for line in str(found).splitlines() if "weekly" in line or "then" in line]
    assert max(map(len, told)) <= 80
    legs = json.loads(json.dumps(to_json(found)))["options"][0]["legs"]
    (wait,) = [leg["times"] for leg in legs if leg["times"]["departures"]]
    assert len(wait["departures"]) == len(wait["departure_probabilities"])


def test_one_bad_week_at_a_port_delays_what_comes_and_what_leaves() -> None:
    """Loading and the wait for a vessel without a timetable share the factor of the port."""
    net = apply(
        world("", load=(2.5, 40.0)),
        [
            Set("services", "weekly", "distribution", "pert"),
            Set("services", "weekly", "headway_low_h", 48.0),
            Set("services", "weekly", "headway_high_h", 500.0),
        ],
    )
    trip = asked(net, lb.RouteParams(samples=40_000)).trip
    leg = boarding(trip)
    together = np.corrcoef(np.log(trip.leg_hours(leg - 1)), trip.leg_hours(leg))[0, 1]
    assert 0.1 < together < 0.6  # 0.6 for the interval alone, diluted by the moment within it
