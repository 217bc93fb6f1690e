"""The event log of one replication as CSV or JSON lines, written while the replication runs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np

from landbridge.kernels.lines import CREATED, HAPPENED, LOCAL, LOT, WAITED, Forms, put_lines
from landbridge.kernels.stations import LOG_BITS, OWNER, World
from landbridge.models.clock import clock
from landbridge.routing.zones import zones_of
from landbridge.simulation.arrays import ticks
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.entries import Longs
from landbridge.simulation.result import Result
from landbridge.simulation.season import Season
from landbridge.simulation.tracking import Event, Tracking
from landbridge.simulation.ways import Way
from landbridge.simulation.world import EPOCH

COLUMNS = (
    "created_utc", "event_utc", "event_local", "lot", "waited_h", "event_type", "event_code",
    "classifier", "mode", "facility_type", "locode", "place", "country", "lat", "lon", "cargo",
    "way", "leg", "service", "station", "empty_indicator",
)  # fmt: skip
"""Of the CSV; docs/simulate.md tells what each holds."""
GAP = "\x00"
"""Stands in a form where a time or number goes; no word of a network has it."""
ROOM = 1 << 22
"""Bytes of text between two writings to the file."""


@dataclass(frozen=True, slots=True)
class Written:
    """What has been written, and the counts of the same replication."""

    lines: int
    result: Result


def write_events(
    season: Season,
    out: BinaryIO,
    *,
    as_json: bool = False,
    number: int = 0,
    progress: Callable[[float], bool] | None = None,
) -> Written:
    """Write what happens to every lot of replication ``number`` (from 0), the run-up included.

    Same draws and hence the same times as the replication of that number. Lines come in the order
    of ``created_utc``. Memory is bounded: a block of entries and a buffer of text.
    """
    span = season.span
    prepared = Prepared(season.world.model(season.seed, number, span, season.shares))
    forms = forms_of(season, prepared.arrays.world, as_json=as_json)
    epoch = ticks((span.first - EPOCH).total_seconds() / 3600.0)
    text = np.zeros(ROOM, np.uint8)
    lines = 0
    if not as_json:
        out.write((",".join(COLUMNS) + "\n").encode())

    def write(log: Longs) -> None:
        nonlocal lines
        done = np.zeros(2, np.int64)
        while done[0] < len(log):
            size = put_lines(forms, log, epoch, text, done)
            out.write(text[:size].data)
        lines += int(done[1])

    result = Run(prepared, season.seed, number, write).finish(progress)
    return Written(lines, result)


def forms_of(season: Season, world: World, *, as_json: bool) -> Forms:
    """Lines by what happened, for the steps of a prepared model of this season."""
    tracking = Tracking(season.world.net)
    zones = zones_of(season.world.net)
    cases = [list[int]() for _ in range(len(world.step) << LOG_BITS)]
    cuts: list[list[int]] = []
    ahead: list[int] = []
    waits: list[bool] = []
    stretch: list[tuple[int, int]] = []
    since: list[int] = []
    offset: list[int] = []
    known: dict[str, tuple[int, int]] = {}
    text = bytearray()
    owner = world.step[:, OWNER]
    first: list[int] = np.searchsorted(owner, np.arange(len(season.world.ways))).tolist()
    for row, way, steps, legs in zip(
        first, season.world.ways, season.world.steps, season.world.legs, strict=True
    ):
        for step, event in tracking.events(way, steps, legs):
            cases[(row + step) << LOG_BITS | event.what].append(len(cuts))
            pieces = (_json_line(way, event) if as_json else _csv_line(way, event)).split(GAP)
            marks = [len(text)]
            for piece in pieces:
                text += piece.encode()
                marks.append(len(text))
            cuts.append(marks)
            ahead.append(ticks(event.planned_h or 0.0))
            waits.append(bool(event.station))
            zone = zones.at(event.spot.lat, event.spot.lon)
            if zone not in known:
                hours = clock(zone)
                known[zone] = len(since), len(since) + len(hours.since)
                since += [ticks(h) if np.isfinite(h) else -(1 << 62) for h in hours.since.tolist()]
                offset += [ticks(h) for h in hours.offset.tolist()]
            stretch.append(known[zone])
    order = [k for case in cases for k in case]
    return Forms(
        np.cumsum([0, *(len(case) for case in cases)]),
        np.array(cuts, np.int64)[order],
        np.array(ahead, np.int64)[order],
        np.array(waits, np.bool_)[order],
        np.array(stretch, np.int64)[order],
        np.array((CREATED, LOCAL, LOT, WAITED) if as_json else
                 (CREATED, HAPPENED, LOCAL, LOT, WAITED)),
        np.frombuffer(bytes(text), np.uint8),
        np.array(since, np.int64),
        np.array(offset, np.int64),
    )  # fmt: skip


def _csv_line(way: Way, event: Event) -> str:
    """The fields of a form after those that are filled in."""
    spot = event.spot
    fields = (
        event.kind, event.code, _classifier(event), event.mode, event.facility, spot.locode,
        spot.name, spot.country, f"{spot.lat:.5f}", f"{spot.lon:.5f}", way.cargo.id, way.id,
        event.leg, event.service, event.station, _empty(event),
    )  # fmt: skip
    body = io.StringIO()
    csv.writer(body, lineterminator="\n").writerow([str(one).replace(GAP, "") for one in fields])
    return f"{GAP},{GAP},{GAP},{GAP},{GAP}," + body.getvalue()


def _json_line(way: Way, event: Event) -> str:
    """An event as DCSA has it; what DCSA has no word for stands under ``landbridge``."""
    spot = event.spot
    code = "transportEventTypeCode" if event.kind == "TRANSPORT" else "equipmentEventTypeCode"
    place: dict[str, object] = {"locationName": spot.name}
    if spot.locode:
        place["UNLocationCode"] = spot.locode
    place |= {"latitude": f"{spot.lat:.5f}", "longitude": f"{spot.lon:.5f}"}
    call: dict[str, object] = {"facilityTypeCode": event.facility}
    if event.mode:
        call["modeOfTransport"] = event.mode
    body: dict[str, object] = {
        "eventType": event.kind,
        code: event.code,
        "eventClassifierCode": _classifier(event),
        **({} if event.kind == "TRANSPORT" else {"emptyIndicatorCode": _empty(event)}),
        "transportCall": call,
        "eventLocation": place,
    }
    ours: dict[str, object] = {
        "cargo": way.cargo.id, "way": way.id, "leg": event.leg, "service": event.service,
        "station": event.station, "country": spot.country,
    }  # fmt: skip
    fixed, own = (_inner(one) for one in (body, ours))
    return (
        f'{{"eventCreatedDateTime":"{GAP}","eventDateTime":"{GAP}","equipmentReference":"{GAP}",'
        f'{fixed},"landbridge":{{"waitedHours":{GAP},{own}}}}}\n'
    )


def _inner(body: dict[str, object]) -> str:
    """A record without its braces."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace(GAP, "")[1:-1]


def _classifier(event: Event) -> str:
    return "ACT" if event.planned_h is None else "PLN"


def _empty(event: Event) -> str:
    return "LADEN" if event.kind == "EQUIPMENT" else ""
