"""Canals and straits that are shut within a season: sums in the head, and the season without it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from landbridge import Close, Open, Set, apply
from landbridge.errors import DataError, QuestionError
from landbridge.kernels.stations import ENDLESS
from landbridge.network.add import Delay
from landbridge.network.network import Network
from landbridge.network.rows import Capacity, Flow
from landbridge.scenario.read import read_scenario
from landbridge.scenario.scenario import During, Scenario
from landbridge.simulation.drain import let_through
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.law import Law
from landbridge.simulation.model import Model, Ride, Serve, Servers
from landbridge.simulation.model import Path as Trip
from landbridge.simulation.replication import arrays_of
from landbridge.simulation.season import Season, SimulateParams, prepare, run_all
from landbridge.simulation.shut import Shut
from landbridge.simulation.world import build_world
from worlds import rates_of_doors, strait_and_ferry_builder

START = dt.date(2025, 6, 2)
WARM_UP, DAYS = 10, 60
NARROWS = "The Narrows"


def day(number: int) -> dt.date:
    """A day of the season, from 0."""
    return START + dt.timedelta(days=number)


def network(*more: Capacity) -> Network:
    """20 TEU a day in lots of two from Baku to Ashgabat, by the ferry through the narrows."""
    row = Flow("east", "Baku", "Ashgabat", 7300.0, direction="south", modes="sea;road")
    return strait_and_ferry_builder().add(*rates_of_doors(), row, *more).build()


def season(net: Network | None = None, *shut: Shut, replications: int = 4) -> Season:
    params = SimulateParams(replications, warm_up_days=WARM_UP, shut=shut)
    return prepare(net or network(), start=START, days=DAYS, params=params)


def queue(asked: Season, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """(days,) mean lots waiting at a station as each day begins."""
    at = [one.name for one in asked.world.places].index(name)
    return np.mean([one.queue[:, at] for one in run_all(asked)], axis=0)


def bytes_of(asked: Season) -> list[bytes]:
    return [column.tobytes() for one in run_all(asked) for column in arrays_of(one).values()]


def test_a_queue_that_others_share_drains_by_what_can_pass_more_than_comes() -> None:
    # shut from 240 h on for L = 240 h; half of what can pass comes. A vessel that comes t hours
    # after the closure began passes after L + t / 2, and the queue is gone after L / (1 - 1/2):
    # who came at 240 h passes first, at 480 h; who came at 480 h (t = 240) passes at 600 h; from
    # 720 h on nobody waits
    changes, passes = let_through(((240.0, 0), (480.0, 1)), 0.5, 1000.0)
    assert changes == ((240.0, 0), (720.0, 1))
    by_hour = dict(passes)
    assert min(by_hour) == 481.0
    assert by_hour[600.0] == pytest.approx(480.0)
    assert by_hour[540.0] == pytest.approx(360.0)
    assert by_hour[720.0] == pytest.approx(720.0)
    # nobody else passes: all go on as it opens; a closure that outlasts the run never drains
    assert let_through(((240.0, 0), (480.0, 1)), 0.0, 1000.0) == (((240.0, 0), (480.0, 1)), ())
    assert let_through(((240.0, 0),), 0.5, 1000.0) == (((240.0, 0),), ())
    # a second closure, from 600 h on for 100 h, while half of the first queue is left: by 600 h
    # 120 h of passings are done of the 180 h that have come since 240 h; the queue is gone when
    # 120 + (t - 700) = (t - 240) / 2, at 920 h
    again = ((240.0, 0), (480.0, 1), (600.0, 0), (700.0, 1))
    assert let_through(again, 0.5, 1000.0)[0] == ((240.0, 0), (920.0, 1))


def test_vessels_go_on_in_their_turn() -> None:
    # the queue above, with vessels that come at these hours and pass at those
    changes, passes = let_through(((240.0, 0), (480.0, 1)), 0.5, 1000.0)
    came = {100.0: 100.0, 240.0: 480.0, 340.0: 530.0, 480.0: 600.0, 700.0: 710.0, 800.0: 800.0}
    gate = Servers("canal", None, changes=tuple((t, ENDLESS * n) for t, n in changes),
                   passes=passes)  # fmt: skip
    trips = tuple(
        Trip(f"{k} {m}", (Serve("canal", Law.fixed(0.0)),), times=(hour,))
        for k, hour in enumerate(came)
        for m in range(40)  # more in one turn than one move of the engine takes
    )
    run = Run(Prepared(Model((gate,), trips, 1000.0)), 1)
    while not run.advance(events=1):
        run.audit()
    found = run.result().path.door_h.sum(axis=1).reshape(len(came), -1)
    for row, (came_h, passed_h) in zip(found, came.items(), strict=True):
        assert np.allclose(row, passed_h - came_h, atol=1.01)
        assert np.ptp(row) == 0.0


def test_vessels_wait_before_a_strait_that_is_shut_and_all_goes_on_when_it_opens() -> None:
    # ten lots a day; the ferry leaves every three days and meets the narrows as it leaves: after
    # ten days shut three or four ferries wait, 100 lots; others do not pass, so the queue is gone
    # on the day it opens
    shut = season(None, Shut("narrows", day(20), day(30)))
    found = queue(shut, NARROWS)
    assert found[:21].max() == 0.0
    assert found[30] == pytest.approx(100.0, rel=0.2)
    assert found[31:].max() == 0.0
    # with half of what can pass coming on a usual day it takes ten days more
    used = network(Capacity("u", "passage", "narrows", "used", "ratio", 0.5, 0.5, 0.5))
    drained = queue(season(used, Shut("passage:narrows", day(20), day(30))), NARROWS)
    assert drained[30] == pytest.approx(100.0, rel=0.2)
    assert 20.0 < drained[35] < 80.0
    assert drained[41:].max() == 0.0


def test_all_is_as_without_the_closure_until_it_begins() -> None:
    open_, shut = season(replications=1), season(None, Shut(NARROWS, day(40), day(50)))
    free, found = open_.replicate(0), shut.replicate(0)
    names = [place.name for place in shut.world.places]
    kept = [names.index(place.name) for place in open_.world.places]
    assert np.array_equal(free.queue[:39], found.queue[:39][:, kept])
    assert np.array_equal(free.born, found.born)
    assert set(names) - {place.name for place in open_.world.places} == {NARROWS}


def test_open_doors_take_no_time() -> None:
    asked = season(replications=1)
    elements = frozenset({"passage:narrows", "terminal:AZALT", "terminal:TMKRW"})
    world = build_world(asked.world.net, asked.world.ways, elements)
    assert {place.name for place in world.places if place.door} == {
        NARROWS, "Port of Alat", "Port of Turkmenbashi",
    }  # fmt: skip
    results = [
        Run(Prepared(one.model(1, 0, asked.span, asked.shares)), 1).finish()
        for one in (asked.world, world)
    ]
    free, found = (one.path for one in results)
    assert np.array_equal(free.done, found.done)
    assert np.allclose(free.door_h, found.door_h, atol=1e-3)


@pytest.mark.parametrize("share", [0.0, 0.5, 0.9])
def test_an_uncertain_voyage_takes_as_long_with_an_open_door_on_it(share: float) -> None:
    # 15, 25 or 30 km/h, and the narrows somewhere on the way: what is uncertain lies before them
    figures = (("low", 360.0), ("high", 720.0), ("distribution", "pert"))
    net = apply(network(), [Set("rates", "sea-speed", name, value) for name, value in figures])
    asked = season(net, replications=1)
    (way,) = asked.world.ways
    legs = [replace(leg, passed=(("narrows", share),)) if leg.mode == "sea" and leg.kind == "move"
            else leg for leg in way.itinerary.legs]  # fmt: skip
    half = replace(way, itinerary=replace(way.itinerary, legs=legs))
    doors = build_world(asked.world.net, [half], frozenset({"passage:narrows"}))
    free, found = (
        Run(Prepared(one.model(1, 0, asked.span, asked.shares)), 1).finish().path
        for one in (asked.world, doors)
    )
    assert np.array_equal(free.done, found.done)
    assert np.allclose(free.door_h, found.door_h, atol=1e-2)
    rides = [step.law for step in asked.world.steps[0] if isinstance(step, Ride)]
    split = [step.law for step in doors.steps[0] if isinstance(step, Ride)]
    # 300 km take 10 h at least: so many are certain
    left = rides[0].mean() - split[0].mean()
    assert left == pytest.approx(min((1 - share) * rides[0].mean(), 10.0), rel=1e-3)


def test_closures_with_days_of_a_network_and_of_scenarios_are_the_same() -> None:
    asked = season(None, Shut("passage:narrows", day(20), day(30)))
    closed = apply(network(), [Close("passage:narrows", day(20), day(30))])
    other = season(closed)
    assert other.shut == asked.shut
    assert bytes_of(other) == bytes_of(asked)
    for changes, since, until in (
        ([Close("passage:narrows", day(20), day(30))], None, None),
        ([During(Close("passage:narrows"), day(20), None)], None, day(30)),
        ([Delay("passage:narrows", (0, 120, 240), "uniform", 10)], day(20), None),
    ):
        scenario = Scenario("shut", "Shut", changes, since=since, until=until)
        laid = scenario.over(network(), START, day(DAYS), START)
        assert season(laid).shut == asked.shut
        assert [one.holds for one in laid.scenarios] == [True]
        assert bytes_of(season(laid)) == bytes_of(asked)


def test_what_does_not_hold_in_the_season_changes_no_byte() -> None:
    free = bytes_of(season())
    for since, until in ((day(DAYS), day(DAYS + 30)), (day(-200), day(-100))):
        scenario = Scenario("later", "Later", [Close("passage:narrows", since, until)])
        assert bytes_of(season(scenario.over(network(), START, day(DAYS), START))) == free
    # and what is shut and opened again
    back = apply(network(), [Close("passage:narrows"), Open("passage:narrows")])
    assert bytes_of(season(back)) == free


def test_what_holds_all_season_is_a_state_of_the_network() -> None:
    scenario = Scenario("shut", "Shut", [Close("passage:narrows")], since=day(-30))
    asked = season(scenario.over(network(), START, day(DAYS), START))
    assert asked.shut == ()
    assert {way.itinerary.passages[0] for way in asked.world.ways} == {"cape"}


def test_ice_that_begins_after_the_middle_of_the_season_is_seen() -> None:
    # the narrows freeze on 21 July, the 49th day of the season: who comes then waits to its end
    words = (("season_from", "04-01"), ("season_to", "07-20"))
    ice = [Set("passages", "narrows", column, word) for column, word in words]
    asked = season(apply(network(), ice))
    assert [str(one) for one in asked.shut] == ["passage:narrows:2025-07-21:2025-08-02"]
    found = queue(asked, NARROWS)
    assert found[:48].max() == 0.0
    assert found[-1] > 60.0


def test_what_no_cargo_passes_and_what_a_season_cannot_shut_are_told() -> None:
    with pytest.raises(QuestionError, match="no cargo of this season comes to"):
        season(None, Shut("cape", day(1), day(5)))
    with pytest.raises(QuestionError, match="of which a part could be lost"):
        season(None, Shut("narrows", day(1), day(5), 0.5))
    # a scenario may shut more than this cargo passes
    scenario = Scenario("cape", "Cape", [Close("passage:cape", day(1), day(5))])
    assert season(scenario.over(network(), START, day(DAYS), None)).shut == ()
    text = '[[change]]\ndelay = "passage:suez"\nhours = [0, 1, 2]\nshut_days = '
    with pytest.raises(DataError, match="whole number of days"):
        read_scenario("x", f'name = "X"\n{text}1.5')
    assert read_scenario("x", f'name = "X"\n{text}14').changes[0] == Delay(
        "passage:suez", (0.0, 1.0, 2.0), "pert", 14
    )


def test_a_border_and_a_terminal_without_a_rate_can_be_shut() -> None:
    # ten lots a day come to the port of Alat, which has no rate: seven days shut keep 70
    found = queue(season(None, Shut("AZALT", day(10), day(17))), "Port of Alat")
    assert found[17] == pytest.approx(70.0, rel=0.2)
    assert found[18:].max() == 0.0
    row = Flow("land", "Baku", "Ashgabat", 7300.0, direction="south", modes="road")
    by_road = strait_and_ferry_builder().add(*rates_of_doors(), row).build()
    border = season(by_road, Shut("AZ-IR-road", day(10), day(17)))
    (name,) = border.world.shut
    assert queue(border, name)[17] == pytest.approx(70.0, rel=0.2)
