"""Checks of emission factors: a unit that fits the kind, a carrier where there is energy."""

from __future__ import annotations

from collections.abc import Iterator

from landbridge.network.finding import Finding, findings
from landbridge.network.network import Network
from landbridge.network.tables import CARRIERS, FACTOR_UNITS

SHARES = ("electric_share", "load", "empty", "idle")
"""Kinds that are parts of a whole."""
MOST = {"distance": 3.0, "cooling": 10.0}
"""Highest ratio of a kind that is believed."""


def factors(net: Network) -> Iterator[Finding]:
    """Every finding about ``factors``."""
    t = net.factors
    kinds: list[str] = t.kind.tolist()
    units: list[str] = t.unit.tolist()
    for row, (kind, unit) in enumerate(zip(kinds, units, strict=True)):
        allowed = FACTOR_UNITS.get(kind, ())
        if unit not in allowed:
            rule = f"a factor of kind {kind} is given in {' or '.join(allowed)}"
            remedy = "Convert value, low and high as well as the unit."
            yield Finding("factors", row, "unit", f"holds {unit!r}", rule, remedy)
    yield from _carriers(net, kinds)
    yield from _ratios(net, kinds)


def _carriers(net: Network, kinds: list[str]) -> Iterator[Finding]:
    t = net.factors
    carriers: list[str] = t.carrier.tolist()
    items: list[str] = t.item.tolist()
    electric = [row for row, kind in enumerate(kinds) if kind == "energy_electric"]
    fuel = [row for row, kind in enumerate(kinds) if kind == "energy_fuel"]
    priced = [row for row, kind in enumerate(kinds) if kind.startswith("carrier_")]
    other = set(range(len(kinds))) - set(electric) - set(fuel)
    bad = [row for row in electric if carriers[row] != "Electric"]
    yield from findings(t, bad, "carrier", "energy_electric has the carrier Electric")
    bad = [row for row in fuel if carriers[row] in ("", "Electric")]
    yield from findings(t, bad, "carrier", "energy_fuel names the fuel that is burnt")
    bad = [row for row in sorted(other) if carriers[row]]
    yield from findings(t, bad, "carrier", "only rows of energy name a carrier")
    bad = [row for row in priced if items[row] not in CARRIERS]
    yield from findings(t, bad, "item", f"must be one of {', '.join(CARRIERS)}")


def _ratios(net: Network, kinds: list[str]) -> Iterator[Finding]:
    t = net.factors
    parts = [row for row, kind in enumerate(kinds) if kind in SHARES]
    bad = [row for row in parts if t.high[row] > 1]
    yield from findings(t, bad, "high", "a share lies between 0 and 1")
    bad = [row for row in parts if kinds[row] == "load" and t.low[row] <= 0]
    yield from findings(t, bad, "low", "a load factor lies above 0")
    bad = [row for row in parts if kinds[row] == "empty" and t.high[row] >= 1]
    yield from findings(t, bad, "high", "a vehicle that only runs empty carries nothing")
    for kind, most in MOST.items():
        rows = [row for row, one in enumerate(kinds) if one == kind]
        bad = [row for row in rows if not 1 <= t.low[row] <= t.high[row] <= most]
        yield from findings(t, bad, "value", f"{kind} lies between 1 and {most:g}")
