"""A case to begin with: ready to be asked, over either built-in case, never over other files."""

import csv
import json
from pathlib import Path

import pytest

from landbridge.cli.main import main
from landbridge.errors import InputError
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.network.starter import start_case
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import route
from landbridge.routing.stray import stray_sides


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("own") / "my-way"
    start_case(folder)
    return folder


@pytest.fixture(scope="module")
def net(started: Path) -> Network:
    return load(started)


def test_the_template_has_both_routes_with_the_legs_that_they_are_known_for(net: Network) -> None:
    found = route(net, Shipment("Xi'an", "Constanta"), params=RouteParams(samples=100))
    named = {one.branch: one.itinerary for one in found.options if one.branch}
    assert {"middle", "northern"} <= set(named)
    assert {"titr", "aktau-alat", "alat-poti"} <= set(named["middle"].services)
    assert named["middle"].borders[:3] == ["CN-KZ", "KZ-AZ", "AZ-GE"]
    assert "utlc" in named["northern"].services
    # Altynkol - Aktau is 3,128 km by SVC031
    rail = [leg for leg in named["middle"].legs if leg.service == "titr" and leg.kind == "move"]
    assert sum(leg.km for leg in rail) == pytest.approx(3128, rel=0.05)


def test_every_side_of_the_template_lies_at_its_network(net: Network) -> None:
    own = {"KZATN", "KZAAU", "AZALA", "GEPTI"}
    assert own <= set(net.terminals.id.tolist())
    assert stray_sides(net, own) == []


def test_the_id_is_the_folder_and_the_case_below_can_be_chosen(tmp_path: Path) -> None:
    start_case(tmp_path / "north-south-2", "instc")
    found = load(tmp_path / "north-south-2")
    assert found.case.id == "north-south-2"
    assert "rzd-east" in found.services.id.tolist()  # of instc
    # terminals of the same id are replaced with their sides, and do not stand twice
    sides = found.sides.terminal.tolist()
    aktau = found.terminals.id.tolist().index("KZAAU")
    assert sides.count(aktau) == 3
    start_case(tmp_path / "My Corridor!")
    assert load(tmp_path / "My Corridor!").case.id == "my-corridor"


def test_figures_of_the_template_cite_what_it_lists_and_guesses_say_why(started: Path) -> None:
    with (started / "sources.csv").open(encoding="utf-8") as file:
        listed = {row["id"] for row in csv.DictReader(file)} | {"estimate", "general"}
    cited: set[str] = set()
    for path in started.glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                cited.add(row.get("source") or "general")
                if row.get("estimated") == "yes":
                    assert row["note"], (path.name, row)
    assert cited == listed


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match="not empty"):
        start_case(tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["notes.txt"]
    with pytest.raises(InputError, match="is a file"):
        start_case(tmp_path / "full" / "notes.txt")
    with pytest.raises(InputError, match="no built-in case"):
        start_case(tmp_path / "new", "wrold")
    assert not (tmp_path / "new").exists()


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert text.count(old) >= 1
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_fault_is_told_at_once_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "bad"
    start_case(case)
    spoil(case, "case.toml", "price_year = 2025", 'price_year = "2025"')
    spoil(case, "terminals.csv", "43.6,51.22", "43.6,251.22")  # line 3
    spoil(case, "sides.csv", "GEPTI,road", "GEPTY,road")  # line 12
    spoil(case, "services.csv", "pert,24,72,168", "pert,24,72,16")
    spoil(case, "crossings.csv", "KZ,AZ,lognormal", "KZ,ZZ,lognormal")
    spoil(case, "rates.csv", "USD,FEU-km", "USD,FEU-mile")
    spoil(case, "operations.csv", "TIM041,low,yes", "TIM999,low,yes")
    assert main(["check", str(case), "--json"]) == 2
    body = json.loads(capsys.readouterr().out)
    told = {(one["file"], one["line"], one["column"]) for one in body["faults"]}
    # lines as an editor counts them: the header is line 1
    assert told == {
        ("case.toml", None, "price_year"),
        ("terminals.csv", 3, "lon"),
        ("sides.csv", 12, "terminal"),
        ("services.csv", 4, "headway_typical_h"),
        ("crossings.csv", 2, "to_country"),
        ("rates.csv", 4, "unit"),
        ("operations.csv", 2, "source"),
    }
    assert all(one["found"] and one["rule"] for one in body["faults"])
    assert main(["check", str(case)]) == 2
    shown = capsys.readouterr().out
    assert "7 faults" in shown
    assert "Did you mean 'GEPTI'" in shown


def test_a_side_with_exchanged_coordinates_is_a_note_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "stray"
    start_case(case)
    spoil(case, "sides.csv", "43.60,51.20", "51.20,43.60")
    assert main(["check", str(case), "--json"]) == 0
    body = json.loads(capsys.readouterr().out)
    assert body["faults"] == []
    (note,) = body["notes"]
    assert (note["file"], note["line"]) == ("sides.csv", 7)
    assert "Exchange lat and lon" in note["remedy"]


def test_what_is_no_case_is_wrong_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    assert "neither a built-in case nor a folder" in capsys.readouterr().err
    assert main(["check", str(tmp_path)]) == 2
    assert "case.toml" in capsys.readouterr().out
