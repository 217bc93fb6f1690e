"""``landbridge distance`` as a program: answers on stdout, errors with their exit code."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from landbridge.cli.main import main


def test_json_has_the_fields_that_were_promised(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distance", "IRSRP", "INNSA", "--mode", "sea", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {"km", "passages", "countries", "gauges_mm", "origin", "destination"} <= set(answer)
    assert answer["passages"] == ["hormuz"]
    assert set(answer["origin"]) == {"name", "locode", "country", "lat", "lon", "snapped_km"}


def test_geojson_is_a_feature(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distance", "IRSRP", "INNSA", "--mode", "sea", "--geojson"]) == 0
    feature = json.loads(capsys.readouterr().out)
    assert feature["type"] == "Feature"
    assert feature["geometry"]["type"] == "MultiLineString"


def test_people_get_a_few_lines(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distance", "Moscow", "Tehran", "--mode", "rail", "--avoid", "AZ"]) == 0
    text = capsys.readouterr().out
    assert "Moscow, RU [RUMOW] to Tehran, IR [IRTHR] by rail" in text
    assert "gauges: 1520 mm, 1435 mm" in text
    assert "countries: RU, KZ, TM, IR" in text


def test_no_way_exits_1_and_stdout_stays_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["distance", "Moscow", "INNSA", "--mode", "sea", "--json"]) == 1
    error = json.loads(capsys.readouterr().out)["error"]
    assert error["code"] == "no_answer"
    assert "the limit is 200 km" in error["message"]
    assert error["details"]["origin"]["snapped_km"] > 200


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["Moscow", "Tehran"], "--mode is missing"),
        (["Moscow", "--mode", "rail"], "two places"),
        (["--mode", "rail"], "two places"),
        (["Moscow", "Tehran", "--pairs", "x.csv", "--mode", "rail"], "two places"),
        (["Moscow", "Tehran", "--mode", "teleport"], "teleport"),
        (["Moscow", "Tehran", "--mode", "rail", "--date", "soon"], "no date"),
        (["Moscow", "Tehran", "--mode", "rail", "--date", "1850-01-01"], "outside the data"),
        (["Moscow", "Tehran", "--mode", "rail", "--avoid", "Atlantis"], "Atlantis"),
        (["Moscow", "Tehran", "--mode", "rail", "--gauge", "7"], "--gauge 7"),
        (["Moscow", "Tehran", "--mode", "rail", "--json", "--geojson"], "not both"),
        (["Xyzzyplugh", "Tehran", "--mode", "rail"], "Xyzzyplugh"),
        (["--pairs", "no-such-file.csv", "--mode", "sea"], "no-such-file.csv"),
        (["--pairs", "no-such-file.csv", "--mode", "sea", "--json"], "CSV"),
    ],
)
def test_wrong_input_exits_2_and_says_what(
    capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
) -> None:
    assert main(["distance", *arguments]) == 2
    both = capsys.readouterr()
    assert says in both.err + both.out
    if "--json" not in arguments:
        assert both.out == ""


def test_a_file_of_pairs_is_answered_in_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("origin,destination\nIRSRP,INNSA\nXyzzyplugh,INNSA\nMoscow,INNSA\n")
    assert main(["distance", "--pairs", str(path), "--mode", "sea"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["origin"] for row in rows] == ["IRSRP", "Xyzzyplugh", "Moscow"]
    assert float(rows[0]["km"]) == pytest.approx(2058, rel=0.02)
    assert "Xyzzyplugh" in rows[1]["error"]
    assert "too far" in rows[2]["error"]


def test_pairs_may_come_from_stdin() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "landbridge.cli.main", "distance", "--pairs", "-", "--mode", "sea"],
        input="origin,destination\nIRSRP,INNSA\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    assert done.stdout.splitlines()[0].startswith("origin,destination,km,passages")
    assert len(done.stdout.splitlines()) == 2


def test_a_bad_file_exits_2(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(b"origin,destination\n" + b"A,B\n" * 100_001)
    assert main(["distance", "--pairs", str(path), "--mode", "sea"]) == 2
    assert "100,000 rows" in capsys.readouterr().err
