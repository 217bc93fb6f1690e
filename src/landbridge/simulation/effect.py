"""What closures do: a season beside the same one without them, with the same draws."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from landbridge.simulation.interval import Estimate, estimate
from landbridge.simulation.replication import Replication
from landbridge.simulation.season import Progress, Season, run_all

Measures = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Effect:
    """Differences by replication, of the days that count: with closures less without."""

    door_h: Estimate
    """Hours from door to door of what arrived, the mean over all t."""
    tonnes: Estimate
    """Arrived."""
    under_way: Estimate
    """Lots under way at the end."""
    usd: Estimate
    """Freight of what arrived, for each t of it."""
    co2e_kg: Estimate
    """Likewise."""


def effect_of(
    season: Season, runs: Sequence[Replication], progress: Progress | None = None
) -> Effect | None:
    """Run the season without its closures too; None where it has none. ``runs``: with them."""
    if season.opened is None:
        return None
    params = replace(season.params, replications=len(runs), half_width=None)
    shares = season.shares[: len(season.opened.ways)]
    free = replace(season, world=season.opened, shares=shares, params=params, shut=(), opened=None)
    pairs = [
        [a - b for a, b in zip(_measures(season, shut), _measures(free, open_), strict=True)]
        for shut, open_ in zip(runs, run_all(free, progress), strict=True)
    ]
    return Effect(*(estimate(list(column)) for column in zip(*pairs, strict=True)))


def _measures(season: Season, one: Replication) -> Measures:
    ways = season.world.ways
    lot = np.array([way.cargo.lot_t for way in ways])
    usd, kg = np.array([way.usd for way in ways]), np.array([way.wtw_kg for way in ways])
    tonnes = float((one.done * lot).sum())
    each = tonnes or math.nan
    return (
        float((one.door_h * lot).sum()) / each, tonnes, float(one.under_way[-1]),
        float((one.done * usd).sum()) / each, float((one.done * kg).sum()) / each,
    )  # fmt: skip


def effect_text(found: Effect) -> str:
    """As a table of a terminal."""
    rows = (
        ("days from door to door", found.door_h, 24.0, 1),
        ("kt arrived", found.tonnes, 1e3, 1),
        ("lots under way at the end", found.under_way, 1.0, 0),
        ("USD a t that arrived", found.usd, 1.0, 2),
        ("kg CO2e a t that arrived", found.co2e_kg, 1.0, 2),
    )
    lines = [f"{'Beside the same season without closures':<42}{'more':>10}{'+-':>9}"]
    for name, one, per, digits in rows:
        half = f"{one.half / per:,.{digits}f}" if math.isfinite(one.half) else "?"
        lines.append(f"{name:<42}{one.mean / per:>+10,.{digits}f}{half:>9}")
    return "\n".join(lines)


def effect_json(found: Effect) -> dict[str, object]:
    """As values of JSON."""
    return {
        name: {"mean": _number(one.mean), "half_width": _number(one.half)}
        for name, one in (
            ("hours", found.door_h), ("t", found.tonnes), ("under_way", found.under_way),
            ("usd_per_t", found.usd), ("co2e_kg_per_t", found.co2e_kg),
        )
    }  # fmt: skip


def _number(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None
