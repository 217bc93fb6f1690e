"""The tables of a case: closures, terminals, crossings, calendar. How to read them: ``tables``."""

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
    id: Id
    country: Texts
    """Code of the country."""
    kind: Annotated[Texts, OneOf(("weekend", "closed", "slow"))]
    """``closed``: as a public holiday; ``slow``: clearing and handling take ``factor`` as long."""
    weekdays: Texts
    """Of a weekend, as ``Th Fr``."""
    from_day: Texts
    """First day, as MM-DD for every year or YYYY-MM-DD for one."""
    to_day: Texts
    """Last day, which counts."""
    factor: Annotated[Floats, Range(1, 20, missing=True)]
    """How many times as long clearing and handling take in a slow time."""
    year: Year
    source: SourceIds
    confidence: Confidence
    note: Note
