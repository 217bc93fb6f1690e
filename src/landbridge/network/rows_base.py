"""What rows of all tables share; see ``rows``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Base of all rows."""

    source: str = ""
