"""Predictions from parts: published times of legs, services and chains that are no input of ours.

A row of ``tables/parts.csv`` names what is published and how ours is found. Ours is what the model
adds up from its own rows; nothing is ever fitted to a row of that table.

============ ===============================================================================
measure      ours
============ ===============================================================================
``ride``     moving and borders between boarding and leaving ``service``, without wait
``carried``  all legs by ``mode`` and the borders between them
``chain``    door to door, of the quickest option that has ``service`` (or is of a branch)
``interval`` time between departures of ``service``
``longer``   a ride at sea without the passage ``avoid`` less one with it
============ ===============================================================================
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

import numpy as np

import landbridge as lb
from landbridge.errors import LandbridgeError
from landbridge.models.distribution import draws
from landbridge.network.network import Network
from landbridge.routing.chain import headway
from landbridge.routing.options import Option
from landbridge.routing.route import Limits, RouteResult, route
from landbridge.schema.column import Floats
from landbridge.units import HOURS_PER_DAY

SAMPLES = 2000
INTRODUCTION = (
    "Published times of legs, services and chains that no row of the model comes from, and what the"
    " model adds up to from its parts. *inside*: the published value lies between our p10 and p90;"
    " *ranges meet*: it does not, and the published range overlaps ours. A ride has no waits and no"
    " handling, so its range is that of speeds and borders alone. Nothing is fitted to these"
    " figures; a miss is told with its cause."
)
LEVELS = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Part:
    """One published time and ours, in days."""

    row: dict[str, str]
    ours: tuple[float, float, float] | None
    """p10, p50, p90; None where the model has no such thing."""

    @property
    def inside(self) -> bool:
        """Whether the published value lies between our p10 and p90."""
        return self.ours is not None and self.ours[0] <= float(self.row["days"]) <= self.ours[2]

    @property
    def overlaps(self) -> bool:
        """Whether the published range, where there is one, meets that from our p10 to p90."""
        if self.ours is None or not self.row["low"]:
            return False
        return float(self.row["low"]) <= self.ours[2] and self.ours[0] <= float(self.row["high"])


def rows() -> list[dict[str, str]]:
    """The table of published times."""
    path = resources.files("landbridge.validation") / "tables" / "parts.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def inputs(net: Network) -> dict[str, list[str]]:
    """Ids of sources that rows of times and intervals name, and which rows these are."""
    found: dict[str, list[str]] = {}
    for table in (net.services, net.rates, net.crossings, net.operations):
        ids, sources = table.column("id").tolist(), table.column("source").tolist()
        kinds = table.column("kind").tolist() if table.name == "rates" else ["speed"] * len(ids)
        for name, text, kind in zip(ids, sources, kinds, strict=True):
            for source in text.split(";"):
                if source[:3] in {"TIM", "SVC", "DWL"} and kind in {"speed", "passage_wait"}:
                    found.setdefault(source, []).append(str(name))
    return found


def parts(net: Network) -> list[Part]:
    """Every published time with ours."""
    return [Part(row, _quantiles(_ours(net, row))) for row in rows()]


def _quantiles(hours: Floats | None) -> tuple[float, float, float] | None:
    if hours is None or not np.isfinite(hours).all():
        return None
    low, middle, high = (np.quantile(hours, LEVELS) / HOURS_PER_DAY).tolist()
    return low, middle, high


def _ours(net: Network, row: dict[str, str]) -> Floats | None:  # noqa: PLR0911 - a list of measures
    if not row["measure"]:
        return None
    if row["measure"] == "interval":
        number = net.services.id.tolist().index(row["service"])
        return draws(headway(net, number), row["service"], 1, SAMPLES)
    if row["measure"] == "longer":
        with_it, without = _asked(net, row, ()), _asked(net, row, (row["avoid"],))
        if with_it is None or without is None:
            return None
        one, other = (_first(found, row) for found in (with_it, without))
        if one is None or other is None:
            return None
        return _carried(without, other, "sea") - _carried(with_it, one, "sea")
    found = _asked(net, row, tuple(word for word in row["avoid"].split(";") if word))
    one = _first(found, row) if found else None
    if found is None or one is None:
        return None
    if row["measure"] == "chain":
        return one.trip.hours
    if row["measure"] == "carried":
        return _carried(found, one, row["modes"].split(",")[0])
    return _between(found, one, row["service"])


def _asked(net: Network, row: dict[str, str], avoid: tuple[str, ...]) -> RouteResult | None:
    limits = Limits(avoid, tuple(row["via"].split(";") if row["via"] else ()), (row["modes"],))
    params = lb.RouteParams(samples=SAMPLES, most_options=60)
    if row["measure"] == "ride":
        net = _alone(net, row["service"])
    try:
        shipment = lb.Shipment(row["from"], row["to"], feu=1)
        return route(net, shipment, limits=limits, params=params)
    except LandbridgeError:
        return None


def _alone(net: Network, service: str) -> Network:
    """The network in which nothing but one service and lorries runs."""
    others = [str(name) for name in net.services.id.tolist() if name not in {service, "lorry"}]
    return lb.apply(net, [lb.Close(f"service:{name}") for name in others])


def _first(found: RouteResult, row: dict[str, str]) -> Option | None:
    """The quickest option that uses every service named."""
    branch = row["service"].removeprefix("branch:")
    wanted = set(row["service"].split(";")) - {"", f"branch:{branch}"}
    fit = [one for one in found.options if wanted <= set(one.itinerary.services)]
    if branch != row["service"]:
        fit = [one for one in fit if one.branch == branch]
    return min(fit, key=lambda one: one.hours["p50"], default=None)


def _between(found: RouteResult, one: Option, service: str) -> Floats:
    """Hours of riding from the first to the last move by a service, borders between them in."""
    legs = one.itinerary.legs
    mine = [k for k, leg in enumerate(legs) if leg.kind == "move" and leg.service == service]
    return _hours(found, one, range(mine[0], mine[-1] + 1))


def _carried(found: RouteResult, one: Option, mode: str) -> Floats:
    legs = one.itinerary.legs
    mine = [k for k, leg in enumerate(legs) if leg.kind == "move" and leg.mode == mode]
    return _hours(found, one, range(mine[0], mine[-1] + 1)) if mine else np.zeros(SAMPLES)


def _hours(found: RouteResult, one: Option, span: range) -> Floats:
    total = np.zeros(SAMPLES)
    for k in span:
        if one.itinerary.legs[k].kind in {"move", "border"}:
            total += found.player.sampler.total(list(one.itinerary.legs[k].hours))
    return total


def as_markdown(net: Network) -> list[str]:
    """Checks with ours, then the list of inputs."""
    found = parts(net)
    given = inputs(net)
    asked = [one for one in found if one.ours]
    inside = sum(one.inside for one in asked)
    near = sum(one.overlaps and not one.inside for one in asked)
    count = (
        f"{inside} of {len(asked)} published values lie inside, ranges of {near} more meet ours;"
        f" {len(found) - len(asked)} are of something that the model does not have."
    )
    lines = [
        INTRODUCTION,
        "",
        count,
        "",
        "| id | what | published days | ours p10 - p50 - p90 | inside | remark |",
        "|---|---|---|---|---|---|",
    ]
    for one in found:
        row = one.row
        ends = f" ({row['low']} - {row['high']})" if row["low"] else ""
        if one.ours is None:
            ours, word = "-", "-"
        else:
            ours = " - ".join(f"{value:.1f}" for value in one.ours)
            word = "yes" if one.inside else "ranges meet" if one.overlaps else "**no**"
        remark = row["cause"] if one.ours is None or not one.inside else row["note"]
        also = given.get(row["id"])
        if also:
            remark += f"; the same source is an input of {', '.join(also)}"
        lines.append(f"| {row['id']} | {row['what']} | {row['days']}{ends} | {ours} | {word} |"
                     f" {remark.strip('; ')} |")  # fmt: skip
    lines += [
        "",
        "Published figures that are *inputs* of times and intervals, with their rows:",
        "",
    ]
    for source, names in sorted(given.items()):
        shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")  # noqa: PLR2004 - what fits a line
        lines.append(f"- {source}: {shown}")
    return lines
