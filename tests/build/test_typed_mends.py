"""Typed rows laid over networks small enough to draw: bends, links with points, sections."""

import numpy as np
import pytest
import shapely

from landbridge.build.approaches import Coast, lines_of
from landbridge.build.draft import Draft, great_circle_km
from landbridge.build.patch import Names, apply_links, apply_vias
from landbridge.build.polygons import Land
from landbridge.build.sea_grid import sea_grid
from landbridge.build.sections import scale_sections
from landbridge.build.typed import Row
from landbridge.errors import DataError

NAMES = Names({"a": 0, "b": 1}, {"osm": 0, "here": 2})


def line(points: list[tuple[float, float]]) -> Draft:
    """A chain of links through the points (lat, lon), as long as the great circle."""
    lat, lon = (np.array(values, np.float64) for values in zip(*points, strict=True))
    tail = np.arange(len(points) - 1)
    km = great_circle_km(lat[:-1], lon[:-1], lat[1:], lon[1:])
    return Draft.raw(lat, lon, tail, tail + 1, km)


def via(**cells: str) -> Row:
    ends = {"lat1": "5", "lon1": "1", "lat2": "5", "lon2": "5"}
    return Row("vias.csv, line 2", {**ends, "min_km": "100", "via": "5.5 2;5.5 4", **cells})


def link(**cells: str) -> Row:
    usual = {
        "kind": "missing", "lat1": "5", "lon1": "1", "end1": "snap", "lat2": "7", "lon2": "1",
        "end2": "new", "via": "", "km": "300", "gauge_mm": "1520", "section": "a", "source": "here",
    }  # fmt: skip
    return Row("links.csv, line 2", {**usual, **cells})


def section(**cells: str) -> Row:
    usual = {"id": "a", "lat1": "5", "lon1": "1", "lat2": "5", "lon2": "2", "via": "", "km": "115"}
    return Row("sections.csv, line 2", {**usual, **cells})


def test_a_bend_leads_through_its_points_and_keeps_the_length() -> None:
    straight = line([(5.0, 1.0), (5.0, 5.0)])
    bent = apply_vias(straight, [via()])
    assert len(bent.tail) == 3
    assert bent.km.sum() == pytest.approx(straight.km.sum())
    # in the order in which they are met, though the row may name the ends the other way round
    other = apply_vias(straight, [via(lon1="5", lon2="1", via="5.5 4;5.5 2")])
    for draft in (bent, other):
        assert draft.lon[draft.head].tolist()[:3] == [2.0, 4.0, 5.0]


def test_a_bend_that_matches_no_edge_is_a_fault() -> None:
    with pytest.raises(DataError, match="matches no edge"):
        apply_vias(line([(5.0, 1.0), (5.0, 5.0)]), [via(lat1="6")])


def test_a_typed_link_with_points_keeps_its_gauge_section_and_length() -> None:
    done = apply_links(line([(5.0, 1.0), (5.0, 2.0)]), [link(via="6 1.2")], NAMES)
    mine = done.section == 0
    assert mine.sum() == 2
    assert done.km[mine].sum() == pytest.approx(300)
    assert set(done.gauge_mm[mine].tolist()) == {1520}
    assert set(done.source[mine].tolist()) == {2}


def test_sections_are_scaled_each_within_itself() -> None:
    # 110.8 km per degree of longitude at 5 north; published 115 and 105, the rest stays
    way = line([(5.0, 1.0), (5.0, 2.0), (5.0, 3.0), (5.0, 4.0)])
    rows = [section(), section(id="b", lon1="2", lon2="3", km="105")]
    done, told = scale_sections(way, rows, NAMES.section)
    assert done.km.tolist() == pytest.approx([115.0, 105.0, 110.8], abs=0.1)
    assert done.section.tolist() == [0, 1, -1]
    assert [one.published_km for one in told] == [115.0, 105.0]


def test_a_section_far_from_its_published_length_is_another_route() -> None:
    with pytest.raises(DataError, match="another route"):
        scale_sections(line([(5.0, 1.0), (5.0, 2.0)]), [section(km="200")], NAMES.section)


def test_the_grid_of_open_sea_agrees_with_the_coast() -> None:
    square = shapely.box(0, 0, 10, 10)
    corners = np.array([[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], np.float64)
    ends = np.stack([corners[:-1], corners[1:]], axis=1)
    coast = Coast(shapely.STRtree(lines_of(ends)), Land([square], np.array([0])))
    grid = sea_grid(coast, 0.12)
    random = np.random.default_rng(3)
    starts = random.uniform(-5, 15, (400, 2))
    tried = np.stack([starts, starts + random.uniform(-1, 1, (400, 2))], axis=1)
    reach = shapely.box(-0.12, -0.12, 10.12, 10.12)
    clear = grid.clear(tried)
    assert 50 < clear.sum() < 350
    # never clear where land is within reach, and land only where it is land
    assert not (clear & shapely.intersects(lines_of(tried), reach)).any()
    inland = grid.on_land(starts[:, 1], starts[:, 0])
    assert inland.any()
    assert shapely.contains_xy(square, starts[inland, 0], starts[inland, 1]).all()
