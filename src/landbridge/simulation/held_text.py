"""What closures did to cargo, as lines of a terminal."""

from __future__ import annotations

import math

from landbridge.routing.wrap import fitted
from landbridge.simulation.held import DIVERTED, LOST, WAITED, Held
from landbridge.simulation.report import Report

RULES = {"wait": "cargo waits", "divert": "cargo goes round", "lost": "cargo is lost"}


def held_lines(found: Report) -> list[str]:
    """A table with a heading; empty where nothing is shut."""
    if not found.held:
        return []
    rule, _, days = found.facts.when_shut.partition(":")
    after = f" after {float(days):g} days" if days and float(days) else ""
    head = f"While shut: {RULES[rule]}{after}"
    lines = [f"{head:<38}{'lots':>8}{'+-':>7}{'kt':>8}{'TEU':>8}{'days':>9}"]
    shown = [one for one in found.held if one.what == WAITED or one.lots.mean or rule == one.what]
    lines += [_row(one) for one in shown]
    lines.append("days: waited, of all lots at the place; diverted, from door to door on average")
    return lines


def _row(one: Held) -> str:
    name = {WAITED: f"came to {one.place}", DIVERTED: "diverted", LOST: "lost"}[one.what]
    half = "?" if not math.isfinite(one.lots.half) else f"{one.lots.half:,.0f}"
    days = f"{one.hours / 24:,.1f}" if one.hours else ""
    return (
        f"{fitted(name, 37):<38}{one.lots.mean:>8,.0f}{half:>7}{one.tonnes / 1e3:>8,.1f}"
        f"{one.teu:>8,.0f}{days:>9}"
    )
