"""Up the elimination tree from one point, and the ways found unpacked to the given arcs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.customize import GIVEN, Chordal, Weights
from landbridge.kernels.jit import kernel

NO_ARC = -1


class Points(NamedTuple):
    """Points, each joined to two vertices (twice the same for a vertex itself)."""

    vertex: NDArray[np.int32]
    """The lower first; (n_points, 2)."""
    begin: Weights
    """Weight between the point and each; ``far`` where closed; (n_points, 2)."""


class Climb(NamedTuple):
    """Distances between a point and the ancestors of its lowest vertex, by depth."""

    dist: Weights
    """``far`` where there is no way; (most depth + 1,)."""
    via: NDArray[np.int32]
    """Last chordal arc on the way up, ``NO_ARC`` where the climb began; as ``dist``."""
    vertex: NDArray[np.int32]
    """The ancestor of each depth; as ``dist``."""


@kernel
def begin_climb(
    ch: Chordal, vertex: NDArray[np.int32], begin: Weights, far: float, found: Climb
) -> int:
    """Stand at a point below all ancestors of the vertices it is joined to; how many these are.

    ``vertex``, ``begin``: the vertices joined to the point and how far they are; each must be an
    ancestor of the first, as both ends of a link are of the lower one. ``found``: output.
    """
    x = int(vertex[0])
    count = int(ch.depth[x]) + 1
    for d in range(count - 1, -1, -1):
        found.dist[d] = far
        found.via[d] = NO_ARC
        found.vertex[d] = x
        x = int(ch.parent[x])
    for k in range(len(vertex)):
        d = ch.depth[vertex[k]]
        found.dist[d] = min(found.dist[d], begin[k])
    return count


@kernel
def step_up(ch: Chordal, weight: Weights, d: int, found: Climb) -> None:
    """Over all arcs up from the ancestor at depth ``d``, whose distance is known."""
    x = found.vertex[d]
    so_far = found.dist[d]
    for e in range(ch.first_up[x], ch.first_up[x + 1]):
        above = ch.up_depth[e]
        if so_far + weight[e] < found.dist[above]:
            found.dist[above] = so_far + weight[e]
            found.via[above] = e


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

    ``weight``: rise, or fall for distances down to the point. The search is the elimination tree's
    (Dibbelt, Strasser and Wagner 2016, section 7.2): no heap, for all that can be reached lies on
    one branch. Others as in ``begin_climb``.
    """
    count = begin_climb(ch, vertex, begin, far, found)
    for d in range(count - 1, 0, -1):
        if found.dist[d] < far:
            step_up(ch, weight, d, found)
    return count


@kernel
def climb_both(
    ch: Chordal,
    weights: tuple[Weights, Weights],
    counts: tuple[int, int],
    far: float,
    climbs: tuple[Climb, Climb],
) -> int:
    """Climb from both ends of a way; the depth at which they meet at the least sum, -1 for none.

    ``climbs``: begun, of so many ancestors each. Above the lowest common ancestor a vertex that is
    as far as the best way so far leads nowhere (ibid.).
    """
    rising, falling = climbs
    common = min(counts[0], counts[1]) - 1
    while common >= 0 and rising.vertex[common] != falling.vertex[common]:
        common -= 1
    for way in range(2):
        for d in range(counts[way] - 1, common, -1):
            if climbs[way].dist[d] < far:
                step_up(ch, weights[way], d, climbs[way])
    best = -1
    least = far
    for d in range(common, -1, -1):
        total = rising.dist[d] + falling.dist[d]
        if total < least:
            least = total
            best = d
        if rising.dist[d] < least:
            step_up(ch, weights[0], d, rising)
        if falling.dist[d] < least:
            step_up(ch, weights[1], d, falling)
    return best


@kernel
def trace_climb(ch: Chordal, found: Climb, depth: int, path: NDArray[np.int32]) -> tuple[int, int]:
    """The chordal arcs from the ancestor at ``depth`` down to where the climb began.

    ``path``: output; (most depth + 1,). Returns how many, and the depth of the beginning.
    """
    count = 0
    while found.via[depth] != NO_ARC:
        arc = found.via[depth]
        # the lower end lies deeper on the same branch: the vertex whose arcs hold this one
        depth += 1
        while not ch.first_up[found.vertex[depth]] <= arc < ch.first_up[found.vertex[depth] + 1]:
            depth += 1
        path[count] = arc
        count += 1
    return count, depth


@kernel
def unpack(
    parts: NDArray[np.int32], arc: int, way: int, stack: NDArray[np.int32], out: NDArray[np.int32]
) -> int:
    """The given arcs of a chordal arc, in the order travelled; how many there are.

    ``parts``: as from ``find_parts``. ``way``: 0 for upwards or 1 for downwards. ``stack``:
    scratch; (most depth + 2, 2) suffices, since lower vertices descend. ``out``: output; nothing is
    written beyond its end, but the count goes on.
    """
    # the parts of what waits are fetched when it is put there, so that it does not wait for them
    one, two = parts[arc, way, 0], parts[arc, way, 1]
    size = 0
    count = 0
    while True:
        if two != GIVEN:
            # down to the lower vertex first; the way up from there waits
            stack[size, 0], stack[size, 1] = parts[two, 0, 0], parts[two, 0, 1]
            size += 1
            one, two = parts[one, 1, 0], parts[one, 1, 1]
            continue
        if count < len(out):
            out[count] = one
        count += 1
        if size == 0:
            return count
        size -= 1
        one, two = stack[size, 0], stack[size, 1]


@kernel
def find_way(
    ch: Chordal,
    parts: NDArray[np.int32],
    weights: tuple[Weights, Weights],
    ends: tuple[Points, Points],
    far: float,
    out: NDArray[np.int32],
) -> tuple[int, int, int]:
    """The given arcs of the way between two points: how many, first and last vertex; -1 for none.

    ``ends``: one point each. ``out``: as in ``unpack``.
    """
    deepest = int(max(ch.depth[ends[0].vertex[0, 0]], ch.depth[ends[1].vertex[0, 0]]))
    most = 1 + deepest
    kind = weights[0].dtype
    rising = Climb(np.empty(most, kind), np.empty(most, np.int32), np.empty(most, np.int32))
    falling = Climb(np.empty(most, kind), np.empty(most, np.int32), np.empty(most, np.int32))
    counts = (
        begin_climb(ch, ends[0].vertex[0], ends[0].begin[0], far, rising),
        begin_climb(ch, ends[1].vertex[0], ends[1].begin[0], far, falling),
    )
    depth = climb_both(ch, weights, counts, far, (rising, falling))
    if depth < 0:
        return -1, -1, -1
    path = np.empty(most, np.int32)
    stack = np.empty((most + 2, 2), np.int32)
    steps, begin = trace_climb(ch, rising, depth, path)
    count = 0
    for k in range(steps - 1, -1, -1):
        count += unpack(parts, path[k], 0, stack, out[count:])
    first = rising.vertex[begin]
    steps, begin = trace_climb(ch, falling, depth, path)
    for k in range(steps):
        count += unpack(parts, path[k], 1, stack, out[count:])
    return count, first, falling.vertex[begin]
