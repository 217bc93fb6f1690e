"""Work by the calendar equals interpolation forth and back, to the bit."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.kernels.work import work_until
from landbridge.schema.column import Floats

pace = st.lists(st.sampled_from([1.0, 1.0, 1.3, 2.5]), min_size=1, max_size=30)
instants = st.lists(
    st.tuples(st.floats(-100.0, 900.0), st.floats(0.0, 400.0)), min_size=1, max_size=20
)


@settings(max_examples=500, deadline=None)
@given(factors=pace, work=instants)
def test_work_by_the_calendar_is_interpolation_forth_and_back(
    factors: list[float], work: list[tuple[float, float]]
) -> None:
    at: Floats = 24.0 * np.arange(len(factors) + 1, dtype=np.float64)
    done: Floats = np.concatenate([[0.0], np.cumsum(24.0 / np.array(factors))])
    begin, hours = np.array(work).T
    begin[::3] = np.round(begin[::3] / 24.0) * 24.0  # at midnight too
    end = np.empty(len(begin))
    work_until(at, done, np.ascontiguousarray(begin), np.ascontiguousarray(hours), end)
    inner: Floats = np.asarray(np.interp(begin, at, done), np.float64)
    want = np.asarray(np.interp(inner + hours, done, at), np.float64)
    assert end.tolist() == want.tolist()
