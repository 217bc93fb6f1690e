"""The graphs that are measured on: railways, highways and sea lanes of the world, and grids.

Those of the world come from the package scgraph_data (c) OpenStreetMap contributors; it is read as
text, its lengths become whole metres, and the largest part that hangs together is kept.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from landbridge.build.rawland import read_graph
from landbridge.kernels.graph import join_ends

KEPT = Path(__file__).parent.parent / ".cache" / "bench"
WORLD = {"rail": "world_railways", "highways+sea": "world_highways_and_marnet"}
CENTRE = 50.0, 10.0
"""Parts of a network are the vertices nearest to this point (latitude, longitude)."""
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Streets:
    """A graph in which every link has two arcs: k forth and m / 2 + k back."""

    name: str
    lat: Floats
    lon: Floats
    tail: Ints
    head: Ints
    metres: Ints

    @property
    def n(self) -> int:
        """Vertices."""
        return len(self.lat)


def world(name: str) -> Streets:
    """One of ``WORLD``; read once and kept."""
    path = KEPT / f"{WORLD[name]}.npz"
    if not path.exists():
        spec = importlib.util.find_spec("scgraph_data")
        if spec is None or spec.origin is None:
            raise RuntimeError("scgraph_data is not installed; run `make bench`")
        draft = read_graph(Path(spec.origin).parent / f"{WORLD[name]}.py")
        ends = draft.tail.astype(np.int32), draft.head.astype(np.int32)
        metres = np.maximum(1, np.rint(1000 * draft.km)).astype(np.int32)
        path.parent.mkdir(parents=True, exist_ok=True)
        np.savez(path, lat=draft.lat, lon=draft.lon, tail=ends[0], head=ends[1], metres=metres)
    with np.load(path) as kept:
        column = {key: kept[key] for key in kept.files}
    everywhere = np.ones(len(column["lat"]), np.bool_)
    links = column["tail"], column["head"], column["metres"]
    return _largest(name, (column["lat"], column["lon"]), links, everywhere)


def part(of: Streets, share: float, name: str) -> Streets:
    """The share of the vertices that lies nearest to ``CENTRE``, as far as it hangs together."""
    phi, theta = np.radians(of.lat), np.radians(of.lon)
    a, b = np.radians(CENTRE)
    near = np.sin(phi) * np.sin(a) + np.cos(phi) * np.cos(a) * np.cos(theta - b)
    kept = np.zeros(of.n, np.bool_)
    kept[np.argsort(-near, kind="stable")[: round(share * of.n)]] = True
    half = len(of.tail) // 2
    links = of.tail[:half], of.head[:half], of.metres[:half]
    return _largest(name, (of.lat, of.lon), links, kept)


def _largest(
    name: str,
    points: tuple[Floats, Floats],
    links: tuple[Ints, Ints, Ints],
    kept: NDArray[np.bool_],
) -> Streets:
    """The largest part that hangs together of the vertices that are kept, both ways."""
    tail, head, metres = links
    root = np.empty(len(kept), np.int32)
    join_ends(tail, head, kept[tail] & kept[head], root)
    chosen = root == np.bincount(root, weights=kept).argmax()
    number = (np.cumsum(chosen) - 1).astype(np.int32)
    inside = chosen[tail] & chosen[head]
    a, b, w = number[tail[inside]], number[head[inside]], metres[inside]
    return _both_ways(name, (points[0][chosen], points[1][chosen]), (a, b, w))


def _both_ways(name: str, points: tuple[Floats, Floats], links: tuple[Ints, Ints, Ints]) -> Streets:
    a, b, metres = links
    return Streets(
        name,
        *points,
        np.concatenate([a, b]),
        np.concatenate([b, a]),
        np.concatenate([metres, metres]),
    )


def grid(side: int) -> Streets:
    """A square of ``side`` x ``side`` crossings whose streets are 1 to 1,000 m long, by chance."""
    number = np.arange(side * side, dtype=np.int32).reshape(side, side)
    a = np.concatenate([number[:, :-1].ravel(), number[:-1].ravel()])
    b = np.concatenate([number[:, 1:].ravel(), number[1:].ravel()])
    metres = np.random.default_rng(side).integers(1, 1001, len(a)).astype(np.int32)
    row, column = np.divmod(number.ravel(), side)
    return _both_ways(f"grid {side}", (row / side, column / side), (a, b, metres))


def pairs(n: int, count: int, seed: int = 42) -> tuple[Ints, Ints]:
    """Vertices to start from and to go to, by chance."""
    rng = np.random.default_rng(seed)
    start, end = rng.integers(0, n, count), rng.integers(0, n, count)
    return start.astype(np.int32), end.astype(np.int32)
