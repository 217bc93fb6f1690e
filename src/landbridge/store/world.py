"""The world file: every table of the shipped dataset in one coded file beside its manifest.

``world.bin`` holds the deflated columns one after another; ``manifest.json`` says what is where,
from which sources, and the SHA-256 of the whole, so that damage is found before anything is read.
No pickle, no evaluation: lengths and codings from the manifest are checked against the bytes.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from landbridge.errors import DataError, Fault
from landbridge.schema.table import Column, Table, columns_of
from landbridge.store.coding import Coded, decode, encode

SCHEMA = 2
"""Version of the format; a file of a newer one is refused."""
DATA_FILE = "world.bin"
MANIFEST_FILE = "manifest.json"
MOST_BYTES = 256 * 1024 * 1024
"""Largest raw column that is accepted, against a manifest made to exhaust memory."""
READERS = 2
"""Columns that are read at a time."""

REMEDY = "Reinstall landbridge, or rebuild the data with `make data`."


@dataclass(frozen=True, slots=True)
class Origin:
    """One raw source of the dataset: where it came from and under which licence."""

    id: str
    package: str
    version: str
    sha256: str
    licence: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the dataset says of itself."""

    builder: str
    sha256: str
    rows: dict[str, int]
    digests: dict[str, str]
    origins: tuple[Origin, ...]


def write_world(
    folder: Path, tables: Sequence[Table], *, builder: str, origins: Sequence[Origin]
) -> None:
    """Write the tables and their manifest; equal input gives equal bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    body = bytearray()
    listed: dict[str, object] = {}
    for table in tables:
        entries: list[dict[str, object]] = []
        for column in columns_of(type(table)):
            coded = encode(table.column(column.name), column.unit)
            packed = zlib.compress(coded.payload, 9)
            entries.append(
                {
                    "name": column.name,
                    "codec": coded.codec,
                    "width": coded.width,
                    "raw": len(coded.payload),
                    "at": len(body),
                    "bytes": len(packed),
                }
            )
            body += packed
        listed[table.name] = {"rows": len(table), "digest": table.digest(), "columns": entries}
    manifest = {
        "schema": SCHEMA,
        "builder": builder,
        "sha256": hashlib.sha256(body).hexdigest(),
        "sources": [asdict(origin) for origin in origins],
        "tables": listed,
    }
    (folder / DATA_FILE).write_bytes(body)
    (folder / MANIFEST_FILE).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """What the dataset says of itself, without reading the data."""
    raw = _manifest(folder)
    tables = _mapping(folder, raw, "tables")
    return Manifest(
        builder=str(raw.get("builder", "")),
        sha256=str(raw.get("sha256", "")),
        rows={name: int(str(_mapping(folder, tables, name)["rows"])) for name in tables},
        digests={name: str(_mapping(folder, tables, name)["digest"]) for name in tables},
        origins=tuple(
            Origin(*(str(origin.get(field.name, "")) for field in fields(Origin)))
            for origin in _rows(raw, "sources")
        ),
    )


def read_world(folder: Path, kinds: Sequence[type[Table]]) -> dict[str, Table]:
    """The tables of these kinds, by name; checked by SHA-256 and by the rules of their columns."""
    raw = _manifest(folder)
    path = folder / DATA_FILE
    try:
        body = path.read_bytes()
    except OSError as error:
        raise _fault(
            path, f"cannot be read ({error.strerror})", "is part of the dataset"
        ) from error
    found = hashlib.sha256(body).hexdigest()
    if found != raw.get("sha256"):
        raise _fault(path, f"has SHA-256 {found}", f"the manifest says {raw.get('sha256')}")
    tables = _mapping(folder, raw, "tables")
    wanted = [(kind, column) for kind in kinds for column in columns_of(kind)]

    def values(one: tuple[type[Table], Column]) -> NDArray[np.generic]:
        return _values(folder, body, *one, tables)

    with ThreadPoolExecutor(READERS) as pool:  # inflating and numpy let go of the interpreter
        read = pool.map(values, wanted)
        columns = {kind: [next(read) for _ in columns_of(kind)] for kind in kinds}
    return {kind.name: kind(*found) for kind, found in columns.items()}


def _values(
    folder: Path, body: bytes, kind: type[Table], column: Column, tables: Mapping[str, object]
) -> NDArray[np.generic]:
    try:
        entry = _mapping(folder, tables, kind.name)
        listed = {str(told["name"]): told for told in _rows(entry, "columns")}
        coded = _coded(body, listed[column.name])
        return decode(coded, int(str(entry["rows"])), _dtype(column), column.unit)
    except (KeyError, TypeError, ValueError, zlib.error, MemoryError) as error:
        path = folder / MANIFEST_FILE
        raise _fault(path, f"table {kind.name}: {error}", "does not describe the data") from error


def _dtype(column: Column) -> np.dtype[np.generic]:
    return cast("np.dtype[np.generic]", column.dtype)


def _rows(entry: Mapping[str, object], key: str) -> list[dict[str, object]]:
    rows = entry[key]
    if not isinstance(rows, list):
        raise TypeError(f"{key} is not a list")
    return rows  # pyright: ignore[reportUnknownVariableType] - members are checked when used


def _coded(body: bytes, entry: Mapping[str, object]) -> Coded:
    at, size, raw, width = (int(str(entry[key])) for key in ("at", "bytes", "raw", "width"))
    if not 0 <= at <= at + size <= len(body) or not 0 <= raw <= MOST_BYTES:
        raise ValueError(f"column {entry['name']} lies outside of the file")
    unpacker = zlib.decompressobj()
    payload = unpacker.decompress(body[at : at + size], raw + 1)
    if len(payload) != raw:
        raise ValueError(f"column {entry['name']} has {len(payload)} bytes, {raw} were told")
    return Coded(str(entry["codec"]), width, payload)


def _manifest(folder: Path) -> dict[str, object]:
    path = folder / MANIFEST_FILE
    try:
        raw: object = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _fault(
            path, f"cannot be read ({error.strerror})", "is part of the dataset"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _fault(path, f"is no JSON ({error})", "is part of the dataset") from error
    if not isinstance(raw, dict):
        raise _fault(path, "is no JSON object", "is part of the dataset")
    schema: object = raw.get("schema")  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    if schema != SCHEMA:
        raise _fault(path, f"has schema {schema!r}", f"this landbridge reads schema {SCHEMA}")
    return raw  # pyright: ignore[reportUnknownVariableType] - members are checked when used


def _mapping(folder: Path, raw: Mapping[str, object], key: str) -> dict[str, object]:
    value = raw.get(key)
    if not isinstance(value, dict):
        raise _fault(folder / MANIFEST_FILE, f"has no {key}", "is part of the dataset")
    return value  # pyright: ignore[reportUnknownVariableType] - members are checked when used


def _fault(path: Path, found: str, rule: str) -> DataError:
    return DataError([Fault(str(path), found, rule, REMEDY)])
