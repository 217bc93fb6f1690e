"""Invoices against published through rates and promoters' claims; inputs and checks apart."""

from __future__ import annotations

import csv
from importlib import resources

import landbridge as lb
from landbridge.errors import LandbridgeError
from landbridge.network.network import Network
from landbridge.routing.options import Option

BOUND = 25.0
"""Error asked for where no range is published, in %."""
OWN_ACCOUNT = frozenset({"interest", "insurance", "demurrage"})
"""What a through rate does not have."""
COLUMNS = (
    "from - to", "box", "option", "counted", "year", "published USD", "ours", "error", "kind",
    "source", "remark",
)  # fmt: skip
LONG_ENOUGH_KM = 500.0


def costs(net: Network) -> list[str]:
    """A table of USD per box, published and ours."""
    path = resources.files("landbridge.validation") / "tables" / "costs.csv"
    told = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    lines = [
        "Published figures are of their year, ours USD of the case's price year, without interest,",
        "insurance and demurrage. `door`: the whole chain; `sea`, `rail`: rides by that mode, with",
        "dues and surcharges. *input*: a rate was reasoned from the figure; *check*: none was.",
        "",
        f"| {' | '.join(COLUMNS)} |",
        "|---" * len(COLUMNS) + "|",
    ]
    return lines + [_line(net, row) for row in told]


def _line(net: Network, row: dict[str, str]) -> str:
    named = row["low"] and f" ({row['low']}-{row['high']})"
    head = (
        f"| {row['from']} - {row['to']} | {row['box']} | {row['option']} | {row['count']} |"
        f" {row['year']} | {row['published']}{named} |"
    )
    one = _option(net, row)
    if one is None:
        return f"{head} - | - | {row['kind']} | {row['source']} | not offered |"
    ours = sum(
        line.usd for line in one.bill.charges
        if line.kind not in OWN_ACCOUNT
        and (row["count"] == "door" or one.itinerary.legs[line.leg].mode == row["count"])
    )  # fmt: skip
    published = float(row["published"])
    low = float(row["low"] or published * (1 - BOUND / 100))
    high = float(row["high"] or published * (1 + BOUND / 100))
    miss = "" if low <= ours <= high else f"**miss**: {row['cause'] or 'cause not known'}"
    error = 100 * (ours / published - 1)
    tail = f"{row['kind']} | {row['source']} | {miss} |"
    return f"{head} {ours:,.0f} | {error:+.0f} % | {tail}"


def _option(net: Network, row: dict[str, str]) -> Option | None:
    """The option that the row is about: a branch, a family of branches, or the cheapest."""
    teu, feu = (1, None) if row["box"] == "20" else (None, 1)
    shipment = lb.Shipment(row["from"], row["to"], teu=teu, feu=feu, equipment=row["box"])
    try:
        found = lb.route(net, shipment, params=lb.RouteParams(samples=200))
    except LandbridgeError:
        return None
    word = row["option"]
    fits = [
        one for one in found.options
        if word in {"cheapest", one.branch}
        or (word == "instc" and (one.branch or "").startswith("instc"))
        or (word == "suez-any" and "suez" in one.itinerary.passages)
        or (word == "rail-any" and one.itinerary.km("rail") > one.itinerary.km() / 2)
    ]  # fmt: skip
    if row["count"] != "door":
        fits = [one for one in fits if one.itinerary.km(row["count"]) > LONG_ENOUGH_KM]
    return min(fits, key=lambda one: one.bill.usd, default=None)
