"""Putting places onto the network: the nearest point of the nearest link that may be used."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import QuestionError
from landbridge.kernels.graph import join_ends
from landbridge.kernels.grid import Feet, nearest_of_each
from landbridge.routing.kept import Kept, digest
from landbridge.routing.ways_ground import Ground
from landbridge.schema.column import Flags, Floats, Ints

Longs = NDArray[np.int64]
MOST_CHOICES = 64
"""So many choices of some stops are kept with the stops."""


@dataclass(frozen=True)
class AttachParams:
    """How places are put onto the network."""

    least_component_km: float = 150.0
    """Links of connected parts shorter than this in all are passed over: sidings, errors."""
    search_limit_km: float = 3000.0
    """Nothing farther off is looked for."""

    def __post_init__(self) -> None:
        if not (self.least_component_km >= 0 and self.search_limit_km > 0):
            raise QuestionError(
                "least_component_km must be >= 0 and search_limit_km > 0; "
                f"got {self.least_component_km} and {self.search_limit_km}"
            )


@dataclass(frozen=True, eq=False)
class Stops:
    """Points on the network; every array has one entry per stop."""

    family: str
    gauge_mm: int
    """Of the tracks that were looked at; 0: any."""
    lat: Floats
    """Of the point on the network; the given one where there is none."""
    lon: Floats
    snapped_km: Floats
    """Great circle between the given point and the network; inf where none was found."""
    link: Ints
    """Row of ``links``, or -1."""
    along_km: Floats
    """Km from the link's tail to the stop."""
    mode: Ints
    """Code as in ``units.MODES``, or -1."""
    country: Ints
    """Row of ``countries`` at the stop, or -1."""
    given_lat: Floats = field(repr=False)
    given_lon: Floats = field(repr=False)
    part: tuple[Stops, Ints] | None = field(default=None, repr=False)
    """Of which stops these are some, and which; None: of none."""

    def __len__(self) -> int:
        return len(self.lat)

    def take(self, rows: Ints) -> Stops:
        """Some of these stops, in the order given."""
        return Stops(
            self.family,
            self.gauge_mm,
            self.lat[rows],
            self.lon[rows],
            self.snapped_km[rows],
            self.link[rows],
            self.along_km[rows],
            self.mode[rows],
            self.country[rows],
            self.given_lat[rows],
            self.given_lon[rows],
            (self, rows),
        )

    @cached_property
    def name(self) -> str:
        """Equal for stops at the same places of the same links."""
        return digest(self.link, self.along_km).hex()

    def chosen(self, rows: Longs) -> Stops:
        """These stops: the same object when asked again, so that ways from them are found again."""
        kept: Kept[Stops] = vars(self).setdefault("_chosen", Kept[Stops](MOST_CHOICES))
        return kept.of(rows.tobytes(), lambda: self.take(rows.astype(np.int32)))


def big_enough(ground: Ground, usable: Flags, least_km: float) -> Flags:
    """Which of ``ground.rows`` belong to a connected part of at least ``least_km``.

    ``usable``: per row of ``ground.rows``; what is not usable joins nothing and is not in a part.
    """
    links, rows = ground.links, ground.rows
    tail, head = links.tail[rows], links.head[rows]
    part = np.empty(len(ground.nodes), np.int32)
    join_ends(tail, head, usable, part)
    own = part[tail]
    km = np.bincount(own[usable], links.km[rows][usable], minlength=len(part))
    return usable & (km[own] >= least_km)


def snap(
    ground: Ground, usable: Flags, lat: Floats, lon: Floats, gauge_mm: int, limit_km: float
) -> Stops:
    """The nearest point of the nearest usable link of each point given.

    ``usable``: per row of ``ground.rows``. Raises ``QuestionError`` for what is no position.
    """
    lat = np.atleast_1d(np.asarray(lat, np.float64))
    lon = np.atleast_1d(np.asarray(lon, np.float64))
    if lat.shape != lon.shape:
        raise QuestionError(f"{len(lat)} latitudes but {len(lon)} longitudes")
    good = (np.abs(lat) <= 90) & (np.abs(lon) <= 180)  # noqa: PLR2004 - degrees; false for NaN
    if not good.all():
        k = int(np.flatnonzero(~good)[0])
        raise QuestionError(
            f"latitude {lat[k]}, longitude {lon[k]} is no position: "
            "latitude lies in [-90, 90], longitude in [-180, 180]"
        )
    n = len(lat)
    feet = Feet(np.full(n, -1, np.int32), np.zeros(n), lat.copy(), lon.copy(), np.full(n, np.inf))
    if len(ground.rows):
        nearest_of_each(ground.lines, ground.grid, usable, lat, lon, limit_km, feet)
    return _stops(ground, feet, lat, lon, gauge_mm)


def _stops(ground: Ground, feet: Feet, lat: Floats, lon: Floats, gauge_mm: int) -> Stops:
    found = feet.segment >= 0
    link = np.full(len(lat), -1, np.int32)
    link[found] = ground.rows[ground.lines.line[feet.segment[found]]]
    along = np.zeros(len(lat))
    along[found] = feet.share[found] * ground.links.km[link[found]]
    mode = np.full(len(lat), -1, np.int32)
    mode[found] = ground.links.mode[link[found]]
    country = np.full(len(lat), -1, np.int32)
    country[found] = ground.link_country[link[found]]
    country[country == ground.countries] = -1
    return Stops(
        ground.family, gauge_mm, feet.lat, feet.lon, feet.km, link, along, mode, country, lat, lon
    )
