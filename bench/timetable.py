"""Journeys by timetable: ours and pynigiri in turns, over the same drawn feed, the same pairs.

pynigiri (RAPTOR in C++) finds no journey of more than five days, so pairs that take longer are left
out, and nothing later is looked for in tables either. Lorries may lead from the first stop and to
the last one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import tempfile
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, Protocol, cast

import numpy as np
from engines import installed
from feeds import DAY, Feed, draw, write_gtfs
from sheet import table
from timing import alternate, once, resident_mb

import landbridge as lb
from landbridge.routing.timetable import Journey, Timetable, Towards

PEER = "pynigiri"
FIRST = dt.date(2026, 1, 16)
BEFORE, LONGEST, AFTER = 7, 5, 9
"""Days that trips begin before the questions, that a journey may take, and that trips run on."""
Front = list[tuple[int, int]]
"""(rides, arrival) of the earliest journeys by 1, 2, ... rides."""


class Sizes(NamedTuple):
    """How much is measured."""

    rounds: int
    stops: int
    lines: int
    destinations: int
    origins: int
    """Of each destination."""


FULL = Sizes(rounds=5, stops=2000, lines=1500, destinations=40, origins=10)
QUICK = Sizes(rounds=3, stops=2000, lines=1500, destinations=8, origins=10)
WITHOUT = "rounds, nothing prepared", "scan, nothing prepared, earliest alone"
ASKED = {"table, per cell": 1000, "one journey with its rides": 3}


class Question(NamedTuple):
    """From a stop to another at a minute."""

    origin: int
    destination: int
    start: int


class Ours:
    """landbridge."""

    name = "landbridge"

    def __init__(self, feed: Feed) -> None:
        self.feed = feed
        self.own = Timetable.build(
            feed.connections(BEFORE + LONGEST + AFTER), feed.transfers, feed.stops
        )
        self.leads: list[list[tuple[int, int]]] = [[(s, 0)] for s in range(feed.stops)]
        self.comes: list[list[tuple[int, int]]] = [[(s, 0)] for s in range(feed.stops)]
        for a, b, minutes in feed.lorries:
            self.leads[a].append((b, minutes))
            self.comes[b].append((a, minutes))
        self.labels: dict[int, Towards] = {}

    def prepare(self, destinations: list[int]) -> None:
        """Labels of the destinations."""
        self.labels = {d: self.own.towards(self.comes[d]) for d in destinations}

    def by_labels(self, asked: list[Question]) -> list[list[Journey]]:
        labels, leads = self.labels, self.leads
        return [labels[q.destination].journeys(leads[q.origin], q.start) for q in asked]

    def by_rounds(self, asked: list[Question]) -> list[list[Journey]]:
        own, leads, comes = self.own, self.leads, self.comes
        return [own.journeys(leads[q.origin], comes[q.destination], q.start) for q in asked]

    def by_scan(self, asked: list[Question]) -> list[Journey | None]:
        own, leads, comes = self.own, self.leads, self.comes
        return [own.earliest(leads[q.origin], comes[q.destination], q.start) for q in asked]

    def by_table(self, asked: list[Question]) -> object:
        """All destinations of the feed from the origin of each question."""
        start = np.array([q.start for q in asked], np.int32)
        origins = [self.leads[q.origin] for q in asked]
        return self.own.table(origins, self.comes, start, LONGEST * DAY)


class _Journey(Protocol):
    dest_time: int
    transfers: int


class Nigiri:
    """pynigiri over the feed as GTFS."""

    name = PEER

    def __init__(self, feed: Feed) -> None:
        self.ng = import_module(PEER)
        with tempfile.TemporaryDirectory() as folder, _silence():
            write_gtfs(feed, Path(folder))
            options, loader = self.ng.FinalizeOptions(), self.ng.LoaderConfig()
            options.adjust_footpaths, options.max_footpath_length = False, 600
            loader.link_stop_distance = 0
            last = FIRST + dt.timedelta(days=BEFORE + LONGEST + AFTER)
            source = self.ng.TimetableSource("feed", folder, loader)
            self.own = self.ng.load_timetable(
                [source], FIRST.isoformat(), last.isoformat(), options
            )
        self.stops = [self.own.find_location(f"S{s}") for s in range(feed.stops)]
        midnight = dt.datetime.combine(FIRST, dt.time(), dt.UTC)
        self.first = int(midnight.timestamp()) // 60

    def ask(self, asked: list[Question]) -> list[list[_Journey]]:
        """All journeys that are best by arrival and transfers."""
        return [self._one(q) for q in asked]

    def _one(self, question: Question) -> list[_Journey]:
        ng, q = self.ng, self.ng.Query()
        q.start_time = self.first + question.start
        q.start = [ng.Offset(self.stops[question.origin], 0, 0)]
        q.destination = [ng.Offset(self.stops[question.destination], 0, 0)]
        q.start_match_mode = q.dest_match_mode = ng.LocationMatchMode.EXACT
        q.max_transfers, q.max_travel_time = 7, LONGEST * DAY
        q.use_start_footpaths = True
        return cast("list[_Journey]", ng.route(self.own, q))


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """What a library writes to the terminal is not ours."""
    kept = os.dup(2)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    yield
    os.dup2(kept, 2)
    os.close(kept)


def questions(ours: Ours, sizes: Sizes) -> tuple[list[Question], int]:
    """Pairs whose journeys take no more than pynigiri looks for, or are none; how many were not."""
    rng = np.random.default_rng(3)
    found: list[Question] = []
    left = 0
    for destination in rng.choice(ours.feed.stops, sizes.destinations, replace=False).tolist():
        for origin in rng.integers(0, ours.feed.stops, sizes.origins).tolist():
            one = Question(origin, destination, BEFORE * DAY + int(rng.integers(420, 1080)))
            (journey,) = ours.by_scan([one])
            if origin == destination:
                continue
            if journey is not None and journey.arrives - one.start > LONGEST * DAY:
                left += 1
            else:
                found.append(one)
    return found, left


def front(journeys: list[Journey]) -> Front:
    """Of ours, without what takes longer than pynigiri looks for."""
    most = LONGEST * DAY
    return [(len(one.rides), one.arrives) for one in journeys if one.arrives - one.start <= most]


def front_of(journeys: list[_Journey], first: int) -> Front:
    """Of pynigiri; a way without a ride is none."""
    best = sorted((one.transfers + 1, one.dest_time - first) for one in journeys)
    return [one for k, one in enumerate(best) if all(one[1] < other[1] for other in best[:k])]


def total(fronts: list[Front]) -> int:
    """All rides and arrivals added up."""
    return sum(rides + arrival for one in fronts for rides, arrival in one)


def measure(*, quick: bool) -> list[str]:
    """Lines of the page."""
    sizes = QUICK if quick else FULL
    feed = draw(sizes.stops, sizes.lines)
    before = resident_mb()
    begin = time.thread_time()
    ours = Ours(feed)
    built, grown = time.thread_time() - begin, resident_mb() - before
    asked, left = questions(ours, sizes)
    destinations = sorted({q.destination for q in asked})
    ours.by_rounds(asked[:1])
    ours.prepare(destinations[:1])
    labels_s = once(lambda: ours.prepare(destinations)) / len(destinations)
    labels_mb = sum(one.nbytes for one in ours.labels.values()) / len(destinations) / 1e6
    works = {
        "labels": lambda: ours.by_labels(asked),
        "rounds": lambda: ours.by_rounds(asked),
        "scan": lambda: ours.by_scan(asked),
        "table": lambda: ours.by_table(asked),
    }
    sums = checked(ours, asked)
    if installed(PEER):
        peer = Nigiri(feed)
        works[PEER] = lambda: peer.ask(asked)
        theirs = total([front_of(one, peer.first) for one in peer.ask(asked)])
        if theirs != sums:
            raise RuntimeError(f"sums of rides and arrivals differ: ours {sums}, theirs {theirs}")
    taken = alternate(works, sizes.rounds)
    each = {name: seconds / len(asked) for name, seconds in taken.items()}
    cell = each["table"] / feed.stops
    other = each.get(PEER, float("nan"))
    rows = [
        _row("one journey with its rides", "labels of the destination", each["labels"], other),
        _row("one journey with its rides", WITHOUT[0], each["rounds"], other),
        _row("one journey with its rides", WITHOUT[1], each["scan"], other),
        _row("table, per cell", f"{len(asked)} x {feed.stops:,}, scan with lanes", cell, other),
    ]
    drawn = (
        f"A drawn feed of {feed.stops:,} terminals and {len(feed.paths):,} lines that run one to"
        f" four times a day: {len(ours.own.row):,} connections in {BEFORE + LONGEST + AFTER} days."
        " One core, its own time; medians, in turns."
    )
    same = (
        f"{PEER} {installed(PEER) or 'is not installed'} finds no journey of more than five days:"
        f" {left} of {left + len(asked)} drawn pairs were left out for that. All others have the"
        f" same arrivals by the same numbers of rides (their sum: {sums:,})."
    )
    prepared = (
        f"The timetable is built in {built:.1f} s and {grown:,.0f} MB; labels take"
        f" {labels_s * 1000:,.0f} ms and {labels_mb:.1f} MB for each destination that is asked for."
    )
    compared = table(("work", "how", "ours", PEER, "ratio", "asked"), rows)
    return [drawn, "", same, "", *compared, "", prepared, "", *_corridor(sizes.rounds)]


def checked(ours: Ours, asked: list[Question]) -> int:
    """The sum of all answers, the same whichever way they are found."""
    fronts = [front(one) for one in ours.by_labels(asked)]
    if fronts != [front(one) for one in ours.by_rounds(asked)]:
        raise RuntimeError("labels and rounds differ")
    last = [one[-1][1] if one else -1 for one in fronts]
    scanned = [-1 if one is None else one.arrives for one in ours.by_scan(asked)]
    cells = cast("np.ndarray[tuple[int, int], np.dtype[np.int32]]", ours.by_table(asked))
    tabled = [int(cells[k, q.destination]) for k, q in enumerate(asked)]
    if last != scanned or [at if at >= 0 else tabled[k] for k, at in enumerate(last)] != tabled:
        raise RuntimeError("labels, scan and table differ")
    return total(fronts)


def _row(work: str, how: str, ours: float, theirs: float) -> list[str]:
    asked = "-" if how in WITHOUT else f"{ASKED[work]:,}x"
    return [
        work, how, f"{ours * 1e6:,.3g} us", f"{theirs * 1e6:,.4g} us", f"{theirs / ours:,.1f}x",
        asked,
    ]  # fmt: skip


def _corridor(rounds: int) -> list[str]:
    """How long a question of a user takes, on the real network."""
    net = lb.load()
    ships = {
        "Moscow to Tehran": lb.Shipment("Moscow", "Tehran", ready=dt.date(2025, 3, 3)),
        "St Petersburg to Mumbai": lb.Shipment(
            "St Petersburg", "Mumbai", ready=dt.date(2025, 3, 3)
        ),
    }
    works = {
        name: lambda ship=ship: lb.departures(net, ship, lorry_km=500.0)
        for name, ship in ships.items()
    }
    taken = alternate(works, rounds)
    return table(
        ("departures of four weeks, warm", "median"),
        [[name, f"{1000 * seconds:,.0f} ms"] for name, seconds in taken.items()],
    )
