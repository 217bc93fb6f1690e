"""One graph out of two sets of arcs over the same nodes: a large one that is kept, a small one."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.jit import kernel


class ArcSet(NamedTuple):
    """Directed arcs in order of their tails."""

    first_out: NDArray[np.int64]
    """(n_nodes + 1,): arcs ``first_out[x]`` to ``first_out[x + 1]`` leave node x."""
    head: NDArray[np.int32]
    always: NDArray[np.bool_]
    """(n_arcs,): whether an arc counts whatever its ends are."""
    free: NDArray[np.bool_]
    """(n_arcs,): whether an arc may be used at all."""


@kernel
def overlay(
    large: ArcSet,
    small: ArcSet,
    wanted: NDArray[np.bool_],
    rows: NDArray[np.int32],
    first_out: NDArray[np.int64],
) -> int:
    """Fill ``rows`` with the arcs between ``wanted`` nodes, by tail; returns how many they are.

    At each node the arcs of ``large`` come first, each set in its order; those of ``small`` are
    numbered on from the last of ``large``. ``first_out`` (n_nodes + 1) is filled as in ``ArcSet``.
    """
    count = 0
    offset = len(large.head)
    for node in range(len(wanted)):
        first_out[node] = count
        for arc in range(large.first_out[node], large.first_out[node + 1]):
            fits = wanted[node] and wanted[large.head[arc]]
            if large.free[arc] and (fits or large.always[arc]):
                rows[count] = arc
                count += 1
        for arc in range(small.first_out[node], small.first_out[node + 1]):
            fits = wanted[node] and wanted[small.head[arc]]
            if small.free[arc] and (fits or small.always[arc]):
                rows[count] = offset + arc
                count += 1
    first_out[len(wanted)] = count
    return count
