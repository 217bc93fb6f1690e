from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from landbridge.kernels.heap import new_heap, pop, push

KEYS = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


@given(KEYS)
def test_items_come_out_by_ascending_key(keys: list[float]) -> None:
    heap = new_heap(len(keys))
    size = 0
    for item, key in enumerate(keys):
        size = push(heap, size, key, item)
    assert size == len(keys)
    out = [pop(heap, size - k) for k in range(size)]
    assert [key for key, _ in out] == sorted(keys)
    assert all(keys[item] == key for key, item in out)


@given(st.lists(st.one_of(st.none(), st.floats(0, 9)), max_size=60))
def test_pushes_and_pops_may_be_mixed(steps: list[float | None]) -> None:
    # None pops, a number is pushed; a sorted list does the same slowly
    heap = new_heap(len(steps) + 1)
    waiting: list[float] = []
    for step in steps:
        if step is not None:
            push(heap, len(waiting), step, 7)
            waiting = sorted([*waiting, step])
        elif waiting:
            key, item = pop(heap, len(waiting))
            assert (key, item) == (waiting.pop(0), 7)
