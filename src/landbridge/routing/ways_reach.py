"""Searches inside cells: from a stop or a gate to the gates and stops of the same cell."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from landbridge.kernels.tree import Tree, grow_tree, new_tree
from landbridge.routing.attach import Stops
from landbridge.routing.kept import digest
from landbridge.routing.ways_ground import Gates, Ground
from landbridge.schema.column import Floats, Ints
from landbridge.store.shelf import shelf, version_of

WORTH_THREADS = 16
"""Fewer searches than this are not worth a second thread."""


class CellSearch:
    """Room for searches inside the cells of one ground, used again and again by one thread."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.tree: Tree = new_tree(ground.inside.graph, 2)

    def grow(self, cell: int, start: Ints, start_km: Floats, target: Ints) -> None:
        """Fill the tree inside ``cell`` until all of ``target`` (ascending) are settled."""
        inside = self.ground.inside
        self.tree.dist[inside.first[cell] : inside.first[cell + 1]] = np.inf
        grow_tree(inside.graph, inside.km, start, start_km, target, self.tree)


@dataclass(frozen=True, eq=False)
class Reach:
    """Stop -> vertices of the upper graph, and the km to each; CSR."""

    first: Ints
    vertex: Ints
    km: Floats


class ReachBook:
    """What was found for stops on one ground; forgotten with the stops."""

    def __init__(self, ground: Ground, gates: Gates) -> None:
        self.ground = ground
        self.gates = gates
        self._reach: WeakKeyDictionary[Stops, Reach] = WeakKeyDictionary()
        self._direct: WeakKeyDictionary[Stops, WeakKeyDictionary[Stops, Floats]] = (
            WeakKeyDictionary()
        )

    def between(self, start: Stops, to: Stops) -> tuple[Reach, Reach, Floats]:
        """Both reaches, and the km of the ways inside one cell or link; (n_from, n_to), inf: none.

        Links are usable both ways, so one search serves both directions; it runs from the side
        with fewer stops.
        """
        direct = self._known(start, to)
        if direct is None:
            turned = len(to) < len(start)
            few, many = (to, start) if turned else (start, to)
            reach, found = _search(self, few, many)
            self._reach.setdefault(few, reach)
            self._direct.setdefault(few, WeakKeyDictionary())[many] = found
            direct = found.T if turned else found
        return self._of(start), self._of(to), np.ascontiguousarray(direct)

    def _known(self, start: Stops, to: Stops) -> Floats | None:
        forth = self._direct.get(start)
        if forth is not None and to in forth:
            return forth[to]
        back = self._direct.get(to)
        if back is not None and start in back:
            return back[start].T
        for k, some in enumerate((start, to)):
            if some.part is not None:
                whole, rows = some.part
                more = self._known(whole, to) if k == 0 else self._known(start, whole)
                if more is not None:
                    return more[rows] if k == 0 else more[:, rows]
        return None

    def _of(self, stops: Stops) -> Reach:
        found = self._reach.get(stops)
        if found is None and stops.part is not None and stops.part[0] in self._reach:
            return _some(self._reach[stops.part[0]], stops.part[1])
        if found is None:
            # ways among them come with the same searches, and tables of terminals want both
            found, direct = _taken(self, stops) or _searched(self, stops)
            self._reach[stops] = found
            self._direct.setdefault(stops, WeakKeyDictionary())[stops] = direct
        return found


def _some(whole: Reach, rows: Ints) -> Reach:
    """The reach of some of the stops."""
    count = np.diff(whole.first)[rows]
    first = np.zeros(len(rows) + 1, np.int32)
    np.cumsum(count, out=first[1:])
    begin: Ints = whole.first[rows] - first[:-1]
    at = np.repeat(begin, count) + np.arange(first[-1], dtype=np.int32)
    return Reach(first, whole.vertex[at], whole.km[at])


WORTH_KEEPING = 100
"""So many stops are worth a place on the shelf: the terminals, not the doors of one question."""


def _name(book: ReachBook, stops: Stops) -> str:
    gates = digest(book.gates.vertex, book.gates.upper, book.gates.first).hex()
    version = version_of("kernels", "routing")
    return f"reach {version} {book.ground.name} {gates} {stops.name}"


def _taken(book: ReachBook, stops: Stops) -> tuple[Reach, Floats] | None:
    """What was found for these stops in another run; None where it is not there, or not whole."""
    count = len(stops)
    held = shelf().take(_name(book, stops)) if count >= WORTH_KEEPING else None
    if held is None:
        return None
    first, vertex = held["first"].astype(np.int32), held["vertex"].astype(np.int32)
    km, direct = held["km"].astype(np.float64), held["direct"].astype(np.float64)
    whole = (
        len(first) == count + 1
        and first[0] == 0
        and first[-1] == len(vertex) == len(km)
        and bool((np.diff(first) >= 0).all())
        and vertex.min(initial=0) >= 0
        and vertex.max(initial=-1) < len(book.gates.node)
        and direct.shape == (count, count)
    )
    return (Reach(first, vertex, km), direct) if whole else None


def _searched(book: ReachBook, stops: Stops) -> tuple[Reach, Floats]:
    reach, direct = _search(book, stops, stops)
    if len(stops) >= WORTH_KEEPING:
        held = {"first": reach.first, "vertex": reach.vertex, "km": reach.km, "direct": direct}
        shelf().put(_name(book, stops), held)
    return reach, direct


def in_threads(count: int, work: Callable[[range], None]) -> None:
    """Do ``work`` on ranges that make up ``range(count)``, on all cores where it is worth it.

    Results must not depend on how the ranges are cut.
    """
    cores = min(os.cpu_count() or 1, 8, max(1, count // WORTH_THREADS))
    if cores == 1:
        work(range(count))
        return
    with ThreadPoolExecutor(cores) as pool:
        for done in [pool.submit(work, range(k, count, cores)) for k in range(cores)]:
            done.result()


def _search(book: ReachBook, stops: Stops, to: Stops) -> tuple[Reach, Floats]:
    ground, gates = book.ground, book.gates
    found: list[tuple[Ints, Floats]] = [(np.empty(0, np.int32), np.empty(0))] * len(stops)
    direct = np.full((len(stops), len(to)), np.inf)
    neighbours = _by_cell(ground, to)

    def targets(cell: int) -> Ints:
        wanted = gates.vertex[gates.of_cell(cell)]
        if cell not in neighbours:
            return wanted
        ends = ground.inside.link_vertex[to.link[neighbours[cell]]]
        return np.unique(np.concatenate([wanted, ends.ravel()]))

    def work(ours: range) -> None:
        search = CellSearch(ground)
        for k in ours:
            if stops.link[k] < 0:
                continue
            _along_one_link(stops, k, to, direct[k])
            cell = int(ground.inside.link_cell[stops.link[k]])
            if cell < 0:
                found[k] = _ends(book, stops, k)
            else:
                _grow_from(search, stops, k, targets(cell))
                found[k] = _gates_reached(search, gates, cell)
                if cell in neighbours:
                    _take_direct(search, to, neighbours[cell], direct[k])

    in_threads(len(stops), work)
    first = np.zeros(len(stops) + 1, np.int32)
    np.cumsum([len(vertex) for vertex, _ in found], out=first[1:])
    vertex = np.concatenate([v for v, _ in found] or [np.empty(0)]).astype(np.int32)
    return Reach(first, vertex, np.concatenate([km for _, km in found] or [np.empty(0)])), direct


def _by_cell(ground: Ground, to: Stops) -> dict[int, Ints]:
    """Cell -> stops of ``to`` that lie in it."""
    found: dict[int, list[int]] = {}
    for j in np.flatnonzero(to.link >= 0).tolist():
        cell = int(ground.inside.link_cell[to.link[j]])
        if cell >= 0:
            found.setdefault(cell, []).append(j)
    return {cell: np.array(stops, np.int32) for cell, stops in found.items()}


def _along_one_link(stops: Stops, k: int, to: Stops, direct: Floats) -> None:
    """Stops on the very same link are joined along it."""
    same = to.link == stops.link[k]
    direct[same] = np.abs(to.along_km[same] - stops.along_km[k])


def _ends(book: ReachBook, stops: Stops, k: int) -> tuple[Ints, Floats]:
    """A stop on a special link reaches both of its ends."""
    link, links = stops.link[k], book.ground.links
    ends = book.gates.upper_of(np.array([links.tail[link], links.head[link]], np.int32))
    return ends, np.array([stops.along_km[k], links.km[link] - stops.along_km[k]])


def _grow_from(search: CellSearch, stops: Stops, k: int, target: Ints) -> None:
    inside = search.ground.inside
    link = stops.link[k]
    cell = int(inside.link_cell[link])
    start_km = np.array([stops.along_km[k], search.ground.links.km[link] - stops.along_km[k]])
    if len(target):
        search.grow(cell, inside.link_vertex[link], start_km, target)
    else:  # nothing is wanted of it; a search without targets would run through the whole cell
        search.tree.dist[inside.first[cell] : inside.first[cell + 1]] = np.inf


def _gates_reached(search: CellSearch, gates: Gates, cell: int) -> tuple[Ints, Floats]:
    ours = gates.of_cell(cell)
    km = search.tree.dist[gates.vertex[ours]]
    reached = np.isfinite(km)
    return gates.upper[ours][reached], km[reached]


def _take_direct(search: CellSearch, to: Stops, near: Ints, direct: Floats) -> None:
    """Ways inside the cell, by either end of the other stop's link."""
    links, inside = search.ground.links, search.ground.inside
    link = to.link[near]
    km = search.tree.dist[inside.link_vertex[link]]
    by_tail = km[:, 0] + to.along_km[near]
    by_head = km[:, 1] + links.km[link] - to.along_km[near]
    direct[near] = np.minimum(direct[near], np.minimum(by_tail, by_head))
