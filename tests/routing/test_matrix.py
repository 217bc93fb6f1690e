from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

import landbridge as lb
from landbridge.errors import DataError, NoAnswer, QuestionError
from landbridge.routing.bare import table_to
from landbridge.routing.distance import means_of
from landbridge.routing.matrix import ask, places_of
from landbridge.routing.matrix_file import Writer, read_places
from landbridge.routing.shortest import attached, find_shortest, tries_of
from landbridge.routing.ways import ways_for

PORTS = ["RULED", "INNSA", "DEHAM", "IRBND", "Baku", "Moscow"]


@pytest.fixture(scope="module")
def net() -> lb.Network:
    return lb.load()


@pytest.mark.parametrize(
    ("mode", "avoid", "on"),
    [
        ("sea", (), None),
        ("sea", ("suez",), dt.date(2025, 1, 10)),
        ("inland-waterway", (), dt.date(2025, 1, 10)),
        ("rail", (), None),
        ("rail", ("AZ",), None),
        ("road", ("IR",), None),
    ],
)
def test_every_figure_is_that_of_the_search_by_cells(
    net: lb.Network, mode: str, avoid: tuple[str, ...], on: dt.date | None
) -> None:
    means = means_of(net, mode, avoid=avoid, on=on)
    rows = np.random.default_rng(7).choice(len(net.places), 40, replace=False)
    ways = ways_for(net, means.on, means.avoid)
    stops = ways.attach(attached(mode), net.places.lat[rows], net.places.lon[rows])
    start, to = (stops.take(some.astype(np.int32)) for some in np.split(np.arange(40), 2))
    expected = np.full((20, 20), np.inf)
    for closed, modes in tries_of(net, means):
        one = ways.legs(start, to, ways.even_pace(closed, modes)).km
        expected = np.where(np.isfinite(expected), expected, one)
    found = table_to(net, means, to)
    assert np.allclose(found.rows(start), expected, rtol=1e-12, atol=1e-9)
    for i, j in ((0, 0), (3, 7), (19, 11)):
        _, km = found.links(start.take(np.array([i])), j)
        assert km.sum() == pytest.approx(expected[i, j] if len(km) else 0.0)
        assert bool(len(km)) == bool(np.isfinite(expected[i, j]))


def test_a_matrix_is_what_distance_says_and_nan_with_a_reason_where_it_refuses(
    net: lb.Network,
) -> None:
    found = lb.matrix(net, PORTS, PORTS, modes=["sea", "rail"])
    assert list(found.columns) == ["sea_km", "rail_km"]
    for i, origin in enumerate(PORTS):
        for j, destination in enumerate(PORTS):
            for mode in ("sea", "rail"):
                km = found.columns[f"{mode}_km"][i, j]
                try:
                    expected = lb.distance(net, origin, destination, mode=mode).km
                except NoAnswer:
                    assert np.isnan(km)
                    assert found.reason(i, j)
                else:
                    assert km == pytest.approx(expected, abs=1e-9)


def test_the_countries_and_passages_of_a_path_are_those_of_distance(net: lb.Network) -> None:
    ends = (
        places_of(net, ["Moscow", "RULED"], ["a", "b"]),
        places_of(net, ["Tehran", "INNSA"], "cd"),
    )
    for mode, k in (("rail", 0), ("sea", 1), ("road", 0)):
        means = means_of(net, mode)
        asked = ask(net, ends, [means])
        one = find_shortest(net, means, [(ends[0][k], ends[1][k])])[0]
        assert asked.path(k, k)[0].split() == [*one.countries, *one.passages]


def test_a_closed_link_counts_in_a_changed_network_without_a_new_order(net: lb.Network) -> None:
    far = lb.apply(net, [lb.Close("passage:suez")])
    before = lb.matrix(net, ["DEHAM"], ["INNSA"], modes="sea").columns["km"][0, 0]
    after = lb.matrix(far, ["DEHAM"], ["INNSA"], modes="sea").columns["km"][0, 0]
    assert after == pytest.approx(lb.distance(far, "DEHAM", "INNSA", mode="sea").km, abs=1e-9)
    assert after > 1.5 * before


def test_limits_are_named_before_work_begins(net: lb.Network) -> None:
    with pytest.raises(QuestionError, match="the list of destinations is empty"):
        lb.matrix(net, PORTS, [], modes="sea")
    with pytest.raises(QuestionError, match="36 pairs; the limit is 35"):
        lb.matrix(net, PORTS, PORTS, modes="sea", params=lb.MatrixParams(most_pairs=35))
    many = ["nowhere"] * 2000
    with pytest.raises(QuestionError, match="most_memory_mb is 1"):
        lb.matrix(net, many, many, modes="sea", params=lb.MatrixParams(most_memory_mb=1))
    with pytest.raises(QuestionError, match="none of rail"):
        lb.matrix(net, PORTS, PORTS, modes="air")


def test_an_unknown_place_is_told_with_its_row(net: lb.Network) -> None:
    texts = ["RULED"] * 17_232 + ["Xxqqz"]
    body = ("place\n" + "".join(f'"{text}"\n' for text in texts)).encode()
    listed = read_places(body, "ports.csv")
    assert listed.repeated == 17_231
    with pytest.raises(DataError, match=r"ports\.csv, line 17234: No place is called 'Xxqqz'"):
        places_of(net, listed.texts, listed.where)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "needs one column 'place'"),
        (b"place\n\n", "holds no places"),
        (b"place,place\na,b\n", "needs one column"),
        (b"place\n59.9,30.3\n", "line 2: has 2 cells"),
        (b"place,note\n,x\n", "line 2, column place: is empty"),
        (b"place\n\xff\n", "line 2: is no UTF-8"),
        (b'place\n"a\n', "is no CSV"),
    ],
)
def test_bad_lists_are_refused_with_their_line(body: bytes, said: str) -> None:
    with pytest.raises(DataError, match=said):
        read_places(body, "list.csv")


def silent(_what: str, _share: float) -> None:
    pass


def test_a_table_that_was_cut_off_is_gone_on_with(
    net: lb.Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("landbridge.routing.matrix.BLOCK_CELLS", 2 * len(PORTS))
    some = places_of(net, PORTS, PORTS)
    asked = ask(net, (some, some), [means_of(net, "sea")])
    whole, cut = tmp_path / "whole.csv", tmp_path / "cut.csv"
    Writer(whole, asked, (PORTS, PORTS)).write(0, silent, paths=True)

    def stop(_what: str, share: float) -> None:
        if share > 0.6:
            raise KeyboardInterrupt

    writer = Writer(cut, asked, (PORTS, PORTS))
    with pytest.raises(KeyboardInterrupt):
        writer.write(writer.done(), stop, paths=True)
    assert not cut.exists()
    with (tmp_path / "cut.csv.part").open("a") as file:
        file.write("half a line that a kill left")
    again = Writer(cut, asked, (PORTS, PORTS))
    assert again.done() == 4
    again.write(again.done(), silent, paths=True)
    assert cut.read_bytes() == whole.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cut.csv", "whole.csv"]
    rows = list(csv.DictReader(whole.read_text().splitlines()))
    assert len(rows) == 36
    assert {bool(row["km"]) != bool(row["reason"]) for row in rows} == {True}


def test_another_question_does_not_go_on_with_the_old_table(
    net: lb.Network, tmp_path: Path
) -> None:
    some = places_of(net, PORTS, PORTS)
    path = tmp_path / "t.csv"
    (tmp_path / "t.csv.part").write_text("old")
    for state in ("", "{}", '{"question": "other", "rows": 3, "bytes": 2}', "[1]"):
        (tmp_path / "t.csv.part.json").write_text(state)
        asked = ask(net, (some, some), [means_of(net, "sea")])
        assert Writer(path, asked, (PORTS, PORTS)).done() == 0


def test_parquet_holds_what_csv_holds(net: lb.Network, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    some = places_of(net, PORTS, PORTS)
    asked = ask(net, (some, some), [means_of(net, "sea")])
    for name in ("t.csv", "t.parquet"):
        Writer(tmp_path / name, asked, (PORTS, PORTS)).write(0, silent)
    rows = duckdb.read_parquet(str(tmp_path / "t.parquet")).fetchall()
    expected = list(csv.reader((tmp_path / "t.csv").read_text().splitlines()))[1:]
    assert [row[2] for row in rows] == [float(row[2]) if row[2] else None for row in expected]
