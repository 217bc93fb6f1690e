"""The branches of the corridor from door to door against the lengths that are told of them."""

from __future__ import annotations

import csv
from importlib import resources

import landbridge as lb
from landbridge.network.network import Network
from landbridge.routing.itinerary import Itinerary

BOUND = 2.0
"""Error asked for, in %."""


def branches(net: Network) -> list[str]:
    """A table of km by branch, ours and as told."""
    path = resources.files("landbridge.validation") / "tables" / "branches.csv"
    told = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    ours = _options(net)
    lines = ["| branch | told km | ours | error | by mode | remark |", "|---|---|---|---|---|---|"]
    for row in told:
        itinerary = ours.get(row["branch"])
        if itinerary is None:
            lines.append(f"| {row['branch']} | {row['km']} | - | - | - | not offered |")
            continue
        error = 100 * (itinerary.km() / float(row["km"]) - 1)
        modes = ", ".join(
            f"{mode} {itinerary.km(mode):,.0f}"
            for mode in ("rail", "road", "sea", "inland_waterway")
            if itinerary.km(mode) >= 1
        )
        far = abs(error) > BOUND
        remark = f"**miss**: {row['cause'] or 'cause not known'}" if far else ""
        lines.append(f"| {row['branch']} | {row['km']} | {itinerary.km():,.0f} | {error:+.1f} % |"
                     f" {modes} | {remark} |")  # fmt: skip
    return lines


def _options(net: Network) -> dict[str, Itinerary]:
    """Our representative of each branch."""
    found = lb.route(net, lb.Shipment("St Petersburg", "Nhava Sheva", teu=1))
    return {one.branch: one.itinerary for one in found.options if one.branch}
