"""Checks of terms such as ``country:IR`` in rules, branches and expected variants."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.network.check_trade import areas
from landbridge.network.finding import Finding
from landbridge.network.near import did_you_mean
from landbridge.network.network import Network
from landbridge.network.rate_kinds import CARGO, DANGEROUS, EQUIPMENT
from landbridge.schema.table import Table
from landbridge.units import MODES

HS_DIGITS = 10
"""Of the longest national code."""
PAIR = 2
"""Countries that a crossing joins."""


def terms(net: Network) -> Iterator[Finding]:
    """Every finding about terms, and about lists of countries and branches."""
    known = things(net)
    of_rules = known | {"country": areas(net) - {"*"}}
    for table, columns, meant in (
        (net.rules, ("applies_to",), of_rules),
        (net.branches, ("all_of", "any_of", "none_of"), known),
        (net.expected, ("needs",), known),
    ):
        for column in columns:
            yield from _terms(table, column, meant)
    for column in ("from_countries", "to_countries"):
        yield from _lists(net.branches, column, known["country"], "codes of countries")
    branches = set(net.branches.id.tolist())
    yield from _lists(net.expected, "branch", branches, "the id of a branch")


def things(net: Network) -> dict[str, set[str]]:
    """What a term of each kind may name; a crossing is named by two countries."""
    codes = set(net.countries.code.tolist())
    return {
        "country": codes,
        "passage": set(net.passages.id.tolist()),
        "mode": set(MODES),
        "terminal": set(net.terminals.id.tolist()),
        "crossing": codes,
        "service": set(net.services.id.tolist()),
        "section": set(net.sections.id.tolist()),
        "operator": {word for word in net.services.operator.tolist() if word},
        "flag": codes,
        "from": areas(net),
        "to": areas(net),
        "equipment": set(EQUIPMENT),
        "cargo": set(CARGO),
    }


def fault_of_term(term: str, known: dict[str, set[str]]) -> tuple[str, str] | None:
    """The rule that a term breaks and a remedy, or None where it is right."""
    kind, colon, name = term.removeprefix("!").partition(":")
    if kind == "hs":
        good = name.isascii() and name.isdigit() and len(name) <= HS_DIGITS
        return None if good else (f"hs is followed by 1 to {HS_DIGITS} digits", "")
    if kind == "dangerous":
        good = DANGEROUS.fullmatch(name)
        return None if good else ("dangerous is followed by an IMO class or UN number", "")
    if not colon or kind not in known:
        kinds = ", ".join([*known, "hs", "dangerous"])
        return f"a term reads kind:name, with kind one of {kinds}", ""
    parts = name.split("-") if kind == "crossing" else [name]
    unknown = [part for part in parts if part not in known[kind]]
    if not unknown and (kind != "crossing" or len(set(parts)) == PAIR):
        return None
    hint = did_you_mean(unknown[0], known[kind]) if unknown else "Write it as `crossing:AZ-IR`."
    return f"{term!r} names no {kind} of the network", hint


def _terms(table: Table, column: str, known: dict[str, set[str]]) -> Iterator[Finding]:
    for row, text in enumerate(table.column(column).tolist()):
        for term in (part.strip() for part in text.split(";")):
            wrong = fault_of_term(term, known) if term else None
            if wrong:
                yield Finding(table.name, row, column, f"holds {text!r}", wrong[0], wrong[1])


def _lists(table: Table, column: str, known: set[str], what: str) -> Iterator[Finding]:
    for row, text in enumerate(table.column(column).tolist()):
        for part in (part.strip() for part in text.split(";")):
            if part and part not in known and part != "*":
                hint = did_you_mean(part, known)
                yield Finding(table.name, row, column, f"holds {text!r}", f"must be {what}", hint)
