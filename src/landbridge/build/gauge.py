"""Track gauge per rail link: by country, then the zones where the country's gauge is not laid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from landbridge.build.borders import Bordered
from landbridge.build.draft import great_circle_km
from landbridge.build.typed import Row

STANDARD_MM = 1435


def put_gauges(
    bordered: Bordered, rules: list[Row], zones: list[Row], row_of: dict[str, int]
) -> Bordered:
    """Fill ``gauge_mm`` where no typed link has set it.

    A crossing carries the gauge of the track beside it: where the two sides differ, that of the
    broader one, which in practice is laid into the exchange yard of its neighbour.
    """
    draft, country = bordered.draft, bordered.country
    by_country = np.full(int(country.max()) + 2, STANDARD_MM)
    for rule in rules:
        for code in rule.text("countries").split():
            if code in row_of and row_of[code] < len(by_country):
                by_country[row_of[code]] = int(rule.number("gauge_mm"))
    node = by_country[country]
    for zone in zones:
        lat, lon = (np.full(len(node), zone.number(name)) for name in ("lat", "lon"))
        inside = great_circle_km(draft.lat, draft.lon, lat, lon) <= zone.number("radius_km")
        inside &= country == row_of[zone.text("country")]
        node[inside] = int(zone.number("gauge_mm"))
    a, b = node[draft.tail], node[draft.head]
    gauge = np.where(draft.gauge_mm > 0, draft.gauge_mm, np.maximum(a, b))
    return replace(bordered, draft=replace(draft, gauge_mm=gauge))
