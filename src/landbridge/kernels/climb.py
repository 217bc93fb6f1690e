"""Up the elimination tree from one point, and the ways found unpacked to the given arcs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.chordal import arc_between
from landbridge.kernels.customize import Chordal, Weights
from landbridge.kernels.jit import kernel

NO_ARC = -1


class Climb(NamedTuple):
    """Distances between a point and the ancestors of its lowest vertex, by depth."""

    dist: Weights
    """``far`` where there is no way; (most depth + 1,)."""
    via: NDArray[np.int32]
    """Last chordal arc on the way up, ``NO_ARC`` where the climb began; as ``dist``."""
    vertex: NDArray[np.int32]
    """The ancestor of each depth; as ``dist``."""


@kernel
def climb(
    ch: Chordal,
    weight: Weights,
    vertex: NDArray[np.int32],
    begin: Weights,
    far: float,
    found: Climb,
) -> int:
    """Distances from a point to all ancestors of the vertices it is joined to; how many there are.

    ``weight``: rise, or fall for distances down to the point. ``vertex``, ``begin``: the vertices
    joined to the point and how far they are; each must be an ancestor of the first, as both ends of
    a link are of the lower one. ``found``: output. The search is the elimination tree's (Dibbelt,
    Strasser and Wagner 2016, section 7.2): no heap, for all that can be reached lies on one branch.
    """
    low = vertex[0]
    count = int(ch.depth[low]) + 1
    x = low
    for d in range(count - 1, -1, -1):
        found.dist[d] = far
        found.via[d] = NO_ARC
        found.vertex[d] = x
        x = ch.parent[x]
    for k in range(len(vertex)):
        d = ch.depth[vertex[k]]
        found.dist[d] = min(found.dist[d], begin[k])
    for d in range(count - 1, 0, -1):
        x = found.vertex[d]
        so_far = found.dist[d]
        for e in range(ch.first_up[x], ch.first_up[x + 1]):
            above = ch.depth[ch.up[e]]
            if so_far + weight[e] < found.dist[above]:
                found.dist[above] = so_far + weight[e]
                found.via[above] = e
    return count


@kernel
def meet_above(
    rising: Climb, falling: Climb, counts: tuple[int, int], far: float
) -> tuple[int, float]:
    """Where two climbs meet at the least sum: depth and sum; -1 and ``far`` if nowhere."""
    best = -1
    least = far
    for d in range(min(counts[0], counts[1])):
        if rising.vertex[d] != falling.vertex[d]:
            break
        total = rising.dist[d] + falling.dist[d]
        if total < least:
            least = total
            best = d
    return best, least


@kernel
def trace_climb(ch: Chordal, found: Climb, depth: int, path: NDArray[np.int32]) -> tuple[int, int]:
    """The chordal arcs from the ancestor at ``depth`` down to where the climb began.

    ``path``: output, arc and depth of its lower end; (most depth + 1, 2). Returns how many, and the
    depth of the beginning.
    """
    count = 0
    while found.via[depth] != NO_ARC:
        arc = found.via[depth]
        # the lower end lies deeper on the same branch: the vertex whose arcs hold this one
        depth += 1
        while not ch.first_up[found.vertex[depth]] <= arc < ch.first_up[found.vertex[depth] + 1]:
            depth += 1
        path[count, 0] = arc
        path[count, 1] = depth
        count += 1
    return count, depth


@kernel
def unpack(
    ch: Chordal,
    found: tuple[NDArray[np.int32], NDArray[np.int32]],
    arc: tuple[int, int, int],
    stack: NDArray[np.int32],
    out: NDArray[np.int32],
) -> int:
    """The given arcs of a chordal arc, in the order travelled; how many there are.

    ``found``: as from ``find_middles`` and ``lightest_given``. ``arc``: its number, its lower end,
    and 0 for upwards or 1 for downwards. ``stack``: scratch; (most depth + 2, 3) suffices, since
    middles descend. ``out``: output; nothing is written beyond its end, but the count goes on.
    """
    middle, pick = found
    stack[0, 0], stack[0, 1], stack[0, 2] = arc
    size = 1
    count = 0
    while size > 0:
        size -= 1
        at = stack[size, 0]
        low = int(stack[size, 1])
        way = stack[size, 2]
        x = int(middle[at, way])
        if x < 0:
            if count < len(out):
                out[count] = pick[at, way]
            count += 1
            continue
        # upwards low -> x -> high: down to x first, so that goes onto the stack last
        high = int(ch.up[at])
        above = high if way == 0 else low
        below = low if way == 0 else high
        stack[size, 0] = arc_between(ch.first_up, ch.up, x, above)
        stack[size, 1] = x
        stack[size, 2] = 0
        stack[size + 1, 0] = arc_between(ch.first_up, ch.up, x, below)
        stack[size + 1, 1] = x
        stack[size + 1, 2] = 1
        size += 2
    return count


@kernel
def unpack_way(
    ch: Chordal,
    found: tuple[NDArray[np.int32], NDArray[np.int32]],
    climbs: tuple[Climb, Climb],
    depth: int,
    scratch: tuple[NDArray[np.int32], NDArray[np.int32]],
    out: NDArray[np.int32],
) -> tuple[int, int, int]:
    """The given arcs of the way that meets at ``depth``: how many, first and last vertex.

    ``found``: middle and pick. ``climbs``: from the origin, and to the destination. ``scratch``:
    path and stack, as above. ``out``: as in ``unpack``.
    """
    path, stack = scratch
    steps, begin = trace_climb(ch, climbs[0], depth, path)
    count = 0
    for k in range(steps - 1, -1, -1):
        arc = (int(path[k, 0]), int(climbs[0].vertex[path[k, 1]]), 0)
        count += unpack(ch, found, arc, stack, out[count:])
    first = climbs[0].vertex[begin]
    steps, begin = trace_climb(ch, climbs[1], depth, path)
    for k in range(steps):
        arc = (int(path[k, 0]), int(climbs[1].vertex[path[k, 1]]), 1)
        count += unpack(ch, found, arc, stack, out[count:])
    return count, first, climbs[1].vertex[begin]
