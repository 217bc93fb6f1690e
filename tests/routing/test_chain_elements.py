"""Chain elements and their iLEAP export: sums, distances, and emissions out of the export alone."""

import datetime as dt
import json
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from landbridge.cli.main import main
from landbridge.errors import QuestionError
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.chain_elements import Emissions, emissions
from landbridge.routing.ileap import to_ileap
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, RouteResult, route
from landbridge.routing.route_json import to_json

FEW = RouteParams(samples=50)
SCHEMA = json.loads((Path(__file__).parent / "ileap.schema.json").read_text(encoding="utf-8"))


@cache
def net() -> Network:
    return load("instc")


@cache
def result() -> RouteResult:
    shipment = Shipment("St Petersburg", "Mumbai", ready=dt.date(2025, 6, 2), feu=2, tonnes=40)
    return route(net(), shipment, params=FEW)


def found(one: Option, of: RouteResult) -> Emissions:
    return emissions(of.terrain, one.itinerary, of.loaded.cargo)


def test_elements_sum_to_the_total_and_to_the_legs() -> None:
    for one in result().options:
        mine = found(one, result())
        assert mine.wtw_kg == pytest.approx(one.wtw_kg)
        assert mine.ttw_kg == pytest.approx(one.ttw_kg)
        assert 0 < mine.ttw_kg < mine.wtw_kg
        assert {element.leg for element in mine.elements} == {
            k for k, leg in enumerate(one.itinerary.legs) if leg.wtw
        }


def test_hubs_are_elements_of_their_own() -> None:
    for one in result().options:
        kinds = [element.kind for element in found(one, result()).elements]
        assert kinds.count("hub") == one.itinerary.transfers


def test_by_the_cape_fuel_goes_by_the_way_sailed_and_activity_by_the_shortest() -> None:
    by_branch = {one.branch: one for one in result().options}
    suez, cape = (
        max(found(by_branch[name], result()).elements, key=lambda element: element.sfd_km)
        for name in ("suez", "cape")
    )
    assert cape.sfd_km == pytest.approx(suez.sfd_km)
    assert cape.activity_tkm == pytest.approx(suez.activity_tkm)
    # 1.15 for weather and calls on both
    sailed = by_branch["cape"].itinerary.km("sea")
    assert cape.actual_km == pytest.approx(1.15 * sailed)
    assert cape.wtw_kg / suez.wtw_kg == pytest.approx(
        sailed / by_branch["suez"].itinerary.km("sea")
    )


def test_avoiding_a_canal_does_not_lengthen_the_shortest_feasible_distance() -> None:
    def by_sea(*avoid: str) -> tuple[float, float]:
        asked, limits = Shipment("St Petersburg", "Mumbai"), Limits(avoid=avoid, modes=("sea",))
        answer = route(net(), asked, limits=limits, params=FEW)
        longest = max(found(answer.options[0], answer).elements, key=lambda one: one.sfd_km)
        return longest.sfd_km, longest.actual_km

    (free, sailed), (kept_off, farther) = by_sea(), by_sea("suez")
    assert farther > 1.5 * sailed
    assert kept_off == pytest.approx(free, rel=1e-6)


def test_a_box_at_sea_counts_by_teu_whatever_it_weighs() -> None:
    def deep_sea(tonnes: float) -> float:
        answer = route(net(), Shipment("Chennai", "Hamburg", feu=1, tonnes=tonnes), params=FEW)
        return sum(
            element.wtw_kg
            for element in found(answer.options[0], answer).elements
            if element.unit == "TEUkm"
        )

    assert deep_sea(5.0) > 0
    assert deep_sea(5.0) == pytest.approx(deep_sea(20.0))


def test_everything_built_in_is_default_data_and_said_to_be() -> None:
    text = to_json(result())
    options: Any = text["options"]
    for option in options:
        told = option["emissions"]
        assert told["default_share"] == 1.0
        assert told["method"].endswith("not certified")
        assert "compliant" not in json.dumps(option)
        assert "black carbon" in told["excluded"]
        assert told["intensity_g_tkm"] == pytest.approx(
            1000 * option["co2e_kg"]["wtw"] / told["activity_tkm"], rel=1e-3
        )


def test_the_export_has_the_shape_of_the_data_model() -> None:
    body = json.loads(json.dumps(to_ileap(result(), "all")))
    jsonschema.Draft202012Validator(SCHEMA).validate(body)  # pyright: ignore[reportUnknownMemberType]
    assert len(body["footprints"]) == len(result().options)
    first = body["footprints"][0]["tces"]
    assert [tce["prevTceIds"] for tce in first[:3]] == [[], ["tce-1"], ["tce-2"]]
    assert first[0]["departureAt"] >= "2025-06-02T05:00:00Z"  # eight o'clock at St Petersburg
    assert all(a["arrivalAt"] <= b["departureAt"] for a, b in pairwise(first))


def test_emissions_follow_from_the_export_alone() -> None:
    body: Any = json.loads(json.dumps(to_ileap(result(), "all")))
    tocs = {one["tocId"]: one for one in body["tocs"]}
    hocs = {one["hocId"]: one for one in body["hocs"]}
    for footprint, option in zip(body["footprints"], result().options, strict=True):
        total = Decimal(0)
        for tce in footprint["tces"]:
            teu, tonnes = Decimal(tce["packagingOrTrEqAmount"]), Decimal(tce["mass"]) / 1000
            km = Decimal(tce["distance"]["sfd"])
            assert float(tce["transportActivity"]) == pytest.approx(float(km * tonnes))
            category = tocs[tce["tocId"]] if "tocId" in tce else hocs[tce["hocId"]]
            unit = category.get("transportActivityUnit") or category["hubActivityUnit"]
            activity = {"tkm": km * tonnes, "TEUkm": km * teu, "TEU": teu, "tonnes": tonnes}[unit]
            carriers = category["energyCarriers"]
            assert sum(Decimal(one["relativeShare"]) for one in carriers) == pytest.approx(1)
            for scope in ("WTW", "TTW"):
                intensity = sum(
                    Decimal(one["relativeShare"])
                    * Decimal(one["energyConsumption"])
                    * Decimal(one[f"emissionFactor{scope}"])
                    for one in carriers
                )
                stated = Decimal(category[f"co2eIntensity{scope}"])
                assert float(intensity) == pytest.approx(float(stated), rel=1e-9)
                assert float(stated * activity) == pytest.approx(
                    float(tce[f"co2e{scope}"]), rel=1e-5
                )
            total += Decimal(tce["co2eWTW"])
        assert float(total) == pytest.approx(option.wtw_kg, rel=1e-9)


def test_an_option_is_chosen_by_its_id() -> None:
    body: Any = to_ileap(result(), "instc-west")
    (one,) = body["footprints"]
    assert str(one["shipmentId"]).endswith("-instc-west")
    with pytest.raises(QuestionError, match="names no option; there are"):
        to_ileap(result(), "instc-north")


def test_the_command_writes_the_file_and_says_what_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["route", "Moscow", "Tehran", "--samples", "20"]
    assert main([*asked, "--ileap", str(tmp_path / "co2e.json"), "--option", "all"]) == 0
    written = json.loads((tmp_path / "co2e.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(written)  # pyright: ignore[reportUnknownMemberType]
    assert main([*asked, "--ileap", str(tmp_path / "no" / "co2e.json")]) == 2
    assert "does not exist" in capsys.readouterr().err
    assert main([*asked, "--option", "all"]) == 2
