"""Pictures: SVG of our own and PNG through matplotlib, of one drawing."""

from __future__ import annotations

import dataclasses
import io
import json
import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from answers import answer, net, tie
from hostile import HOSTILE
from matplotlib.image import imread

from conftest import Desk
from landbridge.cli.main import main
from landbridge.errors import QuestionError
from landbridge.page import drawing_png
from landbridge.page.drawing import Dot, Drawing, Line, Text, ticks
from landbridge.page.drawing_png import png_of
from landbridge.page.drawing_svg import svg_of
from landbridge.page.palette import MODES, colours
from landbridge.page.projection import fitted, miller
from landbridge.page.route_picture import route_picture
from landbridge.page.winner_picture import winner_picture
from landbridge.scenario.breakeven import BreakEvenParams, parameters_of, pick
from landbridge.scenario.winner_map import winner_map

SPEED, RATE = "speed of russia liner", "freight rate of russia liner"


@cache
def winners() -> Drawing:
    found = tie()
    known = parameters_of(found.route.net, found.gap, BreakEvenParams(found.measure))
    return winner_picture(winner_map(found, pick(known, SPEED), pick(known, RATE)))


def texts(svg: str) -> list[str]:
    return ["".join(one.itertext()) for one in ET.fromstring(svg).iter()  # noqa: S314 - our own
            if one.tag.endswith("}text")]  # fmt: skip


@pytest.mark.parametrize("name", ["corridor", "pacific", "short"])
def test_the_picture_of_a_route_tells_each_option_with_its_figures(name: str) -> None:
    result = answer(name)
    svg = svg_of(route_picture(result))
    told = texts(svg)
    assert f"{result.origin.name} to {result.destination.name}" in told
    for number, one in enumerate(result.options, start=1):
        assert str(number) in told
        assert f"{one.bill.usd:,.0f}" in told
        days = [one.hours[level] / 24 for level in ("p50", "p10", "p90")]
        assert f"{days[0]:.0f} ({days[1]:.0f}–{days[2]:.0f})" in told
    used = {MODES[str(leg.mode)] for one in result.options for leg in one.itinerary.legs
            if leg.kind == "move"}  # fmt: skip
    for mode in used:
        assert f'stroke="{colours()[mode]}"' in svg
    # it asks for nothing: no program, no address but the name of SVG's vocabulary
    assert set(re.findall(r"https?://[\w./]+", svg)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<script|<image|<foreignObject|href|\bon\w+=", svg)
    assert len(svg.encode()) < 1_500_000


def test_hostile_names_stay_text() -> None:
    words = "".join(HOSTILE) + "\x00\x08 上海"
    sheet = Drawing(words, 100, 100, "#ffffff", (Text(1, 1, words, 12, "#000000"),))
    svg = svg_of(sheet)
    root = ET.fromstring(svg)  # noqa: S314 - our own
    assert {one.tag.split("}")[1] for one in root.iter()} == {"svg", "title", "rect", "text"}
    assert HOSTILE[0] in texts(svg)[0]
    assert "\u202e" not in svg
    assert png_of(sheet).startswith(b"\x89PNG")


def test_the_same_answer_gives_the_same_bytes() -> None:
    again = route_picture(answer("short"))
    assert svg_of(route_picture(answer("short"))) == svg_of(again)
    assert png_of(route_picture(answer("short"))) == png_of(again)


def test_a_way_over_the_antimeridian_is_one_line_within_the_frame() -> None:
    sheet = route_picture(answer("pacific"))
    sea = [mark for mark in sheet.marks
           if isinstance(mark, Line) and mark.stroke == colours()["sea"]]  # fmt: skip
    across = np.concatenate([mark.points[:, 0] for mark in sea])
    assert across.min() > 24
    assert across.max() < 1076
    assert np.abs(np.diff(across)).max() < 200
    # Los Angeles lies east of Shanghai on a way over the Pacific
    assert across[-1] > across[0]


def test_every_option_has_its_number_on_the_map_and_no_two_lie_on_each_other() -> None:
    sheet = route_picture(answer("corridor"))
    spots = [mark for mark in sheet.marks if isinstance(mark, Dot) and mark.radius == 9]
    count = len(answer("corridor").options)
    # one on the map and one in the list
    assert len(spots) == 2 * count
    on_map = np.array([[one.x, one.y] for one in spots[:count]])
    gap = np.hypot(*(on_map[:, None] - on_map[None]).transpose(2, 0, 1)) + 99 * np.eye(count)
    assert gap.min() > 12


def test_the_projection_is_millers() -> None:
    # Snyder, Map projections: a working manual (1987), p. 88: y = 1.25 ln tan(pi/4 + 0.4 phi)
    lat = np.array([-60.0, -10.0, 0.0, 45.0, 80.0])
    expected = np.degrees(1.25 * np.log(np.tan(np.pi / 4 + 0.4 * np.radians(lat))))
    assert -miller(lat) == pytest.approx(expected)
    view = fitted((10, 20, 400, 300), np.array([10.0, 50.0]), np.array([0.0, 20.0]))
    corner, middle = view.place(np.array([10.0, 30.0]), np.array([20.0, 20.0]))
    # both ends are as far from the frame: 46 px from left and right, 200 px from its middle
    assert corner[0] == pytest.approx(10 + 46)
    assert middle[0] == pytest.approx(10 + 200)


def test_ticks_are_round_and_within() -> None:
    assert ticks(0, 80, 7) == [0, 20, 40, 60, 80]
    assert ticks(54, 1080, 7) == [200, 400, 600, 800, 1000]
    assert ticks(0.0, 0.44, 7) == pytest.approx([0, 0.1, 0.2, 0.3, 0.4])


@pytest.mark.parametrize("which", ["route", "winners"])
def test_both_forms_show_the_same(desk: Desk, tmp_path: Path, which: str) -> None:
    sheet = route_picture(answer("corridor")) if which == "route" else winners()
    # words differ by the faces of letters, so shapes alone are compared
    sheet = dataclasses.replace(
        sheet, marks=tuple(mark for mark in sheet.marks if not isinstance(mark, Text))
    )
    path = tmp_path / "drawing.svg"
    path.write_text(svg_of(sheet), encoding="utf-8")
    opened = desk.open(path, width=round(sheet.wide), height=round(sheet.high))
    ours = imread(io.BytesIO(opened.page.screenshot()))[:, :, :3]
    other = imread(io.BytesIO(png_of(sheet)))[:, :, :3]
    high, wide = ours.shape[0], ours.shape[1]
    # the PNG has two pixels where the browser has one
    other = other[: 2 * high, : 2 * wide].reshape(high, 2, wide, 2, 3).mean((1, 3))
    gap = np.abs(ours - other).max(2)
    assert opened.complaints == []
    assert gap.mean() < 0.01
    assert (gap > 0.25).mean() < 0.01


def test_the_map_of_winners_has_the_areas_of_the_answer() -> None:
    found = tie()
    known = parameters_of(found.route.net, found.gap, BreakEvenParams(found.measure))
    drawn = winner_map(found, pick(known, SPEED), pick(known, RATE))
    ours = sum(sum(row) for row in drawn.first_wins) / drawn_cells(drawn.first_wins)
    pixels = imread(io.BytesIO(png_of(winners())))[:, :, :3]
    shade = colours()["one-area"]
    blue = np.array([int(shade[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    # the square of 480 px from (96, 70), without the legend above it
    inside = pixels[140 : 2 * 550, 192 : 2 * 576]
    share = (np.abs(inside - blue).max(2) < 0.02).mean()
    assert share == pytest.approx(ours, abs=0.02)


def drawn_cells(rows: list[list[bool]]) -> int:
    return sum(len(row) for row in rows)


def missing(_name: str) -> None:
    """No package is installed."""


def test_png_without_matplotlib_is_refused_before_the_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(drawing_png, "find_spec", missing)
    with pytest.raises(QuestionError, match=r"landbridge\[plot\]"):
        png_of(Drawing("x", 10, 10, "#ffffff", ()))
    path = tmp_path / "x.png"
    assert main(["route", "Moscow", "Nowhere at all", "--png", str(path), "--json"]) == 2
    assert "matplotlib" in json.loads(capsys.readouterr().out)["error"]["message"]
    assert not path.exists()


def test_a_command_writes_both_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert net()
    svg, png = tmp_path / "x.svg", tmp_path / "x.png"
    asked = ["route", "Moscow", "Baku", "--samples", "50", "--svg", str(svg), "--png", str(png)]
    assert main(asked) == 0
    assert capsys.readouterr().err.count("written: ") == 2
    assert svg.read_text(encoding="utf-8").startswith("<svg")
    assert png.read_bytes().startswith(b"\x89PNG")
    assert main(["route", "Moscow", "Baku", "--svg", str(tmp_path / "x.gif")]) == 2
    assert "must end in .svg" in capsys.readouterr().err
