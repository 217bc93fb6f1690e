"""How much memory a run may need, told before it starts."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from landbridge.errors import QuestionError
from landbridge.kernels.events import ROW_COLUMNS
from landbridge.kernels.stations import BINS, PATH_COLUMNS, SAMPLES, STAT_COLUMNS

ROW_BYTES = 8 * ROW_COLUMNS + 8 + 4 + 4 * 4
"""Of a lot under way: its row, key and place in the event list, up to four days of the calendar."""
GROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")
"""What a container may have (Linux)."""
GB = 1e9


@dataclass(frozen=True, slots=True)
class Need:
    """Bytes of a run, at most."""

    lots: float
    """That set out in one replication; all may be under way at once where something is shut."""
    workers: int
    lot_bytes: float
    """Of the lots of one replication, when their rows are moved to twice the room."""
    count_bytes: float
    """Of the counters of one replication."""
    kept_bytes: float
    """Of all replications that are finished."""

    @property
    def total(self) -> float:
        """Of the whole run."""
        return self.workers * (self.lot_bytes + self.count_bytes) + self.kept_bytes


def need_of(lots: float, stations: int, ways: int, days: int, *, workers: int, kept: int) -> Need:
    """What a run needs; ``days``: with the run-up; ``kept``: replications."""
    rows = 1 << max(0, int(lots) - 1).bit_length()
    bins = 8 * BINS * (stations + ways)
    kept_waits = 8 * SAMPLES * stations  # when each began and how long it was, 4 bytes each
    by_day = 8 * days * (stations * STAT_COLUMNS + ways * PATH_COLUMNS) + 8 * days * stations
    return Need(
        lots, min(workers, kept), 1.5 * ROW_BYTES * rows, bins + 3.0 * kept_waits + 2.0 * by_day,
        kept * (bins + kept_waits + 8.0 * days * (stations + 1)),
    )  # fmt: skip


def check_memory(need: Need, held: float | None = None) -> None:
    """Raise ``QuestionError`` where a run may need more than the machine has.

    ``held``: bytes; by default those of this machine or container, where it tells them.
    """
    held = machine_bytes() if held is None else held
    if held is None or need.total <= held:
        return
    each = need.lot_bytes + need.count_bytes
    raise QuestionError(
        f"this run may need {need.total / GB:,.1f} GB and the machine has {held / GB:,.1f}:"
        f" {need.workers} at once of {each / GB:,.1f} GB (up to {need.lots:,.0f} lots:"
        f" {need.lot_bytes / GB:,.1f} GB, counters: {need.count_bytes / GB:,.1f} GB), and"
        f" {need.kept_bytes / GB:,.1f} GB for what is finished. Fewer --workers, --replications or"
        " --days, less demand, or larger lots need less",
        details={"bytes": round(need.total), "machine_bytes": round(held)},
    )


def machine_bytes() -> float | None:
    """Memory of this machine, or of the container if that has less; None where it is not told."""
    found: list[float] = []
    with suppress(AttributeError, ValueError, OSError):  # no such call on Windows
        found.append(float(os.sysconf("SC_PHYS_PAGES")) * os.sysconf("SC_PAGE_SIZE"))
    with suppress(OSError, ValueError):  # "max": no limit
        found.append(float(GROUP_LIMIT.read_text(encoding="ascii")))
    return min(found, default=None)
