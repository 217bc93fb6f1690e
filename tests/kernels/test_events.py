from __future__ import annotations

import heapq

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from landbridge.kernels.events import (
    FAR,
    FREE,
    KEY,
    NEAR,
    NONE,
    NOW,
    Agenda,
    look,
    new_agenda,
    plan,
    replan,
    take,
    take_row,
)  # fmt: skip

# spans from equal times to many rounds of a calendar of 64 days
SPANS = st.sampled_from([0, 0, 1, 3, 60, 1000, 70_000, 10**8])


@given(
    st.integers(0, 12),
    st.lists(st.tuples(st.integers(1, 4), SPANS, SPANS, SPANS, SPANS), max_size=60),
    st.integers(0, 60),
)
def test_events_come_as_from_a_sorted_list(
    shift: int, plans: list[tuple[int, ...]], moved: int
) -> None:
    agenda = new_agenda(512, 64, shift)
    oracle: list[tuple[int, int, int]] = []
    key = 0

    def add(agenda: Agenda, now: int, spans: tuple[int, ...]) -> None:
        nonlocal key
        for span in spans:
            e = take_row(agenda)
            key = (key * 7 + 3) % 1009 + 1009 * e  # in no order, and each once
            agenda.row[e, KEY] = key
            plan(agenda, e, now + span)
            heapq.heappush(oracle, (now + span, key, e))

    add(agenda, 0, (5, 5, 0))
    for number, (count, *spans) in enumerate(plans):
        if number == moved:  # into more days of another width
            other = new_agenda(1024, 256, (shift + 5) % 13)
            replan(agenda, other)
            agenda = other
        t, _, expected = heapq.heappop(oracle)
        assert look(agenda) == t
        assert take(agenda) == expected
        agenda.clock[NOW] = t
        add(agenda, t, tuple(spans[:count]))
    while oracle:
        t, _, expected = heapq.heappop(oracle)
        assert (look(agenda), take(agenda)) == (t, expected)
    assert look(agenda) == NONE
    assert agenda.clock[NEAR] == agenda.clock[FAR] == 0
    assert agenda.clock[FREE] == NONE
    assert np.all(agenda.day == NONE)
