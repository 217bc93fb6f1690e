"""Read the files of a case folder as texts and rows, strictly, whatever they hold.

Limits are named constants: a file that goes beyond one is refused before it is taken in whole.
"""

from __future__ import annotations

import csv
import io
import re
import stat
from dataclasses import dataclass, field
from pathlib import Path

from landbridge.errors import Fault
from landbridge.network.near import did_you_mean

MOST_BYTES = 64 * 1024 * 1024
"""Largest file of a case."""
MOST_ROWS = 200_000
"""Most rows of one file of a case."""
MOST_CHARACTERS = 20_000
"""Longest cell."""
MOST_FAULTS = 20
"""Faults of one kind that are listed for one file; the rest is counted."""

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class Sheet:
    """A CSV file as texts: one list of cells per column of the header."""

    name: str
    header: list[str] = field(default_factory=list[str])
    columns: dict[str, list[str]] = field(default_factory=dict[str, list[str]])
    lines: list[int] = field(default_factory=list[int])
    """The line of the file on which each row begins."""
    faults: list[Fault] = field(default_factory=list[Fault])


def read_text(folder: Path, name: str) -> tuple[str, list[Fault]]:
    """The text of one file of ``folder``, or an empty text and what is wrong with it."""
    path = folder / name
    try:
        # a link that leads out of the folder would let a case read what its reader did not mean
        inside = path.resolve().is_relative_to(folder.resolve())
        status = path.stat()
    except (OSError, ValueError, RuntimeError) as error:
        return "", [Fault(name, f"cannot be read ({error})", "must be a readable file")]
    if not inside:
        return "", [Fault(name, "leads out of the folder", "a case lies in its folder", "Copy it.")]
    if not stat.S_ISREG(status.st_mode):
        return "", [Fault(name, "is no regular file", "must be a file")]
    if status.st_size > MOST_BYTES:
        found = f"has {status.st_size:,} bytes"
        return "", [Fault(name, found, f"may have at most {MOST_BYTES:,}", "Split the case.")]
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        return "", [Fault(name, f"cannot be read ({error})", "must be a readable file")]
    return decode(name, data)


def decode(name: str, data: bytes) -> tuple[str, list[Fault]]:
    """UTF-8 bytes as text without a byte order mark, or an empty text and what is wrong."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"holds the byte 0x{data[error.start]:02x}, which is no UTF-8"
        return "", [Fault(f"{name}, line {line}", found, "must be UTF-8", "Save it as UTF-8.")]
    control = _CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1
        sign = ord(control.group())
        what = "a NUL byte" if sign == 0 else f"the control character 0x{sign:02x}"
        return "", [
            Fault(f"{name}, line {line}", f"holds {what}", "must be plain text", "Remove it.")
        ]
    return text, []


def read_sheet(name: str, text: str) -> Sheet:
    """A CSV text as columns: one header, every row as long as it, quotes as RFC 4180 has them."""
    sheet = Sheet(name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    line = 1
    try:
        for row in reader:
            if line == 1 and not sheet.header:
                sheet.header = row
            elif len(rows) >= MOST_ROWS:
                found = f"has more than {MOST_ROWS:,} rows"
                rule = f"a table of a case may have {MOST_ROWS:,}"
                sheet.faults.append(Fault(name, found, rule))
                break
            else:
                _take(sheet, rows, row, line)
            line = reader.line_num + 1
    except csv.Error as error:
        rule = "must be CSV with a comma between cells and a doubled quote inside quotes"
        sheet.faults.append(Fault(f"{name}, line {reader.line_num}", f"{error}", rule))
    if not sheet.header:
        if not sheet.faults:
            rule = "the first line names the columns"
            sheet.faults.append(Fault(f"{name}, line 1", "is empty", rule))
        return sheet
    cells = list(zip(*rows, strict=True)) if rows else [() for _ in sheet.header]
    sheet.columns = {
        column: list(own) for column, own in zip(sheet.header, cells, strict=True) if column
    }
    return _told_once(sheet)


def header_faults(
    sheet: Sheet, needed: tuple[str, ...], optional: tuple[str, ...] = ()
) -> list[Fault]:
    """What is wrong with the columns of a sheet that holds no table of a network."""
    known = (*needed, *optional)
    where, rule = f"{sheet.name}, line 1", f"columns are {', '.join(known)}"
    found = [
        Fault(where, f"has the unknown column {name!r}", rule, did_you_mean(name, known))
        for name in sheet.header
        if name not in known
    ]
    missing = [name for name in needed if name not in sheet.header]
    if missing:
        found.append(Fault(where, f"lacks {', '.join(missing)}", rule))
    return found


def _take(sheet: Sheet, rows: list[list[str]], row: list[str], line: int) -> None:
    where = f"{sheet.name}, line {line}"
    if len(row) != len(sheet.header):
        found = "is empty" if not row else f"has {len(row)} cells"
        rule = f"the header has {len(sheet.header)}"
        remedy = "Remove the line." if not row else "Quote cells that hold a comma."
        sheet.faults.append(Fault(where, found, rule, remedy))
        return
    long = next((k for k, cell in enumerate(row) if len(cell) > MOST_CHARACTERS), -1)
    if long >= 0:
        place = f"{where}, column {sheet.header[long]}"
        found = f"has {len(row[long]):,} characters"
        sheet.faults.append(Fault(place, found, f"may have at most {MOST_CHARACTERS:,}"))
        return
    rows.append(row)
    sheet.lines.append(line)


def _told_once(sheet: Sheet) -> Sheet:
    more = len(sheet.faults) - MOST_FAULTS
    if more > 0:
        rule = sheet.faults[-1].rule
        sheet.faults = [
            *sheet.faults[:MOST_FAULTS],
            Fault(sheet.name, f"{more} more lines like these", rule),
        ]
    return sheet
