"""How a column becomes bytes: quantised, differenced, split into byte planes; and back.

A float column is held in a fixed step (``STEPS``), so that what is written is what is read. An
integer column is kept as it is or as differences, whichever deflates smaller. Both are zigzagged
(small magnitudes become small unsigned numbers) and stored plane by plane: all lowest bytes, then
all second bytes, ..., which deflate likes better than whole numbers.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

STEPS = {"deg": 1000.0, "km": 100.0}
"""Parts per unit that a float column of that unit is held in; any other is kept as raw bytes."""

WIDEST = 8
"""Bytes of the widest integer."""

Bytes = NDArray[np.uint8]

TOP_BITS, CONTINUES = 0xC0, 0x80
"""A byte of UTF-8 with these top bits continues a letter."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One column as bytes with what is needed to read it: codec, bytes per value, raw size."""

    codec: str
    width: int
    payload: bytes


def encode(values: NDArray[np.generic], unit: str) -> Coded:
    """The smallest coding of a column. Raises ValueError where a float is off its grid."""
    if values.dtype.kind == "T":
        texts = [str(text).encode() for text in values.tolist()]
        lengths = np.array([len(text) for text in texts], np.uint32)
        return Coded("text", 4, lengths.astype("<u4").tobytes() + b"".join(texts))
    if values.dtype.kind == "f":
        step = STEPS.get(unit)
        if step is None or bool(np.isnan(values).any()):
            return Coded("float", 8, values.astype("<f8").tobytes())
        parts = np.rint(values.astype(np.float64) * step).astype(np.int64)
        if not np.array_equal(parts / step, values):
            raise ValueError(f"values are not multiples of 1/{step:g} {unit}")
        return _smallest(parts)
    return _smallest(values.astype(np.int64))


def _smallest(values: NDArray[np.int64]) -> Coded:
    plain = _planes("plain", values)
    steps = _planes("delta", np.diff(values, prepend=np.int64(0)))
    return min((plain, steps), key=lambda coded: len(zlib.compress(coded.payload, 6)))


def _planes(codec: str, values: NDArray[np.int64]) -> Coded:
    zigzag = ((values << 1) ^ (values >> 63)).astype(np.uint64)
    top = int(zigzag.max()) if len(zigzag) else 0
    width = max(1, (top.bit_length() + 7) // 8)
    planes = np.stack([(zigzag >> np.uint64(8 * k)).astype(np.uint8) for k in range(width)])
    return Coded(codec, width, planes.tobytes())


def decode(coded: Coded, rows: int, dtype: np.dtype[np.generic], unit: str) -> NDArray[np.generic]:
    """The column again. Raises ValueError where the bytes do not fit the rows."""
    if coded.codec == "text":
        return _texts(coded.payload, rows)
    if coded.codec == "float":
        if len(coded.payload) != 8 * rows:
            raise ValueError("a float column has another length than its rows")
        return np.frombuffer(coded.payload, "<f8").astype(np.float64)
    if coded.codec not in {"plain", "delta"} or len(coded.payload) != coded.width * rows:
        raise ValueError("an integer column has another length or coding than told")
    if coded.width > WIDEST:
        raise ValueError("an integer column is wider than 8 bytes")
    values = _numbers(np.frombuffer(coded.payload, np.uint8).reshape(coded.width, rows))
    if coded.codec == "delta":
        np.cumsum(values, out=values)
    if dtype.kind == "f":
        return values / STEPS[unit]
    if dtype.kind != "b" and rows:
        limits = np.iinfo(dtype.str)
        if int(values.min()) < limits.min or int(values.max()) > limits.max:
            raise ValueError(f"an integer column does not fit {dtype}")
    return values.astype(dtype)


def _numbers(planes: Bytes) -> NDArray[np.int64]:
    wide = np.zeros(planes.shape[1], np.uint64)
    for k in range(planes.shape[0]):
        wide |= planes[k].astype(np.uint64) << np.uint64(8 * k)
    return (wide >> np.uint64(1)).astype(np.int64) ^ -(wide & np.uint64(1)).astype(np.int64)


def _texts(payload: bytes, rows: int) -> NDArray[np.generic]:
    if len(payload) < 4 * rows:
        raise ValueError("a text column is shorter than its rows")
    lengths = np.frombuffer(payload[: 4 * rows], "<u4").astype(np.int64)
    body = payload[4 * rows :]
    if int(lengths.sum()) != len(body):
        raise ValueError("the lengths of a text column do not add up")
    whole = body.decode()  # UnicodeDecodeError is a ValueError
    ends = np.cumsum(lengths)
    if len(whole) != len(body):  # not plain ASCII: from positions in bytes to positions in letters
        begins = (np.frombuffer(body, np.uint8) & TOP_BITS) != CONTINUES
        ends = np.concatenate([[0], np.cumsum(begins)])[ends]
    cuts: list[int] = [0, *ends.tolist()]
    texts = [whole[start:end] for start, end in pairwise(cuts)]
    return np.array(texts, np.dtypes.StringDType())
