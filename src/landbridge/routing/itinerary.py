"""From arcs to legs: every part of a chain with its figures, spreads, places and sources."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo, price_factor, unit_factor
from landbridge.models.distribution import Spread
from landbridge.models.ratebook import Rate, Wanted
from landbridge.routing.avoid import crossing_name
from landbridge.routing.chain import (
    DRIVE,
    HANDLING,
    Chain,
    Costed,
    headway,
    operation_hours,
    operation_usd,
)
from landbridge.routing.costs import fixed_wanted
from landbridge.routing.tables import Terrain
from landbridge.routing.terms import NOTHING, Touched
from landbridge.routing.ways import Pieces
from landbridge.routing.ways_legs import MOVE
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY, MODES, ROAD, TEU_PER_FEU

GRAMS_PER_KG = 1000.0


@dataclass(frozen=True, slots=True)
class Spot:
    """An end of a leg."""

    name: str
    locode: str
    country: str
    lat: float
    lon: float
    snapped_km: float | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure that is a constant times an uncertain one: ``factor`` x ``spread``.

    ``name`` says whose figure it is: equal names have equal draws. ``wait``: times a uniform
    number as well, for a departure that may come at any moment of the interval.
    """

    name: str
    spread: Spread
    factor: float
    kind: str = "hours"
    wait: bool = False

    @property
    def mean(self) -> float:
        """Expected value."""
        return self.spread.mean * self.factor * (0.5 if self.wait else 1.0)


@dataclass(frozen=True, eq=False)
class Leg:
    """One part of a chain."""

    kind: str
    """``move``, ``transfer``, ``border`` or ``wait``."""
    mode: str | None
    start: Spot
    to: Spot
    km: float
    hours: tuple[Amount, ...]
    usd: tuple[Amount, ...]
    wtw: tuple[Amount, ...]
    ttw: tuple[Amount, ...]
    service: str | None = None
    operator: str | None = None
    gauge_mm: int | None = None
    estimated: bool = False
    sources: tuple[str, ...] = ()
    note: str = ""


@dataclass(eq=False)
class Itinerary:
    """A chain from door to door."""

    legs: list[Leg] = field(default_factory=list[Leg])
    touched: Touched = NOTHING
    borders: list[str] = field(default_factory=list[str])
    countries: list[str] = field(default_factory=list[str])
    passages: list[str] = field(default_factory=list[str])
    services: list[str] = field(default_factory=list[str])
    transfers: int = 0
    gauge_changes: int = 0
    planned: list[str] = field(default_factory=list[str])
    """Sections that were only planned when the data were made, and are open by the date."""

    rides: list[tuple[Costed, int, int]] = field(default_factory=list[tuple[Costed, int, int]])
    """Way table and pair of each ride, from which its shape can be drawn."""

    @property
    def lines(self) -> list[tuple[Floats, Floats]]:
        """The true shape of every ride: latitudes and longitudes."""
        found: list[tuple[Floats, Floats]] = []
        for one, i, j in self.rides:
            found += [(lat, lon) for _, lat, lon in one.table.legs.line(i, j)]
        return found

    def total(self, what: str) -> float:
        """Expected sum over the legs of ``hours``, ``usd``, ``wtw`` or ``ttw``."""
        amounts: list[Amount] = [one for leg in self.legs for one in getattr(leg, what)]
        return sum(one.mean for one in amounts)

    def km(self, mode: str | None = None) -> float:
        """Km along the way, in all or by one mode."""
        return sum(leg.km for leg in self.legs if mode is None or leg.mode == mode)


class Writer:
    """Writes the legs of chains of one question."""

    def __init__(
        self, terrain: Terrain, chain: Chain, cargo: Cargo, doors: tuple[Spot, Spot]
    ) -> None:
        self.terrain, self.chain, self.cargo, self.doors = terrain, chain, cargo, doors
        self.net = terrain.net

    def write(self, way: NDArray[np.int64]) -> Itinerary:
        """The itinerary of a way through the graph."""
        found = Itinerary()
        arcs = self.chain.arcs
        for arc in way.tolist():
            if arcs.kind[arc] == HANDLING:
                self._handling(found, arc)
            else:
                self._ride(found, arc)
        documents = self.terrain.book.find(Wanted("documents"))
        if documents and found.legs:
            last = found.legs[-1]
            paper = self._money(documents, 1.0, "documents")
            found.legs[-1] = _with_usd(last, (*last.usd, paper))
        found.touched = self._touched(found, way)
        return found

    def _touched(self, found: Itinerary, way: NDArray[np.int64]) -> Touched:
        arcs, net = self.chain.arcs, self.net
        sides = {int(node) // 2 for node in arcs.head[way] if node < self.chain.origin}
        rows = {int(net.sides.terminal[side]) for side in sides}
        return Touched(
            frozenset(found.countries),
            frozenset(found.passages),
            frozenset(crossing_name(*name.split("-")) for name in found.borders),
            frozenset(leg.mode for leg in found.legs if leg.kind == "move" and leg.mode),
            frozenset(str(net.terminals.id[row]) for row in rows),
            frozenset(found.services),
        )

    def spot(self, node: int) -> Spot:
        """The place of a node."""
        if node >= self.chain.origin:
            return self.doors[node - self.chain.origin]
        t = self.net.terminals
        row = int(self.net.sides.terminal[node // 2])
        return Spot(
            str(t.title[row]), str(t.locode[row]), str(t.country[row]),
            float(t.lat[row]), float(t.lon[row]),
        )  # fmt: skip

    def _handling(self, found: Itinerary, arc: int) -> None:
        arcs, t = self.chain.arcs, self.net.operations
        row = int(arcs.row[arc])
        if row < 0:
            return  # a door at the terminal itself
        where = self.spot(int(arcs.tail[arc]))
        factor = unit_factor(str(t.unit[row]), self.cargo)
        lifts = float(t.lifts[row]) * self.cargo.boxes
        wtw, ttw = (self.terrain.book.get(Wanted(f"lift_co2e_{kind}")) for kind in ("wtw", "ttw"))
        kind = str(t.kind[row])
        found.transfers += 1
        found.gauge_changes += kind == "gauge_change"
        found.legs.append(
            Leg(
                "transfer", None, where, where, 0.0,
                (Amount(f"operation {t.id[row]}", operation_hours(self.net, row), 1.0),),
                (Amount(f"operation {t.id[row]} usd", operation_usd(self.net, row), factor, kind),),
                (Amount(f"rate {wtw.id}", wtw.spread, lifts),),
                (Amount(f"rate {ttw.id}", ttw.spread, lifts),),
                estimated=bool(t.estimated[row]),
                sources=(str(t.source[row]), wtw.source),
                note=kind.replace("_", " "),
            )
        )  # fmt: skip

    def _ride(self, found: Itinerary, arc: int) -> None:
        arcs, services = self.chain.arcs, self.net.services
        one = self.chain.tables[int(arcs.table[arc])]
        row, pair = int(arcs.row[arc]), int(arcs.pair[arc])
        start, to = self.spot(int(arcs.tail[arc])), self.spot(int(arcs.head[arc]))
        service = str(services.id[row]) if row >= 0 else None
        estimated = bool(services.estimated[row]) if row >= 0 else True
        source = str(services.source[row]) if row >= 0 else "estimate"
        if arcs.kind[arc] != DRIVE:
            interval = headway(self.net, row)
            hours = [Amount(f"wait {service} {start.name}", interval, 1.0, wait=True)]
            calls = int(arcs.other[arc])
            dwell = float(arcs.cost[arc, 0]) - float(one.cost.hours.ravel()[pair])
            dwell -= interval.mean / 2
            if calls and dwell > 0:
                hours.append(Amount("dwell", Spread("fixed", dwell, dwell, dwell), 1.0))
            found.legs.append(
                Leg("wait", None, start, start, 0.0, tuple(hours), (), (), (), service,
                    str(services.operator[row]), None, estimated, (source,),
                    note="for the departure")
            )  # fmt: skip
        if service and service not in found.services:
            found.services.append(service)
        self._pieces(found, one, pair, (start, to), (row, estimated, source))

    def _pieces(
        self, found: Itinerary, one: Costed, pair: int, ends: tuple[Spot, Spot],
        booked: tuple[int, bool, str],
    ) -> None:  # fmt: skip
        p, table = one.table.pieces, one.table
        i, j = divmod(pair, table.shape[1])
        rows = range(int(p.first[pair]), int(p.first[pair + 1]))
        found.rides.append((one, i, j))
        begin, end = int(one.begin[i, j]), int(one.end[i, j])
        here = ends[0]
        first = len(found.legs)
        if begin >= 0:
            self._border(found, begin, here)
        run: list[int] = []
        dues: set[int] = set()
        for k in [*rows, -1]:
            if k >= 0 and p.kind[k] == MOVE and (not run or self._alike(p, run[-1], k)):
                run.append(k)
                continue
            if run:
                there = ends[1] if k < 0 and end < 0 else self._at(one, k, ends[1])
                self._move(found, one, run, (here, there), (booked, dues))
                here, run = there, []
            if k >= 0 and p.kind[k] == MOVE:
                run = [k]
            elif k >= 0:
                here = self._border(found, int(table.crossing[k]), self._at(one, k, here))
        if end >= 0:
            self._border(found, end, ends[1])
        lane = self._lane(one, pair)
        fixed = self.terrain.book.find(fixed_wanted(table.mode, one.item, self.cargo, lane))
        moves = [n for n in range(first, len(found.legs)) if found.legs[n].kind == "move"]
        if fixed and moves:
            leg = found.legs[moves[0]]
            found.legs[moves[0]] = _with_usd(leg, (*leg.usd, self._money(fixed, 1.0, "freight")))

    def _lane(self, one: Costed, pair: int) -> tuple[str, str]:
        """Countries of the two ends by sea, where prices are by lane; elsewhere ``*``."""
        if one.table.mode != "sea":
            return "*", "*"
        i, j = divmod(pair, one.table.shape[1])
        at = self.net.sides.terminal[[one.table.start[i], one.table.to[j]]]
        codes = self.net.terminals.country[at]
        return str(codes[0]), str(codes[1])

    @staticmethod
    def _alike(p: Pieces, a: int, b: int) -> bool:
        return p.mode[a] == p.mode[b] and p.country[a] == p.country[b]

    def _at(self, one: Costed, k: int, default: Spot) -> Spot:
        """Where a border lies."""
        p = one.table.pieces
        if k < 0 or p.border[k] < 0:
            return default
        borders = self.terrain.ways.borders("rail" if one.table.mode == "rail" else "road")
        b = int(p.border[k])
        codes = self.net.countries.code
        a, c = str(codes[borders.country_a[b]]), str(codes[borders.country_b[b]])
        name = f"{a}-{c}" if p.direction[k] == 0 else f"{c}-{a}"
        lat, lon = float(borders.lat[b]), float(borders.lon[b])
        return Spot(f"border {name}", "", "", lat, lon)

    def _border(self, found: Itinerary, row: int, where: Spot) -> Spot:
        t, crossings = self.net.crossings, self.terrain.crossings
        start, to = str(t.from_country[row]), str(t.to_country[row])
        name = where.name.removeprefix("border ") if where.name.startswith("border ") else ""
        name = name or f"{start}-{to}"
        usd = [
            Amount(f"crossing {t.id[row]} usd", crossings.money(row),
                   unit_factor(str(t.unit[row]), self.cargo), "border")
        ]  # fmt: skip
        empties = crossings.empties(row)
        if empties.high > 0:
            factor = self.cargo.teu / TEU_PER_FEU
            usd.append(Amount(f"crossing {t.id[row]} empty", empties, factor, "empty_return"))
        found.borders.append(name)
        found.legs.append(
            Leg(
                "border", str(t.mode[row]), where, where, 0.0,
                (Amount(f"crossing {t.id[row]}", crossings.hours(row), 1.0),), tuple(usd), (), (),
                estimated=bool(t.estimated[row]), sources=(str(t.source[row]),),
                note=str(t.title[row]),
            )
        )  # fmt: skip
        for code in name.split("-"):
            if code.isalpha() and code not in found.countries:
                found.countries.append(code)
        return where

    def _move(
        self, found: Itinerary, one: Costed, run: list[int], ends: tuple[Spot, Spot],
        known: tuple[tuple[int, bool, str], set[int]],
    ) -> None:  # fmt: skip
        (row, estimated, source), dues = known
        p, net, book = one.table.pieces, self.net, self.terrain.book
        mode, country = int(p.mode[run[0]]), int(p.country[run[0]])
        word = MODES[mode]
        code = str(net.countries.code[country]) if country >= 0 else "*"
        km = float(p.km[run].sum())
        speed = book.get(Wanted("speed", word, one.item, code))
        lane = (code, "*")
        if code == "*" and found.rides:
            _, i, j = found.rides[-1]
            lane = self._lane(one, i * one.table.shape[1] + j)
        price = book.find(Wanted("freight", word, one.item, *lane, self.cargo.equipment))
        wtw = book.get(Wanted("co2e_wtw", word, one.item, code))
        ttw = book.get(Wanted("co2e_ttw", word, one.item, code))
        way = km
        if mode == ROAD:
            way *= book.get(Wanted("detour", word, "", code)).spread.typical
        usd = [self._money(price, way, "freight")] if price else []
        for passage in dict.fromkeys(int(x) for x in p.passage[run] if x >= 0):
            name = str(net.passages.id[passage])
            if name not in found.passages:
                found.passages.append(name)
            due = book.find(Wanted("passage_due", "sea", name))
            if due and passage not in dues:
                usd.append(self._money(due, 1.0, "port"))
            dues.add(passage)
        for section in dict.fromkeys(int(x) for x in p.section[run] if x >= 0):
            found.planned.append(str(net.sections.id[section]))
        tkm = way * self.cargo.tonnes / GRAMS_PER_KG
        if code != "*" and code not in found.countries:
            found.countries.append(code)
        services = net.services
        found.legs.append(
            Leg(
                "move", word, *ends, way,
                (Amount(f"rate {speed.id}", speed.spread.inverse(), way * HOURS_PER_DAY),),
                tuple(usd),
                (Amount(f"rate {wtw.id}", wtw.spread, tkm),),
                (Amount(f"rate {ttw.id}", ttw.spread, tkm),),
                str(services.id[row]) if row >= 0 else None,
                str(services.operator[row]) or None if row >= 0 else None,
                int(p.gauge_mm[run[0]]) or None,
                estimated or speed.estimated,
                tuple(dict.fromkeys(
                    one.source for one in (speed, price, wtw) if one
                )) + ((source,) if source != "estimate" else ()),
            )
        )  # fmt: skip

    def _money(self, rate: Rate, km: float, kind: str) -> Amount:
        factor = km * price_factor(rate, self.cargo)
        return Amount(f"rate {rate.id}", rate.spread, factor, kind)


def _with_usd(leg: Leg, usd: tuple[Amount, ...]) -> Leg:
    return replace(leg, usd=usd)
