"""Entries of the event log, as the kernels write them: what happened to which box at which step."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.stations import LOG_BITS

Longs = NDArray[np.int64]


class Entries(NamedTuple):
    """Columns of some entries in the order of events; each (n,)."""

    time: Longs
    """Ticks since the run began."""
    box: Longs
    """Boxes born before it in the run."""
    what: Longs
    """``LOG_BORN`` ... ``LOG_DONE`` of ``kernels.stations``."""
    step: Longs
    """Row of ``World.step``: it has the station and the path. Born: the first of the path."""
    since: Longs
    """Started: when the box was ready for the step. Done: when it was born."""


def entries(log: Longs) -> Entries:
    """The columns of rows of the log; (n, 4)."""
    time, box, code, since = log.T
    return Entries(time, box, code & ((1 << LOG_BITS) - 1), code >> LOG_BITS, since)
