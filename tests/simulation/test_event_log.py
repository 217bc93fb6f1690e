"""The event log: codes of DCSA, the order of a lot's events, and sums against the replication."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections import Counter, defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_season import START, boxes, ferry

from landbridge.kernels.lines import put_hours, put_time
from landbridge.network.rows import Capacity
from landbridge.simulation.event_log import COLUMNS, write_events
from landbridge.simulation.replication import Replication, replication_of
from landbridge.simulation.season import Season, SimulateParams, prepare

EQUIPMENT = {
    "AVDO", "AVPU", "CROS", "CUSI", "CUSR", "CUSS", "DISC", "DROP", "GTIN", "GTOT", "INSP", "LOAD",
    "PICK", "RMVD", "RSEA", "STRP", "STUF",
}  # fmt: skip
TRANSPORT = {"ARRI", "DEPA"}
"""DCSA's Conformance-Gateway on GitHub, standards/tnt/v300/types: EquipmentEventTypeCode.java and
TransportEventTypeCode.java, read on 2026-11-25."""
CLASSIFIERS = {"ACT", "EST", "PLN"}
MODES = {"VESSEL", "BARGE", "RAIL", "TRUCK"}
FACILITIES = {"BORD", "CLOC", "COFS", "COYA", "OFFD", "DEPO", "INTE", "POTE", "RAMP", "WAYP"}
"""DCSA Track and Trace: eventClassifierCode, modeOfTransport, facilityTypeCode."""
AFTER = {
    "PICK": {"DEPA", "GTIN", "AVDO", "LOAD"},
    "DEPA": {"ARRI"},
    "ARRI": {"AVDO", "GTIN", "DISC", "CROS", "DROP", "DEPA"},
    "AVDO": {"GTIN", "DISC"},
    "GTIN": {"LOAD", "DEPA"},
    "DISC": {"LOAD", "GTOT", "DROP"},
    "CROS": {"DEPA", "DISC", "AVDO"},
    "LOAD": {"DEPA"},
    "GTOT": {"DEPA"},
    "DROP": set[str](),
}
"""What may follow what, of things that have happened to one lot."""
Row = dict[str, str]


def logged(one: Season, number: int = 0) -> tuple[list[Row], Replication]:
    out = io.BytesIO()
    written = write_events(one, out, number=number)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert len(rows) == written.lines
    return rows, replication_of(written.result, one.span, one.world.shut_days(one.span))


def season(*rows: Capacity, teu: float = 3650.0, warm_up: int = 0, days: int = 56) -> Season:
    params = SimulateParams(1, warm_up_days=warm_up)
    return prepare(ferry(boxes(teu), *rows), start=START, days=days, params=params)


GATE = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 10.0, 20.0)
YARD = Capacity("kotka-room", "terminal", "FIKTK", "room", "TEU", 20.0, 60.0, 90.0)
LOAD = Capacity("weekly-load", "service", "weekly", "load", "TEU", 20.0, 60.0, 90.0)
LORRIES = Capacity("kotka-lorries", "side", "FIKTK/road/0", "vehicles", "lorries", 4.0, 5.0, 6.0)


@settings(max_examples=12, deadline=None)
@given(
    st.sets(st.sampled_from((GATE, YARD, LOAD, LORRIES)), max_size=4),
    st.sampled_from((730.0, 3650.0, 7300.0)),
    st.integers(0, 2),
)
def test_every_code_is_of_dcsa_and_every_lot_goes_a_legal_way(
    capacities: set[Capacity], teu: float, number: int
) -> None:
    one = season(*sorted(capacities, key=lambda row: row.id), teu=teu)
    rows, counted = logged(one, number)
    last: dict[str, str] = {}
    for row in rows:
        codes = TRANSPORT if row["event_type"] == "TRANSPORT" else EQUIPMENT
        assert row["event_code"] in codes
        assert row["event_type"] in {"TRANSPORT", "EQUIPMENT"}
        assert row["classifier"] in CLASSIFIERS
        assert row["mode"] in MODES | {""}
        assert row["facility_type"] in FACILITIES
        assert re.fullmatch(r"[A-Z]{2}[A-Z2-9]{3}|", row["locode"])
        assert (row["empty_indicator"] == "LADEN") == (row["event_type"] == "EQUIPMENT")
        if row["classifier"] == "PLN":
            assert row["created_utc"] < row["event_utc"]
            continue
        assert row["created_utc"] == row["event_utc"]
        lot = row["lot"]
        if lot in last:
            assert row["event_code"] in AFTER[last[lot]], (last[lot], row)
        else:
            assert row["event_code"] == "PICK"
        last[lot] = row["event_code"]
    created = [row["created_utc"] for row in rows]
    assert created == sorted(created)
    done = Counter(last.values())["DROP"]
    assert len(last) == int(counted.born.sum())
    assert done == int(counted.done.sum())
    under_way = len(last) - done
    assert under_way == int(counted.born.sum() - counted.done.sum() - counted.gone.sum())


@settings(max_examples=8, deadline=None)
@given(st.sampled_from(((GATE,), (GATE, YARD), (LOAD, YARD, LORRIES), (GATE, YARD, LOAD, LORRIES))))
def test_waits_by_station_sum_to_those_of_the_replication(capacities: tuple[Capacity, ...]) -> None:
    one = season(*capacities, teu=7300.0)
    rows, counted = logged(one)
    waited: dict[str, float] = defaultdict(float)
    number: Counter[str] = Counter()
    for row in rows:
        if row["station"]:
            waited[row["station"]] += float(row["waited_h"])
            number[row["station"]] += 1
        else:
            assert row["waited_h"] == "0.0000"
    for k, place in enumerate(one.world.places):
        if place.kind == "delay":
            continue
        assert number[place.name] == int(counted.started[k]), place.name
        # a line tells an hour to 0.0001
        room = 1e-4 * number[place.name]
        assert waited[place.name] == pytest.approx(float(counted.waited_h[k]), abs=room + 1e-6)
    assert sum(waited.values()) > 0


def test_a_lot_in_the_head() -> None:
    # 200 km by lorry at 25 km/h (8 h), 10 h of handling, a weekly ship of 40 h, 10 h, a lorry
    rows, _ = logged(season(teu=365.0))
    mine = [row for row in rows if row["lot"] == "0"]
    assert [row["event_code"] for row in mine] == [
        "PICK", "ARRI", "DEPA", "ARRI", "GTIN", "LOAD", "DEPA", "ARRI",
        "DISC", "GTOT", "DEPA", "ARRI", "DROP",
    ]  # fmt: skip
    when = [dt.datetime.fromisoformat(row["created_utc"]) for row in mine]
    second = dt.timedelta(seconds=1)
    assert abs(when[3] - when[2] - dt.timedelta(hours=8)) <= 60 * second  # the road to Kotka
    waited = dt.timedelta(hours=float(mine[5]["waited_h"]))
    assert abs(when[5] - when[4] - dt.timedelta(hours=10) - waited) <= second
    assert when[6] == when[5]
    assert when[7] - when[6] == dt.timedelta(hours=40)
    assert [row["mode"] for row in mine[2:9]] == [
        "TRUCK", "TRUCK", "TRUCK", "VESSEL", "VESSEL", "VESSEL", "VESSEL",
    ]  # fmt: skip
    assert [row["facility_type"] for row in mine] == [
        "CLOC", "CLOC", "CLOC", *["POTE"] * 8, "CLOC", "CLOC",
    ]  # fmt: skip
    assert mine[1]["classifier"] == "PLN"


def test_local_time_is_that_of_the_place_across_a_change_of_clocks() -> None:
    # Finland goes from +03:00 to +02:00 on 26 October 2025 at 01:00 UTC
    params = SimulateParams(1, warm_up_days=0)
    net = ferry(boxes(3650.0))
    one = prepare(net, start=dt.date(2025, 10, 20), days=14, params=params)
    rows, _ = logged(one)
    seen: set[tuple[str, bool]] = set()
    change = dt.datetime(2025, 10, 26, 1, tzinfo=dt.UTC)
    for row in rows:
        utc = dt.datetime.fromisoformat(row["event_utc"])
        local = dt.datetime.fromisoformat(row["event_local"])
        assert local == utc
        if row["country"] == "FI" and row["classifier"] == "ACT":
            seen.add((row["event_local"][-6:], utc >= change))
    assert seen <= {("+03:00", False), ("+02:00", True), ("+00:00", False), ("+00:00", True)}
    assert len(seen) == 2


def test_json_lines_tell_the_same_in_the_fields_of_dcsa() -> None:
    one = season(GATE)
    rows, _ = logged(one)
    out = io.BytesIO()
    write_events(one, out, as_json=True)
    bodies = [json.loads(line) for line in out.getvalue().splitlines()]
    assert len(bodies) == len(rows)
    for row, body in zip(rows, bodies, strict=True):
        kind = "transport" if body["eventType"] == "TRANSPORT" else "equipment"
        assert body["eventCreatedDateTime"] == row["created_utc"]
        assert body["eventDateTime"] == row["event_local"]
        assert body[f"{kind}EventTypeCode"] == row["event_code"]
        assert body["eventClassifierCode"] == row["classifier"]
        assert body["equipmentReference"] == row["lot"]
        assert body["transportCall"].get("modeOfTransport", "") == row["mode"]
        assert body["eventLocation"].get("UNLocationCode", "") == row["locode"]
        assert body["landbridge"]["waitedHours"] == float(row["waited_h"])


def test_the_run_up_is_told_too_and_the_bytes_are_the_same_each_time() -> None:
    one = season(warm_up=14)
    first, second = io.BytesIO(), io.BytesIO()
    write_events(one, first)
    write_events(one, second)
    assert first.getvalue() == second.getvalue()
    head, line = first.getvalue().decode().splitlines()[:2]
    assert head == ",".join(COLUMNS)
    assert line < START.isoformat()


@given(st.integers(0, 4_102_444_800_000))
def test_times_are_those_of_the_calendar(ticks: int) -> None:
    out = np.zeros(40, np.uint8)
    end = put_time(out, 0, ticks)
    when = dt.datetime.fromtimestamp(ticks // 1000, dt.UTC)
    assert bytes(out[:end]).decode() == f"{when:%Y-%m-%dT%H:%M:%S}"


@given(st.integers(0, 10**12))
def test_hours_have_four_digits_behind_the_point(ticks: int) -> None:
    out = np.zeros(40, np.uint8)
    end = put_hours(out, 0, ticks)
    assert float(bytes(out[:end])) == pytest.approx(ticks / 3_600_000, abs=5.1e-5)
