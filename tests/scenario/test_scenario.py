"""What a scenario says, when it holds, and what it may not say."""

import datetime as dt
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import QuestionError
from landbridge.network.add import Add, Delay
from landbridge.network.change import Change, Close, Open, Scale, Set
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.distance import distance
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import route
from landbridge.routing.route_json import to_json
from landbridge.scenario.ends import check_ends
from landbridge.scenario.scenario import During, Scenario
from landbridge.scenario.shelf import list_scenarios, load_scenario

FEW = RouteParams(samples=100)
MARCH = dt.date(2021, 3, 23)
BLOCKED = Scenario(
    "ever-given", "Ever Given",
    [Close("passage:suez", since=MARCH, until=MARCH + dt.timedelta(7))],
)  # fmt: skip


@cache
def net() -> Network:
    return load("instc")


@pytest.mark.parametrize(
    ("day", "state"),
    [(22, "open"), (23, "shut"), (29, "shut"), (30, "open")],
)
def test_a_closure_from_one_day_to_another_holds_on_the_days_in_between(
    day: int, state: str
) -> None:
    on = dt.date(2021, 3, day)
    found = distance(BLOCKED.apply(net(), on), "NLRTM", "INNSA", mode="sea", on=on)
    assert ("suez" in found.passages) == (state == "open")
    assert [one.holds for one in found.net.scenarios] == [state == "shut"]


def test_a_question_without_a_date_asks_about_the_state_that_is_described() -> None:
    assert "suez" not in distance(BLOCKED.apply(net()), "NLRTM", "INNSA", mode="sea").passages


def test_the_base_scenario_is_the_base_network_itself() -> None:
    base = load_scenario("normal-2025")
    assert base.apply(net()) is net()
    assert base.apply(net(), MARCH) is net()


def test_a_network_of_a_scenario_is_made_once() -> None:
    assert BLOCKED.apply(net()) is BLOCKED.apply(net())
    assert BLOCKED.apply(net(), MARCH) is not BLOCKED.apply(net(), dt.date(2022, 1, 1))


@pytest.mark.parametrize("name", [one.id for one in list_scenarios()])
def test_each_built_in_scenario_applies_with_and_without_a_date(name: str) -> None:
    scenario = load_scenario(name)
    found = scenario.apply(net())
    assert (found.hash == net().hash) == (name == "normal-2025")
    if scenario.since:
        before = scenario.apply(net(), scenario.since - dt.timedelta(1))
        assert before.hash == net().hash
        assert [one.holds for one in before.scenarios] == [False]


INVERSE: list[tuple[Change, Change]] = [
    (Close("passage:suez"), Open("passage:suez")),
    (Close("terminal:IRSRP"), Open("terminal:IRSRP")),
    (Scale("crossings", "mode:road;country:IR", "hours", 0.5),
     Scale("crossings", "mode:road;country:IR", "hours", 2.0)),
    (Scale("rates", "kind:freight;mode:sea", "value", 4.0),
     Scale("rates", "kind:freight;mode:sea", "value", 0.25)),
    (Set("services", "fbol", "headway_high_h", 1200.0),
     Set("services", "fbol", "headway_high_h", 900.0)),
]  # fmt: skip


@given(st.lists(st.sampled_from(INVERSE), unique=True, min_size=1))
def test_a_scenario_and_its_inverse_give_the_base(chosen: list[tuple[Change, Change]]) -> None:
    there = Scenario("there", "There", [one for one, _ in chosen])
    back = Scenario("back", "Back", [other for _, other in reversed(chosen)])
    assert there.apply(net()).hash != net().hash
    assert back.apply(there.apply(net())).hash == net().hash


def test_a_scenario_and_its_inverse_give_the_answer_of_the_base_to_the_byte() -> None:
    there = Scenario("there", "There", [one for one, _ in INVERSE])
    back = Scenario("back", "Back", [other for _, other in INVERSE])
    box = Shipment("Moscow", "Tehran")
    first = to_json(route(net(), box, params=FEW))
    again = to_json(route(back.apply(there.apply(net())), box, params=FEW))
    assert again.pop("network") != first.pop("network")  # the names of what was laid over it
    assert again == first


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ([Close("passage:suez"), Open("passage:suez")], "contradicts change 1"),
        ([Close("passage:suez"), Close("suez")], "change 1"),
        ([Set("rates", "a", "value", 1.0), Set("rates", "a", "value", 2.0)], "contradicts"),
        ([Scale("rates", "*", "value", 2.0), Scale("rates", "*", "value", 2.0)], "the same"),
        ([Close("passage:suez", since=MARCH, until=MARCH)], "since must lie before until"),
        ([During(Delay("passage:suez", (0, 1, 2)), MARCH, MARCH)], "since must lie before until"),
    ],
)
def test_a_scenario_that_contradicts_itself_is_refused(changes: list[Change], told: str) -> None:
    with pytest.raises(QuestionError, match=told):
        Scenario("bad", "Bad", changes)


def test_what_follows_in_time_is_no_contradiction() -> None:
    months = [dt.date(2025, month, 1) for month in (1, 2, 3)]
    two = [Scale("rates", "*", "value", factor) for factor in (2.0, 3.0)]
    Scenario("ok", "Ok", [During(two[0], months[0], months[1]), During(two[1], months[1])])
    with pytest.raises(QuestionError, match="contradicts"):
        Scenario("bad", "Bad", [During(two[0], months[0], months[2]), During(two[1], months[1])])


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Close("passage:sues"), "suez"),
        (Set("passages", "suez", "locks", 0), "changes nothing"),
        (Scale("rats", "*", "value", 2.0), "rates"),
        (Delay("terminal:IRSRP", (0, 1, 2)), "Only a passage"),
        (Delay("passage:suez", (3, 1, 2)), "low <= typical"),
        (Add("rates", {"id": "x", "knd": "speed"}), "kind"),
        (Add("rates", {"id": "due-suez"}), "There is a row of that id"),
        (Add("nodes", {"id": "x"}), "Rows can be added to"),
        (Add("rates", {"id": "x", "kind": "speed", "value": "fast"}), "must be a number"),
        (Add("rates", {"id": "x", "kind": "passage_wait", "mode": "sea", "value": 1.0, "low": 1.0,
                       "high": 1.0, "unit": "d", "distribution": "pert"}), "unit"),
    ],
)  # fmt: skip
def test_a_change_that_does_not_fit_the_network_is_told_with_its_place(
    change: Change, told: str
) -> None:
    scenario = Scenario("mine", "Mine", [Close("passage:kiel"), change], origin="mine.toml")
    with pytest.raises(QuestionError, match=told) as caught:
        scenario.apply(net())
    assert str(caught.value).startswith("mine.toml, change 2: ")


@pytest.mark.parametrize(
    ("what", "ends", "told"),
    [
        ("country:RU", ("Moscow", "Mumbai"), "origin"),
        ("country:IN", ("Moscow", "Mumbai"), "destination"),
        ("terminal:IRSRP", ("Moscow", "IRSRP"), "destination"),
    ],
)
def test_a_scenario_may_not_close_an_end_of_the_shipment(
    what: str, ends: tuple[str, str], told: str
) -> None:
    scenario = Scenario("shut", "Shut", [Close(what, since=MARCH)])
    with pytest.raises(QuestionError, match=f"There lies the {told}"):
        check_ends(net(), scenario, ends)
    check_ends(net(), scenario, ends, dt.date(2020, 1, 1))
    check_ends(net(), scenario, ("Astana", "Rotterdam"))


def test_a_delay_adds_its_mean_to_what_passes_and_to_nothing_else() -> None:
    box = Shipment("Novorossiysk", "Mumbai")
    blocked = load_scenario("suez-blocked-14-days").apply(net())
    before = {one.id: one for one in route(net(), box, params=FEW).options}
    after = {one.id: one for one in route(blocked, box, params=FEW).options}
    by_suez, by_land = before["novorossiysk"], before["instc-west"]
    # uniform on 0 to 336 h: 168 h on average
    longer = after["novorossiysk"].itinerary.total("hours") - by_suez.itinerary.total("hours")
    assert longer == pytest.approx(168)
    assert after["instc-west"].itinerary.total("hours") == by_land.itinerary.total("hours")
    # 168 h more of interest on the cargo, and nothing else: 168 / 24 days of the yearly rate
    old, new = (one.bill.by(lambda line: line.kind) for one in (by_suez, after["novorossiysk"]))
    assert new["interest"] > old["interest"]
    assert {**new, "interest": 0.0} == {**old, "interest": 0.0}
