"""Tables: climb from many sources, then sweep down over what leads to the targets, all at once.

RPHAST (Delling, Goldberg and Werneck 2011) with the elimination tree: the vertices above the
targets are taken once per block of sources, whose distances lie side by side as lanes. To all
vertices it is PHAST (Delling, Goldberg, Nowatzyk and Werneck 2011), which runs down within its
output.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.climb import Climb, Points, climb
from landbridge.kernels.customize import Chordal, Weights
from landbridge.kernels.jit import kernel

LANES = 64
"""Sources of a block."""
LINE = 16
"""Figures of int32 on one line of the cache."""
TILE = 64
"""Targets that are copied together."""


class Above(NamedTuple):
    """The vertices above some targets, highest first, and the arcs that lead down to them."""

    vertex: NDArray[np.int32]
    """(k,)."""
    first: NDArray[np.int64]
    """(k + 1,)."""
    high: NDArray[np.int32]
    """Upper end of each arc, as a place in ``vertex``; (first[k],)."""
    fall: Weights
    """(first[k],)."""


@kernel
def mark_above(ch: Chordal, target: NDArray[np.int32], place: NDArray[np.int32]) -> int:
    """Set ``place`` (all -1; (n,)) to 0 for the targets and all ancestors; how many these are.

    Whatever leads down to a target are its ancestors: they hold its higher neighbours.
    """
    count = 0
    for t in target:
        x = t
        while x >= 0 and place[x] < 0:
            place[x] = 0
            count += 1
            x = ch.parent[x]
    return count


@kernel
def gather_above(
    ch: Chordal, place: NDArray[np.int32], vertex: NDArray[np.int32], first: NDArray[np.int64]
) -> None:
    """Number the marked vertices from the highest down into ``place``; fill both other arrays."""
    count = 0
    first[0] = 0
    for v in range(len(place) - 1, -1, -1):
        if place[v] >= 0:
            place[v] = count
            vertex[count] = v
            first[count + 1] = first[count] + ch.first_up[v + 1] - ch.first_up[v]
            count += 1


@kernel
def gather_arcs(ch: Chordal, fall: Weights, place: NDArray[np.int32], above: Above) -> None:
    """Fill the arcs of ``above``, whose vertices are known."""
    for i in range(len(above.vertex)):
        v = above.vertex[i]
        at = above.first[i]
        for e in range(ch.first_up[v], ch.first_up[v + 1]):
            above.high[at] = place[ch.up[e]]
            above.fall[at] = fall[e]
            at += 1


@kernel
def sweep(above: Above, dist: Weights) -> None:
    """Let distances run down to all vertices of ``above``; ``dist``: (k, LANES)."""
    cast = dist.dtype.type
    for i in range(len(above.vertex)):
        own = dist[i]
        at = above.first[i]
        end = above.first[i + 1]
        # two at a time: half as many times are own distances read and written
        while at + 1 < end:
            higher, other = dist[above.high[at]], dist[above.high[at + 1]]
            x, y = above.fall[at], above.fall[at + 1]
            for lane in range(LANES):
                least = min(cast(higher[lane] + x), cast(other[lane] + y))
                own[lane] = min(own[lane], least)
            at += 2
        if at < end:
            higher = dist[above.high[at]]
            x = above.fall[at]
            for lane in range(LANES):
                own[lane] = min(own[lane], cast(higher[lane] + x))


@kernel
def hand_out(
    dist: Weights, place: NDArray[np.int32], target: Points, out: Weights, far: float
) -> None:
    """Copy the distances of targets from columns of lanes to rows of the table.

    ``dist``: swept; (k, LANES). ``out``: output; (lanes in use, n_to). Tile by tile: a lane after
    the other for each target would touch as many pages as there are lanes for every figure. Every
    line of a tile is touched first, so that the memory answers them together.
    """
    cast = out.dtype.type
    tile = np.empty((TILE, LANES), out.dtype)
    touch = 0
    for begin in range(0, len(target.vertex), TILE):
        count = min(TILE, len(target.vertex) - begin)
        for k in range(count):
            a = dist[place[target.vertex[begin + k, 0]]]
            for lane in range(0, LANES, LINE):
                touch += 1 if a[lane] < 0 else 0
        for k in range(count):
            a = dist[place[target.vertex[begin + k, 0]]]
            b = dist[place[target.vertex[begin + k, 1]]]
            x = target.begin[begin + k, 0]
            y = target.begin[begin + k, 1]
            own = tile[k]
            for lane in range(LANES):
                least = min(cast(a[lane] + x), cast(b[lane] + y))
                own[lane] = min(least, cast(far))
        for lane in range(len(out)):
            row = out[lane, begin : begin + count]
            for k in range(count):
                row[k] = tile[k, lane]
    if touch > 0:  # never so, but what is not used is not read
        out[0, 0] = far


@kernel
def fill_table(
    ch: Chordal,
    rise: Weights,
    above: Above,
    place: NDArray[np.int32],
    ends: tuple[Points, Points],
    room: tuple[Weights, Weights],
    far: float,
) -> None:
    """Distances from all points to all others.

    ``room``: scratch, (len(above.vertex), LANES), and output, (n_from, n_to). ``ends``: sources and
    targets; ``above``, ``place``: of the vertices of all targets. Ways along a link that both
    points lie on are not in it.
    """
    source, target = ends
    dist, out = room
    most = 1 + int(ch.depth.max())
    found = Climb(np.empty(most, out.dtype), np.empty(most, np.int32), np.empty(most, np.int32))
    for begin in range(0, len(source.vertex), LANES):
        count = min(LANES, len(source.vertex) - begin)
        dist[:] = far
        for lane in range(count):
            s = begin + lane
            steps = climb(ch, rise, source.vertex[s], source.begin[s], far, found)
            for d in range(steps):
                at = place[found.vertex[d]]
                if at >= 0:
                    dist[at, lane] = found.dist[d]
        sweep(above, dist)
        hand_out(dist, place, target, out[begin : begin + count], far)


class Whole(NamedTuple):
    """All arcs down, by the numbers that vertices have outside."""

    vertex: NDArray[np.int32]
    """Vertex of each rank; (n,)."""
    high: NDArray[np.int32]
    """Upper end of each chordal arc, as a vertex."""


@kernel
def climb_all(
    ch: Chordal, rise: Weights, whole: Whole, rank: NDArray[np.int32], far: float, out: Weights
) -> NDArray[np.bool_]:
    """Climb from up to LANES ranks into rows of ``out``, (n, LANES); which ranks have a row now."""
    begun = np.zeros(len(whole.vertex), np.bool_)
    most = 1 + int(ch.depth.max())
    found = Climb(np.empty(most, out.dtype), np.empty(most, np.int32), np.empty(most, np.int32))
    source, nothing = np.empty(2, np.int32), np.zeros(2, out.dtype)
    for lane in range(len(rank)):
        source[:] = rank[lane]
        for d in range(climb(ch, rise, source, nothing, far, found)):
            v = found.vertex[d]
            row = out[whole.vertex[v]]
            if not begun[v]:
                begun[v] = True
                row[:] = far
            row[lane] = found.dist[d]
    return begun


@kernel
def sweep_all(
    ch: Chordal, fall: Weights, whole: Whole, begun: NDArray[np.bool_], far: float, out: Weights
) -> None:
    """Let distances run down to all vertices; ``out``: (n, LANES), filled where ``begun``.

    A row that no source has climbed to is written by its first arc: nothing is filled beforehand,
    and each row goes to memory once.
    """
    cast = out.dtype.type
    none = cast(far)
    for v in range(len(whole.vertex) - 1, -1, -1):
        own = out[whole.vertex[v]]
        at = ch.first_up[v]
        end = ch.first_up[v + 1]
        if not begun[v]:
            if at == end:
                own[:] = none
            else:
                higher = out[whole.high[at]]
                x = fall[at]
                for lane in range(LANES):
                    own[lane] = min(none, cast(higher[lane] + x))
                at += 1
        # two at a time: half as many times are own distances read and written
        while at + 1 < end:
            higher, other = out[whole.high[at]], out[whole.high[at + 1]]
            x, y = fall[at], fall[at + 1]
            for lane in range(LANES):
                least = min(cast(higher[lane] + x), cast(other[lane] + y))
                own[lane] = min(own[lane], least)
            at += 2
        if at < end:
            higher = out[whole.high[at]]
            x = fall[at]
            for lane in range(LANES):
                own[lane] = min(own[lane], cast(higher[lane] + x))


@kernel
def fill_all(
    ch: Chordal, weight: tuple[Weights, Weights], whole: Whole, rank: NDArray[np.int32], far: float,
    out: Weights,
) -> None:  # fmt: skip
    """Distances from ranks to all vertices; ``out``: (blocks, n, LANES), a rank in each lane.

    ``weight``: of all chordal arcs, up and down.
    """
    for block in range(len(out)):
        some = rank[block * LANES : (block + 1) * LANES]
        begun = climb_all(ch, weight[0], whole, some, far, out[block])
        sweep_all(ch, weight[1], whole, begun, far, out[block])
