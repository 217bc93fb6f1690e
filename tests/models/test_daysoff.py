"""Weekends, public holidays and slow weeks of the built-in cases on days that everybody knows."""

import datetime as dt

import numpy as np
import pytest

import landbridge as lb
from landbridge.models.daysoff import DaysOff
from landbridge.units import day_number

FIRST, LAST = dt.date(2024, 12, 1), dt.date(2026, 12, 31)


@pytest.fixture(scope="module")
def off() -> DaysOff:
    return DaysOff(lb.load("instc"), day_number(FIRST), day_number(LAST))


@pytest.mark.parametrize(
    ("country", "days"),
    [
        ("IR", "Th Fr"), ("AF", "Fr"), ("SA", "Fr Sa"), ("IL", "Fr Sa"), ("QA", "Fr Sa"),
        ("OM", "Fr Sa"), ("AE", "Sa Su"), ("NP", "Sa"), ("RU", "Sa Su"), ("IN", "Sa Su"),
        ("DE", "Sa Su"), ("XX", "Sa Su"),
    ],
)  # fmt: skip
def test_weekends(off: DaysOff, country: str, days: str) -> None:
    words = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    assert off.weekend(country) == frozenset(words.index(day) for day in days.split())


@pytest.mark.parametrize(
    ("country", "day", "shut"),
    [
        ("IR", "2025-03-21", True),  # Nowruz
        ("IR", "2025-02-10", True),  # 22 Bahman
        ("IR", "2025-06-10", False),
        ("RU", "2025-01-07", True),  # Christmas
        ("RU", "2025-05-09", True),
        ("IN", "2025-08-15", True),
        ("IN", "2026-01-26", True),
        ("AZ", "2025-05-28", True),
        ("TM", "2025-09-27", True),
        ("KZ", "2025-12-16", True),
        ("AE", "2025-12-02", True),
        ("SA", "2025-09-23", True),
        ("CN", "2025-10-01", True),
        ("DE", "2025-10-03", True),
        ("DE", "2025-10-06", False),
    ],
)
def test_public_holidays(off: DaysOff, country: str, day: str, *, shut: bool) -> None:
    assert (day_number(dt.date.fromisoformat(day)) in off.shut(country)) == shut


@pytest.mark.parametrize(
    ("country", "day", "factor"),
    [
        ("IR", "2025-03-25", 2.0),  # Nowruz goes before Ramadan, which is less slow
        ("IR", "2025-03-10", 1.15),
        ("AE", "2025-03-10", 1.33),
        ("AE", "2026-03-10", 1.33),
        ("AE", "2025-05-10", 1.0),
        ("RU", "2025-01-03", 1.5),
        ("CN", "2025-10-03", 1.5),
    ],
)
def test_an_hour_of_work_in_a_slow_time(
    off: DaysOff, country: str, day: str, factor: float
) -> None:
    noon = np.array([24.0 * day_number(dt.date.fromisoformat(day)) + 12.0])
    assert off.through(country, noon, np.array([1.0]))[0] == pytest.approx(factor)
