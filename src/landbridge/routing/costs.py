"""Expected hours, USD and kg CO2e of every way of a table, for a cargo and a class of vehicle."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from landbridge.models.cargo import Cargo, price_factor, unit_factor
from landbridge.models.ratebook import Rate, RateBook, Wanted
from landbridge.network.network import Network
from landbridge.routing.borders import SHUT
from landbridge.routing.tables import Terrain, WayTable
from landbridge.routing.ways_open import BorderPoints, closures_at
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY, MODES, ROAD, SEA, TEU_PER_FEU, day_number


@dataclass(frozen=True, eq=False)
class TableCost:
    """Per pair (n_from, n_to): moving and borders, without waits and handling; inf: no way."""

    hours: Floats
    usd: Floats
    co2e_kg: Floats
    km: Floats


def table_cost(
    terrain: Terrain, table: WayTable, item: str, cargo: Cargo, countries: NDArray[np.int64]
) -> TableCost:
    """What the ways of a table take by vehicles of the class ``item``.

    ``countries``: row of the country of each side, for the lanes that have prices of their own.
    """
    tally, net = table.legs.tally, terrain.net
    totals = [np.zeros(table.shape) for _ in range(3)]
    places = zip(tally.mode.tolist(), tally.country.tolist(), strict=True)
    per = [per_km(terrain, mode, item, where, cargo) for mode, where in places]
    borders = table.crossing >= 0
    if per:
        rates = np.array([[one.hours, one.usd, one.co2e_kg] for one in per])
        totals = [table.total(tally.pair, tally.km * rates[tally.place, k]) for k in range(3)]
    if borders.any():
        met, row = np.unique(table.crossing[borders], return_inverse=True)
        hours = np.array([terrain.crossings.hours(one).mean for one in met.tolist()])
        usd = np.array([border_usd(terrain, one, cargo) for one in met.tolist()])
        totals[0] += table.total(tally.border_pair[borders], hours[row])
        totals[1] += table.total(tally.border_pair[borders], usd[row])
    dues = np.array([passage_due(terrain.book, net, k, cargo) for k in range(len(net.passages))])
    if len(tally.passage):
        waits = [passage_wait(terrain.book, net, k) for k in range(len(net.passages))]
        hours = np.array([wait.spread.mean if wait else 0.0 for wait in waits])
        totals[0] += table.total(tally.passage_pair, hours[tally.passage])
        totals[1] += table.total(tally.passage_pair, dues[tally.passage])
    none = np.isinf(table.legs.km)
    totals[1] += _mean_usd(terrain.book, fixed_wanted(table.mode, item, cargo), cargo)
    if table.mode == "sea":
        at_sea = ((tally.mode == SEA) & (tally.country < 0))[tally.place]
        sea_km = table.total(tally.pair, np.where(at_sea, tally.km, 0.0))
        for wanted, times in (
            (fixed_wanted("sea", item, cargo), 1.0),
            (Wanted("freight", "sea", item, equipment=cargo.equipment), sea_km),
        ):
            totals[1] += times * _lane_extra(terrain, table, wanted, cargo, countries)
    for value in totals:
        value[none] = np.inf
    return TableCost(totals[0], totals[1], totals[2], table.legs.km)


def _mean_usd(book: RateBook, wanted: Wanted, cargo: Cargo) -> float:
    rate = book.find(wanted)
    return price_factor(rate, cargo) * rate.spread.mean if rate else 0.0


def _lane_extra(
    terrain: Terrain, table: WayTable, wanted: Wanted, cargo: Cargo, countries: NDArray[np.int64]
) -> Floats:
    """What a sea price of each pair (n_from, n_to) is above that of lanes without a row."""
    book, codes = terrain.book, terrain.net.countries.code
    usual = _mean_usd(book, wanted, cargo)
    extra = np.zeros(table.shape)
    start, to = countries[table.start], countries[table.to]
    for a, b in book.lanes(wanted):
        here = np.array([book.covers(a, str(codes[k])) for k in start.tolist()], bool)
        there = np.array([book.covers(b, str(codes[k])) for k in to.tolist()], bool)
        for i in np.unique(start[here]).tolist():
            for j in np.unique(to[there]).tolist():
                lane = replace(wanted, country=str(codes[i]), to_country=str(codes[j]))
                extra[np.ix_(start == i, to == j)] = _mean_usd(book, lane, cargo) - usual
    return extra


@dataclass(frozen=True, slots=True)
class PerKm:
    """Expected figures per km of way."""

    hours: float
    usd: float
    co2e_kg: float


def per_km(terrain: Terrain, mode: int, item: str, country: int, cargo: Cargo) -> PerKm:
    """Per km in a country (-1: at sea) for the whole cargo.

    A lorry drives the usual way, which is longer than the shortest by its country's detour.
    """
    word = MODES[mode]
    code = str(terrain.net.countries.code[country]) if country >= 0 else "*"
    speed = terrain.book.get(Wanted("speed", word, item, code))
    price = terrain.book.find(Wanted("freight", word, item, code, "*", cargo.equipment))
    works = terrain.factors.moving(word, item, code, cooled=cargo.cooled)
    detour = 1.0
    if mode == ROAD:
        detour = terrain.book.get(Wanted("detour", word, "", code)).spread.typical
    usd = price.spread.mean * price_factor(price, cargo) if price else 0.0
    return PerKm(
        detour * HOURS_PER_DAY * speed.spread.inverse().mean,
        detour * usd,
        detour * works.distance * works.kg("wtw") * works.units(cargo),
    )


def border_usd(terrain: Terrain, row: int, cargo: Cargo) -> float:
    """Expected price of a crossing with its share of the empty box's way back."""
    price = terrain.crossings.money(row).mean
    unit = str(terrain.net.crossings.unit[row])
    empties = terrain.crossings.empties(row).mean * cargo.teu / TEU_PER_FEU
    return price * unit_factor(unit, cargo) + empties


def passage_due(book: RateBook, net: Network, passage: int, cargo: Cargo) -> float:
    """Expected dues of a passage; 0 where none are listed."""
    rate = book.find(Wanted("passage_due", "sea", str(net.passages.id[passage])))
    return rate.spread.mean * price_factor(rate, cargo) if rate else 0.0


def passage_wait(book: RateBook, net: Network, passage: int) -> Rate | None:
    """Hours that a passage takes besides sailing, where there is a row for it."""
    return book.find(Wanted("passage_wait", "sea", str(net.passages.id[passage])))


def fixed_wanted(mode: str, item: str, cargo: Cargo, lane: tuple[str, str] = ("*", "*")) -> Wanted:
    """The part of freight that does not depend on distance; ``lane``: by sea, from and to."""
    return Wanted("freight_fixed", mode, item, lane[0], lane[1], cargo.equipment)


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
