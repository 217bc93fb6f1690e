"""Which cargo moves in a year: rows of ``demand``, their growth, and their rates by month."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from landbridge.errors import DataError, QuestionError
from landbridge.network import tables as t
from landbridge.network.assemble import assemble
from landbridge.network.case import read_table
from landbridge.schema.table import Table
from landbridge.units import DAYS_PER_YEAR, HOURS_PER_DAY

MONTHS = 12
HOURS_OF_YEAR = DAYS_PER_YEAR * HOURS_PER_DAY
TONNES_PER_TEU = 10.0
"""Cargo in a box of which only TEU are told, as ``RouteParams.tonnes_per_teu``."""


@dataclass(frozen=True, slots=True)
class Cargo:
    """One row of demand as it is in a year."""

    id: str
    """Of the series, or of the row where it is of none."""
    title: str
    origin: str
    destination: str
    kind: str
    """``container``, ``general`` or ``bulk``."""
    direction: str
    branch: str
    modes: tuple[str, ...]
    via: tuple[str, ...]
    avoid: tuple[str, ...]
    amount: float
    """Of the year, in t, or in TEU of containers."""
    lot: float
    """In the same unit."""
    weights: tuple[float, ...]
    """Of the months, with mean 1."""
    row: int
    """Row of the table, for messages."""

    @property
    def lot_t(self) -> float:
        """Cargo of one lot, t."""
        return self.lot * TONNES_PER_TEU if self.kind == "container" else self.lot

    @property
    def lot_teu(self) -> float:
        """TEU of one lot; 0 for loose cargo."""
        return self.lot if self.kind == "container" else 0.0

    def rates(
        self, start: dt.datetime, hours: float, share: float
    ) -> tuple[tuple[float, float], ...]:
        """Lots an hour from each hour on, changing with the month; ``share``: of the cargo."""
        per_hour = self.amount * share / self.lot / HOURS_OF_YEAR
        found: list[tuple[float, float]] = []
        at = start
        end = start + dt.timedelta(hours=hours)
        while at < end:
            hour = (at - start) / dt.timedelta(hours=1)
            found.append((hour, per_hour * self.weights[at.month - 1]))
            at = dt.datetime(at.year + at.month // MONTHS, at.month % MONTHS + 1, 1)  # noqa: DTZ001 - UTC throughout
        return tuple(found)


def read_demand(path: str | Path) -> t.Demand:
    """A file with the columns of ``demand.csv``; ``source`` may be any text.

    Raises ``DataError`` with every fault of every row.
    """
    draft, faults = read_table(t.Demand, Path(path))
    done = assemble({}, [draft])
    faults += done.faults
    found: Table = done.tables[t.Demand.name]
    if faults or not isinstance(found, t.Demand):
        raise DataError(faults)
    if not len(found):
        raise QuestionError(f"{Path(path).name} has no rows; simulate needs some cargo")
    return found


def cargoes(demand: t.Demand, year: int, factor: float = 1.0) -> tuple[Cargo, ...]:
    """The cargo of a year, each series once; ``factor``: times all amounts.

    Raises ``QuestionError`` where nothing is left, or months are no twelve weights.
    """
    chosen: dict[str, int] = {}
    for row in range(len(demand)):
        name = str(demand.series[row]) or str(demand.id[row])
        if name not in chosen or _nearer(demand, row, chosen[name], year):
            chosen[name] = row
    found = [_cargo(demand, name, row, year, factor) for name, row in chosen.items()]
    found = [one for one in found if one.amount > 0]
    if not found:
        raise QuestionError(f"demand has nothing to move in {year}")
    return tuple(found)


def _nearer(demand: t.Demand, row: int, held: int, year: int) -> bool:
    """Whether a row tells more of a year than the one held: latest not after it, else first."""
    mine, theirs = int(demand.year[row]), int(demand.year[held])
    if mine <= year:
        return theirs > year or mine > theirs
    return theirs > year and mine < theirs


def _cargo(demand: t.Demand, name: str, row: int, year: int, factor: float) -> Cargo:
    grown = (1 + float(demand.growth[row]) / 100) ** (year - int(demand.year[row]))
    kind = str(demand.cargo[row])
    if (kind == "container") != (str(demand.unit[row]) == "TEU/year"):
        raise QuestionError(
            f"demand {demand.id[row]!s}: unit is {demand.unit[row]!s} for cargo {kind};"
            " containers are told in TEU/year, all else in t/year"
        )
    return Cargo(
        name, str(demand.title[row]) or name, str(demand.origin[row]), str(demand.destination[row]),
        kind, str(demand.direction[row]), str(demand.branch[row]), _words(demand.modes[row]),
        _words(demand.via[row]), _words(demand.avoid[row]),
        float(demand.value[row]) * grown * factor, float(demand.lot[row]),
        _weights(str(demand.id[row]), str(demand.months[row])), row,
    )  # fmt: skip


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in str(text).split(";") if word.strip())


def _weights(name: str, text: str) -> tuple[float, ...]:
    if not text:
        return (1.0,) * MONTHS
    try:
        given = np.array([float(word) for word in text.split(";")])
    except ValueError:
        given = np.zeros(0)
    if len(given) != MONTHS or not np.isfinite(given).all() or (given < 0).any() or not given.sum():
        raise QuestionError(
            f"demand {name}: months is {text[:60]!r}; give twelve weights of at least 0, as"
            " 8;6;6;6;6;7;9;11;11;11;10;9"
        )
    return tuple((given / given.mean()).tolist())
