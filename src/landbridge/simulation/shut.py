"""What is shut within a season, or has a part of its capacity lost: strikes, closures, repairs.

On its days nothing more begins at a place, and what is being done there is ended; a part lost makes
each lot take longer, so that the rate falls by that part. A service that is shut does not leave.
Cargo waits: ways keep their shares.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from landbridge.errors import QuestionError
from landbridge.simulation.calendars import OPEN, SHUT, Hours, merged
from landbridge.simulation.model import Changes
from landbridge.simulation.steps import Place

MOST_SHUT = 1_000
ONE_DAY = dt.timedelta(days=1)
EVEN = 1e-9
"""Departures are counted off to so much of one."""
TOLD = 4
"""Names that an error offers."""
_WRITTEN = re.compile(r"(.+):(\d{4}-\d\d-\d\d):(\d{4}-\d\d-\d\d)(?::([0-9.]+))?", re.ASCII)
_DIRECTION = re.compile(r" \([A-Z]{2} to [A-Z]{2}\)$")


@dataclass(frozen=True, slots=True)
class Shut:
    """A place of a season that is shut on some days, or works with a part of its capacity."""

    place: str
    """A border, terminal, passage (``suez``) or service: its id, or its name. The name of a border
    without its direction is both directions; the id of a service is all its lines."""
    since: dt.date
    """First day of it, UTC."""
    until: dt.date
    """First day that it is open again."""
    share: float = 1.0
    """Of the capacity that is lost, above 0; 1: all of it. Of a service: of its departures."""

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise QuestionError(
                f"shut {self}: the share lost must lie above 0 and at most 1; 1 is all of it"
            )
        if self.since >= self.until:
            raise QuestionError(
                f"shut {self}: the first day must lie before the day on which it is open again"
            )

    def __str__(self) -> str:
        part = "" if self.share == 1 else f":{self.share:g}"
        return f"{self.place}:{self.since}:{self.until}{part}"


def read_shut(text: str) -> Shut:
    """``PLACE:SINCE:UNTIL`` or ``PLACE:SINCE:UNTIL:SHARE``, as ``str`` of a ``Shut`` is."""
    hit = _WRITTEN.fullmatch(text.strip())
    if hit is None:
        raise QuestionError(
            f"--shut {text!r}: write it as PLACE:SINCE:UNTIL or PLACE:SINCE:UNTIL:SHARE, such as"
            " IRASR:2025-06-10:2025-06-24:0.5"
        )
    try:
        since, until = dt.date.fromisoformat(hit[2]), dt.date.fromisoformat(hit[3])
        return Shut(hit[1], since, until, 1.0 if hit[4] is None else float(hit[4]))
    except ValueError as error:
        raise QuestionError(f"--shut {text!r}: {error}") from None


def check_days(shut: Sequence[Shut], first: dt.date, end: dt.date) -> None:
    """Raise ``QuestionError`` for what does not begin within a run; ``end``: the day after it."""
    if len(shut) > MOST_SHUT:
        raise QuestionError(f"{len(shut):,} places are shut; at most {MOST_SHUT:,} may be")
    for one in shut:
        if not first <= one.since < end:
            raise QuestionError(
                f"shut {one}: it must begin within the run, {first} to {end - ONE_DAY}"
                f" with its run-up; more run-up or more days make it longer"
            )


def stations_shut(shut: Sequence[Shut], places: Sequence[Place]) -> dict[str, tuple[Shut, ...]]:
    """By the name of a station what shuts it; ``QuestionError`` for a place that there is not."""
    words: dict[str, list[Place]] = {}
    for place in places:
        if place.kind in ("gate", "line"):
            for word in words_of(place.name, place.element):
                words.setdefault(word, []).append(place)
    found: dict[str, tuple[Shut, ...]] = {}
    for one in shut:
        mine = words.get(one.place.casefold())
        if mine is None:
            raise QuestionError(_unknown(one, words))
        for place in mine:
            _check_share(one, place)
            found[place.name] = (*found.get(place.name, ()), one)
    return found


def words_of(name: str, element: str) -> set[str]:
    """What a station may be called, in small letters."""
    whole = _DIRECTION.sub("", name)
    found = (name, whole, element, element.partition(":")[2])
    return {word.casefold() for word in found if word}


def _check_share(one: Shut, place: Place) -> None:
    if one.share < 1 and place.full:
        raise QuestionError(
            f"shut {one}: {place.name} leaves when it is full, so calling off departures by the"
            " clock loses nothing; leave the share away, or give a border or terminal"
        )
    if one.share < 1 and place.door:
        raise QuestionError(
            f"shut {one}: {place.name} has no rate in capacities.csv of which a part could be lost;"
            " give it a row, or leave the share away"
        )


def _unknown(one: Shut, words: Mapping[str, list[Place]]) -> str:
    word = one.place.casefold()
    known = {word: place[0].name for word, place in words.items()}
    near = dict.fromkeys(known[hit] for hit in get_close_matches(word, list(known), 12, 0.5))
    told = ", ".join(list(near)[:TOLD])
    return (
        f"shut {one}: no cargo of this season comes to a border, terminal, passage or service"
        f" {one.place!r}."
        + (f" Did you mean {told}?" if told else " The table of waits names all.")
    )


def thinned(
    times: Sequence[float], shut: Sequence[Shut], first: dt.datetime
) -> tuple[float, ...]:  # fmt: skip
    """Departures that are left where a share of them is lost, evenly: of four every other of two.

    ``times``: hours of a run, rising.
    """
    left = _left([one for one in shut if one.share < 1], first, math.inf)
    found: list[float] = []
    made = 0.0
    for t in times:
        share = _held(left, t)
        made += share
        if share >= 1 or made >= 1 - EVEN:
            found.append(t)
            made = max(0.0, made - 1)
    return tuple(found)


def changes_by(shut: Sequence[Shut], first: dt.datetime, hours: float) -> Changes:
    """OPEN or SHUT from an hour of a run on, which begins at ``first`` and has so many hours."""
    found: list[tuple[float, int]] = []
    for t, left in _left(shut, first, hours):
        state = OPEN if left > 0 else SHUT
        if state != (found[-1][1] if found else OPEN):
            found.append((t, state))
    return tuple(found)


def spans_of(shut: Sequence[Shut], first: dt.datetime) -> list[tuple[float, float]]:
    """When any of them shuts all, as hours of a run from one to another, apart and rising."""
    found: list[tuple[float, float]] = []
    whole = ((_hour(one.since, first), _hour(one.until, first)) for one in shut if one.share == 1)
    for since, until in sorted(whole):
        if found and since <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], until)
        else:
            found.append((since, until))
    return found


def narrowed(of: Hours, shut: Sequence[Shut], first: dt.datetime, hours: float) -> Hours:
    """The hours of a gate with what is shut there; a part lost makes an hour of work longer."""
    left = _left(shut, first, hours)
    pace: list[tuple[float, float]] = []
    for t in sorted({*(t for t, _ in of.pace), *(t for t, _ in left)}):
        slow = _held(of.pace, t) / (_held(left, t) or 1.0)
        if slow != (pace[-1][1] if pace else 1.0):
            pace.append((t, slow))
    return Hours(merged(of.changes, changes_by(shut, first, hours)), tuple(pace))


def _left(shut: Sequence[Shut], first: dt.datetime, hours: float) -> list[tuple[float, float]]:
    """The share of the capacity that is left, from an hour on; where several meet the least."""
    spans = [(_hour(one.since, first), _hour(one.until, first), one.share) for one in shut]
    edges = sorted({t for since, until, _ in spans for t in (since, until) if t < hours})
    return [
        (t, 1.0 - max((share for since, until, share in spans if since <= t < until), default=0.0))
        for t in edges
    ]


def _hour(day: dt.date, first: dt.datetime) -> float:
    return (day - first.date()) / dt.timedelta(hours=1)


def _held(steps: Sequence[tuple[float, float]], at: float) -> float:
    """What holds at an hour; 1 before the first."""
    return next((value for t, value in reversed(steps) if t <= at), 1.0)
