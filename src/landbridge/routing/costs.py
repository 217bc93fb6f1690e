"""Expected hours, USD and kg CO2e of every way of a table, for a cargo and a class of vehicle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo
from landbridge.models.ratebook import Rate, RateBook, Wanted
from landbridge.network.network import Network
from landbridge.routing.borders import SHUT
from landbridge.routing.part_load import FREIGHT, PartLoad, part_load
from landbridge.routing.prices import ANYWHERE, Lane, Prices, mean_usd
from landbridge.routing.tables import Terrain, WayTable
from landbridge.routing.ways_open import BorderPoints, closures_at
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY, MODES, ROAD, SEA, day_number


@dataclass(frozen=True, eq=False)
class TableCost:
    """Per pair (n_from, n_to): moving and borders, without waits and handling; inf: no way."""

    hours: Floats
    usd: Floats
    """Without what depends on the value of the cargo."""
    co2e_kg: Floats
    km: Floats
    share: Floats
    """Share of the value of the cargo that is paid on the way (war risk)."""


def table_cost(
    terrain: Terrain, table: WayTable, item: str, cargo: Cargo, countries: NDArray[np.int64]
) -> TableCost:
    """What the ways of a table take by vehicles of the class ``item``.

    ``countries``: row of the country of each side, for the lanes that have prices of their own.
    """
    tally = table.legs.tally
    lanes = Lanes(terrain, table, countries)
    totals = _moving(terrain, table, (item, cargo), lanes, None)
    for part, hit in _part_loads(terrain, table):
        laden = _moving(terrain, table, (item, cargo), lanes, part)
        totals = [np.where(hit, b, a) for a, b in zip(totals, laden, strict=True)]
    borders = table.crossing >= 0
    if borders.any():
        met, row = np.unique(table.crossing[borders], return_inverse=True)
        hours = np.array([terrain.crossings.hours(one).mean for one in met.tolist()])
        usd = np.array([border_usd(terrain, one, cargo) for one in met.tolist()])
        totals[0] += table.total(tally.border_pair[borders], hours[row])
        totals[1] += table.total(tally.border_pair[borders], usd[row])
    share = _passages(terrain, table, cargo, lanes, totals)
    none = np.isinf(table.legs.km)
    for value in totals:
        value[none] = np.inf
    return TableCost(totals[0], totals[1], totals[2], table.legs.km, share)


def _moving(
    terrain: Terrain, table: WayTable, what: tuple[str, Cargo], lanes: Lanes,
    part: PartLoad | None,
) -> list[Floats]:  # fmt: skip
    """Hours, USD and kg CO2e of the rides by themselves; ``part``: of those that low water holds.

    ``what``: class of vehicle, and cargo.
    """
    (item, cargo), tally = what, table.legs.tally
    prices = terrain.prices(replace(cargo, value_usd=0.0))
    laden = part.laden if part else 1.0
    places = zip(tally.mode.tolist(), tally.country.tolist(), strict=True)
    per = [per_km(terrain, mode, item, where, cargo, laden) for mode, where in places]
    totals = [np.zeros(table.shape) for _ in range(3)]
    if per:
        rates = np.array([[one.hours, one.usd, one.co2e_kg] for one in per])
        totals = [table.total(tally.pair, tally.km * rates[tally.place, k]) for k in range(3)]
    ride = prices.per_ride(table.mode, item, ANYWHERE)
    totals[1] += mean_usd(one for one in ride if one.kind in FREIGHT)
    if table.mode == "sea" and per:
        by_sea = (tally.mode == SEA)[tally.place]
        at_sea = by_sea & (tally.country < 0)[tally.place]
        usd = tally.km * np.array([one.usd for one in per])[tally.place]
        totals[1] += lanes.ocean(
            prices, item, table.total(tally.pair, np.where(at_sea, tally.km, 0.0)),
            table.total(tally.pair, np.where(by_sea, usd, 0.0)),
        )  # fmt: skip
    if part:
        totals[1] *= 1.0 + part.surplus.mean
    totals[1] += mean_usd(one for one in ride if one.kind not in FREIGHT)
    if terrain.book.has("carbon"):
        totals[1] += _carbon(terrain, table, what, lanes, laden)
    return totals


def _part_loads(terrain: Terrain, table: WayTable) -> list[tuple[PartLoad, NDArray[np.bool_]]]:
    """What low water leaves of a full cargo, and the pairs that it holds, the fullest first."""
    tally = table.legs.tally
    found: list[tuple[PartLoad, NDArray[np.bool_]]] = []
    for row in np.unique(tally.passage).tolist():
        part = part_load(terrain.book, terrain.net, table.mode, [row])
        if part:
            found.append((part, table.any_of(tally.passage_pair[tally.passage == row])))
    return sorted(found, key=lambda one: (-one[0].laden, one[0].rate.id))


def _passages(
    terrain: Terrain, table: WayTable, cargo: Cargo, lanes: Lanes, totals: list[Floats]
) -> Floats:
    """Add waits, dues and surcharges of passages to ``totals``; returns shares of the value."""
    tally, share = table.legs.tally, np.zeros(table.shape)
    prices = terrain.prices(replace(cargo, value_usd=0.0))
    dear = terrain.prices(replace(cargo, value_usd=1.0))
    for row in np.unique(tally.passage).tolist():
        hit = table.any_of(tally.passage_pair[tally.passage == row])
        wait = passage_wait(terrain.book, terrain.net, row)
        totals[0] += np.where(hit, wait.spread.mean if wait else 0.0, 0.0)

        def due(ends: Lane, row: int = row) -> float:
            return mean_usd(prices.passage(row, ends))

        def risk(ends: Lane, row: int = row) -> float:
            return mean_usd(dear.passage(row, ends)) - mean_usd(prices.passage(row, ends))

        name = str(terrain.net.passages.id[row])
        wanted = Wanted("surcharge", "sea", name, equipment=cargo.equipment)
        totals[1] += np.where(hit, lanes.each(due, [wanted]), 0.0)
        share += np.where(hit, lanes.each(risk, [wanted]), 0.0)
    return share


def _carbon(
    terrain: Terrain, table: WayTable, what: tuple[str, Cargo], lanes: Lanes, laden: float
) -> Floats:
    """Price of the CO2e of moving, tank to wheel: by country on land, by lane at sea."""
    item, cargo = what
    tally, prices = table.legs.tally, terrain.prices(cargo)
    modes: list[int] = tally.mode.tolist()
    places = list(zip(modes, tally.country.tolist(), strict=True))
    if not places:
        return np.zeros(table.shape)
    kg = np.array(
        [per_km(terrain, mode, item, where, cargo, laden).ttw_kg for mode, where in places]
    )
    at_sea = np.array([mode == SEA and where < 0 for mode, where in places], bool)
    usd = np.array([
        0.0 if here else mean_usd(prices.carbon(MODES[mode], item, (_code(terrain, where), "*"), 1))
        for here, (mode, where) in zip(at_sea.tolist(), places, strict=True)
    ])  # fmt: skip
    found = table.total(tally.pair, tally.km * (kg * usd)[tally.place])
    afloat = table.total(tally.pair, tally.km * np.where(at_sea, kg, 0.0)[tally.place])

    def price(lane: Lane) -> float:
        return mean_usd(prices.carbon("sea", item, lane, 1.0))

    wanted = Wanted("carbon", "sea", item, equipment=cargo.equipment)
    return found + afloat * lanes.each(price, [wanted])


def _code(terrain: Terrain, country: int) -> str:
    """The code of a row of countries; ``*`` at sea."""
    return str(terrain.net.countries.code[country]) if country >= 0 else "*"


class Lanes:
    """Prices by countries of departure and arrival, for the pairs of a table."""

    def __init__(self, terrain: Terrain, table: WayTable, countries: NDArray[np.int64]) -> None:
        self.book, self.table = terrain.book, table
        self.codes = terrain.net.countries.code
        self.start, self.to = countries[table.start], countries[table.to]

    def each(self, price: Callable[[Lane], float], kinds: list[Wanted]) -> Floats:
        """``price`` per pair (n_from, n_to), asked for each lane that a row of ``kinds`` names.

        It must depend on rows of ``kinds`` alone: countries that their words fit alike share it.
        """
        usual = price(ANYWHERE)
        if self.table.mode != "sea":
            return np.full(self.table.shape, usual)
        ends = list(dict.fromkeys(ends for wanted in kinds for ends in self.book.lanes(wanted)))
        if not ends:
            return np.full(self.table.shape, usual)
        starts, start = self._alike(self.start, tuple(word for word, _ in ends))
        tos, to = self._alike(self.to, tuple(word for _, word in ends))
        found = np.full((len(starts), len(tos)), usual)
        for i, a in enumerate(starts):
            for j, b in enumerate(tos):
                if any(self.book.covers(x, a) and self.book.covers(y, b) for x, y in ends):
                    found[i, j] = price((a, b))
        return found[start[:, None], to]

    def _alike(
        self, rows: NDArray[np.int64], words: tuple[str, ...]
    ) -> tuple[list[str], NDArray[np.int64]]:
        """A country for each sort that ``words`` tell apart, and the sort of each row."""
        first, sort = np.unique(self.book.alike(words)[rows], return_inverse=True)
        return [str(self.codes[row]) for row in first.tolist()], sort

    def ocean(self, prices: Prices, item: str, km: Floats, usual: Floats) -> Floats:
        """What rides cost above the usual price: on lanes with rows of their own.

        ``km``: at sea; ``usual``: price by distance of all that is by sea, as already counted.
        """
        box = prices.cargo.equipment
        fixed = Wanted("freight_fixed", "sea", item, equipment=box)
        along = [Wanted(kind, "sea", item, equipment=box) for kind in ("freight", "wagon")]
        whole = Wanted("lane", "sea", item, equipment=box)
        once = mean_usd(prices.per_ride("sea", item, ANYWHERE))
        extra = self.each(
            lambda lane: mean_usd(prices.per_ride("sea", item, lane)) - once, [fixed, whole]
        )
        per_km = mean_usd(prices.by_km("sea", item, ANYWHERE, 1.0))
        extra += km * self.each(
            lambda lane: mean_usd(prices.by_km("sea", item, lane, 1.0)) - per_km, along
        )
        held = self.each(lambda lane: float(bool(prices.of_lane("sea", item, lane))), [whole]) > 0
        port_to_port = self.each(
            lambda lane: mean_usd(prices.per_ride("sea", item, lane)) - once, [fixed, whole]
        )
        return np.where(held, port_to_port - usual, extra)


@dataclass(frozen=True, slots=True)
class PerKm:
    """Expected figures per km of way."""

    hours: float
    usd: float
    co2e_kg: float
    """Well to wheel."""
    ttw_kg: float
    """Tank to wheel."""


def per_km(
    terrain: Terrain, mode: int, item: str, country: int, cargo: Cargo, laden: float = 1.0
) -> PerKm:
    """Per km in a country (-1: at sea) for the whole cargo.

    A lorry drives the usual way, which is longer than the shortest by its country's detour.
    ``laden``: what low water leaves of a full cargo, which CO2e is shared by.
    """
    word = MODES[mode]
    code = _code(terrain, country)
    speed = terrain.book.get(Wanted("speed", word, item, code))
    works = terrain.factors.moving(word, item, code, cooled=cargo.cooled, laden=laden)
    detour = 1.0
    if mode == ROAD:
        detour = terrain.book.get(Wanted("detour", word, "", code)).spread.typical
    usd = mean_usd(terrain.prices(cargo).by_km(word, item, (code, "*"), 1.0))
    activity = detour * works.distance * works.units(cargo)
    return PerKm(
        detour * HOURS_PER_DAY * speed.spread.inverse().mean,
        detour * usd,
        activity * works.kg("wtw"),
        activity * works.kg("ttw"),
    )


def border_usd(terrain: Terrain, row: int, cargo: Cargo) -> float:
    """Expected price of a crossing, with the empty box's way back and a new note."""
    return mean_usd(terrain.prices(cargo).border(row))


def passage_wait(book: RateBook, net: Network, passage: int) -> Rate | None:
    """Hours that a passage takes besides sailing, where there is a row for it."""
    return book.find(Wanted("passage_wait", "sea", str(net.passages.id[passage])))


def handover_crossing(
    terrain: Terrain, table: WayTable, countries: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Crossings passed at the ends of a way.

    The track of one country ends inside the terminal of another (Sarakhs, Incheh Borun), or a sea
    way joins two countries of an inland sea.

    ``countries``: row of the country of each side. Returns rows of ``crossings`` (n_from, n_to)
    at the start and at the end; -1 for none, ``SHUT`` where the border must not be crossed.
    """
    n_from, n_to = table.shape
    start = np.full((n_from, n_to), -1)
    end = np.full((n_from, n_to), -1)
    own_start = countries[table.start]
    own_end = countries[table.to]
    lat, lon = terrain.net.sides.lat, terrain.net.sides.lon
    if table.mode == "sea":
        a, b = np.meshgrid(own_start, own_end, indexing="ij")
        there = np.broadcast_to(lat[table.to], a.shape), np.broadcast_to(lon[table.to], a.shape)
        at = _points("sea", a.ravel(), b.ravel(), there[0].ravel(), there[1].ravel())
        rows = _crossing(terrain, at).reshape(a.shape)
        inland = terrain.net.passages.kind == "sea"
        tally = table.legs.tally
        by_inland_sea = table.any_of(tally.passage_pair[inland[tally.passage]])
        rows[(a == b) | ~by_inland_sea] = -1
        return start, rows
    if table.mode != "rail":
        return start, end
    begun, ended = table.legs.start.country.astype(np.int64), table.legs.to.country.astype(np.int64)
    for k in np.flatnonzero((begun != own_start) & (begun >= 0)).tolist():
        one, side = slice(k, k + 1), table.start[k : k + 1]
        at = _points("rail", own_start[one], begun[one], lat[side], lon[side])
        start[k, :] = _crossing(terrain, at)[0]
    for k in np.flatnonzero((ended != own_end) & (ended >= 0)).tolist():
        one, side = slice(k, k + 1), table.to[k : k + 1]
        at = _points("rail", ended[one], own_end[one], lat[side], lon[side])
        end[:, k] = _crossing(terrain, at)[0]
    return start, end


def _points(
    word: str, a: NDArray[np.int64], b: NDArray[np.int64], lat: Floats, lon: Floats
) -> BorderPoints:
    mode = np.full(len(a), MODES.index(word), np.int32)
    return BorderPoints(mode, a.astype(np.int32), b.astype(np.int32), lat, lon)


def _crossing(terrain: Terrain, at: BorderPoints) -> NDArray[np.int64]:
    """Row of ``crossings`` at each point; ``SHUT`` where it is closed or avoided."""
    ways, codes = terrain.ways, terrain.net.countries.code
    a, b = at.country_a.astype(np.int64), at.country_b.astype(np.int64)
    found = terrain.crossings.find(MODES[int(at.mode[0])], a, b, at.lat, at.lon)
    found[closures_at(terrain.net, day_number(ways.on), at) >= 0] = SHUT
    for crossing in ways.avoid.crossings:
        ends = [np.flatnonzero(codes == code) for code in crossing.split("-")]
        for here, there in (ends, ends[::-1]):
            found[np.isin(a, here) & np.isin(b, there)] = SHUT
    return found
