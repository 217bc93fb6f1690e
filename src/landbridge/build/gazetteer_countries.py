"""The countries and territories of the world: typed rows, in the order of their codes."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.build.typed import read_table


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One of the 249 codes of ISO 3166-1, or XK (Kosovo), which GeoNames uses besides."""

    code: str
    alpha3: str
    numeric: str
    """Three digits as in Natural Earth; empty for XK."""
    title: str
    blocs: str
    polygons: str
    """Names in Natural Earth, separated by ``;``, of polygons without a code that lie in it."""


def read_countries() -> list[CountryRow]:
    """All rows of ``countries.csv``; row numbers are what ``country`` columns hold."""
    rows = [
        CountryRow(
            row.text("code"),
            row.text("alpha3"),
            row.text("numeric"),
            row.text("title"),
            row.text("blocs"),
            row.text("polygons"),
        )
        for row in read_table("countries")
    ]
    return sorted(rows, key=lambda row: row.code)


def rows_by_polygon() -> dict[str, int]:
    """Row of ``countries`` by Natural Earth's numeric code, or name where a polygon has no code.

    Baikonur, Northern Cyprus or Somaliland would otherwise be nobody's, with borders around them
    in the middle of a railway.
    """
    found: dict[str, int] = {}
    for number, row in enumerate(read_countries()):
        found |= {name: number for name in (row.numeric, *row.polygons.split(";")) if name}
    return found
