"""``python -m landbridge.build``: rebuild the shipped dataset from the pinned packages."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from landbridge.errors import LandbridgeError


def main() -> int:
    """Exit code 0, or that of the error, which is told on stderr."""
    from landbridge.build.recipe import (  # noqa: PLC0415 - needs scipy
        Folders,
        build,
        findings,
        shipped,
        shipped_outlines,
    )

    parser = argparse.ArgumentParser(prog="python -m landbridge.build", description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path(".cache/build"))
    parser.add_argument("--out", type=Path, default=shipped())
    parser.add_argument("--outlines", type=Path, default=shipped_outlines())
    parser.add_argument("--strays", type=Path, default=findings())
    chosen = parser.parse_args()
    start = time.monotonic()

    def say(text: str) -> None:
        sys.stderr.write(f"{time.monotonic() - start:6.1f} s  {text}\n")

    try:
        folders = Folders(chosen.cache, chosen.out, chosen.outlines, chosen.strays)
        build(folders, say)
    except LandbridgeError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
