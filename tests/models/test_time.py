"""Clocks, timetables, opening hours: worked out by hand, or by the standard library."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import DataError
from landbridge.models.clock import EPOCH, clock, date_at, instant_of
from landbridge.schema.opening import parse_opening
from landbridge.schema.timetable import parse_timetable
from landbridge.units import day_number

ZONES = ("Europe/Berlin", "Asia/Tehran", "America/New_York", "Asia/Kolkata", "Africa/Casablanca")
NONE = np.zeros(0, np.int64)
MONDAY = 24.0 * day_number(dt.date(2025, 6, 2))


@given(hours=st.integers(400_000, 600_000), zone=st.sampled_from(ZONES))
def test_local_time_is_that_of_the_standard_library(hours: int, zone: str) -> None:
    there = (EPOCH + dt.timedelta(hours=hours)).astimezone(ZoneInfo(zone))
    naive = there.replace(tzinfo=dt.UTC) - EPOCH
    local = clock(zone).local(np.array([float(hours)]))[0]
    assert local == naive.total_seconds() / 3600
    assert clock(zone).text(float(hours)) == there.isoformat(timespec="minutes")


@given(hours=st.integers(400_000, 600_000), zone=st.sampled_from(ZONES))
def test_there_and_back_is_the_same_hour_on_the_clock(hours: int, zone: str) -> None:
    one = clock(zone)
    local = one.local(np.array([float(hours)]))
    # an hour that is shown twice comes back as its first showing
    back = one.instant(local)
    assert one.local(back)[0] == local[0]
    assert back[0] <= hours


def test_the_day_of_an_instant_is_that_of_the_place() -> None:
    start = instant_of(dt.date(2025, 3, 1), "Asia/Kolkata")
    assert date_at(start, "Asia/Kolkata") == dt.date(2025, 3, 1)
    assert date_at(start - 0.1, "Asia/Kolkata") == dt.date(2025, 2, 28)
    assert date_at(start, "") == dt.date(2025, 2, 28)


def test_an_unknown_zone_is_told() -> None:
    with pytest.raises(DataError, match="Mars/Base"):
        clock("Mars/Base")


@pytest.mark.parametrize(
    ("text", "days", "hour", "interval"),
    [
        ("Mo Th 18:00", ["2025-06-02", "2025-06-05", "2025-06-09", "2025-06-12"], 18.0, 84.0),
        ("every 5 days from 2025-06-04", ["2025-06-04", "2025-06-09"], 12.0, 120.0),
        ("every 5 days from 2025-06-14", ["2025-06-04", "2025-06-09"], 12.0, 120.0),
        ("month 1 12 06:30", ["2025-06-01", "2025-06-12"], 6.5, 365.25),
        ("dates 2025-06-03 2025-06-10 23:45", ["2025-06-03", "2025-06-10"], 23.75, 168.0),
    ],
)
def test_departures_by_hand(text: str, days: list[str], hour: float, interval: float) -> None:
    table = parse_timetable(text)
    first, last = (day_number(dt.date(2025, 6, day)) for day in (1, 13))
    want = [24.0 * day_number(dt.date.fromisoformat(day)) + hour for day in days]
    assert table.departures(first, last).tolist() == want
    assert table.interval_h == interval


@pytest.mark.parametrize(
    "text",
    ["", "Mo Mo", "Xx 12:00", "Mo 24:00", "every 0 days from 2025-06-01", "month 0", "month 31",
     "every 5 days from 2025-02-30", "dates", "dates tomorrow", "12:00", "Mo 9:00", "month x"],
)  # fmt: skip
def test_what_is_no_timetable_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be as"):
        parse_timetable(text)


@pytest.mark.parametrize(
    ("text", "at", "wait"),
    [
        ("Mo-Fr 08:00-18:00", 7.5, 0.5),
        ("Mo-Fr 08:00-18:00", 8.0, 0.0),
        ("Mo-Fr 08:00-18:00", 18.0, 14.0),
        ("Mo-Fr 08:00-18:00", 4 * 24 + 19.0, 61.0),  # Friday evening until Monday morning
        ("Mo-Fr 08:00-18:00; Sa 08:00-13:00", 4 * 24 + 19.0, 13.0),
        ("Sa-Mo 00:00-24:00", 24.0, 96.0),
        ("Mo-Su 22:00-02:00", 12.0, 10.0),
        ("Mo-Su 22:00-02:00", 25.0, 0.0),
        ("24/7", 3.0, 0.0),
        ("", 3.0, 0.0),
        ("WD 08:00-16:00", 3 * 24 + 1.0, 55.0),  # Thursday, and the weekend is Thursday, Friday
    ],
)
def test_waits_for_opening_by_hand(text: str, at: float, wait: float) -> None:
    opening = parse_opening(text, frozenset({3, 4}))
    assert opening.wait(np.array([MONDAY + at]), NONE)[0] == pytest.approx(wait)


def test_public_holidays_are_waited_out() -> None:
    opening = parse_opening("Mo-Fr 08:00-18:00; PH off", frozenset({5, 6}))
    tuesday = np.array([day_number(dt.date(2025, 6, 3))])
    late_monday = np.array([MONDAY + 20.0])
    assert opening.wait(late_monday, tuesday)[0] == pytest.approx(36.0)
    assert opening.wait(late_monday, NONE)[0] == pytest.approx(12.0)


@pytest.mark.parametrize(
    "text", ["Mo", "Mo-Xx 08:00-10:00", "Mo 8-10", "PH off", "always", "Mo 25:00-26:00"]
)
def test_what_are_no_opening_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must be as"):
        parse_opening(text, frozenset())
