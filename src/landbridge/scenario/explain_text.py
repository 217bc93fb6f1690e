"""An explanation as text of 80 columns, and as JSON."""

from __future__ import annotations

import textwrap

from landbridge.network.rate_kinds import BASE_CURRENCY
from landbridge.network.summary import network_json, state_in_words
from landbridge.routing.incoterms import BUYER, SELLER
from landbridge.routing.route_json import option_json, place
from landbridge.routing.sample import quantiles
from landbridge.routing.wrap import wrapped
from landbridge.scenario.breakeven import Parameter
from landbridge.scenario.breakeven_text import parameter_json
from landbridge.scenario.explain import Decides, Explanation, LegTold, Line

Json = dict[str, object]
SHOWN = 15
"""Differences told; the rest is summed."""


def explanation_text(found: Explanation) -> str:
    """Leg by leg: quantity x rate = amount."""
    result, one = found.route, found.option
    days = f"{one.hours['mean'] / 24:.1f}"
    levels = ", ".join(f"{name} {one.hours[name] / 24:.1f}" for name in ("p10", "p50", "p90"))
    lines = [
        *wrapped(f"{result.origin.name} ({result.origin.country}) to {result.destination.name}"
                  f" ({result.destination.country}): {one.name}", ""),
        *wrapped(f"Base case: {state_in_words(result.net)}; what is open on {result.on}", ""),
        *wrapped(f"{days} days ({levels}); {_paid(found)}; {one.wtw_kg:,.0f} kg CO2e", ""),
    ]  # fmt: skip
    for told in found.legs:
        lines += ["", *_leg(found, told)]
    if found.against is not None:
        lines += ["", *_decides(found)]
    told = found.warnings()
    if told:
        lines += ["", *(line for text in told for line in wrapped(f"! {text}"))]
    return "\n".join(line.rstrip() for line in lines)


def _paid(found: Explanation) -> str:
    """The sum, in the currency asked for as well, and who pays it under the Incoterm."""
    bill, quote = found.option.bill, found.route.quote
    text, code = f"{bill.usd:,.0f} USD", quote.exchange.currency
    if code != BASE_CURRENCY:
        text += f" ({quote.amount(bill.usd):,.0f} {code})"
    if bill.split is not None:
        shares = bill.by(lambda line: line.payer, (SELLER, BUYER))
        told = ", ".join(f"{who} {usd:,.0f}" for who, usd in shares.items())
        text += f", {bill.split.term} {bill.split.place}: {told} USD"
    return text


def _leg(found: Explanation, told: LegTold) -> list[str]:
    leg, trip = told.leg, found.option.trip
    way = leg.start.name if leg.start.name == leg.to.name else f"{leg.start.name} to {leg.to.name}"
    what = " ".join(
        part for part in (leg.kind, (leg.mode or "").replace("_", " "), leg.note) if part
    )
    km = f", {leg.km:,.0f} km" if leg.km else ""
    service = f", {leg.service}" if leg.service else ""
    lines = wrapped(f"{told.number}. {what}: {way}{km}{service}", "", "   ")
    spread = quantiles(trip.leg_hours(told.number - 1))
    lines.append(f"   {spread['mean']:,.1f} h (p10 {spread['p10']:,.1f}, p50 {spread['p50']:,.1f},"
                 f" p90 {spread['p90']:,.1f})")  # fmt: skip
    if found.route.player.dated:
        lines += _dated(found, told.number - 1)
    for line in told.lines:
        lines += wrapped(_amount(line), "   ", "      ")
    return lines


def _dated(found: Explanation, k: int) -> list[str]:
    """Local times, the cut-off and the odds of the connection."""
    leg, trip, player = found.option.itinerary.legs[k], found.option.trip, found.route.player
    here, there = (leg.start.lat, leg.start.lon), (leg.to.lat, leg.to.lon)
    spent = quantiles(trip.begin[k])["p50"], quantiles(trip.end[k])["p50"]
    text = f"{player.text(spent[0], here)[:16]} to {player.text(spent[1], there)[:16]}"
    closing, missed = trip.cut_off[k], trip.missed[k]
    if closing is not None:
        text += f"; cut-off {player.text(closing, here)[:16]}"
    if len(trip.upcoming[k]):
        text += f"; departs {player.text(float(trip.upcoming[k][0]), here)[:16]}"
    if missed is not None:
        text += f"; missed in {missed:.0%}"
    return wrapped(text, "   ", "      ")


def _amount(line: Line) -> str:
    unit = {"hours": "h", "usd": "USD", "co2e_kg": "kg CO2e"}[line.what]
    figure = line.figure
    text = f"{line.amount:,.1f} {unit} = {line.quantity:,.4g} x {line.rate:,.4g}"
    if figure is None:
        return f"{text} {line.kind}"
    range_ = f"{figure.family} {figure.low:,.4g}, {figure.typical:,.4g}, {figure.high:,.4g}"
    mark = "~" if figure.estimated else ""
    return f"{text}: {mark}{figure.words}, {range_} {figure.unit} [{figure.source}]"


def _decides(found: Explanation) -> list[str]:
    other = found.against
    name = other.name if other else ""
    lines = wrapped(
        f"{found.option.name} less {name}, largest first (days at {found.usd_per_teu_day:g} USD per"
        " TEU and day):", ""
    )  # fmt: skip
    lines.append(f"{'':<46}{'days':>8}{'USD':>10}{'kg CO2e':>10}")
    for one in found.decides[:SHOWN]:
        lines += _difference(one)
    rest = found.decides[SHOWN:]
    if rest:
        lines += _difference(_sum(rest, f"{len(rest)} smaller ones"))
    return [*lines, *_difference(_sum(found.decides, "in all"))]


def _sum(rows: tuple[Decides, ...], words: str) -> Decides:
    days, usd, kg, weight = (
        sum(getattr(one, name) for one in rows) for name in ("days", "usd", "co2e_kg", "weight_usd")
    )
    return Decides(words, days, usd, kg, weight)


def _difference(one: Decides) -> list[str]:
    *head, last = textwrap.wrap(one.words, 45, subsequent_indent="  ")
    figures = (f"{one.days:+.1f}", f"{one.usd:+,.0f}", f"{one.co2e_kg:+,.0f}")
    days, usd, kg = ("" if text.strip("+-0.") == "" else text for text in figures)
    return [*head, f"{last:<46}{days:>8}{usd:>10}{kg:>10}"]


def explanation_json(found: Explanation) -> Json:
    """The option as ``route`` tells it, with the lines of each leg, and what decides."""
    result = found.route
    return {
        "network": network_json(result.net),
        "origin": place(result.origin),
        "destination": place(result.destination),
        "date": result.on.isoformat(),
        "option": option_json(result, found.option),
        "lines": [
            {"leg": told.number, **_line_json(line)} for told in found.legs for line in told.lines
        ],
        "against": found.against.id if found.against else None,
        "warnings": found.warnings(),
        "value_of_time_usd_per_teu_day": found.usd_per_teu_day,
        "differences": [
            {"what": one.words, "days": round(one.days, 4), "cost_usd": round(one.usd, 2),
             "co2e_kg": round(one.co2e_kg, 2), "generalised_usd": round(one.weight_usd, 2)}
            for one in found.decides
        ],
    }  # fmt: skip


def _line_json(line: Line) -> Json:
    figure = None if line.figure is None else parameter_json(Parameter(line.figure))
    return {
        "of": line.what,
        "kind": line.kind,
        "quantity": line.quantity,
        "rate": line.rate,
        "amount": round(line.amount, 4),
        "distribution": line.figure.family if line.figure else None,
        "figure": figure,
    }
