"""Tables as Arrow data: the C data interface, so that pandas, polars and duckdb read them.

The structures are those of the Arrow C data and stream interfaces and of the PyCapsule protocol;
no Arrow library is needed. Numbers are not copied: the consumer reads the table's own arrays, which
stay alive until it releases them. Texts are copied to UTF-8; days are Arrow dates; NaN is null
where the column says that a value may be missing.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from landbridge.schema.column import ALWAYS, NEVER

Structure = TypeVar("Structure")
NULLABLE = 2
"""ARROW_FLAG_NULLABLE."""
_FORMATS = {"f8": "g", "i4": "i", "i2": "s", "i1": "c"}
"""Format strings of the C data interface by kind and size of the column."""


class ArrowSchema(ctypes.Structure):
    """``struct ArrowSchema``."""


class ArrowArray(ctypes.Structure):
    """``struct ArrowArray``."""


class ArrowArrayStream(ctypes.Structure):
    """``struct ArrowArrayStream``."""


class _Filled(Protocol[Structure]):
    """A pointer to a structure."""

    contents: Structure


_SchemaPointer = _Filled[ArrowSchema]
_ArrayPointer = _Filled[ArrowArray]
_StreamPointer = _Filled[ArrowArrayStream]

_ReleaseSchema = ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrowSchema))
_ReleaseArray = ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrowArray))
_ReleaseStream = ctypes.CFUNCTYPE(None, ctypes.POINTER(ArrowArrayStream))
_GetSchema = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ArrowArrayStream), ctypes.POINTER(ArrowSchema)
)
_GetNext = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ArrowArrayStream), ctypes.POINTER(ArrowArray)
)
_LastError = ctypes.CFUNCTYPE(ctypes.c_char_p, ctypes.POINTER(ArrowArrayStream))

ArrowSchema._fields_ = [
    ("format", ctypes.c_char_p), ("name", ctypes.c_char_p), ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64), ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrowSchema))),
    ("dictionary", ctypes.POINTER(ArrowSchema)), ("release", _ReleaseSchema),
    ("private_data", ctypes.c_void_p),
]  # fmt: skip
ArrowArray._fields_ = [
    ("length", ctypes.c_int64), ("null_count", ctypes.c_int64), ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64), ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(ArrowArray))),
    ("dictionary", ctypes.POINTER(ArrowArray)), ("release", _ReleaseArray),
    ("private_data", ctypes.c_void_p),
]  # fmt: skip
ArrowArrayStream._fields_ = [
    ("get_schema", _GetSchema), ("get_next", _GetNext), ("get_last_error", _LastError),
    ("release", _ReleaseStream), ("private_data", ctypes.c_void_p),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A column as Arrow has it: name, format and the buffers (validity first; None: all valid)."""

    name: str
    format: str
    nulls: int
    buffers: tuple[NDArray[np.generic] | None, ...]
    length: int


def field_of(
    name: str, values: NDArray[np.generic], *, day: bool = False, missing: bool = False
) -> Field:
    """A column of a table as Arrow buffers.

    ``day``: days since 1970, whose open ends become null; ``missing``: NaN becomes null.
    """
    length = len(values)
    if values.dtype.kind == "T":
        return _texts(name, values)
    if values.dtype.kind == "b":
        bits = np.packbits(values.astype(np.bool_), bitorder="little")
        return Field(name, "b", 0, (None, bits), length)
    key = values.dtype.str[1:]
    if day:
        gone = (values == ALWAYS) | (values == NEVER)
        return _field(name, "tdD", np.ascontiguousarray(values), gone)
    if missing and key == "f8":
        return _field(name, "g", np.ascontiguousarray(values), np.isnan(values.astype(np.float64)))
    return Field(name, _FORMATS[key], 0, (None, np.ascontiguousarray(values)), length)


def _field(name: str, code: str, values: NDArray[np.generic], gone: NDArray[np.bool_]) -> Field:
    nulls = int(gone.sum())
    valid = np.packbits(~gone, bitorder="little") if nulls else None
    return Field(name, code, nulls, (valid, values), len(values))


def _texts(name: str, values: NDArray[np.generic]) -> Field:
    """Large UTF-8: 64-bit offsets and the bytes."""
    encoded = [str(text).encode() for text in values.tolist()]
    offsets = np.zeros(len(encoded) + 1, np.int64)
    np.cumsum([len(text) for text in encoded], out=offsets[1:])
    data = np.frombuffer(b"".join(encoded) or b"\0", np.uint8)
    return Field(name, "U", 0, (None, offsets, data), len(encoded))


_held: dict[int, object] = {}
"""What a consumer still reads, by the number in ``private_data``; taken out by its release."""
_numbers = iter(range(1, 2**62))


def _hold(what: object) -> int:
    number = next(_numbers)
    _held[number] = what
    return number


def held() -> int:
    """How many structures consumers have not released yet."""
    return len(_held)


def _let_go(structure: ctypes.Structure, children: str) -> None:
    """What every release does: release the children, forget what was held, mark as released."""
    for k in range(getattr(structure, "n_children", 0)):
        child = getattr(structure, children)[k].contents
        if child.release:
            child.release(ctypes.byref(child))
    _held.pop(getattr(structure, "private_data", 0) or 0, None)
    structure.release = type(structure.release)()  # pyright: ignore[reportAttributeAccessIssue]


@_ReleaseSchema
def _release_schema(pointer: _SchemaPointer) -> None:
    _let_go(pointer.contents, "children")


@_ReleaseArray
def _release_array(pointer: _ArrayPointer) -> None:
    _let_go(pointer.contents, "children")


@_ReleaseStream
def _release_stream(pointer: _StreamPointer) -> None:
    _let_go(pointer.contents, "children")


def _fill_schema(into: ArrowSchema, fields: list[Field]) -> None:
    ctypes.memset(ctypes.byref(into), 0, ctypes.sizeof(into))  # the consumer's memory as it was
    children = [ArrowSchema() for _ in fields]
    kept: list[object] = [children]
    for child, field in zip(children, fields, strict=True):
        texts = field.format.encode(), field.name.encode()
        child.format, child.name = texts
        child.flags = NULLABLE if field.nulls else 0
        child.release = _release_schema
        child.private_data = _hold(texts)
    pointers = (ctypes.POINTER(ArrowSchema) * max(1, len(children)))(
        *(ctypes.pointer(child) for child in children)
    )
    kept.append(pointers)
    into.format, into.name, into.flags = b"+s", b"", 0
    into.n_children = len(children)
    into.children = ctypes.cast(pointers, ctypes.POINTER(ctypes.POINTER(ArrowSchema)))
    into.release = _release_schema
    into.private_data = _hold(kept)


def _fill_array(into: ArrowArray, fields: list[Field]) -> None:
    ctypes.memset(ctypes.byref(into), 0, ctypes.sizeof(into))
    children = [ArrowArray() for _ in fields]
    for child, field in zip(children, fields, strict=True):
        _fill_column(child, field)
    pointers = (ctypes.POINTER(ArrowArray) * max(1, len(children)))(
        *(ctypes.pointer(child) for child in children)
    )
    none = (ctypes.c_void_p * 1)(None)
    into.length = fields[0].length if fields else 0
    into.n_buffers, into.buffers = 1, ctypes.cast(none, ctypes.POINTER(ctypes.c_void_p))
    into.n_children = len(children)
    into.children = ctypes.cast(pointers, ctypes.POINTER(ctypes.POINTER(ArrowArray)))
    into.release = _release_array
    into.private_data = _hold((children, pointers, none))


def _fill_column(into: ArrowArray, field: Field) -> None:
    addresses = [None if one is None else one.ctypes.data for one in field.buffers]
    buffers = (ctypes.c_void_p * len(addresses))(*addresses)
    into.length, into.null_count = field.length, field.nulls
    into.n_buffers = len(addresses)
    into.buffers = ctypes.cast(buffers, ctypes.POINTER(ctypes.c_void_p))
    into.release = _release_array
    into.private_data = _hold((field, buffers))


def stream_capsule(fields: list[Field]) -> object:
    """A PyCapsule ``arrow_array_stream`` with one batch of these columns."""
    stream = ArrowArrayStream()
    given = [False]

    def get_schema(_: object, out: _SchemaPointer) -> int:
        _fill_schema(out.contents, fields)
        return 0

    def get_next(_: object, out: _ArrayPointer) -> int:
        if given[0]:
            out.contents.release = _ReleaseArray()
            return 0
        given[0] = True
        _fill_array(out.contents, fields)
        return 0

    def no_error(_: object) -> None:
        """Nothing can fail once the columns are there."""

    calls = _GetSchema(get_schema), _GetNext(get_next), _LastError(no_error)
    stream.get_schema, stream.get_next, stream.get_last_error = calls
    stream.release = _release_stream
    stream.private_data = _hold((stream, calls, fields))
    return _capsule(stream)


_new = ctypes.pythonapi.PyCapsule_New
_new.restype = ctypes.py_object
_new.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
_pointer_of = ctypes.pythonapi.PyCapsule_GetPointer
_pointer_of.restype = ctypes.c_void_p
_pointer_of.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
_valid = ctypes.pythonapi.PyCapsule_IsValid
_valid.restype = ctypes.c_int
_valid.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
_NAME = b"arrow_array_stream"
_Destructor: Callable[..., object] = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


def _destroy(capsule: int) -> None:
    """Release a stream that nobody consumed."""
    if not _valid(capsule, _NAME):
        return
    address = _pointer_of(capsule, _NAME)
    stream = ctypes.cast(address, ctypes.POINTER(ArrowArrayStream)).contents
    if stream.release:
        stream.release(ctypes.byref(stream))


_destructor = _Destructor(_destroy)


def _capsule(stream: ArrowArrayStream) -> object:
    return _new(
        ctypes.addressof(stream),
        _NAME,
        ctypes.cast(_destructor, ctypes.c_void_p),  # pyright: ignore[reportArgumentType]
    )
