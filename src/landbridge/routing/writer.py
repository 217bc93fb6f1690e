"""From arcs to legs: every part of a chain with its figures, spreads, places and sources."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo
from landbridge.models.distribution import fixed
from landbridge.models.ratebook import Wanted
from landbridge.network.sides import side_name
from landbridge.routing.amount import Amount
from landbridge.routing.avoid import crossing_name
from landbridge.routing.boarding import boarding
from landbridge.routing.chain import DRIVE, HANDLING, Chain, Costed, headway
from landbridge.routing.congestion import QUEUE, Queue, line_name
from landbridge.routing.costs import passage_wait
from landbridge.routing.handover import handed_over
from landbridge.routing.itinerary import (
    Gate,
    Itinerary,
    Leg,
    Spot,
    emitted,
)
from landbridge.routing.kept import Kept
from landbridge.routing.mouths import mouth
from landbridge.routing.operations import operation_hours, operation_usd
from landbridge.routing.part_load import PartLoad, part_load, surplus
from landbridge.routing.prices import Lane
from landbridge.routing.tables import Terrain
from landbridge.routing.terms import Touched
from landbridge.routing.ways import Pieces
from landbridge.routing.ways_pieces import MOVE, entered
from landbridge.units import HOURS_PER_DAY, MODES, ROAD

MOST_PARTS = 8_192
"""So many written rides and operations are kept with a part of a graph."""


class Writer:
    """Writes the legs of chains of one question."""

    def __init__(
        self, terrain: Terrain, chain: Chain, cargo: Cargo, doors: tuple[Spot, Spot]
    ) -> None:
        self.terrain, self.chain, self.cargo, self.doors = terrain, chain, cargo, doors
        self.net = terrain.net
        self.season = chain.ground.season
        self.prices = terrain.prices(cargo)
        self._whole = self.prices.whole()
        self._interest = self.prices.interest(1.0) is not None

    def write(self, way: NDArray[np.int64]) -> Itinerary:
        """The itinerary of a way through the graph."""
        found = Itinerary()
        for arc in way.tolist():
            found.add(self._part(arc, len(found.rides)))
        if found.legs:
            last = found.legs[-1]
            at = len(last.usd) - self._interest  # which comes last of all
            usd = (*last.usd[:at], *self._whole, *last.usd[at:])
            found.legs[-1] = replace(last, usd=usd)
        found.touched = self._touched(found, way)
        return found

    def _part(self, arc: int, rides: int) -> Itinerary:
        """What one arc adds after so many rides; kept, for many chains share a ride."""
        row = int(self.chain.rows[arc])
        ground = len(self.chain.ground.arcs)
        part = self.chain.ground if row < ground else self.chain.doors
        kept: Kept[Itinerary] = vars(part).setdefault("_written", Kept[Itinerary](MOST_PARTS))
        key = (row, rides) if row < ground else (row, rides, self.doors)
        return kept.of(key, lambda: self._write_arc(arc, rides))

    def _write_arc(self, arc: int, rides: int) -> Itinerary:
        part = Itinerary()
        if self.chain.arcs.kind[arc] == HANDLING:
            self._handling(part, arc)
        else:
            self._ride(part, arc)
        for k, leg in enumerate(part.legs):
            ride = leg.ride + rides if leg.ride >= 0 else -1
            interest = self.prices.interest(sum(one.mean for one in leg.hours))
            usd = leg.usd if interest is None else (*leg.usd, interest)
            part.legs[k] = replace(leg, ride=ride, usd=usd)
        return part

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
        lifts = float(t.lifts[row]) * self.cargo.boxes
        works = self.terrain.factors.lift(where.country)
        kind, group = str(t.kind[row]), self._group(int(arcs.tail[arc]))
        terminal = str(self.net.terminals.id[self.net.sides.terminal[int(arcs.tail[arc]) // 2]])
        sides = [side_name(self.net, int(end[arc]) // 2) for end in (arcs.tail, arcs.head)]
        queues = self.season.handled(terminal, sides) if self.season else ()
        found.transfers += 1
        found.gauge_changes += kind == "gauge_change"
        found.legs.append(
            Leg(
                "transfer", None, where, where, 0.0,
                (Amount(f"operation {t.id[row]} {group}", operation_hours(self.net, row), 1.0,
                        group=group), *waited(queues)),
                (self.prices.operation(row, operation_usd(self.net, row), where.name),),
                emitted(works, lifts, "wtw"),
                emitted(works, lifts, "ttw"),
                estimated=bool(t.estimated[row]),
                sources=(str(t.source[row]), *works.sources),
                note=kind.replace("_", " "),
                gate=Gate(self._opening(int(arcs.tail[arc])), where.country),
                works=works,
                country=where.country,
                queues=queues,
            )
        )  # fmt: skip

    def _group(self, node: int) -> str:
        """What the figures at a node move together with: its country, and its terminal in it."""
        country = self.spot(node).country
        if node >= self.chain.origin or not country:
            return country
        return f"{country}/{self.net.terminals.id[self.net.sides.terminal[node // 2]]}"

    def _opening(self, node: int) -> str:
        """Opening hours of the terminal of a node."""
        if node >= self.chain.origin:
            return ""
        return str(self.net.terminals.opening_hours[self.net.sides.terminal[node // 2]])

    def _ride(self, found: Itinerary, arc: int) -> None:
        arcs, services = self.chain.arcs, self.net.services
        one = self.chain.tables[int(arcs.table[arc])]
        row, pair = int(arcs.row[arc]), int(arcs.pair[arc])
        start, to = self.spot(int(arcs.tail[arc])), self.spot(int(arcs.head[arc]))
        service = str(services.id[row]) if row >= 0 else None
        estimated = bool(services.estimated[row]) if row >= 0 else True
        source = str(services.source[row]) if row >= 0 else "estimate"
        dwell: tuple[Amount, ...] = ()
        if arcs.kind[arc] != DRIVE:
            interval = headway(self.net, row)
            board = boarding(self.chain, arc)
            group = self._group(int(arcs.tail[arc]))
            name = f"wait {service} {start.name}"
            queue = self.season.lines.get(line_name(str(service), start.name, to.name)) if (
                self.season) else None  # fmt: skip
            queues = (queue,) if queue else ()
            hours = [*waited(queues)] or [Amount(name, interval, 1.0, wait=True, group=group)]
            if board.cutoff_h:
                hours.append(Amount("cut-off", fixed(board.cutoff_h), 1.0))
            stay = float(arcs.cost[arc, 0]) - float(one.cost.hours.ravel()[pair])
            stay -= interval.mean / 2 + board.cutoff_h + self._queue_h(arc)
            if int(arcs.other[arc]) and stay > 0:
                dwell = (Amount("dwell", fixed(stay), 1.0),)
            found.legs.append(
                Leg("wait", None, start, start, 0.0, tuple(hours), (), (), (), service,
                    str(services.operator[row]), None, estimated, (source,),
                    note="for the departure", board=board, country=start.country,
                    queues=queues)
            )  # fmt: skip
        first = len(found.legs)
        if service and service not in found.services:
            found.services.append(service)
        self._pieces(found, one, pair, (start, to), (row, estimated, source))
        if dwell and first < len(found.legs):
            leg = found.legs[first]
            found.legs[first] = replace(leg, hours=(*leg.hours, *dwell))

    def _queue_h(self, arc: int) -> float:
        """Hours of queues that are in the cost of an arc."""
        row, ground = int(self.chain.rows[arc]), self.chain.ground
        part, at = (ground, row) if row < len(ground.arcs) else (
            self.chain.doors, row - len(ground.arcs))  # fmt: skip
        return 0.0 if part.queue_h is None else float(part.queue_h[at])

    def _pieces(
        self, found: Itinerary, one: Costed, pair: int, ends: tuple[Spot, Spot],
        booked: tuple[int, bool, str],
    ) -> None:  # fmt: skip
        table = one.table
        i, j = divmod(pair, table.shape[1])
        p = table.legs.pieces_of(i, j)
        found.rides.append((one, i, j))
        found.ride_legs.append(len(found.legs))
        begin, end = int(one.begin[i, j]), int(one.end[i, j])
        here = ends[0]
        first = len(found.legs)
        if begin >= 0:
            self._border(found, begin, here, handed_over(self.net, table, (i, j))[0])
        run: list[int] = []
        dues: set[int] = set()
        part = part_load(self.terrain.book, self.net, table.mode, p.passage.tolist())
        for k in [*range(len(p.kind)), -1]:
            if k >= 0 and p.kind[k] == MOVE and (not run or self._alike(p, run[-1], k)):
                run.append(k)
                continue
            if run:
                if k >= 0 and p.kind[k] == MOVE and p.mode[k] != p.mode[run[-1]]:
                    there = mouth(self.net, table.legs, (i, j), p, k)
                else:
                    there = self._at(one, (p, k), ends[1])
                self._move(found, one, (p, run), (here, there), (booked, dues, part))
                here, run = there, []
            if k >= 0 and p.kind[k] == MOVE:
                run = [k]
            elif k >= 0:
                row = int(table.crossings[p.border[k], p.direction[k]])
                there = self._at(one, (p, k), here)
                here = self._border(found, row, there, there.name.removeprefix("border "))
        if end >= 0:
            self._border(found, end, ends[1], handed_over(self.net, table, (i, j))[1])
        moves = [n for n in range(first, len(found.legs)) if found.legs[n].kind == "move"]
        if moves:
            ride = self.prices.per_ride(table.mode, one.item, self._lane(one, pair))
            sailed = [usd for n in moves for usd in found.legs[n].usd]
            ride += surplus(part, [*ride, *sailed])
            found.legs[moves[0]] = _with_usd(found.legs[moves[0]], ride)

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

    def _at(self, one: Costed, at: tuple[Pieces, int], default: Spot) -> Spot:
        """Where a border lies."""
        p, k = at
        if k < 0 or p.border[k] < 0:
            return default
        borders = self.terrain.ways.borders("rail" if one.table.mode == "rail" else "road")
        b = int(p.border[k])
        codes = self.net.countries.code
        a, c = str(codes[borders.country_a[b]]), str(codes[borders.country_b[b]])
        name = f"{a}-{c}" if p.direction[k] == 0 else f"{c}-{a}"
        lat, lon = float(borders.lat[b]), float(borders.lon[b])
        return Spot(f"border {name}", "", "", lat, lon)

    def _border(self, found: Itinerary, row: int, where: Spot, name: str) -> Spot:
        t, crossings = self.net.crossings, self.terrain.crossings
        entered = name.partition("-")[2]
        queues = self.season.crossings.get(str(t.id[row]), ()) if self.season else ()
        found.borders.append(name)
        found.legs.append(
            Leg(
                "border", str(t.mode[row]), where, where, 0.0,
                (Amount(f"crossing {t.id[row]} {name}", crossings.hours(row), 1.0, group=entered),
                 *waited(queues)),
                tuple(self.prices.border(row)), (), (),
                estimated=bool(t.estimated[row]), sources=(str(t.source[row]),),
                note=str(t.title[row]), gate=Gate(str(t.opening_hours[row]), entered),
                country=entered, queues=queues,
            )
        )  # fmt: skip
        for code in name.split("-"):
            if code.isalpha() and code not in found.countries:
                found.countries.append(code)
        return where

    def _move(
        self, found: Itinerary, one: Costed, pieces: tuple[Pieces, list[int]],
        ends: tuple[Spot, Spot],
        known: tuple[tuple[int, bool, str], set[int], PartLoad | None],
    ) -> None:  # fmt: skip
        (row, estimated, source), dues, part = known
        (p, run), net, book = pieces, self.net, self.terrain.book
        mode, country = int(p.mode[run[0]]), int(p.country[run[0]])
        word = MODES[mode]
        code = str(net.countries.code[country]) if country >= 0 else "*"
        km = float(p.km[run].sum())
        speed = book.get(Wanted("speed", word, one.item, code))
        works = self.terrain.factors.moving(
            word, one.item, code, cooled=self.cargo.cooled, laden=part.laden if part else 1.0
        )
        way = km
        if mode == ROAD:
            way *= book.get(Wanted("detour", word, "", code)).spread.typical
        usd = self._freight(found, one, (word, code), way)
        lane = self._ridden(found, one)
        waits: list[Amount] = []
        passed = entered(p, run, net.passages.id, dues)
        for passage in dict.fromkeys(int(x) for x in p.passage[run] if x >= 0):
            name = str(net.passages.id[passage])
            if name not in found.passages:
                found.passages.append(name)
            wait = passage_wait(book, net, passage)
            if wait and passage not in dues:
                waits.append(Amount(f"rate {wait.id}", wait.spread, 1.0))
            if passage not in dues:
                usd += self.prices.passage(passage, lane)
            dues.add(passage)
        for section in dict.fromkeys(int(x) for x in p.section[run] if x >= 0):
            found.planned.append(str(net.sections.id[section]))
        activity = way * works.distance * works.units(self.cargo)
        where = lane if word == "sea" and code == "*" else (code, "*")
        usd += self.prices.carbon(word, one.item, where, activity * works.kg("ttw"))
        if code != "*" and code not in found.countries:
            found.countries.append(code)
        services = net.services
        found.legs.append(
            Leg(
                "move", word, *ends, way,
                (Amount(f"rate {speed.id} {code}", speed.spread.inverse(), way * HOURS_PER_DAY,
                        group=code.strip("*")), *waits),
                tuple(usd),
                emitted(works, activity, "wtw"),
                emitted(works, activity, "ttw"),
                str(services.id[row]) if row >= 0 else None,
                str(services.operator[row]) or None if row >= 0 else None,
                int(p.gauge_mm[run[0]]) or None,
                estimated or speed.estimated,
                tuple(dict.fromkeys(
                    [speed.source, *(a.price.source for a in usd if a.price), *works.sources]
                )) + ((source,) if source != "estimate" else ()),
                works=works,
                ride=len(found.rides) - 1,
                country=code.strip("*"),
                laden=part.laden if part else 1.0,
                passed=passed,
            )
        )  # fmt: skip

    def _ridden(self, found: Itinerary, one: Costed) -> Lane:
        """The lane of the ride at hand."""
        _, i, j = found.rides[-1]
        return self._lane(one, i * one.table.shape[1] + j)

    def _freight(
        self, found: Itinerary, one: Costed, where: tuple[str, str], km: float
    ) -> list[Amount]:
        """By distance, unless the lane has a price from port to port; ``where``: mode, country."""
        mode, code = where
        lane = self._ridden(found, one)
        if mode == "sea" and self.prices.of_lane(one.table.mode, one.item, lane):
            return []
        return self.prices.by_km(mode, one.item, lane if code == "*" else (code, "*"), km)


def waited(queues: Iterable[Queue]) -> tuple[Amount, ...]:
    """The expected hours of queues; what is drawn of them hangs on when a lot comes."""
    return tuple(Amount(f"queue {one.name}", fixed(one.mean), 1.0, QUEUE) for one in queues)


def _with_usd(leg: Leg, more: list[Amount]) -> Leg:
    return replace(leg, usd=(*leg.usd, *more))
