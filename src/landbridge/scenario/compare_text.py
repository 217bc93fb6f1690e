"""A comparison as text of 80 columns, and as JSON."""

from __future__ import annotations

from landbridge.network.summary import network_json, state_in_words
from landbridge.routing.route_json import place
from landbridge.routing.wrap import wrapped
from landbridge.scenario.compare import Compared, Comparison, Delta, Moved

Json = dict[str, object]
LABEL = 28


def comparison_text(found: Comparison) -> str:
    """The whole comparison; ``~``: smaller than what the draws alone may bring about."""
    base = found.base
    lines = [
        *wrapped(
            f"{base.origin.name} ({base.origin.country}) to {base.destination.name}"
            f" ({base.destination.country}): scenario less base",
            "",
        ),
        *wrapped(f"Base case: {state_in_words(base.net)}; what is open on {base.on}", ""),
    ]
    for one in found.scenarios:
        lines += ["", *_scenario(one)]
    note = "rank: by USD and value of time. ~: within the noise of the draws, which both share."
    lines += ["", *wrapped(note, "")]
    return "\n".join(line.rstrip() for line in lines)


def _scenario(one: Compared) -> list[str]:
    head = one.scenario.name + ("" if one.holds else " (does not hold on that day)")
    if not any(_told(moved) for moved in one.options):
        return [head, "  Nothing changes."]
    columns = f"{'option':<{LABEL}}{'rank':>7}{'days (p10 to p90)':>23}{'USD':>10}{'kg CO2e':>10}"
    lines = [head, f"  {columns}"]
    quiet = 0
    for moved in one.options:
        if moved.fate == "stays" and _told(moved):
            lines.append(_row(moved))
        elif moved.fate == "stays":
            quiet += 1
        else:
            rank = moved.rank_before if moved.fate == "goes" else moved.rank_after
            why = f": {moved.reason}" if moved.reason else ""
            lines += wrapped(f"{moved.fate}: {moved.name} (rank {rank}){why}", "  ", "    ")
    if quiet:
        lines.append(f"  {quiet} more as before")
    return lines


def _told(moved: Moved) -> bool:
    if moved.fate != "stays" or moved.rank_before != moved.rank_after:
        return True
    return any(delta and delta.mean for delta in (moved.days, moved.usd, moved.co2e_kg))


def _row(moved: Moved) -> str:
    name = moved.name if len(moved.name) < LABEL else f"{moved.name[: LABEL - 2]}…"
    rank = f"{moved.rank_before} > {moved.rank_after}"
    if moved.rank_before == moved.rank_after:
        rank = str(moved.rank_after)
    days = moved.days
    spread = f" ({days.p10:+.1f} to {days.p90:+.1f})" if days and days.mean else ""
    return (
        f"  {name:<{LABEL}}{rank:>7}{_mean(days, '.1f') + spread:>23}{_mean(moved.usd, ',.0f'):>10}"
        f"{_mean(moved.co2e_kg, ',.0f'):>10}"
    )


def _mean(delta: Delta | None, form: str) -> str:
    if delta is None or not delta.mean:
        return "0"
    return f"{'~' if delta.noise else ''}{delta.mean:+{form}}"


def comparison_json(found: Comparison) -> Json:
    """Differences are scenario less base."""
    return {
        "network": network_json(found.base.net),
        "origin": place(found.base.origin),
        "destination": place(found.base.destination),
        "date": found.base.on.isoformat(),
        "samples": found.base.player.sampler.count,
        "scenarios": [
            {
                "id": one.scenario.id,
                "name": one.scenario.name,
                "holds": one.holds,
                "reason": one.reason or None,
                "options": [_moved_json(moved) for moved in one.options],
            }
            for one in found.scenarios
        ],
    }


def _moved_json(moved: Moved) -> Json:
    return {
        "id": moved.id,
        "name": moved.name,
        "fate": moved.fate,
        "rank_before": moved.rank_before,
        "rank_after": moved.rank_after,
        "days": _delta_json(moved.days),
        "cost_usd": _delta_json(moved.usd),
        "co2e_kg": _delta_json(moved.co2e_kg),
        "reason": moved.reason or None,
    }


def _delta_json(delta: Delta | None) -> Json | None:
    if delta is None:
        return None
    return {"mean": round(delta.mean, 3), "p10": round(delta.p10, 3), "p90": round(delta.p90, 3),
            "within_noise": delta.noise}  # fmt: skip
