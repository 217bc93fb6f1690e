"""A drawn corridor timetable: as GTFS for others, as arrays for us; the same trips in both.

Long freight lines between terminals that lie in clusters, every line one to four times a day,
legs of hours, an hour at each call, two hours to change, lorries between near terminals. Every line
runs daily because pynigiri looks for the next departure of a line only in the days after one comes
to a stop, not in the weeks after: with weekly lines it misses journeys that exist.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DAY = 1440
CHANGE, DWELL = 120, 60
"""Minutes."""
SIDE_KM, STEP_KM, NEAR_KM = 5000.0, 350.0, 40.0
KM_PER_MINUTE, LORRY_KM_PER_MINUTE = 50 / 60, 40 / 60
LAT, LON, KM_PER_LAT, KM_PER_LON = 40.0, 20.0, 111.2, 78.0


class Feed(NamedTuple):
    """Lines that run every day."""

    stops: int
    xy: NDArray[np.float64]
    """Km; (n_stops, 2)."""
    paths: list[list[int]]
    """Stops of each line."""
    times: list[list[tuple[int, int]]]
    """Per line and stop: arrival and departure, minutes after the line's start."""
    starts: list[list[int]]
    """Per line: minutes of the day."""
    lorries: list[tuple[int, int, int]]
    """From, to, minutes; all that are near each other, so that two in a row are never needed."""

    @property
    def transfers(self) -> NDArray[np.int64]:
        """From, to, minutes; with changes at the same stop."""
        same = [(s, s, CHANGE) for s in range(self.stops)]
        return np.array(same + self.lorries, np.int64)

    def connections(self, days: int) -> NDArray[np.int64]:
        """leaves, arrives, from, to, trip, with every line on each of ``days`` days."""
        rows: list[NDArray[np.int64]] = []
        trips = 0
        for path, times, starts in zip(self.paths, self.times, self.starts, strict=True):
            at = np.array(times, np.int64)
            begin = (DAY * np.arange(days)[:, None] + np.array(starts)[None, :]).ravel()
            legs, count = len(path) - 1, len(begin)
            rows.append(
                np.column_stack(
                    [
                        np.add.outer(begin, at[:-1, 1]).ravel(),
                        np.add.outer(begin, at[1:, 0]).ravel(),
                        np.tile(path[:-1], count),
                        np.tile(path[1:], count),
                        np.repeat(np.arange(trips, trips + count), legs),
                    ]
                )
            )
            trips += count
        return np.concatenate(rows)


def draw(stops: int, lines: int, seed: int = 1) -> Feed:
    """``lines`` lines, each in both directions."""
    rng = np.random.default_rng(seed)
    centres = rng.uniform(0, SIDE_KM, (max(2, stops // 40), 2))
    xy = centres[rng.integers(0, len(centres), stops)] + rng.normal(0, SIDE_KM / 40, (stops, 2))
    paths: list[list[int]] = []
    while len(paths) < 2 * lines:
        path = _path(rng, xy)
        if len(path) > 3:  # noqa: PLR2004 - shorter ones hardly join anything
            paths += [path, path[::-1]]
    times, starts = list[list[tuple[int, int]]](), list[list[int]]()
    for path in paths:
        now, own = 0, [(0, 0)]
        for a, b in pairwise(path):
            now += 20 + int(np.hypot(*(xy[a] - xy[b])) / KM_PER_MINUTE)
            own.append((now, now + DWELL))
            now += DWELL
        times.append(own)
        starts.append(sorted(rng.choice(DAY, int(rng.integers(1, 5)), replace=False).tolist()))
    return Feed(stops, xy, paths, times, starts, _lorries(xy))


def _path(rng: np.random.Generator, xy: NDArray[np.float64]) -> list[int]:
    path, way = [int(rng.integers(len(xy)))], float(rng.uniform(0, 2 * np.pi))
    for _ in range(int(rng.integers(6, 18))):
        way += float(rng.normal(0, 0.25))
        step = STEP_KM * rng.uniform(0.4, 1.4) * np.array([np.cos(way), np.sin(way)])
        near = int(np.argmin(((xy - xy[path[-1]] - step) ** 2).sum(axis=1)))
        if near in path:
            break
        path.append(near)
    return path


def _lorries(xy: NDArray[np.float64]) -> list[tuple[int, int, int]]:
    cell = (xy // NEAR_KM).astype(np.int64)
    _, number = np.unique(cell, axis=0, return_inverse=True)
    found: list[tuple[int, int, int]] = []
    for one in range(int(number.max()) + 1):
        near = np.flatnonzero(number == one).tolist()
        for a in near:
            for b in near:
                if a != b:
                    km = float(np.hypot(*(xy[a] - xy[b])))
                    found.append((a, b, CHANGE + int(km / LORRY_KM_PER_MINUTE)))
    return found


def write_gtfs(feed: Feed, folder: Path) -> None:
    """The feed as GTFS: stops S0, S1, ...; every day of the first half of 2026, in UTC."""
    table(folder, "agency", "agency_id,agency_name,agency_url,agency_timezone",
          [("A", "A", "https://example.org", "UTC")])  # fmt: skip
    table(folder, "calendar", "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,"
          "start_date,end_date", [("D", *(1,) * 7, 20260101, 20260630)])  # fmt: skip
    place = [
        (f"S{s}", f"Stop {s}", round(LAT + y / KM_PER_LAT, 6), round(LON + x / KM_PER_LON, 6))
        for s, (x, y) in enumerate(feed.xy.tolist())
    ]
    table(folder, "stops", "stop_id,stop_name,stop_lat,stop_lon", place)
    table(folder, "routes", "route_id,agency_id,route_short_name,route_type",
          [(f"R{k}", "A", f"R{k}", 2) for k in range(len(feed.paths))])  # fmt: skip
    trips = [(f"R{k}", "D", f"R{k}T{at}") for k, own in enumerate(feed.starts) for at in own]
    table(folder, "trips", "route_id,service_id,trip_id", trips)
    calls = [
        (f"R{k}T{at}", clock(at + a), clock(at + b), f"S{s}", n)
        for k, own in enumerate(feed.starts)
        for at in own
        for n, (s, (a, b)) in enumerate(zip(feed.paths[k], feed.times[k], strict=True))
    ]
    table(folder, "stop_times", "trip_id,arrival_time,departure_time,stop_id,stop_sequence", calls)
    changes = [(f"S{a}", f"S{b}", 2, 60 * minutes) for a, b, minutes in feed.transfers.tolist()]
    table(folder, "transfers", "from_stop_id,to_stop_id,transfer_type,min_transfer_time", changes)


def table(folder: Path, name: str, head: str, rows: Iterable[Sequence[object]]) -> None:
    """One file of the feed."""
    with (folder / f"{name}.txt").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(head.split(","))
        out.writerows(rows)


def clock(minutes: int) -> str:
    """A time of the day, which may lie after its end."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}:00"
