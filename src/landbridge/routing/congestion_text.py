"""What an answer says of the queues that it was found with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from landbridge.network.network import Network
from landbridge.routing.congestion import Congestion, Queue
from landbridge.routing.itinerary import Leg
from landbridge.routing.options import Option

MOST_NAMED = 4
"""Queues that a note names, the longest first."""
WORTH_H = 1.0
"""A queue that takes less is not named."""


@dataclass(slots=True)
class Told:
    """Notes and warnings."""

    notes: list[str] = field(default_factory=list[str])
    warnings: list[str] = field(default_factory=list[str])


def told_queues(
    net: Network, season: Congestion | None, options: Sequence[Option], ready: dt.date | None
) -> Told:
    """Where the options wait, which queues grew, and what the season did not meet.

    ``net``: what is asked, for the names of its services.
    """
    if season is None:
        return Told()
    met = queues_met(options)
    about = (
        f"queues are those of {season.season}, simulated ({season.replications} replications), by"
        " the hour of the week; days, prices and the choice of ways have them"
    )
    notes = [about]
    long = [one for one in met if one.mean >= WORTH_H]
    if long:
        more = f", and {len(long) - MOST_NAMED} more" if len(long) > MOST_NAMED else ""
        named = "; ".join(f"{one.name} {one.mean:,.0f} h" for one in long[:MOST_NAMED])
        notes.append(f"the longest waits, on average: {named}{more}")
    titles = dict(zip(net.services.id.tolist(), net.services.title.tolist(), strict=True))
    unseen = {name for one in options for leg in one.itinerary.legs
              for term, name in _capacities(leg, titles) if term in season.unseen}  # fmt: skip
    if unseen:
        notes.append(
            f"no cargo of the season met {'; '.join(sorted(unseen))}: no queue stands there, and"
            " services are waited for by their interval"
        )
    warnings = [
        f"the queue at {one.name} grew until the end of the season: its wait of {one.mean:,.0f} h"
        " on average hangs on how long the season was, and leaves out who still waited then"
        for one in met if one.grows
    ]  # fmt: skip
    if season.shut:
        named = ", ".join(season.shut)
        warnings.append(f"on some days of the season {named} was shut: queues are those of it")
    if not season.settled:
        warnings.append(
            "the choice of ways in the season did not settle: its queues are those of the last"
            " round"
        )
    if ready and not season.first <= ready <= season.last:
        warnings.append(f"{ready} lies outside the season of the queues, {season.season}")
    return Told(notes, warnings)


def queues_met(options: Sequence[Option]) -> list[Queue]:
    """The queues that any option meets, the longest first."""
    met = {one.name: one for option in options for leg in option.itinerary.legs
           for one in leg.queues}  # fmt: skip
    return sorted(met.values(), key=lambda one: (-one.mean, one.name))


def queues_json(season: Congestion | None, options: Sequence[Option]) -> dict[str, object] | None:
    """The season, and the queues that the options meet."""
    if season is None:
        return None
    return {
        "first": season.first.isoformat(),
        "last": season.last.isoformat(),
        "replications": season.replications,
        "queues": [
            {"place": one.name, "mean_h": round(one.mean, 2), "lots": round(one.lots, 1),
             "grows": one.grows}
            for one in queues_met(options)
        ],
    }  # fmt: skip


def _capacities(leg: Leg, titles: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What a leg meets without a queue: as capacities name it, and as people do.

    ``titles``: names of services by id.
    """
    if leg.queues:
        return ()
    if leg.kind == "border":
        return ((f"crossing:{leg.hours[0].name.split(' ')[1]}", leg.note),)
    if leg.kind == "transfer":
        return ((f"terminal:{leg.hours[0].group.partition('/')[2]}", leg.start.name),)
    if leg.kind != "wait":
        return ()
    return ((f"service:{leg.service}", titles.get(leg.service or "") or str(leg.service)),)
