"""The tables of what flows: capacities, demand and counts. How to read them: ``tables``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from landbridge.network.columns import Confidence, Estimated, Id, Note, SourceIds, Title, Year
from landbridge.schema.column import Floats, OneOf, Range, Texts, Unit
from landbridge.schema.table import Table
from landbridge.units import MODES

CAPACITY_OF = ("crossing", "terminal", "service", "line", "side", "passage")
"""What a capacity may be of."""
CAPACITY_UNIT = {
    "rate": ("t/day", "t/year", "TEU/day", "TEU/year", "lots/day"),
    "share": ("ratio",),
    "used": ("ratio",),
    "room": ("t", "TEU"),
    "load": ("t", "TEU"),
    "fleet": ("sets",),
    "turn": ("h",),
    "vehicles": ("lorries", "wagons"),
    "payload": ("t",),
}
"""Units of each quantity: what gets through, what of it is left, what is used of a passage, what
may stand there, what one departure takes, trains or vessels of one direction of a line, hours of a
set between its ride and the way back, lorries or wagons that there are, what one of them takes."""
CARGOES = ("container", "general", "bulk")


@dataclass(frozen=True, eq=False, repr=False)
class Capacities(Table):
    """What crossings, terminals and services can do at once; what has no row has no end."""

    name: ClassVar[str] = "capacities"
    id: Id
    of: Annotated[Texts, OneOf(CAPACITY_OF)]
    """What kind of thing ``element`` is."""
    element: Texts
    """Id of its row; of a ``line``, those of the crossings that its trains or lorries come through,
    in both directions, separated by ``;``; of a ``side``, terminal, mode and gauge in mm of a row
    of ``sides``, as ``IRCKT/rail/1435`` or ``IRASR/road/0``."""
    quantity: Annotated[Texts, OneOf(tuple(CAPACITY_UNIT))]
    """``rate``: cargo through it, in one direction at a crossing, all together at a terminal
    and on a line (a single track); ``share``: of the rate, what other cargo leaves to ``demand``;
    ``used``: of a passage, vessels that come on a usual day as a share of those that can pass;
    ``room``: cargo that may stand in a terminal at once; ``load``: what one departure takes;
    ``fleet``: sets (trains, vessels) of one direction of one line, which must come back; ``turn``:
    hours of a set at each end before it can leave again; ``vehicles``: lorries or wagons of a
    ``side`` or a ``line``, both directions together; ``payload``: cargo that one of them takes,
    without a row a lot."""
    unit: Texts
    """Of the three figures; a ``lot`` is a wagon, a lorry or a box."""
    low: Annotated[Floats, Range(0)]
    """Low end of its range."""
    value: Annotated[Floats, Range(0)]
    """What is simulated."""
    high: Annotated[Floats, Range(0)]
    """High end of its range."""
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Demand(Table):
    """Cargo that is to be moved in a year, from door to door."""

    name: ClassVar[str] = "demand"
    id: Id
    title: Title
    origin: Texts
    """Where from, in any words that ``landbridge places`` understands."""
    destination: Texts
    """Where to, in the same words."""
    commodity: Texts
    """What it is, in words."""
    cargo: Annotated[Texts, OneOf(CARGOES)]
    """How it is carried."""
    direction: Annotated[Texts, OneOf(("south", "north", "other"))]
    """Under which direction it is counted."""
    branch: Texts
    """Id of the branch where the figure is of one; blank: shares follow from cost and time."""
    modes: Texts
    """Modes that it may use where the figure is of them, separated by ``;``; blank: any."""
    via: Texts
    """What it must pass, as ``landbridge route --via`` has it, separated by ``;``."""
    avoid: Texts
    """What it keeps off, as ``landbridge route --avoid`` has it, separated by ``;``."""
    value: Annotated[Floats, Range(0, 1e10)]
    """Cargo of ``year``."""
    low: Annotated[Floats, Range(0, 1e10)]
    """Low end of its range."""
    high: Annotated[Floats, Range(0, 1e10)]
    """High end of its range."""
    unit: Annotated[Texts, OneOf(("t/year", "TEU/year"))]
    """Unit of the three; TEU for containers and for nothing else."""
    lot: Annotated[Floats, Range(0.1, 10_000)]
    """What moves as one piece, in t or TEU: the load of a wagon, a lorry or a box."""
    months: Texts
    """Weights of January to December, separated by ``;``; blank: even."""
    growth: Annotated[Floats, Unit("%"), Range(-100, 1_000)]
    """Change from one year to the next, for years without a row of their own."""
    series: Texts
    """Rows of one series tell the same cargo in several years; the row of the year asked for is
    taken, else the nearest before it with its growth."""
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note


@dataclass(frozen=True, eq=False, repr=False)
class Counts(Table):
    """What was counted at a place in a year: compared with what is simulated, never an input."""

    name: ClassVar[str] = "counts"
    id: Id
    title: Title
    all_of: Texts
    """Terms as in ``Branches.all_of``: cargo whose way touches all of them is counted."""
    any_of: Texts
    """Terms of which one must be touched; blank: no such wish."""
    none_of: Texts
    """Terms of which none may be touched."""
    mode: Annotated[Texts, OneOf(MODES, empty=True)]
    """Counted is only what uses this mode; blank: all."""
    value: Annotated[Floats, Range(0)]
    """What was counted in ``year``."""
    low: Annotated[Floats, Range(0)]
    """Low end of what sources say."""
    high: Annotated[Floats, Range(0)]
    """High end of it."""
    unit: Annotated[Texts, OneOf(("t/year", "TEU/year"))]
    """Unit of the three; TEU/year counts containers alone."""
    year: Year
    source: SourceIds
    confidence: Confidence
    estimated: Estimated
    note: Note
