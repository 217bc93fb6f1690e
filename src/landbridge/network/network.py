"""The frozen container: one object that answers every question, so that answers cannot disagree."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TypeVar

from landbridge.network import summary
from landbridge.network import tables as t
from landbridge.network.days import Dated
from landbridge.schema.table import Table

Some = TypeVar("Some", bound=Table)


@dataclass(frozen=True)
class Case:
    """What a case says of itself (``case.toml``)."""

    id: str
    """Short name in lower case; digits, ``-`` and ``_`` may be part of it."""
    title: str
    """Name as people read it."""
    version: str
    """Version of the case, told with every answer."""
    base_case: str
    """Which state of the world the figures describe, in words: every answer repeats it."""
    base_date: dt.date
    """The date that a question without one is asked for."""
    first_date: dt.date
    """First date that may be asked for."""
    last_date: dt.date
    """Last date that may be asked for."""
    price_year: int
    """The year of all USD."""


@dataclass(frozen=True)
class Laid:
    """A scenario that was laid over a network."""

    id: str
    name: str
    holds: bool
    """Whether any of its changes holds on the day asked about."""


@dataclass(frozen=True, eq=False, repr=False)
class Network:
    """Tables of typed columns, checked once. Edits make a new network (``network.change``)."""

    case: Case
    sources: t.Sources
    countries: t.Countries
    passages: t.Passages
    sections: t.Sections
    nodes: t.Nodes
    links: t.Links
    shapes: t.Shapes
    cells: t.Cells
    places: t.Places
    aliases: t.Aliases
    closures: t.Closures
    terminals: t.Terminals
    sides: t.Sides
    operations: t.Operations
    crossings: t.Crossings
    calendar: t.Calendar
    services: t.Services
    calls: t.Calls
    rates: t.Rates
    factors: t.Factors
    rules: t.Rules
    branches: t.Branches
    expected: t.Expected
    capacities: t.Capacities
    demand: t.Demand
    counts: t.Counts
    scenarios: tuple[Laid, ...] = ()
    """What was laid over the base case, told with every answer; the tables say what it changed."""

    dated: tuple[Dated, ...] = ()
    """Changes of some days only; ``days.on_day`` gives the network of a day."""

    def tables(self) -> Iterator[Table]:
        """All tables, in the order of the fields."""
        for field in fields(self):
            value: object = getattr(self, field.name)
            if isinstance(value, Table):
                yield value

    @cached_property
    def hash(self) -> str:
        """SHA-256 over the case and every table but ``cells``, which only follow from links.

        Equal content, equal hash, whatever was changed and changed back on the way.
        """
        found = hashlib.sha256(repr(self.case).encode())
        for table in self.tables():
            if not isinstance(table, t.Cells):
                found.update(digest_of(table).encode())
        for one in self.dated:
            found.update(repr(one).encode())
        return found.hexdigest()

    def __repr__(self) -> str:
        return summary.as_text(self)

    def _repr_html_(self) -> str:
        return summary.as_html(self)


def digest_of(table: Table) -> str:
    """The table's digest, kept with the table: networks that share it need not work it out."""
    known: dict[str, str] = vars(table)
    if "_digest" not in known:
        known["_digest"] = table.digest()
    return known["_digest"]


def network_of(case: Case, tables: Mapping[str, Table]) -> Network:
    """The network of these tables, by name; one that is not there is empty."""

    def pick(kind: type[Some]) -> Some:
        found = tables.get(kind.name)
        return found if isinstance(found, kind) else kind.empty()

    return Network(
        case=case,
        sources=pick(t.Sources),
        countries=pick(t.Countries),
        passages=pick(t.Passages),
        sections=pick(t.Sections),
        nodes=pick(t.Nodes),
        links=pick(t.Links),
        shapes=pick(t.Shapes),
        cells=pick(t.Cells),
        places=pick(t.Places),
        aliases=pick(t.Aliases),
        closures=pick(t.Closures),
        terminals=pick(t.Terminals),
        sides=pick(t.Sides),
        operations=pick(t.Operations),
        crossings=pick(t.Crossings),
        calendar=pick(t.Calendar),
        services=pick(t.Services),
        calls=pick(t.Calls),
        rates=pick(t.Rates),
        factors=pick(t.Factors),
        rules=pick(t.Rules),
        branches=pick(t.Branches),
        expected=pick(t.Expected),
        capacities=pick(t.Capacities),
        demand=pick(t.Demand),
        counts=pick(t.Counts),
    )
