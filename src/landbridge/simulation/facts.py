"""What a run is about, in words and numbers that can be kept in a file beside its replications."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

from landbridge.network.network import Network
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.terms import split_terms
from landbridge.simulation.season import MOST_DAYS, Season

FORMAT = 2
"""Of the run folder: a folder of another number is refused."""
Made = TypeVar("Made")
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
"""What a terminal might obey, or cannot print."""
OTHER = "other"
"""Branch of ways that are of none."""


@dataclass(frozen=True, slots=True)
class StationFacts:
    """A station: where lots wait and for what."""

    name: str
    kind: str
    element: str
    estimated: bool
    capacity_t: float
    """Load of a departure; 0: no end, or not a line."""
    units: int
    """Servers, or places of a yard; 0 for a line or a delay."""
    lot_t: float
    lot_teu: float
    """Of a mean lot of those that come there on an open corridor."""


@dataclass(frozen=True, slots=True)
class WayFacts:
    """A way of one row of demand, for one lot."""

    id: str
    cargo: str
    title: str
    direction: str
    origin: str
    """As the row of demand has it."""
    destination: str
    branch: str
    name: str
    lot_t: float
    lot_teu: float
    share: float
    diverted: bool
    """Whether only lots take it whose own way is shut."""
    free_h: float
    """Expected hours on an empty corridor."""
    km: float
    usd: float
    wtw_kg: float


@dataclass(frozen=True, slots=True)
class CountFacts:
    """A count to be compared with, and the ways that it counts."""

    id: str
    title: str
    value: float
    low: float
    high: float
    unit: str
    year: int
    source: str
    ways: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShutFacts:
    """What was shut meanwhile."""

    place: str
    """As it was asked."""
    since: str
    until: str
    """First day that it is open again."""
    share: float
    """Of the capacity lost."""
    stations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All of a run but its replications."""

    format: int
    version: str
    network: str
    """Hash of the network."""
    case: str
    base_case: str
    scenarios: tuple[str, ...]
    start: str
    days: int
    warm_up_days: int
    steady: bool
    rounds: int
    settled: bool
    seed: int
    factor: float
    stations: tuple[StationFacts, ...]
    ways: tuple[WayFacts, ...]
    counts: tuple[CountFacts, ...]
    shut: tuple[ShutFacts, ...]
    when_shut: str
    """What cargo does meanwhile: ``wait``, ``divert:DAYS`` or ``lost:DAYS``."""


def facts_of(net: Network, season: Season) -> Facts:
    """The facts of a season that is ready to run."""
    world, span = season.world, season.span
    detours = set(world.detours.values())
    return Facts(
        FORMAT, metadata.version("landbridge"), net.hash, net.case.id, net.case.base_case,
        tuple(one.id for one in net.scenarios), span.start.isoformat(), span.days,
        span.warm_up_days, season.steady, season.rounds, season.settled, season.seed,
        season.params.factor, tuple(_stations(season)),
        tuple(
            WayFacts(
                way.id, way.cargo.id, way.cargo.title, way.cargo.direction, way.cargo.origin,
                way.cargo.destination, way.branch or OTHER,
                way.name, way.cargo.lot_t, way.cargo.lot_teu, round(float(share), 6),
                way.id in detours, way.hours, way.itinerary.km(), way.usd, way.wtw_kg,
            )
            for way, share in zip(world.ways, season.shares, strict=True)
        ),
        tuple(_counts(net, season)),
        tuple(
            ShutFacts(
                one.place, one.since.isoformat(), one.until.isoformat(), one.share,
                tuple(name for name, by in world.shut.items() if one in by),
            )
            for one in season.shut
        ),
        str(world.when),
    )  # fmt: skip


def _stations(season: Season) -> list[StationFacts]:
    world = season.world
    lots = _lots(season)
    found: list[StationFacts] = []
    for place in world.places:
        line, pool = world.lines.get(place.name), world.pools.get(place.name)
        servers = world.servers.get(place.name)
        units = (pool.units if pool else servers.servers if servers else 0) or 0
        endless = line is None or line.endless
        capacity = 0.0 if line is None or endless else float(line.capacity_t)
        found.append(
            StationFacts(
                place.name, place.kind, place.element, place.estimated, capacity, units,
                *lots.get(place.name, (0.0, 0.0)),
            )
        )  # fmt: skip
    return found


def _lots(season: Season) -> dict[str, tuple[float, float]]:
    """By place the t and TEU of a mean lot of those that come there."""
    sums: dict[str, tuple[float, float, float]] = {}
    shares = season.shares.tolist()
    for way, steps, share in zip(season.world.ways, season.world.steps, shares, strict=True):
        lots, one = way.cargo.amount / way.cargo.lot * share, way.cargo
        for name in {getattr(step, "station", getattr(step, "departures", "")) for step in steps}:
            n, t, teu = sums.get(name, (0.0, 0.0, 0.0))
            sums[name] = n + lots, t + lots * one.lot_t, teu + lots * one.lot_teu
    return {name: (t / n, teu / n) for name, (n, t, teu) in sums.items() if n}


def _counts(net: Network, season: Season) -> list[CountFacts]:
    t, year = net.counts, season.span.start.year
    found: list[CountFacts] = []
    for row in range(len(t)):
        if int(t.year[row]) != year:
            continue
        terms = tuple(split_terms(str(column[row])) for column in (t.all_of, t.any_of, t.none_of))
        mode, boxes = str(t.mode[row]), str(t.unit[row]) == "TEU/year"
        ways = tuple(
            k
            for k, way in enumerate(season.world.ways)
            if _touches(way.itinerary, terms)
            and (not mode or way.itinerary.km(mode) > 0)
            and (not boxes or way.cargo.lot_teu > 0)
        )
        found.append(
            CountFacts(str(t.id[row]), str(t.title[row]), float(t.value[row]), float(t.low[row]),
                       float(t.high[row]), str(t.unit[row]), year, str(t.source[row]), ways)
        )  # fmt: skip
    return found


def _touches(itinerary: Itinerary, terms: tuple[tuple[str, ...], ...]) -> bool:
    all_of, any_of, none_of = terms
    has = itinerary.touched.has
    return (
        all(has(term) for term in all_of)
        and (not any_of or any(has(term) for term in any_of))
        and not any(has(term) for term in none_of)
    )


def as_json(facts: Facts) -> dict[str, object]:
    """As plain values."""
    return dataclasses.asdict(facts)


def from_json(body: Mapping[str, object]) -> Facts:
    """Facts from plain values as ``as_json`` makes them; ``ValueError`` says what is wrong."""
    plain = dict(body)
    for name, kind in (
        ("stations", StationFacts), ("ways", WayFacts), ("counts", CountFacts), ("shut", ShutFacts),
    ):  # fmt: skip
        rows = plain.get(name)
        if not isinstance(rows, list):
            raise ValueError(f"{name} is no list")  # noqa: TRY004 - the value is at fault
        listed = cast("list[object]", rows)
        plain[name] = [_made(kind, one, f"{name} {k}") for k, one in enumerate(listed)]
    found = _made(Facts, plain, "the run")
    if not 1 <= found.days <= MOST_DAYS or not 0 <= found.warm_up_days <= MOST_DAYS:
        raise ValueError(f"days and warm_up_days must lie between 0 and {MOST_DAYS}")
    for one in found.counts:
        if not all(0 <= way < len(found.ways) for way in one.ways):
            raise ValueError(f"count {one.id[:60]!a} names a way that there is not")
    if not found.ways or not found.stations:
        raise ValueError("has no ways or no stations")
    return found


def _made(kind: type[Made], body: object, where: str) -> Made:
    if not isinstance(body, dict):
        raise ValueError(f"{where} is no record")  # noqa: TRY004 - the value is at fault
    given = cast("dict[str, object]", body)
    hints = get_type_hints(kind)
    if set(given) != set(hints):
        odd = ", ".join(sorted(set(given) ^ set(hints)))[:200]
        raise ValueError(f"{where} lacks or has too much: {odd!a}")
    plain: dict[str, object] = {}
    for name, value in given.items():
        made = _plain(value, hints[name])
        if made is None:
            raise ValueError(f"{name} of {where} is {str(value)[:60]!a}")
        plain[name] = made
    return kind(**plain)


def _plain(value: object, hint: object) -> object:
    """The value as the type of its field wants it; None where it does not fit."""
    if get_origin(hint) is tuple:
        inner: object = get_args(hint)[0]
        if not isinstance(value, list):
            return None
        each = [_plain(one, inner) for one in cast("list[object]", value)]
        return None if None in each else tuple(each)
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, str) and _UNSAFE.search(value):
        return None
    return value if type(value) is hint else None
