"""Build the graph of chains for one question: which terminals matter, which services join them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo
from landbridge.models.dangerous import in_words, words_of
from landbridge.network.network import Network
from landbridge.network.rate_kinds import BOXES
from landbridge.routing.chain import (
    DRIVE,
    SERVICE,
    ArcList,
    Arcs,
    Chain,
    Costed,
    Part,
    costed,
    cut_off,
    headway,
)
from landbridge.routing.doors import Door, door_snaps, door_tables
from landbridge.routing.geo import great_circle_km
from landbridge.routing.kept import Kept
from landbridge.routing.operations import OperationRows, operation_cost
from landbridge.routing.query import RouteParams
from landbridge.routing.tables import (
    LORRY,
    Terrain,
    WayTable,
    land_table,
    sides_stops,
    water_table,
)
from landbridge.routing.ways_open import passages_out_of_season, usable
from landbridge.schema.column import Floats
from landbridge.units import MODES, RAIL, day_number

ROUND_ABOUT = {3: (1.6, 2500.0), 2: (1.4, 1500.0), 1: (1.2, 700.0)}
"""By size of a terminal: it matters where going by it is at most so many times the great circle,
and so many km more. Hubs are worth a detour, a local port is not."""
MOST_COSTS = 64 << 20
"""Bytes of costs that are kept with a terrain."""
MOST_GROUND_ARCS = 500_000
"""Arcs of the parts of graphs that are kept, some 150 bytes each: those of a few cargoes."""
MOST_ARCS = 200_000
"""Arcs of the graphs that are kept whole, 100 to 200 bytes each: those of the last questions."""
MOST_DOORS = 32
"""Pairs of doors whose lorries are kept."""
NEAREST = 5
"""... or where it is among the nearest of its kind to a door."""
AT_SEA = frozenset({"sea"})
RIVER_SEA = frozenset({"sea", "inland_waterway"})


@dataclass(frozen=True, eq=False)
class Question:
    """What the graph is built for."""

    origin: Door
    destination: Door
    cargo: Cargo
    modes: frozenset[str]
    """Modes that may be used."""
    wanted: tuple[str, ...]
    """Terminals that matter whatever their place (``--via``, branches)."""


class Ground(NamedTuple):
    """The part of the graphs that does not depend on the doors."""

    part: Part
    connected: NDArray[np.bool_]
    """Per side: whether it is joined to its network."""


def build_chain(terrain: Terrain, question: Question, params: RouteParams) -> Chain:
    """Every service, lorry and operation between the terminals that matter."""
    ground = ground_of(terrain, question, params)
    matters = matter(terrain.net, question) & terrain.open_terminal
    doors = _doors(terrain, question, params, ground)
    wanted = np.append(np.repeat(matters[terrain.net.sides.terminal], 2), [True, True])
    kept: Kept[Chain] = vars(terrain).setdefault("_chains", Kept[Chain](MOST_ARCS, len))
    key = ground.part, doors, wanted.tobytes()
    return kept.of(key, lambda: Chain.of_parts(ground.part, doors, wanted))


def _arcs_of(ground: Ground) -> int:
    return len(ground.part.arcs)


def ground_of(terrain: Terrain, question: Question, params: RouteParams) -> Ground:
    """What does not depend on the doors, kept with the terrain."""
    cargo = question.cargo
    kept: Kept[Ground] = vars(terrain).setdefault(
        "_chain_grounds", Kept[Ground](MOST_GROUND_ARCS, _arcs_of)
    )
    key = (
        cargo, cargo.value_usd, question.modes, params.terminal_snap_km,
        params.lorry_between_terminals_km, params.detour_from_km,
    )  # fmt: skip
    return kept.of(key, lambda: _GroundBuilder(terrain, question, params).done())


def _doors(terrain: Terrain, question: Question, params: RouteParams, ground: Ground) -> Part:
    """What leads from and to the doors; lorries without regard to which terminals matter."""
    doors, cargo = (question.origin, question.destination), question.cargo
    if "road" not in question.modes:
        arcs = ArcList()
        _at_terminals(terrain, question, ground, arcs)
        return part_of(terrain, cargo, [], arcs)
    kept: Kept[Part] = vars(terrain).setdefault("_chain_doors", Kept[Part](MOST_DOORS))
    served = all(snap <= params.most_snap_km for snap in door_snaps(terrain, doors))
    key = doors, served, cargo, cargo.value_usd, params.terminal_snap_km
    return kept.of(key, lambda: _lorries(terrain, question, params, served=served))


def _lorries(terrain: Terrain, question: Question, params: RouteParams, *, served: bool) -> Part:
    arcs, tables = ArcList(), list[Costed]()
    doors = question.origin, question.destination
    nodes = 2 * len(terrain.net.sides), 2 * len(terrain.net.sides) + 1
    lorry = lorry_of(terrain.net)
    longest = float(terrain.net.services.max_km[lorry]) if lorry >= 0 else np.inf
    for table, meant in door_tables(terrain, doors, params.terminal_snap_km) if served else ():
        one = kept_costs(terrain, table, LORRY, question.cargo)
        i, j = np.nonzero(meant & (one.table.legs.km <= longest))
        pairs = i.astype(np.int64), j.astype(np.int64)
        arcs.add_ways(len(tables), one, pairs, kind=DRIVE, row=lorry, wait_h=0.0, nodes=nodes)
        tables.append(one)
    return part_of(terrain, question.cargo, tables, arcs)


def _at_terminals(terrain: Terrain, question: Question, ground: Ground, arcs: ArcList) -> None:
    sides, nodes = terrain.net.sides, ground.part.nodes
    matters = matter(terrain.net, question) & terrain.open_terminal
    usable_sides = np.flatnonzero(ground.connected & matters[sides.terminal])
    for door, origin in ((question.origin, True), (question.destination, False)):
        off = great_circle_km(door.lat, door.lon, sides.lat[usable_sides], sides.lon[usable_sides])
        near = usable_sides[off <= min(150.0, float(off.min(initial=np.inf)) + 60.0)]
        for side in near.tolist():
            if origin:
                arcs.add_handling(nodes - 2, 2 * side + 1, (0.0, 0.0, 0.0), -1)
            else:
                arcs.add_handling(2 * side, nodes - 1, (0.0, 0.0, 0.0), -1)


def part_of(terrain: Terrain, cargo: Cargo, tables: list[Costed], found: ArcList) -> Part:
    """The arcs found as a part of graphs, with what depends on the value of the cargo."""
    arcs = found.done()
    _add_value(terrain, cargo, tuple(tables), arcs)
    return Part(terrain.net, tuple(tables), arcs, 2 * len(terrain.net.sides) + 2)


def lorry_of(net: Network) -> int:
    """The row of the service that lorries drive by; -1: none."""
    services = net.services
    for row in range(len(services)):
        if services.generic[row] and str(services.mode[row]) == "road":
            return row
    return -1


class _GroundBuilder:
    def __init__(self, terrain: Terrain, question: Question, params: RouteParams) -> None:
        self.terrain, self.question, self.params = terrain, question, params
        self.net = terrain.net
        self.tables: list[Costed] = []
        self.made: dict[tuple[int, str], tuple[int, Costed]] = {}
        self.arcs = ArcList()
        self.nodes = (2 * len(self.net.sides), 2 * len(self.net.sides) + 1)
        self.connected = np.zeros(len(self.net.sides), bool)

    def done(self) -> Ground:
        modes = self.question.modes
        if "road" in modes:
            self.roads()
        if "rail" in modes:
            self.rails()
        if modes & RIVER_SEA:
            self.waters()
        self.handling()
        part = part_of(self.terrain, self.question.cargo, self.tables, self.arcs)
        return Ground(part, self.connected)

    def _costed(self, table: WayTable, item: str) -> tuple[int, Costed]:
        one = kept_costs(self.terrain, table, item, self.question.cargo)
        self.tables.append(one)
        return len(self.tables) - 1, one

    @staticmethod
    def _among(
        one: Costed, least: float, most: float
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs with a way of a fitting length."""
        km = one.table.legs.km
        i, j = np.nonzero((km >= least) & (km <= most))
        return i.astype(np.int64), j.astype(np.int64)

    def roads(self) -> None:
        terrain, most_km = self.terrain, self.params.lorry_between_terminals_km
        rows, _ = sides_stops(terrain, "road", 0, self.params.terminal_snap_km)
        self.connected[rows] = True
        table = land_table(terrain, "road", 0, self.params.terminal_snap_km, most_km)
        number, one = self._costed(table, LORRY)
        self.arcs.add_ways(
            number, one, self._among(one, 1e-3, most_km),
            kind=DRIVE, row=lorry_of(self.net), wait_h=0.0, nodes=self.nodes,
        )  # fmt: skip

    def rails(self) -> None:
        rail = self.net.sides.mode == RAIL
        for gauge in np.unique(self.net.sides.gauge_mm[rail]).tolist():
            table = land_table(self.terrain, "rail", gauge, self.params.terminal_snap_km)
            self.connected[table.start] = True
            if not len(table.start):
                continue
            for row in self._services("rail"):
                if int(self.net.services.gauge_mm[row]) not in {0, gauge}:
                    continue
                item = str(self.net.services.speed_class[row])
                self._run(*self._costed_once(table, item), row)

    def waters(self) -> None:
        net, services = self.net, self.net.services
        off = passages_out_of_season(net, self.terrain.ways.on)
        ids = net.passages.id.tolist()
        wanted = [mode for mode in ("sea", "inland_waterway") if mode in self.question.modes]
        for row in [row for mode in wanted for row in self._services(mode)]:
            item = str(services.speed_class[row])
            river = str(services.mode[row]) == "inland_waterway"
            draught = float(services.draught_m[row])
            shallow = {ids[k] for k in range(len(ids)) if net.passages.draught_m[k] < draught}
            closed = off | shallow
            modes = RIVER_SEA if river else AT_SEA
            far = float(services.max_km[row]) >= self.params.detour_from_km
            ports = self._ports(row, modes)
            for shut in self._variants(closed, far=far) if len(ports) else []:
                snap = self.params.terminal_snap_km
                table = water_table(self.terrain, modes, shut, snap, ports)
                self.connected[table.start] = True
                if len(table.start):
                    self._run(*self._costed_once(table, item), row)

    def _ports(self, row: int, modes: frozenset[str]) -> NDArray[np.int64]:
        """Sides at which a service by water may call."""
        net, services = self.net, self.net.services
        rows, stops = sides_stops(self.terrain, "water", 0, self.params.terminal_snap_km)
        owner = net.sides.terminal[rows]
        fits = np.isin(net.sides.mode[rows], [MODES.index(mode) for mode in modes])
        if services.generic[row]:
            fits &= ~(net.sides.draught_m[rows] < services.draught_m[row])  # not known: deep enough
            fits &= ~(net.terminals.size[owner] < services.min_size[row])
        else:
            fits &= np.isin(owner, net.calls.terminal[net.calls.service == row])
        if str(services.stays_in[row]):
            passage = net.passages.id.tolist().index(str(services.stays_in[row]))
            fits &= net.links.passage[stops.link] == passage
        return rows[fits]

    def _variants(self, closed: frozenset[str], *, far: bool) -> list[frozenset[str]]:
        """As it is, and for what goes far without each passage that has a detour worth showing."""
        passages = self.net.passages
        detours: list[str] = passages.id[passages.has_detour].tolist() if far else []
        return [closed, *(closed | {passage} for passage in detours if passage not in closed)]

    def _costed_once(self, table: WayTable, item: str) -> tuple[int, Costed]:
        """Services of one class share what their ways cost."""
        key = (id(table), item)
        if key not in self.made:
            self.made[key] = self._costed(table, item)
        return self.made[key]

    def _services(self, mode: str) -> list[int]:
        services = self.net.services
        open_ = usable(services, day_number(self.terrain.ways.on))
        cargo = self.question.cargo
        return [
            k
            for k in range(len(services))
            if open_[k] and str(services.mode[k]) == mode and not refuses(self.net, k, cargo)
        ]

    def _run(self, number: int, one: Costed, row: int) -> None:
        services = self.net.services
        wait = headway(self.net, row).mean / 2 + cut_off(self.net, row)
        if services.generic[row]:
            i, j = self._among(one, float(services.min_km[row]), float(services.max_km[row]))
            self.arcs.add_ways(
                number, one, (i, j), kind=SERVICE, row=row, wait_h=wait, nodes=self.nodes
            )
            return
        calls = self.net.calls
        mine = np.flatnonzero(calls.service == row)
        mine = mine[np.argsort(calls.order[mine])]
        side_of = {
            int(self.net.sides.terminal[s]): k for k, s in enumerate(one.table.start.tolist())
        }
        at = [side_of.get(int(terminal), -1) for terminal in calls.terminal[mine]]
        for a in range(len(mine)):
            for b in range(a + 1, len(mine)):
                if at[a] < 0 or at[b] < 0:
                    continue
                dwell = float(calls.dwell_h[mine[a + 1 : b]].sum())
                extra = (wait + dwell, b - a - 1)
                self.arcs.add_leg(number, one, (at[a], at[b]), row, extra)
                if services.both_ways[row]:
                    self.arcs.add_leg(number, one, (at[b], at[a]), row, extra)

    def handling(self) -> None:
        net = self.net
        rows = OperationRows(net)
        by_terminal: dict[int, list[int]] = {}
        for side in np.flatnonzero(self.connected).tolist():
            by_terminal.setdefault(int(net.sides.terminal[side]), []).append(side)
        known: dict[tuple[int, str], tuple[float, float, float]] = {}
        for terminal, sides in by_terminal.items():
            country = str(net.terminals.country[terminal])
            for start in sides:
                for to in sides:
                    row = rows.find(start, to)
                    if row < 0:
                        continue
                    key = (row, country)
                    if key not in known:
                        known[key] = operation_cost(self.terrain, row, country, self.question.cargo)
                    self.arcs.add_handling(2 * start, 2 * to + 1, known[key], row)


def _add_value(terrain: Terrain, cargo: Cargo, tables: tuple[Costed, ...], arcs: Arcs) -> None:
    """Add to the USD of every arc what depends on the value: interest over its hours, war risk."""
    interest = terrain.prices(cargo).interest(1.0)
    if interest is not None:
        arcs.cost[:, 1] += interest.mean * arcs.cost[:, 0]
    for number, one in enumerate(tables):
        if one.cost.share.any():
            mine = arcs.table == number
            arcs.cost[mine, 1] += cargo.value_usd * one.cost.share.ravel()[arcs.pair[mine]]


def refuses(net: Network, row: int, cargo: Cargo) -> str:
    """Why a service does not take a cargo, in words; empty where it does."""
    boxes, danger = str(net.services.equipment[row]), str(net.services.dangerous[row])
    if cargo.box not in (boxes or ";".join(BOXES)).split(";"):
        return f"takes {boxes.replace(';', ', ') or 'containers'}, not {cargo.box}"
    goods = cargo.dangerous
    if goods and danger and not set(words_of(goods)) & set(danger.split(";")):
        what = "no dangerous goods" if danger == "none" else f"class {danger.replace(';', ', ')}"
        return f"takes {what}, not {in_words(goods)}"
    return ""


def kept_costs(terrain: Terrain, table: WayTable, item: str, cargo: Cargo) -> Costed:
    """Costs of a table, kept with the terrain."""
    kept: Kept[Costed] = vars(terrain).setdefault("_costed", Kept[Costed](MOST_COSTS, _cost_bytes))
    return kept.of((table, item, cargo), lambda: costed(terrain, table, item, cargo))


def _cost_bytes(one: Costed) -> int:
    return 4 * one.cost.hours.nbytes + one.begin.nbytes + one.end.nbytes


def matter(net: Network, question: Question) -> NDArray[np.bool_]:
    """Terminals that a sensible chain may use: not far round, or near a door, or asked for."""
    t = net.terminals
    a, b = question.origin, question.destination
    first = great_circle_km(a.lat, a.lon, t.lat, t.lon)
    second = great_circle_km(b.lat, b.lon, t.lat, t.lon)
    direct = float(great_circle_km(a.lat, a.lon, np.array([b.lat]), np.array([b.lon]))[0])
    found = np.zeros(len(t), bool)
    for size, (times, more) in ROUND_ABOUT.items():
        found |= (t.size >= size) & (first + second <= times * direct + more)
    found |= nearest(net, first) | nearest(net, second)
    return found | np.isin(t.id.astype(object), list(question.wanted))


def nearest(net: Network, off: Floats) -> NDArray[np.bool_]:
    """Which terminals are among the nearest of their kind to a door, ``off`` km from each."""
    found = np.zeros(len(net.terminals), bool)
    for kind in ("port", "rail", "inland"):
        rows = np.flatnonzero(net.terminals.kind == kind)
        found[rows[np.argsort(off[rows])[:NEAREST]]] = True
    return found
