"""Lines of text from entries of the event log: fixed words around numbers and times.

What a line says beside its time and lot hangs on the step and on what happened there, so it is
prepared once as *forms*: pieces of text with a gap after each but the last. A block of entries is
then a copy of pieces and a writing of digits.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import bare_kernel, inner_kernel

CREATED, HAPPENED, LOCAL, LOT, WAITED = range(5)
"""What a gap is filled with: when the event became known and when it is, both in UTC; when it is
by the clock of its place; the number of the lot; hours waited, 0 where no wait ends."""
LONGEST = 32
"""Bytes that a gap is filled with at most."""
SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000
WAIT_DIGITS = 10_000
"""Waits are told to so many parts of an hour."""
ZERO, DASH, COLON, POINT, T, Z, PLUS = 48, 45, 58, 46, 84, 90, 43


class Forms(NamedTuple):
    """Lines by what happened; a *case* is a row of steps times the kinds of entries."""

    first: NDArray[np.int64]
    """First form of each case, and where the last ends; (n_cases + 1,)."""
    cuts: NDArray[np.int64]
    """Where the pieces of a form begin in ``text``, and where the last ends; (n_forms, n + 2)."""
    ahead: NDArray[np.int64]
    """Ticks from the entry to the event that is told; (n_forms,)."""
    waits: NDArray[np.bool_]
    """Whether the entry ends a wait, which the line tells; (n_forms,)."""
    zone: NDArray[np.int64]
    """Stretch of ``since`` of the place's clock, first and end; (n_forms, 2)."""
    gaps: NDArray[np.int64]
    """What each gap is filled with; (n,)."""
    text: NDArray[np.uint8]
    since: NDArray[np.int64]
    """Ticks since 1970 from which on an offset holds, of one zone after the other."""
    offset: NDArray[np.int64]
    """Ticks ahead of UTC."""


@inner_kernel
def put_two(out: NDArray[np.uint8], at: int, value: int) -> int:
    """Two digits; where the text ends."""
    out[at] = ZERO + value // 10
    out[at + 1] = ZERO + value % 10
    return at + 2


@inner_kernel
def put_number(out: NDArray[np.uint8], at: int, value: int) -> int:
    """A whole number of at least 0."""
    digits = 1
    rest = value // 10
    while rest > 0:
        digits += 1
        rest //= 10
    for k in range(digits - 1, -1, -1):
        out[at + k] = ZERO + value % 10
        value //= 10
    return at + digits


@inner_kernel
def put_time(out: NDArray[np.uint8], at: int, ticks: int) -> int:
    """Ticks since 1970 as 2025-06-01T08:30:00, by the civil calendar (Hinnant's days to date)."""
    day = ticks // DAY + 719_468
    era = day // 146_097
    of_era = day - era * 146_097
    year = (of_era - of_era // 1_460 + of_era // 36_524 - of_era // 146_096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    march = (5 * of_year + 2) // 153
    after = march // 10  # January and February end the year that began in March
    month = march + 3 - 12 * after
    civil = year + era * 400 + after
    at = put_two(out, at, civil // 100)
    at = put_two(out, at, civil % 100)
    out[at] = DASH
    at = put_two(out, at + 1, month)
    out[at] = DASH
    at = put_two(out, at + 1, of_year - (153 * march + 2) // 5 + 1)
    out[at] = T
    at = put_two(out, at + 1, ticks // HOUR % 24)
    out[at] = COLON
    at = put_two(out, at + 1, ticks // MINUTE % 60)
    out[at] = COLON
    return put_two(out, at + 1, ticks // SECOND % 60)


@inner_kernel
def put_utc(out: NDArray[np.uint8], at: int, ticks: int) -> int:
    """A time in UTC, with its Z."""
    at = put_time(out, at, ticks)
    out[at] = Z
    return at + 1


@inner_kernel
def put_local(forms: Forms, out: NDArray[np.uint8], at: int, form: int, ticks: int) -> int:
    """A time by the clock of a form's place, with its offset."""
    k = forms.zone[form, 0]
    while k + 1 < forms.zone[form, 1] and forms.since[k + 1] <= ticks:
        k += 1
    offset = int(forms.offset[k])
    at = put_time(out, at, ticks + offset)
    out[at] = PLUS if offset >= 0 else DASH
    minutes = abs(offset) // MINUTE
    at = put_two(out, at + 1, minutes // 60)
    out[at] = COLON
    return put_two(out, at + 1, minutes % 60)


@inner_kernel
def put_hours(out: NDArray[np.uint8], at: int, ticks: int) -> int:
    """Ticks as hours with four digits behind the point."""
    parts = (ticks * WAIT_DIGITS + HOUR // 2) // HOUR
    at = put_number(out, at, parts // WAIT_DIGITS)
    out[at] = POINT
    at = put_two(out, at + 1, parts // 100 % 100)
    return put_two(out, at, parts % 100)


@bare_kernel
def put_line(
    forms: Forms, out: NDArray[np.uint8], at: int, form: int, entry: NDArray[np.int64], epoch: int
) -> int:  # fmt: skip
    """One line of a form; where the text ends."""
    created = epoch + entry[0]
    happened = created + forms.ahead[form]
    for k in range(len(forms.gaps) + 1):
        for c in range(forms.cuts[form, k], forms.cuts[form, k + 1]):
            out[at] = forms.text[c]
            at += 1
        if k == len(forms.gaps):
            break
        gap = forms.gaps[k]
        if gap == CREATED:
            at = put_utc(out, at, created)
        elif gap == HAPPENED:
            at = put_utc(out, at, happened)
        elif gap == LOCAL:
            at = put_local(forms, out, at, form, happened)
        elif gap == LOT:
            at = put_number(out, at, entry[1])
        else:
            at = put_hours(out, at, entry[0] - entry[3] if forms.waits[form] else 0)
    return at


@bare_kernel
def put_lines(
    forms: Forms, log: NDArray[np.int64], epoch: int, out: NDArray[np.uint8],
    done: NDArray[np.int64],
) -> int:  # fmt: skip
    """Lines of entries from ``done[0]`` on, as many as ``out`` has room for; bytes written.

    ``epoch``: ticks from 1970 to the begin of the run. ``done``: entries told, told anew, and lines
    written, counted on; (2,).
    """
    at = 0
    most = 0
    for form in range(len(forms.ahead)):
        most = max(most, forms.cuts[form, -1] - forms.cuts[form, 0])
    most += LONGEST * len(forms.gaps)
    while done[0] < len(log):
        entry = log[done[0]]
        case = entry[2]
        if at + most * (forms.first[case + 1] - forms.first[case]) > len(out):
            return at
        for form in range(forms.first[case], forms.first[case + 1]):
            at = put_line(forms, out, at, form, entry, epoch)
            done[1] += 1
        done[0] += 1
    return at
