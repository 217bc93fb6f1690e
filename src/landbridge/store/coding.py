"""How a column becomes bytes: quantised, differenced, split into byte planes; and back.

A float column is held in a fixed step (``STEPS``), so that what is written is what is read. An
integer column is kept as it is or as differences, whichever deflates smaller. Both are zigzagged
(small magnitudes become small unsigned numbers) and stored plane by plane: all lowest bytes, then
all second bytes, ..., which deflate likes better than whole numbers. Texts are lines, or the lines
of the different ones with a number per row, whichever deflates smaller.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = {"deg": 1000.0, "km": 100.0}
"""Parts per unit that a float column of that unit is held in; any other is kept as raw bytes."""

WIDEST = 8
"""Bytes of the widest integer."""

Bytes = NDArray[np.uint8]

LINE = "\n"
"""Ends each text; no text of the dataset holds one."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One column as bytes with what is needed to read it: codec, bytes per value, raw size."""

    codec: str
    width: int
    payload: bytes


def encode(values: NDArray[np.generic], unit: str) -> Coded:
    """The smallest coding of a column.

    Raises ValueError where a float is off its grid or a text has several lines.
    """
    if values.dtype.kind == "T":
        return _smaller(*_texts_coded([str(text) for text in values.tolist()]))
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
    return _smaller(plain, steps)


def _smaller(*coded: Coded) -> Coded:
    return min(coded, key=lambda one: len(zlib.compress(one.payload, 6)))


def _texts_coded(texts: list[str]) -> tuple[Coded, Coded]:
    """As lines, and as the lines of the different ones (their bytes first) with numbers."""
    lines = _lines(texts)
    number = {text: k for k, text in enumerate(dict.fromkeys(texts))}
    words = _lines(list(number))
    index = _planes("plain", np.array([number[text] for text in texts], np.int64))
    head = len(words).to_bytes(4, "little")
    return Coded("lines", 1, lines), Coded("words", index.width, head + words + index.payload)


def _lines(texts: list[str]) -> bytes:
    if any(LINE in text for text in texts):
        raise ValueError("a text has several lines")
    return "".join(text + LINE for text in texts).encode()


def _planes(codec: str, values: NDArray[np.int64]) -> Coded:
    zigzag = ((values << 1) ^ (values >> 63)).astype(np.uint64)
    top = int(zigzag.max()) if len(zigzag) else 0
    width = max(1, (top.bit_length() + 7) // 8)
    planes = np.stack([(zigzag >> np.uint64(8 * k)).astype(np.uint8) for k in range(width)])
    return Coded(codec, width, planes.tobytes())


def decode(coded: Coded, rows: int, dtype: np.dtype[np.generic], unit: str) -> NDArray[np.generic]:
    """The column again. Raises ValueError where the bytes do not fit the rows."""
    if coded.codec == "lines":
        return np.array(_texts(coded.payload, rows), np.dtypes.StringDType())
    if coded.codec == "words":
        return _repeated(coded, rows)
    if coded.codec == "float":
        if len(coded.payload) != 8 * rows:
            raise ValueError("a float column has another length than its rows")
        return np.frombuffer(coded.payload, "<f8").astype(np.float64)
    if coded.codec not in {"plain", "delta"}:
        raise ValueError("an integer column has another coding than told")
    values = _numbers(coded.payload, coded.width, rows)
    if coded.codec == "delta":
        values = np.cumsum(values, dtype=np.int64)
    if dtype.kind == "f":
        return values / STEPS[unit]
    if dtype.kind != "b" and rows and not np.can_cast(values.dtype, dtype):
        limits = np.iinfo(dtype.str)
        if int(values.min()) < limits.min or int(values.max()) > limits.max:
            raise ValueError(f"an integer column does not fit {dtype}")
    return values.astype(dtype, copy=False)


def _numbers(payload: bytes, width: int, rows: int) -> NDArray[np.signedinteger]:
    """Numbers from planes of bytes, in the narrowest type that surely holds them."""
    if not 1 <= width <= WIDEST or len(payload) != width * rows:
        raise ValueError("an integer column has another length or width than told")
    planes = np.frombuffer(payload, np.uint8).reshape(width, rows)
    if width == 1:
        return UNZIGZAG[planes[0]]
    room = 4 if width <= 4 else 8  # noqa: PLR2004 - bytes of the two types
    spread: Bytes = np.zeros((rows, room), np.uint8)
    for k in range(width):
        spread[:, k] = planes[k]
    zigzag = spread.view(f"<u{room}")[:, 0]
    signed = np.int32 if room == 4 else np.int64  # noqa: PLR2004
    sign = (zigzag & 1).astype(signed)
    np.negative(sign, out=sign)
    sign ^= (zigzag >> 1).astype(signed)
    return sign


UNZIGZAG = np.array([(k >> 1) ^ -(k & 1) for k in range(256)], np.int16)
"""Per byte the small number that it stands for."""


def _texts(payload: bytes, rows: int) -> list[str]:
    texts = payload.decode().split(LINE)  # UnicodeDecodeError is a ValueError
    if texts.pop() or len(texts) != rows:
        raise ValueError(f"a text column has {len(texts)} lines for {rows} rows")
    return texts


def _repeated(coded: Coded, rows: int) -> NDArray[np.generic]:
    size = 4 + int.from_bytes(coded.payload[:4], "little")
    body = coded.payload[4:size]
    words = np.array(_texts(body, body.count(LINE.encode())), np.dtypes.StringDType())
    index = _numbers(coded.payload[size:], coded.width, rows)
    if rows and not 0 <= int(index.min()) <= int(index.max()) < len(words):
        raise ValueError("a text column has rows without a text")
    return words[index]
