"""A word where the fastest option by its mean is not the one whose middle trip is shortest."""

from __future__ import annotations

from collections.abc import Sequence

from landbridge.routing.options import Option
from landbridge.units import HOURS_PER_DAY


def mean_against_middle(options: Sequence[Option]) -> list[str]:
    """A note, or none: shown are medians, and a long tail makes the mean of one longer."""
    best = next((one for one in options if "fastest" in one.labels), None)
    if best is None:
        return []
    open_ones = [one for one in options if not one.barred]
    other = min(open_ones, key=lambda one: one.hours["p50"])
    if round(other.hours["p50"] / HOURS_PER_DAY) >= round(best.hours["p50"] / HOURS_PER_DAY):
        return []
    text = (
        f"fastest is what takes least on average: {_days(best, 'mean')} days by {best.name},"
        f" {_days(other, 'mean')} by {other.name}. Days shown are those of the middle trip: half of"
        f" those by {other.name} take less than {_days(other, 'p50')}, but the late ones are later"
    )
    return [text]


def _days(one: Option, level: str) -> str:
    return f"{one.hours[level] / HOURS_PER_DAY:.1f}"
