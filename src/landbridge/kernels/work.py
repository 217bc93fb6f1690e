"""When work is done that goes on at a pace which differs from day to day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import kernel


@kernel
def line(x: float, at: int, xs: NDArray[np.float64], ys: NDArray[np.float64]) -> float:
    """The straight line from point ``at`` to the next one, at ``x``; as ``numpy.interp`` does."""
    if at < 0:
        return float(ys[0])
    if at >= len(xs) - 1 or xs[at] == x:
        return float(ys[min(at, len(xs) - 1)])
    slope = (ys[at + 1] - ys[at]) / (xs[at + 1] - xs[at])
    return float(slope * (x - xs[at]) + ys[at])


@kernel
def work_until(
    at: NDArray[np.float64],
    done: NDArray[np.float64],
    begin: NDArray[np.float64],
    hours: NDArray[np.float64],
    end: NDArray[np.float64],
) -> None:
    """Fill ``end`` (n,) with when ``hours`` (n,) of work are done that begin at ``begin`` (n,).

    ``at``: instants in equal steps; ``done``: the hours of work that can be done until each of
    them, both ascending. The same to the bit as ``interp(interp(begin, at, done) + hours, done,
    at)``, whose second search begins anew at the first of all instants.
    """
    last, step = len(at) - 1, at[1] - at[0]
    for k in range(len(begin)):
        first = int(min(max((begin[k] - at[0]) // step, -1.0), float(last)))
        while first >= 0 and at[first] > begin[k]:
            first -= 1
        while first < last and at[first + 1] <= begin[k]:
            first += 1
        work = line(begin[k], first, at, done) + hours[k]
        low = max(first, 0)
        if work < done[low]:
            low = 0
        stride = 1
        high = low
        while high < last and done[high] <= work:  # gallop, for what is done soon
            low = high
            high = min(high + stride, last)
            stride *= 2
        while high - low > 1:
            middle = (low + high) >> 1
            if done[middle] <= work:
                low = middle
            else:
                high = middle
        if done[high] <= work:
            low = high
        end[k] = line(work, low if work >= done[0] else -1, done, at)
