"""Rows of the tables of what flows, see ``rows``."""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.network.rows_base import Row


@dataclass(frozen=True, slots=True)
class Capacity(Row):
    """A row of ``capacities``."""

    id: str
    of: str
    element: str
    quantity: str
    unit: str
    low: float
    value: float
    high: float
    year: int = 2025
    confidence: str = "high"
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Flow(Row):
    """A row of ``demand``."""

    id: str
    origin: str
    destination: str
    value: float
    title: str = ""
    commodity: str = ""
    cargo: str = "container"
    direction: str = "other"
    branch: str = ""
    modes: str = ""
    via: str = ""
    avoid: str = ""
    low: float = 0.0
    high: float = 1e10
    unit: str = "TEU/year"
    lot: float = 2.0
    months: str = ""
    growth: float = 0.0
    series: str = ""
    year: int = 2025
    confidence: str = "high"
    estimated: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Count(Row):
    """A row of ``counts``."""

    id: str
    value: float
    title: str = ""
    all_of: str = ""
    any_of: str = ""
    none_of: str = ""
    mode: str = ""
    low: float = 0.0
    high: float = 1e10
    unit: str = "t/year"
    year: int = 2025
    confidence: str = "high"
    estimated: bool = False
    note: str = ""
