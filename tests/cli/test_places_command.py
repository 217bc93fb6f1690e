"""``landbridge places`` as a program: answers on stdout, errors with their exit code."""

from __future__ import annotations

import json

import pytest

from landbridge.cli.main import main

FIELDS = {"name", "locode", "country", "lat", "lon", "snapped_km", "kind", "score", "id"}


def test_the_json_lists_places_best_first(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "Nhava Sheva", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert set(answer) == {"network", "places"}
    assert all(set(place) == FIELDS for place in answer["places"])
    assert answer["places"][0]["locode"] == "INNSA"
    scores = [place["score"] for place in answer["places"]]
    assert scores == sorted(scores, reverse=True)


def test_the_table_fits_80_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "San", "--limit", "20"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 21
    assert max(len(line) for line in lines) <= 80


def test_both_astaras_are_listed_where_one_only_looks(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "Astara", "--json", "--limit", "2"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {place["country"] for place in answer["places"]} == {"AZ", "IR"}


def test_a_position_is_a_place(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "59.93,30.31", "--json"]) == 0
    (place,) = json.loads(capsys.readouterr().out)["places"]
    assert (place["lat"], place["lon"], place["kind"]) == (59.93, 30.31, "point")


@pytest.mark.parametrize("text", ["Xyzzyplugh", "116.4,39.9", ""])
def test_what_is_no_place_exits_2_and_stdout_stays_json(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert main(["places", text, "--json"]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer["error"]["code"] == "place"
    assert answer["error"]["message"]


@pytest.mark.parametrize("limit", ["0", "-1", "101"])
def test_a_limit_that_is_none_exits_2(capsys: pytest.CaptureFixture[str], limit: str) -> None:
    assert main(["places", "Mumbai", "--limit", limit]) == 2
    assert "--limit" in capsys.readouterr().err
