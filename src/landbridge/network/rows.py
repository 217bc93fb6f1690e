"""One row of each table as a small dataclass, for ``NetworkBuilder``: ids and words, no numbers.

Fields are named as the columns of ``network.tables``; a reference is the id of another row, a mode
or status is its word, a date is a ``datetime.date`` and None its open end. Nodes, which have no id
of their own in a network, get one here so that links can name them. An empty ``source`` is the
builder's own.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from landbridge.network.rows_base import Row
from landbridge.network.rows_flow import Capacity, Count, Flow


@dataclass(frozen=True, slots=True)
class Source:
    """A row of ``sources``."""

    id: str
    title: str = ""
    url: str = ""
    year: int = 2025
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A row of ``countries``."""

    code: str
    title: str = ""
    blocs: str = ""


@dataclass(frozen=True, slots=True)
class Passage(Row):
    """A row of ``passages``."""

    id: str
    title: str = ""
    kind: str = "canal"
    status: str = "open"
    opens: dt.date | None = None
    closes: dt.date | None = None
    season_from: str = ""
    season_to: str = ""
    draught_m: float = math.nan
    max_dwt: float = math.nan
    locks: int = 0
    ocean: bool = True
    has_detour: bool = False
    lat: float = 0.0
    lon: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section(Row):
    """A row of ``sections``."""

    id: str
    title: str = ""
    mode: str = "rail"
    km: float = math.nan
    status: str = "open"
    opens: dt.date | None = None
    closes: dt.date | None = None
    year: int = 2025
    confidence: str = "high"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """A row of ``nodes``, with an id for the builder's use; no country means sea."""

    id: str
    lat: float
    lon: float
    country: str = ""


@dataclass(frozen=True, slots=True)
class Link(Row):
    """A row of ``links``; ``shape`` lists (lat, lon) between the ends, for ``shapes``."""

    tail: str
    head: str
    mode: str
    km: float
    gauge_mm: int = 0
    passage: str = ""
    section: str = ""
    status: str = "open"
    opens: dt.date | None = None
    closes: dt.date | None = None
    shape: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Place(Row):
    """A row of ``places``; ``names`` are further ones, for ``aliases``."""

    id: str
    title: str
    country: str
    lat: float
    lon: float
    kind: str = "city"
    locode: str = ""
    time_zone: str = ""
    population: int = 0
    weight: float = 1.0
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Closure(Row):
    """A row of ``closures``."""

    id: str
    mode: str
    country_a: str
    country_b: str
    lat: float = math.nan
    lon: float = math.nan
    radius_km: float = math.nan
    closed_from: dt.date | None = None
    closed_to: dt.date | None = None
    reason: str = ""
    year: int = 2025
    confidence: str = "high"


@dataclass(frozen=True, slots=True)
class Terminal(Row):
    """A row of ``terminals``."""

    id: str
    title: str
    country: str
    lat: float
    lon: float
    kind: str = "port"
    place: str = ""
    """Empty: the place of the same id."""
    locode: str = ""
    size: int = 2
    opening_hours: str = ""
    status: str = "open"
    opens: dt.date | None = None
    closes: dt.date | None = None
    year: int = 2025
    confidence: str = "high"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """A row of ``sides``."""

    terminal: str
    mode: str
    lat: float
    lon: float
    gauge_mm: int = 0
    draught_m: float = math.nan


@dataclass(frozen=True, slots=True)
class Operation(Row):
    """A row of ``operations``; a low or high that is NaN is the typical value."""

    id: str
    from_mode: str
    to_mode: str
    hours_typical: float
    usd_typical: float
    terminal: str = "*"
    gauge_change: bool = False
    kind: str = "handling"
    distribution: str = "fixed"
    hours_low: float = math.nan
    hours_high: float = math.nan
    usd_low: float = math.nan
    usd_high: float = math.nan
    unit: str = "USD/box"
    lifts: float = 1.0
    year: int = 2025
    confidence: str = "high"
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Crossing(Row):
    """A row of ``crossings``; a low or high that is NaN is the typical value."""

    id: str
    mode: str
    from_country: str
    to_country: str
    hours_typical: float
    usd_typical: float
    title: str = ""
    lat: float = math.nan
    lon: float = math.nan
    radius_km: float = math.nan
    distribution: str = "fixed"
    hours_low: float = math.nan
    hours_high: float = math.nan
    usd_low: float = math.nan
    usd_high: float = math.nan
    unit: str = "USD/box"
    empty_usd_low: float = math.nan
    empty_usd_typical: float = 0.0
    empty_usd_high: float = math.nan
    opening_hours: str = ""
    capacity: float = math.nan
    capacity_unit: str = ""
    papers: str = ""
    status: str = "open"
    opens: dt.date | None = None
    closes: dt.date | None = None
    year: int = 2025
    confidence: str = "high"
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Calendar(Row):
    """A row of ``calendar``."""

    id: str
    country: str
    kind: str
    weekdays: str = ""
    from_day: str = ""
    to_day: str = ""
    factor: float = math.nan
    year: int = 2025
    confidence: str = "high"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Service(Row):
    """A row of ``services``; ``calls`` lists terminals in order, for ``calls``."""

    id: str
    mode: str
    speed_class: str
    headway_typical_h: float = 0.0
    calls: tuple[str, ...] = ()
    call_dwell_h: float = 0.0
    title: str = ""
    operator: str = ""
    gauge_mm: int = 0
    generic: bool = False
    both_ways: bool = True
    distribution: str = "fixed"
    headway_low_h: float = math.nan
    headway_high_h: float = math.nan
    timetable: str = ""
    cutoff_h: float = math.nan
    equipment: str = ""
    dangerous: str = ""
    min_km: float = 0.0
    max_km: float = 100_000.0
    min_size: float = math.nan
    stays_in: str = ""
    capacity_teu: float = math.nan
    draught_m: float = math.nan
    flag: str = ""
    vessel_dwt: float = math.nan
    status: str = "open"
    opens: dt.date | None = None
    closes: dt.date | None = None
    year: int = 2025
    confidence: str = "high"
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rate(Row):
    """A row of ``rates``; a low or high that is NaN is the value."""

    id: str
    kind: str
    mode: str
    value: float
    unit: str
    currency: str = ""
    item: str = ""
    country: str = "*"
    to_country: str = "*"
    equipment: str = "any"
    low: float = math.nan
    high: float = math.nan
    distribution: str = "fixed"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    season_from: str = ""
    season_to: str = ""
    year: int = 2025
    confidence: str = "high"
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Factor(Row):
    """A row of ``factors``; a low or high that is NaN is the value."""

    id: str
    kind: str
    mode: str
    value: float
    unit: str
    item: str = ""
    country: str = "*"
    carrier: str = ""
    low: float = math.nan
    high: float = math.nan
    distribution: str = "fixed"
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    year: int = 2025
    edition: str = ""
    quality: str = "default"
    confidence: str = "high"
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Row):
    """A row of ``rules``."""

    id: str
    kind: str
    applies_to: str
    text: str
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    check_with: str = ""
    topic: str = ""
    year: int = 2025


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of ``branches``."""

    id: str
    title: str = ""
    all_of: str = ""
    any_of: str = ""
    none_of: str = ""
    from_countries: str = ""
    to_countries: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Expectation(Row):
    """A row of ``expected``."""

    id: str
    title: str
    branch: str
    needs: str
    reason: str


AnyRow = (
    Source | Country | Passage | Section | Node | Link | Place | Closure | Terminal
    | Side | Operation | Crossing | Calendar | Service | Rate | Factor | Rule | Branch | Expectation
    | Capacity | Flow | Count
)  # fmt: skip
