"""A shelf of arrays that can be worked out again: kept between runs, never trusted.

One file per entry, named by the digest of all that it was worked out from: content that differs
has another name, so nothing is ever out of date. A file is read whole, and used only if its
length, its checksum and its own list of arrays agree; whatever is wrong with it, it counts as not
there. A file is written beside its place and moved there in one step, so that a reader meets a
whole one or none. No pickle, no evaluation. ``LANDBRIDGE_SHELF=off`` does without.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.cache import own_folder

MAGIC = b"landbridge shelf 1\n"
MOST_FILES = 160
"""More entries than that are not kept: the least recently used are removed."""
MOST_BYTES = 256 * 1024 * 1024
"""Largest file that is read or written."""
MOST_HEAD = 64 * 1024
CHECK = 16
TYPES = ("float64", "int64", "int32", "int16", "int8", "bool", "uint64", "uint8")
"""Types of arrays that an entry may hold."""

Arrays = dict[str, NDArray[np.generic]]


class Shelf:
    """Entries in one folder; ``None``: nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        off = os.environ.get("LANDBRIDGE_SHELF") == "off"
        self.folder = None if off else folder

    def take(self, name: str) -> Arrays | None:
        """The arrays of an entry, read-only; None where there is none that is whole."""
        if self.folder is None:
            return None
        path = self._path(name)
        try:
            if path.stat().st_size > MOST_BYTES:
                return None
            found = _unpacked(path.read_bytes(), name)
        except (OSError, ValueError, KeyError, TypeError, MemoryError, RecursionError):
            return None
        if found is not None:
            with suppress(OSError):
                os.utime(path)  # the least recently used goes first
        return found

    def put(self, name: str, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Keep arrays; where that cannot be done, they are worked out again next time."""
        if self.folder is None:
            return
        data = _packed(name, arrays)
        if len(data) > MOST_BYTES:
            return
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(dir=self.folder, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                Path(beside).replace(self._path(name))
            except OSError:
                with suppress(OSError):
                    Path(beside).unlink()
                return
            self._tidy()

    def _path(self, name: str) -> Path:
        digest = blake2b(name.encode(), digest_size=16).hexdigest()
        return (self.folder or Path()) / f"{digest}.shelf"

    def _tidy(self) -> None:
        folder = self.folder or Path()
        files = [(path.stat().st_mtime_ns, path) for path in folder.glob("*.shelf")]
        for _, path in sorted(files)[: max(0, len(files) - MOST_FILES)]:
            with suppress(OSError):
                path.unlink()


@cache
def shelf() -> Shelf:
    """The shelf of this user."""
    return Shelf(own_folder("shelf"))


@cache
def version_of(*folders: str) -> str:
    """A digest over the modules of these folders of the package, and the version of numpy.

    What other code worked out has another name.
    """
    found = blake2b(np.__version__.encode(), digest_size=16)
    root = Path(__file__).parent.parent
    for folder in folders:
        for path in sorted((root / folder).glob("*.py")):
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def _packed(name: str, arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    whole = {key: np.ascontiguousarray(array) for key, array in arrays.items()}
    listed = [[key, array.dtype.name, list(array.shape)] for key, array in whole.items()]
    head = json.dumps({"name": name, "arrays": listed}).encode()
    body = b"".join(
        array.astype(array.dtype.newbyteorder("<")).tobytes() for array in whole.values()
    )
    front = MAGIC + len(head).to_bytes(4, "little") + head
    return front + blake2b(front + body, digest_size=CHECK).digest() + body


def _unpacked(data: bytes, name: str) -> Arrays | None:
    """The arrays, or None where anything is not as it was written."""
    at = len(MAGIC) + 4
    size = int.from_bytes(data[len(MAGIC) : at], "little")
    body = at + size + CHECK
    if not data.startswith(MAGIC) or size > MOST_HEAD or len(data) < body:
        return None
    check = blake2b(data[: at + size], digest_size=CHECK)
    check.update(memoryview(data)[body:])
    if check.digest() != data[at + size : body]:
        return None
    head = json.loads(data[at : at + size])
    if head["name"] != name:
        return None
    found: Arrays = {}
    for key, kind, shape in head["arrays"]:
        if kind not in TYPES:
            return None
        dtype = np.dtype(kind).newbyteorder("<")
        count = int(np.prod(shape, dtype=np.int64))
        values = np.frombuffer(data, dtype, count, body).reshape(shape)
        found[key] = values.astype(np.dtype(kind), copy=False)
        body += count * dtype.itemsize
    return found
