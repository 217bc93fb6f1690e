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
    """At most ``most`` values by key; safe to be asked by several threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self._held: OrderedDict[Hashable, Some] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], Some]) -> Some:
        """The value of ``key``, made if it is not there."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        made = make()
        with self._lock:
            # where two threads made it, the first stays, so that both hold one object
            found = self._held.setdefault(key, made)
            while len(self._held) > self.most:
                self._held.popitem(last=False)
        return found


def digest(*arrays: NDArray[np.generic]) -> bytes:
    """Equal for arrays of equal types, shapes and bytes."""
    found = blake2b(digest_size=16)
    for array in arrays:
        found.update(f"{array.dtype}{array.shape}".encode())
        found.update(np.ascontiguousarray(array).data)
    return found.digest()
