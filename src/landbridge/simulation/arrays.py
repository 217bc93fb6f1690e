"""A model as arrays: what the kernels read and write, and how a run begins."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.draws import LAW_COLUMNS, TABLE
from landbridge.kernels.events import NONE
from landbridge.kernels.season import (
    CALENDAR_EVENT,
    CALL_EVENT,
    LOSE_EVENT,
    MARK_EVENT,
    PASS_EVENT,
    PERIOD_EVENT,
    TURN_EVENT,
)  # fmt: skip
from landbridge.kernels.stations import (
    AMOUNT,
    BATCH,
    BINS,
    BOARDING,
    CAPACITY,
    DEPART,
    END,
    ENDLESS,
    FLOW_AT,
    FLOW_COLUMNS,
    FLOW_END,
    FLOW_LOAD,
    FLOW_RATED,
    FLOW_STEP,
    FLOW_STREAM,
    FROM,
    GO,
    HEAD,
    KEEP,
    KIND,
    LAW,
    LEAST,
    LOG_COLUMNS,
    LOSES,
    MOST,
    OUT_HEAD,
    OWNER,
    PACE,
    PATH_COLUMNS,
    PLACE_COLUMNS,
    POOL,
    ROOM,
    SAMPLES,
    SEND_LAW,
    SEND_TO,
    SERVE,
    SERVERS,
    SETS,
    SHARED,
    STAT_COLUMNS,
    STEP_COLUMNS,
    STREAM,
    TAG,
    TURN,
    WHEN_FULL,
    Stage,
    Tally,
    World,
)  # fmt: skip
from landbridge.simulation.law import Law
from landbridge.simulation.loop_marks import mark_loops
from landbridge.simulation.model import (
    Changes,
    Departures,
    Hourly,
    Model,
    Pool,
    Ride,
    Serve,
    Servers,
    Station,
    Step,
    Take,
)

TICKS = 3_600_000
"""Ticks an hour: times are whole milliseconds, so that equal times are equal."""
Clock = tuple[int, int, int, int]
"""Kind of event, station or path, first and end of its times."""
LAST_TICK = (1 << 62) - 1


def ticks(hours: float) -> int:
    """Hours as whole ticks."""
    return round(hours * TICKS)


def stream(seed: int, replication: int, name: str) -> int:
    """64 bits (as a signed number) of its own for each name in each replication of each seed."""
    text = f"{seed}/{replication}/{name}".encode()
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little", signed=True)


class Laws:
    """The laws of a model, each once."""

    def __init__(self) -> None:
        self._row: dict[Law, int] = {}
        self._table: list[float] = []
        self._rows: list[tuple[float, ...]] = []

    def row(self, law: Law | None) -> int:
        """Its row; NONE for none."""
        if law is None:
            return NONE
        if law not in self._row:
            self._row[law] = len(self._rows)
            self._rows.append(self._columns(law))
        return self._row[law]

    def _columns(self, law: Law) -> tuple[float, ...]:
        hour = float(TICKS)
        if law.family == TABLE:
            begin = len(self._table)
            self._table.extend(q * hour for q in law.quantiles)
            return (law.family, begin, len(law.quantiles) - 1, 0.0, law.plus * hour)
        b = law.b * hour if law.family == 1 else law.b
        return (law.family, law.a * hour, b, law.c, law.plus * hour)

    def arrays(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """All rows, and the quantiles of tables."""
        rows = np.array(self._rows, np.float64).reshape(-1, LAW_COLUMNS)
        return rows, np.array(self._table, np.float64)


class Times:
    """Stretches of times, one after the other."""

    def __init__(self) -> None:
        self._when: list[NDArray[np.int64]] = []
        self._much: list[NDArray[np.float64]] = []
        self._length = 0

    def stretch(self, when: Iterable[int], much: Sequence[float] | None = None) -> tuple[int, int]:
        """Append one; where it begins and ends."""
        times = np.array(list(when), np.int64)
        self._when.append(times)
        self._much.append(np.zeros(len(times)) if much is None else np.array(much, np.float64))
        begin = self._length
        self._length += len(times)
        return begin, self._length

    def counted(self, when: Sequence[int], much: Sequence[float]) -> int:
        """Append one that says first how many follow, which has a place in ``much``; its place."""
        return self.stretch([len(when), *when], much)[0]

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """All of them."""
        return (
            np.concatenate([np.zeros(0, np.int64), *self._when]),
            np.concatenate([np.zeros(0), *self._much]),
        )


@dataclass(frozen=True, eq=False)
class Arrays:
    """What is the same in all replications of a model. ``place`` and ``flow`` are the beginning."""

    world: World
    place: NDArray[np.int64]
    flow: NDArray[np.int64]
    clocks: NDArray[np.int64]
    periods: int
    marks: int

    def stage(self, model: Model, seed: int, replication: int) -> Stage:
        """The beginning of one replication."""
        place, flow = self.place.copy(), self.flow.copy()
        for s, station in enumerate(model.stations):
            place[s, STREAM] = stream(seed, replication, f"station {station.name}")
        for f, path in enumerate(model.paths):
            flow[f, FLOW_STREAM] = stream(seed, replication, f"path {path.name}")
        return Stage(place, flow, np.zeros(len(place), np.int64))

    def tally(self, log_rows: int) -> Tally:
        """Counters at zero."""
        n, f = len(self.place), len(self.flow)
        return Tally(
            np.zeros((n, self.periods, STAT_COLUMNS), np.int64),
            np.zeros((n, BINS), np.int64),
            np.zeros((f, self.periods, PATH_COLUMNS), np.int64),
            np.zeros((f, BINS), np.int64),
            np.zeros((self.marks, n, 2), np.int32),
            np.zeros((n, 2), np.int64),
            np.zeros((n, SAMPLES, 2), np.int64),
            np.zeros((log_rows, LOG_COLUMNS), np.int64),
        )


def arrays_of(model: Model) -> Arrays:
    """The arrays of a model that has been checked."""
    laws, times = Laws(), Times()
    index = {station.name: s for s, station in enumerate(model.stations)}
    end = ticks(model.hours)
    clocks: list[Clock] = []
    period, mark = ticks(model.period), ticks(model.mark)
    # no period of a few ticks at the end, where only rounding makes one
    edges = range(period, end - period // 1000, period)
    marks = range(0, end, mark) if mark else range(0)
    if edges:
        clocks.append((PERIOD_EVENT, 0, *times.stretch(edges)))
    if marks:
        first, last = times.stretch(marks)
        clocks.append((MARK_EVENT, first, first, last))
    place = np.zeros((len(model.stations), PLACE_COLUMNS), np.int64)
    for s, station in enumerate(model.stations):
        _place(station, place[s], laws, index)
        clocks += _clocks(s, station, place[s], times, end)
    step, starts = _steps(model, laws, times, index)
    mark_loops(step, place)
    flow = np.zeros((len(model.paths), FLOW_COLUMNS), np.int64)
    for f, path in enumerate(model.paths):
        flow[f, FLOW_STEP] = starts[f]
        flow[f, FLOW_LOAD] = path.load
        flow[f, FLOW_RATED] = 1 if path.rates else 0
        if path.rates:
            when = [ticks(t) for t, _ in path.rates] + [end]
            rates = [rate / TICKS for _, rate in path.rates] + [0.0]
            flow[f, FLOW_AT], flow[f, FLOW_END] = times.stretch(when, rates)
        else:
            flow[f, FLOW_AT], flow[f, FLOW_END] = times.stretch(ticks(t) for t in path.times)
    clocks += _turns(model, starts, times, end)
    law, table = laws.arrays()
    when_all, much_all = times.arrays()
    return Arrays(
        World(step, law, table, when_all, much_all), place, flow,
        np.array(clocks, np.int64).reshape(-1, 4), len(edges) + 1, len(marks),
    )  # fmt: skip


def _clocks(
    s: int, station: Station, row: NDArray[np.int64], times: Times, end: int
) -> list[Clock]:
    """The clocks of a station; sets SERVERS as it begins, MOST and PACE."""
    clocks: list[Clock] = []
    if isinstance(station, Servers):
        if station.pace:
            row[PACE] = times.counted(
                [ticks(t) for t, _ in station.pace], [0.0, *(pace for _, pace in station.pace)]
            )
        clocks += _hourly(PASS_EVENT, s, station.passes, times, end)
    if not isinstance(station, Pool):
        clocks += _hourly(LOSE_EVENT, s, station.loses_at, times, end)
    row[SERVERS], when, much = _changes(station, row, end)
    if when:
        clocks.append((CALENDAR_EVENT, s, *times.stretch(when, much)))
    if isinstance(station, Departures) and station.times:
        clocks.append((CALL_EVENT, s, *times.stretch(ticks(t) for t in station.times)))
    return clocks


def _turns(model: Model, starts: list[int], times: Times, end: int) -> list[Clock]:
    """A clock of each path whose boxes set out on other steps at some hour."""
    row_of = {path.name: starts[f] for f, path in enumerate(model.paths)}
    clocks: list[Clock] = []
    for f, path in enumerate(model.paths):
        turns = [(ticks(t), float(row_of[name])) for t, name in path.turns if ticks(t) < end]
        if turns:
            stretch = times.stretch((t for t, _ in turns), [row for _, row in turns])
            clocks.append((TURN_EVENT, f, *stretch))
    return clocks


def _hourly(kind: int, s: int, hourly: Hourly, times: Times, end: int) -> list[Clock]:
    """A clock of a station that tells an hour at each hour, where there is any before the end."""
    held = [(ticks(t), float(ticks(hour))) for t, hour in hourly if ticks(t) < end]
    if not held:
        return []
    return [(kind, s, *times.stretch((t for t, _ in held), [hour for _, hour in held]))]


def _place(station: Station, row: NDArray[np.int64], laws: Laws, index: dict[str, int]) -> None:
    """All columns of a station but how many servers there are."""
    row[HEAD] = row[OUT_HEAD] = row[BOARDING] = row[SEND_TO] = row[SEND_LAW] = row[TURN] = NONE
    row[PACE] = NONE
    row[ROOM] = ENDLESS if station.room is None else station.room
    row[LOSES] = station.loses
    if isinstance(station, Servers):
        row[KIND] = SERVE
    elif isinstance(station, Pool):
        row[KIND] = POOL
        row[KEEP], row[BATCH] = station.keep, station.batch
        if station.send_to is not None:
            row[SEND_TO] = index[station.send_to]
            row[SEND_LAW] = laws.row(station.send)
    else:
        row[KIND] = DEPART
        row[CAPACITY], row[LEAST] = station.capacity, station.least
        row[WHEN_FULL] = station.when_full
        row[SETS] = ENDLESS if station.fleet is None else station.fleet
        row[TURN] = laws.row(station.turn)


def _changes(
    station: Station, row: NDArray[np.int64], end: int
) -> tuple[int, list[int], list[float]]:
    """Servers at the start, the times at which they change and by how many; sets MOST."""
    if isinstance(station, Servers):
        number = station.servers
    elif isinstance(station, Pool):
        number = station.units
    else:
        number = 1
    base = ENDLESS if number is None else number
    changes: Changes = station.changes
    if isinstance(station, Pool):
        changes = tuple((t, base + delta) for t, delta in changes)
    held = [(ticks(t), min(n, ENDLESS)) for t, n in changes if ticks(t) < end]
    row[MOST] = max([base, *(n for _, n in held)])
    now, when, much = base, list[int](), list[float]()
    for t, n in held:
        if t <= 0:
            base = now = n
        elif n != now:
            when.append(t)
            much.append(float(n - now))
            now = n
    return base, when, much


def _steps(
    model: Model, laws: Laws, times: Times, index: dict[str, int]
) -> tuple[NDArray[np.int64], list[int]]:
    """The rows of all steps, and where each path begins."""
    count = sum(len(path.steps) + 1 for path in model.paths)
    step = np.zeros((count, STEP_COLUMNS), np.int64)
    step[:, [GO, LAW, FROM, SHARED]] = [END, NONE, NONE, NONE]
    held: dict[tuple[tuple[int, float], ...], int] = {}
    starts: list[int] = []
    i = 0
    for f, path in enumerate(model.paths):
        starts.append(i)
        for k, one in enumerate(path.steps):
            _step(one, k, step[i], laws, index)
            if isinstance(one, Serve) and one.shared:
                if one.shared not in held:
                    held[one.shared] = times.counted(*_weights(one.shared))
                step[i, SHARED] = held[one.shared]
            step[i, OWNER] = f
            i += 1
        step[i, OWNER] = f
        i += 1
    return step, starts


def _step(one: Step, k: int, row: NDArray[np.int64], laws: Laws, index: dict[str, int]) -> None:
    row[TAG], row[AMOUNT] = k, 1
    if isinstance(one, Serve):
        row[GO], row[LAW] = index[one.station], laws.row(one.law)
        row[TAG] = k if one.tag is None else one.tag
    elif isinstance(one, Ride):
        row[GO], row[LAW] = index[one.departures], laws.row(one.law)
    elif isinstance(one, Take):
        row[GO], row[AMOUNT] = index[one.pool], one.units
    else:
        row[GO], row[FROM], row[AMOUNT] = index[one.pool], index[one.taken_from], one.units
        row[LAW] = laws.row(one.law)
        row[TAG] = k if one.tag is None else one.tag


def _weights(shared: tuple[tuple[int, float], ...]) -> tuple[list[int], list[float]]:
    """Names, and the weights of normal numbers, a step's own first."""
    own = 1.0 - sum(share for _, share in shared)
    return [name for name, _ in shared], [math.sqrt(x) for x in (own, *(s for _, s in shared))]
