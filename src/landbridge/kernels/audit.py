"""Conservation: every box, set and unit is in exactly one place; for debug runs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.events import (
    FAR,
    FREE,
    KEY,
    LIVE,
    NEAR,
    NEXT,
    NONE,
    NOW,
    PLACE,
    STEP,
    USED,
    Agenda,
)
from landbridge.kernels.jit import bare_kernel
from landbridge.kernels.stations import (
    AMOUNT,
    BUSY,
    DEPART,
    FLOW_LOAD,
    FROM,
    GO,
    HEAD,
    HELD,
    KIND,
    LENGTH,
    LOAD,
    OUT_HEAD,
    OUTSIDE,
    OWNER,
    POOL,
    ROOM,
    SETS,
    Stage,
    World,
)

KIND_BITS = 56
BACK, BOX = 3, 4
RIGHT, TWICE, LENGTHS, AGENDA, BOXES, SERVICE, HOLDING, LOADS, FLEET, UNITS = range(10)
"""What is broken: nothing; a row is in two chains; a queue has another length than is written; so
has the event list; boxes under way are not as many as in all places; in service; held; the load in
a room; sets; units out."""
COUNTED = 5
_IN_SERVICE, _HELD, _LOAD, _SETS, _UNITS = range(COUNTED)


@bare_kernel
def count_units(world: World, place: NDArray[np.int64], end: int, found: NDArray[np.int64]) -> None:
    """Add the units that a box has out after the steps of its path before ``end``."""
    step = world.step
    j = end - 1
    while j >= 0 and step[j, OWNER] == step[end, OWNER]:
        if step[j, FROM] != NONE:
            found[step[j, FROM], _UNITS] -= step[j, AMOUNT]
        elif place[step[j, GO], KIND] == POOL:
            found[step[j, GO], _UNITS] += step[j, AMOUNT]
        j -= 1


@bare_kernel
def count_planned(
    world: World, agenda: Agenda, place: NDArray[np.int64], e: int, found: NDArray[np.int64]
) -> int:
    """Count a row of the event list; 1 for a box."""
    row = agenda.row[e]
    kind = row[KEY] >> KIND_BITS
    s = row[PLACE]
    if kind == BOX:
        found[s, _IN_SERVICE] += 1
        count_units(world, place, row[STEP] + 1, found)
        return 1
    if kind == BACK:
        found[s, _SETS if place[s, KIND] == DEPART else _UNITS] += row[STEP]
    return 0


@bare_kernel
def count_queue(
    world: World, agenda: Agenda, stage: Stage, s: int, seen: NDArray[np.int8],
    found: NDArray[np.int64],
) -> int:  # fmt: skip
    """Count the boxes in the room of s and outside; TWICE or LENGTHS where that is wrong."""
    place, row = stage.place, agenda.row
    for head, length in ((HEAD, LENGTH), (OUT_HEAD, OUTSIDE)):
        count = 0
        b = place[s, head]
        while b != NONE and count < place[s, length]:
            if seen[b] == 1:
                return TWICE
            seen[b] = 1
            count += 1
            i = row[b, STEP]
            count_units(world, place, i, found)
            if head == HEAD:
                found[s, _LOAD] += stage.flow[world.step[i, OWNER], FLOW_LOAD]
            elif row[b, PLACE] != NONE:
                found[row[b, PLACE], _HELD] += 1
            b = row[b, NEXT]
        if b != NONE or count != place[s, length]:
            return LENGTHS
    return LENGTHS if place[s, LENGTH] > place[s, ROOM] else RIGHT


@bare_kernel
def compare(place: NDArray[np.int64], found: NDArray[np.int64], fleet: NDArray[np.int64]) -> int:
    """What was found against what is written; ``fleet``: sets at the start."""
    for s in range(len(place)):
        if place[s, HELD] != found[s, _HELD]:
            return HOLDING
        if place[s, KIND] == POOL:
            if place[s, BUSY] != found[s, _UNITS]:
                return UNITS
        elif place[s, BUSY] != found[s, _IN_SERVICE]:
            return SERVICE
        if place[s, KIND] == DEPART:
            if place[s, LOAD] != found[s, _LOAD]:
                return LOADS
            if place[s, SETS] + found[s, _SETS] != fleet[s]:
                return FLEET
    return RIGHT


@bare_kernel
def mark_seen(agenda: Agenda, e: int, seen: NDArray[np.int8]) -> int:
    """Follow a chain of rows to its end; how many, or NONE where one has been seen before."""
    count = 0
    while e != NONE:
        if seen[e] == 1 or e >= agenda.clock[USED]:
            return NONE
        seen[e] = 1
        count += 1
        e = agenda.row[e, NEXT]
    return count


@bare_kernel
def count_agenda(
    world: World, agenda: Agenda, place: NDArray[np.int64], seen: NDArray[np.int8],
    found: NDArray[np.int64],
) -> int:  # fmt: skip
    """Count the event list: how many boxes have an event, or NONE where it is broken."""
    clock = agenda.clock
    boxes = 0
    for at in range(clock[NEAR]):
        e = agenda.what[at]
        if seen[e] == 1 or agenda.due[at] < clock[NOW]:
            return NONE
        seen[e] = 1
        boxes += count_planned(world, agenda, place, e, found)
    far = 0
    for slot in range(len(agenda.day)):
        count = mark_seen(agenda, agenda.day[slot], seen)
        if count == NONE:
            return NONE
        far += count
        e = agenda.day[slot]
        while e != NONE:
            boxes += count_planned(world, agenda, place, e, found)
            e = agenda.row[e, NEXT]
    return boxes if far == clock[FAR] else NONE


@bare_kernel
def audit(
    world: World, agenda: Agenda, stage: Stage, fleet: NDArray[np.int64], seen: NDArray[np.int8],
    found: NDArray[np.int64],
) -> int:  # fmt: skip
    """RIGHT, or what is broken; between two events.

    ``seen``: scratch, zeros; (n_rows,). ``found``: scratch, zeros; (n_stations, COUNTED). O(rows).
    """
    place = stage.place
    boxes = count_agenda(world, agenda, place, seen, found)
    if boxes == NONE:
        return AGENDA
    for s in range(len(place)):
        wrong = count_queue(world, agenda, stage, s, seen, found)
        if wrong != RIGHT:
            return wrong
        boxes += place[s, LENGTH] + place[s, OUTSIDE]
    if mark_seen(agenda, agenda.clock[FREE], seen) == NONE:
        return TWICE
    if boxes != agenda.clock[LIVE]:
        return BOXES
    return compare(place, found, fleet)
