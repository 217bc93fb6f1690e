"""What closures did to cargo: lots that came to a shut place, went round it, were lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.schema.column import Floats
from landbridge.simulation.facts import Facts
from landbridge.simulation.interval import Estimate, estimate
from landbridge.simulation.replication import Replication

WAITED, DIVERTED, LOST = "waited", "diverted", "lost"


@dataclass(frozen=True, slots=True)
class Held:
    """Lots of the days that count, per replication."""

    what: str
    """``waited``: came to a place while it was shut; ``diverted``: set out by a way round;
    ``lost``."""
    place: str
    """Of those that waited."""
    lots: Estimate
    tonnes: float
    teu: float
    hours: float
    """Waited: all lot-hours at the place; diverted: the mean from door to door; lost: 0."""


def held_by(facts: Facts, runs: Sequence[Replication]) -> tuple[Held, ...]:
    """Place by place who waited, then who was diverted and who was lost; empty without closures."""
    if not facts.shut:
        return ()
    found: list[Held] = []
    shut = {name for one in facts.shut for name in one.stations if one.share == 1}
    for k, at in enumerate(facts.stations):
        if at.name in shut:
            lots = estimate([float(one.held[k]) for one in runs])
            hours = float(np.mean([one.queue_h[k] for one in runs]))
            found.append(
                Held(WAITED, at.name, lots, lots.mean * at.lot_t, lots.mean * at.lot_teu, hours)
            )
    away: Floats = np.array([float(way.diverted) for way in facts.ways])
    done = sum(float((one.done * away).sum()) for one in runs)
    door = sum(float((one.door_h * away).sum()) for one in runs) / done if done else 0.0
    found.append(_of_ways(DIVERTED, facts, [one.born * away for one in runs], door))
    found.append(_of_ways(LOST, facts, [one.gone.astype(np.float64) for one in runs], 0.0))
    return tuple(found)


def _of_ways(what: str, facts: Facts, lots: Sequence[Floats], hours: float) -> Held:
    """Lots of ways, replication by replication."""
    each = np.mean(np.stack(lots), axis=0)
    tonnes, teu = (
        float((each * np.array(per)).sum())
        for per in ([way.lot_t for way in facts.ways], [way.lot_teu for way in facts.ways])
    )
    return Held(what, "", estimate([float(one.sum()) for one in lots]), tonnes, teu, hours)
