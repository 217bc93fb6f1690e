"""Tables: climb from many sources, then sweep down over what leads to the targets, all at once.

RPHAST (Delling, Goldberg and Werneck 2011) with the elimination tree: the vertices above the
targets are taken once per block of sources, whose distances lie side by side as lanes. With all
vertices as targets it is PHAST (Delling, Goldberg, Nowatzyk and Werneck 2011), one to all.
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
        for at in range(above.first[i], above.first[i + 1]):
            higher = dist[above.high[at]]
            x = above.fall[at]
            for lane in range(LANES):
                own[lane] = min(own[lane], cast(higher[lane] + x))


@kernel
def fill_table(
    ch: Chordal,
    rise: Weights,
    above: Above,
    place: NDArray[np.int32],
    ends: tuple[Points, Points],
    out: Weights,
    far: float,
) -> None:
    """Distances from all points to all others; ``out``: output; (n_from, n_to).

    ``ends``: sources and targets; ``above``, ``place``: of the vertices of all targets. Ways along
    a link that both points lie on are not in it.
    """
    source, target = ends
    cast = out.dtype.type
    most = 1 + int(ch.depth.max())
    found = Climb(np.empty(most, out.dtype), np.empty(most, np.int32), np.empty(most, np.int32))
    dist = np.empty((len(above.vertex), LANES), out.dtype)
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
        for t in range(len(target.vertex)):
            a = dist[place[target.vertex[t, 0]]]
            b = dist[place[target.vertex[t, 1]]]
            x = target.begin[t, 0]
            y = target.begin[t, 1]
            for lane in range(count):
                least = min(cast(a[lane] + x), cast(b[lane] + y))
                out[begin + lane, t] = min(least, far)
