"""What one would expect and does not get, with the reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from landbridge.network.network import Network
from landbridge.routing.avoid import Avoid
from landbridge.routing.options import Option
from landbridge.routing.rules import told
from landbridge.routing.terms import split_terms
from landbridge.routing.ways_open import passages_out_of_season, usable
from landbridge.units import OPEN, STATUSES, date_of, day_number

ALL_MODES = 4
"""Rail, road, sea, inland waterway."""


@dataclass(frozen=True, slots=True)
class Absent:
    """One row of ``absent``."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the answer is about."""

    origin: str
    """Country codes of the two doors."""
    destination: str
    on: dt.date
    avoid: Avoid
    modes: frozenset[str]
    via: tuple[str, ...]


def absent(net: Network, asked: Asked, options: list[Option], barred: list[Option]) -> list[Absent]:
    """What rules bar, branches that one would expect here, and variants that wait for one thing."""
    found = [Absent(one.name, _rules(net, one)) for one in barred]
    have = {one.branch for one in (*options, *barred)}
    b = net.branches
    for row in range(len(b)):
        if str(b.id[row]) in have or not expected_here(net, row, (asked.origin, asked.destination)):
            continue
        terms = (*split_terms(str(b.all_of[row])), *split_terms(str(b.any_of[row])))
        found.append(Absent(str(b.title[row]), _why(net, terms, asked)))
    e = net.expected
    used = {name for one in options for name in one.itinerary.planned}
    for row in range(len(e)):
        branches = b.id.tolist()
        branch = str(e.branch[row])
        if branch in branches and not expected_here(
            net, branches.index(branch), (asked.origin, asked.destination)
        ):
            continue
        need = str(e.needs[row])
        if need.removeprefix("section:") in used:
            continue
        reason = _missing(net, need, asked.on)
        if reason:
            found.append(Absent(str(e.title[row]), f"{reason}; {e.reason[row]}"))
        elif _left_aside(net, need):
            found.append(Absent(str(e.title[row]), str(e.reason[row])))
    return found


def _rules(net: Network, one: Option) -> str:
    ids: list[str] = net.rules.id.tolist()
    return " ".join(told(net, ids.index(name), bar=True) for name in one.barred).rstrip(".")


def _left_aside(net: Network, need: str) -> bool:
    """Whether it is a canal or strait that ocean vessels do not use."""
    kind, _, word = need.partition(":")
    ids = net.passages.id.tolist()
    if kind != "passage" or word not in ids:
        return False
    row = ids.index(word)
    return str(net.passages.kind[row]) in {"canal", "strait"} and not net.passages.ocean[row]


def expected_here(net: Network, row: int, ends: tuple[str, str]) -> bool:
    """Whether one would expect a branch between two countries, in either direction."""
    a = split_terms(str(net.branches.from_countries[row]))
    b = split_terms(str(net.branches.to_countries[row]))
    return (ends[0] in a and ends[1] in b) or (ends[0] in b and ends[1] in a)


def _why(net: Network, terms: tuple[str, ...], asked: Asked) -> str:  # noqa: PLR0911 - a list of causes, most telling first
    for term in terms:
        kind, _, word = term.partition(":")
        if word in asked.avoid.countries or word in asked.avoid.passages:
            return f"avoided by you: {word}"
        if word in asked.avoid.terminals or word in asked.avoid.crossings:
            return f"avoided by you: {word}"
        if kind == "crossing" and set(word.split("-")) & asked.avoid.countries:
            return (
                f"avoided by you: {', '.join(sorted(set(word.split('-')) & asked.avoid.countries))}"
            )
        if kind == "mode" and word not in asked.modes:
            return f"mode {word} left out by you"
        reason = _missing(net, term, asked.on)
        if reason:
            return reason
    if asked.via:
        return "does not go by what you asked to pass"
    if len(asked.modes) < ALL_MODES:
        return f"not possible by {', '.join(sorted(asked.modes))} alone"
    if asked.avoid:
        return "no way is left by it without what you avoid"
    return "off the way between these places, or no service joins its parts on that date"


def _missing(net: Network, need: str, on: dt.date) -> str:
    """Why something cannot be used on a date; empty where it can."""
    kind, _, word = need.partition(":")
    table = {"section": net.sections, "passage": net.passages, "terminal": net.terminals,
             "service": net.services}.get(kind)  # fmt: skip
    if table is None or word not in table.id.tolist():
        return ""
    row = table.id.tolist().index(word)
    day = day_number(on)
    if not usable(table, day)[row]:
        status = STATUSES[table.status[row]]
        if table.status[row] == OPEN:
            return (
                f"closed on {on}"
                if table.closes[row] <= day
                else (f"opens {date_of(int(table.opens[row]))}")
            )
        opens = int(table.opens[row])
        return status + (f", opening {date_of(opens)}" if opens > 0 else "")
    if kind == "passage" and word in passages_out_of_season(net, on):
        return (
            f"out of season on {on} (open {net.passages.season_from[row]} to"
            f" {net.passages.season_to[row]})"
        )
    return ""
