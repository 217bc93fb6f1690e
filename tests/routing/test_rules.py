"""Rules: each kind of term, dates, what bars do, the user's own file, hostile texts."""

import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest

from landbridge.cli.main import main
from landbridge.errors import DataError, NoAnswer
from landbridge.models.cargo import Cargo
from landbridge.network.change import Set
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.chain_build import refuses
from landbridge.routing.inert import cell, printable
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, RouteResult, route, rule_texts
from landbridge.routing.route_json import to_csv, to_json
from landbridge.routing.rules import Facts, holds
from landbridge.routing.terms import Touched

FEW = RouteParams(samples=20)
HEAD = "id,kind,topic,applies_to,valid_from,valid_to,text,check_with,year,source\n"
PASSED = Touched(
    frozenset({"RU", "IR"}), frozenset({"caspian"}), frozenset({"IR-RU"}), frozenset({"sea"}),
    frozenset({"IRAMD"}), frozenset({"astrakhan-amirabad"}),
)  # fmt: skip
BOX = Facts("RU", "IR", "100300", "40")


@cache
def net() -> Network:
    return load("instc")


def own(folder: Path, *rows: str) -> Network:
    path = folder / "own.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return load("instc", rules=path)


def moscow_tehran(network: Network, *, show_barred: bool = False, hs: str = "") -> RouteResult:
    asked = Shipment("Moscow", "Tehran", ready=dt.date(2025, 3, 3), hs=hs or None)
    return route(network, asked, limits=Limits(show_barred=show_barred), params=FEW)


@pytest.mark.parametrize(
    ("term", "met"),
    [
        ("country:IR", True), ("country:AZ", False), ("!country:AZ", True),
        ("country:*EAEU", True), ("country:*EU", False), ("!country:*EU", True),
        ("passage:caspian", True), ("crossing:RU-IR", True), ("mode:rail", False),
        ("terminal:IRAMD", True), ("service:astrakhan-amirabad", True), ("service:fbol", False),
        ("operator:Khazar Sea Shipping and others", True), ("operator:ASCO", False),
        ("flag:IR", True), ("flag:RU", False),
        ("from:RU", True), ("from:IR", False), ("from:*EAEU", True),
        ("to:*EAEU", False), ("!to:*EAEU", True), ("hs:1003", True), ("hs:10", True),
        ("hs:1004", False), ("equipment:40", True), ("equipment:reefer", False),
    ],
)  # fmt: skip
def test_each_kind_of_term(term: str, met: bool) -> None:  # noqa: FBT001
    assert holds(net(), PASSED, BOX, term) is met


@pytest.mark.parametrize(
    ("facts", "term", "met"),
    [
        (BOX, "cargo:container", True), (BOX, "cargo:dangerous", False),
        (BOX, "dangerous:3", False),
        (Facts("RU", "IR", "", "bulk"), "cargo:bulk", True),
        (Facts("RU", "IR", "", "bulk"), "cargo:container", False),
        (Facts("RU", "IR", "", "40", "1.4"), "cargo:dangerous", True),
        (Facts("RU", "IR", "", "40", "1.4"), "cargo:container", True),
        (Facts("RU", "IR", "", "40", "1.4"), "dangerous:1", True),
        (Facts("RU", "IR", "", "40", "1.4"), "dangerous:1.4", True),
        (Facts("RU", "IR", "", "40", "1"), "dangerous:1.4", False),
        (Facts("RU", "IR", "", "40", "UN1203"), "dangerous:3", True),
        (Facts("RU", "IR", "", "40", "UN1203"), "dangerous:8", False),
        (Facts("RU", "IR", "", "40", "UN0012"), "dangerous:1.4", True),
        (Facts("RU", "IR", "", "40", "UN1203"), "dangerous:UN1203", True),
    ],
)  # fmt: skip
def test_terms_about_the_cargo(facts: Facts, term: str, met: bool) -> None:  # noqa: FBT001
    assert holds(net(), PASSED, facts, term) is met
    assert holds(net(), PASSED, facts, f"!{term}") is not met


def test_a_rule_may_bar_dangerous_goods_of_one_operator(tmp_path: Path) -> None:
    row = "no-dg,bar,operator,operator:FESCO;cargo:dangerous,,,No,it,2025,own"
    barred = own(tmp_path, row)

    def lines(dangerous: str) -> set[str]:
        asked = Shipment("St Petersburg", "Mumbai", dangerous=dangerous)
        found = route(barred, asked, params=FEW)
        return {name for one in found.options for name in one.itinerary.touched.services}

    assert lines("") & {"fbol", "filw"}
    assert not lines("3") & {"fbol", "filw"}


def test_what_a_service_does_not_take_is_not_offered_and_told() -> None:
    found = route(net(), Shipment("St Petersburg", "Mumbai", equipment="reefer"), params=FEW)
    used = {name for one in found.options for name in one.itinerary.touched.services}
    assert not used & {"rzd-east", "caspian-any"}
    assert used & {"fbol", "filw"}
    told = {one.name: one.reason for one in found.absent}
    assert told["Eastern container train, Moscow - Incheh Borun"] == (
        "takes 20, 40, 40HC, 45, not reefer"
    )


@pytest.mark.parametrize(
    ("taken", "goods", "refused"),
    [
        ("", "1.4", False), ("none", "3", True), ("none", "UN1203", True), ("3;5", "5.1", False),
        ("3;5", "UN1203", False), ("5;8", "UN1203", True), ("2.2", "UN1950", True),
        ("2", "UN1005", False), ("UN3480", "UN1203", True), ("3;8", "1.4", True),
        ("1.4", "1", True), ("2;3", "2.1", False),
    ],
)  # fmt: skip
def test_classes_of_dangerous_goods_that_a_service_takes(
    taken: str,
    goods: str,
    refused: bool,  # noqa: FBT001
) -> None:
    changed = Set("services", "filw", "dangerous", taken).apply(net()) if taken else net()
    row = changed.services.id.tolist().index("filw" if taken else "fbol")
    assert bool(refuses(changed, row, Cargo(1, 40, 20.0, dangerous=goods))) is refused


@pytest.mark.parametrize("taken", ["3,5", "0", "UN12", "none;3"])
def test_classes_are_checked(taken: str) -> None:
    with pytest.raises(DataError, match="IMO classes"):
        Set("services", "filw", "dangerous", taken).apply(net())


@pytest.mark.parametrize("term", ["cargo:liquid", "dangerous:10", "dangerous:", "flag:XX"])
def test_a_term_that_names_nothing_is_a_fault(tmp_path: Path, term: str) -> None:
    with pytest.raises(DataError, match=term.partition(":")[0]):
        own(tmp_path, f"x,warn,permit,{term},,,Text,somebody,2025,own")


def test_a_shipment_without_a_code_meets_no_term_about_codes() -> None:
    assert not holds(net(), PASSED, Facts("RU", "IR", "", "40"), "hs:27")


@pytest.mark.parametrize(
    ("day", "barred"),
    [
        (dt.date(2025, 2, 14), False), (dt.date(2025, 2, 15), True),
        (dt.date(2025, 6, 30), True), (dt.date(2025, 7, 1), False),
    ],
)  # fmt: skip
def test_a_quota_of_zero_bars_from_its_first_day_to_its_last(
    day: dt.date,
    barred: bool,  # noqa: FBT001
) -> None:
    asked = Shipment("Moscow", "Tehran", ready=day, hs="1003")
    if not barred:
        assert route(net(), asked, params=FEW).options
        return
    with pytest.raises(NoAnswer, match="barred by rule barley-2025: Russian quota of zero"):
        route(net(), asked, params=FEW)


def test_within_the_union_or_with_other_goods_the_quota_does_not_bar() -> None:
    assert moscow_tehran(net(), hs="8413").options
    asked = Shipment("Moscow", "Almaty", ready=dt.date(2025, 3, 3), hs="1003")
    assert route(net(), asked, params=FEW).options


def test_what_a_rule_bars_stands_in_absent_and_is_an_option_when_asked_for(tmp_path: Path) -> None:
    rule = "no-caspian,bar,insurance,passage:caspian,,,Not covered there,our insurer,2025,own"
    network = own(tmp_path, rule)
    kept = moscow_tehran(network)
    assert not any("caspian" in one.itinerary.passages for one in kept.options)
    told = [one for one in kept.absent if "barred by rule no-caspian: Not covered" in one.reason]
    assert [one.name for one in told] == ["North-South, trans-Caspian"]
    assert len([one for one in kept.absent if one.name == told[0].name]) == 1
    shown = moscow_tehran(network, show_barred=True)
    (option,) = [one for one in shown.options if "no-caspian" in one.barred]
    assert "caspian" in option.itinerary.passages
    assert not option.labels
    assert not any(option.id == one.dominated_by for one in shown.options)
    assert rule_texts(network, option)[0].startswith("barred by rule no-caspian: Not covered")
    assert not any("no-caspian" in one.reason for one in shown.absent)
    # what is allowed is the same with and without
    allowed = [one.id for one in shown.options if not one.barred]
    assert allowed == [one.id for one in kept.options]
    assert "BARRED by no-caspian" in str(shown)


def test_a_rule_of_practice_is_neither_lifted_nor_told() -> None:
    practice = {
        name
        for name, topic in zip(net().rules.id, net().rules.topic, strict=True)
        if topic == "practice"
    }
    found = moscow_tehran(net(), show_barred=True)
    assert practice
    assert not practice & {name for one in found.options for name in one.barred}


def test_each_option_has_its_own_warnings() -> None:
    body = json.loads(json.dumps(to_json(moscow_tehran(net()))))
    shallow = ["caspian" in one["passages"] for one in body["options"]]
    assert {True, False} <= set(shallow)
    for one, told in zip(body["options"], shallow, strict=True):
        assert ("volga-caspian" in one["rules"]) == told
    assert all("sanctions-ir" in one["rules"] for one in body["options"])
    assert all(len(one["rules"]) == len(one["warnings"]) for one in body["options"])


def test_an_own_rule_takes_the_place_of_one_of_that_id(tmp_path: Path) -> None:
    row = "sanctions-ir,warn,sanctions,country:IR,,,Ask Anna,Anna,2025,own"
    texts = moscow_tehran(own(tmp_path, row)).warnings
    assert "Ask Anna. Check with: Anna." in texts
    assert not [text for text in texts if text.startswith("Sanctions programmes")]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,warn,sanctions,hs:12x,,,T,W,2025,own", "line 2, column applies_to"),
        ("a,warn,sanctions,colour:red,,,T,W,2025,own", "a term reads kind:name"),
        ("a,warn,sanctions,from:QQ,,,T,W,2025,own", "names no from of the network"),
        ("a,warn,sanctions,operator:Nobody,,,T,W,2025,own", "names no operator"),
        ("a,block,sanctions,country:IR,,,T,W,2025,own", "column kind"),
        ("a,warn,weather,country:IR,,,T,W,2025,own", "column topic"),
        ("a,warn,sanctions,country:IR,2025-02-30,,T,W,2025,own", "column valid_from"),
        ("a,warn,sanctions,country:IR,2025-03-01,2025-02-01,T,W,2025,own", "after valid_from"),
        ("a,warn,sanctions,country:IR,,,T,W,2025,hearsay", "column source"),
        ("a,warn,sanctions,country:IR,,,T,W,2025", "has 9 cells"),
        (f"a,warn,sanctions,country:IR,,,{'x' * 20_001},W,2025,own", "at most 20,000"),
        ("a,warn,sanctions,country:IR,,,\x1b[2JT,W,2025,own", "control character 0x1b"),
    ],
)
def test_faults_of_an_own_file_are_told_by_file_row_and_column(
    tmp_path: Path, row: str, told: str
) -> None:
    with pytest.raises(DataError, match=r"own\.csv") as fault:
        own(tmp_path, row)
    assert told in str(fault.value)


def test_a_rules_file_that_is_not_there_is_wrong_input(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["route", "Moscow", "Tehran", "--rules", "nowhere.csv"]) == 2
    assert "nowhere.csv" in capsys.readouterr().err


def test_hostile_texts_are_inert(tmp_path: Path) -> None:
    # a right-to-left override and a C1 control that would steer a terminal, and a very long text
    row = f"a,warn,sanctions,country:IR,,,Go \u202eback\u009b2J {'long ' * 3000}end,W,2025,own"
    shown = str(moscow_tehran(own(tmp_path, row)))
    assert "Go \\u202eback\\u009b2J" in shown
    assert all(sign.isprintable() or sign == "\n" for sign in shown)
    assert printable("a\x07b") == "a\\u0007b"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx"])
def test_no_cell_of_the_csv_is_a_formula(text: str) -> None:
    assert cell(text) == f"'{text}"
    assert cell("rail via RU") == "rail via RU"


def test_names_in_the_csv_are_inert() -> None:
    found = moscow_tehran(net())
    found.options[0].name = "=HYPERLINK(1)"
    assert "'=HYPERLINK(1)" in to_csv(found)


@cache
def st_petersburg_mumbai() -> RouteResult:
    asked = Shipment("St Petersburg", "Mumbai", ready=dt.date(2025, 6, 2))
    return route(net(), asked, params=FEW)


def test_no_global_line_carries_russian_goods_from_a_port_of_the_union() -> None:
    union = {
        code
        for code, blocs in zip(
            net().countries.code.tolist(), net().countries.blocs.tolist(), strict=True
        )
        if "EU" in blocs.split(";")
    }
    assert {"RO", "LT", "DE"} <= union
    for option in st_petersburg_mumbai().options:
        lines = [
            leg for leg in option.itinerary.legs if leg.service in {"liner-deep", "liner-feeder"}
        ]
        assert not {leg.start.country for leg in lines} & union
        assert not {leg.to.country for leg in lines} & union
    # the same ways are there for goods of Belarus' other neighbour
    other = route(net(), Shipment("Kyiv", "Mumbai", ready=dt.date(2025, 6, 2)), params=FEW)
    assert any(leg.service == "liner-deep" for one in other.options for leg in one.itinerary.legs)


def test_rail_from_russia_into_the_union_is_told_of_and_not_barred_by_law() -> None:
    result = route(net(), Shipment("Moscow", "Riga", ready=dt.date(2025, 6, 2)), params=FEW)
    by_rail = [one for one in result.options if "RU-LV" in one.itinerary.borders
               and "rail" in {leg.mode for leg in one.itinerary.legs}]  # fmt: skip
    assert by_rail
    assert all("eu-rail-ru-from" in one.warned for one in by_rail)
    sanctions = [
        row for row, topic in enumerate(net().rules.topic.tolist()) if topic == "sanctions"
    ]
    assert all(str(net().rules.kind[row]) == "warn" for row in sanctions)


@pytest.mark.parametrize(("year", "told"), [(2026, False), (2032, True)])
def test_a_row_without_an_end_is_told_far_beyond_its_year(year: int, *, told: bool) -> None:
    ask = Shipment("St Petersburg", "Mumbai", dt.date(year, 6, 1))
    found = route(load("instc"), ask, params=RouteParams(samples=20))
    text = " ".join(one for one in found.warnings if one.startswith("no end is known of"))
    for name in ("war-2026-suez-ru-in (since 2026-03-01)", "state-2026 (since 2026-02-28)"):
        assert (name in text) == told
    assert ("2032-06-01 is an extrapolation" in text) == told
