"""What is shut within a season: against sums in the head, and against the season without it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.network.rows import Capacity, Flow
from landbridge.simulation.calendars import Hours
from landbridge.simulation.facts import as_json, facts_of, from_json
from landbridge.simulation.find_capacity import capacity_of
from landbridge.simulation.replication import Replication, arrays_of
from landbridge.simulation.report import report_of
from landbridge.simulation.report_json import report_json
from landbridge.simulation.report_text import report_text
from landbridge.simulation.run_manifest import question_of
from landbridge.simulation.season import Season, SimulateParams, prepare, run_all
from landbridge.simulation.shut import Shut, changes_by, narrowed, read_shut, stations_shut, thinned
from landbridge.simulation.steps import Place
from worlds import rates_of_doors, two_ports_builder

START = dt.date(2025, 6, 2)
WARM_UP, DAYS = 10, 60
PORT = "Port of Kotka"
SEA = "weekly, Port of Kotka - Port of Lübeck"


def day(number: int) -> dt.date:
    """A day of the season, from 0."""
    return START + dt.timedelta(days=number)


def network() -> Network:
    """20 TEU a day in lots of two, ten lots a day; the port of Kotka does twenty lots a day."""
    return (
        two_ports_builder()
        .add(
            *rates_of_doors(),
            Flow("south", "Tampere", "Kassel", 7300.0, direction="south"),
            Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 10.0, 40.0, 50.0),
        )
        .build()
    )


def season(*shut: Shut, workers: int = 1, replications: int = 8) -> Season:
    params = SimulateParams(replications, workers=workers, warm_up_days=WARM_UP, shut=shut)
    return prepare(network(), start=START, days=DAYS, params=params)


def queue(asked: Season, name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """(days,) mean lots waiting at a station on each day."""
    at = [one.name for one in asked.world.places].index(name)
    return np.mean([one.queue[:, at] for one in run_all(asked)], axis=0)


def test_a_queue_grows_by_what_comes_and_drains_by_what_is_left_of_the_rate() -> None:
    # ten days shut: 10 lots a day come, so 100 wait; then 20 a day go and 10 come: gone in 10 days
    found = queue(season(Shut("FIKTK", day(20), day(30))), PORT)
    free = queue(season(), PORT)
    assert np.allclose(found[:19], free[:19])
    assert found[28] - found[23] == pytest.approx(50.0, rel=0.15)
    assert found[20:31].max() == pytest.approx(100.0, rel=0.15)
    assert found[31] - found[36] == pytest.approx(50.0, rel=0.2)
    assert found[45:].max() < 10.0


def test_half_the_capacity_lost_halves_the_rate() -> None:
    # three quarters of 20 lots a day are lost: 5 go and 10 come, so 20 days leave 100
    lost = season(Shut(PORT, day(20), day(40), 0.75))
    found = queue(lost, PORT)
    assert found[38] - found[24] == pytest.approx(14 * 5.0, rel=0.15)
    assert found[20:41].max() == pytest.approx(100.0, rel=0.15)
    # half of it lost takes ten a day, as many as come: far fewer wait than where three quarters are
    half = queue(season(Shut(PORT, day(20), day(40), 0.5)), PORT)
    assert 2.0 < half[20:41].max() < 40.0


def test_a_service_that_is_shut_does_not_leave() -> None:
    # eight sailings and a half in 60 days, three or so of them within 21 days
    at = [one.name for one in season().world.places].index(SEA)

    def sailings(asked: Season) -> float:
        return float(np.mean([one.departed[at] for one in run_all(asked)]))

    shut = season(Shut("weekly", day(14), day(35)))
    assert sailings(season()) - sailings(shut) == pytest.approx(3.0, abs=0.01)
    # ten lots a day for the three weeks and the week's own wait
    assert queue(shut, SEA).max() > queue(season(), SEA).max() + 150.0


def test_a_service_that_loses_a_share_of_its_departures_calls_them_off_evenly() -> None:
    first = dt.datetime(2025, 6, 1)  # noqa: DTZ001 - instants are UTC throughout
    hours = tuple(24.0 * k for k in range(12))
    half = Shut("x", dt.date(2025, 6, 3), dt.date(2025, 6, 9), 0.5)
    # of the six departures from the third day on every other one leaves: 3rd no, 4th yes, ...
    assert thinned(hours, [half], first) == tuple(24.0 * k for k in (0, 1, 3, 5, 7, 8, 9, 10, 11))
    # two thirds lost leave two of six
    lost = replace(half, share=2 / 3)
    assert thinned(hours, [lost], first) == tuple(24.0 * k for k in (0, 1, 4, 7, 8, 9, 10, 11))
    # what is shut wholly is not thinned: the line does not leave then anyhow
    assert thinned(hours, [replace(half, share=1.0)], first) == hours
    at = [one.name for one in season().world.places].index(SEA)
    free, found = season(), season(Shut("weekly", day(0), day(DAYS), 0.5))
    trips = [np.mean([one.departed[at] for one in run_all(asked)]) for asked in (free, found)]
    assert trips[1] == pytest.approx(trips[0] / 2, abs=0.6)
    line = Place("bulk, a - b", "line", "service:bulk", full=True)
    with pytest.raises(QuestionError, match="leaves when it is full"):
        stations_shut([Shut("bulk", day(0), day(5), 0.5)], [line])


def test_ways_run_up_and_draws_are_those_of_the_open_season() -> None:
    shut, free = season(Shut("FIKTK", day(20), day(30))), season()
    assert np.array_equal(shut.shares, free.shares)
    assert shut.span == free.span
    one, other = shut.replicate(0), free.replicate(0)
    assert np.array_equal(one.born, other.born)


def bytes_of(runs: list[Replication]) -> list[bytes]:
    return [column.tobytes() for one in runs for column in arrays_of(one).values()]


def test_the_number_of_workers_changes_nothing() -> None:
    shut = Shut("FIKTK", day(20), day(30)), Shut("weekly", day(40), day(50))
    one, two = (bytes_of(list(run_all(season(*shut, workers=n, replications=4)))) for n in (1, 2))
    assert one == two


def test_what_is_shut_after_the_season_is_over_changes_nothing_before() -> None:
    last = Shut("FIKTK", day(DAYS - 1), day(DAYS + 100))
    found, free = season(last, replications=1), season(replications=1)
    before, after = free.replicate(0), found.replicate(0)
    assert np.array_equal(before.queue[: DAYS - 1], after.queue[: DAYS - 1])
    assert after.standing.sum() > before.standing.sum()


def test_hours_of_a_gate_with_what_is_shut() -> None:
    first = dt.datetime(2025, 6, 1)  # noqa: DTZ001 - instants are UTC throughout
    slow = Hours(((30.0, 0), (40.0, 1)), ((36.0, 2.0), (60.0, 1.0)))
    part = Shut("x", dt.date(2025, 6, 2), dt.date(2025, 6, 3), 0.5)
    whole = Shut("x", dt.date(2025, 6, 3), dt.date(2025, 6, 4))
    # a gate shut from 30 to 40 h, at half pace from 36 to 60 h; of it half is lost from 24 to 48 h
    # and all from 48 to 72 h
    assert narrowed(slow, [part, whole], first, 100.0) == Hours(
        ((30.0, 0), (40.0, 1), (48.0, 0), (72.0, 1)),
        ((24.0, 2.0), (36.0, 4.0), (48.0, 2.0), (60.0, 1.0)),
    )
    # where two meet the larger loss holds, and beyond the end nothing does
    long = Shut("x", dt.date(2025, 6, 2), dt.date(2025, 7, 1), 0.75)
    assert narrowed(Hours((), ()), [part, long], first, 100.0) == Hours((), ((24.0, 4.0),))
    assert changes_by([part], first, 100.0) == ()


def test_places_are_called_by_id_or_name_and_the_report_tells_them() -> None:
    for word in ("FIKTK", "terminal:FIKTK", "port of kotka"):
        assert set(season(Shut(word, day(1), day(2)), replications=1).world.shut) == {PORT}
    asked = season(Shut("weekly", day(1), day(3)), Shut(PORT, day(1), day(2), 0.5), replications=1)
    assert set(asked.world.shut) == {SEA, PORT}
    net = network()
    facts = facts_of(net, asked)
    assert from_json(json.loads(json.dumps(as_json(facts)))) == facts
    found = report_of(facts, list(run_all(asked)))
    text = " ".join(report_text(found).split())
    assert f"{SEA}: shut, 2025-06-03 until 2025-06-05" in text
    assert f"{PORT}: 50% of the capacity lost, 2025-06-03 until 2025-06-04" in text
    run = report_json(found)["run"]
    assert isinstance(run, dict)
    assert run["shut"][1] == {
        "place": PORT, "since": "2025-06-03", "until": "2025-06-04", "share": 0.5,
        "stations": [PORT],
    }  # fmt: skip


def test_a_run_folder_knows_what_was_shut() -> None:
    net = network()

    def question(*shut: Shut) -> dict[str, object]:
        params = SimulateParams(shut=shut)
        return question_of(net, None, start=START, days=DAYS, seed=1, params=params)

    one = Shut("FIKTK", day(1), day(2), 0.5)
    assert "shut" not in question()
    assert question(one)["shut"] == ["FIKTK:2025-06-03:2025-06-04:0.5"]
    assert question(one) != question(replace(one, share=0.4))
    assert json.loads(json.dumps(question(one))) == question(one)


def test_a_shut_is_read_as_it_is_written() -> None:
    for text in ("FIKTK:2025-06-03:2025-06-04", "terminal:FIKTK:2025-06-03:2025-06-04:0.25"):
        assert str(read_shut(text)) == text
    for text, words in (
        ("FIKTK", "write it as PLACE:SINCE:UNTIL"),
        ("FIKTK:2025-06-03:2025-02-30", "day"),
        ("FIKTK:2025-06-03:2025-06-04:0", "above 0 and at most 1"),
        ("FIKTK:2025-06-03:2025-06-04:1.5", "above 0 and at most 1"),
        ("FIKTK:2025-06-03:2025-06-04:0.5.5", "--shut"),
        ("FIKTK:2025-06-04:2025-06-04", "before the day on which it is open again"),
    ):
        with pytest.raises(QuestionError, match=words):
            read_shut(text)


def test_what_cannot_be_shut_says_what_to_do() -> None:
    for shut, words in (
        (Shut("FIKTK", day(DAYS), day(DAYS + 5)), "2025-05-23 to 2025-07-31 with its run-up"),
        (Shut("FIKTK", day(-11), day(5)), "must begin within the run"),
        (Shut("Port of Kotkaa", day(1), day(5)), "Did you mean Port of Kotka"),
        (Shut("Atlantis", day(1), day(5)), "no cargo of this season comes to"),
        (Shut("DELBC", day(1), day(5), 0.5), "has no rate in capacities.csv"),
        (Shut("Port of Lübeck", day(1), day(5), 0.5), "give it a row"),
    ):
        with pytest.raises(QuestionError, match=words):
            season(shut)
    with pytest.raises(QuestionError, match="1,001 places"):
        season(*[Shut("FIKTK", day(1), day(5))] * 1001)
    with pytest.raises(QuestionError, match="leave away what is shut"):
        capacity_of(season(Shut("FIKTK", day(1), day(5))))
