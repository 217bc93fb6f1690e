"""Links drawn over water or through another country, on a drawn ground."""

import csv
from pathlib import Path

import numpy as np
import shapely

from landbridge.build.polygons import Land
from landbridge.build.strays import write_strays
from landbridge.build.world_tables import merge

WEST, EAST = 0, 1


def part(lat: list[float], lon: list[float], country: list[int]) -> dict[str, np.ndarray]:
    """Roads between neighbouring pairs of nodes, each straight."""
    tail = np.arange(0, len(lat), 2)
    links = len(tail)
    zero = np.zeros(links, np.int64)
    none = np.zeros(0, np.int64)
    columns = dict.fromkeys(("gauge_mm", "status", "opens", "closes", "source", "points"), zero)
    return {
        "lat": np.array(lat), "lon": np.array(lon), "country": np.array(country), "tail": tail,
        "head": tail + 1, "km": np.full(links, 200.0), "mode": np.full(links, 1),
        "passage": zero - 1, "section": zero - 1, "shape_lat": np.zeros(0),
        "shape_lon": np.zeros(0), "cell_tail": none, "cell_head": none, "cell_gauge_mm": none,
        "cell_km": np.zeros(0), "cell_mode": none, **columns,
    }  # fmt: skip


def test_water_and_other_countries_are_told_and_land_is_not(tmp_path: Path) -> None:
    # two countries side by side with a bay of 1 degree (110.6 km) between 4 and 5 north
    west = shapely.difference(shapely.box(0, 0, 10, 10), shapely.box(0, 4, 5, 5))
    land = Land([west, shapely.box(10, 0, 20, 10)], np.array([WEST, EAST]))
    ground = merge(
        [
            part(
                [3.0, 6.0, 3.0, 6.0, 7.0, 8.0],
                [2.0, 2.0, 7.0, 7.0, 12.0, 12.0],
                [WEST, WEST, WEST, WEST, WEST, WEST],
            )
        ]
    )
    path = tmp_path / "strays.csv"
    assert write_strays(path, ground, ["AA", "BB"], land) == 2
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert [row["kind"] for row in rows] == ["water", "border"]
    assert abs(float(rows[0]["astray_km"]) - 111) < 4
    assert {rows[0]["lat1"], rows[0]["lat2"]} == {"3.000", "6.000"}
    # labelled west, drawn in the east along its whole length of 1 degree
    assert abs(float(rows[1]["astray_km"]) - 111) < 4
