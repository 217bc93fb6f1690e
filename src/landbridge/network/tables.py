"""The tables of a network: what every column means, its unit and its rules.

The *world* tables come from the shipped file; the *case* tables from a folder of CSV files.
Units stand in the column's name; ``_low``, ``_typical`` and ``_high`` are one uncertain figure,
explained at its ``_low``. The text under a column, or else that of its kind in ``columns.py``, is
what docs/formats.md says of it.
"""

from __future__ import annotations

from landbridge.network.rate_kinds import RATE_KINDS, RATE_MEANINGS, RATE_UNITS
from landbridge.network.tables_case import (
    CAPACITY_UNITS,
    Calendar,
    Closures,
    Crossings,
    Operations,
    Sides,
    Terminals,
)
from landbridge.network.tables_factors import (
    CARRIERS,
    FACTOR_MEANINGS,
    FACTOR_UNITS,
    QUALITIES,
    Factors,
)
from landbridge.network.tables_flow import CAPACITY_UNIT, Capacities, Counts, Demand
from landbridge.network.tables_trade import (
    Branches,
    Calls,
    Expected,
    Rates,
    Rules,
    Services,
)
from landbridge.network.tables_world import (
    Aliases,
    Cells,
    Countries,
    Links,
    Nodes,
    Passages,
    Places,
    Sections,
    Shapes,
    Sources,
)
from landbridge.schema.table import Table

__all__ = [
    "CAPACITY_UNIT",
    "CAPACITY_UNITS",
    "CARRIERS",
    "CASE_TABLES",
    "FACTOR_MEANINGS",
    "FACTOR_UNITS",
    "QUALITIES",
    "RATE_KINDS",
    "RATE_MEANINGS",
    "RATE_UNITS",
    "WORLD_TABLES",
    "Aliases",
    "Branches",
    "Calendar",
    "Calls",
    "Capacities",
    "Cells",
    "Closures",
    "Countries",
    "Counts",
    "Crossings",
    "Demand",
    "Expected",
    "Factors",
    "Links",
    "Nodes",
    "Operations",
    "Passages",
    "Places",
    "Rates",
    "Rules",
    "Sections",
    "Services",
    "Shapes",
    "Sides",
    "Sources",
    "Terminals",
]

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
    Factors,
    Rules,
    Branches,
    Expected,
    Capacities,
    Demand,
    Counts,
)
"""What a case folder may hold, one CSV file each; laid over the world's rows of that table."""
