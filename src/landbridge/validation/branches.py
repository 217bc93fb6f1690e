"""The branches of the corridor from door to door against the lengths that are told of them."""

from __future__ import annotations

import csv
from importlib import resources

import landbridge as lb
from landbridge.network.network import Network
from landbridge.routing.itinerary import Itinerary
from landbridge.routing.route import Limits

BOUND = 2.0
"""Error asked for, in %."""
ALL_ROAD = """A lorry takes one way between two doors, the cheapest in time and money. Asked for
nothing special that is by Georgia and Turkey (7,300 km): the queues at Samur (36 h) and Astara
(48 h), which have a source, weigh more than the generic 10 h at Upper Lars, where queues of days
are reported but no time to clear is published."""


def branches(net: Network) -> list[str]:
    """A table of km by branch, ours and as told."""
    path = resources.files("landbridge.validation") / "tables" / "branches.csv"
    told = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    asked = {(row["avoid"], row["modes"]) for row in told}
    ours = {how: _options(net, *how) for how in sorted(asked)}
    lines = ["| branch | told km | ours | error | by mode | remark |", "|---|---|---|---|---|---|"]
    for row in told:
        itinerary = ours[row["avoid"], row["modes"]].get(row["branch"])
        if itinerary is None:
            lines.append(f"| {row['branch']} | {row['km']} | - | - | - | not offered |")
            continue
        error = 100 * (itinerary.km() / float(row["km"]) - 1)
        modes = ", ".join(
            f"{mode} {itinerary.km(mode):,.0f}"
            for mode in ("rail", "road", "sea", "inland_waterway")
            if itinerary.km(mode) >= 1
        )
        asked_so = f"asked for {row['modes']} alone, avoiding {row['avoid']}"
        remarks = [asked_so] if row["avoid"] else []
        if abs(error) > BOUND:
            remarks.append(f"**miss**: {row['cause'] or 'cause not known'}")
        lines.append(f"| {row['branch']} | {row['km']} | {itinerary.km():,.0f} | {error:+.1f} % |"
                     f" {modes} | {'; '.join(remarks)} |")  # fmt: skip
    return [*lines, "", ALL_ROAD]


def _options(net: Network, avoid: str, modes: str) -> dict[str, Itinerary]:
    """Our representative of each branch, asked so; modes are separated by commas."""
    limits = Limits(
        avoid=tuple(filter(None, avoid.split(";"))), modes=tuple(modes.split(",")) if modes else ()
    )
    shipment = lb.Shipment("St Petersburg", "Nhava Sheva", teu=1)
    found = lb.route(net, shipment, limits=limits)
    return {one.branch: one.itinerary for one in found.options if one.branch}
