"""Answers that are kept because they are asked for again, the least recently used forgotten."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from hashlib import blake2b
from threading import Lock
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Some = TypeVar("Some")


class Kept(Generic[Some]):
    """Values by key, of all together at most ``most``; safe to be asked by several threads."""

    def __init__(self, most: int, size: Callable[[Some], int] = lambda _: 1) -> None:
        """``size``: how much one value counts, by default 1; bytes, where values are large."""
        self.most = most
        self._size = size
        self._held: OrderedDict[Hashable, tuple[Some, int]] = OrderedDict()
        self._sum = 0
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], Some]) -> Some:
        """The value of ``key``, made if it is not there; the newest stays whatever its size."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key][0]
        made = make()
        with self._lock:
            # where two threads made it, the first stays, so that both hold one object
            if key not in self._held:
                self._held[key] = made, self._size(made)
                self._sum += self._held[key][1]
            found = self._held[key][0]
            while self._sum > self.most and len(self._held) > 1:
                _, (_, size) = self._held.popitem(last=False)
                self._sum -= size
        return found


def digest(*arrays: NDArray[np.generic]) -> bytes:
    """Equal for arrays of equal types, shapes and bytes."""
    found = blake2b(digest_size=16)
    for array in arrays:
        found.update(f"{array.dtype}{array.shape}".encode())
        found.update(np.ascontiguousarray(array).data)
    return found.digest()
