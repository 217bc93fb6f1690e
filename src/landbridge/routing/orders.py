"""Orders of elimination on disk: found once per graph, kept by its hash.

A file is its mark, the SHA-256 of what follows, and the order as 32-bit numbers. One that is
damaged is passed over and written anew.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import numpy as np

from landbridge.kernels.cache import own_folder
from landbridge.routing.hierarchy import find_order
from landbridge.schema.column import Floats, Ints

MARK = b"LBORDER1"
"""To be raised when ``find_order`` gives other orders."""
HASH = 32


def graph_hash(tail: Ints, head: Ints, lat: Floats, lon: Floats) -> str:
    """SHA-256 of what an order depends on."""
    found = hashlib.sha256(MARK)
    for column in (tail, head, lat, lon):
        found.update(np.ascontiguousarray(column).tobytes())
    return found.hexdigest()


def order_of(
    tail: Ints,
    head: Ints,
    lat: Floats,
    lon: Floats,
    tell: Callable[[float], None] | None = None,
) -> Ints:
    """As ``find_order``, from the cache if it is there."""
    folder = own_folder("orders")
    if folder is None:
        return find_order(tail, head, lat, lon, tell)
    path = folder / f"{graph_hash(tail, head, lat, lon)[:32]}.order"
    found = read_order(path, len(lat))
    if found is None:
        found = find_order(tail, head, lat, lon, tell)
        with suppress(OSError):  # a full disk costs the next run its time and this one nothing
            write_order(path, found)
    return found


def read_order(path: Path, n: int) -> Ints | None:
    """The order of ``n`` vertices in a file; None where there is none or it is damaged."""
    try:
        body = path.read_bytes()
    except OSError:
        return None
    head = len(MARK) + HASH
    if len(body) != head + 4 * n or not body.startswith(MARK):
        return None
    if hashlib.sha256(body[head:]).digest() != body[len(MARK) : head]:
        return None
    order = np.frombuffer(body[head:], "<i4").astype(np.int32)
    if n and (order.min() < 0 or order.max() >= n or len(np.unique(order)) != n):
        return None
    return order


def write_order(path: Path, order: Ints) -> None:
    """Write a file at once or not at all."""
    payload = order.astype("<i4").tobytes()
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(MARK + hashlib.sha256(payload).digest() + payload)
    try:
        Path(file.name).replace(path)
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise
