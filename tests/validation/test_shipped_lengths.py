"""Published lengths, golden: what the shipped network gives, and that validation tells it."""

import csv
from importlib import resources
from itertools import pairwise

import numpy as np
import pytest

import landbridge as lb
from landbridge.validation.ground import astray
from landbridge.validation.lengths import Checked, as_markdown, references


@pytest.fixture(scope="module")
def world() -> lb.Network:
    return lb.load("world")


# Published: posts of railways, timetables, Pub. 151; none is an input, but Qom - Kashan in part.
@pytest.mark.parametrize(
    ("mode", "origin", "destination", "km", "percent"),
    [
        ("rail", "28.64,77.22", "13.08,80.27", 2182, 2),  # New Delhi - Chennai: the coast line
        ("rail", "34.65,50.873", "33.98,51.44", 98, 3),  # Qom - Kashan: not by the west of Qom
        ("rail", "55.776,37.655", "52.10,23.68", 1094, 1),  # Moscow - Brest
        ("rail", "40.60,43.10", "41.40,43.49", 105, 2),  # Kars - Akhalkalaki
        ("road", "-4.05,39.66", "-1.29,36.82", 485, 6),  # Mombasa - Nairobi: not by Garissa
        ("sea", "INNSA", "LKCMB", 1658, 1.5),  # along the Malabar coast
        ("sea", "LKCMB", "ZADUR", 6695, 1),  # straight, south of Madagascar
        ("sea", "BRSSZ", "PABLB", 8193, 3),  # straight off the Guianas
        ("sea", "CNSHA", "HKHKG", 1526, 2),  # through the Taiwan Strait
    ],
)
def test_what_was_mended_stays_mended(
    world: lb.Network, mode: str, origin: str, destination: str, km: float, percent: float
) -> None:
    found = lb.distance(world, origin, destination, mode=mode).km
    assert found == pytest.approx(km, rel=percent / 100)


def test_the_edge_of_535_km_is_bent_and_bolashak_lies_in_kazakhstan(world: lb.Network) -> None:
    found = lb.distance(world, "43.69,51.31", "39.25,55.50", mode="rail", gauge=1520)
    assert found.countries == ("KZ", "TM")
    # it passes Uzen, 91 km off the straight line
    near = min(np.min(np.abs(lat - 43.35) + np.abs(lon - 52.86)) for lat, lon in found.lines)
    assert near < 0.1
    station = lb.places(world, "Bolashak")[0]
    assert station.country == "KZ"


def test_the_shipped_links_of_a_section_sum_to_its_published_length(world: lb.Network) -> None:
    sections = world.sections
    number = {name: k for k, name in enumerate(sections.id.tolist())}
    for name in ("bafq-bandarabbas", "ekb-omsk", "ratlam-kota", "djibouti-addis", "qom-badrud"):
        mine = world.links.section == number[name]
        assert world.links.km[mine].sum() == pytest.approx(sections.km[number[name]], rel=0.003)


def test_a_miss_is_told_with_its_cause_and_a_hit_is_not() -> None:
    def one(ours: float, cause: str = "") -> Checked:
        return Checked("rail", "A - B", 100, ours, ours, False, "check", "here", cause)  # noqa: FBT003

    told = as_markdown([one(103, "a gap"), one(101.8)])
    assert sum("**miss**: a gap" in line for line in told) == 1
    assert "- rail, check: median |error| 2.4 %, 1 of 2 within 2 % or the published range" in told


def test_a_length_that_is_told_of_one_line_is_compared_with_that_line(world: lb.Network) -> None:
    row = next(row for row in references("land") if row["from_name"] == "Novosibirsk")
    stops = [row["from"], *row["via"].split(";"), row["to"]]
    ways = [lb.distance(world, a, b, mode="rail", gauge=1520) for a, b in pairwise(stops)]
    # the main line of 9,288 km less 3,335; the Baikal-Amur line is 280 km shorter
    assert sum(way.km for way in ways) == pytest.approx(float(row["km"]), rel=0.002)
    straight = lb.distance(world, row["from"], row["to"], mode="rail", gauge=1520)
    assert straight.km < float(row["km"]) - 200


def test_every_reference_has_the_columns_and_every_stray_a_length() -> None:
    for name in ("land", "sea"):
        assert all(float(row["km"]) > 0 and row["source"] for row in references(name))
    assert all(bool(row["via"]) == bool(row["via_names"]) for row in references("land"))
    path = resources.files("landbridge.validation") / "tables" / "strays.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert {row["kind"] for row in rows} == {"water", "border"}
    assert all(float(row["astray_km"]) >= 5 for row in rows)
    assert len(astray()) > 10
