"""From the texts of a CSV file to a draft of a table: every cell read strictly, by its column."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from landbridge.errors import Fault
from landbridge.network.case_file import MOST_FAULTS, Sheet
from landbridge.network.draft import Draft, Element, blank, columns_by_name, neutral
from landbridge.network.near import did_you_mean
from landbridge.schema.rules import range_words
from landbridge.schema.table import Column, Table, columns_of, key_of
from landbridge.units import day_number

_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
FLAGS = {"yes": True, "no": False}


@dataclass(slots=True)
class _Reading:
    """A draft in the making, and what is wrong with it."""

    sheet: Sheet
    draft: Draft
    faults: list[Fault] = field(default_factory=list[Fault])


def read_draft(kind: type[Table], sheet: Sheet) -> tuple[Draft, list[Fault]]:
    """The rows of a sheet as a draft of ``kind``; neutral values stand where a cell is wrong."""
    reading = _Reading(sheet, Draft(kind))
    reading.faults += sheet.faults
    if sheet.header:
        reading.faults += _header_faults(kind, sheet)
    draft = reading.draft
    draft.origins = [f"{sheet.name}, line {line}" for line in sheet.lines]
    for column in columns_of(kind):
        if column.name in sheet.columns:
            draft.columns[column.name] = _read_column(reading, column)
        else:
            draft.columns[column.name] = [_absent(column, row) for row in range(len(draft))]
            if not optional(column):
                draft.bad.update(range(len(draft)))
    key = key_of(kind)
    draft.keys = [str(cell) for cell in draft.columns[key]] if key else [""] * len(draft)
    return draft, reading.faults


def optional(column: Column) -> bool:
    """Whether a file may leave the column out: where blank cells have a meaning, bar sources."""
    return blank(column) is not None and column.name != "source"


def _absent(column: Column, row: int) -> Element:
    empty = blank(column)
    if empty is not None:
        return empty
    return f"?{row}" if column.key else neutral(column)


def _header_faults(kind: type[Table], sheet: Sheet) -> list[Fault]:
    where = f"{sheet.name}, line 1"
    known = columns_by_name(kind)
    faults: list[Fault] = []
    for place, name in enumerate(sheet.header):
        if name in known:
            if name in sheet.header[:place]:
                faults.append(Fault(where, f"names {name!r} twice", "a column stands once"))
            continue
        missing = [other for other in known if other not in sheet.columns]
        rule = f"a column of {kind.name} is one of {', '.join(known)}"
        remedy = did_you_mean(name, missing) or "Remove it."
        faults.append(Fault(where, f"has the unknown column {name!r}", rule, remedy))
    faults += [
        Fault(where, f"has no column {column.name!r}", f"{kind.name} must tell it", "Add it.")
        for column in columns_of(kind)
        if column.name not in sheet.columns and not optional(column)
    ]
    return faults


def _read_column(reading: _Reading, column: Column) -> list[Element]:
    texts = reading.sheet.columns[column.name]
    read = _reader(column)
    known: dict[str, Element] = {}  # cells repeat themselves
    cells: list[Element] = []
    told = 0
    for row, text in enumerate(texts):
        try:
            if text not in known:
                known[text] = read(text)
            cells.append(known[text])
        except ValueError as error:
            told += 1
            if told <= MOST_FAULTS:
                where = f"{reading.draft.origins[row]}, column {column.name}"
                found = f"holds {text[:80]!r}" if text else "is empty"
                reading.faults.append(Fault(where, found, str(error)))
            reading.draft.bad.add(row)
            cells.append(f"?{row}" if column.key else neutral(column))
    if told > MOST_FAULTS:
        found = f"{told - MOST_FAULTS} more cells like these"
        where = f"{reading.sheet.name}, column {column.name}"
        reading.faults.append(Fault(where, found, _wanted(column)))
    return cells


def _wanted(column: Column) -> str:
    """What a cell of the column must hold, in words."""
    if column.one_of is not None:
        return f"must be one of {', '.join(column.one_of.words)}"
    if column.ref is not None:
        return f"must be an id of {column.ref.table}"
    if column.day is not None:
        return "must be a date as 2025-06-01, or empty"
    if column.dtype == np.dtype(np.bool_):
        return "must be yes or no"
    if column.text:
        return "must be an id" if column.key else "must be a text without blanks at its ends"
    kind = "a number" if column.dtype == np.dtype(np.float64) else "a whole number"
    unit = f" in {column.unit}" if column.unit else ""
    bounds = f" that {range_words(column.range)}" if column.range is not None else ""
    missing = ", or empty" if column.range is not None and column.range.missing else ""
    return f"must be {kind}{unit}{bounds}{missing}"


def _reader(column: Column) -> Callable[[str], Element]:
    """How a text becomes a cell of the column; ``ValueError`` says the rule it breaks."""
    convert, empty, wanted = _converter(column), blank(column), _wanted(column)

    def read(text: str) -> Element:
        if text:
            return convert(text)
        if empty is None:
            raise ValueError(wanted)
        return empty

    return read


def _converter(column: Column) -> Callable[[str], Element]:
    """How a text that is not empty becomes a cell of the column; ``ValueError`` says the rule."""
    wanted = _wanted(column)
    if column.day is not None:
        return _date
    if column.text or column.ref is not None:
        return _text
    if column.one_of is not None:
        words = {word: code for code, word in enumerate(column.one_of.words)}
        return lambda text: _listed(text, words, wanted)
    if column.dtype == np.dtype(np.bool_):
        return lambda text: _listed(text, FLAGS, wanted)
    if column.dtype == np.dtype(np.float64):
        return lambda text: _number(text, wanted)
    limits = np.iinfo(np.int32 if column.dtype == np.dtype(np.int32) else np.int16)
    return lambda text: _whole(text, int(limits.min), int(limits.max), wanted)


def _text(text: str) -> str:
    if text != text.strip():
        raise ValueError("must be a text without blanks at its ends")
    return text


def _listed(text: str, words: dict[str, int] | dict[str, bool], wanted: str) -> int | bool:
    if text not in words:
        raise ValueError(wanted)
    return words[text]


def _number(text: str, wanted: str) -> float:
    if not _NUMBER.fullmatch(text):
        raise ValueError(wanted)
    return float(text)


def _whole(text: str, low: int, high: int, wanted: str) -> int:
    if not _WHOLE.fullmatch(text) or not low <= int(text) <= high:
        raise ValueError(wanted)
    return int(text)


def _date(text: str) -> int:
    if not _DATE.fullmatch(text):
        raise ValueError("must be a date as 2025-06-01, or empty")
    try:
        return day_number(dt.date.fromisoformat(text))
    except ValueError as error:
        raise ValueError(f"must be a day of the calendar ({error})") from error
