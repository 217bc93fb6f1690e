"""Quantiles told of an option, against NumPy's."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.routing.sample import LEVELS, quantiles


@settings(max_examples=400, deadline=None)
@given(values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=60))
def test_quantiles_are_those_of_numpy_to_the_bit(values: list[float]) -> None:
    found = quantiles(np.array(values))
    assert list(found) == ["mean", "p10", "p50", "p80", "p90", "p95"]
    want: list[float] = np.quantile(np.array(values), LEVELS).tolist()
    assert list(found.values())[1:] == want
