"""The tables of a network: what every column means, its unit and its rules.

The *world* tables come from the shipped file; the *case* tables from a folder of CSV files.
Units stand in the column's name; ``_low``, ``_typical`` and ``_high`` are one uncertain figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from landbridge.schema.column import (
    Codes,
    Flags,
    Floats,
    Ints,
    Key,
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
from landbridge.units import MODES, STATUSES

CONFIDENCE = OneOf(("high", "medium", "low"))
DISTRIBUTIONS = OneOf(("fixed", "pert", "lognormal", "uniform"))
CAPACITY_UNITS = (
    "boxes/day",
    "lorries/day",
    "t/day",
    "t/year",
    "TEU/day",
    "TEU/year",
    "trains/day",
    "wagons/day",
)
"""The units in which the capacity of a crossing may be given."""
Latitude = Annotated[Floats, Unit("deg"), Range(-90, 90)]
Longitude = Annotated[Floats, Unit("deg"), Range(-180, 180)]
Hours = Annotated[Floats, Unit("h"), Range(0)]
Money = Annotated[Floats, Range(0)]
"""In the unit named by the row's ``unit``; for the year named by the row."""
ModeCode = Annotated[Codes, OneOf(MODES)]
StatusCode = Annotated[Codes, OneOf(STATUSES)]


# --- provenance ----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, repr=False)
class Sources(Table):
    """Where figures come from; every other table's ``source`` names a row here."""

    name: ClassVar[str] = "sources"
    id: Annotated[Texts, Key()]
    title: Texts
    url: Texts
    year: Annotated[Shorts, Range(1900, 2100)]
    licence: Texts


# --- the world -----------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, repr=False)
class Countries(Table):
    """Countries and territories; row numbers are what ``country`` columns hold."""

    name: ClassVar[str] = "countries"
    code: Annotated[Texts, Key()]
    """ISO 3166-1 alpha-2."""
    title: Texts
    blocs: Texts
    """Customs and border areas, separated by ``;`` (EAEU, EU, SCHENGEN, GCC, ...)."""


@dataclass(frozen=True, eq=False, repr=False)
class Passages(Table):
    """Straits, canals, rivers and capes that a way can be said to use, close or avoid."""

    name: ClassVar[str] = "passages"
    id: Annotated[Texts, Key()]
    title: Texts
    kind: Annotated[Texts, OneOf(("strait", "canal", "river", "cape", "arctic", "sea"))]
    status: StatusCode
    opens: Since
    closes: Until
    season_from: Texts
    """First day of the yearly season as MM-DD; empty where open all year."""
    season_to: Texts
    draught_m: Annotated[Floats, Unit("m"), Range(0, missing=True)]
    max_dwt: Annotated[Floats, Unit("t"), Range(0, missing=True)]
    locks: Annotated[Shorts, Range(0)]
    ocean: Flags
    """Deep-sea vessels use it by default (false: only feeders or river-sea vessels may)."""
    has_detour: Flags
    """Avoiding it leaves another sea way worth showing (Suez: the Cape)."""
    lat: Latitude
    lon: Longitude
    source: Texts
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Sections(Table):
    """Named stretches: with a published length, a status with dates, or both."""

    name: ClassVar[str] = "sections"
    id: Annotated[Texts, Key()]
    title: Texts
    mode: ModeCode
    km: Annotated[Floats, Unit("km"), Range(0, missing=True)]
    """Published length, which the links on it are scaled to; NaN where none is known."""
    status: StatusCode
    opens: Since
    closes: Until
    year: Annotated[Shorts, Range(1800, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Nodes(Table):
    """Points where links meet. A border is a pair of nodes joined by a link of 0 km."""

    name: ClassVar[str] = "nodes"
    lat: Latitude
    lon: Longitude
    country: Annotated[Shorts, Ref("countries", optional=True)]


@dataclass(frozen=True, eq=False, repr=False)
class Links(Table):
    """Stretches of infrastructure, usable both ways, each in one country, mode and gauge.

    A link whose ends lie in two countries is a border crossing of the way (0 km).
    """

    name: ClassVar[str] = "links"
    tail: Annotated[Ints, Ref("nodes")]
    head: Annotated[Ints, Ref("nodes")]
    mode: ModeCode
    km: Annotated[Floats, Unit("km"), Range(0)]
    """Length along the infrastructure, not the great circle."""
    gauge_mm: Annotated[Shorts, Unit("mm"), Range(0, 2000)]
    """0 for what is no railway."""
    passage: Annotated[Shorts, Ref("passages", optional=True)]
    section: Annotated[Shorts, Ref("sections", optional=True)]
    status: StatusCode
    opens: Since
    closes: Until
    source: Annotated[Shorts, Ref("sources")]


@dataclass(frozen=True, eq=False, repr=False)
class Shapes(Table):
    """Points between the ends of links, in the order from tail to head."""

    name: ClassVar[str] = "shapes"
    link: Annotated[Ints, Ref("links")]
    """Ascending."""
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
    head: Annotated[Ints, Ref("nodes")]
    mode: ModeCode
    gauge_mm: Annotated[Shorts, Unit("mm"), Range(0, 2000)]
    km: Annotated[Floats, Unit("km"), Range(0)]


@dataclass(frozen=True, eq=False, repr=False)
class Places(Table):
    """Cities, ports, terminals, border points: whatever a user may name."""

    name: ClassVar[str] = "places"
    id: Annotated[Texts, Key()]
    title: Texts
    country: Annotated[Shorts, Ref("countries", optional=True)]
    lat: Latitude
    lon: Longitude
    kind: Annotated[Texts, OneOf(("city", "port", "rail_terminal", "inland_terminal", "border"))]
    locode: Texts
    """UN/LOCODE, or empty."""
    time_zone: Texts
    """IANA name, or empty."""
    population: Annotated[Ints, Range(0)]
    weight: Annotated[Floats, Range(0)]
    """How much a freight person means this one, for ranking."""
    source: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Aliases(Table):
    """Other names of places, in any script; also codes of other schemes."""

    name: ClassVar[str] = "aliases"
    place: Annotated[Ints, Ref("places")]
    text: Texts


# --- the case ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, repr=False)
class Closures(Table):
    """Borders that are shut for a mode between two countries, wholly or near one point."""

    name: ClassVar[str] = "closures"
    id: Annotated[Texts, Key()]
    mode: Annotated[Texts, OneOf(("rail", "road", "any"))]
    country_a: Texts
    country_b: Texts
    lat: Annotated[Floats, Unit("deg"), Range(-90, 90, missing=True)]
    lon: Annotated[Floats, Unit("deg"), Range(-180, 180, missing=True)]
    radius_km: Annotated[Floats, Unit("km"), Range(0, missing=True)]
    closed_from: Since
    closed_to: Until
    reason: Texts
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]


@dataclass(frozen=True, eq=False, repr=False)
class Terminals(Table):
    """Where cargo changes mode, gauge, vehicle or hands."""

    name: ClassVar[str] = "terminals"
    id: Annotated[Texts, Key()]
    title: Texts
    place: Texts
    """Id of its place (same id where the terminal is itself a place)."""
    country: Texts
    lat: Latitude
    lon: Longitude
    kind: Annotated[Texts, OneOf(("port", "rail", "inland", "border"))]
    locode: Texts
    size: Annotated[Shorts, Range(1, 3)]
    """1 local, 2 regional, 3 hub of its continent."""
    opening_hours: Texts
    """When handling may begin, as ``Mo-Fr 08:00-18:00; PH off`` (``schema.opening``)."""
    status: StatusCode
    opens: Since
    closes: Until
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Sides(Table):
    """One row per mode (and gauge) that a terminal serves, and where that side lies."""

    name: ClassVar[str] = "sides"
    terminal: Annotated[Ints, Ref("terminals")]
    mode: ModeCode
    gauge_mm: Annotated[Shorts, Unit("mm"), Range(0, 2000)]
    lat: Latitude
    lon: Longitude
    draught_m: Annotated[Floats, Unit("m"), Range(0, missing=True)]


@dataclass(frozen=True, eq=False, repr=False)
class Operations(Table):
    """Handling of a box between two sides of a terminal; ``*`` rows serve whoever has no own."""

    name: ClassVar[str] = "operations"
    id: Annotated[Texts, Key()]
    terminal: Texts
    """Id of a terminal, ``kind:port`` and the like, or ``*``; the most special row wins."""
    from_mode: Annotated[Texts, OneOf(MODES)]
    to_mode: Annotated[Texts, OneOf(MODES)]
    gauge_change: Flags
    """The row is for rail sides of two gauges."""
    kind: Annotated[Texts, OneOf(("handling", "gauge_change", "port"))]
    """Under which kind of money it is booked."""
    distribution: Annotated[Texts, DISTRIBUTIONS]
    hours_low: Hours
    hours_typical: Hours
    hours_high: Hours
    usd_low: Money
    usd_typical: Money
    usd_high: Money
    unit: Annotated[Texts, OneOf(("USD/box", "USD/TEU", "USD/FEU", "USD/t"))]
    lifts: Annotated[Floats, Range(0)]
    """Container lifts, for the CO2e of the hub."""
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]
    estimated: Flags
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Crossings(Table):
    """A border for a mode and a direction; generic rows name blocs (``*EAEU``) or ``*``."""

    name: ClassVar[str] = "crossings"
    id: Annotated[Texts, Key()]
    title: Texts
    mode: Annotated[Texts, OneOf(("rail", "road", "sea"))]
    from_country: Texts
    to_country: Texts
    lat: Annotated[Floats, Unit("deg"), Range(-90, 90, missing=True)]
    """NaN: holds for every point of that border that no row with a point covers."""
    lon: Annotated[Floats, Unit("deg"), Range(-180, 180, missing=True)]
    radius_km: Annotated[Floats, Unit("km"), Range(0, missing=True)]
    distribution: Annotated[Texts, DISTRIBUTIONS]
    hours_low: Hours
    hours_typical: Hours
    hours_high: Hours
    usd_low: Money
    usd_typical: Money
    usd_high: Money
    unit: Annotated[Texts, OneOf(("USD/box", "USD/TEU", "USD/FEU", "USD/t"))]
    empty_usd_low: Money
    """Share of the empty box's way back that this direction must carry."""
    empty_usd_typical: Money
    empty_usd_high: Money
    opening_hours: Texts
    """When clearing may begin, as ``Mo-Su 00:00-24:00``; empty where not known."""
    capacity: Annotated[Floats, Range(0, missing=True)]
    capacity_unit: Annotated[Texts, OneOf(CAPACITY_UNITS, empty=True)]
    papers: Texts
    """Documents wanted, separated by ``;``."""
    status: StatusCode
    opens: Since
    closes: Until
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]
    estimated: Flags
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Calendar(Table):
    """Weekends, days off and slow weeks of a country, beside its public holidays."""

    name: ClassVar[str] = "calendar"
    id: Annotated[Texts, Key()]
    country: Texts
    kind: Annotated[Texts, OneOf(("weekend", "closed", "slow"))]
    """``closed``: as a public holiday; ``slow``: clearing and handling take ``factor`` as long."""
    weekdays: Texts
    """Of a weekend, as ``Th Fr``."""
    from_day: Texts
    """First day, as MM-DD for every year or YYYY-MM-DD for one."""
    to_day: Texts
    """Last day, which counts."""
    factor: Annotated[Floats, Range(1, 20, missing=True)]
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Services(Table):
    """Trains, sailings and lorries that can be booked."""

    name: ClassVar[str] = "services"
    id: Annotated[Texts, Key()]
    title: Texts
    operator: Texts
    mode: Annotated[Texts, OneOf(MODES)]
    speed_class: Texts
    """Key into ``rates`` of kind speed, freight and emission."""
    gauge_mm: Annotated[Shorts, Unit("mm"), Range(0, 2000)]
    """For rail; 0 on a generic row: any gauge, one at a time."""
    generic: Flags
    """Runs between any two fit terminals; has no calls."""
    both_ways: Flags
    distribution: Annotated[Texts, DISTRIBUTIONS]
    headway_low_h: Hours
    """Time between departures; 0 for on-demand."""
    headway_typical_h: Hours
    headway_high_h: Hours
    timetable: Texts
    """Departures from the first call (backwards: the last) in local time, as ``Mo Th 18:00``
    (``schema.timetable``); then the headway columns are not used."""
    cutoff_h: Annotated[Floats, Unit("h"), Range(0, missing=True)]
    """Hours before departure by which cargo must be there; NaN where not published: none."""
    equipment: Texts
    """Boxes that it takes, separated by ``;``, of 20, 40, 40HC, 45, reefer; empty: any."""
    min_km: Annotated[Floats, Unit("km"), Range(0)]
    max_km: Annotated[Floats, Unit("km"), Range(0)]
    min_size: Annotated[Shorts, Range(1, 3)]
    """A generic service runs between terminals of that size or more."""
    stays_in: Texts
    """Id of the inland sea that its vessels never leave; empty: none."""
    capacity_teu: Annotated[Floats, Unit("TEU"), Range(0, missing=True)]
    draught_m: Annotated[Floats, Unit("m"), Range(0, missing=True)]
    vessel_dwt: Annotated[Floats, Unit("t"), Range(0, missing=True)]
    status: StatusCode
    opens: Since
    closes: Until
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]
    estimated: Flags
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Calls(Table):
    """The terminals that a service calls at, in order."""

    name: ClassVar[str] = "calls"
    service: Annotated[Ints, Ref("services")]
    order: Annotated[Shorts, Range(1)]
    terminal: Annotated[Ints, Ref("terminals")]
    dwell_h: Hours
    """Time at the call for cargo that stays on board."""


_PER_CARGO = ("USD/box", "USD/TEU", "USD/FEU", "USD/t", "USD/shipment")
RATE_UNITS = {
    "speed": ("km/day",),
    "freight": ("USD/FEU-km", "USD/TEU-km", "USD/t-km", "USD/km"),
    "freight_fixed": _PER_CARGO,
    "passage_due": _PER_CARGO,
    "documents": _PER_CARGO,
    "co2e_wtw": ("g/tkm",),
    "co2e_ttw": ("g/tkm",),
    "lift_co2e_wtw": ("kg/lift",),
    "lift_co2e_ttw": ("kg/lift",),
    "payload": ("t/box",),
    "detour": ("ratio",),
}
"""The units in which each kind of rate may be given."""
RATE_KINDS = tuple(RATE_UNITS)


@dataclass(frozen=True, eq=False, repr=False)
class Rates(Table):
    """Prices, speeds, factors: a value with its range, unit, year and source."""

    name: ClassVar[str] = "rates"
    id: Annotated[Texts, Key()]
    kind: Annotated[Texts, OneOf(RATE_KINDS)]
    mode: Annotated[Texts, OneOf(MODES, empty=True)]
    item: Texts
    """``speed_class`` of the service, a passage, or empty for all."""
    country: Texts
    """Where it applies (of departure at sea): a code, ``*BLOC``, or ``*``."""
    to_country: Texts
    """For ocean lanes the country of arrival; else ``*``."""
    equipment: Annotated[Texts, OneOf(("20", "40", "any"))]
    value: Annotated[Floats, Range(0)]
    low: Annotated[Floats, Range(0)]
    high: Annotated[Floats, Range(0)]
    unit: Texts
    """One of ``RATE_UNITS`` for the row's kind."""
    distribution: Annotated[Texts, DISTRIBUTIONS]
    valid_from: Since
    valid_to: Until
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts
    confidence: Annotated[Texts, CONFIDENCE]
    estimated: Flags
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Rules(Table):
    """Dated warnings and bars: what to check with whom before booking."""

    name: ClassVar[str] = "rules"
    id: Annotated[Texts, Key()]
    kind: Annotated[Texts, OneOf(("warn", "bar"))]
    applies_to: Texts
    """Terms that must all hold, separated by ``;``: ``country:IR``, ``passage:suez``,
    ``mode:rail``, ``terminal:IRBND``, ``crossing:AZ-IR``, ``service:...``."""
    valid_from: Since
    valid_to: Until
    text: Texts
    check_with: Texts
    year: Annotated[Shorts, Range(1900, 2100)]
    source: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Branches(Table):
    """Families of ways that people know by a name; the first row that fits names an option."""

    name: ClassVar[str] = "branches"
    id: Annotated[Texts, Key()]
    title: Texts
    all_of: Texts
    """Terms as in ``Rules.applies_to``, all of which hold."""
    any_of: Texts
    none_of: Texts
    from_countries: Texts
    """Where one would expect it: origin codes, separated by ``;`` (either direction)."""
    to_countries: Texts
    note: Texts


@dataclass(frozen=True, eq=False, repr=False)
class Expected(Table):
    """Variants that people ask for and that need one thing: told as absent while it is missing."""

    name: ClassVar[str] = "expected"
    id: Annotated[Texts, Key()]
    title: Texts
    branch: Texts
    needs: Texts
    """``section:rasht-astara``, ``service:...``, ``terminal:...`` or ``passage:...``."""
    reason: Texts
    source: Texts


WORLD_TABLES: tuple[type[Table], ...] = (Countries, Nodes, Links, Shapes, Cells)
"""What only the shipped world file holds."""
CASE_TABLES: tuple[type[Table], ...] = (
    Sources,
    Passages,
    Sections,
    Places,
    Aliases,
    Closures,
    Terminals,
    Sides,
    Operations,
    Crossings,
    Calendar,
    Services,
    Calls,
    Rates,
    Rules,
    Branches,
    Expected,
)
"""What a case folder may hold, one CSV file each; laid over the world's rows of that table."""
