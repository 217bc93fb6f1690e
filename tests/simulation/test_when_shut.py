"""What cargo does while a place is shut: sums in the head, conservation, and ways round."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.network.rows import Flow
from landbridge.simulation.closures import passed_by
from landbridge.simulation.detours import shut_elements
from landbridge.simulation.effect import effect_json, effect_of, effect_text
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.facts import as_json, facts_of, from_json
from landbridge.simulation.held import DIVERTED, LOST, WAITED
from landbridge.simulation.law import Law
from landbridge.simulation.model import Departures, Model, Path, Ride, Serve, Servers
from landbridge.simulation.replication import arrays_of
from landbridge.simulation.report import report_of
from landbridge.simulation.report_json import report_json
from landbridge.simulation.report_text import report_text
from landbridge.simulation.run_manifest import question_of
from landbridge.simulation.season import Season, SimulateParams, prepare, run_all
from landbridge.simulation.shut import Shut
from landbridge.simulation.when_shut import WhenShut, lost_at, read_when_shut, turns_of
from worlds import rates_of_doors, strait_and_ferry_builder

START = dt.date(2025, 6, 2)
WARM_UP, DAYS = 10, 40


def day(number: int) -> dt.date:
    """A day of the season, from 0."""
    return START + dt.timedelta(days=number)


def network() -> Network:
    """Ten lots a day from Baku to Ashgabat; a ferry through the narrows, or round the cape."""
    row = Flow("east", "Baku", "Ashgabat", 7300.0, direction="south", modes="sea;road")
    return strait_and_ferry_builder().add(*rates_of_doors(), row).build()


def season(
    *shut: Shut, rule: str = "wait", days: float | None = None, replications: int = 2
) -> Season:
    params = SimulateParams(
        replications, warm_up_days=WARM_UP, shut=shut, when_shut=WhenShut(rule, days)
    )
    return prepare(network(), start=START, days=DAYS, params=params)


def test_a_closure_by_hand() -> None:
    # A gate is shut from 10 to 40 h; the way through it takes 2 h, the way round 5 h. Boxes set
    # out at 5, 12, 20, 38 and 45 h.
    #   wait:   5 -> 7, 12 -> 42 (28 h waited), 20 -> 42, 38 -> 42, 45 -> 47: doors of 2, 30, 22,
    #           4, 2 h, 60 h together
    #   divert: all that set out from 15 h on, until 40 h, go round: 20 -> 25, 38 -> 43; doors of
    #           2, 30, 5, 5, 2 h; two diverted
    #   lost:   who has waited 15 h is lost, looked at every hour from 25 h on: the box of 12 h at
    #           27 h, that of 20 h at 35 h; doors of 2, 4, 2 h
    spans = [(10.0, 40.0)]
    times = (5.0, 12.0, 20.0, 38.0, 45.0)

    def run(rule: WhenShut) -> tuple[list[float], list[int], int]:
        gate = Servers("gate", None, changes=((10.0, 0), (40.0, 9)), loses_at=lost_at(rule, spans))
        turns = turns_of(rule, spans, "own", "round") if rule.rule == "divert" else ()
        through = Path("own", (Serve("gate", Law.fixed(2.0)),), times=times, turns=turns)
        around = Path("round", (Serve("road", Law.fixed(5.0)),))
        model = Model((gate, Servers("road", None)), (through, around), 100.0)
        result = Run(Prepared(model), 1).finish()
        path = result.path
        assert path.born.sum() == 5 == path.done.sum() + path.lost.sum()
        return path.door_h.sum(axis=1).tolist(), path.done.sum(axis=1).tolist(), path.lost.sum()

    assert run(WhenShut()) == ([60.0, 0.0], [5, 0], 0)
    assert run(WhenShut("divert", 5 / 24)) == ([34.0, 10.0], [3, 2], 0)
    assert run(WhenShut("lost", 15 / 24)) == ([8.0, 0.0], [3, 0], 2)


def test_who_waits_for_a_service_that_is_shut_is_lost_with_its_load() -> None:
    # a ferry for two boxes leaves every 10 h from 5 h on and not from 8 to 40 h; three boxes come
    # at 9, 10 and 30 h; who has waited 12 h is lost at 21 and 22 h; the third leaves at 45 h
    rule, spans = WhenShut("lost", 0.5), [(8.0, 40.0)]
    ferry = Departures("ferry", 2, tuple(5.0 + 10 * k for k in range(6)),
                       changes=((8.0, 0), (40.0, 1)), loses_at=lost_at(rule, spans))  # fmt: skip
    boxes = Path("p", (Ride("ferry", Law.fixed(1.0)),), times=(9.0, 10.0, 30.0))
    run = Run(Prepared(Model((ferry,), (boxes,), 100.0)), 1)
    while not run.advance(events=1):
        run.audit()
    path = run.result().path
    assert (path.done.sum(), path.lost.sum(), path.door_h.sum()) == (1, 2, 16.0)


def test_lots_that_set_out_while_it_is_known_go_round_and_never_through() -> None:
    shut = Shut("narrows", day(10), day(20))
    wait, divert = season(shut), season(shut, rule="divert")
    elements = shut_elements(divert.world)
    assert elements == {"passage:narrows"}
    (away,) = (way for way in divert.world.ways if way.id in divert.world.detours.values())
    assert not elements & passed_by([away]).keys()
    k = divert.world.ways.index(away)
    assert "The Narrows" not in {
        getattr(step, "station", "") for step in divert.world.steps[k]
    }  # fmt: skip
    for a, b in zip(run_all(wait), run_all(divert), strict=True):
        # ten days of ten lots; all that set out do so in both, with the same draws
        assert b.born[k] == pytest.approx(100, abs=35)
        assert a.born.sum() == b.born.sum()
    # known three days later, a third less goes round
    later = season(shut, rule="divert", days=3)
    assert later.replicate(0).born[k] < 0.85 * divert.replicate(0).born[k]
    # and what is shut for less than the patience lets nobody go round
    assert season(shut, rule="divert", days=10).replicate(0).born[k] == 0


def test_a_way_without_another_waits() -> None:
    # all sea ways leave from Alat, and the row must go by sea
    port = Shut("AZALT", day(10), day(20))
    asked = season(port, rule="divert")
    assert asked.world.detours == {}
    one, other = asked.replicate(0), season(port).replicate(0)
    assert [x.tobytes() for x in arrays_of(one).values()] == [
        x.tobytes() for x in arrays_of(other).values()
    ]
    # a row that may go by land goes round through Iran
    row = Flow("any", "Baku", "Ashgabat", 7300.0, branch="")
    net = strait_and_ferry_builder().add(*rates_of_doors(), row).build()
    params = SimulateParams(1, warm_up_days=0, shut=(port,), when_shut=WhenShut("divert"))
    free = prepare(net, start=START, days=DAYS, params=params)
    (name,) = set(free.world.detours.values())
    (way,) = (one for one in free.world.ways if one.id == name)
    assert "IR" in way.itinerary.countries


@settings(max_examples=25)
@given(
    span=st.tuples(st.integers(-WARM_UP, DAYS - 1), st.integers(1, 30)),
    rule=st.sampled_from(["wait", "divert", "lost"]),
    days=st.integers(0, 12),
    place=st.sampled_from(["narrows", "AZALT", "ferry"]),
    number=st.integers(0, 3),
)
def test_all_that_set_out_arrived_is_under_way_waits_or_is_lost(
    span: tuple[int, int], rule: str, days: int, place: str, number: int
) -> None:
    shut = Shut(place, day(span[0]), day(sum(span)))
    asked = season(shut, rule=rule, days=None if rule == "wait" else days)
    model = asked.world.model(1, number, asked.span, asked.shares)
    run = Run(Prepared(model), 1, number)
    while not run.advance(events=500):
        run.audit()
    run.audit()
    found = run.result()
    path = found.path
    assert path.born.sum() == path.done.sum() + path.lost.sum() + found.live
    free = Run(Prepared(replace(asked.world, shut={}, detours={}, when=WhenShut()).model(
        1, number, asked.span, asked.shares)), 1, number).finish()  # fmt: skip
    assert path.born.sum() == free.path.born.sum()
    assert path.lost.sum() == 0 or rule == "lost"


def test_rules_without_a_closure_change_no_byte() -> None:
    free = [one.tobytes() for one in arrays_of(season().replicate(0)).values()]
    for rule in ("divert", "lost"):
        found = season(rule=rule).replicate(0)
        assert [one.tobytes() for one in arrays_of(found).values()] == free


def test_what_closures_do_is_told_beside_the_season_without_them() -> None:
    net = network()
    for rule, what in (("wait", WAITED), ("divert", DIVERTED), ("lost", LOST)):
        place = "narrows" if rule == "divert" else "AZALT"
        shut = Shut(place, day(5), day(20))
        asked = season(shut, rule=rule, days=None if rule == "wait" else 5)
        runs = list(run_all(asked))
        facts = facts_of(net, asked)
        assert from_json(json.loads(json.dumps(as_json(facts)))) == facts
        found = report_of(facts, runs)
        lots = {one.what: one.lots.mean for one in found.held}
        assert lots[WAITED] == np.mean([one.held.sum() for one in runs]) > 20
        assert lots[what] > 50
        assert next(one for one in found.held if one.what == what).teu == 2 * lots[what]
        text = report_text(found)
        assert "While shut: cargo" in text
        assert f"came to {'The Narrows' if rule == 'divert' else 'Port of Alat'}" in text
        body = json.loads(json.dumps(report_json(found)))
        assert [one["what"] for one in body["held"]] == [WAITED, DIVERTED, LOST]
        assert body["run"]["when_shut"] == str(asked.params.when_shut)
        effect = effect_of(asked, runs)
        assert effect is not None
        arrived = [
            2 * 10.0 * float(a.done.sum() - b.done.sum())
            for a, b in zip(runs, run_all(season()), strict=True)
        ]
        assert effect.tonnes.mean == pytest.approx(float(np.mean(arrived)))
        assert effect.tonnes.mean <= 0
        assert "kt arrived" in effect_text(effect)
        assert json.loads(json.dumps(effect_json(effect)))["t"]["mean"] == round(
            effect.tonnes.mean, 3
        )
    assert effect_of(season(), list(run_all(season()))) is None


def test_rules_are_read_as_they_are_written() -> None:
    for text, told in (("wait", "wait"), ("divert", "divert:0"), ("lost", "lost:30"),
                       ("lost:2.5", "lost:2.5"), ("divert:7", "divert:7")):  # fmt: skip
        assert str(read_when_shut(text)) == told
    for text in ("stay", "lost:", "lost:nan", "divert:x"):
        with pytest.raises(QuestionError, match="write wait, divert"):
            read_when_shut(text)
    for text in ("lost:-1", "divert:9999", "wait:3"):
        with pytest.raises(QuestionError, match="days are 0 to"):
            read_when_shut(text)
    with pytest.raises(QuestionError, match="must be one of wait, divert, lost"):
        WhenShut("stay")
    net = network()

    def asked(rule: WhenShut) -> dict[str, object]:
        params = SimulateParams(when_shut=rule)
        return question_of(net, None, start=START, days=DAYS, seed=1, params=params)

    assert "when_shut" not in asked(WhenShut())
    assert asked(WhenShut("lost", 3))["when_shut"] == "lost:3"
