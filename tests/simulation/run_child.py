"""A program that simulates into a folder and tells of each replication; tests end it as they like.

Arguments: folder, workers, and what happens after two replications: ``wait`` for a kill, go on, or
have no more room (``full``).
"""

from __future__ import annotations

import resource
import sys
from itertools import count
from pathlib import Path
from threading import Semaphore

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from test_run_folder import prepared, question

from landbridge.errors import LandbridgeError
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import report_of
from landbridge.simulation.run_folder import RunFolder
from landbridge.simulation.season import run_all

SMALL = 64
"""Bytes that a file may have on a full disk."""


class Telling:
    """Keeps as a folder does, and tells; ``what`` happens after two."""

    def __init__(self, folder: RunFolder, what: str) -> None:
        self.folder, self.what = folder, what
        self._numbers = count()
        self._done = Semaphore(0)

    def take(self, number: int) -> Replication | None:
        """As the folder has it."""
        return self.folder.take(number)

    def put(self, number: int, one: Replication) -> None:
        """Into the folder."""
        rank = next(self._numbers)
        if rank >= 2 and self.what == "wait":
            if rank == 2:
                self._done.acquire()
                self._done.acquire()
                sys.stdout.write("two\n")
                sys.stdout.flush()
            sys.stdin.read()
        if rank >= 2 and self.what == "full":
            resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))
        self.folder.put(number, one)
        self._done.release()


def main(out: str, workers: int, what: str) -> int:
    """Simulate; the exit code is that of the program."""
    folder = RunFolder.begin(Path(out), question())
    season, facts = prepared(workers)
    folder.tell(facts)
    try:
        runs = list(run_all(season, keeper=Telling(folder, what)))
    except LandbridgeError as error:
        sys.stderr.write(str(error))
        return error.exit_code
    folder.finish(report_of(facts, runs))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
