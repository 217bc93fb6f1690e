"""Changes of some days only, laid over a network without a scenario."""

import datetime as dt
import json
from functools import cache

import pytest

import landbridge as lb
from landbridge.errors import QuestionError
from landbridge.routing.query import RouteParams
from landbridge.routing.route_json import to_json

FEW = RouteParams(samples=50)
FIRST, AFTER = dt.date(2025, 7, 1), dt.date(2025, 7, 15)
CLOSURE = lb.Close("terminal:IRSRP", FIRST, AFTER)
DAYS = [(-1, False), (0, True), (13, True), (14, False)]
"""Days after ``FIRST``, and whether it is shut then."""


@cache
def net() -> lb.Network:
    return lb.load("instc")


@cache
def dated() -> lb.Network:
    return lb.apply(net(), [CLOSURE])


def bytes_of(world: lb.Network, day: dt.date | None) -> str:
    return json.dumps(to_json(lb.route(world, lb.Shipment("Tehran", "Mumbai", day), params=FEW)))


@pytest.mark.parametrize(("days", "shut"), DAYS)
def test_outside_its_days_a_closure_leaves_the_base_s_answer_to_the_byte(
    days: int, *, shut: bool
) -> None:
    day = FIRST + dt.timedelta(days)
    without = lb.apply(net(), [lb.Close("terminal:IRSRP")])
    assert bytes_of(dated(), day) == bytes_of(without if shut else net(), day)
    assert bytes_of(net(), day) != bytes_of(without, day)


def test_a_question_without_a_date_is_one_of_the_base_date() -> None:
    assert bytes_of(dated(), None) == bytes_of(net(), None)
    base = net().case.base_date
    over = lb.apply(net(), [lb.Close("terminal:IRSRP", base, base + dt.timedelta(1))])
    assert bytes_of(over, None) == bytes_of(lb.apply(net(), [lb.Close("terminal:IRSRP")]), None)


@pytest.mark.parametrize(("days", "shut"), DAYS)
def test_lengths_and_tables_meet_it_on_its_days(days: int, *, shut: bool) -> None:
    day = FIRST + dt.timedelta(days)
    world = lb.apply(net(), [lb.Close("passage:suez", FIRST, AFTER)])
    found = lb.distance(world, "NLRTM", "INNSA", mode="sea", on=day)
    assert ("suez" in found.passages) == (not shut)
    table = lb.matrix(world, ["NLRTM"], ["INNSA"], modes="sea", on=day)
    assert table.columns["km"][0, 0] == pytest.approx(found.km, abs=0.01)


def test_any_change_may_have_days() -> None:
    dearer = lb.Scale("rates", "kind:freight", "value", 2.0)
    world = lb.apply(net(), [lb.During(dearer, FIRST, AFTER)])
    assert bytes_of(world, FIRST) == bytes_of(lb.apply(net(), [dearer]), FIRST)
    assert bytes_of(world, AFTER) == bytes_of(net(), AFTER)


def test_what_holds_on_some_days_is_part_of_what_a_network_is() -> None:
    other = lb.apply(net(), [lb.Close("terminal:IRSRP", FIRST, AFTER + dt.timedelta(1))])
    assert len({net().hash, dated().hash, other.hash}) == 3


def test_a_closure_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(QuestionError, match="since must lie before until"):
        lb.apply(net(), [lb.Close("terminal:IRSRP", AFTER, FIRST)])


def test_a_thing_that_is_not_there_is_told_at_once() -> None:
    with pytest.raises(QuestionError, match="IRSRP"):
        lb.apply(net(), [lb.Close("terminal:IRSRPP", FIRST, AFTER)])
