"""Checks of what flows: capacities of things that there are, in units that they are told in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from landbridge.network.finding import Finding, findings
from landbridge.network.near import did_you_mean
from landbridge.network.network import Network
from landbridge.network.sides import side_name
from landbridge.network.tables import CAPACITY_UNIT

MOST_SHARE = 1.0


def flows(net: Network) -> Iterator[Finding]:
    """Every finding about capacities."""
    t = net.capacities
    known = {
        "crossing": set(net.crossings.id.tolist()),
        "line": set(net.crossings.id.tolist()),
        "terminal": set(net.terminals.id.tolist()),
        "service": set(net.services.id.tolist()),
        "passage": set(net.passages.id.tolist()),
        "side": {side_name(net, row) for row in range(len(net.sides))},
    }
    wrong = {row: name for row in range(len(t)) for name in _strange(net, row, known)}
    yield from findings(
        t, [*wrong], "element", "must be the id of a row of what the capacity is of",
        lambda row: did_you_mean(wrong[row], known[str(t.of[row])]),
    )  # fmt: skip
    units = [CAPACITY_UNIT[str(quantity)] for quantity in t.quantity]
    odd = [row for row, unit in enumerate(t.unit.tolist()) if unit not in units[row]]
    yield from findings(
        t, odd, "unit", "must be a unit of its quantity", lambda row: f"One of {units[row]}."
    )
    unordered = (t.low > t.value) | (t.value > t.high)
    yield from findings(t, unordered, "value", "must lie between low and high")
    lines = [str(one) == "line" for one in t.of]
    quantities = [str(one) for one in t.quantity]
    alone = [row for row, line in enumerate(lines) if line and quantities[row] not in _OF_LINE]
    yield from findings(t, alone, "quantity", f"of a line must be {' or '.join(_OF_LINE)}")
    sides = [str(one) == "side" for one in t.of]
    odd = [row for row, side in enumerate(sides) if side and quantities[row] not in _OF_VEHICLES]
    yield from findings(t, odd, "quantity", f"of a side must be {' or '.join(_OF_VEHICLES)}")
    odd = [row for row, one in enumerate(quantities)
           if one in _OF_VEHICLES and not sides[row] and not lines[row]]  # fmt: skip
    yield from findings(t, odd, "of", "vehicles and their payload are those of a side or a line")
    vehicles = np.array([one in _OF_VEHICLES for one in quantities], bool)
    yield from findings(t, vehicles & (t.low <= 0), "low", "must be above 0")
    shares = np.array([str(one) == "share" for one in t.quantity], bool)
    whole = shares & ((t.value <= 0) | (t.value > MOST_SHARE))
    yield from findings(t, whole, "value", "a share lies above 0 and is 1 at most")
    used = np.array([str(one) == "used" for one in t.quantity], bool)
    odd = [row for row, one in enumerate(used) if one != (str(t.of[row]) == "passage")]
    yield from findings(t, odd, "quantity", "of a passage is used, and of nothing else")
    yield from findings(t, used & (t.high >= 1), "high", "of a passage lies below 1")


_OF_VEHICLES = ("vehicles", "payload")
_OF_LINE = ("rate", "share", *_OF_VEHICLES)


def _strange(net: Network, row: int, known: dict[str, set[str]]) -> Iterator[str]:
    """Names in ``element`` that are of no row."""
    of, text = str(net.capacities.of[row]), str(net.capacities.element[row])
    for name in text.split(";") if of == "line" else [text]:
        if name not in known[of]:
            yield name
