"""The capacity of a corridor as text of 80 columns, and as JSON."""

from __future__ import annotations

import math

from landbridge.routing.wrap import fitted, wrapped
from landbridge.simulation.find_capacity import BranchLimit, CapacityResult, Limit, Need
from landbridge.simulation.report import Estimate

Json = dict[str, object]
KILO, MEGA, GIGA = 1e3, 1e6, 1e9


def capacity_text(found: CapacityResult) -> str:
    """The answer in a sentence, branches, and what gives way in its order."""
    parts = [_head(found), _branches(found)]
    if found.needs:
        parts.append(_needs(found))
    parts.append(_verdict(found))
    return "\n\n".join("\n".join(line.rstrip() for line in part) for part in parts)


def _head(found: CapacityResult) -> list[str]:
    season = found.season
    case = season.world.net.case
    limit = found.first.limit
    under = ", ".join(one.id for one in season.world.net.scenarios)
    return [
        *wrapped(
            f"{season.span.days} days from {season.span.start} on {case.id} ({case.base_case})"
            f"{', scenarios ' + under if under else ''}; {found.replications} replications, seed"
            f" {season.seed}; mean days of the year, ways keep their shares"
        ),
        *wrapped(
            f"Queues stay where they are at {_times(limit.holds)} of the demand, when"
            f" {_arrived(found):.2f} Mt a year arrive; at {_times(limit.fails)} that of"
            f" {found.first.place} runs away."
        ),
    ]


def _arrived(found: CapacityResult) -> float:
    return sum(one.arrived.mean for one in found.branches) / MEGA


def _branches(found: CapacityResult) -> list[str]:
    lines = [
        "Each branch until its own first place gives way; a year",
        f"{'':<16}{'demand kt':>10}{'limit':>8}{'Mt':>8}{'bn t-km':>9}  gives way first",
    ]
    for one in found.branches:
        limit = one.limit.holds if one.limit else found.wanted
        more = "" if one.limit else ">"
        first = fitted(one.first, 27) if one.first else "nothing yet"
        lines.append(
            f"{one.branch[:15]:<16}{one.tonnes / KILO:>10,.0f}{more + _times(limit):>8}"
            f"{one.tonnes * limit / MEGA:>8.2f}{one.tonne_km * limit / GIGA:>9.2f}  {first}"
        )
    total_t = sum(one.tonnes for one in found.branches)
    most = [one.limit.holds if one.limit else found.wanted for one in found.branches]
    each = list(zip(found.branches, most, strict=True))
    lines.append(
        f"{'all':<16}{total_t / KILO:>10,.0f}{'':>8}"
        f"{sum(one.tonnes * x for one, x in each) / MEGA:>8.2f}"
        f"{sum(one.tonne_km * x for one, x in each) / GIGA:>9.2f}"
    )
    return lines


def _needs(found: CapacityResult) -> list[str]:
    lines = [
        f"What gives way one after the other, until {_times(found.wanted)} gets through",
        f"{'at':>6}  {'':<36}{'must do':>8}  {'as simulated':<18}{'estimate':>8}",
    ]
    estimated = {place.name: place.estimated for place in found.season.world.places}
    for one in found.needs:
        mark = "~" if estimated[one.place] else ""
        lines.append(
            f"{_times(one.limit.fails):>6}  {fitted(one.place, 35):<36}{_times(one.times.holds):>8}"
            f"  {fitted(one.change, 18):<18}{mark + _doubt(one):>8}"
        )
    lines += wrapped(
        "must do: times what it has, with which queues stay where they are; with 2.2 % less they"
        " run away. ~ marks a capacity that is an estimate of ours, ? that another place may be"
        " the one: the difference is smaller than noise."
    )
    return lines


def _doubt(one: Need) -> str:
    return "?" if one.relief is not None and one.relief.mean <= one.relief.half else ""


def _verdict(found: CapacityResult) -> list[str]:
    words = f"{_times(found.wanted)} of the demand"
    if not found.needs:
        return wrapped(f"{words} gets through with what there is.")
    if found.reached:
        return wrapped(
            f"{words} does not get through with what there is, and does once the"
            f" {len(found.needs)} places above do more (simulated)."
        )
    return wrapped(
        f"{words} does not get through, and not either with the {len(found.needs)} places above"
        " doing more."
    )


def _times(value: float) -> str:
    return f"x{value:.2f}"


def capacity_json(found: CapacityResult) -> Json:
    """Factors are of the season's demand; tonnes and tonne-kilometres are of a year."""
    season = found.season
    net = season.world.net
    return {
        "run": {
            "case": net.case.id, "base_case": net.case.base_case, "network_hash": net.hash,
            "scenarios": [one.id for one in net.scenarios], "start": str(season.span.start),
            "days": season.span.days, "seed": season.seed, "factor": season.params.factor,
            "replications": found.replications, "seasons": found.seasons,
        },
        "first": _need_json(found.first),
        "wanted": found.wanted,
        "reached": found.reached,
        "branches": [_branch_json(one, found.wanted) for one in found.branches],
        "needs": [_need_json(one) for one in found.needs],
    }  # fmt: skip


def _need_json(one: Need) -> Json:
    return {
        "place": one.place,
        "kind": one.kind,
        "element": one.element,
        "limit": _limit(one.limit),
        "times": _limit(one.times),
        "change": one.change,
        "growth_lots_a_day": _estimate(one.grows),
        "relief_lots_a_day": _estimate(one.relief),
    }


def _branch_json(one: BranchLimit, wanted: float) -> Json:
    most = one.limit.holds if one.limit else wanted
    return {
        "branch": one.branch,
        "demand_t": round(one.tonnes, 1),
        "demand_tonne_km": round(one.tonne_km, 1),
        "limit": _limit(one.limit),
        "first": one.first or None,
        "tonnes": round(one.tonnes * most, 1),
        "tonne_km": round(one.tonne_km * most, 1),
        "arrived_t": _estimate(one.arrived),
    }


def _limit(one: Limit | None) -> Json:
    if one is None:
        return {"holds": None, "fails": None}
    return {"holds": round(one.holds, 4), "fails": round(one.fails, 4)}


def _estimate(one: Estimate | None) -> Json:
    if one is None:
        return {"mean": None, "half_width": None}
    half = round(one.half, 4) if math.isfinite(one.half) else None
    return {"mean": round(one.mean, 4), "half_width": half}
