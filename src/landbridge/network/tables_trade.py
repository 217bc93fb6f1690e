"""The tables of a case: services, rates, rules, branches. How to read them: ``tables``."""

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
    Note,
    SourceIds,
    StatusCode,
    Title,
    Year,
)
from landbridge.network.rate_kinds import RATE_EQUIPMENT, RATE_KINDS
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
    """Key into ``rates`` and ``factors``. After a dot may follow a kind of its own, which has the
    rows of the class where it has none: ``container_train.east``."""
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
    """What it takes, separated by ``;``, of 20, 40, 40HC, 45, reefer, general, bulk; empty: any
    container."""
    dangerous: Texts
    """IMO classes (each with its divisions) and UN numbers that it takes, separated by ``;``, or
    ``none``; empty: not known, so any."""
    min_km: Annotated[Floats, Unit("km"), Range(0)]
    """A generic service takes no shorter ride."""
    max_km: Annotated[Floats, Unit("km"), Range(0)]
    """A generic service takes no longer ride."""
    min_size: Annotated[Floats, Range(1, 3, missing=True)]
    """A generic service runs between terminals of that size or more; blank: of any."""
    stays_in: Texts
    """Id of the inland sea that its vessels never leave; empty: none."""
    capacity_teu: Annotated[Floats, Unit("TEU"), Range(0, missing=True)]
    """Places on one departure."""
    draught_m: Draught
    """Draught of the vessel; it keeps off shallower passages and ports."""
    flag: Texts
    """Flag of its vessels, ISO 3166-1 alpha-2; blank: not told."""
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


@dataclass(frozen=True, eq=False, repr=False)
class Rates(Table):
    """Prices and speeds: a value with its range, unit, year and source."""

    name: ClassVar[str] = "rates"
    id: Id
    kind: Annotated[Texts, OneOf(RATE_KINDS)]
    """What is given; see the table of kinds."""
    mode: Annotated[Texts, OneOf(MODES, empty=True)]
    """What it is for; blank where the kind has no mode."""
    item: Texts
    """``speed_class`` of the service, a passage, a currency, or empty for all."""
    country: Texts
    """Where it applies (of departure at sea): a code, ``*BLOC``, or ``*``."""
    to_country: Texts
    """For ocean lanes the country of arrival; else ``*``."""
    equipment: Annotated[Texts, OneOf(RATE_EQUIPMENT)]
    """Type of box that it is for (``20 heavy``: above 24 t gross), or loose cargo."""
    value: Annotated[Floats, Range(0)]
    """The typical figure."""
    low: Annotated[Floats, Range(0)]
    """Low end of its range."""
    high: Annotated[Floats, Range(0)]
    """High end of its range."""
    currency: Texts
    """ISO 4217 code of a price, which ``exchange_rate`` rows of its year lead to USD; blank for
    what is no money."""
    unit: Texts
    """What the figure is for; one of those of the row's kind."""
    distribution: Distribution
    valid_from: Since
    valid_to: Until
    season_from: Texts
    """First day of the yearly season in which the row holds, as MM-DD; blank: all year. In its
    season it goes before a row that is alike but without one."""
    season_to: Texts
    """Last day of the season, which may span the new year."""
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note


RULE_TOPICS = (
    "sanctions",
    "insurance",
    "payment",
    "operator",
    "quota",
    "duty",
    "permit",
    "security",
    "closure",
    "draught",
    "practice",
)


@dataclass(frozen=True, eq=False, repr=False)
class Rules(Table):
    """Dated warnings and bars: what to check with whom before booking."""

    name: ClassVar[str] = "rules"
    id: Id
    kind: Annotated[Texts, OneOf(("warn", "bar"))]
    """``warn`` is told with the options that it fits; ``bar`` forbids them."""
    topic: Annotated[Texts, OneOf(RULE_TOPICS, empty=True)]
    """What it is about; ``practice``: how the services of the model run, never lifted or told."""
    applies_to: Texts
    """Terms that must all hold, separated by ``;``, with ``!`` before one that must not:
    ``country:IR``, ``country:*EU``, ``passage:suez``, ``mode:rail``, ``terminal:IRBND``,
    ``crossing:AZ-IR``, ``service:...``, ``operator:...``, ``flag:IR``; of the shipment
    ``from:RU``, ``to:*EAEU``, ``hs:27`` (digits that the code begins with),
    ``equipment:reefer``, ``cargo:dangerous`` (or ``container``, ``general``, ``bulk``),
    ``dangerous:3`` (IMO class or UN number)."""
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
