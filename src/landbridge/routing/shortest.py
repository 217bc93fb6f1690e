"""Shortest ways of one mode between pairs of places on the bare network, and why there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network.days import on_day
from landbridge.network.network import Network
from landbridge.places.place import Place
from landbridge.routing.avoid import Avoid
from landbridge.routing.geo import Line
from landbridge.routing.ways import Legs, Pieces, Stops, Ways, ways_for
from landbridge.routing.ways_open import passages_out_of_season
from landbridge.schema.column import Floats
from landbridge.units import MODES

WORDS = ("rail", "road", "sea", "inland-waterway")
"""Modes as users write them; ``inland-waterway`` is a river-sea vessel, at home on both waters."""


@dataclass(frozen=True)
class DistanceParams:
    """How distances are measured; what may be used is in the question."""

    rail_snap_km: float = 100.0
    road_snap_km: float = 100.0
    sea_snap_km: float = 200.0
    inland_waterway_snap_km: float = 100.0
    """A place farther than this from the mode's network is too far from it."""

    def __post_init__(self) -> None:
        for word in WORDS:
            if not self.snap_km(word) > 0:
                raise QuestionError(f"the snap limit for {word} is {self.snap_km(word)}, not > 0")

    def snap_km(self, word: str) -> float:
        """The limit of a mode."""
        return {
            "rail": self.rail_snap_km,
            "road": self.road_snap_km,
            "sea": self.sea_snap_km,
            "inland-waterway": self.inland_waterway_snap_km,
        }[word]


@dataclass(frozen=True)
class Means:
    """By what, over what and when."""

    mode: str
    """One of ``WORDS``."""
    avoid: Avoid = field(default_factory=Avoid)
    on: dt.date | None = None
    """None: the case's base date, and passages with a season count as open."""
    gauge_mm: int = 0
    """Only tracks of that gauge; 0: any, changed where gauges meet."""
    allow: frozenset[str] = frozenset()
    """Passages that ocean vessels leave aside, but this one may use (the Kiel Canal)."""


@dataclass(frozen=True, eq=False)
class Shortest:
    """One way, or the reason why there is none."""

    km: float
    """inf where there is none."""
    passages: tuple[str, ...]
    countries: tuple[str, ...]
    gauges_mm: tuple[int, ...]
    planned: tuple[str, ...]
    """Sections used that are planned or being built, and open by the date asked for."""
    snapped_km: tuple[float, float]
    """How far origin and destination lie from the network."""
    failure: str = ""
    legs: Legs | None = field(default=None, repr=False)
    pair: tuple[int, int] = (0, 0)

    def shape(self) -> list[Line]:
        """The way's true shape; empty where there is none."""
        return [] if self.legs is None else self.legs.shape(*self.pair)


def find_shortest(
    net: Network,
    means: Means,
    pairs: Sequence[tuple[Place, Place]],
    params: DistanceParams | None = None,
) -> list[Shortest]:
    """The shortest way of each pair. One table over all origins and destinations: keep it small."""
    params, net = params or DistanceParams(), on_day(net, means.on)
    ways = ways_for(net, means.on, means.avoid)
    place_of: dict[tuple[float, float], int] = {}
    rows = [
        (
            place_of.setdefault((a.lat, a.lon), len(place_of)),
            place_of.setdefault((b.lat, b.lon), len(place_of)),
        )
        for a, b in pairs
    ]
    points = np.array(list(place_of))
    stops = ways.attach(attached(means.mode), points[:, 0], points[:, 1], means.gauge_mm)
    starts = {place: k for k, place in enumerate(dict.fromkeys(i for i, _ in rows))}
    ends = {place: k for k, place in enumerate(dict.fromkeys(j for _, j in rows))}
    start, to = stops.take(np.array(list(starts))), stops.take(np.array(list(ends)))
    tries = [(legs, legs.pieces()) for legs in _tables(net, ways, means, start, to)]
    found: list[Shortest] = []
    for (a, b), (i, j) in zip(pairs, rows, strict=True):
        off = float(stops.snapped_km[i]), float(stops.snapped_km[j])
        pair = starts[i], ends[j]
        failure = too_far(net, means, params, ((a, off[0]), (b, off[1])))
        one = None if failure else _first(net, tries, pair, off)
        if one is None and not failure:
            failure = _no_way(net, means, params, (a, b))
        found.append(one or Shortest(np.inf, (), (), (), (), off, failure))
    return found


def attached(word: str) -> str:
    """What places are put onto."""
    return "water" if word == "inland-waterway" else word


def _tables(net: Network, ways: Ways, means: Means, start: Stops, to: Stops) -> list[Legs]:
    """Tables in the order in which they are asked: the first that has a way counts."""
    return [
        ways.legs(start, to, ways.even_pace(closed, modes), means.gauge_mm)
        for closed, modes in tries_of(net, means)
    ]


def tries_of(net: Network, means: Means) -> list[tuple[frozenset[str], frozenset[str]]]:
    """Closed passages and modes, in the order in which they are tried."""
    out = passages_out_of_season(net, means.on) if means.on else frozenset[str]()
    if means.mode == "inland-waterway":
        return [(out, frozenset({"sea", "inland_waterway"}))]
    modes = frozenset({means.mode})
    if means.mode != "sea":
        return [(out, modes)]
    inner = {
        str(name)
        for name, ocean in zip(net.passages.id, net.passages.ocean, strict=True)
        if not ocean
    }
    # an inland sea such as the Caspian has only passages that ocean vessels leave aside: where
    # none of theirs joins two ports, any way by sea does
    return [(out | (inner - means.allow), modes), (out, modes)]


def _first(
    net: Network,
    tries: list[tuple[Legs, Pieces]],
    pair: tuple[int, int],
    off: tuple[float, float],
) -> Shortest | None:
    for legs, pieces in tries:
        if np.isfinite(legs.km[pair]):
            return _told(net, legs, pieces, pair, off)
    return None


def _told(
    net: Network,
    legs: Legs,
    pieces: Pieces,
    pair: tuple[int, int],
    off: tuple[float, float],
) -> Shortest:
    number = pair[0] * len(legs.to) + pair[1]
    ours = slice(int(pieces.first[number]), int(pieces.first[number + 1]))
    country = pieces.country[ours].tolist() or [int(legs.start.country[pair[0]])]
    return Shortest(
        km=float(legs.km[pair]),
        passages=_in_order(net.passages.id, pieces.passage[ours].tolist()),
        countries=_in_order(net.countries.code, country),
        gauges_mm=tuple(dict.fromkeys(g for g in pieces.gauge_mm[ours].tolist() if g > 0)),
        planned=_in_order(net.sections.id, pieces.section[ours].tolist()),
        snapped_km=off,
        legs=legs,
        pair=pair,
    )


def _in_order(
    names: np.ndarray[tuple[int], np.dtypes.StringDType], rows: list[int]
) -> tuple[str, ...]:
    """The names of these rows in the order met, each once; rows of -1 have none."""
    return tuple(str(names[row]) for row in dict.fromkeys(rows) if row >= 0)


def too_far(
    net: Network,
    means: Means,
    params: DistanceParams,
    ends: Sequence[tuple[Place, float]],
) -> str:
    """Why these places are not on the mode's network, or an empty text."""
    limit = params.snap_km(means.mode)
    said: list[str] = []
    for place, km in ends:
        if km <= limit:
            continue
        what = f"{means.gauge_mm} mm {means.mode}" if means.gauge_mm else means.mode
        off = f"{km:,.0f} km away" if np.isfinite(km) else "more than 3,000 km away"
        text = f"{place.label} is too far from the {what} network: the nearest is {off}"
        said.append(f"{text}, the limit is {limit:g} km")
    if said and means.avoid:
        plain = replace(means, avoid=Avoid())
        ways = ways_for(net, means.on)
        places = [place for place, _ in ends]
        stops = ways.attach(attached(means.mode), *_positions(places), means.gauge_mm)
        if not too_far(
            net, plain, params, list(zip(places, stops.snapped_km.tolist(), strict=True))
        ):
            said.append("it would be near enough without what you avoid")
    if said and means.gauge_mm:
        gauges = _gauges_there(net, means, params, [place for place, km in ends if km > limit])
        if gauges:
            said.append(f"wrong gauge: the tracks there are of {gauges}")
    return "; ".join(said)


def _positions(places: Sequence[Place]) -> tuple[Floats, Floats]:
    return np.array([p.lat for p in places]), np.array([p.lon for p in places])


def _gauges_there(net: Network, means: Means, params: DistanceParams, places: list[Place]) -> str:
    ways = ways_for(net, means.on, means.avoid)
    stops = ways.attach(
        "rail", np.array([p.lat for p in places]), np.array([p.lon for p in places])
    )
    near = stops.link[(stops.link >= 0) & (stops.snapped_km <= params.snap_km("rail"))]
    found = dict.fromkeys(net.links.gauge_mm[near].tolist())
    return " and ".join(f"{gauge} mm" for gauge in found)


def _no_way(net: Network, means: Means, params: DistanceParams, pair: tuple[Place, Place]) -> str:
    """Why two places on the network are not joined: what, if anything, would join them."""
    a, b = pair
    date = f" on {means.on}" if means.on else ""
    by = f"{means.gauge_mm} mm {means.mode}" if means.gauge_mm else means.mode
    text = f"no way by {by} from {a.label} to {b.label}{date}"
    weaker: list[tuple[str, Means]] = []
    if means.gauge_mm:
        weaker.append(("wrong gauge: with a change of gauge", replace(means, gauge_mm=0)))
    if means.avoid:
        weaker.append(("without what you avoid", replace(means, avoid=Avoid())))
    if means.on:
        weaker.append(("in another season or on the base date", replace(means, on=None)))
    for what, other in weaker:
        found = find_shortest(net, other, [pair], params)[0]
        if not found.failure:
            gauges = ", ".join(str(gauge) for gauge in found.gauges_mm)
            of = f" over gauges {gauges}" if len(found.gauges_mm) > 1 else ""
            return f"{text}; {what} there is one of {found.km:,.0f} km{of}"
    return f"{text}: the two lie on parts of the network that nothing joins"


def mode_word(text: str) -> str:
    """A mode as users write it, from what they wrote."""
    word = text.strip().lower().replace("_", "-")
    if word not in WORDS:
        raise QuestionError(f"--mode {text!r} is none of {', '.join(WORDS)}")
    return word


def check_gauge(net: Network, word: str, gauge_mm: int) -> None:
    """Raise ``QuestionError`` for a gauge that no railway of the network has."""
    if not gauge_mm:
        return
    if word != "rail":
        raise QuestionError(f"--gauge {gauge_mm} makes no sense for {word}: only railways have one")
    known = np.unique(net.links.gauge_mm[net.links.mode == MODES.index("rail")]).tolist()
    if gauge_mm not in known:
        listed = ", ".join(str(gauge) for gauge in known)
        raise QuestionError(f"--gauge {gauge_mm}: no railway has it; there are {listed} (mm)")


def check_date(net: Network, on: dt.date | None) -> None:
    """Raise ``QuestionError`` for a date outside the years that the case speaks of."""
    first, last = net.case.first_date, net.case.last_date
    if on is not None and not first <= on <= last:
        raise QuestionError(f"the date {on} lies outside the data's years, {first} to {last}")


def check_allow(net: Network, allow: frozenset[str]) -> None:
    """Raise ``QuestionError`` for what is no passage."""
    known: list[str] = net.passages.id.tolist()
    for name in sorted(allow):
        if name not in known:
            raise QuestionError(f"--allow {name!r} is no passage; there are {', '.join(known)}")
