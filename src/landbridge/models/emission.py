"""Greenhouse gases of a transport operation, worked out after ISO 14083:2023.

A vehicle of a class in a country does its work under the wire for a share ``s`` and burns fuel for
the rest. With ``E`` the energy of a full vehicle per t-km of its capacity, load factor ``L``, empty
running ``x`` (of all km) and ``a`` the energy of an empty vehicle over that of a full one, energy
per t-km moved is

    E (a + (1 - a) L + a x / (1 - x)) / L

and CO2e per t-km is the sum over energy carriers of share x energy x factor of the carrier (WTW or
TTW). Emissions follow the actual distance, transport activity the shortest feasible one. A box at
sea is counted by TEU, all else by mass: the unit of the energy row says which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from landbridge.errors import DataError, Fault
from landbridge.models.areas import areas_of, fit_item
from landbridge.models.cargo import Cargo
from landbridge.models.distribution import Spread
from landbridge.network.network import Network
from landbridge.network.tables import QUALITIES

Scope = Literal["wtw", "ttw"]
"""Well to wheel, or tank to wheel alone."""
PER_THOUSAND = 1000.0
LIFT = "lift"
"""The ``item`` of energy rows for one lift of a box at a terminal."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A row of ``net.factors`` as the formulas take it."""

    id: str
    spread: Spread
    unit: str
    carrier: str
    quality: str
    edition: str
    source: str
    estimated: bool


@dataclass(frozen=True, slots=True)
class Energy:
    """One energy carrier of an operation."""

    carrier: str
    share: float
    """Of the activity that it moves."""
    row: Factor
    scale: float
    """kg or kWh per unit of activity that is moved, over the row's figure."""
    wtw: float
    """kg CO2e per kg or kWh."""
    ttw: float

    @property
    def unit(self) -> str:
        """``kg`` of fuel or ``kWh``."""
        return "kWh" if self.carrier == "Electric" else "kg"

    @property
    def consumption(self) -> float:
        """Expected energy in ``unit`` per unit of activity that this carrier moves."""
        return self.scale * self.row.spread.mean

    def factor(self, scope: Scope) -> float:
        """Kg CO2e per unit of activity of the whole, over the row's figure."""
        return self.share * self.scale * (self.wtw if scope == "wtw" else self.ttw)


@dataclass(frozen=True, slots=True)
class Operation:
    """A transport operation category, or hub operation category where ``per`` is ``lift``."""

    mode: str
    item: str
    country: str
    """A code; ``*`` at sea."""
    per: str
    """Unit of activity: ``t`` or ``TEU`` (times km), or ``lift``."""
    energies: tuple[Energy, ...]
    distance: float
    """Actual km over km of the way."""
    load: float | None
    """None: part of the published figure."""
    empty: float | None
    cooled: bool
    rows: tuple[Factor, ...]
    """Every row that it was worked out from."""

    def kg(self, scope: Scope) -> float:
        """Expected kg CO2e per unit of activity by actual distance."""
        return sum(one.factor(scope) * one.row.spread.mean for one in self.energies)

    def units(self, cargo: Cargo) -> float:
        """How many units (tonnes or TEU) the cargo counts for."""
        return cargo.teu if self.per == "TEU" else cargo.tonnes

    @property
    def quality(self) -> str:
        """That of the worst row."""
        return max((row.quality for row in self.rows), key=QUALITIES.index)

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of sources, each once."""
        return tuple(dict.fromkeys(row.source for row in self.rows))

    @property
    def estimated(self) -> bool:
        """Whether any row is a guess."""
        return any(row.estimated for row in self.rows)


def energy_at(load: float, empty: float, idle: float) -> float:
    """Energy per t-km moved over that of a full vehicle per t-km of capacity.

    ``load``: load factor in (0, 1]; ``empty``: empty km over all km, [0, 1); ``idle``: energy of
    an empty vehicle over that of a full one, [0, 1].
    """
    return (idle + (1 - idle) * load + idle * empty / (1 - empty)) / load


class FactorBook:
    """The factors of a network on a day; the most special row that fits is taken."""

    def __init__(self, net: Network, day: int) -> None:
        t = net.factors
        self._rows: dict[tuple[str, str], list[int]] = {}
        for row in np.flatnonzero((t.valid_from <= day) & (day < t.valid_to)).tolist():
            self._rows.setdefault((str(t.kind[row]), str(t.mode[row])), []).append(row)
        self._table = t
        self._areas = areas_of(net)
        self._known: dict[tuple[tuple[str, str, str], bool, float], Operation] = {}

    def find(self, kind: str, mode: str, item: str, country: str) -> Factor | None:
        """The most special row, by item before country, or None where none fits."""
        t = self._table
        best, best_rank = -1, (-1, -1)
        for row in self._rows.get((kind, mode), []):
            rank = (
                fit_item(str(t.item[row]), item, ""),
                self._areas.fit(str(t.country[row]), country),
            )
            if min(rank) >= 0 and rank > best_rank:
                best, best_rank = row, rank
        if best < 0:
            return None
        spread = Spread(
            str(t.distribution[best]), float(t.low[best]), float(t.value[best]), float(t.high[best])
        )
        return Factor(
            str(t.id[best]), spread, str(t.unit[best]), str(t.carrier[best]),
            str(t.quality[best]), str(t.edition[best]), str(t.source[best]),
            bool(t.estimated[best]),
        )  # fmt: skip

    def get(self, kind: str, mode: str, item: str, country: str) -> Factor:
        """As ``find``. ``DataError`` where none fits: there is no silent default."""
        found = self.find(kind, mode, item, country)
        if found is None:
            told = {"kind": kind, "mode": mode, "item": item, "country": country}
            what = " ".join(f"{name}={value}" for name, value in told.items() if value)
            remedy = "Add a row to factors.csv of the case; country * holds everywhere"
            raise DataError([Fault("factors", f"no row fits {what}", "CO2e needs it", remedy)])
        return found

    def moving(
        self, mode: str, item: str, country: str, *, cooled: bool = False, laden: float = 1.0
    ) -> Operation:
        """A vehicle of a class in a country; ``country``: ``*`` at sea.

        ``laden``: share of its usual load that low water leaves it.
        """
        return self._kept((mode, item, country), cooled, laden)

    def lift(self, country: str) -> Operation:
        """One lift of a box at a terminal of a country."""
        return self._kept(("", LIFT, country), cooled=False, laden=1.0)

    def _kept(self, where: tuple[str, str, str], cooled: bool, laden: float) -> Operation:  # noqa: FBT001 - part of the key
        key = (where, cooled, laden)
        if key not in self._known:
            self._known[key] = self._operation(where, cooled, laden)
        return self._known[key]

    def _operation(self, where: tuple[str, str, str], cooled: bool, laden: float) -> Operation:  # noqa: FBT001 - as above
        mode, _, country = where
        load = self.find("load", *where) if mode else None
        used: list[Factor] = []
        scale, empty = 1.0, None
        if load:
            empty, idle = self.get("empty", *where), self.get("idle", *where)
            scale = energy_at(load.spread.mean * laden, empty.spread.mean, idle.spread.mean)
            used += [load, empty, idle]
        if cooled and mode:
            cooling = self.get("cooling", *where)
            scale *= cooling.spread.mean
            used.append(cooling)
        adjustment = self.find("distance", *where) if mode else None
        if adjustment:
            used.append(adjustment)
        share = self._electric_share(where, used)
        pairs = (("energy_electric", share), ("energy_fuel", 1.0 - share))
        found = [self._energy(self.get(kind, *where), part, scale, country, used)
                 for kind, part in pairs if part > 0]  # fmt: skip
        units = {_per(one.row.unit) for one in found}
        if len(units) > 1:
            where_told = ", ".join(one.row.id for one in found)
            rule = "current and fuel of a class are given per unit of the same activity"
            raise DataError([Fault(f"factors, rows {where_told}", "differ in their unit", rule)])
        return Operation(
            *where, units.pop(), tuple(found), adjustment.spread.mean if adjustment else 1.0,
            load.spread.mean * laden if load else None, empty.spread.mean if empty else None,
            cooled, tuple(dict.fromkeys(used)),
        )  # fmt: skip

    def _electric_share(self, where: tuple[str, str, str], used: list[Factor]) -> float:
        row = self.find("electric_share", *where)
        if row:
            used.append(row)
            return row.spread.mean
        return 0.0 if self.find("energy_fuel", *where) else 1.0

    def _energy(
        self, row: Factor, share: float, scale: float, country: str, used: list[Factor]
    ) -> Energy:
        wtw, ttw = (
            self.get(f"carrier_{scope}", "", row.carrier, country) for scope in ("wtw", "ttw")
        )
        used += [row, wtw, ttw]
        per_row = 1.0 if _per(row.unit) == LIFT else 1.0 / PER_THOUSAND
        return Energy(row.carrier, share, row, scale * per_row, wtw.spread.mean, ttw.spread.mean)


def _per(unit: str) -> str:
    """The unit of activity of an energy row: ``t``, ``TEU`` or ``lift``."""
    per = unit.partition("/")[2]
    return {"tkm": "t", "TEU-km": "TEU"}.get(per, per)
