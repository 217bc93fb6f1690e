"""The branches of the corridor from door to door against the lengths that are told of them."""

from __future__ import annotations

import csv
from importlib import resources

import landbridge as lb
from landbridge.network.network import Network

BOUND = 2.0
"""Error asked for, in %."""


def branches(net: Network) -> list[str]:
    """A table of km by branch, ours and as told."""
    path = resources.files("landbridge.validation") / "tables" / "branches.csv"
    told = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    found = lb.route(net, lb.Shipment("St Petersburg", "Nhava Sheva", teu=1))
    ours = {one.branch: one.itinerary for one in found.options if one.branch}
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
        miss = "" if abs(error) <= BOUND else f"**miss**: {row['cause'] or 'cause not known'}"
        lines.append(f"| {row['branch']} | {row['km']} | {itinerary.km():,.0f} | {error:+.1f} % |"
                     f" {modes} | {miss} |")  # fmt: skip
    return lines
