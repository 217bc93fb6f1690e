"""Checks of what trade uses: terminals, operations, crossings, services and their calls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np

from landbridge.network.finding import Finding, findings
from landbridge.network.near import did_you_mean
from landbridge.network.network import Network
from landbridge.network.rate_kinds import DANGEROUS, EQUIPMENT
from landbridge.schema.opening import parse_opening
from landbridge.schema.table import Table
from landbridge.schema.timetable import parse_timetable
from landbridge.units import MODES, RAIL

TERMINAL_KINDS = ("port", "rail", "inland", "border")
FEWEST_CALLS = 2
_SEASON = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


def trade(net: Network, bad_calls: set[int]) -> Iterator[Finding]:
    """Every finding about terminals, operations, crossings, services, calls and closures.

    ``bad_calls``: rows of calls with a fault told before, which belong to no service for sure.
    """
    yield from _countries(net)
    yield from _terminals(net)
    yield from _points(net)
    yield from _touching(net)
    yield from _calls(net, bad_calls)
    yield from _words(net)


def neighbours(net: Network) -> set[frozenset[str]]:
    """Pairs of countries that a land link of the network joins."""
    links, country = net.links, net.nodes.country
    a, b = country[links.tail], country[links.head]
    border = np.flatnonzero((a != b) & (links.mode <= MODES.index("road")))
    codes: list[str] = net.countries.code.tolist()
    starts: list[int] = a[border].tolist()
    ends: list[int] = b[border].tolist()
    pairs = set(zip(starts, ends, strict=True))
    return {frozenset((codes[i], codes[j])) for i, j in pairs if i >= 0 and j >= 0}


def areas(net: Network) -> set[str]:
    """What a column of countries or areas may hold: codes, ``*`` and ``*`` with a bloc."""
    blocs = {bloc for text in net.countries.blocs.tolist() for bloc in text.split(";") if bloc}
    return {*net.countries.code.tolist(), "*", *(f"*{bloc}" for bloc in blocs)}


def _among(
    table: Table, column: str, known: Iterable[str], rule: str, *, rows: Sequence[int] | None = None
) -> Iterator[Finding]:
    """A finding for each row whose text is not ``known``, with the nearest names."""
    listed = known if isinstance(known, set) else set(known)
    texts: list[str] = table.column(column).tolist()
    wrong = [row for row in (rows or range(len(texts))) if texts[row] not in listed]
    yield from findings(table, wrong, column, rule, lambda row: did_you_mean(texts[row], listed))


def _countries(net: Network) -> Iterator[Finding]:
    codes = set(net.countries.code.tolist())
    rule = "must be the ISO 3166 alpha-2 code of a country"
    yield from _among(net.terminals, "country", codes, rule)
    yield from _among(net.closures, "country_a", codes, rule)
    yield from _among(net.closures, "country_b", codes, rule)
    rule = "must be an alpha-2 code, `*`, or `*` and a bloc that countries know"
    known = areas(net)
    for table, columns in (
        (net.crossings, ("from_country", "to_country")),
        (net.rates, ("country", "to_country")),
        (net.factors, ("country",)),
    ):
        for column in columns:
            yield from _among(table, column, known, rule)


def _terminals(net: Network) -> Iterator[Finding]:
    if len(net.terminals):
        places = {*net.places.id.tolist(), *net.terminals.id.tolist()}
        rule = "must be the id of a place, or of a terminal that is itself a place"
        yield from _among(net.terminals, "place", places, rule)
    known = {*net.terminals.id.tolist(), "*", *(f"kind:{kind}" for kind in TERMINAL_KINDS)}
    rule = "must be the id of a terminal, `kind:` and a kind of terminal, or `*`"
    yield from _among(net.operations, "terminal", known, rule)
    served = np.zeros(len(net.terminals), bool)
    served[net.sides.terminal] = True
    yield from findings(net.terminals, ~served, "id", "a terminal needs a row in sides")
    gauge = np.where(net.sides.mode == RAIL, net.sides.gauge_mm > 0, net.sides.gauge_mm == 0)
    rule = "a rail side has a gauge, another side has 0"
    yield from findings(net.sides, ~gauge, "gauge_mm", rule)


def _points(net: Network) -> Iterator[Finding]:
    """A point has both coordinates and a radius, or none of the three."""
    for table in (net.crossings, net.closures):
        lat, lon, near = ~np.isnan(table.lat), ~np.isnan(table.lon), table.radius_km > 0
        rule = "lat, lon and a radius above 0 are given together or not at all"
        yield from findings(table, (lat != lon) | (lat != near), "lat", rule)


def _touching(net: Network) -> Iterator[Finding]:
    joined = neighbours(net)
    if not joined:
        return  # a network without land borders cannot tell
    codes = set(net.countries.code.tolist())
    ends: list[tuple[str, str]] = list(
        zip(net.crossings.from_country.tolist(), net.crossings.to_country.tolist(), strict=True)
    )
    wrong = [
        row
        for row, (mode, (a, b)) in enumerate(zip(net.crossings.mode.tolist(), ends, strict=True))
        if mode != "sea" and a in codes and b in codes and frozenset((a, b)) not in joined
    ]
    yield from findings(
        net.crossings,
        wrong,
        "to_country",
        "a land crossing joins two countries that touch",
        lambda row: _neighbours_of(ends[row][0], joined),
    )


def _neighbours_of(code: str, joined: set[frozenset[str]]) -> str:
    beside = sorted(other for pair in joined if code in pair for other in pair if other != code)
    if not beside:
        return f"No land link of the network leaves {code}."
    return f"{code} touches {', '.join(beside)}; mend the code, or use mode sea."


def _calls(net: Network, told: set[int]) -> Iterator[Finding]:
    calls, services = net.calls, net.services
    count = np.bincount(calls.service, minlength=len(services))
    sure = np.bincount(np.delete(calls.service, sorted(told)), minlength=len(services))
    yield from findings(
        services, services.generic & (sure > 0), "generic", "a generic service has no calls"
    )
    rule = "a service that is not generic needs two calls or more"
    yield from findings(services, ~services.generic & (count < FEWEST_CALLS), "generic", rule)
    order = np.lexsort((calls.order, calls.service))
    first = np.searchsorted(calls.service[order], np.arange(len(services)))
    wanted = np.arange(len(calls)) - first[calls.service[order]] + 1
    bad = np.zeros(len(calls), bool)
    bad[order] = calls.order[order] != wanted
    yield from findings(calls, bad, "order", "calls of a service are numbered 1, 2, 3, ...")
    yield from _sides_of_calls(net)


def _sides_of_calls(net: Network) -> Iterator[Finding]:
    """A service calls only where the terminal has a side of its mode and gauge."""
    modes: list[str] = net.services.mode.tolist()
    sides: dict[int, list[tuple[str, int]]] = {}
    own = net.sides
    for row in range(len(own)):
        side = MODES[int(own.mode[row])], int(own.gauge_mm[row])
        sides.setdefault(int(own.terminal[row]), []).append(side)
    wrong: dict[int, str] = {}
    for row in range(len(net.calls)):
        service, terminal = int(net.calls.service[row]), int(net.calls.terminal[row])
        mode, gauge = modes[service], int(net.services.gauge_mm[service])
        fits = any(
            _serves(side, mode) and (mode != "rail" or gauge in (0, width))
            for side, width in sides.get(terminal, [])
        )
        if not fits:
            wrong[row] = f"{mode} {gauge} mm" if mode == "rail" else mode
    ids: list[str] = net.terminals.id.tolist()
    for row, need in wrong.items():
        yield Finding(
            "calls",
            row,
            "terminal",
            f"holds {ids[int(net.calls.terminal[row])]!r}",
            f"the terminal needs a side for {need}, the service's",
            "Add the side to sides, or mend the call.",
        )


def _serves(side: str, mode: str) -> bool:
    water = {"sea", "inland_waterway"}
    return side == mode or (side in water and mode in water)


def _words(net: Network) -> Iterator[Finding]:
    yield from _capacities(net)
    yield from _parsed(net.services, "timetable", parse_timetable)
    for table in (net.crossings, net.terminals):
        yield from _parsed(table, "opening_hours", lambda text: parse_opening(text, frozenset()))
    yield from _boxes(net)
    known = {*net.passages.id.tolist(), ""}
    yield from _among(net.services, "stays_in", known, "must be the id of a passage")
    for column in ("season_from", "season_to"):
        texts = net.passages.column(column).tolist()
        bad = [row for row, text in enumerate(texts) if text and not _SEASON.fullmatch(text)]
        yield from findings(net.passages, bad, column, "must be a day of the year as MM-DD")


def _parsed(table: Table, column: str, parse: Callable[[str], object]) -> Iterator[Finding]:
    """A finding for each text that ``parse`` refuses, with the rule that it tells."""
    for row, text in enumerate(table.column(column).tolist()):
        try:
            if text:
                parse(text)
        except ValueError as error:
            yield Finding(table.name, row, column, f"holds {text!r}", str(error))


def _boxes(net: Network) -> Iterator[Finding]:
    texts: list[str] = net.services.equipment.tolist()
    bad = [
        row for row, text in enumerate(texts) if text and not set(text.split(";")) <= {*EQUIPMENT}
    ]
    rule = f"must be some of {', '.join(EQUIPMENT)}, separated by ;"
    yield from findings(net.services, bad, "equipment", rule)
    texts = net.services.dangerous.tolist()
    bad = [
        row for row, text in enumerate(texts)
        if text not in {"", "none"} and not all(map(DANGEROUS.fullmatch, text.split(";")))
    ]  # fmt: skip
    rule = "must be `none`, or IMO classes and UN numbers separated by ;"
    yield from findings(net.services, bad, "dangerous", rule)
    texts = net.services.flag.tolist()
    known = {"", *net.countries.code.tolist()}
    bad = [row for row, text in enumerate(texts) if text not in known]
    yield from findings(net.services, bad, "flag", "must be an alpha-2 code of a country")


def _capacities(net: Network) -> Iterator[Finding]:
    given = ~np.isnan(net.crossings.capacity)
    named = np.array([unit != "" for unit in net.crossings.capacity_unit.tolist()], bool)
    rule = "capacity and its unit are given together or not at all"
    yield from findings(net.crossings, given != named, "capacity_unit", rule)
