"""Ways of the network against published lengths: rail, road and sea."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from statistics import median

from landbridge.build.typed import Row, read_table
from landbridge.errors import LandbridgeError
from landbridge.models.ratebook import RateBook, Wanted
from landbridge.network.network import Network
from landbridge.places.find import resolve
from landbridge.routing.distance import means_of
from landbridge.routing.shortest import Shortest, find_shortest
from landbridge.units import day_number

BOUND = {"rail": 2.0, "road": 5.0, "sea": 2.0}
"""Errors asked for, in %."""
KINDS = ("input", "ratio", "check")
"""``input``: the network was scaled to it. ``ratio``: the ratio of usual to shortest roads was set
from these. ``check``: neither."""
MISSING = float("nan")


@dataclass(frozen=True, slots=True)
class Checked:
    """One published length and ours."""

    mode: str
    ends: str
    published: float
    ours: float
    """Of roads the way that a lorry drives. NaN where there is no way."""
    shortest: float
    """The bare network's shortest way, by the places that the length is told of."""
    inside: bool
    """Whether ours lies in the range that is published, where there is one."""
    kind: str
    source: str
    cause: str

    @property
    def error(self) -> float:
        """In %, of the published length."""
        return 100 * (self.ours / self.published - 1)

    @property
    def miss(self) -> bool:
        """Whether it lies outside what is asked for."""
        return not (self.inside or abs(self.error) <= BOUND[self.mode])


def references(name: str) -> list[dict[str, str]]:
    """The rows of a table of published lengths, ``land`` or ``sea``."""
    path = resources.files("landbridge.validation") / "tables" / f"{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def lengths(net: Network) -> list[Checked]:
    """Every published length with ours: the scaled sections, then what was not scaled."""
    found = [_section(net, row) for row in read_table("land_sections") if row.text("lat1")]
    for row in references("land"):
        # a length that is published of one line is compared with that line: by places on it
        stops = [row["from"], *filter(None, row["via"].split(";")), row["to"]]
        gauge = int(row["gauge_mm"] or 0)
        ways = [_way(net, row["mode"], pair, gauge=gauge) for pair in pairwise(stops)]
        by = f" by {row['via_names']}" if row["via"] else ""
        ends = f"{row['from_name']} - {row['to_name']}{by}"
        found.append(_checked(net, row, row["mode"], ends, ways))
    for row in references("sea"):
        avoid = tuple(word for word in row["avoid"].split(";") if word)
        way = _way(net, "sea", (row["from"], row["to"]), avoid=avoid)
        off = f", without {' and '.join(avoid)}" if avoid else ""
        ends = f"{row['from']} - {row['to']}{off}"
        found.append(_checked(net, row | {"kind": "check"}, "sea", ends, [way]))
    return found


def _section(net: Network, row: Row) -> Checked:
    """A scaled section: the shortest way between its ends, through the points typed for it."""
    stops = [f"{row.text('lat1')},{row.text('lon1')}"]
    stops += [via.replace(" ", ",") for via in row.text("via").split(";") if via]
    stops.append(f"{row.text('lat2')},{row.text('lon2')}")
    ways = [_way(net, row.text("mode"), pair) for pair in pairwise(stops)]
    ours = sum(way.km if way else MISSING for way in ways)
    return Checked(
        mode=row.text("mode"),
        ends=row.text("title"),
        published=row.number("km"),
        ours=ours,
        shortest=ours,
        inside=False,
        kind="input",
        source=row.text("source"),
        cause="a parallel line between the ends is shorter",
    )


def _way(
    net: Network, mode: str, ends: tuple[str, str], *, avoid: tuple[str, ...] = (), gauge: int = 0
) -> Shortest | None:
    """The shortest way; None where there is none."""
    try:
        means = means_of(net, mode, avoid=avoid, gauge=gauge or None)
        pair = resolve(net, ends[0]).place, resolve(net, ends[1]).place
        found = find_shortest(net, means, [pair])[0]
    except LandbridgeError:
        return None
    return None if found.failure else found


def driven_km(net: Network, way: Shortest) -> float:
    """What a lorry drives: the shortest way times the usual ratio of each country it passes."""
    if way.legs is None:
        return way.km
    book = RateBook(net, day_number(net.case.base_date))
    pieces = way.legs.pieces()
    total = 0.0
    for km, row in zip(pieces.km.tolist(), pieces.country.tolist(), strict=True):
        code = str(net.countries.code[row]) if row >= 0 else "*"
        total += km * book.get(Wanted("detour", "road", "", code)).spread.typical
    return total


def _checked(
    net: Network, row: dict[str, str], mode: str, ends: str, ways: list[Shortest | None]
) -> Checked:
    published = float(row["km"])
    shortest = sum(way.km if way else MISSING for way in ways)
    driven = sum(driven_km(net, way) if way else MISSING for way in ways)
    ours = driven if mode == "road" else shortest
    low, high = float(row["low"] or published), float(row["high"] or published)
    inside = bool(row["low"]) and low <= ours <= high
    return Checked(
        mode, ends, published, ours, shortest, inside, row["kind"], row["source"], row["cause"]
    )


def as_markdown(found: list[Checked]) -> list[str]:
    """Summary and table."""
    lines: list[str] = []
    for mode, bound in BOUND.items():
        for kind in KINDS:
            mine = [one for one in found if one.mode == mode and one.kind == kind]
            errors = [abs(one.error) for one in mine if one.ours == one.ours]
            if errors:
                good = sum(not one.miss for one in mine)
                lines.append(f"- {mode}, {kind}: median |error| {median(errors):.1f} %, {good} of"
                             f" {len(mine)} within {bound:g} % or the published range")  # fmt: skip
    bare = [abs(100 * (one.shortest / one.published - 1)) for one in found if one.mode == "road"]
    if bare:
        good = sum(error <= BOUND["road"] for error in bare)
        lines.append(f"- road, the shortest ways as they are: median |error| {median(bare):.1f} %,"
                     f" {good} of {len(bare)} within {BOUND['road']:g} %")  # fmt: skip
    lines += ["", "| mode | from - to | published km | ours | error | kind | source | remark |",
              "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for one in found:
        notes = [f"shortest {one.shortest:.0f}"] if one.mode == "road" else []
        if one.miss:
            notes.append(f"**miss**: {one.cause or 'cause not known'}")
        elif one.inside:
            notes.append("in the published range")
        row = f"| {one.mode} | {one.ends} | {one.published:.0f} | {one.ours:.0f} |"
        remark = "; ".join(notes)
        lines.append(f"{row} {one.error:+.1f} % | {one.kind} | {one.source} | {remark} |")
    return lines
