"""Deadlocks: loops of stations all of whose servers are held by boxes that want the next room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.events import NEXT, NONE, PLACE, Agenda
from landbridge.kernels.jit import bare_kernel
from landbridge.kernels.stations import (
    BUSY,
    HELD,
    KIND,
    LENGTH,
    MARK,
    MOST,
    OUT_HEAD,
    ROOM,
    SERVE,
)  # fmt: skip


@bare_kernel
def mark_stuck(agenda: Agenda, place: NDArray[np.int64]) -> None:
    """MARK is 1 where no box can ever leave a station's servers, else 0.

    Assume it of all stations that are full of held boxes, then strike out those one of whose boxes
    wants a station that is not in the set, until nothing changes (a greatest fixed point).
    """
    for s in range(len(place)):
        full = place[s, BUSY] == 0 and place[s, HELD] >= place[s, MOST]
        shut = place[s, LENGTH] >= place[s, ROOM]
        place[s, MARK] = 1 if full and shut and place[s, KIND] == SERVE else 0
    changed = True
    while changed:
        changed = False
        for s in range(len(place)):
            b = NONE if place[s, MARK] == 1 else place[s, OUT_HEAD]
            while b != NONE:
                held = agenda.row[b, PLACE]
                if held != NONE and place[held, MARK] == 1:
                    place[held, MARK] = 0
                    changed = True
                b = agenda.row[b, NEXT]


@bare_kernel
def wanted_from(agenda: Agenda, place: NDArray[np.int64], held: int) -> int:
    """A station that a box held at station ``held`` wants, or NONE."""
    for s in range(len(place)):
        b = place[s, OUT_HEAD]
        while b != NONE:
            if agenda.row[b, PLACE] == held:
                return s
            b = agenda.row[b, NEXT]
    return NONE


@bare_kernel
def find_deadlock(agenda: Agenda, place: NDArray[np.int64], s: int) -> int:
    """Look for a deadlock when a box could not get into station s; how long its loop is, or 0.

    Afterwards MARK numbers the stations of the loop from 1, in the order in which boxes want them.
    O(stations * boxes that wait outside), and only called where paths close a loop.
    """
    mark_stuck(agenda, place)
    if place[s, MARK] == 0:
        return 0
    at = s
    for _ in range(len(place)):  # whatever leads into the loop is behind us afterwards
        at = wanted_from(agenda, place, at)
    for k in range(len(place)):
        place[k, MARK] = 0
    length = 0
    while place[at, MARK] == 0:
        length += 1
        place[at, MARK] = length
        at = wanted_from(agenda, place, at)
    return length
