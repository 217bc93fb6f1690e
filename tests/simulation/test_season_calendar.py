"""Hours, holidays and slow weeks in a season: against ``route``, sums in the head, and laws."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.kernels.stations import LOG_BITS, LOG_DONE, LOG_START
from landbridge.network.change import Change, Set, apply
from landbridge.network.network import Network
from landbridge.network.rows import Calendar, Capacity, Flow, Place
from landbridge.routing.itinerary import Gate, Spot
from landbridge.routing.sample import Sampler
from landbridge.routing.timeline import Player
from landbridge.simulation.calendars import hours_of, merged
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.facts import facts_of
from landbridge.simulation.law import Law
from landbridge.simulation.model import Changes, Model, Path, Serve, Servers
from landbridge.simulation.report import report_of
from landbridge.simulation.season import SimulateParams, prepare, run_all
from landbridge.simulation.ways import apart
from worlds import rates_of_doors, two_ports_builder

START = dt.date(2025, 6, 2)
"""A Monday."""
KOTKA = Spot("Port of Kotka", "FIKTK", "FI", 60.47, 26.95)


def hour_of(year: int, month: int, day: int) -> float:
    return float((dt.date(year, month, day) - dt.date(1970, 1, 1)).days * 24)


def ports(hours: str, *rows: Calendar | Capacity) -> Network:
    """Kotka is open at some hours, on the clocks of UTC; loading varies, a ship goes every 6 h."""
    builder = two_ports_builder().add(*rates_of_doors(), *rows)
    builder.add(Place("clock", "Clock", "FI", 60.5, 26.9, time_zone="UTC"))
    builder.add(Flow("south", "Tampere", "Kassel", 300.0, cargo="container", direction="south"))
    changes: list[Change] = [Set("terminals", "FIKTK", "opening_hours", hours)] if hours else []
    for column, value in (("low", 4.0), ("high", 60.0)):
        changes += [
            Set("operations", name, f"hours_{column}", value) for name in ("load", "unload")
        ]
    changes += [
        Set("services", "weekly", f"headway_{column}_h", 6.0)
        for column in ("low", "typical", "high")
    ]
    changes += [Set("operations", name, "distribution", "lognormal") for name in ("load", "unload")]
    return apply(builder.build(), changes)


SLOW = Calendar("autumn", "FI", "slow", from_day="09-15", to_day="11-14", factor=3.0)


@pytest.mark.parametrize("rate", [None, 40_000.0])
def test_zero_load_takes_the_hours_of_route_with_hours_holidays_and_slow_weeks(
    rate: float | None,
) -> None:
    # a year, so that every day of the calendar counts; the rate, where there is one, takes a part
    # of the dwell (2 TEU at 40,000 a day: 4 s) and must not wait for the opening a second time
    gate = () if rate is None else (
        Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", rate, rate, rate),
    )  # fmt: skip
    net = ports("Mo-Fr 08:00-18:00; PH off", SLOW, *gate)
    season = prepare(net, start=START, days=364, params=SimulateParams(40, warm_up_days=60))
    runs = list(run_all(season))
    way = season.world.ways[0]
    player = Player(net, Sampler(7, 40_000), (START, False), (61.5, 23.8))
    played = player.play(apart(way.itinerary)).hours
    found = report_of(facts_of(net, season), runs).doors[0]
    for level, ours in ((0.5, found.p50_h), (0.9, found.p90_h)):
        assert ours == pytest.approx(float(np.quantile(played, level)), rel=0.04), level
    # without the calendar it would be another distribution altogether
    bare = ports("")
    plain = Player(bare, Sampler(7, 40_000), (START, False), (61.5, 23.8))
    assert float(np.quantile(plain.play(way.itinerary).hours, 0.9)) != pytest.approx(
        found.p90_h, rel=0.04
    )


def test_the_wider_spread_of_a_country_is_that_of_route() -> None:
    # loading and the drive to the port lie in one country: correlated, as in route
    net = ports("")
    season = prepare(net, start=START, days=364, params=SimulateParams(40, warm_up_days=60))
    runs = list(run_all(season))
    way = season.world.ways[0]
    (load,) = [one for one in season.world.steps[0] if isinstance(one, Serve)
               and "Kotka, dwell" in one.station]  # fmt: skip
    assert [share for _, share in load.shared] == [0.3, 0.3]
    player = Player(net, Sampler(7, 40_000), (START, False), (61.5, 23.8))
    played = player.play(apart(way.itinerary)).hours
    found = report_of(facts_of(net, season), runs).doors[0]
    for level, ours in ((0.5, found.p50_h), (0.9, found.p90_h)):
        assert ours == pytest.approx(float(np.quantile(played, level)), rel=0.04), level


def test_hours_of_a_gate_before_and_after_a_holiday() -> None:
    # Wednesday 28 May 2025 to Sunday; Thursday is Ascension Day in Finland, Friday a working day
    net = ports("")
    gate = Gate("WD 08:00-18:00; PH off", "FI")
    found = hours_of(net, {"kotka": (gate, KOTKA)}, hour_of(2025, 5, 28), 120.0)["kotka"]
    assert found.changes == ((0.0, 0), (8.0, 1), (18.0, 0), (56.0, 1), (66.0, 0))
    assert found.pace == ()


def test_a_slow_week_is_a_pace() -> None:
    net = ports("", SLOW)
    gates = {"kotka": (Gate("", "FI"), KOTKA)}
    found = hours_of(net, gates, hour_of(2025, 9, 14), 24.0 * 90)["kotka"]
    assert found.changes == ()
    assert found.pace == ((24.0, 3.0), (24.0 * 62, 1.0))
    begins_slow = hours_of(net, gates, hour_of(2025, 9, 20), 48.0)["kotka"]
    assert begins_slow.pace == ((0.0, 3.0),)


def log_of(model: Model) -> list[tuple[float, int, int]]:
    """Hour, box and what of each row of the log."""
    rows: list[tuple[float, int, int]] = []

    def keep(log: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> None:
        rows.extend((t / 3.6e6, b, w % (1 << LOG_BITS)) for t, b, w, _ in log.tolist())

    run = Run(Prepared(model), 1, log=keep)
    run.finish()
    run.audit()
    return rows


def test_a_night_a_holiday_and_a_slow_day_by_hand() -> None:
    # A border with one lane, open 8 to 18 on working days; a lot takes 2 h. Wednesday 28 May 2025
    # is hour 0; Thursday is a holiday, on Friday work takes twice as long, Saturday it is shut.
    #   lot 0 comes at 15:00, starts at once, done 17:00
    #   lot 1 comes at 15:30, starts at 17:00, done 19:00: what has begun is ended
    #   lot 2 comes at 16:00, waits over the night and the holiday: Friday 8:00 (hour 56), done
    #         after 4 h at half the pace, 60
    #   lot 3 comes on Thursday at 10:00 (hour 34), starts at 60, done 64
    #   lot 4 comes at hour 35, starts at 64, done 68 after the gate has shut at 66
    #   lot 5 comes at hour 36 and waits over the weekend: Monday 8:00 (hour 128), done 130
    friday = Calendar("friday", "FI", "slow", from_day="05-30", to_day="05-30", factor=2.0)
    net = ports("", friday)
    gate = Gate("WD 08:00-18:00; PH off", "FI")
    hours = hours_of(net, {"b": (gate, KOTKA)}, hour_of(2025, 5, 28), 168.0)["b"]
    lane = Servers("b", 1, changes=hours.changes, pace=hours.pace)
    born = (15.0, 15.5, 16.0, 34.0, 35.0, 36.0)
    path = Path("p", (Serve("b", Law.fixed(2.0)),), times=born)
    rows = log_of(Model((lane,), (path,), 168.0))
    started = [t for t, _, what in sorted(rows, key=lambda row: row[1]) if what == LOG_START]
    done = [t for t, _, what in sorted(rows, key=lambda row: row[1]) if what == LOG_DONE]
    assert started == [15.0, 17.0, 56.0, 60.0, 64.0, 128.0]
    assert done == [17.0, 19.0, 60.0, 64.0, 68.0, 130.0]


CALENDARS = st.lists(st.tuples(st.integers(0, 20).map(float), st.integers(0, 1)), max_size=6).map(
    lambda rows: tuple(sorted(dict(rows).items()))
)


def state(calendar: Changes, t: float) -> int:
    """What holds at t, by reading it from the start."""
    held = 1
    for at, n in calendar:
        if at <= t:
            held = n
    return held


@given(st.lists(CALENDARS, max_size=3))
def test_merged_calendars_are_open_where_all_are(calendars: list[Changes]) -> None:
    found = merged(*calendars)
    for t in range(22):
        assert state(found, t) == min([1, *(state(one, t) for one in calendars)])
    assert all(a[1] != b[1] for a, b in zip(((0.0, 1), *found), found, strict=False))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.floats(0.0, 60.0), min_size=1, max_size=40).map(sorted),
    st.integers(1, 3),
    CALENDARS,
    st.sampled_from([(), ((5.0, 3.0), (30.0, 1.0))]),
    st.integers(0, 9),
)
def test_one_more_server_never_makes_anybody_wait_longer(
    born: list[float],
    servers: int,
    calendar: Changes,
    pace: tuple[tuple[float, float], ...],
    seed: int,
) -> None:
    # one station, in order of arrival, the same draws: each start is no later, and work that begins
    # earlier never ends later at any pace; so it holds for every lot, and for the mean
    def waited(number: int) -> float:
        changes = tuple((t, number * n) for t, n in (*calendar, (21.0, 1)))
        station = Servers("s", number, changes=changes, pace=pace)
        law = Law.lognormal(1.0, 2.0, 9.0)
        path = Path("p", (Serve("s", law, shared=((3, 0.3),)),), times=tuple(born))
        run = Run(Prepared(Model((station,), (path,), 2000.0)), seed)
        result = run.finish()
        run.audit()
        assert result.live == 0
        return float(result.station.waited_h.sum())

    assert waited(servers + 1) <= waited(servers)
