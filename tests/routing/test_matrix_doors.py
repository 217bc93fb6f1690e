from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

import landbridge as lb
from landbridge.cli.main import main
from landbridge.errors import DataError, NoAnswer, QuestionError
from landbridge.routing.door_question import read_shipment
from landbridge.routing.matrix import places_of
from landbridge.routing.matrix_doors import ask_doors
from landbridge.routing.matrix_file import Writer
from worlds import rates_of_doors, two_ports_builder, two_shores

ALL = ("time", "money", "co2e")
FIGURES = {"hours": "hours", "usd": "usd", "co2e_kg": "wtw"}
PORTS = ["FIKTK", "DELBC", "FITMP", "DEKAS"]


@pytest.fixture(scope="module")
def net() -> lb.Network:
    return lb.load()


def check(net: lb.Network, ends: tuple[list[str], list[str]], **how: str) -> int:
    """Every cell of a table by all criteria against ``route``; how many had a way."""
    table = lb.matrix(net, *ends, minimise=ALL, **how)  # pyright: ignore[reportArgumentType]
    limits = lb.Limits(modes=(how["modes"],) if "modes" in how else ())
    count = 0
    for i, origin in enumerate(ends[0]):
        for j, destination in enumerate(ends[1]):
            sent = lb.Shipment(origin, destination)
            try:
                found = lb.route(net, sent, limits=limits, params=lb.RouteParams(samples=2))
            except NoAnswer:
                assert all(np.isnan(column[i, j]) for column in table.columns.values())
                assert table.reason(i, j)
                continue
            assert table.reason(i, j) == ""
            count += 1
            for name, column in table.columns.items():
                least = min(one.itinerary.total(FIGURES[name]) for one in found.options)
                assert column[i, j] == pytest.approx(least), (origin, destination, name)
    return count


def test_a_hundred_real_pairs_are_the_least_of_route(net: lb.Network) -> None:
    rows = np.flatnonzero(net.places.population >= 300_000)
    drawn = np.random.default_rng(11).choice(rows, 20, replace=False)
    ids = [str(name) for name in net.places.id[drawn]]
    assert check(net, (["RUMOW", *ids[:9]], ["INBOM", *ids[9:]])) >= 100


def test_real_pairs_without_lorries_are_the_least_of_route(net: lb.Network) -> None:
    ends = ["RULED", "Moscow", "Baku"], ["INNSA", "Tehran", "DEHAM", "CNSHA"]
    assert check(net, ends, modes="sea,rail") >= 6


@pytest.mark.parametrize("seed", range(3))
def test_drawn_pairs_are_the_least_of_route(seed: int) -> None:
    net = two_shores(seed)
    ids: list[str] = net.places.id.tolist()
    assert check(net, (ids[:4], ids)) > 0


def test_figures_by_hand_with_the_reasons_of_what_is_missing() -> None:
    net = two_ports_builder().add(*rates_of_doors()).build()
    found = lb.matrix(net, ["Tampere", "30,-40"], ["Kassel", "Tampere"], minimise="time")
    # 200 km at 25 km/h, loading 10 h, half of 168 h, 1000 km at 25 km/h, 10 h, 300 km: 164 h
    assert found.columns["hours"][0, 0] == pytest.approx(8 + 10 + 84 + 40 + 10 + 12)
    assert found.reason(0, 0) == ""
    assert found.reason(0, 1) == "the same place: nothing to move"
    assert "from any usable road" in found.reason(1, 0)
    only = lb.matrix(net, ["Tampere"], ["Kassel"], minimise="time", modes="road")
    assert only.reason(0, 0) == "no chain of services"


def test_a_rule_that_bars_goods_holds_pair_by_pair(net: lb.Network) -> None:
    # barley may leave Russia for the union only (rule barley-2025, in spring)
    how = {"minimise": ALL, "on": net.case.base_date.replace(month=3, day=3)}
    ends = ["Moscow", "Baku"], ["Minsk", "Tehran"]
    free = lb.matrix(net, *ends, **how)  # pyright: ignore[reportArgumentType]
    barley = lb.Shipment("", "", hs="1003")
    barred = lb.matrix(net, *ends, shipment=barley, **how)  # pyright: ignore[reportArgumentType]
    for name, column in barred.columns.items():
        assert np.isnan(column[0, 1])
        assert column[0, 0] == free.columns[name][0, 0]
        assert (column[1] == free.columns[name][1]).all()


def test_wrong_questions_are_told(net: lb.Network) -> None:
    for words, said in (
        (("km", "time"), "ask for them apart"),
        (("speed",), "minimise names speed; it must be km, or some of time, money, co2e"),
        ((), "minimise names nothing"),
        (("time", "time"), "name each once"),
    ):
        with pytest.raises(QuestionError, match=said):
            lb.matrix(net, ["Moscow"], ["Baku"], minimise=words)
    with pytest.raises(QuestionError, match="a shipment has no say in km"):
        lb.matrix(net, ["RULED"], ["INNSA"], modes="sea", shipment=lb.Shipment("", "", feu=1))
    with pytest.raises(QuestionError, match=r"--modes is missing"):
        lb.matrix(net, ["RULED"], ["INNSA"])
    with pytest.raises(QuestionError, match="the list of origins is empty"):
        lb.matrix(net, [], ["Baku"], minimise="time")
    with pytest.raises(QuestionError, match="lorry legs to 100 destinations take 4 MB"):
        lb.matrix(net, ["Moscow"], ["Baku"] * 100, minimise="time",
                  params=lb.MatrixParams(most_memory_mb=1))  # fmt: skip
    with pytest.raises(DataError, match=r"destinations\[1\]: No place is called 'Xxqqz'"):
        lb.matrix(net, ["Moscow"], ["Baku", "Xxqqz"], minimise="time")


def silent(_what: str, _share: float) -> None:
    pass


def writer_of(path: Path) -> Writer:
    net = two_ports_builder().add(*rates_of_doors()).build()
    some = places_of(net, PORTS, PORTS)
    read = read_shipment(net, lb.Shipment("", ""), None, None)
    return Writer(path, ask_doors(net, (some, some), read, (0, 1)), (PORTS, PORTS))


def test_a_file_of_paths_is_gone_on_with_after_a_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("landbridge.routing.matrix_doors.MOST_ROWS", 1)
    whole, cut = tmp_path / "whole.csv", tmp_path / "cut.csv"
    writer_of(whole).write(0, silent, paths=True)

    def stop(_what: str, share: float) -> None:
        if share > 0.4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        writer_of(cut).write(0, stop, paths=True)
    again = writer_of(cut)
    assert again.done() == 2
    again.write(2, silent, paths=True)
    assert cut.read_bytes() == whole.read_bytes()
    rows = list(csv.DictReader(whole.read_text().splitlines()))
    assert list(rows[0]) == [
        "origin", "destination", "hours", "usd", "reason",
        "hours_branch", "hours_modes", "hours_via", "usd_branch", "usd_modes", "usd_via",
    ]  # fmt: skip
    far = next(row for row in rows if (row["origin"], row["destination"]) == ("FITMP", "DEKAS"))
    assert far["hours_via"] == "Port of Kotka; Port of Lübeck"
    assert far["hours_modes"] == "sea road"
    assert far["hours"] == "164.00"


def test_an_arrow_stream_holds_what_csv_holds(tmp_path: Path) -> None:
    ipc = pytest.importorskip("pyarrow.ipc")
    for name in ("t.csv", "t.arrow"):
        writer_of(tmp_path / name).write(0, silent)
    with (tmp_path / "t.arrow").open("rb") as file:
        table = ipc.open_stream(file).read_all()
    expected = list(csv.DictReader((tmp_path / "t.csv").read_text().splitlines()))
    assert table.column("hours").to_pylist() == [
        float(row["hours"]) if row["hours"] else None for row in expected
    ]
    for name in ("origin", "destination", "reason"):
        assert table.column(name).to_pylist() == [row[name] for row in expected]


def test_the_command_writes_what_the_library_finds(
    net: lb.Network, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.csv").write_text("place\nMoscow\nMoscow\nBaku\n")
    out = tmp_path / "o.csv"
    names = [str(tmp_path / "a.csv")] * 2
    assert (
        main(["matrix", *names, "--minimise", "money,time", "--feu", "2", "--out", str(out)]) == 0
    )
    assert "1 repeated rows count once" in capsys.readouterr().err
    rows = list(csv.DictReader(out.read_text().splitlines()))
    table = lb.matrix(net, ["Moscow", "Baku"], ["Moscow", "Baku"], minimise=("money", "time"),
                      shipment=lb.Shipment("", "", feu=2))  # fmt: skip
    assert [row["usd"] for row in rows] == ["" if np.isnan(x) else f"{x:.2f}"
                                            for x in table.columns["usd"].ravel()]  # fmt: skip
    assert main(["matrix", *names, "--modes", "sea", "--feu", "2", "--out", str(out)]) == 2
    assert "have no say in km" in capsys.readouterr().err
