"""Weights of the chordal arcs: all at once, or only those that a few changes touch.

Customization by lower triangles (Dibbelt, Strasser and Wagner 2016, section 6). Each chordal arc
has two weights, upwards and downwards; where they are always equal the same array may be given for
both. Weights are int32 with ``far`` = 10^9 or float64 with ``far`` = inf: ``far`` is no way, and
two of it can be added up.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.chordal import arc_between
from landbridge.kernels.heap import Heap, pop, push
from landbridge.kernels.jit import kernel

Weights = NDArray[np.int32 | np.float64]
GIVEN = -1
"""In place of a second part: the first is a given arc."""
FEW = 8
"""Lists so many times as long as one another are searched, not merged."""
INT_FAR = 1_000_000_000
"""No way, in whole numbers; what weighs so much or more cannot be told from it."""


class Chordal(NamedTuple):
    """The hierarchy over an order; vertices by rank, arcs from the lower to the higher."""

    first_up: NDArray[np.int64]
    """(n + 1,)."""
    up: NDArray[np.int32]
    """Higher end of each arc, ascending per vertex; (n_arcs,)."""
    parent: NDArray[np.int32]
    """In the elimination tree, -1 at a root; (n,)."""
    depth: NDArray[np.int32]
    """Steps to the root; (n,)."""
    up_depth: NDArray[np.int32]
    """Those of the higher end of each arc; (n_arcs,)."""


class Given(NamedTuple):
    """The arcs that were given, sorted by the chordal arc they lie on, upward ones first."""

    first: NDArray[np.int64]
    """Chordal arc k has the entries ``first[2 k]`` to ``first[2 k + 1]`` upwards and on to
    ``first[2 k + 2]`` downwards; (2 n_arcs + 1,)."""
    arc: NDArray[np.int32]
    """(n_given,)."""


class Down(NamedTuple):
    """Vertex -> arcs that end in it, by their lower end."""

    first: NDArray[np.int64]
    """(n + 1,)."""
    low: NDArray[np.int32]
    """Lower end, ascending per vertex; (n_arcs,)."""
    arc: NDArray[np.int32]
    """(n_arcs,)."""


@kernel
def customize(
    ch: Chordal, given: Given, weight: Weights, rise: Weights, fall: Weights, far: float
) -> None:
    """Fill ``rise`` and ``fall`` (weights up and down; (n_arcs,)) from those of the given arcs.

    ``weight``: of the given arcs, >= 0 or ``far``; (n_given,).
    """
    for k in range(len(ch.up)):
        rise[k] = far
        fall[k] = far
    for k in range(len(ch.up)):
        for at in range(given.first[2 * k], given.first[2 * k + 1]):
            rise[k] = min(rise[k], weight[given.arc[at]])
        for at in range(given.first[2 * k + 1], given.first[2 * k + 2]):
            fall[k] = min(fall[k], weight[given.arc[at]])
    cast = rise.dtype.type  # whole numbers stay as narrow as they are
    for v in range(len(ch.parent)):
        end = ch.first_up[v + 1]
        for e in range(ch.first_up[v], end):
            down = fall[e]
            upward = rise[e]
            at = ch.first_up[ch.up[e]]
            # both lists ascend, and elimination has joined all pairs: the partner is always found
            for f in range(e + 1, end):
                top = ch.up[f]
                while ch.up[at] != top:
                    at += 1
                x = cast(down + rise[f])
                y = cast(fall[f] + upward)
                rise[at] = min(rise[at], x)
                fall[at] = min(fall[at], y)


@kernel
def find_parts(
    ch: Chordal, given: Given, weight: Weights, weights: tuple[Weights, Weights],
    parts: NDArray[np.int32], far: float,
) -> None:  # fmt: skip
    """What each chordal arc is made of, up and down; ``parts``: output; (n_arcs, 2, 2).

    Either the lightest given arc (of equals the first) and ``GIVEN``, where none is lighter; or the
    two chordal arcs by way of a lower vertex, in the order travelled. ``weights``: rise and fall
    after ``customize``; where they are ``far`` the parts mean nothing.
    """
    rise, fall = weights
    pick_given(given, weight, weights, parts, far)
    for v in range(len(ch.parent)):
        end = ch.first_up[v + 1]
        for e in range(ch.first_up[v], end):
            at = ch.first_up[ch.up[e]]
            for f in range(e + 1, end):
                while ch.up[at] != ch.up[f]:
                    at += 1
                if fall[e] + rise[f] == rise[at] and not is_given(parts[at, 0]):
                    parts[at, 0, 0], parts[at, 0, 1] = e, f
                if fall[f] + rise[e] == fall[at] and not is_given(parts[at, 1]):
                    parts[at, 1, 0], parts[at, 1, 1] = f, e


@kernel
def is_given(parts: NDArray[np.int32]) -> bool:
    """Whether the parts (2,) of a chordal arc are one given arc."""
    return parts[0] != GIVEN and parts[1] == GIVEN


@kernel
def pick_given(
    given: Given, weight: Weights, weights: tuple[Weights, Weights], parts: NDArray[np.int32],
    far: float,
) -> None:  # fmt: skip
    """Begin ``find_parts``: the lightest given arcs, where nothing is lighter."""
    for k in range(len(parts)):
        for way in range(2):
            own = weights[way]
            best = far
            parts[k, way, 0] = GIVEN
            parts[k, way, 1] = GIVEN
            for at in range(given.first[2 * k + way], given.first[2 * k + way + 1]):
                if weight[given.arc[at]] < best:
                    best = weight[given.arc[at]]
                    parts[k, way, 0] = given.arc[at]
            if best > own[k]:
                parts[k, way, 0] = GIVEN


@kernel
def turn_down(ch: Chordal, down: Down) -> None:
    """Fill ``down`` from ``ch`` (counting sort)."""
    n = len(ch.parent)
    down.first[:] = 0
    for k in range(len(ch.up)):
        down.first[ch.up[k] + 1] += 1
    for v in range(n):
        down.first[v + 1] += down.first[v]
    for v in range(n):
        for k in range(ch.first_up[v], ch.first_up[v + 1]):
            at = down.first[ch.up[k]]
            down.low[at] = v
            down.arc[at] = k
            down.first[ch.up[k]] += 1
    for v in range(n, 0, -1):
        down.first[v] = down.first[v - 1]
    down.first[0] = 0


@kernel
def weigh_again(
    ch: Chordal,
    down: Down,
    weights: tuple[Weights, Weights],
    ends: tuple[int, int],
    least: tuple[float, float],
) -> tuple[float, float]:
    """What arc ``ends`` (low, high) weighs up and down by its given arcs and lower triangles.

    ``least``: of its given arcs. The same sums as in ``customize``, so the same bits.
    """
    rise, fall = weights
    low, high = ends
    a = down.first[low]
    b = down.first[high]
    x, y = least
    if down.first[high + 1] - b > FEW * (down.first[low + 1] - a):
        # a high vertex lies above very many: ask each of the few for its arc to it
        for at in range(a, down.first[low + 1]):
            under = down.low[at]
            f = arc_between(ch.first_up, ch.up, under, high)
            if f < ch.first_up[under + 1] and ch.up[f] == high:
                e = down.arc[at]
                x = min(x, fall[e] + rise[f])
                y = min(y, fall[f] + rise[e])
        return x, y  # pyright: ignore[reportReturnType] - numbers of either kind
    while a < down.first[low + 1] and b < down.first[high + 1]:
        if down.low[a] == down.low[b]:
            e = down.arc[a]
            f = down.arc[b]
            x = min(x, fall[e] + rise[f])
            y = min(y, fall[f] + rise[e])
            a += 1
            b += 1
        elif down.low[a] < down.low[b]:
            a += 1
        else:
            b += 1
    return x, y  # pyright: ignore[reportReturnType] - numbers of either kind


@kernel
def moves(sums: tuple[float, float], least: float) -> bool:
    """Whether the least of some sums may change when one of them does, from first to second."""
    return sums[1] < least or (sums[0] == least and sums[1] > least)


@kernel
def pass_on(
    ch: Chordal,
    weights: tuple[Weights, Weights],
    arc: tuple[int, int],
    before: tuple[float, float],
    queue: tuple[NDArray[np.bool_], Heap, int],
) -> int:
    """Queue the arcs that a change of one of their lower triangles may move; the heap's new size.

    ``arc``: its number and lower end. ``before``: its weights up and down before the change.
    """
    rise, fall = weights
    k, low = arc
    waiting, heap, size = queue
    for other in range(ch.first_up[low], ch.first_up[low + 1]):
        if other == k:
            continue
        a = min(ch.up[k], ch.up[other])
        b = max(ch.up[k], ch.up[other])
        hit = arc_between(ch.first_up, ch.up, a, b)
        if waiting[hit]:
            continue
        # the sums over ``low`` before and now, of this arc up and of this arc down
        ups = before[0] + fall[other], rise[k] + fall[other]
        downs = before[1] + rise[other], fall[k] + rise[other]
        # down to ``low`` and up again: if this arc's upper end is the lower one, it comes down
        if k < other:
            ups, downs = downs, ups
        if moves(ups, rise[hit]) or moves(downs, fall[hit]):
            waiting[hit] = True
            size = push(heap, size, float(hit), hit)
    return size


@kernel
def customize_again(
    hierarchy: tuple[Chordal, Given, Down],
    weight: Weights,
    weights: tuple[Weights, Weights],
    touched: NDArray[np.int32],
    scratch: tuple[Heap, NDArray[np.bool_]],
    far: float,
) -> int:
    """Mend ``weights`` (rise, fall) after changes on the chordal arcs ``touched``.

    ``weight``: of the given arcs, changed already. ``scratch``: (n_arcs,) each, the flags all
    false; they are left so. Arcs are taken in ascending order, which no change runs against, and
    only arcs that owe their weight to one that changed, or are undercut by it, are weighed again
    (ibid., section 7.5). Returns how many.
    """
    ch, given, down = hierarchy
    rise, fall = weights
    heap, waiting = scratch
    size = 0
    for k in touched:
        if not waiting[k]:
            waiting[k] = True
            size = push(heap, size, float(k), k)
    count = 0
    while size > 0:
        _, k = pop(heap, size)
        size -= 1
        waiting[k] = False
        count += 1
        x = far
        y = far
        for at in range(given.first[2 * k], given.first[2 * k + 1]):
            x = min(x, weight[given.arc[at]])
        for at in range(given.first[2 * k + 1], given.first[2 * k + 2]):
            y = min(y, weight[given.arc[at]])
        low = int(np.searchsorted(ch.first_up, k, side="right")) - 1
        x, y = weigh_again(ch, down, weights, (low, int(ch.up[k])), (x, y))  # pyright: ignore[reportArgumentType] - same
        before = rise[k], fall[k]
        if x == before[0] and y == before[1]:
            continue
        rise[k] = x
        fall[k] = y
        size = pass_on(ch, weights, (k, low), before, (waiting, heap, size))
    return count
