"""What happens to a queue before a place that is shut: it is let through in turn, or given up."""

from __future__ import annotations

from landbridge.kernels.events import NONE, SINCE, STEP, Agenda
from landbridge.kernels.jit import bare_kernel
from landbridge.kernels.moves import begin, leave_world
from landbridge.kernels.stations import (
    DEPART,
    FLOW_LOAD,
    HEAD,
    KIND,
    LENGTH,
    LOAD,
    OUTSIDE,
    OWNER,
    Stage,
    Tally,
    World,
    change,
    list_work,
    pop_first,
)  # fmt: skip

AT_ONCE = 16
"""Boxes that are let through, or lost, in one move."""


@bare_kernel
def next_waiting(agenda: Agenda, stage: Stage, s: int, last: int) -> int:
    """Take the first box out of the room of station s if it waits since ``last`` or longer."""
    place = stage.place
    b = place[s, HEAD]
    if b == NONE or agenda.row[b, SINCE] > last:
        return NONE
    pop_first(agenda, place, s, HEAD)
    change(place, agenda.clock, s, LENGTH, -1)
    return int(b)


@bare_kernel
def let_pass(
    world: World, agenda: Agenda, stage: Stage, tally: Tally, s: int, last: int
) -> bool:  # fmt: skip
    """Begin, at station s, all who wait there since ``last`` or longer; false where some are left.

    They need no server: the station is shut, and its queue is let through in turn.
    """
    for _ in range(AT_ONCE):
        b = next_waiting(agenda, stage, s, last)
        if b == NONE:
            return True
        begin(world, agenda, stage, tally, b, s)
    return False


@bare_kernel
def lose(
    world: World, agenda: Agenda, stage: Stage, tally: Tally, s: int, last: int
) -> bool:  # fmt: skip
    """Lose, at station s, all who wait since ``last`` or longer; false where some are left."""
    place = stage.place
    for _ in range(AT_ONCE):
        b = next_waiting(agenda, stage, s, last)
        if b == NONE:
            return True
        i = agenda.row[b, STEP]
        if place[s, KIND] == DEPART:
            place[s, LOAD] -= stage.flow[world.step[i, OWNER], FLOW_LOAD]
        leave_world(world, agenda, stage, tally, b, i)
        if place[s, OUTSIDE] > 0:
            list_work(stage, agenda.clock, s)
    return False
