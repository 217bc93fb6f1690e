"""The tables of the world: sources, infrastructure, places. How to read them: ``tables``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from landbridge.network.columns import (
    Confidence,
    Draught,
    Gauge,
    Id,
    Latitude,
    Longitude,
    ModeCode,
    Note,
    SourceIds,
    StatusCode,
    Title,
    Year,
)
from landbridge.schema.column import (
    Flags,
    Floats,
    Ints,
    OneOf,
    Range,
    Ref,
    Shorts,
    Since,
    Texts,
    Unit,
    Until,
)
from landbridge.schema.table import Table


@dataclass(frozen=True, eq=False, repr=False)
class Sources(Table):
    """Where figures come from; every other table's ``source`` names a row here."""

    name: ClassVar[str] = "sources"
    id: Id
    title: Title
    """What it is, with its publisher."""
    url: Texts
    """Where it can be read; blank where it is not on the web."""
    year: Year
    """The year that its figures describe."""
    licence: Texts
    """Licence of the data, or ``fact`` for a single figure that nobody can own."""


@dataclass(frozen=True, eq=False, repr=False)
class Countries(Table):
    """Countries and territories; row numbers are what ``country`` columns hold."""

    name: ClassVar[str] = "countries"
    code: Id
    """ISO 3166-1 alpha-2."""
    title: Title
    blocs: Texts
    """Customs and border areas, separated by ``;``: ``EAEU``, ``EU``, ``SCHENGEN``, ``GCC`` ..."""


@dataclass(frozen=True, eq=False, repr=False)
class Passages(Table):
    """Straits, canals, rivers and capes that a way can be said to use, close or avoid."""

    name: ClassVar[str] = "passages"
    id: Id
    title: Title
    kind: Annotated[Texts, OneOf(("strait", "canal", "river", "cape", "arctic", "sea"))]
    """A way is told apart from others by the canals, rivers, capes and inland seas it uses; a
    strait is merely passed."""
    status: StatusCode
    opens: Since
    closes: Until
    season_from: Texts
    """First day of the yearly season as MM-DD; empty where open all year."""
    season_to: Texts
    """Last day of the yearly season as MM-DD; a season may span the new year."""
    draught_m: Draught
    """Deepest draught that passes; services that draw more keep off it."""
    max_dwt: Annotated[Floats, Unit("t"), Range(0, missing=True)]
    """Largest vessel that passes, deadweight."""
    locks: Annotated[Shorts, Range(0)]
    """Number of locks."""
    ocean: Flags
    """Deep-sea vessels use it by default (false: only feeders or river-sea vessels may)."""
    has_detour: Flags
    """Avoiding it leaves another sea way worth showing (Suez: the Cape)."""
    lat: Latitude
    lon: Longitude
    source: SourceIds
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Sections(Table):
    """Named stretches: with a published length, a status with dates, or both."""

    name: ClassVar[str] = "sections"
    id: Id
    title: Title
    mode: ModeCode
    """What runs on it."""
    km: Annotated[Floats, Unit("km"), Range(0, missing=True)]
    """Published length, which the links on it are scaled to; NaN where none is known."""
    status: StatusCode
    opens: Since
    closes: Until
    year: Annotated[Shorts, Range(1800, 2100)]
    """The year of the published length, or of what is told of its status."""
    source: SourceIds
    confidence: Confidence
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Nodes(Table):
    """Points where links meet. A border is a pair of nodes joined by a link of 0 km."""

    name: ClassVar[str] = "nodes"
    lat: Latitude
    lon: Longitude
    country: Annotated[Shorts, Ref("countries", optional=True)]
    """Where it lies; none: at sea."""


@dataclass(frozen=True, eq=False, repr=False)
class Links(Table):
    """Stretches of infrastructure, usable both ways, each in one country, mode and gauge.

    A link whose ends lie in two countries is a border crossing of the way (0 km).
    """

    name: ClassVar[str] = "links"
    tail: Annotated[Ints, Ref("nodes")]
    """One end."""
    head: Annotated[Ints, Ref("nodes")]
    """The other end."""
    mode: ModeCode
    km: Annotated[Floats, Unit("km"), Range(0)]
    """Length along the infrastructure, not the great circle."""
    gauge_mm: Gauge
    passage: Annotated[Shorts, Ref("passages", optional=True)]
    """Passage that it is part of."""
    section: Annotated[Shorts, Ref("sections", optional=True)]
    """Named section that it is part of."""
    status: StatusCode
    opens: Since
    closes: Until
    source: Annotated[Shorts, Ref("sources")]
    """Where it comes from."""


@dataclass(frozen=True, eq=False, repr=False)
class Shapes(Table):
    """Points between the ends of links, in the order from tail to head."""

    name: ClassVar[str] = "shapes"
    link: Annotated[Ints, Ref("links")]
    """Whose shape it is; ascending."""
    lat: Latitude
    lon: Longitude


@dataclass(frozen=True, eq=False, repr=False)
class Cells(Table):
    """Shortest ways inside one cell (links of one mode, gauge and country, always open).

    Between the cell's *gates*: ends of links that are borders, gauge breaks, passages, or have a
    status or dates. Shortest distances between gates over ``cells`` plus those special links equal
    the distances over all links; water links are not in cells (their graph is small).
    """

    name: ClassVar[str] = "cells"
    tail: Annotated[Ints, Ref("nodes")]
    """Gate at one end."""
    head: Annotated[Ints, Ref("nodes")]
    """Gate at the other end."""
    mode: ModeCode
    """Mode of the cell."""
    gauge_mm: Gauge
    """Gauge of the cell; 0 for roads."""
    km: Annotated[Floats, Unit("km"), Range(0)]
    """Length of the shortest way inside the cell."""


@dataclass(frozen=True, eq=False, repr=False)
class Places(Table):
    """Cities, ports, terminals, border points: whatever a user may name."""

    name: ClassVar[str] = "places"
    id: Id
    title: Title
    country: Annotated[Shorts, Ref("countries", optional=True)]
    """Country it lies in."""
    lat: Latitude
    lon: Longitude
    kind: Annotated[Texts, OneOf(("city", "port", "rail_terminal", "inland_terminal", "border"))]
    """What it is."""
    locode: Texts
    """UN/LOCODE, or empty."""
    time_zone: Texts
    """IANA name, or empty."""
    population: Annotated[Ints, Range(0)]
    """Inhabitants; 0 where it is no town."""
    weight: Annotated[Floats, Range(0)]
    """How much a freight person means this one, for ranking."""
    source: SourceIds


@dataclass(frozen=True, eq=False, repr=False)
class Aliases(Table):
    """Other names of places, in any script; also codes of other schemes."""

    name: ClassVar[str] = "aliases"
    place: Annotated[Ints, Ref("places")]
    """Whose name it is."""
    text: Texts
    """The name."""
