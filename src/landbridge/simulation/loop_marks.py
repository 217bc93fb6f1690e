"""Where a loop of full rooms may close, so that the engine looks for deadlocks there alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.events import NONE
from landbridge.kernels.stations import END, ENDLESS, FROM, GO, KIND, LOOP, MOST, ROOM, SERVE


def mark_loops(step: NDArray[np.int64], place: NDArray[np.int64]) -> None:
    """LOOP is 1 where a loop of finite servers with finite rooms may close.

    From the graph of servers followed by servers those are taken away that none follows or that
    follow none, until none is left to take away: every loop stays.
    """
    enters = [i for i in range(len(step)) if step[i, FROM] == NONE]
    finite = (place[:, KIND] == SERVE) & (place[:, MOST] < ENDLESS) & (place[:, ROOM] < ENDLESS)
    arcs = [
        (int(step[i, GO]), int(step[j, GO]), j)
        for i, j in pairwise(enters)
        if step[i, GO] != END and step[j, GO] != END
        and finite[step[i, GO]] and finite[step[j, GO]]
    ]  # fmt: skip
    while True:
        tails, heads = {a for a, _, _ in arcs}, {b for _, b, _ in arcs}
        kept = [arc for arc in arcs if arc[0] in heads and arc[1] in tails]
        if len(kept) == len(arcs):
            break
        arcs = kept
    for _, _, j in arcs:
        step[j, LOOP] = 1
