"""What is reached as a table of 80 columns, and as rows for programs."""

from __future__ import annotations

import csv
import io

from landbridge.network.summary import network_json, state_in_words
from landbridge.places import place_json
from landbridge.routing.inert import cell, printable
from landbridge.routing.options import branch_of, main_modes
from landbridge.routing.reach import Reach, Reached

Json = dict[str, object]

ROW = "{:<21} {:<2}{:>8}{:>8}{:>8}  {:<14}{}"
WIDTH = 80
CSV_COLUMNS = (
    "place", "country", "locode", "lat", "lon", "hours", "usd", "co2e_kg", "km", "modes", "via",
)  # fmt: skip


def table(found: Reach) -> str:
    """The whole answer as text."""
    name = found.budget.figures()[found.budget.criterion][0]
    count = len(found.reached)
    lines = [
        (
            f"{count:,} of {count + found.beyond + found.refused:,} places within"
            f" {found.budget.most:g} {name} of {printable(found.origin.label)}"
        ),
        f"  base case: {state_in_words(found.net)}; what is open on {found.on}",
        *(f"  {text}" for text in found.loaded.assumed),
        *(f"  note: {text}" for text in found.notes),
        "",
        ROW.format("place", "", "hours", "USD", "kg CO2e", "by", "via"),
    ]
    for one in found.reached:
        hours, usd, kg = (one.figure(k) for k in range(3))
        lines.append(
            ROW.format(
                printable(one.place.name)[:21], one.place.country, f"{hours:,.1f}",
                f"{usd:,.0f}", f"{kg:,.0f}", _by(one), " > ".join(one.via),
            )[:WIDTH].rstrip()
        )  # fmt: skip
    lines += ["", f"{found.beyond:,} lie beyond, {found.refused:,} cannot be served"]
    return "\n".join(lines)


def _by(one: Reached) -> str:
    return "+".join("river" if mode == "inland_waterway" else mode for mode in modes_of(one))


def modes_of(one: Reached) -> tuple[str, ...]:
    """The modes that do the work."""
    return main_modes(one.itinerary) or ("road",)


def to_json(found: Reach) -> Json:
    """Every place with figures, modes, handovers and branch."""
    cargo, budget = found.loaded.cargo, dict(found.budget.figures())
    return {
        "network": network_json(found.net),
        "origin": place_json(found.origin),
        "date": found.on.isoformat(),
        "budget": budget,
        "cargo": {
            "equipment": cargo.box,
            "count": cargo.boxes,
            "tonnes": cargo.tonnes,
            "value_usd": cargo.value_usd or None,
            "assumed": list(found.loaded.assumed),
        },
        "places": [one_json(found, one) for one in found.reached],
        "beyond": found.beyond,
        "not_served": found.refused,
        "notes": list(found.notes),
    }


def one_json(found: Reach, one: Reached) -> Json:
    """A place with the least way to it."""
    rows = tuple(range(len(found.net.branches)))
    it = one.itinerary
    return {
        "place": place_json(one.place),
        "hours": round(one.figure(0), 2),
        "usd": round(one.figure(1), 2),
        "co2e_kg": round(one.figure(2), 2),
        "km": round(it.km(), 1),
        "modes": list(modes_of(one)),
        "via": list(one.via),
        "borders": list(it.borders),
        "passages": list(it.passages),
        "branch": branch_of(found.net, it.touched, rows),
    }


def to_csv(found: Reach) -> str:
    """A line per place."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for one in found.reached:
        place, it = one.place, one.itinerary
        figures = [round(one.figure(k), 2) for k in range(3)]
        writer.writerow(
            [cell(place.name), place.country, place.locode, round(place.lat, 4),
             round(place.lon, 4), *figures, round(it.km(), 1), ";".join(modes_of(one)),
             cell(";".join(one.via))]
        )  # fmt: skip
    return out.getvalue()
