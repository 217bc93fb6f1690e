"""The network while it is being built: plain arrays that each step replaces by better ones."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from landbridge.schema.column import ALWAYS, NEVER
from landbridge.units import EARTH_RADIUS_KM, OPEN

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]


def great_circle_km(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Great-circle distance by the haversine formula, element by element; degrees in, km out."""
    a, b, c, d = (np.radians(values) for values in (lat1, lon1, lat2, lon2))
    square = np.sin((c - a) / 2) ** 2 + np.cos(a) * np.cos(c) * np.sin((d - b) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(square, 0, 1)))


def on_sphere(lat: Floats, lon: Floats) -> Floats:
    """Points of the unit sphere, (n, 3), so that near points are near in a KD tree everywhere."""
    a, b = np.radians(lat), np.radians(lon)
    return np.column_stack([np.cos(a) * np.cos(b), np.cos(a) * np.sin(b), np.sin(a)])


@dataclass(frozen=True, eq=False)
class Draft:
    """Nodes and undirected links of one mode.

    ``lat``, ``lon``: degrees, (n,). Every other column has a row per link. ``source`` and
    ``section`` index lists that the recipe holds; ``section`` is -1 where there is none.
    """

    lat: Floats
    lon: Floats
    tail: Ints
    head: Ints
    km: Floats
    gauge_mm: Ints
    section: Ints
    status: Ints
    opens: Ints
    closes: Ints
    source: Ints

    @classmethod
    def raw(cls, lat: Floats, lon: Floats, tail: Ints, head: Ints, km: Floats) -> Draft:
        """A network as it comes: open, without gauge or section, from source 0."""
        links = len(tail)
        fill = np.full
        return cls(
            lat, lon, tail, head, km,
            fill(links, 0), fill(links, -1), fill(links, OPEN),
            fill(links, ALWAYS), fill(links, NEVER), fill(links, 0),
        )  # fmt: skip

    @property
    def ordinary(self) -> Flags:
        """Links that are open and always were: those that stitching may rely on."""
        return (self.status == OPEN) & (self.opens == ALWAYS) & (self.closes == NEVER)

    def add_nodes(self, lat: Floats, lon: Floats) -> tuple[Draft, Ints]:
        """With further nodes; also their numbers."""
        first = len(self.lat)
        numbers = np.arange(first, first + len(lat))
        grown = replace(
            self, lat=np.concatenate([self.lat, lat]), lon=np.concatenate([self.lon, lon])
        )
        return grown, numbers

    def add_links(self, links: Draft) -> Draft:
        """With the links of another draft over the same nodes."""
        both = {
            name: np.concatenate([getattr(self, name), getattr(links, name)])
            for name in LINK_COLUMNS
        }
        return replace(self, **both)

    def join(self, tail: Ints, head: Ints, km: Floats, source: int) -> Draft:
        """With plain links between existing nodes."""
        links = Draft.raw(self.lat, self.lon, tail, head, km)
        return self.add_links(replace(links, source=np.full(len(tail), source)))

    def keep_links(self, keep: Flags) -> Draft:
        """Only these links; nodes stay."""
        return replace(self, **{name: getattr(self, name)[keep] for name in LINK_COLUMNS})

    def matrix(self, links: Flags | None = None) -> csr_matrix:
        """Symmetric matrix of km with the shortest of parallel links; SciPy would add them up."""
        chosen = np.ones(len(self.tail), bool) if links is None else links
        chosen &= self.tail != self.head
        low = np.minimum(self.tail, self.head)[chosen]
        high = np.maximum(self.tail, self.head)[chosen]
        km = np.maximum(self.km[chosen], 1e-6)
        order = np.lexsort((km, high, low))
        low, high, km = low[order], high[order], km[order]
        first = np.ones(len(low), bool)
        first[1:] = (low[1:] != low[:-1]) | (high[1:] != high[:-1])
        low, high, km = low[first], high[first], km[first]
        size = (len(self.lat), len(self.lat))
        rows, columns = np.concatenate([low, high]), np.concatenate([high, low])
        return coo_matrix((np.concatenate([km, km]), (rows, columns)), size).tocsr()

    def components(self, links: Flags | None = None) -> tuple[Ints, Ints]:
        """Label of each node's component, and the number of nodes per label."""
        _, label = connected_components(self.matrix(links), directed=False)
        return label.astype(np.int64), np.bincount(label)

    def tree(self) -> cKDTree:
        """All nodes on the unit sphere."""
        return cKDTree(on_sphere(self.lat, self.lon))


LINK_COLUMNS = (
    "tail", "head", "km", "gauge_mm", "section", "status", "opens", "closes", "source",
)  # fmt: skip
