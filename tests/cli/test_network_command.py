"""``landbridge network`` as a program: what the network holds, in words and in JSON."""

from __future__ import annotations

import json

import pytest

from landbridge.cli.main import main
from landbridge.network.load import load


def test_counts_are_numbers_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["rows"]["services"] == len(load().services)
    assert answer["km by mode"]["rail"] == pytest.approx(
        sum(answer["km of rail by gauge"].values()), abs=1
    )


def test_countries_and_sources_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    # every railway link lies in a country, so the countries sum up to the whole
    rail = sum(modes.get("rail", 0) for modes in answer["km by country"].values())
    assert rail == pytest.approx(answer["km by mode"]["rail"], rel=1e-4)
    listed = [source for some in answer["sources by licence"].values() for source in some]
    assert sorted(listed) == sorted(load().sources.id.tolist())


def test_what_refers_to_a_thing_is_told_with_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "show", "IRSRP", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert {side["mode"] for side in answer["related"]["sides"]} == {"rail", "road", "sea"}
    assert "ba-nhava" in {call["service"] for call in answer["related"]["calls"]}
    assert "all-road" in {branch["id"] for branch in answer["related"]["branches"]}
    assert "بندر عباس" in answer["names"]
    assert main(["network", "show", "suez"]) == 0
    assert "links that refer to it" in capsys.readouterr().out


def test_a_row_is_shown_as_its_file_has_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "show", "IRSRP", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    terminal = answer["terminals IRSRP"]
    assert (terminal["status"], terminal["opens"], terminal["year"]) == ("open", None, 2025)
    assert answer["places IRSRP"]["country"] == "IR"
    assert answer["source general"]["licence"] == "CC-BY-4.0"


def test_a_day_is_a_date_and_every_source_of_a_row_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["network", "show", "rasht-astara"]) == 0
    lines = [line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines()]
    assert ["status", "planned"] in lines
    assert ["opens", "2030-01-01"] in lines
    assert ["year", "2025"] in lines
    assert "source" in {line[0] for line in lines if line}


def test_an_unknown_id_exits_2_with_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", "show", "suezz"]) == 2
    assert "Did you mean suez" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["show"], ["list"], ["list", "suez"], ["", "suez"]])
def test_half_a_question_exits_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["network", *words]) == 2
    assert "network show ID" in capsys.readouterr().err
