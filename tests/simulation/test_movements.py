"""Lots followed one by one, against what the replication counted and sums in the head."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from test_season import START, boxes, ferry

from landbridge.errors import QuestionError
from landbridge.network.rows import Capacity
from landbridge.page.season_page import film_of, season_html
from landbridge.simulation import movements
from landbridge.simulation.movements import Movements, follow
from landbridge.simulation.season import Season, SimulateParams, prepare

DAYS = 56


def season(*rows: Capacity, teu: float = 3650.0) -> Season:
    params = SimulateParams(1, warm_up_days=14)
    return prepare(ferry(boxes(teu), *rows), start=START, days=DAYS, params=params)


def at_sea(one: Season, moved: Movements) -> NDArray[np.bool_]:
    sea = [leg.mode == "sea" for leg in one.world.ways[0].itinerary.legs]
    return np.array(sea)[moved.leg]


def test_moves_take_the_hours_of_their_legs() -> None:
    # 200 km by lorry at 25 km/h, then 1,000 km by ship at 25 km/h: 8 h and 40 h, nothing random
    one = season()
    moved = follow(one, 0)
    took = moved.arrive_h - moved.depart_h
    sea = at_sea(one, moved)
    assert took[sea] == pytest.approx(40.0, abs=0.01)
    first = moved.leg == moved.leg.min()
    assert took[first] == pytest.approx(8.0, abs=0.01)
    # the ship sails once a week, and all on board leave at one instant
    sailings = np.unique(np.round(moved.depart_h[sea], 3))
    assert np.diff(sailings) == pytest.approx(168.0, abs=0.01)


def test_as_many_reach_the_ship_as_the_replication_counted() -> None:
    one = season()
    moved, counted = follow(one, 0), one.replicate(0)
    line = next(k for k, place in enumerate(one.world.places) if place.kind == "line")
    sailed = at_sea(one, moved) & (moved.depart_h >= 0)
    assert int(sailed.sum()) == int(counted.started[line])


def test_queues_are_those_of_the_replication_at_the_end_of_each_day() -> None:
    gate = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 10.0, 20.0)
    one = season(gate, teu=7300.0)
    moved, counted = follow(one, 0), one.replicate(0)
    assert moved.queue.shape == (DAYS * 4, len(one.world.places))
    assert moved.queue[4::4].tolist() == counted.queue[1:].tolist()
    assert moved.queue[:, [p.kind == "gate" for p in one.world.places]].max() > 50


def test_a_film_puts_what_sails_together_on_one_mark_and_loses_nobody() -> None:
    one = season()
    moved = follow(one, 0)
    film = film_of(one.world.net, one, moved, 0)
    sea = [lane.mode == "sea" for lane in film.lanes]
    marks = np.array(sea)[film.lane]
    sailings = len(np.unique(np.round(moved.depart_h[at_sea(one, moved)], 3)))
    assert int(marks.sum()) == sailings
    assert int(film.lots[marks].sum()) == int(at_sea(one, moved).sum())
    assert {stage.name for stage in film.stages} >= {"Port of Kotka"}
    waiting = sum(moved.queue[:, k] for k, p in enumerate(one.world.places) if p.spot is not None)
    assert film.queues.sum(axis=0).tolist() == np.asarray(waiting).tolist()


def test_the_page_is_the_same_bytes_each_time() -> None:
    one = season()
    assert season_html(one.world.net, one) == season_html(one.world.net, one)


def test_a_season_too_busy_to_follow_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    one = season()
    monkeypatch.setattr(movements, "MOST_ROWS", 100)
    with pytest.raises(QuestionError, match="more than 100 events"):
        follow(one, 0)


def test_following_can_be_stopped() -> None:
    with pytest.raises(KeyboardInterrupt):
        follow(season(teu=3_650_000.0), 0, lambda _share: False)
