"""The queue before a canal that others use too: how long it lasts once the canal is open again.

Vessels come evenly and pass in the order in which they came (a fluid queue). Where a share ``u`` of
what can pass comes on a usual day, a vessel that comes t hours after the canal was shut for L hours
has u t hours of passings before it: it passes L + u t hours after the canal was shut, and the queue
is gone after L / (1 - u).
"""

from __future__ import annotations

from landbridge.simulation.calendars import OPEN, SHUT
from landbridge.simulation.model import Changes

STEP_H = 1.0
"""Vessels are let through so often."""
GONE_H = 1e-6
"""A queue of so few hours of passings is none."""


def let_through(
    changes: Changes, used: float, hours: float
) -> tuple[Changes, tuple[tuple[float, float], ...]]:
    """When a passage is open to who comes, and by what hours who waits goes on.

    ``changes``: OPEN or SHUT from an hour on, whole hours; ``used``: share of what can pass that
    comes on a usual day, below 1; ``hours``: of the run. Gives the changes with the time of the
    queue as SHUT, and pairs (hour, by when those came who go on then).
    """
    if used <= 0 or not changes:
        return changes, ()
    found: list[tuple[float, int]] = []
    passes: list[tuple[float, float]] = []
    at, state, free = 0, OPEN, True
    done = 0.0
    """Hours of passings that are over; ``used`` times the time has come."""
    t = 0.0
    while t < hours:
        while at < len(changes) and changes[at][0] <= t:
            state = changes[at][1]
            at += 1
        if free and state == SHUT:
            free = False
            found.append((t, SHUT))
        if free:
            done = used * (t + STEP_H)
        else:
            done += STEP_H * state
            passes += [(t + STEP_H, min(done / used, t + STEP_H))] if state else []
            if done >= used * (t + STEP_H) - GONE_H:
                free, done = True, used * (t + STEP_H)
                found.append((t + STEP_H, OPEN))
        t += STEP_H
    return tuple(found), tuple(one for one in passes if one[0] < hours)
