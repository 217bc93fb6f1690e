"""What shuts within a season: closures with days that a network remembers, and passages by season.

A closure that holds on some of the days that count shuts a place of the simulation, and ways are
found as if it were open; one that holds on all of them is a state of the network, as for ``route``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from landbridge.errors import QuestionError
from landbridge.network.change import Close
from landbridge.network.days import Dated
from landbridge.network.network import Network
from landbridge.network.reach import rows_of, target_of
from landbridge.routing.itinerary import Leg
from landbridge.routing.ways_open import passages_out_of_season, passages_shut
from landbridge.simulation.shut import ONE_DAY, Shut, stations_shut, words_of
from landbridge.simulation.ways import Way
from landbridge.simulation.world import Span, World, build_world

TABLES = {"terminals": "terminal", "crossings": "crossing", "services": "service",
          "passages": "passage"}  # fmt: skip
"""What a closure reaches that a season can shut, by table."""


def set_apart(net: Network, span: Span) -> tuple[Network, tuple[Dated, ...]]:
    """The network without the closures that hold on some days of the season, and those."""
    mine = tuple(
        one
        for one in net.dated
        if isinstance(one.change, Close) and one.holds_partly(span.start, span.end)
    )
    if not mine:
        return net, ()
    return replace(net, dated=tuple(one for one in net.dated if one not in mine)), mine


def shut_of(
    net: Network, apart: Sequence[Dated], ways: Sequence[Way], span: Span
) -> tuple[Shut, ...]:  # fmt: skip
    """What closures set apart, and the seasons of passages, shut of what ways pass.

    Raises ``QuestionError`` for a closure of which nothing can be shut in a season.
    """
    met = passed_by(ways)
    found: list[Shut] = []
    for one in apart:
        assert isinstance(one.change, Close)  # noqa: S101 - set_apart takes no other
        since = max(one.since or span.first.date(), span.first.date())
        until = one.until or span.end + ONE_DAY
        found += [Shut(name, since, until) for name in _reached(net, one.change) if name in met]
    passages = {element.partition(":")[2] for element in met if element.startswith("passage:")}
    return (*found, *_by_season(net, passages, span))


def with_shut(world: World, shut: Sequence[Shut]) -> World:
    """The world with what is shut; what has no queue else gets a gate that all pass at once.

    Raises ``QuestionError`` for a place that no cargo comes to.
    """
    if not shut:
        return world
    known = {
        word
        for place in world.places if place.kind in ("gate", "line")
        for word in words_of(place.name, place.element)
    }  # fmt: skip
    titles = dict(zip(world.net.passages.id.tolist(), world.net.passages.title, strict=True))
    doors: set[str] = set()
    for element, names in passed_by(world.ways).items():
        kind, _, thing = element.partition(":")
        called = {words for name in names or {""} for words in words_of(name, element)}
        called |= {str(titles[thing]).casefold()} if kind == "passage" else set()
        asked = {one.place.casefold() for one in shut}
        if kind != "service" and called & asked and not called & asked & known:
            doors.add(element)
    made = build_world(world.net, world.ways, frozenset(doors)) if doors else world
    return replace(made, shut=stations_shut(shut, made.places))


def passed_by(ways: Sequence[Way]) -> dict[str, set[str]]:
    """What ways pass, by element (``terminal:IRASR``), with the names that it has."""
    found: dict[str, set[str]] = {}
    for way in ways:
        for leg in way.itinerary.legs:
            if leg.kind == "border":
                found.setdefault(f"crossing:{leg.hours[0].name.split(' ')[1]}", set()).add(leg.note)
            elif leg.kind == "transfer":
                element = f"terminal:{leg.hours[0].group.partition('/')[2]}"
                found.setdefault(element, set()).add(leg.start.name)
            elif leg.kind == "wait" and _leaves(leg):
                found.setdefault(f"service:{leg.service}", set())
            for name, _ in leg.passed:
                found.setdefault(f"passage:{name}", set())
    return found


def _leaves(leg: Leg) -> bool:
    """Whether a wait is for departures, and not for a service that leaves at once."""
    timed = leg.board is not None and leg.board.timetable is not None
    return timed or any(one.wait and one.spread.high > 0 for one in leg.hours)


def _reached(net: Network, change: Close) -> Iterator[str]:
    """Elements that a closure shuts."""
    target = target_of(net, change.what)
    masks = rows_of(net, target, change.mode)
    if not masks.keys() & TABLES.keys():
        raise QuestionError(
            f"{change.describe()} It holds on some days of the season only, and a season can shut"
            " borders, terminals, services and passages on some days. Give a season that lies"
            " wholly within these days or outside of them, or close a border of it"
        )
    tables = {table.name: table for table in net.tables()}
    for name, kind in TABLES.items():
        if name in masks:
            yield from (f"{kind}:{word}" for word in tables[name].column("id")[masks[name]])


def _by_season(net: Network, passages: set[str], span: Span) -> Iterator[Shut]:
    """Days on which ice, or its own dates, shut a passage."""
    days = [span.first.date() + k * ONE_DAY for k in range((span.end - span.first.date()).days)]
    since: dict[str, dt.date] = {}
    for day in [*days, None] if passages else []:
        off = set[str]() if day is None else passages_shut(net, day)
        off = passages & (off | (passages_out_of_season(net, day) if day else set()))
        for name in [name for name in since if day is None or name not in off]:
            yield Shut(f"passage:{name}", since.pop(name), day or span.end + ONE_DAY)
        for name in sorted(off):
            since.setdefault(name, day or span.end)
