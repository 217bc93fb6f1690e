"""The comparison of two runs for people, in 80 columns, and for programs."""

from __future__ import annotations

import math
from collections.abc import Sequence

from landbridge.routing.wrap import fitted, wrapped
from landbridge.simulation.run_compare import Difference, RunComparison, rows_of
from landbridge.simulation.run_open import OpenedRun

Json = dict[str, object]
MOST_ROWS = 12
"""Places listed; --json has all."""
PLACES = 4
WORTH_H = 0.05
"""A wait shorter than this in both runs is not listed."""


def comparison_text(found: RunComparison) -> str:
    """The whole comparison."""
    titles = {
        way.cargo: way.title for run in (found.b, found.a) for way in run.facts.ways
    }  # the first run's last, so that its words hold
    waits = [one for one in found.waits if _most(one) >= WORTH_H][:MOST_ROWS]
    parts = [
        _head(found),
        _table("Door to door, days", [found.door_h], 24.0),
        _table("Arrived, in kt by branch", found.branches, 1e3),
        [
            _line(one, scale, label)
            for one, (scale, label) in zip(found.totals, TOTALS, strict=True)
        ],
        _table("Waits in hours, the largest change of lot-hours first", waits, 1.0),
        _table("Door to door by cargo, days", found.doors, 24.0, titles),
        _notes(found),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part)


TOTALS = ((1e3, "all, kt"), (1e6, "all, M USD"), (1e3, "all, kt CO2e"))
"""How the totals are told: divided by what, under which name."""


def _head(found: RunComparison) -> list[str]:
    lines = [*_run("A", found.a), *_run("B", found.b)]
    if found.differs:
        odd = "; ".join(f"{one.name} ({one.there}, {one.here})" for one in found.differs)
        lines += wrapped(f"A and B differ in {odd}")
    else:
        lines += wrapped("Both were asked the same.")
    if found.pairs:
        lines += wrapped(
            f"+- is half the 95 % interval of the change, over {_pairs(found.pairs)} with the same"
            " draws"
        )
    else:
        lines += wrapped(
            "+- is half the 95 % interval of the change; seeds differ, so that the runs are taken"
            " as independent: the same seed tells smaller changes from noise"
        )
    return lines


def _pairs(count: int) -> str:
    return "1 pair" if count == 1 else f"{count} pairs of replications"


def _run(name: str, run: OpenedRun) -> list[str]:
    f = run.facts
    under = f", scenarios {', '.join(f.scenarios)}" if f.scenarios else ""
    state = "" if run.finished else ", not finished"
    count = len(run.numbers)
    many = "1 replication" if count == 1 else f"{count} replications"
    return wrapped(
        f"{name}: {run.folder}: {f.days} days from {f.start} on {f.case}{under}; {many}, seed"
        f" {f.seed}{state}"
    )


def _table(
    title: str, rows: Sequence[Difference], scale: float, titles: dict[str, str] | None = None
) -> list[str]:
    if not rows:
        return []
    head = f"{title:<36}" if len(title) <= 36 else f"{title}\n{'':<36}"  # noqa: PLR2004 - its column
    lines = [f"{head}{'A':>10}{'B':>10}{'B - A':>9}{'+-':>8}"]
    for one in rows:
        name = (titles or {}).get(one.name, one.name)
        lines.append(_line(one, scale, f"{name} {one.direction}".strip()))
    return lines


def _line(one: Difference, scale: float, name: str) -> str:
    label = fitted(name, 35)
    change = _figure(one.change.mean / scale, signed=True)
    half = _figure(one.change.half / scale) if math.isfinite(one.change.half) else "?"
    noise = "  noise" if change and one.noise else ""
    if one.change.mean == 0 == one.change.half:
        noise = "  same"
    return (
        f"{label:<36}{_figure(one.a / scale):>10}{_figure(one.b / scale):>10}{change:>9}"
        f"{half if change else '':>8}{noise}"
    )


def _figure(value: float, *, signed: bool = False) -> str:
    if not math.isfinite(value):
        return ""
    sign = "+" if signed else ""
    digits = 1 if abs(value) < 10_000 else 0  # noqa: PLR2004 - room
    return format(round(value, digits) + 0.0, f"{sign},.{digits}f")  # no -0.0


def _most(one: Difference) -> float:
    return max((abs(value) for value in (one.a, one.b) if math.isfinite(value)), default=0.0)


def _notes(found: RunComparison) -> list[str]:
    told = [one for one in rows_of(found) if math.isfinite(one.change.half)]
    clear = sum(not one.noise for one in told)
    lines: list[str] = []
    if told:
        lines += wrapped(
            f"{clear} of {len(told)} changes are larger than their noise; by chance alone one in"
            " twenty would be."
        )
    else:
        lines += wrapped("One pair tells nothing of noise: simulate more --replications.")
    for name, run in (("A", found.a), ("B", found.b)):
        growing = [one.place for one in run.report.waits if one.grows]
        if growing:
            named = "; ".join(growing[:3]) + ("; ..." if len(growing) > 3 else "")  # noqa: PLR2004
            lines += wrapped(f"In {name} queues grow until the end: {named}.")
    return lines


def comparison_json(found: RunComparison) -> Json:
    """As of docs/json.md."""
    return {
        "a": _run_json(found.a),
        "b": _run_json(found.b),
        "differs": [{"field": one.name, "a": one.there, "b": one.here} for one in found.differs],
        "pairs": found.pairs,
        "door_hours": _row(found.door_h),
        "totals": [_row(one) for one in found.totals],
        "branches": [_row(one) for one in found.branches],
        "waits": [_row(one) for one in found.waits],
        "doors": [_row(one) for one in found.doors],
    }


def _run_json(run: OpenedRun) -> Json:
    f = run.facts
    return {
        "folder": str(run.folder), "finished": run.finished, "case": f.case,
        "scenarios": list(f.scenarios), "network_hash": f.network, "version": f.version,
        "start": f.start, "days": f.days, "seed": f.seed, "replications": len(run.numbers),
    }  # fmt: skip


def _row(one: Difference) -> Json:
    return {
        "name": one.name, "direction": one.direction, "unit": one.unit, "a": _number(one.a),
        "b": _number(one.b), "change": _number(one.change.mean),
        "half_width": _number(one.change.half), "noise": one.noise,
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(value, PLACES) if math.isfinite(value) else None
