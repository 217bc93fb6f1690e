"""The answer as a table of 80 columns: one line per option, then what is absent and why."""

from __future__ import annotations

import textwrap

import numpy as np

from landbridge.network.summary import state_in_words
from landbridge.routing.departures import departures
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult
from landbridge.units import HOURS_PER_DAY

WIDTH = 80
HEAD = (
    f"{'option':<30}{'days (p10-p90)':>15}{'USD':>8}{'kg CO2e':>9}{'km':>8}{'bord':>5}{'hand':>5}"
)
"""``bord``: borders; ``hand``: handovers."""
NAME_WIDTH = 28
"""A longer name has a line of its own."""


def table(result: RouteResult) -> str:
    """The whole answer as text."""
    cargo = result.loaded.cargo
    case = result.net.case
    lines = [
        (
            f"{result.origin.name} ({result.origin.country}) to {result.destination.name}"
            f" ({result.destination.country}), {cargo.boxes} x {cargo.feet} ft, {cargo.tonnes:g} t"
        ),
        *_wrapped(
            f"Base case: {state_in_words(result.net)}; what is open on {result.on};"
            f" USD of {case.price_year}",
            "  ",
        ),
        "",
        HEAD,
    ]
    for one in result.options:
        lines += _option(one, _arrival(result, one))
        if result.player.dated:
            for text in departures(result.player, one):
                lines += ["    " + line for line in _wrapped(text, "  ", WIDTH - 4)]
    if result.absent:
        lines += ["", "Not offered:"]
        for one in result.absent:
            lines += _wrapped(f"- {one.name}: {one.reason}", "  ")
    for note in [*result.loaded.assumed]:
        lines += _wrapped(f"Assumed: {note}.", "  ")
    for note in result.notes:
        lines += _wrapped(note, "  ")
    for text in result.warnings:
        lines += _wrapped(f"! {text}", "  ")
    lines += ["~ parts of the option are estimates; --json lists every source."]
    return "\n".join(line.rstrip() for line in lines)


def _arrival(result: RouteResult, one: Option) -> str:
    """The local dates between which it arrives, for a shipment with a ready date."""
    player = result.player
    if not player.dated:
        return ""
    there = result.destination.lat, result.destination.lon
    early, late = np.quantile(one.trip.end[-1], (0.1, 0.9)).tolist()
    return f"arrives {player.text(early, there)[:10]} to {player.text(late, there)[:10]}"


def _option(one: Option, arrival: str) -> list[str]:
    it = one.itinerary
    mark = "~" if any(leg.estimated for leg in it.legs) else " "
    days = (
        f"{one.hours['p50'] / HOURS_PER_DAY:.0f}"
        f" ({one.hours['p10'] / HOURS_PER_DAY:.0f}-{one.hours['p90'] / HOURS_PER_DAY:.0f})"
    )
    long = len(one.name) > NAME_WIDTH
    first = (
        f"{'' if long else mark + one.name:<30}{days:>15}{one.usd['mean']:>8,.0f}"
        f"{one.wtw_kg:>9,.0f}{it.km():>8,.0f}{len(it.borders):>5}{it.transfers:>5}"
    )
    km = ", ".join(
        f"{mode.replace('_', ' ')} {it.km(mode):,.0f}"
        for mode in ("rail", "road", "sea", "inland_waterway")
        if it.km(mode) >= 0.5  # noqa: PLR2004 - what rounds to 0 km is left out
    )
    second = f"  {km} km"
    if it.borders:
        second += f"; {' '.join(it.borders)}"
    if it.gauge_changes:
        second += f"; {it.gauge_changes} gauge change{'s' if it.gauge_changes > 1 else ''}"
    if it.planned:
        second += f"; needs {', '.join(it.planned)} (planned)"
    found = [*(_wrapped(mark + one.name, "  ") if long else ()), first, *_wrapped(second, "  ")]
    tags = [arrival] if arrival else []
    if one.on_time is not None:
        tags.append(f"in time {one.on_time:.0%}")
    tags += one.labels
    if one.dominated_by:
        tags.append(f"beaten in all by {one.dominated_by}")
    return [*found, f"    [{', '.join(tags)}]"] if tags else found


def _wrapped(text: str, indent: str, width: int = WIDTH) -> list[str]:
    return textwrap.wrap(
        text, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
