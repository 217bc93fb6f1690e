"""A replication as a file: a zip of arrays that numpy reads (``.npz``), and nothing else in it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.stations import SAMPLES
from landbridge.simulation.facts import Facts
from landbridge.simulation.replication import NAMES, SHAPES, Replication, arrays_of
from landbridge.simulation.result import BINS

TYPES = ("int64", "int32", "float64")
MOST_HEAD = 4096
"""Bytes before the values of an array: its type and shape as text."""
MOST_BYTES = 1 << 30
"""Of all arrays of a replication."""
MOST_FILE_BYTES = 256 << 20
"""Of its file."""


def packed(one: Replication) -> bytes:
    """The bytes of the file; equal replications, equal bytes."""
    body = io.BytesIO()
    np.savez_compressed(body, allow_pickle=False, **arrays_of(one))
    return body.getvalue()


def unpacked(data: bytes, facts: Facts) -> Replication:
    """The replication again; ``ValueError`` says which array is not as it must be.

    No pickle; every size is compared with what the facts say before anything is inflated.
    """
    sizes = {
        "station": len(facts.stations), "way": len(facts.ways), "bin": BINS, "sample": SAMPLES,
        "day": facts.days, "every day": facts.warm_up_days + facts.days,
    }  # fmt: skip
    arrays: dict[str, NDArray[np.generic]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            held = {info.filename: info for info in file.infolist()}
            if sorted(held) != sorted(f"{name}.npy" for name in NAMES):
                raise ValueError(f"holds {_listed(held)}, not the arrays of a replication")
            if sum(info.file_size for info in held.values()) > MOST_BYTES:
                raise ValueError(f"holds more than {MOST_BYTES:,} bytes")
            for name in NAMES:
                shape = tuple(sizes[axis] for axis in SHAPES[name])
                info = held[f"{name}.npy"]
                most = MOST_HEAD + 8 * int(np.prod(shape, dtype=np.float64))
                if info.file_size > most:
                    raise ValueError(f"{name} has {info.file_size:,} bytes, at most {most:,} fit")
                arrays[name] = _array(name, file.read(info), shape)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"is no whole .npz file ({error})") from error
    return Replication(**arrays)  # pyright: ignore[reportArgumentType] - types are checked


def _array(name: str, data: bytes, shape: tuple[int, ...]) -> NDArray[np.generic]:
    stream = io.BytesIO(data)
    try:
        np.lib.format.read_magic(stream)
        told, by_columns, dtype = np.lib.format.read_array_header_1_0(stream, max_header_size=1024)
    except (ValueError, SyntaxError, TypeError, RecursionError, MemoryError) as error:
        raise ValueError(f"{name} is no array ({error})") from error
    if dtype.name not in TYPES or dtype.hasobject:
        raise ValueError(f"{name} holds {dtype}, not one of {', '.join(TYPES)}")
    body = data[stream.tell() :]
    if told != shape or len(body) != int(np.prod(shape)) * dtype.itemsize:
        raise ValueError(f"{name} has shape {told}, this run has {shape}")
    values = np.frombuffer(body, dtype).reshape(shape, order="F" if by_columns else "C")
    if dtype.kind == "f" and not np.isfinite(values).all():
        raise ValueError(f"{name} has values that are no numbers")
    return values


def _listed(held: Mapping[str, object]) -> str:
    return ascii(", ".join(sorted(held)[:8])[:200])
