"""The answer as a table of 80 columns: one line per option, then what is absent and why."""

from __future__ import annotations

import numpy as np

from landbridge.models.cargo import Cargo
from landbridge.network.summary import state_in_words
from landbridge.routing.departures import departures
from landbridge.routing.incoterms import BUYER, SELLER
from landbridge.routing.inert import printable
from landbridge.routing.options import Option
from landbridge.routing.quote import Quote
from landbridge.routing.route import RouteResult, rule_texts
from landbridge.routing.wrap import WIDTH, wrapped
from landbridge.units import HOURS_PER_DAY

ROW = "{:<30}{:>15}{:>8}{:>9}{:>8}{:>5}{:>5}"
COLUMNS = ("option", "days (p10-p90)", "USD", "kg CO2e", "km", "bord", "hand")
"""``bord``: borders; ``hand``: handovers."""
MOST_IN_COLUMN = 1_000_000
"""Sums from that on are shown in thousands."""
NAME_WIDTH = 28
"""A longer name has a line of its own."""


def table(result: RouteResult) -> str:
    """The whole answer as text."""
    cargo = result.loaded.cargo
    case, quote = result.net.case, result.quote
    most = max((quote.amount(one.bill.usd) for one in result.options), default=0.0)
    thousands = most >= MOST_IN_COLUMN
    lines = [
        (
            f"{result.origin.name} ({result.origin.country}) to {result.destination.name}"
            f" ({result.destination.country}), {_load(cargo)}, {cargo.tonnes:g} t"
        ),
        *wrapped(
            f"Base case: {state_in_words(result.net)}; what is open on {result.on};"
            f" {quote.exchange.currency} of {case.price_year + quote.years}"
        ),
        *_off(result),
        "",
        ROW.format(*("k" * thousands + quote.exchange.currency if name == "USD" else name
                     for name in COLUMNS)),
    ]  # fmt: skip
    for one in result.options:
        paid = quote.amount(one.bill.usd) / (1000 if thousands else 1)
        lines += _option(one, _arrival(result, one), paid)
        lines += _payers(result, one)
        lines += _rules(result, one)
        if result.player.dated:
            for text in departures(result.player, one):
                lines += ["    " + line for line in wrapped(text, width=WIDTH - 4)]
    if result.absent:
        lines += ["", "Not offered:"]
        for one in result.absent:
            lines += wrapped(f"- {one.name}: {one.reason}")
    for note in [*result.loaded.assumed]:
        lines += wrapped(f"Assumed: {note}.")
    lines += wrapped(f"Not included: {'; '.join(result.not_included)}.")
    if quote.exchange.source:
        lines += wrapped(_worth(quote))
    for note in result.notes:
        lines += wrapped(note)
    for number, text in enumerate(result.warnings, start=1):
        lines += wrapped(f"! {number}. {text}")
    lines += ["~ parts of the option are estimates; --json lists every source."]
    return "\n".join(printable(line.rstrip()) for line in lines)


def _off(result: RouteResult) -> list[str]:
    """How far the doors lie from the roads, where they do; the last mile counts it."""
    off = (result.origin.snapped_km, result.destination.snapped_km)
    if not any(km is not None and round(km, 1) > 0 for km in off):
        return []
    told = [
        f"{km:,.1f} km at the {end}"
        for km, end in zip(off, ("origin", "destination"), strict=True)
        if km is not None
    ]
    return wrapped(f"To the nearest road: {', '.join(told)}")


def _rules(result: RouteResult, one: Option) -> list[str]:
    """The numbers of the warnings that an option meets; first what bars it."""
    texts = rule_texts(result.net, one)
    numbers = [str(number) for number, text in enumerate(result.warnings, 1) if text in texts]
    said = f"BARRED by {', '.join(one.barred)}; " if one.barred else ""
    line = f"{said}see ! {' '.join(numbers)}" if numbers else ""
    return ["    " + part for part in wrapped(line, width=WIDTH - 4)]


def _arrival(result: RouteResult, one: Option) -> str:
    """The local dates between which it arrives, for a shipment with a ready date."""
    player = result.player
    if not player.dated:
        return ""
    there = result.destination.lat, result.destination.lon
    early, late = np.quantile(one.trip.end[-1], (0.1, 0.9)).tolist()
    return f"arrives {player.text(early, there)[:10]} to {player.text(late, there)[:10]}"


def _worth(quote: Quote) -> str:
    one = quote.exchange
    guess = ", estimated" if one.estimated else ""
    return f"1 {one.currency} = {one.usd_per:.4g} USD, {quote.span} ({one.source}{guess})."


def _load(cargo: Cargo) -> str:
    if cargo.loose:
        return f"{cargo.type} cargo"
    return f"{cargo.boxes} x {cargo.feet} ft" + (f" ({cargo.type})" if cargo.type else "")


def _payers(result: RouteResult, one: Option) -> list[str]:
    """What the seller and the buyer pay, where an Incoterm was given."""
    part = one.bill.split
    if part is None:
        return []
    shares = one.bill.by(lambda line: line.payer, (SELLER, BUYER))
    paid = [f"{who} {result.quote.amount(usd):,.0f}" for who, usd in shares.items()]
    code = result.quote.exchange.currency
    text = f"    {part.term} {part.place}: {', '.join(paid)} {code}"
    return wrapped(text, "", "      ")


def _option(one: Option, arrival: str, paid: float) -> list[str]:
    it = one.itinerary
    mark = "~" if any(leg.estimated for leg in it.legs) else " "
    days = (
        f"{one.hours['p50'] / HOURS_PER_DAY:.0f}"
        f" ({one.hours['p10'] / HOURS_PER_DAY:.0f}-{one.hours['p90'] / HOURS_PER_DAY:.0f})"
    )
    long = len(one.name) > NAME_WIDTH
    first = (
        f"{'' if long else mark + one.name:<30}{days:>15}{paid:>8,.0f}"
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
    found = [*(wrapped(mark + one.name) if long else ()), first, *wrapped(second)]
    tags = [arrival] if arrival else []
    if one.on_time is not None:
        tags.append(f"in time {one.on_time:.0%}")
    tags += one.labels
    if one.dominated_by:
        tags.append(f"beaten in all by {one.dominated_by}")
    return [*found, f"    [{', '.join(tags)}]"] if tags else found
