"""What a run has counted, in hours and boxes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.stations import (
    BIN_FLOOR,
    BIN_PARTS,
    BINS,
    BUSY_AREA,
    CANCELLED,
    CARRIED,
    DEPARTED,
    HALVED,
    HELD_AREA,
    LATE,
    LEFT,
    LOST,
    MISSED,
    PATH_BORN,
    PATH_DONE,
    PATH_LOST,
    PATH_TICKS,
    QUEUE_AREA,
    SAMPLES,
    SEEN,
    STARTED,
    WAITED,
    WANTED,
)  # fmt: skip
from landbridge.simulation.arrays import TICKS

SECONDS = 3600.0
"""An hour."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def bin_edges() -> Floats:
    """Hours at which the bins of histograms begin, and where the last ends; (BINS + 1,).

    A value is known to half a bin: 1/64 of itself at most, or half a second below one second.
    """
    k = np.arange(BINS + 1)
    edges = (1 + (k % BIN_PARTS) / BIN_PARTS) * 2.0 ** (BIN_FLOOR + k // BIN_PARTS)
    edges[0] = 0.0
    return edges / TICKS


@dataclass(frozen=True, eq=False)
class StationCounts:
    """Per station and period; each (n_stations, n_periods).

    A wait for a station lasts from the moment when a box is ready for it until it starts there,
    wherever it stands meanwhile. Sums of times are in hours, areas in boxes times hours.
    """

    wanted: Ints
    """Boxes that came for it."""
    started: Ints
    left: Ints
    """Boxes whose service or ride ended."""
    lost: Ints
    waited_h: Floats
    """Sum over the boxes that started."""
    queue_area: Floats
    """Boxes waiting for it, over time."""
    busy_area: Floats
    """Boxes in service or on board, units of a pool that are out."""
    held_area: Floats
    """Boxes that are done there and cannot leave: servers that the next station keeps from work."""
    departed: Ints
    carried: Ints
    """Load taken along."""
    missed: Ints
    """Boxes left behind by departures, each time."""
    cancelled: Ints
    late: Ints
    """Departures that had to wait for a set."""


@dataclass(frozen=True, eq=False)
class PathCounts:
    """Per path and period; each (n_paths, n_periods)."""

    born: Ints
    done: Ints
    lost: Ints
    door_h: Floats
    """Hours from door to door, sum over the boxes done."""


@dataclass(frozen=True, eq=False)
class Result:
    """One replication."""

    seed: int
    replication: int
    station: StationCounts
    path: PathCounts
    wait_bins: Ints
    """Waits that ended after the warm-up; (n_stations, BINS), see ``bin_edges``."""
    door_bins: Ints
    """From door to door, likewise; (n_paths, BINS)."""
    wait_began: NDArray[np.int32]
    """Waits that are kept, evenly over those that ended after the warm-up: seconds of the run at
    which each began, -1 for none; (n_stations, SAMPLES)."""
    wait_s: NDArray[np.int32]
    """How long each was, in seconds."""
    worst_wait_h: Floats
    worst_door_h: Floats
    queue: NDArray[np.int32]
    """Boxes waiting at each mark; (n_marks, n_stations)."""
    busy: NDArray[np.int32]
    standing: Ints
    """Boxes that wait for each station at the end."""
    period_h: Floats
    """Length of each period."""
    live: int
    """Boxes under way at the end."""
    events: int

    def wait_quantile(self, q: float) -> Floats:
        """Hours that a share ``q`` of the boxes does not exceed, per station; nan where none."""
        return quantile(self.wait_bins, q)

    def door_quantile(self, q: float) -> Floats:
        """Hours from door to door that a share ``q`` does not exceed, per path; nan where none."""
        return quantile(self.door_bins, q)


def quantile(bins: Ints, q: float) -> Floats:
    """The middle of the bin in which the quantile lies, per row; nan for an empty row."""
    edges = bin_edges()
    middle = (edges[1:] + edges[:-1]) / 2.0
    total = bins.sum(axis=1)
    rank = np.maximum(np.ceil(q * total), 1.0)
    k = (np.cumsum(bins, axis=1) < rank[:, None]).sum(axis=1)
    found = middle[np.minimum(k, BINS - 1)]
    found[k == 0] = 0.0  # below a second: mostly no wait at all
    return np.where(total > 0, found, np.nan)


def kept_waits(seen: Ints, sample: Ints) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """When the waits that are kept began, and how long they were, in seconds; -1 for none."""
    every = np.int64(1) << seen[:, HALVED]
    count = np.minimum((seen[:, SEEN] + every - 1) // every, SAMPLES)
    none = np.arange(SAMPLES) >= count[:, None]
    found = np.where(none[:, :, None], -1, np.rint(sample / (TICKS / SECONDS)))
    began, waited = np.moveaxis(found.astype(np.int32), 2, 0)
    return np.ascontiguousarray(began), np.ascontiguousarray(waited)


def station_counts(stat: Ints) -> StationCounts:
    """Counts by name from the kernel's array."""
    return StationCounts(
        wanted=stat[:, :, WANTED],
        started=stat[:, :, STARTED],
        left=stat[:, :, LEFT],
        lost=stat[:, :, LOST],
        waited_h=stat[:, :, WAITED] / TICKS,
        queue_area=stat[:, :, QUEUE_AREA] / TICKS,
        busy_area=stat[:, :, BUSY_AREA] / TICKS,
        held_area=stat[:, :, HELD_AREA] / TICKS,
        departed=stat[:, :, DEPARTED],
        carried=stat[:, :, CARRIED],
        missed=stat[:, :, MISSED],
        cancelled=stat[:, :, CANCELLED],
        late=stat[:, :, LATE],
    )


def path_counts(path: Ints) -> PathCounts:
    """Counts by name from the kernel's array."""
    return PathCounts(
        born=path[:, :, PATH_BORN],
        done=path[:, :, PATH_DONE],
        lost=path[:, :, PATH_LOST],
        door_h=path[:, :, PATH_TICKS] / TICKS,
    )
