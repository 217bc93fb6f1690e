"""The picture of a season: read back with its own scales it tells what the replications hold."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from test_run_folder import DAYS, NET, run
from test_season import START

from landbridge.cli.main import main
from landbridge.page.drawing import Area, Dot, Drawing, Line, Text
from landbridge.page.drawing_svg import svg_of
from landbridge.page.palette import colours
from landbridge.page.season_picture import BARS, MOST_PLACES, season_picture
from landbridge.schema.column import Floats
from landbridge.simulation.replication import SHAPES, Replication, arrays_of
from landbridge.simulation.report import report_of
from landbridge.simulation.run_open import OpenedRun, open_run
from landbridge.simulation.season import SimulateParams, simulate

EVIL = "</text><script>window.hurt=1</script>\u202e\x00 & \"'><svg onload=window.hurt=1>"


@cache
def written() -> Path:
    folder = Path(mkdtemp())
    run(folder)
    return folder


@cache
def opened() -> OpenedRun:
    return open_run(written())


@cache
def sheet() -> Drawing:
    return season_picture(opened().report, opened().replications)


def curves(drawn: Drawing) -> list[Line]:
    """Without the sample in the legend, which has two points."""
    return [mark for mark in drawn.marks if isinstance(mark, Line) and len(mark.points) > 2
            and mark.stroke == colours()["one"]]  # fmt: skip


def areas(drawn: Drawing, shade: str) -> list[Area]:
    """Without the sample in the legend, which comes first."""
    found = [mark for mark in drawn.marks if isinstance(mark, Area)]
    return [mark for mark in found if mark.fill == colours()[shade]][1:]


def texts(drawn: Drawing) -> list[Text]:
    return [mark for mark in drawn.marks if isinstance(mark, Text)]


def number(text: Text) -> float:
    return float(text.words.replace(",", ""))


def lots_at(drawn: Drawing, row: int, y: Floats) -> Floats:
    """Heights as lots, by the labels beside the curve."""
    labels = [mark for mark in texts(drawn) if mark.anchor == "end"]
    feet = [k for k, mark in enumerate(labels) if number(mark) == 0.0]
    ends = [*feet, len(labels)]
    own = labels[ends[row] : ends[row + 1]]
    assert len(own) >= 2
    return number(own[1]) * (own[0].y - 4 - y) / (own[0].y - own[1].y)


def many(copies: int) -> tuple[OpenedRun, tuple[Replication, ...]]:
    """The run with each of its places so many times under other names."""
    facts = opened().facts
    stations = tuple(
        replace(at, name=f"{at.name} no. {k}") for k in range(copies) for at in facts.stations
    )
    runs: list[Replication] = []
    for one in opened().replications:
        arrays = arrays_of(one)
        for name, axes in SHAPES.items():
            if "station" in axes:
                parts = [arrays[name]] * copies
                arrays[name] = np.concatenate(parts, axis=axes.index("station"))
        runs.append(replace(one, **arrays))
    return replace(opened(), facts=replace(facts, stations=stations)), tuple(runs)


def test_there_is_one_curve_a_place_in_the_order_of_the_report() -> None:
    waited = [one for one in opened().report.waits if one.lost_h.mean > 0]
    assert 1 < len(waited) <= MOST_PLACES
    names = [mark.words for mark in texts(sheet()) if mark.bold][1:]
    assert len(curves(sheet())) == len(names) == len(waited)
    for name, one in zip(names, waited, strict=True):
        assert name.removeprefix("~ ").startswith(one.place)
        assert name.startswith("~ ") == one.estimated


def test_the_curves_are_the_queues_of_the_replications() -> None:
    runs = opened().replications
    names = [at.name for at in opened().facts.stations]
    for row, (curve, band) in enumerate(
        zip(curves(sheet()), areas(sheet(), "one-area"), strict=True)
    ):
        k = names.index(opened().report.waits[row].place)
        lots = np.array([one.queue[:, k] for one in runs])
        drawn = lots_at(sheet(), row, curve.points[:, 1])
        assert drawn == pytest.approx(np.repeat(lots.mean(0), 2), abs=1e-9)
        edge = lots_at(sheet(), row, band.rings[0][:, 1])
        assert edge[: 2 * DAYS] == pytest.approx(np.repeat(lots.max(0), 2), abs=1e-9)
        assert edge[2 * DAYS :][::-1] == pytest.approx(np.repeat(lots.min(0), 2), abs=1e-9)


def test_the_bars_are_the_waits_of_the_report() -> None:
    left, _ = BARS
    labels = [mark for mark in texts(sheet()) if mark.anchor == "middle" and mark.x > left + 1
              and re.fullmatch(r"[\d,.]+", mark.words)]  # fmt: skip
    scale = (labels[0].x - left) / number(labels[0])
    bars = areas(sheet(), "wait")
    p50 = [mark for mark in sheet().marks if isinstance(mark, Dot)][1:]
    told = [mark.words for mark in texts(sheet()) if re.match(r"mean \d", mark.words)]
    for one, bar, dot, words in zip(opened().report.waits, bars, p50, told, strict=True):
        assert np.ptp(bar.rings[0][:, 0]) / scale == pytest.approx(one.mean_h.mean)
        assert (dot.x - left) / scale == pytest.approx(one.p50_h)
        lines = [mark.points for mark in sheet().marks if isinstance(mark, Line)
                 and mark.points[:, 1].mean() == pytest.approx(dot.y)
                 and mark.stroke == colours()["ink"]]  # fmt: skip
        level, stroke = lines
        assert (level[:, 0] - left) / scale == pytest.approx([one.p50_h, one.p90_h])
        assert (stroke[:, 0] - left) / scale == pytest.approx([one.p90_h] * 2)
        assert f"mean {one.mean_h.mean:,.1f} ± {one.mean_h.half:,.1f}" in words
        assert words.endswith(f"p50 {one.p50_h:,.1f}, p90 {one.p90_h:,.1f}")


def test_no_more_than_eight_places_are_drawn_and_all_is_on_the_sheet() -> None:
    run_of, runs = many(6)
    drawn = season_picture(report_of(run_of.facts, runs), runs)
    assert len(curves(drawn)) == MOST_PLACES
    for mark in drawn.marks:
        if isinstance(mark, Line | Area):
            points = mark.points if isinstance(mark, Line) else np.vstack(mark.rings)
            assert (points >= 0).all()
            assert (points <= [drawn.wide, drawn.high]).all()


def test_the_svg_is_well_formed_with_a_title_and_hostile_names_stay_text() -> None:
    facts = opened().facts
    stations = tuple(replace(at, name=f"{EVIL} {k}") for k, at in enumerate(facts.stations))
    evil = replace(facts, stations=stations, case=EVIL, start=EVIL, scenarios=(EVIL,))
    runs = opened().replications
    svg = svg_of(season_picture(report_of(evil, runs), runs))
    root = ET.fromstring(svg)  # noqa: S314 - our own
    kinds = {one.tag.split("}")[1] for one in root.iter()}
    assert kinds == {"svg", "title", "rect", "path", "circle", "text"}
    assert not re.search(r"<script|<image|href|<[^>]*\bon\w+=|\u202e", svg)
    assert "Queues and waits" in (root[0].text or "")
    again = svg_of(season_picture(opened().report, runs))
    assert again == svg_of(sheet())


def test_one_replication_of_one_day_has_a_curve_and_no_band() -> None:
    found = simulate(NET, start=START, days=1, params=SimulateParams(1, warm_up_days=10))
    drawn = season_picture(found.report, found.replications)
    shown = [mark for mark in drawn.marks if isinstance(mark, Line)
             and mark.stroke == colours()["one"]][1:]  # fmt: skip
    assert len(shown) == sum(one.lost_h.mean > 0 for one in found.report.waits)
    assert all(np.ptp(mark.points[:, 0]) > 100 for mark in shown)
    assert not areas(drawn, "one-area")
    assert not any("least" in mark.words or "nan" in mark.words for mark in texts(drawn))


def test_where_nobody_waits_the_picture_says_so() -> None:
    runs = tuple(
        replace(one, **{name: np.zeros_like(getattr(one, name)) for name in ("queue_h", "queue")})
        for one in opened().replications
    )
    drawn = season_picture(report_of(opened().facts, runs), runs)
    assert "Nobody waits anywhere." in [mark.words for mark in texts(drawn)]
    assert not curves(drawn)


def test_a_place_at_which_nobody_had_a_turn_has_no_bar() -> None:
    runs = tuple(
        replace(one, started=0 * one.started, wait_bins=0 * one.wait_bins)
        for one in opened().replications
    )
    drawn = season_picture(report_of(opened().facts, runs), runs)
    told = [mark.words for mark in texts(drawn)]
    assert told.count("nobody's turn has come") == len(curves(drawn))
    assert not any("nan" in words for words in told)


def test_a_run_folder_is_drawn_again_and_other_endings_are_refused_before_the_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    svg, png = tmp_path / "queues.svg", tmp_path / "queues.png"
    asked = ["simulate", "--open", str(written())]
    assert main([*asked, "--svg", str(svg), "--png", str(png), "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out) == opened().json()
    assert told.err.count("written: ") == 2
    assert svg.read_text(encoding="utf-8") == svg_of(sheet())
    assert png.read_bytes().startswith(b"\x89PNG")
    for name, option in (("x.gif", "--svg"), ("x.svg", "--png")):
        assert main(["simulate", option, str(tmp_path / name)]) == 2
        assert "must end in ." in capsys.readouterr().err
        assert not (tmp_path / name).exists()
    assert main(["simulate", "--find-capacity", "--svg", str(svg)]) == 2
    assert "--svg is about one" in capsys.readouterr().err
