"""Boxes by place: how many set out loaded, how many came, and what that leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.simulation.facts import Facts
from landbridge.simulation.interval import Estimate, estimate
from landbridge.simulation.replication import Replication
from landbridge.simulation.result import Ints


@dataclass(frozen=True, slots=True)
class Boxes:
    """Containers of one place in a season, TEU."""

    place: str
    out_teu: Estimate
    """Set out loaded: as many empty boxes were wanted there."""
    in_teu: Estimate
    """Came loaded, and were unpacked."""
    left_teu: Estimate
    """What came less what set out: boxes that pile up, or (below 0) that are lacking."""
    back_km: float
    """Km by which those that came had come, the mean: the way back of each that piles up. NaN
    where nothing came."""

    @property
    def back_teu_km(self) -> float:
        """What sending back takes where boxes pile up; 0 elsewhere."""
        return max(self.left_teu.mean, 0.0) * self.back_km if self.back_km > 0 else 0.0


def boxes_of(facts: Facts, runs: Sequence[Replication]) -> tuple[Boxes, ...]:
    """Every place at which a container begins or ends its way, those that gain most first.

    The rule by which empties go back: a box goes back the way by which it came.
    """
    rows = [k for k, way in enumerate(facts.ways) if way.lot_teu]
    places = sorted(
        {end for k in rows for end in (facts.ways[k].origin, facts.ways[k].destination)}
    )
    found: list[Boxes] = []
    for place in places:
        outward = [k for k in rows if facts.ways[k].origin == place]
        inward = [k for k in rows if facts.ways[k].destination == place]
        out = [_teu(facts, run.born, outward) for run in runs]
        came = [_teu(facts, run.done, inward) for run in runs]
        left = [one - other for one, other in zip(came, out, strict=True)]
        km = sum(facts.ways[k].km * _teu(facts, run.done, [k]) for k in inward for run in runs)
        mean_km = km / sum(came) if sum(came) else float("nan")
        found.append(Boxes(place, estimate(out), estimate(came), estimate(left), mean_km))
    return tuple(sorted(found, key=lambda one: (-one.left_teu.mean, one.place)))


def _teu(facts: Facts, lots: Ints, rows: Sequence[int]) -> float:
    return float(np.sum([lots[k] * facts.ways[k].lot_teu for k in rows])) if rows else 0.0
