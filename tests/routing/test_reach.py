from __future__ import annotations

import json
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

import landbridge as lb
from landbridge.errors import NoAnswer, PlaceError, QuestionError
from landbridge.routing.door_search import DoorSearch, Row
from landbridge.routing.options import Option
from landbridge.routing.reach import Reached
from landbridge.routing.reach_bands import rides, to_geojson, within
from landbridge.routing.reach_text import to_csv, to_json
from worlds import rates_of_doors, two_ports_builder, two_shores

FEW = lb.RouteParams(samples=2)
BUDGETS = (lb.Budget(hours=1e6), lb.Budget(usd=1e7), lb.Budget(co2e_kg=1e7))
FIGURES = ("hours", "usd", "wtw")


@pytest.fixture(scope="module")
def net() -> lb.Network:
    return lb.load()


def built() -> lb.Network:
    return two_ports_builder().add(*rates_of_doors()).build()


def least(options: list[Option], what: str) -> float:
    return min(one.itinerary.total(what) for one in options)


def check(net: lb.Network, origin: str, to: list[str], limits: lb.Limits) -> int:
    """Every figure of a reach against ``route``; how many there were."""
    count = 0
    for budget, what in zip(BUDGETS, FIGURES, strict=True):
        try:
            found = lb.reach(net, lb.Shipment(origin, ""), budget, places=to, limits=limits)
        except NoAnswer:
            found = None
        listed = {one.place.id: one for one in found.reached} if found else {}
        for name in to:
            try:
                options = lb.route(
                    net, lb.Shipment(origin, name), limits=limits, params=FEW
                ).options
            except NoAnswer:
                assert name not in listed
                continue
            assert listed[name].figure(budget.criterion) == pytest.approx(least(options, what))
            count += 1
    return count


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("modes", [(), ("sea",)])
def test_in_drawn_worlds_every_figure_is_the_least_of_route(
    seed: int, modes: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    # so narrow that the least way over all terminals often uses one that does not matter
    narrow = {3: (1.05, 100.0), 2: (1.02, 50.0), 1: (1.0, 10.0)}
    monkeypatch.setattr("landbridge.routing.chain_build.ROUND_ABOUT", narrow)
    monkeypatch.setattr("landbridge.routing.door_graph.ROUND_ABOUT", narrow)
    monkeypatch.setattr("landbridge.routing.chain_build.NEAREST", 2)
    net = two_shores(seed)
    ids: list[str] = net.places.id.tolist()
    limits = lb.Limits(modes=modes)
    ends = (("FITMP", ids), ("DEKAS", ids), (ids[-1], ids[:4]))
    found = [check(net, one, [name for name in to if name != one], limits) for one, to in ends]
    assert sum(found) > 0 or modes


def test_a_pair_is_searched_again_where_the_way_passes_what_does_not_matter(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    again: list[int] = []
    usual = DoorSearch.search_again

    def counted(self: DoorSearch, found: Row, i: int, j: int) -> None:
        again.append(j)
        usual(self, found, i, j)

    monkeypatch.setattr(DoorSearch, "search_again", counted)
    for seed in range(6):
        with monkeypatch.context() as narrow:
            test_in_drawn_worlds_every_figure_is_the_least_of_route(seed, (), narrow)
    assert again


@pytest.mark.parametrize(
    ("origin", "modes"),
    [("RUMOW", ()), ("INBOM", ()), ("IRTHR", ("rail,road",)), ("CNSHA", ("sea",))],
)
def test_on_the_real_network_every_figure_is_the_least_of_route(
    net: lb.Network, origin: str, modes: tuple[str, ...]
) -> None:
    rows = np.flatnonzero(net.places.population >= 300_000)
    drawn = np.random.default_rng(len(origin) + len(modes)).choice(rows, 8, replace=False)
    ids = net.places.id.tolist()
    to = sorted({str(ids[row]) for row in drawn} | {"IRBND"} - {origin})
    assert check(net, origin, to, lb.Limits(modes=modes)) >= (6 if modes != ("sea",) else 0)


def test_hours_by_hand_in_the_world_of_built() -> None:
    # tampere-kotka 200 km at 25 km/h: 8 h; 10 h loading; half a week of 168 h: 84 h; 1000 km of
    # sea at 25 km/h: 40 h; 10 h unloading; 300 km: 12 h more to kassel
    found = lb.reach(built(), lb.Shipment("Tampere", ""), lb.Budget(hours=160.0),
                     params=lb.ReachParams(least_population=0))  # fmt: skip
    assert {one.place.id: round(one.figure(0), 9) for one in found.reached} == {
        "FIKTK": 8.0, "DELBC": 152.0,
    }  # fmt: skip
    assert [one.via for one in found.reached] == [(), ("Port of Kotka", "Port of Lübeck")]
    assert (found.beyond, found.refused) == (0, 0)  # Kassel is no terminal and no town


def test_bands_along_the_ways_hold_the_hours_of_the_ride() -> None:
    found = lb.reach(built(), lb.Shipment("Tampere", ""), lb.Budget(hours=160.0))
    by_sea = max(rides(found), key=lambda ride: ride.spent[-1])
    # loaded at 18 h, half a week until it leaves: under way from 102 h to 142 h
    assert by_sea.spent.tolist() == pytest.approx([102.0, 142.0])
    assert within(by_sea, 0.0, 102.0) == []
    ((lat, _),) = within(by_sea, 112.0, 122.0)  # the second quarter
    ((whole_lat, whole_lon),) = within(by_sea, 0.0, 160.0)
    assert (whole_lat[0], whole_lon[0]) == pytest.approx((60.5, 26.9))
    assert len(lat) >= 2
    assert whole_lat.min() < lat.min() <= lat.max() < whole_lat.max()
    body = to_geojson(found)
    features = cast("list[dict[str, dict[str, str]]]", body["features"])
    kinds = [one["properties"]["kind"] for one in features]
    assert kinds.count("place") == 2
    assert "band" in kinds
    json.dumps(body, allow_nan=False)


def test_a_smaller_budget_reaches_fewer_and_the_same_figures(net: lb.Network) -> None:
    places = ["Tehran", "INNSA", "Baku", "Minsk", "DEHAM"]
    sent = lb.Shipment("Moscow", "", feu=1)
    far, near = (lb.reach(net, sent, lb.Budget(hours=h), places=places) for h in (2000.0, 300.0))
    figures = {one.place.id: one.figure(0) for one in far.reached}
    assert {one.place.id: one.figure(0) for one in near.reached} == {
        name: hours for name, hours in figures.items() if hours <= 300.0
    }
    assert near.beyond == len(far.reached) - len(near.reached)
    assert [one.figure(0) for one in far.reached] == sorted(figures.values())


def test_rules_that_ask_for_the_goods_hold(net: lb.Network) -> None:
    # barley may not leave Russia beyond the union; within it it may (rule barley-2025)
    sent = lb.Shipment("Moscow", "", hs="1003")
    free = replace(sent, hs=None)
    to = ["Minsk", "Tehran"]
    ready = {"ready": net.case.base_date.replace(month=3, day=3)}
    both = lb.reach(net, replace(free, **ready), BUDGETS[0], places=to)
    barred = lb.reach(net, replace(sent, **ready), BUDGETS[0], places=to)
    assert [one.place.name for one in both.reached] == ["Minsk", "Tehran"]
    route = lb.route(net, replace(sent, destination="Minsk", **ready), params=FEW)
    assert [one.place.name for one in barred.reached] == ["Minsk"]
    assert barred.reached[0].figure(0) == pytest.approx(least(route.options, "hours"))
    with pytest.raises(NoAnswer):
        lb.route(net, replace(sent, destination="Tehran", **ready), params=FEW)


def test_wrong_questions_are_told(net: lb.Network) -> None:
    sent = lb.Shipment("Moscow", "")
    for budget in ({}, {"hours": 5.0, "usd": 9.0}):
        with pytest.raises(QuestionError, match="give one budget"):
            lb.Budget(**budget)
    for figure in (0.0, -3.0, float("nan"), float("inf")):
        with pytest.raises(QuestionError, match="must be a number above 0"):
            lb.Budget(hours=figure)
    with pytest.raises(QuestionError, match="the list of places is empty"):
        lb.reach(net, sent, lb.Budget(hours=9.0), places=[])
    with pytest.raises(QuestionError, match="are for `route`"):
        lb.reach(net, sent, lb.Budget(hours=9.0), limits=lb.Limits(via=("Baku",)))
    with pytest.raises(QuestionError, match="more than 2"):
        lb.reach(net, sent, lb.Budget(hours=9.0), places=["Baku", "Minsk", "Tehran"],
                 params=lb.ReachParams(most_places=2))  # fmt: skip
    with pytest.raises(NoAnswer, match="the nearest is Minsk"):
        lb.reach(net, sent, lb.Budget(hours=3.0), places=["Tehran", "Minsk"])
    with pytest.raises(PlaceError, match="any usable road"):
        lb.reach(net, lb.Shipment("30,-40", ""), lb.Budget(hours=9.0), places=["Minsk"])


def test_a_place_with_a_formula_for_a_name_is_inert_in_a_sheet() -> None:
    found = lb.reach(built(), lb.Shipment("Tampere", ""), lb.Budget(hours=160.0))
    first = found.reached[0]
    evil = replace(found, reached=(Reached(replace(first.place, name="=1+1"), first.itinerary),))
    assert to_csv(evil).splitlines()[1].startswith("'=1+1,FI,")
    assert to_json(evil)["places"]
    assert all(len(line) <= 80 for line in str(found).splitlines()[4:])
