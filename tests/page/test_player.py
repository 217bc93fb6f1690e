"""The player of a season in a browser: what is drawn is what the film holds, at every hour."""

from __future__ import annotations

import base64
import datetime as dt
import json
from pathlib import Path

import numpy as np
import pytest
from test_document import MOST_BYTES, Parts

from conftest import Desk
from landbridge.page.player_page import MOST_MOVES, TICKS, Film, Lane, Stage, player_html

HOSTILE = "</script><img src=x onerror=window.hurt=1>Astara"


def film(moves: int = 400, hours: float = 240.0, seed: int = 1) -> Film:
    """Two lanes between three places: a train line and a ship's course; queues of known sizes."""
    draws = np.random.default_rng(seed)
    depart = np.sort(draws.uniform(0, hours * 0.8, moves))
    return Film(
        title="A season of two lanes",
        start=dt.datetime(2025, 3, 1, tzinfo=dt.UTC),
        hours=hours,
        stages=[
            Stage("a", HOSTILE, "AZ", 38.4, 48.9, "border"),
            Stage("b", "Astrakhan", "RU", 46.3, 48.0, "port"),
            Stage("c", "Anzali", "IR", 37.5, 49.5, "port"),
        ],
        queue_step_h=6.0,
        queues=np.array([[k % 7 for k in range(40)], [3] * 40, [0] * 39 + [50]]),
        lanes=[
            Lane("rail", "by Astara", np.array([46.3, 42.0, 38.4]), np.array([48.0, 47.5, 48.9])),
            Lane("sea", "to Anzali", np.array([46.3, 44.0, 37.5]), np.array([48.0, 49.5, 49.5])),
        ],
        lane=draws.integers(0, 2, moves),
        depart_h=depart,
        arrive_h=depart + draws.uniform(12, 48, moves),
        lots=draws.integers(1, 60, moves),
        facts=("10 days", "1 replication"),
        notes=("Drawn for a test.",),
    )  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("player") / "season.html"
    file.write_text(player_html(film(), command="landbridge simulate"), encoding="utf-8")
    return file


def moving(shown: Film, hour: float) -> int:
    return int(((shown.depart_h <= hour) & (shown.arrive_h > hour)).sum())


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1360])
def test_a_player_opens_without_complaint_and_fits_the_window(
    desk: Desk, path: Path, width: int, *, dark: bool
) -> None:
    opened = desk.open(path, width=width, dark=dark)
    assert opened.page.locator("h1").inner_text() == "A season of two lanes"
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    assert opened.complaints == []
    assert [url for url in opened.requests if not url.startswith("file:")] == []
    assert opened.page.evaluate("window.hurt") is None
    assert HOSTILE in opened.page.locator("#waits").inner_text()


def test_as_many_move_and_wait_as_the_film_says_at_every_hour(desk: Desk, path: Path) -> None:
    shown, page = film(), desk.open(path).page
    for hour in (0.0, 30.0, 96.0, 150.0, 239.0):
        page.evaluate("hour => PLAYER.seek(hour)", hour)
        # a time is told in 65,535 steps of the season, so that one or two may be on the other side
        near = {moving(shown, hour + d) for d in (-0.01, 0.0, 0.01)}
        assert int(str(page.locator("canvas").first.get_attribute("data-moving"))) in near
        waiting = int(shown.queues[:, min(39, int(hour // 6))].sum())
        assert f"{waiting} lot" in page.locator("#count").inner_text()


def test_vehicles_are_drawn_where_they_are(desk: Desk, tmp_path: Path) -> None:
    """One ship due east on the equator, from 0 to 20 degrees in 20 hours: at 10 h it is at 10 E."""
    one = Film(
        "A ship", dt.datetime(2025, 1, 1, tzinfo=dt.UTC), 40.0,
        [Stage("w", "West", "GA", 0.0, 0.0, "port"), Stage("e", "East", "GA", 0.0, 20.0, "port")],
        40.0, np.zeros((2, 1), dtype=np.int64),
        [Lane("sea", "West-East", np.array([0.0, 0.0]), np.array([0.0, 20.0]))],
        np.array([0]), np.array([0.0]), np.array([20.0]), np.array([400]),
    )  # fmt: skip
    file = tmp_path / "ship.html"
    file.write_text(player_html(one), encoding="utf-8")
    page = desk.open(file).page
    page.evaluate("PLAYER.seek(10)")
    # the colour of the sea's vehicles is found about the middle of the map, where 10 E stands
    middle = page.evaluate(
        "(() => { const [w, h] = PLAYER.size(), r = devicePixelRatio;"
        " const y = h / 2 + (millerY(0) - PLAYER.view.y) * PLAYER.view.scale;"
        " const x = w / 2 + (10 - PLAYER.view.x) * PLAYER.view.scale;"
        " return [...PLAYER.pen.getImageData(x * r - 2, y * r - 2, 4, 4).data]; })()"
    )
    colour = page.evaluate("PLAYER.colour('sea')")
    wanted = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
    assert middle[:3] == wanted
    page.evaluate("PLAYER.seek(25)")
    assert page.locator("canvas").first.get_attribute("data-moving") == "0"


def test_it_plays_pauses_and_changes_speed_by_keyboard(desk: Desk, path: Path) -> None:
    page = desk.open(path).page
    hour = "+document.querySelector('canvas').dataset.hour"
    assert page.evaluate(hour) == 0
    page.keyboard.press(" ")
    page.locator("canvas:not([data-hour='0.00'])").wait_for()
    page.keyboard.press(" ")
    assert page.locator("#play").inner_text() == "Play"
    stood = page.evaluate(hour)
    page.keyboard.press(".")
    assert page.evaluate(hour) == pytest.approx(stood + 24, abs=0.02)
    page.keyboard.press("]")
    page.keyboard.press("]")
    assert page.locator("#pace").input_value() == "4"
    page.locator("#hour").focus()
    page.keyboard.press("End")
    assert page.evaluate(hour) == 240
    page.locator("#play").click()
    page.locator("canvas:not([data-hour='240.00'])").wait_for()
    assert page.evaluate(hour) < 200


def test_a_place_clicked_shows_its_queue(desk: Desk, path: Path) -> None:
    page = desk.open(path).page
    page.evaluate("PLAYER.seek(60)")
    x, y = page.evaluate("(() => { const s = PLAYER.spots[1]; return [s.x, s.y]; })()")
    page.locator("canvas").first.click(position={"x": x, "y": y})
    assert page.locator("#stage").input_value() == "1"
    assert page.locator("#now").inner_text() == "3 lots waiting now"
    page.locator("#place summary").click()
    cells = page.locator("#place table tbody tr").first.locator("td").all_inner_texts()
    assert cells == ["3.0", "3"]
    page.locator("[data-stage='2']").click()
    assert page.evaluate("PLAYER.hour") == 39 * 6
    assert page.locator("#now").inner_text() == "50 lots waiting now"


def test_a_film_too_long_for_a_page_is_thinned_and_says_so(desk: Desk, tmp_path: Path) -> None:
    long = film(2 * MOST_MOVES + 10)
    text = player_html(long)
    assert len(text.encode()) <= MOST_BYTES
    data = json.loads(Parts(text).inside["script"][0])
    assert data["moves"]["each"] == 3
    assert data["moves"]["count"] == -(-len(long.lane) // 3)
    file = tmp_path / "long.html"
    file.write_text(text, encoding="utf-8")
    assert "one dot stands for 3" in desk.open(file).page.locator("#about").inner_text()


def test_numbers_are_packed_two_bytes_each_the_low_one_first() -> None:
    data = json.loads(Parts(player_html(film())).inside["script"][0])
    raw = base64.b64decode(data["queues"])
    assert [raw[2 * k] + 256 * raw[2 * k + 1] for k in range(5)] == [0, 1, 2, 3, 4]
    arrive = np.frombuffer(base64.b64decode(data["moves"]["arrive"]), dtype="<u2")
    assert np.sort(arrive) == pytest.approx(np.sort(film().arrive_h) / 240 * TICKS, abs=0.51)


def test_a_film_whose_columns_differ_in_length_is_refused() -> None:
    good = film()
    with pytest.raises(ValueError, match="one lane, departure, arrival"):
        Film(good.title, good.start, good.hours, good.stages, 6.0, good.queues, good.lanes,
             good.lane[:-1], good.depart_h, good.arrive_h, good.lots)  # fmt: skip
