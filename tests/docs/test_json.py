"""docs/json.md has every field that the program prints, of the type it prints, and no other."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import cast

import pytest
from pages import DOCS, rows
from runner import Runner

from landbridge.network.starter import start_case

PAGE = (DOCS / "json.md").read_text(encoding="utf-8")
ANY = "any"
KINDS = {"bool": "flag", "int": "number", "float": "number", "str": "text", "NoneType": "null"}

TIE = "breakeven Moscow Mumbai --between instc-east,suez"
ROUTES = [
    "route Moscow Tehran --json --samples 50 --feu 2 --value 9000 --hs 8413 --deadline 60",
    "route Moscow Tehran --json --samples 50 --incoterm FOB --currency EUR --dangerous 3",
    "route Moscow Tehran --json --samples 50 --date 2032-01-01",
    "route Moscow Tehran --json --samples 50 --hs 1003 --date 2025-03-03 --show-barred",
    'route "St Petersburg" Mumbai --json --samples 50 --scenario volga-shut',
    'route "St Petersburg" Mumbai --json --samples 50 --date 2025-06-02 --case timed',
    "route Moscow Mumbai --json --samples 50 --congestion season",
]
CASES: dict[str, list[str]] = {
    "Route": ROUTES,
    "Route as GeoJSON": ["route Moscow Tehran --geojson --samples 50"],
    "Reach": [
        "reach Moscow --hours 800 --population 9000000 --json --scenario etir",
        "reach 55.75,37.62 --usd 9000 --population 9000000 --value 9000 --json",
        "reach Moscow --co2e 2000 --population 9000000 --json",
    ],
    "Departures": [
        "departures Moscow Tehran --days 5 --lorry-km 500 --scenario etir --json",
        "departures 55.75,37.62 Mumbai --days 3 --json",
        "departures Moscow Tehran --days 2 --json",
    ],
    "Distance": [
        "distance Moscow Tehran --mode rail --json",
        "distance RULED INNSA --mode sea --json --scenario volga-shut",
    ],
    "Distance, GeoJSON": ["distance RULED INNSA --mode sea --geojson --scenario etir"],
    "Places": ["places Astara --json", "places 59.93,30.31 --json --scenario volga-shut"],
    "Network": ["network --json"],
    "Network, show": ["network show IRSRP --json", "network show suez --json"],
    "Scenarios": ["scenarios --json", "scenarios ended.toml --json"],
    "Compare": [
        "compare Moscow Mumbai --scenarios hormuz-2026,cut.toml --samples 50 --json --scenario etir"
    ],
    "Explain": [
        "explain Moscow Mumbai --samples 50 --json --scenario etir",
        "explain Moscow Mumbai --option instc-east --against novorossiysk --samples 50 --json",
    ],
    "Break-even": [
        f"{TIE} --samples 50 --json --scenario etir",
        f"{TIE} --samples 50 --json --date 2027-06-07 --extrapolate",
        f"{TIE} --in time --samples 50 --json --parameter Bolashak",
        f"{TIE} --in money --samples 50 --json --parameter 'freight rate of russia liner'",
    ],
    "Break-even, parameters": [f"{TIE} --samples 50 --parameters --json"],
    "Claims": ["claims --samples 50 --json --scenario etir"],
    "Simulate": [
        "simulate --days 9 --replications 2 --bottlenecks 2 --scenario etir --story longest --json",
        "simulate --demand boxes.csv --days 40 --shut AZ-IR-road:2025-06-03:2025-06-05 --json",
    ],
    "Simulate, capacity": [
        "simulate --demand boxes.csv --days 40 --find-capacity --json --scenario etir"
    ],
    "Doctor": ["doctor --json"],
}
BOXES = """\
id,title,origin,destination,commodity,cargo,direction,branch,modes,via,avoid,value,low,high,unit,\
lot,months,growth,series,year,source,confidence,estimated,note
b,Boxes,Moscow,Mumbai,,container,south,instc-west,,,,60000,1,99999,TEU/year,2,,0,,2025,me,low,yes,
"""
ERRORS = {
    "route Astara Tehran --json": 2,
    "route Petersb Mumbai --json": 2,
    "route 116.4,39.9 Mumbai --json": 2,
    "route Moscow Tehran --avoid Irann --json": 2,
    "route Moscow Tehran --case faulty --json": 2,
    'route "St Petersburg" Mumbai --modes rail --avoid AZ,KZ,BY --json': 1,
    "distance Moscow INNSA --mode sea --json": 1,
}


def tables() -> dict[str, list[list[str]]]:
    """Rows by section; the second table of a section has the text of its flag added."""
    found: dict[str, list[list[str]]] = {}
    for part in PAGE.split("\n## ")[1:]:
        title = part.partition("\n")[0]
        for number, body in enumerate(re.split(r"\n\n(?=\|)", part)[1:]):
            second = {"Distance": "GeoJSON", "Network": "show", "Break-even": "parameters",
                      "Simulate": "capacity"}.get(title, "")  # fmt: skip
            found[f"{title}, {second}" if number else title] = rows(f"{body}\n")
    return found


def fields(section: str) -> dict[str, set[str]]:
    """Documented path -> types, with those of a PLACE spelled out."""
    own = tables()[section]
    place = {row[0].strip("`"): types(row[1]) for row in tables()["Places in answers"]}
    found: dict[str, set[str]] = {}
    for row in own:
        path = row[0].strip("`")
        if row[1] == "PLACE":
            found |= {f"{path}.{name}": told for name, told in place.items()}
        else:
            found[path] = types(row[1])
    return found


def types(text: str) -> set[str]:
    return set(text.split(" or "))


def leaves(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every path of a JSON value and the type that stands there."""
    if isinstance(value, dict):
        for key, inner in cast("dict[str, object]", value).items():
            yield from leaves(inner, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for inner in cast("list[object]", value):
            yield from leaves(inner, f"{path}[]")
    else:
        yield path, KINDS[type(value).__name__]


def matches(pattern: str, path: str) -> bool:
    """Whether a documented path, which may hold words in capitals, is that of a value."""
    parts = [
        ".+" if word.isupper() or word == "TABLE_ID" else re.escape(word)
        for word in pattern.split(".")
    ]
    return re.fullmatch(r"\.".join(parts), path) is not None


def timed(folder: Path) -> None:
    """A case in which the feeder to Nhava Sheva has a timetable and a cut-off."""
    folder.mkdir()
    built_in = Path(str(resources.files("landbridge") / "cases" / "instc"))
    head = (built_in / "case.toml").read_text().replace('extends = "world"', 'extends = "instc"')
    (folder / "case.toml").write_text(head.replace('id = "instc"', 'id = "timed"'))
    with (built_in / "services.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["id"] == "ba-nhava"]
    rows[0] |= {"timetable": "Mo Th 18:00", "cutoff_h": "24"}
    with (folder / "services.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    with (built_in / "calls.csv").open() as file:
        lines = file.read().splitlines()
    calls = [lines[0], *(line for line in lines if line.startswith("ba-nhava,"))]
    (folder / "calls.csv").write_text("\n".join(calls) + "\n")


@cache
def runner(folder: Path) -> Runner:
    (folder / "faulty").mkdir()
    (folder / "faulty" / "case.toml").write_text("id = 7\n")
    timed(folder / "timed")
    (folder / "cut.toml").write_text('name = "Cut"\n[[change]]\nclose = "mode:road"\n')
    (folder / "boxes.csv").write_text(BOXES)
    (folder / "ended.toml").write_text('name = "Over"\nuntil = 2024-01-01\nchange = []\n')
    found = Runner(folder)
    season = "--days 9 --replications 2 --warm-up 40 --out season"
    found.command(f"landbridge simulate --demand boxes.csv {season}", 0)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("answers")


def compare(section: str, answers: list[str]) -> None:
    told = fields(section)
    met: set[str] = set()
    for answer in answers:
        for path, kind in leaves(json.loads(answer)):
            hit = [pattern for pattern in told if matches(pattern, path)]
            assert hit, f"{path} is printed and docs/json.md, {section}, does not have it"
            assert {kind, ANY} & told[hit[0]], f"{path} is {kind}, not {told[hit[0]]}"
            met.update(hit)
    assert sorted(set(told) - met) == [], (
        f"docs/json.md, {section}, has fields that are not printed"
    )


@pytest.mark.parametrize("section", CASES)
def test_every_field_that_is_printed_is_explained_and_every_explained_one_is_printed(
    section: str, folder: Path
) -> None:
    compare(section, [runner(folder).command(f"landbridge {line}", 0) for line in CASES[section]])


def test_the_fields_of_a_check(folder: Path) -> None:
    stray = folder / "stray"
    if not stray.exists():
        start_case(stray)
        sides = stray / "sides.csv"
        sides.write_text(sides.read_text().replace("43.60,51.20", "51.20,43.60"))
    at_work = runner(folder)
    compare(
        "Check",
        [
            at_work.command("landbridge check faulty --json", 2),
            at_work.command("landbridge check stray --json", 0),
        ],
    )


def test_the_fields_of_a_comparison_of_runs(folder: Path) -> None:
    at_work = runner(folder)
    short = "landbridge simulate --days 1 --warm-up 0"
    at_work.command(f"{short} --replications 1 --scenario etir --out one", 0)
    at_work.command(f"{short} --replications 2 --factor 0.9 --scenario etir --out two", 0)
    compare("Compare, runs", [at_work.command("landbridge compare one two --json", 0)])


def test_the_fields_of_errors(folder: Path) -> None:
    at_work = runner(folder)
    told = [at_work.command(f"landbridge {line}", code) for line, code in ERRORS.items()]
    pairs = fields("Errors")
    for path in ("candidates", "nearest"):
        del pairs[f"error.details.{path}[].snapped_km"]
    met: set[str] = set()
    for answer in told:
        for path, kind in leaves(json.loads(answer)):
            assert path in pairs, f"{path} is printed and docs/json.md does not have it"
            assert kind in pairs[path], f"{path} is {kind}"
            met.add(path)
    assert sorted(set(pairs) - met) == []


def test_the_columns_of_routes(folder: Path) -> None:
    printed = runner(folder).command("landbridge route Moscow Tehran --csv --samples 50", 0)
    header = next(csv.reader(io.StringIO(printed)))
    assert header == [row[0].strip("`") for row in tables()["Route as CSV"]]


def test_the_columns_of_pairs(folder: Path) -> None:
    (folder / "pairs.csv").write_text("origin,destination\nRULED,INNSA\n")
    printed = runner(folder).command("landbridge distance --pairs pairs.csv --mode sea", 0)
    header = next(csv.reader(io.StringIO(printed)))
    assert header == [row[0].strip("`") for row in tables()["Distances of pairs"]]


def test_an_option_of_geojson_has_the_fields_of_an_option(folder: Path) -> None:
    printed = runner(folder).command("landbridge route Moscow Tehran --geojson --samples 50", 0)
    properties = json.loads(printed)["features"][0]["properties"]
    told = {path.removeprefix("options[].") for path in fields("Route")}
    for path, _ in leaves(properties):
        assert any(matches(pattern, path) for pattern in told), path
    assert "legs" not in properties


def test_labels_and_kinds_are_those_that_the_page_names(folder: Path) -> None:
    body = json.loads(runner(folder).command(f"landbridge {ROUTES[1]}", 0))
    meaning = {row[0].strip("`"): row[3] for row in tables()["Route"]}
    for one in body["options"]:
        for label in one["labels"]:
            assert f"`{label}`" in meaning["options[].labels[]"]
        for leg in one["legs"]:
            assert f"`{leg['kind']}`" in meaning["options[].legs[].kind"]
