"""Lists of places in, a table of all pairs out, block by block, so that it can be gone on with."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Protocol, cast

import numpy as np

from landbridge.errors import DataError, Fault, QuestionError
from landbridge.routing.bare import Tell
from landbridge.routing.matrix_block import Block, Tables

WANTED = "place"
MOST_PLACES = 100_000
MOST_BYTES = 64 * 1024 * 1024
FORMATS = (".csv", ".parquet", ".arrow")


@dataclass(frozen=True)
class Listed:
    """A list of places as a file holds it, each once."""

    texts: tuple[str, ...]
    where: tuple[str, ...]
    """File and line of each."""
    repeated: int
    """Rows left out because another names the place in the same words."""


def read_places(body: bytes, name: str) -> Listed:
    """The column ``place`` of a CSV file; other columns are passed over.

    Raises ``DataError`` with every fault: encoding, quotes, a missing column, an empty row or list.
    """
    if len(body) > MOST_BYTES:
        rule = f"must hold at most {MOST_BYTES:,}"
        raise DataError([Fault(name, f"holds {len(body):,} bytes", rule, "Split the file")])
    try:
        reader = csv.reader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
        rows = [(reader.line_num, cells) for cells in reader]
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        fault = Fault(f"{name}, line {line}", "is no UTF-8", "must be UTF-8", "Save it as UTF-8")
        raise DataError([fault]) from error
    except csv.Error as error:
        raise DataError([Fault(name, f"is no CSV ({error})", "quotes must be closed")]) from error
    header = [cell.strip().lower() for cell in rows[0][1]] if rows else []
    if header.count(WANTED) != 1:
        found = f"has the columns {', '.join(header) or 'none'}"
        raise DataError([Fault(f"{name}, line 1", found, f"needs one column {WANTED!r}")])
    return _listed(rows[1:], header, name)


def _listed(rows: Sequence[tuple[int, list[str]]], header: list[str], name: str) -> Listed:
    column, faults = header.index(WANTED), list[Fault]()
    first: dict[str, str] = {}
    count = 0
    for line, cells in rows:
        where = f"{name}, line {line}"
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            remedy = "Put a place that holds a comma, such as 59.9,30.3, into double quotes"
            rule = f"the header has {len(header)}"
            faults.append(Fault(where, f"has {len(cells)} cells", rule, remedy))
        elif not cells[column].strip():
            faults.append(Fault(f"{where}, column {WANTED}", "is empty", "must name a place"))
        else:
            first.setdefault(cells[column].strip(), where)
            count += 1
    if not count and not faults:
        faults.append(Fault(name, "holds no places", "needs one at least"))
    if len(first) > MOST_PLACES:
        faults.append(Fault(name, f"holds {len(first):,} places", f"may hold {MOST_PLACES:,}"))
    if faults:
        raise DataError(faults)
    return Listed(tuple(first), tuple(first.values()), count - len(first))


def check_format(path: Path) -> None:
    """Raise ``QuestionError`` for a file name of no known format, or where it cannot be written."""
    if path.suffix.lower() not in FORMATS:
        raise QuestionError(f"--out {path}: the name must end in {', '.join(FORMATS)}")
    if not path.parent.is_dir():
        raise QuestionError(f"--out {path}: there is no folder {path.parent}")
    if path.suffix.lower() == ".parquet":
        _duckdb()
    if path.suffix.lower() == ".arrow":
        _pyarrow("pyarrow")


class Writer:
    """Writes blocks to ``FILE.part`` and, once all are there, ``FILE``.

    Beside it ``FILE.part.json`` says what was asked and how much of it is whole, so that the same
    question goes on where it stopped, even after a kill. Another question begins anew.
    """

    def __init__(
        self, path: Path, asked: Tables, names: tuple[Sequence[str], Sequence[str]]
    ) -> None:
        self._path, self._asked, self._names = path, asked, names
        self._part = path.with_name(path.name + ".part")
        self._state = path.with_name(path.name + ".part.json")
        self._question = _hash_of(asked, names)

    def done(self) -> int:
        """Origins that are written already; what follows them in the file is cut off."""
        try:
            state = json.loads(self._state.read_text())
            same = state["question"] == self._question
            rows, size = int(state["rows"]), int(state["bytes"])
            if same and 0 <= size <= self._part.stat().st_size:
                os.truncate(self._part, size)
                return rows
        except (OSError, ValueError, KeyError, TypeError):
            pass
        return 0

    def write(self, first: int, tell: Tell, *, paths: bool = False) -> None:
        """Write the blocks from origin ``first`` on, and finish the file."""
        head = ["origin", "destination", *self._asked.columns, "reason"]
        head += self._asked.path_columns if paths else ()
        with self._part.open("ab" if first else "wb") as file:
            if not first:
                file.write((",".join(head) + "\n").encode())
            total = len(self._asked.origins)
            tell("tables", first / total)
            for block in self._asked.blocks(first):
                file.write(self._text(block, paths=paths).encode())
                file.flush()
                rows = block.first + len(block.figures[0])
                self._keep(rows, file.tell())
                tell("tables", rows / total)
        self._finish()

    def _keep(self, rows: int, size: int) -> None:
        text = json.dumps({"question": self._question, "rows": rows, "bytes": size})
        fresh = self._state.with_name(self._state.name + ".new")
        fresh.write_text(text)
        fresh.replace(self._state)

    def _text(self, block: Block, *, paths: bool) -> str:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        origins, destinations = self._names
        digits = self._asked.digits
        for row in range(len(block.figures[0])):
            figures = np.column_stack([one[row] for one in block.figures])
            whole = np.isfinite(figures.sum(axis=1)).tolist()
            i = block.first + row
            for j, one in enumerate(figures.tolist()):
                cells = [origins[i], destinations[j]]
                cells += [f"{x:.{digits}f}" if x == x else "" for x in one]  # noqa: PLR0124 - NaN
                cells.append("" if whole[j] else self._asked.reason(i, j, one))
                if paths:
                    cells += self._asked.path(i, j)
                writer.writerow(cells)
        return out.getvalue()

    def _finish(self) -> None:
        if self._path.suffix.lower() == ".parquet":
            fresh = self._path.with_name(self._path.name + ".new")
            columns = dict.fromkeys(self._asked.columns, "DOUBLE")
            _duckdb().read_csv(str(self._part), header=True, dtype=columns).write_parquet(
                str(fresh)
            )
            fresh.replace(self._path)
            self._part.unlink()
        elif self._path.suffix.lower() == ".arrow":
            fresh = self._path.with_name(self._path.name + ".new")
            _to_arrow(self._part, fresh, self._asked.columns)
            fresh.replace(self._path)
            self._part.unlink()
        else:
            self._part.replace(self._path)
        self._state.unlink(missing_ok=True)


def _hash_of(asked: Tables, names: tuple[Sequence[str], Sequence[str]]) -> str:
    ends = [[(p.lat, p.lon) for p in some] for some in (asked.origins, asked.destinations)]
    text = json.dumps([asked.net.hash, asked.identity, ends, [list(some) for some in names]])
    return hashlib.sha256(text.encode()).hexdigest()


class _Relation(Protocol):
    def write_parquet(self, file_name: str) -> None: ...


class _Duckdb(Protocol):
    def read_csv(self, path: str, *, header: bool, dtype: dict[str, str]) -> _Relation: ...


def _duckdb() -> _Duckdb:
    try:
        return cast("_Duckdb", import_module("duckdb"))
    except ImportError as error:
        raise QuestionError(
            "Parquet needs duckdb: pip install 'landbridge[parquet]', or let --out end in .csv"
        ) from error


def _to_arrow(source: Path, target: Path, figures: Sequence[str]) -> None:
    """A CSV file as an Arrow stream, a batch at a time: figures as doubles, all else as text."""
    arrow, csvs = _pyarrow("pyarrow"), _pyarrow("pyarrow.csv")
    with source.open(encoding="utf-8") as file:
        head = file.readline().strip().split(",")
    types = {name: arrow.float64() if name in figures else arrow.string() for name in head}
    options = csvs.ConvertOptions(column_types=types, strings_can_be_null=False)
    with (
        csvs.open_csv(str(source), convert_options=options) as rows,
        _pyarrow("pyarrow.ipc").new_stream(str(target), rows.schema) as out,
    ):
        for batch in rows:
            out.write_batch(batch)


def _pyarrow(name: str) -> ModuleType:
    try:
        return import_module(name)
    except ImportError as error:
        raise QuestionError(
            "Arrow needs pyarrow: pip install 'landbridge[arrow]', or let --out end in .csv"
        ) from error
