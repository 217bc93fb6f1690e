"""Tables of a run: waits by place, throughput, doors, lines, counts, what binds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.schema.column import Floats
from landbridge.simulation.boxes import Boxes, boxes_of
from landbridge.simulation.facts import Facts
from landbridge.simulation.held import Held, held_by
from landbridge.simulation.interval import Estimate, estimate
from landbridge.simulation.replication import Counts, Replication
from landbridge.simulation.result import quantile
from landbridge.units import DAYS_PER_YEAR, HOURS_PER_DAY

MEGA = 1e6


@dataclass(frozen=True, slots=True)
class Wait:
    """Waits at one station."""

    place: str
    kind: str
    element: str
    estimated: bool
    lots: float
    """Lots that started there, per replication."""
    mean_h: Estimate
    p50_h: float
    p90_h: float
    p99_h: float
    worst_h: float
    queue: float
    """Lots waiting, on average."""
    standing: float
    """Lots waiting at the end."""
    used: float
    """Share of its time or load in use; nan where it has no end."""
    lost_h: Estimate
    """Lot-hours waited in a day, over all lots: by it what binds is ranked."""
    grows: bool
    """Whether the queue in the last third is longer than in the first by more than noise."""


@dataclass(frozen=True, slots=True)
class Door:
    """Cargo of one row of demand, from door to door."""

    cargo: str
    title: str
    direction: str
    offered: float
    arrived: float
    unit: str
    free_h: float
    mean_h: Estimate
    p50_h: float
    p90_h: float


@dataclass(frozen=True, slots=True)
class Through:
    """What arrived by a branch in a direction."""

    branch: str
    direction: str
    tonnes: Estimate
    teu: float
    tonne_km: float
    usd: float
    co2e_t: float


@dataclass(frozen=True, slots=True)
class LineUse:
    """Departures of a line."""

    line: str
    service: str
    departures: float
    carried_t: float
    load: float
    """Share of the load that is used; nan without an end."""
    missed: float
    """Lots left behind by a departure."""
    late: float
    """Departures that waited for a set."""
    estimated: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """A count and what is simulated, both of a year."""

    id: str
    title: str
    unit: str
    counted: float
    low: float
    high: float
    simulated: Estimate

    @property
    def off(self) -> float:
        """Simulated less counted, as a share of the count."""
        return self.simulated.mean / self.counted - 1 if self.counted else np.nan


@dataclass(frozen=True, eq=False)
class Report:
    """All tables of a run."""

    facts: Facts
    replications: int
    door_h: Estimate
    """Mean of all cargo, weighed by t."""
    waits: tuple[Wait, ...]
    """Most waited for first; stations at which nobody can wait are left out."""
    doors: tuple[Door, ...]
    through: tuple[Through, ...]
    lines: tuple[LineUse, ...]
    counts: tuple[Compared, ...]
    under_way: tuple[float, float]
    """Lots under way at the start and at the end of the season."""
    held: tuple[Held, ...]
    """What closures did to cargo."""
    boxes: tuple[Boxes, ...]
    """Containers by place; those that pile up go back empty."""


def report_of(facts: Facts, runs: Sequence[Replication]) -> Report:
    """The tables of some replications, at least one."""
    lot = np.array([way.lot_t for way in facts.ways])
    door = [_share(float((one.door_h * lot).sum()), float((one.done * lot).sum())) for one in runs]
    waits = [_wait(facts, runs, k) for k, at in enumerate(facts.stations) if at.kind != "delay"]
    waits.sort(key=lambda one: (-one.lost_h.mean, one.place))
    first = facts.warm_up_days
    return Report(
        facts, len(runs), estimate(door), tuple(waits), tuple(_doors(facts, runs)),
        tuple(_through(facts, runs)), tuple(_lines(facts, runs)), tuple(_counts(facts, runs)),
        (
            float(np.mean([one.under_way[first - 1] if first else 0 for one in runs])),
            float(np.mean([one.under_way[-1] for one in runs])),
        ),
        held_by(facts, runs), boxes_of(facts, runs),
    )  # fmt: skip


def _share(part: float, whole: float) -> float:
    return part / whole if whole else np.nan


def _mean(runs: Sequence[Replication], of: Callable[[Replication], float]) -> float:
    return float(np.mean([of(one) for one in runs]))


def _levels(bins: Counts) -> list[float]:
    return [float(quantile(bins[None, :], q)[0]) for q in (0.5, 0.9, 0.99)]


def _wait(facts: Facts, runs: Sequence[Replication], k: int) -> Wait:
    at = facts.stations[k]
    hours = facts.days * HOURS_PER_DAY
    p50, p90, p99 = _levels(np.sum([one.wait_bins[k] for one in runs], axis=0))
    used = np.nan
    if at.units and at.kind in ("gate", "yard", "vehicles"):
        used = _mean(runs, lambda one: float(one.busy_h[k])) / hours / at.units
    elif at.capacity_t:
        used = _load(facts, runs, k)
    third = max(1, facts.days // 3)
    early = [float(one.queue[:third, k].mean()) for one in runs]
    late = [float(one.queue[-third:, k].mean()) for one in runs]
    more = float(np.mean(late)) - float(np.mean(early))
    started = _mean(runs, lambda one: float(one.started[k]))
    return Wait(
        at.name, at.kind, at.element, at.estimated, started,
        estimate([_share(float(one.waited_h[k]), float(one.started[k])) if one.started[k] else 0.0
                  for one in runs]),
        p50, p90, p99, max(float(one.worst_h[k]) for one in runs),
        _mean(runs, lambda one: float(one.queue_h[k])) / hours,
        _mean(runs, lambda one: float(one.standing[k])), used,
        estimate([float(one.queue_h[k]) / facts.days for one in runs]),
        more > GROWS * max(started / facts.days, 1.0),
    )  # fmt: skip


GROWS = 2.0
"""A queue grows where its last third is longer than its first by more than so many days' lots."""


def _load(facts: Facts, runs: Sequence[Replication], k: int) -> float:
    trips = _mean(runs, lambda one: float(one.departed[k]))
    carried = _mean(runs, lambda one: float(one.carried_t[k]))
    return _share(carried, trips * facts.stations[k].capacity_t)


def _doors(facts: Facts, runs: Sequence[Replication]) -> list[Door]:
    found: list[Door] = []
    for name in dict.fromkeys(way.cargo for way in facts.ways):
        rows = [k for k, way in enumerate(facts.ways) if way.cargo == name]
        one = facts.ways[rows[0]]
        unit, per = ("TEU", one.lot_teu) if one.lot_teu else ("t", one.lot_t)
        bins = np.sum([run.door_bins[rows].sum(axis=0) for run in runs], axis=0)
        p50, p90, _ = _levels(bins)
        hours = [_share(float(run.door_h[rows].sum()), float(run.done[rows].sum())) for run in runs]
        found.append(
            Door(
                name, one.title, one.direction,
                _mean(runs, lambda run, rows=rows: float(run.born[rows].sum())) * per,
                _mean(runs, lambda run, rows=rows: float(run.done[rows].sum())) * per,
                unit, sum(facts.ways[k].free_h * facts.ways[k].share for k in rows),
                estimate(hours), p50, p90,
            )
        )  # fmt: skip
    return found


def _through(facts: Facts, runs: Sequence[Replication]) -> list[Through]:
    keys = sorted({(way.branch, way.direction) for way in facts.ways})
    found: list[Through] = []
    for branch, direction in keys:
        rows = [k for k, way in enumerate(facts.ways)
                if (way.branch, way.direction) == (branch, direction)]  # fmt: skip
        done = np.mean([run.done[rows] for run in runs], axis=0)

        def total(what: str, done: Floats = done, rows: list[int] = rows) -> float:
            each = np.array([getattr(facts.ways[k], what) for k in rows])
            return float((done * each).sum())

        lot = np.array([facts.ways[k].lot_t for k in rows])
        km = np.array([facts.ways[k].km for k in rows])
        found.append(
            Through(branch, direction,
                    estimate([float((run.done[rows] * lot).sum()) for run in runs]),
                    total("lot_teu"), float((done * lot * km).sum()), total("usd"),
                    total("wtw_kg") / 1000.0)
        )  # fmt: skip
    return found


def _lines(facts: Facts, runs: Sequence[Replication]) -> list[LineUse]:
    return [
        LineUse(
            at.name, at.element.partition(":")[2],
            _mean(runs, lambda run, k=k: float(run.departed[k])),
            _mean(runs, lambda run, k=k: float(run.carried_t[k])),
            _load(facts, runs, k) if at.capacity_t else np.nan,
            _mean(runs, lambda run, k=k: float(run.missed[k])),
            _mean(runs, lambda run, k=k: float(run.late[k])), at.estimated,
        )
        for k, at in enumerate(facts.stations) if at.kind == "line"
    ]  # fmt: skip


def _counts(facts: Facts, runs: Sequence[Replication]) -> list[Compared]:
    found: list[Compared] = []
    for one in facts.counts:
        rows = list(one.ways)
        per = np.array([facts.ways[k].lot_teu if one.unit == "TEU/year" else facts.ways[k].lot_t
                        for k in rows])  # fmt: skip
        year = DAYS_PER_YEAR / facts.days
        values = [float((run.done[rows] * per).sum()) * year if rows else 0.0 for run in runs]
        found.append(
            Compared(one.id, one.title, one.unit, one.value, one.low, one.high, estimate(values))
        )
    return found
