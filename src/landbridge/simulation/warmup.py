"""Where a run stops remembering that it began empty."""

from __future__ import annotations

import numpy as np

from landbridge.schema.column import Floats

BATCH = 5
"""White (1997) and Spratt (1998): MSER-5, means of five in a row."""


def mser5(values: Floats) -> tuple[int, bool]:
    """How many of the first values to leave out, and whether the rest is steady.

    MSER-5: means of five values; leave out the d of them that make s^2(d) / (n - d)^2 least, the
    squared half-width of the mean of what is left. A d in the second half means that there is no
    steady rest (White, Cobb and Spratt 2000).
    """
    n = len(values) // BATCH
    if n < 2:  # noqa: PLR2004 - a mean of one has no spread
        return 0, False
    batch = values[: n * BATCH].reshape(n, BATCH).mean(axis=1)
    # the last few would make anything look steady
    error = np.array([batch[d:].var() / (n - d) for d in range(max(1, n - BATCH))])
    d = int(error.argmin())
    return d * BATCH, d <= n // 2
