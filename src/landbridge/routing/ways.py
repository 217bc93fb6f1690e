"""Ways on the infrastructure on a date: put places onto it, and find ways between them.

``ways_for(net, on=...)`` gives what ``route`` and ``distance`` share. See docs/ways.md for a
picture of how a way is found.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.routing.attach import AttachParams, Stops, big_enough, snap
from landbridge.routing.avoid import Avoid, crossing_name
from landbridge.routing.kept import Kept, digest
from landbridge.routing.ways_ground import FAMILIES, Ground, ground_for
from landbridge.routing.ways_legs import Asked, Legs, Open, Pace, find_legs
from landbridge.routing.ways_open import BorderPoints, closures_at, turning_days, usable
from landbridge.routing.ways_pieces import Pieces
from landbridge.routing.ways_upper import Upper, upper_for
from landbridge.schema.column import Flags, Floats, Ints
from landbridge.units import MODES, RAIL, day_number

__all__ = ["Avoid", "Borders", "Legs", "Pace", "Pieces", "Stops", "Ways", "ways_for"]

KEPT = 8
"""So many sets of ways (dates, avoidances) are kept per network."""
NOTHING = Avoid()
DEFAULTS = AttachParams()


@dataclass(frozen=True, eq=False)
class Borders:
    """Where ways of a family lead from one country to another; an entry per crossing."""

    node: Ints
    """Of side a."""
    lat: Floats
    lon: Floats
    country_a: Ints
    """Row of ``countries``."""
    country_b: Ints
    gauge_mm: Ints
    """Of the track across; 0 for roads and water."""
    mode: Ints
    open: Flags
    """Whether it may be used on the date, by its own status and by the closures of borders."""
    closure: Ints
    """Row of ``closures`` that shuts it, or -1."""

    def __len__(self) -> int:
        return len(self.node)


@dataclass(frozen=True, eq=False)
class Ways:
    """What may be used of a network on a date, something avoided perhaps. See ``ways_for``."""

    net: Network = field(repr=False)
    on: dt.date
    """A day like the one asked for: nothing opens or closes between the two."""
    avoid: Avoid
    _borders: dict[str, Borders] = field(default_factory=dict[str, Borders], repr=False)
    _open: dict[str, Open] = field(default_factory=dict[str, Open], repr=False)
    _free: dict[str, Flags] = field(default_factory=dict[str, Flags], repr=False)
    _fit: dict[tuple[str, int, float], Fit] = field(
        default_factory=dict[tuple[str, int, float], "Fit"], repr=False
    )

    def attach(
        self,
        family: str,
        lat: Floats | float,
        lon: Floats | float,
        gauge_mm: int = 0,
        params: AttachParams = DEFAULTS,
    ) -> Stops:
        """Put points (degrees) onto the nearest link that may be used.

        ``family``: rail, road or water; or sea or inland_waterway for only those links of water.
        ``gauge_mm``: only tracks of that gauge, 0 for any. Never onto what is not open by the date,
        nor onto small parts that lead nowhere.
        """
        ground = self._upper(family if family in FAMILIES else family_of(family)).ground
        fit = self._fit_for(ground, gauge_mm, params)
        at, limit = (np.asarray(lat), np.asarray(lon)), params.search_limit_km

        def make() -> Stops:
            flags = fit.flags
            if family not in FAMILIES:
                flags = flags & (ground.links.mode[ground.rows] == MODES.index(family))
            return snap(ground, flags, *at, gauge_mm, limit)

        key = (fit.name, family, digest(*at), gauge_mm, limit)
        return points_of(ground).stops.of(key, make)

    def borders(self, family: str) -> Borders:
        """All border crossings of a family, in the order that ``Pace.border_h`` goes by."""
        found = self._borders.get(family)
        if found is None:
            found = self._borders[family] = _borders(self.net, self._upper(family), self.on)
        return found

    def legs(
        self,
        start: Stops,
        to: Stops,
        pace: Pace,
        gauge_mm: int = 0,
        longest_km: float = np.inf,
        *,
        kept: bool = True,
    ) -> Legs:
        """Least-time ways from every stop of ``start`` to every stop of ``to``.

        ``gauge_mm``: only tracks of that gauge; 0 lets trains change gauge wherever gauges meet.
        ``longest_km``: longer ways count as none. ``kept``: False for a table that is asked once.
        """
        if start.family != to.family:
            raise QuestionError(f"no way leads from {start.family} to {to.family} by itself")
        upper = self._upper(start.family)
        passages: list[str] = self.net.passages.id.tolist()
        asked = Asked(gauge_mm, longest_km, kept)
        return find_legs(upper, self._open_for(upper), (start, to), pace, passages, asked)

    def survey(self, start: Stops, to: Stops) -> None:
        """Find how both lead out of their cells, and to each other inside them.

        Tables between parts of them (``Stops.take``) then need no search inside cells.
        """
        self._upper(start.family).book.between(start, to)

    def even_pace(
        self,
        closed_passages: frozenset[str] = frozenset(),
        modes: frozenset[str] = frozenset(MODES),
    ) -> Pace:
        """One hour per km everywhere and no wait at borders: the least-time way is the shortest."""
        h_per_km = np.ones((len(MODES), len(self.net.countries) + 1))
        return Pace(h_per_km, None, closed_passages, modes)

    def link_km(
        self, family: str, closed_passages: frozenset[str], modes: frozenset[str], gauge_mm: int = 0
    ) -> Floats:
        """Km per row of ``links``; inf where the family may not go, with the words of ``legs``."""
        ground = ground_for(self.net, family)
        links, rows = ground.links, ground.rows
        free = _links_free(self, ground).copy()
        free &= np.array([mode in modes for mode in MODES])[links.mode[rows]]
        shut = [str(name) in closed_passages for name in self.net.passages.id]
        free &= ~np.array([*shut, False])[links.passage[rows]]
        if gauge_mm:
            free &= (links.mode[rows] != RAIL) | (links.gauge_mm[rows] == gauge_mm)
        km = np.full(len(links), np.inf)
        km[rows[free]] = links.km[rows[free]]
        return km

    def _upper(self, family: str) -> Upper:
        return upper_for(self.net, family)

    def _open_for(self, upper: Upper) -> Open:
        family = upper.ground.family
        found = self._open.get(family)
        if found is None:
            border = self.borders(family).open & _not_avoided(self, self.borders(family))
            found = self._open[family] = _open(self, upper, border)
        return found

    def _fit_for(self, ground: Ground, gauge_mm: int, params: AttachParams) -> Fit:
        key = (ground.family, gauge_mm, params.least_component_km)
        found = self._fit.get(key)
        if found is None:
            found = self._fit[key] = _fit(self, ground, gauge_mm, params.least_component_km)
        return found


def ways_for(net: Network, on: dt.date | None = None, avoid: Avoid = NOTHING) -> Ways:
    """What may be used of ``net`` on a date (the case's base date if None), less ``avoid``.

    Kept with the network, so that asking again costs nothing; days between which nothing opens or
    closes share one object.
    """
    on = net.case.base_date if on is None else on
    kept: OrderedDict[tuple[int, Avoid], Ways] = vars(net).setdefault("_ways", OrderedDict())
    span = int(np.searchsorted(_turning_days(net), day_number(on), side="right"))
    key = (span, avoid)
    found = kept.get(key)
    if found is None:
        found = kept[key] = Ways(net, on, avoid)
    kept.move_to_end(key)
    while len(kept) > KEPT:
        kept.popitem(last=False)
    return found


def _turning_days(net: Network) -> NDArray[np.int64]:
    found: NDArray[np.int64] | None = vars(net).get("_turning_days")
    if found is None:
        found = vars(net)["_turning_days"] = turning_days(net)
    return found


@dataclass(frozen=True, eq=False)
class Fit:
    """Which of ``ground.rows`` a place may be put onto."""

    name: bytes
    """Equal for equal flags."""
    flags: Flags


class Points:
    """What was found for points on one ground, for all networks and dates that share it."""

    def __init__(self) -> None:
        self.fits: Kept[Fit] = Kept(16)
        self.stops: Kept[Stops] = Kept(256)


_POINTS: WeakKeyDictionary[Ground, Points] = WeakKeyDictionary()


def points_of(ground: Ground) -> Points:
    """Kept with the ground."""
    return _POINTS.setdefault(ground, Points())


def _fit(ways: Ways, ground: Ground, gauge_mm: int, least_km: float) -> Fit:
    links, rows = ground.links, ground.rows
    free = _links_free(ways, ground)
    if gauge_mm:
        free = free & ((links.mode[rows] != RAIL) | (links.gauge_mm[rows] == gauge_mm))
    name = digest(free, np.array([least_km]))

    def make() -> Fit:
        big = big_enough(ground, free, least_km)
        return Fit(name, big & (links.km[rows] > 0) & ~ground.is_border(rows))

    return points_of(ground).fits.of(name, make)


def _links_free(ways: Ways, ground: Ground) -> Flags:
    """Which of ``ground.rows`` may be used on the date and are not avoided; not to be written."""
    kept: dict[str, Flags] = vars(ways)["_free"]
    if ground.family not in kept:
        kept[ground.family] = _found_free(ways, ground)
    return kept[ground.family]


def _found_free(ways: Ways, ground: Ground) -> Flags:
    net, links, rows = ways.net, ground.links, ground.rows
    free = usable(links, day_number(ways.on))[rows]
    free &= _passages_free(ways)[links.passage[rows]]
    free &= _countries_free(ways)[ground.link_country[rows]]
    shut_modes = np.array([mode in ways.avoid.modes for mode in MODES])
    free &= ~shut_modes[links.mode[rows]]
    if ways.avoid.crossings or len(net.closures):
        upper = upper_for(net, ground.family)
        borders = ways.borders(ground.family)
        shut = upper.border_link[~(borders.open & _not_avoided(ways, borders))]
        free &= ~np.isin(rows, shut)
    return free


def _passages_free(ways: Ways) -> Flags:
    """Per row of ``passages``, and True at the end for links without one (row -1)."""
    open_ = usable(ways.net.passages, day_number(ways.on))
    avoided = [str(name) in ways.avoid.passages for name in ways.net.passages.id]
    return np.append(open_ & ~np.array(avoided, bool), True)


def _countries_free(ways: Ways) -> Flags:
    """Per row of ``countries``, and True at the end for what lies in none."""
    avoided = [str(code) in ways.avoid.countries for code in ways.net.countries.code]
    return np.append(~np.array(avoided, bool), True)


def _not_avoided(ways: Ways, borders: Borders) -> Flags:
    """Borders that are neither avoided nor lead into a country that is."""
    code = ways.net.countries.code
    free = _countries_free(ways)
    good = free[borders.country_a] & free[borders.country_b]
    for crossing in ways.avoid.crossings:
        a, _, b = crossing.partition("-")
        name = crossing_name(a, b)
        for k in np.flatnonzero(good).tolist():
            pair = crossing_name(str(code[borders.country_a[k]]), str(code[borders.country_b[k]]))
            good[k] = pair != name
    return good


def _open(ways: Ways, upper: Upper, border: Flags) -> Open:
    """What of the upper graph may be used."""
    ground = upper.ground
    free = np.ones(len(ground.links), bool)
    free[ground.rows] = _links_free(ways, ground)
    classes = upper.classes
    kind = _countries_free(ways)[classes.country] & _passages_free(ways)[classes.passage]
    shut_modes = np.array([mode in ways.avoid.modes for mode in MODES])
    kind &= ~shut_modes[classes.mode]
    arc = (upper.link < 0) | free[upper.link]
    return Open(arc, kind, border)


def _borders(net: Network, upper: Upper, on: dt.date) -> Borders:
    links, nodes = net.links, net.nodes
    rows = upper.border_link
    a, b = links.tail[rows], links.head[rows]
    day = day_number(on)
    at = BorderPoints(
        mode=links.mode[rows].astype(np.int32),
        country_a=nodes.country[a].astype(np.int32),
        country_b=nodes.country[b].astype(np.int32),
        lat=nodes.lat[a],
        lon=nodes.lon[a],
    )
    closure = closures_at(net, day, at)
    return Borders(
        node=a,
        lat=at.lat,
        lon=at.lon,
        country_a=at.country_a,
        country_b=at.country_b,
        gauge_mm=links.gauge_mm[rows].astype(np.int32),
        mode=at.mode,
        open=usable(links, day)[rows] & (closure < 0),
        closure=closure,
    )


def family_of(mode: str) -> str:
    """The family of a mode's word: rail, road, or water for both kinds of ships."""
    code = MODES.index(mode) if mode in MODES else -1
    found = [family for family, codes in FAMILIES.items() if code in codes]
    if not found:
        raise QuestionError(
            f"mode {mode!r} has no ways; use one of rail, road, sea, inland_waterway"
        )
    return found[0]
