"""Whether a model can be run: every fault is told, not only the first."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from landbridge.errors import DataError, Fault
from landbridge.simulation.law import Law
from landbridge.simulation.model import (
    Departures,
    Give,
    Model,
    Path,
    Pool,
    Ride,
    Serve,
    Servers,
    Take,
)

MOST_AT_ONCE = 16
"""Steps in a row that take no time (pools): each may need room in the log, which is kept free."""
MOST_PERIODS = 100_000


def check_model(model: Model) -> None:
    """Raise ``DataError`` with all faults of a model."""
    faults: list[Fault] = []
    _check_times(model, faults)
    by_name: dict[str, Servers | Departures | Pool] = {}
    for station in model.stations:
        if station.name in by_name:
            faults.append(_fault(station.name, "its name", "two stations have one name"))
        by_name[station.name] = station
    for station in model.stations:
        where = f"station {station.name!r}"
        _check_station(station, where, faults)
        if isinstance(station, Departures):
            _check_departures(station, where, faults)
        elif isinstance(station, Pool):
            _check_pool(station, by_name, where, faults)
        else:
            _check_servers(station, where, faults)
    names = {path.name for path in model.paths}
    if len(names) < len(model.paths):
        faults.append(_fault("paths", "a name", "two paths have one name; draws hang on it"))
    for path in model.paths:
        _check_path(path, by_name, faults)
        _check_turns(path, names, faults)
    if faults:
        raise DataError(faults)


def _fault(where: str, found: str, rule: str, remedy: str = "") -> Fault:
    return Fault(f"simulation: {where}", found, rule, remedy)


def _check_times(model: Model, faults: list[Fault]) -> None:
    hours = (model.hours, model.warm_up, model.period, model.mark)
    if not all(math.isfinite(h) for h in hours) or model.hours <= 0 or model.period <= 0:
        faults.append(_fault("times", f"{hours}", "length and period must be above 0 hours"))
        return
    if model.warm_up >= model.hours:
        rule = f"it must end before the run, {model.hours:g} h"
        faults.append(
            _fault("warm-up", f"{model.warm_up:g} h", rule, "simulate longer, or warm up for less")
        )
    if model.warm_up < 0 or model.mark < 0:
        faults.append(_fault("times", f"{hours}", "none may be negative"))
    shortest = min(h for h in (model.period, model.mark) if h > 0)
    if model.hours / shortest > MOST_PERIODS:
        faults.append(
            _fault("periods", f"{model.hours / shortest:.0f}", f"at most {MOST_PERIODS} are kept")
        )


def _rises(times: Sequence[float]) -> bool:
    return all(math.isfinite(t) and t >= 0 for t in times) and all(
        a <= b for a, b in pairwise(times)
    )


def _check_station(
    station: Servers | Departures | Pool, where: str, faults: list[Fault]
) -> None:  # fmt: skip
    if station.room is not None and station.room < 0:
        faults.append(_fault(where, f"room {station.room}", "0 or more places are possible"))
    if not _rises([t for t, _ in station.changes]):
        faults.append(_fault(where, "changes", "hours must rise from 0 or more"))
    if not isinstance(station, Pool):
        if not _rises([t for t, _ in station.loses_at]):
            faults.append(_fault(where, "who is lost", "hours must rise from 0 or more"))
        if any(not math.isfinite(hours) or hours < 0 for _, hours in station.loses_at):
            faults.append(_fault(where, "who is lost", "a wait is 0 hours or more"))
    if not isinstance(station, Pool) and any(n < 0 for _, n in station.changes):
        faults.append(_fault(where, "changes", "a number of servers is negative"))


def _check_servers(station: Servers, where: str, faults: list[Fault]) -> None:
    if station.servers is not None and station.servers < 0:
        faults.append(_fault(where, f"{station.servers} servers", "0 or more are possible"))
    if not all(_rises([one[k] for one in station.passes]) for k in (0, 1)):
        faults.append(_fault(where, "who passes", "hours must rise from 0 or more"))
    if station.passes and station.room is not None:
        faults.append(_fault(where, f"room {station.room}", "a queue let through has no end"))
    if not _rises([t for t, _ in station.pace]):
        faults.append(_fault(where, "a pace", "hours must rise from 0 or more"))
    if any(not math.isfinite(pace) or pace <= 0 for _, pace in station.pace):
        faults.append(_fault(where, "a pace", "an hour of work takes more than 0 hours"))


def _check_law(law: Law | None, where: str, faults: list[Fault]) -> None:
    wrong = None if law is None else law.fault()
    if wrong is not None:
        faults.append(_fault(where, "a law of time", wrong))


def _check_departures(station: Departures, where: str, faults: list[Fault]) -> None:
    _check_law(station.turn, where, faults)
    if station.capacity < 1:
        faults.append(_fault(where, f"capacity {station.capacity}", "nothing could ever leave"))
    if station.room == 0:
        faults.append(_fault(where, "room 0", "boxes must stand somewhere until a departure"))
    if not station.times and not station.when_full:
        faults.append(_fault(where, "no times", "nothing could ever leave", "or when_full"))
    if not _rises(station.times):
        faults.append(_fault(where, "times", "hours must rise from 0 or more"))
    if station.fleet is not None and station.fleet < 1:
        faults.append(_fault(where, f"fleet {station.fleet}", "nothing could ever leave"))
    if station.least > station.capacity:
        faults.append(_fault(where, f"least {station.least}", "more than fits: it never leaves"))
    if station.room is not None and station.room < station.least:
        faults.append(_fault(where, f"least {station.least}", "more than the room can hold"))


def _check_pool(
    station: Pool, by_name: dict[str, Servers | Departures | Pool], where: str, faults: list[Fault]
) -> None:
    _check_law(station.send, where, faults)
    if station.units is not None and station.units < 0:
        faults.append(_fault(where, f"{station.units} units", "0 or more are possible"))
    if station.send_to is not None and not isinstance(by_name.get(station.send_to), Pool):
        faults.append(_fault(where, f"send_to {station.send_to!r}", "it must be a pool"))
    other = by_name.get(station.send_to or "")
    if isinstance(other, Pool) and other.send_to is not None:
        rule = "a pool that is sent to may not send on, or empties would go round for ever"
        faults.append(_fault(where, f"send_to {station.send_to!r}", rule))
    if station.batch < 1 or station.keep < 0:
        faults.append(_fault(where, f"batch {station.batch}, keep {station.keep}",
                             "batches are 1 or more, what is kept 0 or more"))  # fmt: skip


def _check_path(
    path: Path, by_name: dict[str, Servers | Departures | Pool], faults: list[Fault]
) -> None:
    where = f"path {path.name!r}"
    if bool(path.rates) == bool(path.times) and path.rates:
        faults.append(_fault(where, "rates and times", "one of the two says when boxes set out"))
    if not _rises([t for t, _ in path.rates]) or not _rises(path.times):
        faults.append(_fault(where, "times", "hours must rise from 0 or more"))
    if any(rate < 0 or not math.isfinite(rate) for _, rate in path.rates):
        faults.append(_fault(where, "a rate", "boxes an hour are 0 or more"))
    if path.load < 1:
        faults.append(_fault(where, f"load {path.load}", "a box takes 1 or more"))
    _check_steps(path, by_name, where, faults)


def _check_turns(path: Path, names: set[str], faults: list[Fault]) -> None:
    where = f"path {path.name!r}"
    if not _rises([t for t, _ in path.turns]):
        faults.append(_fault(where, "turns", "hours must rise from 0 or more"))
    unknown = dict.fromkeys(name for _, name in path.turns if name not in names)
    rule = "it must be a path of the model"
    faults += [_fault(where, f"turns to {name!r}", rule) for name in unknown]


def _check_steps(
    path: Path,
    by_name: dict[str, Servers | Departures | Pool],
    where: str,
    faults: list[Fault],
) -> None:
    at_once = 0
    out: dict[str, int] = {}
    for k, step in enumerate(path.steps):
        here = f"{where}, step {k + 1}"
        at_once = at_once + 1 if isinstance(step, Take | Give) else 0
        if at_once > MOST_AT_ONCE:
            faults.append(_fault(here, "a pool", f"at most {MOST_AT_ONCE} in a row"))
        if isinstance(step, Serve):
            _check_law(step.law, here, faults)
            _check_kind(step.station, Servers, by_name, here, faults)
            parts = [share for _, share in step.shared]
            if any(not share >= 0 for share in parts) or not sum(parts) < 1:
                faults.append(_fault(here, f"shares {parts}", "0 or more each, together below 1"))
        elif isinstance(step, Ride):
            _check_law(step.law, here, faults)
            if _check_kind(step.departures, Departures, by_name, here, faults):
                _check_fits(path, by_name[step.departures], here, faults)
        elif _check_kind(step.pool, Pool, by_name, here, faults):
            _check_units(step, by_name, out, here, faults)
    for pool, units in out.items():
        if units > 0:
            rule = "every path must give back what it takes, or the pool runs dry"
            faults.append(_fault(where, f"{units} units of {pool!r} stay out", rule))


def _check_kind(
    name: str,
    kind: type[Servers | Departures | Pool],
    by_name: dict[str, Servers | Departures | Pool],
    where: str,
    faults: list[Fault],
) -> bool:
    right = isinstance(by_name.get(name), kind)
    if not right:
        known = "is another kind of station" if name in by_name else "is not a station of the model"
        faults.append(_fault(where, f"{name!r} {known}", f"it must be {kind.__name__}"))
    return right


def _check_fits(
    path: Path, station: Servers | Departures | Pool, where: str, faults: list[Fault]
) -> None:
    if isinstance(station, Departures) and path.load > station.capacity:
        faults.append(
            _fault(where, f"load {path.load}", f"{station.name!r} takes {station.capacity}")
        )


def _check_units(
    step: Take | Give,
    by_name: dict[str, Servers | Departures | Pool],
    out: dict[str, int],
    where: str,
    faults: list[Fault],
) -> None:
    if step.units < 1:
        faults.append(_fault(where, f"{step.units} units", "1 or more are possible"))
    if isinstance(step, Give):
        _check_law(step.law, where, faults)
        out[step.taken_from] = out.get(step.taken_from, 0) - step.units
        if out[step.taken_from] < 0:
            faults.append(
                _fault(where, f"{step.taken_from!r}", "more is given back than was taken")
            )
        return
    out[step.pool] = out.get(step.pool, 0) + step.units
    pool = by_name[step.pool]
    most = None
    if isinstance(pool, Pool) and pool.units is not None:
        most = pool.units + max([0, *(delta for _, delta in pool.changes)])
    fed = any(isinstance(other, Pool) and other.send_to == step.pool for other in by_name.values())
    if most is not None and out[step.pool] > most and not fed:
        faults.append(
            _fault(
                where,
                f"{out[step.pool]} units of {step.pool!r} at once",
                f"it never has {most + 1}",
            )
        )
