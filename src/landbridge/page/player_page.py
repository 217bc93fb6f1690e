"""The player of a season: what moved when and what waited where, over the map, to be scrubbed."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from landbridge.page.document import Json, asset, document
from landbridge.page.shapes import coded
from landbridge.routing.illustration import LegShape
from landbridge.schema.column import Floats

Ints = NDArray[np.int64]

PROGRAMS = ("map.js", "film.js", "player.js")
MOST_MOVES = 180_000
"""Moves of one page: they take 8 bytes each, and a page stays below 3 MB."""
MOST_QUEUES = 100_000
"""Figures of queues of one page, 2 bytes each."""
TICKS = 65_535
"""Times are told in steps of the season's length divided by this: 2 minutes for 90 days."""


@dataclass(frozen=True)
class Stage:
    """A place where lots wait."""

    id: str
    name: str
    country: str
    lat: float
    lon: float
    kind: str
    """In a word: ``terminal``, ``border``, ``port``, ..."""


@dataclass(frozen=True)
class Lane:
    """A way that vehicles go along."""

    mode: str
    name: str
    lat: Floats
    lon: Floats


@dataclass(frozen=True)
class Film:
    """A season as it is shown; hours count from ``start``."""

    title: str
    start: datetime
    hours: float
    stages: Sequence[Stage]
    queue_step_h: float
    queues: Ints
    """Lots waiting at a stage at ``step * queue_step_h``; (stages, steps)."""
    lanes: Sequence[Lane]
    lane: Ints
    """Per move, the row of ``lanes``."""
    depart_h: Floats
    arrive_h: Floats
    lots: Ints
    """Per move, how many lots it carries: boxes, wagons or lorries."""
    facts: Sequence[str] = ()
    """What was simulated, in short texts under the title."""
    notes: Sequence[str] = ()
    """What a reader must know: assumptions, estimates."""

    def __post_init__(self) -> None:
        moves = len(self.lane)
        if not moves == len(self.depart_h) == len(self.arrive_h) == len(self.lots):
            msg = "a film's moves must have one lane, departure, arrival and number of lots each"
            raise ValueError(msg)
        if len(self.queues) != len(self.stages):
            msg = f"{len(self.stages)} stages but {len(self.queues)} rows of queues"
            raise ValueError(msg)


def player_html(film: Film, *, command: str = "", summary: str = "") -> str:
    """The page of a film; ``command``: the line that made it.

    ``summary``: what is read where no scripts run.
    More than ``MOST_MOVES`` moves are thinned evenly, and the page says that one dot stands for
    several; queues of more than ``MOST_QUEUES`` figures are shown at wider steps, each the most
    that waited within.
    """
    moves, each = _thinned(film)
    queues, step = _widened(film)
    data: Json = {
        "title": film.title,
        "start": film.start.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ"),
        "hours": film.hours,
        "facts": list(film.facts),
        "notes": list(film.notes),
        "stages": [
            {"id": one.id, "name": one.name, "country": one.country, "kind": one.kind,
             "lat": round(one.lat, 4), "lon": round(one.lon, 4)}
            for one in film.stages
        ],
        "queue_step_h": step,
        "queue_steps": queues.shape[1] if queues.ndim == 2 else 0,  # noqa: PLR2004 two axes
        "queues": _packed(queues.ravel()),
        "lanes": [
            {"mode": one.mode, "name": one.name,
             "line": coded(LegShape(0, planned=False, lat=one.lat, lon=one.lon))["line"]}
            for one in film.lanes
        ],
        "moves": {
            "count": len(moves),
            "each": each,
            "lane": _packed(film.lane[moves]),
            "depart": _packed(_ticks(film.depart_h[moves], film.hours)),
            "arrive": _packed(_ticks(film.arrive_h[moves], film.hours)),
            "lots": _packed(film.lots[moves]),
        },
        "ticks": TICKS,
        "land": json.loads(asset("land.json")),
        "command": command,
    }  # fmt: skip
    return document(f"{film.title} - landbridge", data, PROGRAMS, summary or film.title)


def _thinned(film: Film) -> tuple[Ints, int]:
    """Rows of the moves shown, by mode and departure, and for how many each stands."""
    shown = np.flatnonzero((film.depart_h < film.hours) & (film.arrive_h > 0))
    each = max(1, -(-len(shown) // MOST_MOVES))
    by_time = shown[np.argsort(film.depart_h[shown], kind="stable")][::each]
    modes = sorted({one.mode for one in film.lanes})
    rank = np.array([modes.index(one.mode) for one in film.lanes], dtype=np.int64)
    return by_time[np.argsort(rank[film.lane[by_time]], kind="stable")], each


def _widened(film: Film) -> tuple[Ints, float]:
    """Queues in steps as wide as the page can hold, and the hours of a step."""
    queues = film.queues
    stages, steps = queues.shape
    wide = max(1, -(-stages * steps // MOST_QUEUES))
    if wide == 1:
        return queues, film.queue_step_h
    short = -(-steps // wide) * wide - steps
    padded = np.pad(queues, ((0, 0), (0, short)))
    return padded.reshape(stages, -1, wide).max(axis=2), film.queue_step_h * wide


def _ticks(hours: Floats, whole: float) -> Ints:
    return np.rint(np.clip(hours / whole, 0.0, 1.0) * TICKS).astype(np.int64)


def _packed(values: Ints) -> str:
    """Whole numbers from 0 to 65,535, two bytes each, the low one first, in base 64."""
    return base64.b64encode(np.clip(values, 0, TICKS).astype("<u2").tobytes()).decode()
