"""The tables of a network: what every column means, its unit and its rules.

The *world* tables come from the shipped file; the *case* tables from a folder of CSV files.
Units stand in the column's name; ``_low``, ``_typical`` and ``_high`` are one uncertain figure,
explained at its ``_low``. The text under a column, or else that of its kind in ``columns.py``, is
what docs/formats.md says of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from landbridge.network.columns import (
    Confidence,
    Distribution,
    Draught,
    Estimated,
    Gauge,
    Hours,
    Id,
    Latitude,
    Longitude,
    ModeCode,
    Money,
    MoneyUnit,
    Note,
    PointLatitude,
    PointLongitude,
    PointRadius,
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
from landbridge.units import MODES

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

# --- provenance ----------------------------------------------------------------------------------


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


# --- the world -----------------------------------------------------------------------------------


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


# --- the case ------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False, repr=False)
class Closures(Table):
    """Borders that are shut for a mode between two countries, wholly or near one point."""

    name: ClassVar[str] = "closures"
    id: Id
    mode: Annotated[Texts, OneOf(("rail", "road", "any"))]
    """What may not cross; ``any``: neither rail nor road."""
    country_a: Texts
    """One side, ISO 3166-1 alpha-2."""
    country_b: Texts
    """The other side."""
    lat: PointLatitude
    lon: PointLongitude
    radius_km: PointRadius
    closed_from: Since
    """First day of the closure."""
    closed_to: Until
    """First day on which it is open again."""
    reason: Texts
    """Why, in words."""
    year: Year
    source: SourceIds
    confidence: Confidence


@dataclass(frozen=True, eq=False, repr=False)
class Terminals(Table):
    """Where cargo changes mode, gauge, vehicle or hands."""

    name: ClassVar[str] = "terminals"
    id: Id
    title: Title
    place: Texts
    """Id of its place (same id where the terminal is itself a place)."""
    country: Texts
    """ISO 3166-1 alpha-2; a border terminal belongs to the country that it stands in."""
    lat: Latitude
    lon: Longitude
    kind: Annotated[Texts, OneOf(("port", "rail", "inland", "border"))]
    """What it is; operations may be given for a kind."""
    locode: Texts
    """UN/LOCODE, or empty."""
    size: Annotated[Shorts, Range(1, 3)]
    """1 local, 2 regional, 3 hub of its continent."""
    opening_hours: Texts
    """When handling may begin, as ``Mo-Fr 08:00-18:00; PH off`` (``schema.opening``)."""
    status: StatusCode
    opens: Since
    closes: Until
    year: Year
    source: SourceIds
    confidence: Confidence
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Sides(Table):
    """One row per mode (and gauge) that a terminal serves, and where that side lies."""

    name: ClassVar[str] = "sides"
    terminal: Annotated[Ints, Ref("terminals")]
    """Whose side it is."""
    mode: ModeCode
    """What calls there."""
    gauge_mm: Gauge
    lat: Latitude
    """Degrees north of the quay, yard or gate, from where it is put onto the network."""
    lon: Longitude
    """Degrees east of it."""
    draught_m: Draught
    """Deepest draught at the quay; blank: deep enough for whatever comes."""


@dataclass(frozen=True, eq=False, repr=False)
class Operations(Table):
    """Handling of a box between two sides of a terminal; ``*`` rows serve whoever has no own."""

    name: ClassVar[str] = "operations"
    id: Id
    terminal: Texts
    """Id of a terminal, ``kind:port`` and the like, or ``*``; the most special row wins."""
    from_mode: Annotated[Texts, OneOf(MODES)]
    """How the box arrives."""
    to_mode: Annotated[Texts, OneOf(MODES)]
    """How it leaves."""
    gauge_change: Flags
    """The row is for rail sides of two gauges."""
    kind: Annotated[Texts, OneOf(("handling", "gauge_change", "port"))]
    """Under which kind of money it is booked."""
    distribution: Distribution
    hours_low: Hours
    """Dwell from arrival until ready to depart, without the wait for the departure."""
    hours_typical: Hours
    hours_high: Hours
    usd_low: Money
    """Price of it."""
    usd_typical: Money
    usd_high: Money
    unit: MoneyUnit
    lifts: Annotated[Floats, Range(0)]
    """Container lifts, for the CO2e of the hub."""
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Crossings(Table):
    """A border for a mode and a direction; generic rows name blocs (``*EAEU``) or ``*``."""

    name: ClassVar[str] = "crossings"
    id: Id
    title: Title
    mode: Annotated[Texts, OneOf(("rail", "road", "sea"))]
    """What crosses; ``sea`` for countries around an inland sea."""
    from_country: Texts
    """Country that is left: alpha-2 code, ``*`` and a bloc, or ``*``."""
    to_country: Texts
    """Country that is entered, in the same words; the most special row wins."""
    lat: PointLatitude
    """NaN: holds for every point of that border that no row with a point covers."""
    lon: PointLongitude
    radius_km: PointRadius
    distribution: Distribution
    hours_low: Hours
    """Time at the border, from arrival to departure."""
    hours_typical: Hours
    hours_high: Hours
    usd_low: Money
    """Price of it."""
    usd_typical: Money
    usd_high: Money
    unit: MoneyUnit
    empty_usd_low: Money
    """Share of the empty box's way back that this direction must carry, per FEU."""
    empty_usd_typical: Money
    empty_usd_high: Money
    opening_hours: Texts
    """When clearing may begin, as ``Mo-Su 00:00-24:00``; empty where not known."""
    capacity: Annotated[Floats, Range(0, missing=True)]
    """What gets through, in ``capacity_unit``."""
    capacity_unit: Annotated[Texts, OneOf(CAPACITY_UNITS, empty=True)]
    """Unit of ``capacity``; given with it or not at all."""
    papers: Texts
    """Documents wanted, separated by ``;``."""
    status: StatusCode
    opens: Since
    closes: Until
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note


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
    id: Id
    title: Title
    operator: Texts
    """Who runs it."""
    mode: Annotated[Texts, OneOf(MODES)]
    """What carries the boxes."""
    speed_class: Texts
    """Key into ``rates`` of kind speed, freight and emission."""
    gauge_mm: Gauge
    """For rail; 0 on a generic row: any gauge, one at a time."""
    generic: Flags
    """Runs between any two fit terminals; has no calls."""
    both_ways: Flags
    """Whether it runs the other way as well, at the same interval."""
    distribution: Distribution
    headway_low_h: Hours
    """Time between departures; 0 for on demand."""
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
    """A generic service takes no shorter ride."""
    max_km: Annotated[Floats, Unit("km"), Range(0)]
    """A generic service takes no longer ride."""
    min_size: Annotated[Shorts, Range(1, 3)]
    """A generic service runs between terminals of that size or more."""
    stays_in: Texts
    """Id of the inland sea that its vessels never leave; empty: none."""
    capacity_teu: Annotated[Floats, Unit("TEU"), Range(0, missing=True)]
    """Places on one departure."""
    draught_m: Draught
    """Draught of the vessel; it keeps off shallower passages and ports."""
    vessel_dwt: Annotated[Floats, Unit("t"), Range(0, missing=True)]
    """Deadweight of the vessel."""
    status: StatusCode
    opens: Since
    closes: Until
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Calls(Table):
    """The terminals that a service calls at, in order."""

    name: ClassVar[str] = "calls"
    service: Annotated[Ints, Ref("services")]
    """Whose call it is."""
    order: Annotated[Shorts, Range(1)]
    """1, 2, 3, ... along the service."""
    terminal: Annotated[Ints, Ref("terminals")]
    """Where it calls; the terminal needs a side of its mode and gauge."""
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
RATE_MEANINGS = {
    "speed": "Km made good in a day between terminals and borders, stops on the way included.",
    "freight": "Price by distance; ``USD/km`` is for one lorry with one box.",
    "freight_fixed": "Price of a ride, whatever its length; added to ``freight``.",
    "passage_due": "Toll of the passage that ``item`` names, once per ride.",
    "documents": "Papers of the whole chain, once.",
    "co2e_wtw": "Greenhouse gases well to wheel (fuel production and use).",
    "co2e_ttw": "Greenhouse gases tank to wheel (use alone); part of ``co2e_wtw``.",
    "lift_co2e_wtw": "As ``co2e_wtw``, for one lift of a box at a terminal.",
    "lift_co2e_ttw": "As ``co2e_ttw``, for one lift of a box at a terminal.",
    "payload": "Cargo that a box of that ``equipment`` may hold; ``high`` is the limit.",
    "detour": "Usual way of a lorry over the shortest one, by country.",
}
"""What each kind of rate is."""


@dataclass(frozen=True, eq=False, repr=False)
class Rates(Table):
    """Prices, speeds, factors: a value with its range, unit, year and source."""

    name: ClassVar[str] = "rates"
    id: Id
    kind: Annotated[Texts, OneOf(RATE_KINDS)]
    """What is given; see the table of kinds."""
    mode: Annotated[Texts, OneOf(MODES, empty=True)]
    """What it is for; blank where the kind has no mode."""
    item: Texts
    """``speed_class`` of the service, a passage, or empty for all."""
    country: Texts
    """Where it applies (of departure at sea): a code, ``*BLOC``, or ``*``."""
    to_country: Texts
    """For ocean lanes the country of arrival; else ``*``."""
    equipment: Annotated[Texts, OneOf(("20", "40", "any"))]
    """Size of box in feet that it is for."""
    value: Annotated[Floats, Range(0)]
    """The typical figure."""
    low: Annotated[Floats, Range(0)]
    """Low end of its range."""
    high: Annotated[Floats, Range(0)]
    """High end of its range."""
    unit: Texts
    """One of ``RATE_UNITS`` for the row's kind."""
    distribution: Distribution
    valid_from: Since
    valid_to: Until
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Rules(Table):
    """Dated warnings and bars: what to check with whom before booking."""

    name: ClassVar[str] = "rules"
    id: Id
    kind: Annotated[Texts, OneOf(("warn", "bar"))]
    """``warn`` is told with the options that it fits; ``bar`` forbids them."""
    applies_to: Texts
    """Terms that must all hold, separated by ``;``: ``country:IR``, ``passage:suez``,
    ``mode:rail``, ``terminal:IRBND``, ``crossing:AZ-IR``, ``service:...``."""
    valid_from: Since
    valid_to: Until
    text: Texts
    """What it says, as one sentence without its full stop."""
    check_with: Texts
    """Whom to ask before booking."""
    year: Year
    source: SourceIds


@dataclass(frozen=True, eq=False, repr=False)
class Branches(Table):
    """Families of ways that people know by a name; the first row that fits names an option."""

    name: ClassVar[str] = "branches"
    id: Id
    title: Title
    all_of: Texts
    """Terms as in ``Rules.applies_to``, all of which hold."""
    any_of: Texts
    """Terms of which one holds; blank: no such wish."""
    none_of: Texts
    """Terms of which none holds."""
    from_countries: Texts
    """Where one would expect it: origin codes, separated by ``;`` (either direction)."""
    to_countries: Texts
    """Destination codes, in the same words."""
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Expected(Table):
    """Variants that people ask for and that need one thing: told as absent while it is missing."""

    name: ClassVar[str] = "expected"
    id: Id
    title: Title
    """The variant as people ask for it."""
    branch: Texts
    """The branch that it is a variant of."""
    needs: Texts
    """``section:rasht-astara``, ``service:...``, ``terminal:...`` or ``passage:...``."""
    reason: Texts
    """Why it is missing, added to what the dates say."""
    source: SourceIds


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
