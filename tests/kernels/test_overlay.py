"""Two sets of arcs as one graph, against the definition."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.kernels.overlay import ArcSet, overlay

NODES = 5
node = st.integers(0, NODES - 1)
arcs = st.lists(st.tuples(node, node, st.booleans(), st.booleans()), max_size=12).map(sorted)


def as_set(drawn: list[tuple[int, int, bool, bool]]) -> ArcSet:
    columns = list(zip(*drawn, strict=True)) or [(), (), (), ()]
    tails = np.bincount(np.array(columns[0], np.int64), minlength=NODES)
    first = np.concatenate([[0], np.cumsum(tails)])
    flags = [np.array(column, np.bool_) for column in columns[2:]]
    return ArcSet(first, np.array(columns[1], np.int32), *flags)


@settings(max_examples=400, deadline=None)
@given(large=arcs, small=arcs, wanted=st.lists(st.booleans(), min_size=NODES, max_size=NODES))
def test_arcs_that_may_be_used_between_wanted_nodes_by_tail(
    large: list[tuple[int, int, bool, bool]],
    small: list[tuple[int, int, bool, bool]],
    wanted: list[bool],
) -> None:
    rows = np.full(len(large) + len(small), -1, np.int32)
    first = np.empty(NODES + 1, np.int64)
    count = overlay(as_set(large), as_set(small), np.array(wanted), rows, first)
    numbered = [*enumerate(large), *enumerate(small, len(large))]
    want = [
        [
            number
            for number, (tail, head, always, free) in numbered
            if tail == at and free and (always or (wanted[tail] and wanted[head]))
        ]
        for at in range(NODES)
    ]
    assert rows[:count].tolist() == [one for here in want for one in here]
    assert np.diff(first).tolist() == [len(one) for one in want]
