"""Boxes by place: what came less what set out, by hand and as a sum over all places."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from test_season import START, boxes, ferry

from landbridge.network.rows import Flow
from landbridge.simulation.boxes import boxes_of
from landbridge.simulation.facts import facts_of
from landbridge.simulation.report import Report, report_of
from landbridge.simulation.report_json import report_json
from landbridge.simulation.season import SimulateParams, SimulateResult, simulate


@cache
def both_ways() -> SimulateResult:
    """20 TEU a day to the south and 5 back, over a ferry that takes a week in the mean."""
    north = Flow("north", "Kassel", "Tampere", 1825.0, cargo="container", direction="north")
    params = SimulateParams(3, warm_up_days=30)
    return simulate(ferry(boxes(7300.0), north), start=START, days=140, params=params)


def told(found: SimulateResult) -> Report:
    return report_of(facts_of(found.net, found.season), found.replications)


def test_what_came_and_did_not_go_on_piles_up() -> None:
    by_place = {one.place: one for one in told(both_ways()).boxes}
    assert list(by_place) == ["Kassel", "Tampere"]  # those that gain most first
    kassel = by_place["Kassel"]
    # 20 came and 5 went a day, over 140 days: 2,100 TEU are left
    assert kassel.left_teu.mean == pytest.approx(2100.0, rel=0.06)
    assert kassel.in_teu.mean - kassel.out_teu.mean == pytest.approx(kassel.left_teu.mean)
    assert by_place["Tampere"].left_teu.mean == pytest.approx(-2100.0, rel=0.06)
    # lorry 200 km, ferry 1,000, lorry 300
    assert kassel.back_km == pytest.approx(1500.0)
    assert kassel.back_teu_km == pytest.approx(1500.0 * kassel.left_teu.mean)
    assert by_place["Tampere"].back_teu_km == 0.0


def test_all_places_together_lack_what_is_under_way() -> None:
    found = both_ways()
    facts = facts_of(found.net, found.season)
    for run in found.replications:
        left = sum(one.left_teu.mean for one in boxes_of(facts, [run]))
        lot = np.array([way.lot_teu for way in facts.ways])
        assert left == pytest.approx(float(((run.done - run.born) * lot).sum()))


def test_loose_cargo_has_no_boxes() -> None:
    found = both_ways()
    facts = facts_of(found.net, found.season)
    loose = replace(facts, ways=tuple(replace(way, lot_teu=0.0) for way in facts.ways))
    assert boxes_of(loose, found.replications) == ()
    assert report_json(report_of(loose, found.replications))["boxes"] == []
