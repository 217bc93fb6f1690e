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


def read_countries() -> list[CountryRow]:
    """All rows of ``countries.csv``; row numbers are what ``country`` columns hold."""
    rows = [
        CountryRow(
            row.text("code"),
            row.text("alpha3"),
            row.text("numeric"),
            row.text("title"),
            row.text("blocs"),
        )
        for row in read_table("countries")
    ]
    return sorted(rows, key=lambda row: row.code)
