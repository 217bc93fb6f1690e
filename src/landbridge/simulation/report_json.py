"""A run as JSON, see docs/json.md."""

from __future__ import annotations

import math
from collections.abc import Sequence

from landbridge.simulation.bottlenecks import Gain
from landbridge.simulation.report import Estimate, Report

Json = dict[str, object]
PLACES = 4


def report_json(found: Report, gains: Sequence[Gain] = ()) -> Json:
    """All tables of a report; ``gains``: of ``bottlenecks``, where it was asked for."""
    f = found.facts
    return {
        "bottlenecks": [
            {"place": one.place, "kind": one.kind, "element": one.element,
             "estimated": one.estimated, "change": one.change, "hours": _estimate(one.hours),
             "tonnes": _estimate(one.tonnes)}
            for one in gains
        ],
        "run": {
            "case": f.case, "base_case": f.base_case, "network_hash": f.network,
            "version": f.version, "scenarios": list(f.scenarios), "start": f.start, "days": f.days,
            "warm_up_days": f.warm_up_days, "steady": f.steady, "rounds": f.rounds,
            "settled": f.settled, "seed": f.seed, "factor": f.factor,
            "replications": found.replications,
            "shut": [
                {"place": one.place, "since": one.since, "until": one.until, "share": one.share,
                 "stations": list(one.stations)}
                for one in f.shut
            ],
            "when_shut": f.when_shut,
        },
        "door_hours": _estimate(found.door_h),
        "under_way": {"start": found.under_way[0], "end": found.under_way[1]},
        "boxes": [
            {"place": one.place, "out_teu": _estimate(one.out_teu),
             "in_teu": _estimate(one.in_teu), "left_teu": _estimate(one.left_teu),
             "back_km": _number(one.back_km), "back_teu_km": _number(one.back_teu_km)}
            for one in found.boxes
        ],
        "through": [
            {"branch": one.branch, "direction": one.direction, "tonnes": _estimate(one.tonnes),
             "teu": _number(one.teu), "tonne_km": _number(one.tonne_km), "usd": _number(one.usd),
             "co2e_t": _number(one.co2e_t)}
            for one in found.through
        ],
        "waits": [
            {"place": one.place, "kind": one.kind, "element": one.element,
             "estimated": one.estimated, "lots": _number(one.lots),
             "hours": {**_estimate(one.mean_h), "p50": _number(one.p50_h),
                       "p90": _number(one.p90_h), "p99": _number(one.p99_h),
                       "worst": _number(one.worst_h)},
             "queue": _number(one.queue), "standing": _number(one.standing),
             "used": _number(one.used), "lot_hours_a_day": _estimate(one.lost_h),
             "grows": one.grows}
            for one in found.waits
        ],
        "doors": [
            {"cargo": one.cargo, "title": one.title, "direction": one.direction,
             "unit": one.unit, "offered": _number(one.offered), "arrived": _number(one.arrived),
             "free_hours": _number(one.free_h),
             "hours": {**_estimate(one.mean_h), "p50": _number(one.p50_h),
                       "p90": _number(one.p90_h)}}
            for one in found.doors
        ],
        "held": [
            {"what": one.what, "place": one.place or None, "lots": _estimate(one.lots),
             "t": _number(one.tonnes), "teu": _number(one.teu), "hours": _number(one.hours)}
            for one in found.held
        ],
        "ways": [
            {"id": one.id, "cargo": one.cargo, "name": one.name, "branch": one.branch,
             "share": one.share, "km": _number(one.km)}
            for one in f.ways
        ],
        "lines": [
            {"line": one.line, "service": one.service, "departures": _number(one.departures),
             "carried_t": _number(one.carried_t), "load": _number(one.load),
             "missed": _number(one.missed), "late": _number(one.late),
             "estimated": one.estimated}
            for one in found.lines
        ],
        "counts": [
            {"id": one.id, "title": one.title, "unit": one.unit, "counted": one.counted,
             "low": one.low, "high": one.high, "simulated": _estimate(one.simulated),
             "off": _number(one.off)}
            for one in found.counts
        ],
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(float(value), PLACES) if math.isfinite(value) else None


def _estimate(one: Estimate) -> Json:
    return {"mean": _number(one.mean), "half_width": _number(one.half)}
