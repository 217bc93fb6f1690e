"""Files that are there whole or not at all, whatever stops the program or fills the disk."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place, wait until it is on the disk, move it there in one step.

    Raises ``OSError`` where that fails; then the file is as it was and nothing lies beside it.
    Whoever is killed meanwhile leaves ``.NAME.part`` behind, which the next one overwrites.
    """
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
    if os.name == "posix":  # the name, too, shall be on the disk
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
