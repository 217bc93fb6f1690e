"""Departures as a table of 80 columns, as CSV, and as JSON."""

from __future__ import annotations

import csv
import datetime as dt
import io

from landbridge.network.summary import network_json, state_in_words
from landbridge.places import place_json
from landbridge.routing.board import Departure, Departures, Ride
from landbridge.routing.inert import cell, printable
from landbridge.routing.options import branch_of, main_modes
from landbridge.routing.wrap import wrapped
from landbridge.schema.timetable import WEEKDAYS
from landbridge.units import HOURS_PER_DAY

Json = dict[str, object]

ROW = "{:<20}{:<20}{:>5}{:>6}{:>9}  {}"
BEFORE_SERVICES = 62
CSV_COLUMNS = ("leaves", "arrives", "days", "rides", "usd", "co2e_kg", "services", "via")


def table(found: Departures) -> str:
    """The whole answer as text."""
    lines = [
        (
            f"{printable(found.origin.label)} to {printable(found.destination.label)}:"
            f" {len(found.departures)} departures"
        ),
        *wrapped(
            f"Base case: {state_in_words(found.net)}; {found.days} days from {found.first},"
            " local times"
        ),
        "",
        ROW.format("leaves the door", "is at the door", "days", "rides", "USD", "by"),
    ]
    for one in found.departures:
        services = wrapped(" > ".join(ride.service for ride in one.rides),
                           rest="", width=80 - BEFORE_SERVICES)  # fmt: skip
        lines.append(
            ROW.format(
                _short(one.leaves), _short(one.arrives), f"{one.hours / HOURS_PER_DAY:.1f}",
                len(one.rides), f"{one.usd:,.0f}", services[0],
            )
        )  # fmt: skip
        lines += [" " * BEFORE_SERVICES + text for text in services[1:]]
    lines.append("")
    if found.lorry_hours is not None:
        days = found.lorry_hours / HOURS_PER_DAY
        lines.append(f"A lorry from door to door takes {days:.1f} days, at any time.")
    for text in (*assumed(found), *(f"Note: {note}." for note in found.notes)):
        lines += wrapped(printable(text))
    return "\n".join(lines)


def assumed(found: Departures) -> list[str]:
    """What was not told, and what is no promise of an operator."""
    drawn = [
        str(row)
        for row, text in zip(
            found.net.services.id.tolist(), found.net.services.timetable.tolist(), strict=True
        )
        if not str(text)
    ]
    used = {ride.service for one in found.departures for ride in one.rides}
    words = [f"Assumed: {text}." for text in found.loaded.assumed]
    if used & set(drawn):
        words.append(
            "Assumed: services that publish intervals and no days leave at times drawn once"
            " (--seed): their days are examples, not promises."
        )
    return words


def _short(text: str) -> str:
    """``Mo 2025-03-03 15:09``."""
    day = dt.date.fromisoformat(text[:10])
    return f"{WEEKDAYS[day.weekday()]} {text[:16].replace('T', ' ')}"


def to_json(found: Departures) -> Json:
    """Every departure with its rides."""
    cargo = found.loaded.cargo
    return {
        "network": network_json(found.net),
        "origin": place_json(found.origin),
        "destination": place_json(found.destination),
        "date": found.first.isoformat(),
        "days": found.days,
        "cargo": {"equipment": cargo.box, "count": cargo.boxes, "tonnes": cargo.tonnes},
        "departures": [_one(found, one) for one in found.departures],
        "lorry_hours": None if found.lorry_hours is None else round(found.lorry_hours, 2),
        "assumed": assumed(found),
        "notes": list(found.notes),
    }


def _one(found: Departures, one: Departure) -> Json:
    it = one.itinerary
    return {
        "leaves": one.leaves,
        "arrives": one.arrives,
        "hours": round(one.hours, 2),
        "usd": round(one.usd, 2),
        "co2e_kg": round(one.co2e_kg, 2),
        "transfers": it.transfers,
        "modes": list(main_modes(it)),
        "branch": branch_of(found.net, it.touched, tuple(range(len(found.net.branches)))),
        "rides": [_ride(ride) for ride in one.rides],
    }


def _ride(ride: Ride) -> Json:
    return {
        "service": ride.service,
        "from": ride.start,
        "to": ride.to,
        "closes": ride.closes,
        "leaves": ride.leaves,
        "arrives": ride.arrives,
    }


def to_csv(found: Departures) -> str:
    """A line per departure."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for one in found.departures:
        via = [ride.start for ride in one.rides] + [ride.to for ride in one.rides[-1:]]
        writer.writerow(
            [one.leaves, one.arrives, round(one.hours / HOURS_PER_DAY, 2), len(one.rides),
             round(one.usd, 2), round(one.co2e_kg, 2),
             ";".join(ride.service for ride in one.rides), cell(";".join(via))]
        )  # fmt: skip
    return out.getvalue()
