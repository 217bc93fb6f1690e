from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from small_world import Link, World, make
from stored_cells import with_cells, without_cells_of

from landbridge.errors import InternalError, QuestionError
from landbridge.network.change import Close
from landbridge.network.network import Network
from landbridge.network.tables import Cells
from landbridge.routing.attach import AttachParams, Stops
from landbridge.routing.avoid import Avoid
from landbridge.routing.ways import Pace, Ways, ways_for
from landbridge.routing.ways_pieces import BORDER, MOVE
from landbridge.units import CLOSED, INLAND_WATERWAY, OPEN, PLANNED, RAIL, ROAD, SEA, day_number

EVERYTHING = AttachParams(least_component_km=0.0)
TODAY = dt.date(2025, 6, 1)


def one(ways: Ways, family: str, lat: float, lon: float) -> Stops:
    return ways.attach(family, lat, lon, params=EVERYTHING)


# --- small worlds, drawn ---


def two_lands(closures: Sequence[tuple[str, str, str]] = ()) -> World:
    """Two lands with a border, and a way round it over a third.

    ::

        0 --100-- 1|2 --100-- 3        AA | BB, 1435 mm
                                       6 and 7: the border AA-CC and CC-BB
        0 --300-- 6|7 --10-- 8|9 --300-- 3
    """
    a, b, c = 0, 1, 2
    nodes = [
        (10.0, 10.0, a),
        (10.0, 11.0, a),
        (10.0, 11.0, b),
        (10.0, 12.0, b),
        (0.0, 0.0, a),
        (0.0, 0.0, a),
        (12.0, 11.0, a),
        (12.0, 11.0, c),
        (12.0, 11.1, c),
        (12.0, 11.1, b),
    ]
    links = [
        Link(0, 1, km=100.0),
        Link(1, 2, km=0.0),
        Link(2, 3, km=100.0),
        Link(0, 6, km=300.0),
        Link(6, 7, km=0.0),
        Link(7, 8, km=10.0),
        Link(8, 9, km=0.0),
        Link(9, 3, km=300.0),
    ]
    return World(nodes, links, closures=closures)


def km_of(net: Network, avoid: Avoid | None = None, on: dt.date | None = None) -> float:
    ways = ways_for(net, on, avoid or Avoid())
    a, b = one(ways, "rail", 10.0, 10.0), one(ways, "rail", 10.0, 12.0)
    return float(ways.legs(a, b, ways.even_pace()).km[0, 0])


def test_a_closed_border_is_gone_round() -> None:
    assert km_of(make(two_lands())) == pytest.approx(200)
    # 300 + 10 + 300 by the third land
    assert km_of(make(two_lands(closures=[("rail", "BB", "AA")]))) == pytest.approx(610)
    assert km_of(make(two_lands(closures=[("road", "AA", "BB")]))) == pytest.approx(200)
    shut = make(two_lands(closures=[("any", "AA", "BB"), ("rail", "AA", "CC")]))
    assert km_of(shut) == np.inf


def test_an_avoided_border_or_country_is_gone_round() -> None:
    net = make(two_lands())
    assert km_of(net, Avoid(crossings=frozenset({"AA-BB"}))) == pytest.approx(610)
    assert km_of(net, Avoid(crossings=frozenset({"BB-AA"}))) == pytest.approx(610)
    assert km_of(net, Avoid(countries=frozenset({"CC"}))) == pytest.approx(200)


def test_a_change_of_an_ordinary_link_is_seen_though_cells_were_stored() -> None:
    world = two_lands()
    # a second, longer way inside AA: 0 - 4 - 1
    links = [*world.links, Link(0, 4, km=80.0), Link(4, 1, km=80.0)]
    nodes = list(world.nodes)
    nodes[4] = (9.0, 10.5, 0)
    net = with_cells(make(replace(world, nodes=nodes, links=links)))
    assert km_of(net) == pytest.approx(200)
    status = np.where(np.arange(len(net.links)) == 0, CLOSED, OPEN).astype(np.int8)
    shut = without_cells_of(replace(net, links=replace(net.links, status=status)), 0)
    ways = ways_for(shut)
    a, b = one(ways, "rail", 9.0, 10.5), one(ways, "rail", 10.0, 12.0)
    assert ways.legs(a, b, ways.even_pace()).km[0, 0] == pytest.approx(180)


def test_a_gate_that_closed_for_good_still_joins_the_ways_stored_over_it() -> None:
    # 0 -10- 1 -10- 2 in one land; a spur to the border leaves at 1, so that rows 0-1 and 1-2 hold
    # what 0-2 would; then the spur is closed for good
    nodes = [(10.0, 10.0, 0), (10.0, 10.1, 0), (10.0, 10.2, 0), (10.1, 10.1, 1), (9.0, 10.0, 1),
             (9.0, 10.2, 1)]  # fmt: skip
    links = [
        Link(0, 1, km=10.0), Link(1, 2, km=10.0), Link(1, 3, km=0.0, status=3),
        Link(0, 4, km=0.0), Link(2, 5, km=0.0),
    ]  # fmt: skip
    net = make(World(nodes, links))
    rows = Cells(
        np.array([0, 1], np.int32), np.array([1, 2], np.int32), np.zeros(2, np.int8),
        np.full(2, 1435, np.int16), np.array([10.0, 10.0]),
    )  # fmt: skip
    ways = ways_for(replace(net, cells=rows))
    a, b = one(ways, "rail", 10.0, 9.99), one(ways, "rail", 10.0, 10.21)
    assert ways.legs(a, b, ways.even_pace()).km[0, 0] == pytest.approx(20)


def test_a_lane_between_two_countries_is_no_border_and_a_crossing_may_have_length() -> None:
    nodes = [(0.0, 0.0, 0), (0.0, 1.0, 1), (0.0, 2.0, 1)]
    lane = ways_for(make(World(nodes, [Link(0, 1, SEA, 111.0)])))
    assert len(lane.borders("water")) == 0
    a, b = one(lane, "sea", 0.0, 0.0), one(lane, "sea", 0.0, 1.0)
    assert lane.legs(a, b, lane.even_pace()).pieces().country.tolist() == [-1]
    bridge = ways_for(make(World([*nodes, (0.0, -1.0, 0)], [
        Link(3, 0, ROAD, 10.0), Link(0, 1, ROAD, 5.0), Link(1, 2, ROAD, 10.0),
    ])))  # fmt: skip
    a, b = one(bridge, "road", 0.0, -1.0), one(bridge, "road", 0.0, 2.0)
    legs = bridge.legs(a, b, bridge.even_pace())
    assert (legs.km[0, 0], legs.hours[0, 0]) == (25.0, 25.0)


def gauges() -> World:
    """1520 to a border, 1435 beyond, and a long 1520 loop that comes back to the same end.

    ::

        0 ==100== 1|2 --100-- 3        == 1520   -- 1435; the track over the border is 1520
                   2 ==500== 3
    """
    nodes = [(10.0, 10.0, 0), (10.0, 11.0, 0), (10.0, 11.0, 1), (10.0, 12.0, 1)]
    links = [
        Link(0, 1, km=100.0, gauge_mm=1520),
        Link(1, 2, km=0.0, gauge_mm=1520),
        Link(2, 3, km=100.0, gauge_mm=1435),
        Link(2, 3, km=500.0, gauge_mm=1520, shape=[(9.0, 11.5)]),
    ]
    return World(nodes, links)


def test_a_train_of_one_gauge_keeps_to_its_tracks() -> None:
    ways = ways_for(make(gauges()))
    a, b = one(ways, "rail", 10.0, 10.0), one(ways, "rail", 10.0, 12.0)
    assert ways.legs(a, b, ways.even_pace()).km[0, 0] == pytest.approx(200)
    start = ways.attach("rail", 10.0, 10.0, 1520, EVERYTHING)
    end = ways.attach("rail", 10.0, 12.0, 1520, EVERYTHING)
    assert ways.legs(start, end, ways.even_pace(), 1520).km[0, 0] == pytest.approx(600)
    pieces = ways.legs(a, b, ways.even_pace()).pieces()
    assert pieces.gauge_mm.tolist() == [1520, 0, 1435]
    assert pieces.kind.tolist() == [MOVE, BORDER, MOVE]
    # nothing of 1435 on this side: the nearest lies beyond the border
    assert ways.attach("rail", 10.0, 10.0, 1435, EVERYTHING).country.tolist() == [1]


def dated() -> World:
    """A planned line that is short, and an old one that closes, with a long way round.

    ::

        0 -50 planned, opens 2030- 1      0 -80 until 2026- 1      0 -200- 1
    """
    nodes = [(10.0, 10.0, 0), (10.0, 10.4, 0)]
    opens, closes = day_number(dt.date(2030, 1, 1)), day_number(dt.date(2026, 1, 1))
    links = [
        Link(0, 1, km=50.0, status=PLANNED, opens=opens, section=0),
        Link(0, 1, km=80.0, closes=closes, shape=[(10.2, 10.2)]),
        Link(0, 1, km=200.0, shape=[(9.0, 10.2)]),
    ]
    return World(nodes, links, sections=["new-line"])


@pytest.mark.parametrize(
    ("on", "km"),
    [
        (dt.date(2025, 12, 31), 80.0),
        (dt.date(2026, 1, 1), 200.0),
        (dt.date(2029, 12, 31), 200.0),
        (dt.date(2030, 1, 1), 50.0),
    ],
)
def test_what_is_open_depends_on_the_day(on: dt.date, km: float) -> None:
    ways = ways_for(make(dated()), on)
    a, b = one(ways, "rail", 9.99, 9.9), one(ways, "rail", 9.99, 10.5)
    legs = ways.legs(a, b, ways.even_pace())
    assert legs.km[0, 0] == pytest.approx(km)
    planned = [row for row in legs.pieces().section.tolist() if row >= 0]
    assert planned == ([0] if km == 50 else [])


def test_days_between_which_nothing_changes_share_their_ways() -> None:
    net = make(dated())
    assert ways_for(net, dt.date(2025, 1, 1)) is ways_for(net, dt.date(2025, 12, 31))
    assert ways_for(net, dt.date(2025, 1, 1)) is not ways_for(net, dt.date(2026, 1, 1))
    assert ways_for(net) is ways_for(net, net.case.base_date)


def test_a_planned_line_is_nothing_to_snap_to_until_it_is_open() -> None:
    net = make(dated())
    before = one(ways_for(net, TODAY), "rail", 10.0, 10.2)
    assert before.link.tolist() != [0]
    assert before.snapped_km[0] > 1  # it lies right on the planned line
    after = one(ways_for(net, dt.date(2031, 1, 1)), "rail", 10.0, 10.2)
    assert after.link.tolist() == [0]


def test_small_fragments_are_nothing_to_snap_to() -> None:
    # a siding of 5 km right there, the main line of 200 km 20 km away
    nodes = [(10.0, 10.0, 0), (10.0, 10.05, 0), (10.2, 9.0, 0), (10.2, 11.0, 0)]
    net = make(World(nodes, [Link(0, 1), Link(2, 3)]))
    ways = ways_for(net)
    assert ways.attach("rail", 10.0, 10.0).link.tolist() == [1]
    assert ways.attach("rail", 10.0, 10.0, params=EVERYTHING).link.tolist() == [0]
    far = AttachParams(least_component_km=1e6)
    assert ways.attach("rail", 10.0, 10.0, params=far).link.tolist() == [-1]
    assert ways.attach("rail", 10.0, 10.0, params=far).snapped_km.tolist() == [np.inf]


def waters() -> World:
    """A sea, a canal out of it, and a river behind.

    ::

        0 ~~100~~ 1 ==canal, 50== 2 --river 80-- 3        0 ~~~~~~~~ 900 ~~~~~~~~ 2
    """
    nodes = [(0.0, 179.0, -1), (0.0, -179.5, -1), (0.0, -179.0, -1), (0.0, -178.0, 0)]
    links = [
        Link(0, 1, SEA, 100.0),
        Link(1, 2, SEA, 50.0, passage=0),
        Link(2, 3, INLAND_WATERWAY, 80.0, passage=1),
        Link(0, 2, SEA, 900.0, shape=[(5.0, 180.0)]),
    ]
    return World(nodes, links, passages=["canal", "river"], inner_passages=["river"])


def test_passages_may_be_closed_by_pace_by_avoidance_or_by_status() -> None:
    net = make(waters())
    ways = ways_for(net)
    a, b = one(ways, "water", 0.0, 179.0), one(ways, "water", 0.0, -178.0)
    legs = ways.legs(a, b, ways.even_pace())
    assert legs.km[0, 0] == pytest.approx(230)
    assert legs.pieces().passage.tolist() == [-1, 0, 1]
    assert legs.pieces().mode.tolist() == [SEA, SEA, INLAND_WATERWAY]
    shut = ways.legs(a, b, ways.even_pace(frozenset({"canal"})))
    assert shut.km[0, 0] == pytest.approx(980)
    bound = ways_for(net, avoid=Avoid(passages=frozenset({"canal"})))
    assert bound.legs(a, b, bound.even_pace()).km[0, 0] == pytest.approx(980)
    closed = ways_for(make(replace(waters(), shut_passages=["canal"])))
    a, b = one(closed, "water", 0.0, 179.0), one(closed, "water", 0.0, -178.0)
    assert closed.legs(a, b, closed.even_pace()).km[0, 0] == pytest.approx(980)


def test_a_sea_vessel_is_put_onto_the_sea_and_keeps_to_it() -> None:
    ways = ways_for(make(waters()))
    sea = one(ways, "sea", 0.0, -178.0)
    assert sea.mode.tolist() == [SEA]
    assert one(ways, "inland_waterway", 0.0, 179.0).mode.tolist() == [INLAND_WATERWAY]
    river, start = one(ways, "water", 0.0, -178.0), one(ways, "water", 0.0, 179.0)
    only_sea = ways.even_pace(modes=frozenset({"sea"}))
    assert ways.legs(start, river, only_sea).km[0, 0] == np.inf
    assert ways.legs(start, sea, only_sea).km[0, 0] == pytest.approx(150)


def test_two_stops_on_one_link_are_joined_along_it() -> None:
    net = make(World([(0.0, 0.0, 0), (0.0, 1.0, 0)], [Link(0, 1, ROAD, 200.0)]))
    ways = ways_for(net)
    stops = ways.attach("road", np.array([0.0, 0.1]), np.array([0.25, 0.75]), params=EVERYTHING)
    legs = ways.legs(stops, stops, ways.even_pace())
    # a quarter and three quarters of 200 km
    assert legs.km[0, 1] == pytest.approx(100)
    lat, lon = legs.line(0, 1)[0][1:]
    assert lat.tolist() == pytest.approx([0, 0])
    assert lon.tolist() == pytest.approx([0.25, 0.75])
    assert legs.line(0, 0) == []
    assert legs.pieces().km.tolist() == pytest.approx([100, 100])


def test_speeds_decide_which_way_is_taken() -> None:
    net = make(two_lands())
    ways = ways_for(net)
    pace = ways.even_pace()
    slow = pace.h_per_km.copy()
    slow[RAIL, 1] = 10.0  # BB: 100 km take 1,000 h directly, 3,000 h by the third land
    a, b = one(ways, "rail", 10.0, 10.0), one(ways, "rail", 10.0, 12.0)
    legs = ways.legs(a, b, replace(pace, h_per_km=slow))
    assert legs.hours[0, 0] == pytest.approx(1100)
    slow[RAIL, 1] = np.inf
    assert ways.legs(a, b, replace(pace, h_per_km=slow)).hours[0, 0] == np.inf


def test_changes_of_the_network_reach_the_ways() -> None:
    net = make(two_lands())
    assert km_of(net) == pytest.approx(200)
    assert km_of(Close("country:CC").apply(net)) == pytest.approx(200)


def test_wrong_paces_positions_and_families_are_refused() -> None:
    ways = ways_for(make(two_lands()))
    stop = one(ways, "rail", 10.0, 10.0)
    with pytest.raises(InternalError, match="h_per_km has shape"):
        ways.legs(stop, stop, Pace(np.ones((2, 2))))
    with pytest.raises(InternalError, match="border_h has shape"):
        ways.legs(stop, stop, replace(ways.even_pace(), border_h=np.zeros((1, 2))))
    with pytest.raises(InternalError, match="must be >= 0"):
        ways.legs(stop, stop, replace(ways.even_pace(), h_per_km=ways.even_pace().h_per_km * -1))
    with pytest.raises(QuestionError, match="no position"):
        ways.attach("rail", 91.0, 0.0)
    with pytest.raises(QuestionError, match="no position"):
        ways.attach("rail", float("nan"), 0.0)
    with pytest.raises(QuestionError, match="air"):
        ways.attach("air", 0.0, 0.0)
    with pytest.raises(QuestionError, match="from rail to road"):
        ways.legs(stop, replace(stop, family="road"), ways.even_pace())
    with pytest.raises(QuestionError, match="least_component_km"):
        AttachParams(least_component_km=-1)


def test_a_mode_without_any_link_has_stops_nowhere() -> None:
    ways = ways_for(make(two_lands()))
    stops = ways.attach("road", 10.0, 10.0)
    assert stops.link.tolist() == [-1]
    assert ways.legs(stops, stops, ways.even_pace()).km.tolist() == [[np.inf]]
    assert len(ways.legs(stops, stops, ways.even_pace()).pieces().km) == 0
