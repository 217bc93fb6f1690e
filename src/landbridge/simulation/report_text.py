"""A run as people read it in a terminal of 80 columns."""

from __future__ import annotations

import math
from collections.abc import Sequence

from landbridge.routing.wrap import fitted, wrapped
from landbridge.simulation.bottlenecks import Gain
from landbridge.simulation.held_text import held_lines
from landbridge.simulation.report import Compared, Door, Estimate, Report, Through, Wait

MOST_WAITS = 12
"""Places listed; --json has all."""
WORTH_H = 0.05
"""A place where less than this is waited is not listed."""


def report_text(found: Report, gains: Sequence[Gain] = ()) -> str:
    """The tables of a report, the most asked first; ``gains``: of ``bottlenecks``, where asked."""
    parts = [head_of(found), _through(found), _waits(found), _gains(gains), _doors(found)]
    parts += [_lines(found), _vehicles(found)]
    parts.append(held_lines(found))
    if found.boxes:
        parts.append(_boxes(found))
    if found.counts:
        parts.append(_counts(found))
    parts.append(notes_of(found))
    return "\n\n".join("\n".join(part) for part in parts if part)


def head_of(found: Report) -> list[str]:
    """What was simulated, in lines."""
    f = found.facts
    under = f", scenarios {', '.join(f.scenarios)}" if f.scenarios else ""
    runs = "1 replication" if found.replications == 1 else f"{found.replications} replications"
    lines = wrapped(
        f"{f.days} days from {f.start} on {f.case} ({f.base_case}){under}; {runs}, seed {f.seed};"
        f" run-up of {f.warm_up_days} days by MSER-5"
    )
    lines += wrapped(
        f"door to door {_days(found.door_h)} on average of all t; {found.under_way[0]:,.0f} lots"
        f" under way at the start, {found.under_way[1]:,.0f} at the end"
    )
    for one in f.shut:
        what = "shut" if one.share == 1 else f"{one.share:.0%} of the capacity lost"
        lines += wrapped(f"{'; '.join(one.stations)}: {what}, {one.since} until {one.until}")
    return lines


def _through(found: Report) -> list[str]:
    head = f"{'Arrived, by branch':<22}{'':<6}{'kt':>10}{'+-':>7}{'TEU':>8}{'M t-km':>9}"
    head += f"{'M USD':>9}{'kt CO2e':>9}"
    return [head, *(_through_row(one) for one in found.through)]


def _through_row(one: Through) -> str:
    return (
        f"{one.branch[:22]:<22}{one.direction:<6}{one.tonnes.mean / 1e3:>10,.1f}"
        f"{_half(one.tonnes, 1e3):>7}{one.teu:>8,.0f}{one.tonne_km / 1e6:>9,.0f}"
        f"{one.usd / 1e6:>9,.1f}{one.co2e_t / 1e3:>9,.1f}"
    )


def _waits(found: Report) -> list[str]:
    shown = [one for one in found.waits if one.mean_h.mean >= WORTH_H][:MOST_WAITS]
    if not shown:
        return ["Nothing is waited for."]
    lines = [
        "Waits in hours, what costs the most lot-hours first (~ capacity estimated)",
        f"{'':<35}{'mean':>7}{'+-':>6}{'p50':>6}{'p90':>7}{'p99':>7}{'queue':>7}{'used':>5}",
    ]
    lines += [_wait_row(one) for one in shown]
    return lines


def _gains(gains: Sequence[Gain]) -> list[str]:
    if not gains:
        return []
    lines = [f"{'What binds: with more of one place':<48}{'hours less':>12}{'+-':>7}{'kt more':>8}"]
    for one in gains:
        name = ("~ " if one.estimated else "  ") + fitted(one.place, 31)
        noise = abs(one.hours.mean) <= one.hours.half
        lines.append(
            f"{name:<34}{one.change:<14}{one.hours.mean:>12.2f}{_half(one.hours, 1):>7}"
            f"{one.tonnes.mean / 1e3:>8.1f}{'  noise' if noise else ''}"
        )
    return lines


def _wait_row(one: Wait) -> str:
    name = ("~ " if one.estimated else "  ") + fitted(one.place, 32)
    used = "" if math.isnan(one.used) else f"{one.used:.0%}"
    return (
        f"{name:<35}{one.mean_h.mean:>7,.1f}{_half(one.mean_h, 1):>6}{_hours(one.p50_h):>6}"
        f"{_hours(one.p90_h):>7}{_hours(one.p99_h):>7}{one.queue:>6,.0f}{'+' if one.grows else ' '}"
        f"{used:>5}"
    )


def _doors(found: Report) -> list[str]:
    head = f"{'Door to door, days':<38}{'offered':>9}{'arrived':>9}{'empty':>6}{'mean':>6}"
    head += f"{'p50':>6}{'p90':>6}"
    return [head, *(_door_row(one) for one in found.doors)]


def _door_row(one: Door) -> str:
    unit, per = ("kt", 1e3) if one.unit == "t" else ("TEU", 1.0)
    amounts = f"{one.offered / per:>9,.0f}{one.arrived / per:>9,.0f}"
    name = f"{fitted(one.title, 33)} {unit}"
    return (
        f"{name:<38}{amounts}{one.free_h / 24:>6.1f}{_hours(one.mean_h.mean / 24):>6}"
        f"{_hours(one.p50_h / 24):>6}{_hours(one.p90_h / 24):>6}"
    )


def _lines(found: Report) -> list[str]:
    shown = sorted(found.lines, key=lambda one: (-one.carried_t, one.line))[:MOST_WAITS]
    lines = [f"{'Lines by t carried':<42}{'leave':>7}{'kt':>8}{'full':>6}{'missed':>8}{'late':>7}"]
    for one in shown:
        full = "" if math.isnan(one.load) else f"{one.load:.0%}"
        lines.append(
            f"{fitted(one.line, 41):<42}{one.departures:>7,.0f}{one.carried_t / 1e3:>8,.1f}"
            f"{full:>6}{one.missed:>8,.0f}{one.late:>7,.0f}"
        )
    return lines


def _vehicles(found: Report) -> list[str]:
    there = {one.name: one.units for one in found.facts.stations}
    shown = [one for one in found.waits if one.kind == "vehicles"]
    if not shown:
        return []
    lines = [f"{'Lorries and wagons':<42}{'there are':>10}{'in use':>8}{'loads':>9}{'wait h':>9}"]
    for one in sorted(shown, key=lambda one: -one.used):
        name = ("~ " if one.estimated else "  ") + fitted(one.place, 39)
        lines.append(
            f"{name:<42}{there[one.place]:>10,}{one.used:>8.0%}{one.lots:>9,.0f}"
            f"{_hours(one.mean_h.mean):>9}"
        )
    return lines


def _boxes(found: Report) -> list[str]:
    lines = [f"{'Boxes by place, TEU':<42}{'set out':>10}{'came':>11}{'left':>8}{'+-':>8}"]
    lines += [
        f"{fitted(one.place, 41):<42}{one.out_teu.mean:>10,.0f}{one.in_teu.mean:>11,.0f}"
        f"{one.left_teu.mean:>+8,.0f}{_half(one.left_teu, 1.0):>8}"
        for one in found.boxes[:MOST_WAITS]
    ]
    return lines


def _counts(found: Report) -> list[str]:
    lines = [f"{'Counted places, a year':<42}{'counted':>10}{'simulated':>11}{'+-':>7}{'off':>7}"]
    lines += [_count_row(one) for one in found.counts]
    lines += wrapped("Counts are compared, and nothing is fitted to them.")
    return lines


def _count_row(one: Compared) -> str:
    unit, per = ("kt", 1e3) if one.unit == "t/year" else ("TEU", 1.0)
    name = f"{fitted(one.title, 37)} {unit}"
    return (
        f"{name:<42}{one.counted / per:>10,.0f}{one.simulated.mean / per:>11,.0f}"
        f"{_half(one.simulated, per):>7}{one.off:>+7.0%}"
    )


def notes_of(found: Report) -> list[str]:
    """What a reader must know, in lines."""
    f = found.facts
    growing = [one.place for one in found.waits if one.grows]
    lines: list[str] = []
    if growing:
        named = "; ".join(growing[:4]) + ("; ..." if len(growing) > 4 else "")  # noqa: PLR2004
        lines += wrapped(
            f"Queues marked + grow until the end: {named}. More comes than gets through, so their"
            " waits depend on the length of the season."
        )
    if not f.steady:
        lines += wrapped("The run-up found no steady state, which is so where a queue grows.")
    if f.rounds:
        how = "settled" if f.settled else "did not settle"
        rounds = "1 round" if f.rounds == 1 else f"{f.rounds} rounds"
        then = "" if f.settled else ": they are those of the last round"
        lines += wrapped(f"Shares of ways {how} after {rounds} of choosing by the waits{then}.")
    back = sum(one.back_teu_km for one in found.boxes)
    if back:
        left = sum(max(one.left_teu.mean, 0.0) for one in found.boxes)
        lines += wrapped(
            f"{left:,.0f} TEU came to where no cargo took them on. Sent back empty, each by the way"
            f" by which it came, they go {back / 1e6:,.1f} M TEU-km; no vessel or train is filled"
            " by them here."
        )
    return lines


def _hours(value: float) -> str:
    return "" if math.isnan(value) else f"{value:,.1f}" if abs(value) < 1000 else f"{value:,.0f}"  # noqa: PLR2004 - room


def _half(one: Estimate, per: float) -> str:
    if not math.isfinite(one.half):
        return "?"
    return _hours(one.half / per)


def _days(one: Estimate) -> str:
    half = f" +- {one.half / 24:.1f}" if math.isfinite(one.half) else ""
    return f"{one.mean / 24:.1f}{half} days"
