"""The land steps on networks small enough to draw."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from scipy.sparse.csgraph import dijkstra

from landbridge.build.borders import Bordered, put_borders
from landbridge.build.cells import cell_ways, gates_of
from landbridge.build.contract import contract, simplified
from landbridge.build.draft import Draft, great_circle_km
from landbridge.build.patch import apply_cuts
from landbridge.build.polygons import Land, country_of
from landbridge.build.snap import snap, split
from landbridge.build.stitch import StitchParams, stitch
from landbridge.build.typed import Row
from landbridge.errors import DataError


def line(points: list[tuple[float, float]]) -> Draft:
    """A chain of links through the points (lat, lon), as long as the great circle."""
    lat, lon = (np.array(values, np.float64) for values in zip(*points, strict=True))
    tail = np.arange(len(points) - 1)
    km = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    return Draft.raw(lat, lon, tail, tail + 1, km)


def two_countries() -> Land:
    """West of 10 degrees east lies country 0, east of it country 1; south of 0 is the sea."""
    west, east = shapely.box(0, 0, 10, 10), shapely.box(10, 0, 20, 10)
    return Land([west, east], np.array([0, 1]))


def test_a_gap_on_land_is_closed_and_one_over_water_is_not() -> None:
    # two pieces of way 1.1 km apart, once at 5 degrees north (land), once at 5 south (sea)
    for lat, joined in ((5.0, 1), (-5.0, 0)):
        left, right = line([(lat, 1.0), (lat, 2.0)]), line([(lat, 2.01), (lat, 3.0)])
        both = Draft.raw(
            np.concatenate([left.lat, right.lat]),
            np.concatenate([left.lon, right.lon]),
            np.array([0, 2]),
            np.array([1, 3]),
            np.concatenate([left.km, right.km]),
        )
        done = stitch(both, two_countries(), StitchParams(), 1)
        assert len(done.tail) - len(both.tail) == joined


def test_a_link_over_a_border_becomes_two_with_a_crossing_of_no_length() -> None:
    done = put_borders(line([(5.0, 9.0), (5.0, 11.0)]), two_countries())
    draft, country = done.draft, done.country
    assert draft.km.min() == 0.0
    crossing = int(np.argmin(draft.km))
    assert {int(country[draft.tail[crossing]]), int(country[draft.head[crossing]])} == {0, 1}
    # 2 degrees at 5 north are 221.5 km; nothing of the length is lost
    assert draft.km.sum() == pytest.approx(221.5, abs=0.3)
    other = draft.km > 0
    assert (country[draft.tail[other]] == country[draft.head[other]]).all()


def test_a_short_excursion_over_the_border_is_no_journey_abroad() -> None:
    # 9.98 -> 10.02 -> 9.98: 4 km in the other country, and back
    way = line([(5.0, 9.0), (5.0, 9.98), (5.02, 10.02), (5.04, 9.98), (5.0, 9.5)])
    done = put_borders(way, two_countries())
    assert (done.country == 0).all()


def test_contraction_keeps_the_length_and_stops_where_something_differs() -> None:
    way = line([(5.0, float(x)) for x in range(1, 7)])
    gauge = np.array([1435, 1435, 1520, 1520, 1520])
    done = contract(Bordered(replace(way, gauge_mm=gauge), np.zeros(6, np.int64)))
    assert len(done.draft.tail) == 2
    assert done.draft.km.sum() == pytest.approx(way.km.sum())
    assert sorted(done.draft.gauge_mm.tolist()) == [1435, 1520]


def test_a_straight_line_needs_no_points_between_its_ends() -> None:
    straight = np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 2.0]])
    bent = np.array([[0.0, 0.0], [0.5, 1.0], [0.0, 2.0]])
    assert len(simplified(straight)) == 0
    assert simplified(bent).tolist() == [[0.5, 1.0]]


def test_ways_between_gates_equal_the_whole_graph() -> None:
    random = np.random.default_rng(7)
    size = 60
    lat, lon = random.uniform(1, 9, size), random.uniform(1, 19, size)
    tail, head = random.integers(0, size, 220), random.integers(0, size, 220)
    apart = tail != head
    km = random.uniform(1, 100, 220)
    draft = Draft.raw(lat, lon, tail[apart], head[apart], km[apart])
    country = (lon > 10).astype(np.int64)
    found = contract(Bordered(draft, country), keep=np.ones(size, bool))
    special, gate = gates_of(found)
    ways = cell_ways(found)
    whole = dijkstra(found.draft.matrix())
    short = Draft.raw(
        found.draft.lat,
        found.draft.lon,
        np.concatenate([ways.tail, found.draft.tail[special]]),
        np.concatenate([ways.head, found.draft.head[special]]),
        np.concatenate([ways.km, found.draft.km[special]]),
    )
    over = dijkstra(short.matrix())
    gates = np.flatnonzero(gate)
    assert len(gates) > 10
    np.testing.assert_allclose(over[np.ix_(gates, gates)], whole[np.ix_(gates, gates)])


def test_the_antimeridian_grows_no_stripes() -> None:
    # a country from 170 east over the line to 170 west
    land = Land([shapely.box(170, 0, 190, 10), shapely.box(-190, 0, -170, 10)], np.array([3, 3]))
    lon = np.array([175.0, -175.0, 0.0])
    assert country_of(land, np.full(3, 5.0), lon).tolist() == [3, 3, -1]


def test_splitting_a_link_keeps_its_length() -> None:
    way = line([(5.0, 1.0), (5.0, 3.0)])
    cut, node = split(way, 0, 0.25)
    assert cut.km.sum() == pytest.approx(way.km.sum())
    assert cut.lon[node] == pytest.approx(1.5)


def test_a_point_is_put_onto_the_nearest_link_and_not_its_end() -> None:
    way = line([(5.0, 1.0), (5.0, 9.0)])
    done, node, off = snap(way, 5.1, 4.0, np.ones(1, bool))
    assert done.lon[node] == pytest.approx(4.0, abs=0.01)
    assert off == pytest.approx(11.1, abs=0.1)


def test_a_cut_that_matches_no_edge_says_that_the_source_has_changed() -> None:
    cells = {"lat1": "1", "lon1": "1", "lat2": "2", "lon2": "2", "km": "100"}
    with pytest.raises(DataError, match="matches no edge"):
        apply_cuts(line([(5.0, 1.0), (5.0, 3.0)]), [Row("cuts.csv, line 2", cells)])
