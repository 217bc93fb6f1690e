"""Outlines for pictures: small, and land is where land is."""

import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
import shapely
from numpy.typing import NDArray

from landbridge.build.outlines import STEPS, write_outlines

MOST_BYTES = 150_000


def polygons(text: str) -> dict[str, shapely.Geometry]:
    """Each country of the file, put together as a page does it: rings by the even-odd rule."""
    body = json.loads(text)
    arcs: list[NDArray[np.float64]] = [
        np.cumsum(np.array(arc, float).reshape(-1, 2), 0) / STEPS for arc in body["arcs"]
    ]
    found: dict[str, shapely.Geometry] = {}
    for code, one in body["countries"].items():
        whole = shapely.Polygon()
        for ring in one["rings"]:
            parts: list[NDArray[np.float64]] = [arcs[k] if k >= 0 else arcs[~k][::-1] for k in ring]
            points: NDArray[np.float64] = np.vstack([parts[0], *(part[1:] for part in parts[1:])])
            points[:, 0] = np.unwrap(points[:, 0], period=360)
            if len(points) >= 4:
                part = shapely.make_valid(shapely.Polygon(points))
                whole = shapely.symmetric_difference(whole, part)
        found[code] = whole
    return found


def test_capitals_lie_in_their_countries_and_the_middle_of_seas_in_none() -> None:
    path = resources.files("landbridge") / "page" / "assets" / "land.json"
    text = path.read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    land = polygons(text)
    # latitude and longitude of capitals, as any atlas has them
    capitals = {
        "RU": (55.75, 37.62), "IR": (35.70, 51.42), "IN": (28.61, 77.21), "AZ": (40.4, 49.8),
        "EG": (30.04, 31.24), "LS": (-29.31, 27.48), "US": (38.9, -77.04), "FJ": (-17.8, 178.0),
    }  # fmt: skip
    for code, (lat, lon) in capitals.items():
        assert shapely.contains_xy(shapely.buffer(land[code], 0.1), lon, lat), code
    # Lesotho is a hole in South Africa
    assert not shapely.contains_xy(land["ZA"], 28.2, -29.6)
    for lat, lon in ((42.0, 50.5), (15.0, 65.0), (0.0, -150.0), (43.0, 34.0)):
        assert not any(shapely.contains_xy(one, lon, lat) for one in land.values()), (lat, lon)


def test_a_small_island_goes_unless_it_is_all_there_is(tmp_path: Path) -> None:
    def square(x: int, y: int, size: int) -> list[list[int]]:
        return [[x, y], [size, 0], [0, size], [-size, 0], [0, -size]]

    atlas = {
        "transform": {"scale": [0.1, 0.1], "translate": [0, 0]},
        # squares of 10, 0.2 and 0.2 degrees
        "arcs": [square(0, 0, 100), square(300, 0, 2), square(600, 0, 2)],
        "objects": {"countries": {"geometries": [
            {"type": "MultiPolygon", "id": "643", "properties": {"name": "Russia"},
             "arcs": [[[0]], [[1]]]},
            {"type": "Polygon", "id": "702", "properties": {"name": "Singapore"}, "arcs": [[2]]},
            {"type": "Polygon", "properties": {"name": "Atlantis"}, "arcs": [[2]]},
        ]}},
    }  # fmt: skip
    raw, out = tmp_path / "atlas.json", tmp_path / "land.json"
    raw.write_text(json.dumps(atlas))
    assert write_outlines(raw, out) == out.stat().st_size
    body = json.loads(out.read_text())
    assert {code: len(one["rings"]) for code, one in body["countries"].items()} == {
        "RU": 1,
        "SG": 1,
    }
    assert body["countries"]["RU"]["extent"] == pytest.approx(100.0)
    assert body["arcs"][0] == [0, 0, 1000, 0, 0, 1000, -1000, 0, 0, -1000]
