from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_world import grid_world, make
from stored_cells import with_cells, without_cells_of
from whole_graph import usable_links, whole_graph_km

from landbridge.network.network import Network
from landbridge.routing.attach import AttachParams, Stops
from landbridge.routing.avoid import Avoid
from landbridge.routing.geo import great_circle_km
from landbridge.routing.ways import Ways, ways_for
from landbridge.routing.ways_pieces import BORDER
from landbridge.units import RAIL

EVERYTHING = AttachParams(least_component_km=0.0)
TODAY = dt.date(2025, 6, 1)


def some_stops(net: Network, ways: Ways, count: int, seed: int) -> Stops:
    rng = np.random.default_rng(seed)
    lat = rng.uniform(net.nodes.lat.min(), net.nodes.lat.max(), count)
    lon = rng.uniform(net.nodes.lon.min(), net.nodes.lon.max(), count)
    return ways.attach("rail", lat, lon, params=EVERYTHING)


# --- against the whole graph ---


@settings(max_examples=40)
@given(
    st.integers(2, 9),
    st.integers(1, 4),
    st.integers(0, 10_000),
    st.sampled_from([0.0, 0.05, 0.2]),
    st.sampled_from([TODAY, dt.date(2024, 1, 1), dt.date(2031, 1, 1)]),
)
def test_ways_equal_a_search_over_every_link(
    side: int, countries: int, seed: int, special: float, on: dt.date
) -> None:
    net = make(grid_world(side, countries, seed, special=special))
    ways = ways_for(net, on)
    start, to = some_stops(net, ways, 4, seed), some_stops(net, ways, 6, seed + 1)
    expected = whole_graph_km(net, usable_links(net, (RAIL,), on), start, to)
    legs = ways.legs(start, to, ways.even_pace())
    assert np.allclose(legs.km, expected, atol=1e-5)
    assert np.allclose(legs.km, legs.hours)


@settings(max_examples=25)
@given(st.integers(2, 8), st.integers(1, 3), st.integers(0, 10_000))
def test_stored_cells_change_nothing_and_missing_ones_are_found(
    side: int, countries: int, seed: int
) -> None:
    net = make(grid_world(side, countries, seed, special=0.1))
    ways = ways_for(net)
    start = some_stops(net, ways, 4, seed)
    bare = ways.legs(start, start, ways.even_pace()).km
    stored = with_cells(net)
    rng = np.random.default_rng(seed)
    gone = int(rng.integers(0, countries))
    part = without_cells_of(stored, gone)
    for other in (stored, part):
        again = ways_for(other)
        stops = some_stops(other, again, 4, seed)
        assert np.allclose(again.legs(stops, stops, again.even_pace()).km, bare, atol=1e-9)


@settings(max_examples=25)
@given(st.integers(3, 8), st.integers(0, 10_000))
def test_pieces_add_up_and_lines_are_as_long_as_their_links(side: int, seed: int) -> None:
    world = grid_world(side, 3, seed, special=0.1)
    # every link as long as it is drawn, so that lines can be measured
    net = make(replace(world, links=[replace(link, km=None) for link in world.links]))
    ways = ways_for(net)
    start, to = some_stops(net, ways, 3, seed), some_stops(net, ways, 2, seed + 1)
    for legs in (
        ways.legs(start, to, ways.even_pace()),
        ways.legs(to, start, ways.even_pace()),  # found from the other side
    ):
        pieces = legs.pieces()
        for i in range(len(legs.start)):
            for j in range(len(legs.to)):
                pair = i * len(legs.to) + j
                ours = slice(pieces.first[pair], pieces.first[pair + 1])
                lines = legs.line(i, j)
                if np.isinf(legs.km[i, j]):
                    assert pieces.km[ours].size == 0
                    assert lines == []
                    continue
                assert pieces.km[ours].sum() == pytest.approx(legs.km[i, j])
                assert pieces.hours[ours].sum() == pytest.approx(legs.hours[i, j])
                drawn = sum(
                    great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:]).sum()
                    for _, lat, lon in lines
                )
                assert drawn == pytest.approx(legs.km[i, j], rel=1e-4, abs=1e-6)
                if lines:
                    first, last = lines[0], lines[-1]
                    assert (first[1][0], first[2][0]) == pytest.approx(
                        (legs.start.lat[i], legs.start.lon[i])
                    )
                    assert (last[1][-1], last[2][-1]) == pytest.approx(
                        (legs.to.lat[j], legs.to.lon[j])
                    )


# --- laws ---


@settings(max_examples=25)
@given(st.integers(2, 8), st.integers(0, 10_000))
def test_distances_are_symmetric_and_obey_the_triangle(side: int, seed: int) -> None:
    net = make(grid_world(side, 3, seed, special=0.1))
    ways = ways_for(net)
    stops = some_stops(net, ways, 5, seed)
    km = ways.legs(stops, stops, ways.even_pace()).km
    assert np.allclose(km, km.T)
    assert np.all(np.diag(km) == 0)
    for k in range(5):
        assert np.all(km <= km[:, k, None] + km[None, k, :] + 1e-9)


@settings(max_examples=25)
@given(st.integers(2, 8), st.integers(0, 10_000), st.data())
def test_avoiding_something_never_makes_a_way_shorter(
    side: int, seed: int, data: st.DataObject
) -> None:
    net = make(grid_world(side, 3, seed, special=0.1))
    avoid = data.draw(
        st.sampled_from(
            [
                Avoid(countries=frozenset({"AB"})),
                Avoid(passages=frozenset({"strait"})),
                Avoid(crossings=frozenset({"AA-AB"})),
                Avoid(modes=frozenset({"rail"})),
            ]
        )
    )
    free, bound = ways_for(net), ways_for(net, avoid=avoid)
    stops = some_stops(net, free, 5, seed)
    before = free.legs(stops, stops, free.even_pace()).km
    after = bound.legs(stops, stops, bound.even_pace()).km
    assert np.all(after >= before - 1e-9)


@settings(max_examples=15)
@given(st.integers(3, 6), st.integers(0, 10_000))
def test_a_border_costs_its_hours_in_its_direction(side: int, seed: int) -> None:
    net = make(grid_world(side, 2, seed, special=0.05))
    ways = ways_for(net)
    borders = ways.borders("rail")
    hours = np.zeros((len(borders), 2))
    west = borders.country_a == 0
    hours[west] = [5.0, 7.0]  # east, west
    hours[~west] = [7.0, 5.0]
    pace = replace(ways.even_pace(), border_h=hours)
    stops = some_stops(net, ways, 4, seed)
    legs = ways.legs(stops, stops, pace)
    pieces = legs.pieces()
    pair = np.repeat(np.arange(16), np.diff(pieces.first))
    crossed = pieces.kind == BORDER
    # a piece at a border tells the country entered: 1 eastwards, 0 westwards
    assert np.array_equal(pieces.hours[crossed], np.where(pieces.country[crossed] == 1, 5.0, 7.0))
    by_pair = np.bincount(pair[crossed], pieces.hours[crossed], minlength=16).reshape(4, 4)
    finite = np.isfinite(legs.hours)
    assert np.allclose(legs.hours[finite], (legs.km + by_pair)[finite])
