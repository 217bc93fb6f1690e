"""The story of one lot: when it set out, where it waited, why and behind how many, what it rode."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from landbridge.errors import QuestionError
from landbridge.kernels.stations import (
    GO,
    LOG_BORN,
    LOG_COLUMNS,
    LOG_DONE,
    LOG_END,
    LOG_LOST,
    LOG_START,
    OWNER,
)  # fmt: skip
from landbridge.simulation.arrays import TICKS, ticks
from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.entries import Entries, Longs, entries
from landbridge.simulation.model import Give, Model, Pool
from landbridge.simulation.movements import TAIL_DAYS
from landbridge.simulation.season import Season
from landbridge.simulation.ways import Way

LONGEST = "longest"
"""The lot that took longest of those born in the season."""
WORTH = ticks(0.01)
"""Waits shorter than this are not told."""
QUEUE, SERVICE, SHUT, ROOM, VEHICLE = "queue", "service", "closed", "room", "vehicle"
"""Why a lot waits: others are before it; its service has not left; the place is closed; there is no
place in the yard; no lorry or wagon is free."""
Progress = Callable[[float], bool]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a lot did, or had to wait for."""

    what: str
    """``wait``, ``move``, ``border``, ``handling``. Of a lot that is under way the last may be a
    wait until the end of the run."""
    place: str
    """Where; of a move, its ends."""
    begin_h: float
    """Hours since the first instant of the season, UTC."""
    hours: float
    mode: str = ""
    service: str = ""
    why: str = ""
    """Of a wait: ``queue``, ``service``, ``closed``, ``room`` or ``vehicle``."""
    ahead: int = 0
    """Of a wait: lots that were taken at this place meanwhile."""
    missed: int = 0
    """Of a wait for a service: departures that left without it."""
    closed_h: float = 0.0
    """Of a wait: hours of it in which the place was closed."""


@dataclass(frozen=True, slots=True)
class Story:
    """One lot of one replication."""

    lot: int
    replication: int
    """From 0."""
    way: Way
    begin_h: float
    """When it set out, hours since the first instant of the season, UTC."""
    parts: tuple[Part, ...]
    end: str
    """``arrived``, ``lost`` or ``under way``: so long after the season's end."""
    hours: float
    """From door to door, or until the last that is known of it."""

    @property
    def waited_h(self) -> float:
        """Hours of all waits."""
        return sum(part.hours for part in self.parts if part.what == "wait")


def story_of(
    season: Season, which: str, number: int = 0, progress: Progress | None = None
) -> Story:
    """The story of a lot of replication ``number`` (from 0).

    ``which``: the number of a lot, as the event log has it; the id of a row of demand (or of a
    way), for its first lot of the season; or ``longest``. The run goes on for 60 days beyond the
    season, so that who is on the way at its end is seen to arrive. Raises ``QuestionError`` where
    there is no such lot.
    """
    span = replace(season.span, days=season.span.days + TAIL_DAYS)
    model = season.world.model(season.seed, number, span, season.shares)
    prepared = Prepared(model)
    lot = int(which) if which.isdecimal() else _search(season, prepared, which, number)
    mine: list[Longs] = [np.zeros((0, LOG_COLUMNS), np.int64)]
    taken: list[Longs] = [np.zeros((0, 2), np.int64)]
    station = prepared.arrays.world.step[:, GO]
    queued = np.array([place.kind != "delay" for place in season.world.places])

    def keep(log: Longs) -> None:
        one = entries(log)
        mine.append(log[one.box == lot])
        starts = (one.what == LOG_START) & queued[station[one.step]]
        taken.append(np.column_stack([one.time[starts], station[one.step[starts]]]))

    Run(prepared, season.seed, number, keep).finish(progress)
    log = entries(np.concatenate(mine))
    if not len(log.time):
        raise QuestionError(
            f"there is no lot {lot} in replication {number + 1}; give a number of the event log"
            " (--events), the id of a row of demand, or longest"
        )
    return _told(season, model, prepared, (lot, number), log, np.concatenate(taken))


def _search(season: Season, prepared: Prepared, which: str, number: int) -> int:
    """The number of the lot that is meant by a name."""
    ways = [
        k for k, way in enumerate(season.world.ways) if which in (way.id, way.cargo.id, LONGEST)
    ]
    if not ways:
        ids = list(dict.fromkeys(way.cargo.id for way in season.world.ways))
        raise QuestionError(
            f"{which!r} is no lot: give a number of the event log (--events), {LONGEST}, or the id"
            f" of a row of demand, of {', '.join(ids)}"
        )
    first = ticks(season.span.warm_up_h)
    last = first + ticks(season.span.days * 24.0)
    longest = which == LONGEST
    of = prepared.arrays.world.step[:, OWNER]
    found, most = -1, -1

    def keep(log: Longs) -> None:
        nonlocal found, most
        one = entries(log)
        born = one.since if longest else one.time
        seen = (one.what == (LOG_DONE if longest else LOG_BORN)) & (born >= first) & (born < last)
        seen &= np.isin(of[one.step], ways)
        if not seen.any() or (found >= 0 and not longest):
            return
        took = (one.time - one.since)[seen]
        best = int(took.argmax()) if longest else 0
        if took[best] > most:
            found, most = int(one.box[seen][best]), int(took[best])

    Run(prepared, season.seed, number, keep).finish()
    if found < 0:
        raise QuestionError(f"no lot of {which} sets out and arrives in this season")
    return found


def _told(
    season: Season,
    model: Model,
    prepared: Prepared,
    number: tuple[int, int],
    log: Entries,
    taken: Longs,
) -> Story:
    world = prepared.arrays.world
    of = int(world.step[log.step[0], OWNER])
    way = season.world.ways[of]
    first_row = int(np.searchsorted(world.step[:, OWNER], of))
    steps = season.world.steps[of]
    entered = [k for k, step in enumerate(steps) if not isinstance(step, Give)]
    leg_of = dict(zip(entered, season.world.legs[of], strict=True))
    zero = ticks(season.span.warm_up_h)
    parts: list[Part] = []
    for k in range(len(log.time)):
        what, at = int(log.what[k]), int(log.time[k])
        if what not in (LOG_START, LOG_END):
            continue
        s = int(world.step[log.step[k], GO])
        leg = way.itinerary.legs[leg_of[int(log.step[k]) - first_row]]
        since = int(log.since[k])
        if what == LOG_START:
            if at - since >= WORTH:
                parts.append(_wait(season, model, (s, since, at), taken, zero))
            continue
        begun = int(log.time[k - 1])  # the start of the same step comes just before its end
        name = leg.start.name if leg.kind != "move" else f"{leg.start.name} - {leg.to.name}"
        kind = {"transfer": "handling", "wait": "handling"}.get(leg.kind, leg.kind)
        if leg.kind == "border":
            name = leg.note or name
        part = Part(kind, name, (begun - zero) / TICKS, (at - begun) / TICKS, leg.mode or "",
                    leg.service or "")  # fmt: skip
        parts = _joined(parts, part)
    last = int(log.what[-1])
    left = [k for k in entered if k > int(log.step[-1]) - first_row or last == LOG_BORN]
    if last in (LOG_BORN, LOG_END) and left:
        since, s = int(log.time[-1]), int(world.step[first_row + left[0], GO])
        parts.append(_wait(season, model, (s, since, ticks(model.hours)), taken, zero))
    end = {LOG_DONE: "arrived", LOG_LOST: "lost"}.get(last, "under way")
    born = int(log.time[0])
    return Story(
        number[0], number[1], way, (born - zero) / TICKS,
        tuple(part for part in parts if part.hours * TICKS >= WORTH), end,
        (int(log.time[-1]) - born) / TICKS,
    )  # fmt: skip


def _joined(parts: list[Part], part: Part) -> list[Part]:
    """With one more part; two of the same leg without a wait between are one."""
    if parts and (parts[-1].what, parts[-1].place, parts[-1].mode) == (
        part.what, part.place, part.mode,
    ):  # fmt: skip
        return [*parts[:-1], replace(parts[-1], hours=parts[-1].hours + part.hours)]
    return [*parts, part]


def _wait(
    season: Season, model: Model, when: tuple[int, int, int], taken: Longs, zero: int
) -> Part:
    """A wait for station ``when[0]`` between two times."""
    s, since, at = when
    place = season.world.places[s]
    others = taken[(taken[:, 1] == s) & (taken[:, 0] > since) & (taken[:, 0] < at), 0]
    shut = _closed(model, s, since, at)
    why = {"line": SERVICE, "yard": ROOM, "vehicles": VEHICLE}.get(place.kind, QUEUE)
    if shut > (at - since) / TICKS / 2:
        why = SHUT
    missed = len(np.unique(others)) if place.kind == "line" else 0
    return Part(
        "wait", place.name, (since - zero) / TICKS, (at - since) / TICKS,
        service=place.element.partition(":")[2] if place.kind == "line" else "", why=why,
        ahead=len(others), missed=missed, closed_h=shut,
    )  # fmt: skip


def _closed(model: Model, s: int, since: int, at: int) -> float:
    """Hours between two times in which a station has nothing to give."""
    station = model.stations[s]
    base = (station.units or 0) if isinstance(station, Pool) else 0
    edges = [(ticks(t), base + n) for t, n in station.changes]
    hours = 0
    for k, (begin, left) in enumerate(edges):
        end = edges[k + 1][0] if k + 1 < len(edges) else at
        if left <= 0:
            hours += max(0, min(end, at) - max(begin, since))
    return hours / TICKS
