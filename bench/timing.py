"""Work timed in turns, so that a noisy machine is noisy to all alike.

By the processor's time of this thread: what others do meanwhile on a shared machine costs little.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

Work = Callable[[], object]


def alternate(works: Mapping[str, Work], rounds: int) -> dict[str, float]:
    """Median seconds of each work; one call of each a round, after one that is not counted."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()
    gc.disable()
    for _ in range(rounds):
        for name, work in works.items():
            start = time.thread_time()
            work()
            taken[name].append(time.thread_time() - start)
    gc.enable()
    return {name: median(values) for name, values in taken.items()}


def once(work: Work) -> float:
    """Seconds of a single call."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def resident_mb() -> float:
    """Memory of this process, in MB; NaN where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
