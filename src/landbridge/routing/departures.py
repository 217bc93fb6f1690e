"""What a forwarder asks of a dated option: when it leaves, what follows, what may be missed."""

from __future__ import annotations

from landbridge.routing.options import Option
from landbridge.routing.timeline import Player

RARE = 0.005
"""Odds below this are not told."""


def departures(player: Player, one: Option) -> list[str]:
    """Sentences about the departures of an option; none where nothing departs by a service."""
    trip, legs = one.trip, one.itinerary.legs
    boards = [k for k, leg in enumerate(legs) if leg.board is not None]
    found: list[str] = []
    for k in boards:
        if not len(trip.upcoming[k]):
            continue
        leg = legs[k]
        here = leg.start.lat, leg.start.lon
        days = [player.text(float(at), here) for at in trip.upcoming[k]]
        closing = trip.cut_off[k]
        by = f", cut-off {_short(player.text(closing, here))}" if closing is not None else ""
        then = f"; then {', '.join(day[:10] for day in days[1:])}" if len(days) > 1 else ""
        found.append(f"{leg.service} leaves {leg.start.name} {_short(days[0])}{by}{then}")
        break
    if boards and not found:
        found.append("its services publish intervals and no days")
    odds = [(trip.missed[k] or 0.0, k) for k in boards]
    worst, k = max(odds, default=(0.0, 0))
    if worst >= RARE:
        found.append(
            f"{worst:.0%} miss {legs[k].service} at {legs[k].start.name}, the connection missed"
            " most often"
        )
    return found


def _short(text: str) -> str:
    """Day and time of an ISO 8601 text."""
    return text[:16].replace("T", " ")
