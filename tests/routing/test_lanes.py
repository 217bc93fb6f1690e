"""Prices by lane are those that each pair of countries would be told by itself."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pytest

import landbridge as lb
from landbridge.models.areas import areas_of
from landbridge.models.ratebook import Wanted
from landbridge.routing.costs import Lanes
from landbridge.routing.tables import Terrain, WayTable, sides_stops, terrain_of, water_table
from landbridge.routing.ways import ways_for

SNAP_KM = 30.0
JULY = dt.date(2024, 7, 10)
"""When rows hold for lanes between India and the EU, both ways."""
SEA = frozenset({"sea"})


@cache
def ports() -> tuple[Terrain, WayTable, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Sixty ports all over the world, and the row of the country of each side."""
    net = lb.load()
    terrain = terrain_of(net, ways_for(net, JULY))
    rows, _ = sides_stops(terrain, "water", 0, SNAP_KM)
    some = rows[:: max(1, len(rows) // 60)]
    table = water_table(terrain, SEA, frozenset(), SNAP_KM, some)
    codes = net.countries.code.tolist()
    at = [codes.index(code) for code in net.terminals.country[net.sides.terminal].tolist()]
    return terrain, table, np.array(at, np.int64)


@pytest.mark.parametrize(
    ("kind", "item"),
    [("carbon", "deep_sea"), ("lane", "deep_sea"), ("surcharge", "cape")],
)
def test_each_pair_has_the_price_of_its_own_lane(kind: str, item: str) -> None:
    terrain, table, countries = ports()
    wanted = Wanted(kind, "sea", item)

    def price(lane: tuple[str, str]) -> float:
        rate = terrain.book.find(Wanted(kind, "sea", item, *lane))
        return rate.spread.mean if rate else 0.0

    codes = terrain.net.countries.code
    starts, ends = (codes[countries[rows]].tolist() for rows in (table.start, table.to))
    expected = np.array([[price((a, b)) for b in ends] for a in starts])
    assert len(np.unique(expected)) > 1
    assert np.array_equal(Lanes(terrain, table, countries).each(price, [wanted]), expected)


def test_countries_alike_fit_each_word_alike() -> None:
    net = lb.load()
    areas, codes = areas_of(net), net.countries.code.tolist()
    words = ("CN", "*", next(f"*{text.split(';')[0]}" for text in net.countries.blocs if text))
    alike = areas.alike(words)
    for row, code in enumerate(codes):
        fits = [areas.fit(word, code) for word in words]
        assert fits == [areas.fit(word, codes[alike[row]]) for word in words]
        assert all(fits != [areas.fit(word, one) for word in words] for one in codes[: alike[row]])
    assert len(np.unique(alike)) == 3  # China, the bloc, and all others
