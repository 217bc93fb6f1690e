"""Many distances at once: a CSV file of pairs in, a CSV table in the same order out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from landbridge.errors import DataError, Fault, InputError
from landbridge.network.network import Network
from landbridge.places.find import resolve
from landbridge.places.place import Place
from landbridge.routing.shortest import DistanceParams, Means, Shortest, find_shortest

MOST_ROWS = 100_000
MOST_BYTES = 64 * 1024 * 1024
AT_ONCE = 128
"""Pairs per table: enough to share searches, few enough to keep the table small."""
WANTED = ("origin", "destination")
COLUMNS = ("origin", "destination", "km", "passages", "countries", "gauges", "snap_km", "error")


@dataclass(frozen=True)
class Answer:
    """One row of the answer, ready to be written; texts only."""

    origin: str
    destination: str
    km: str = ""
    passages: str = ""
    countries: str = ""
    gauges: str = ""
    snap_km: str = ""
    """Of origin and destination, separated by ``;`` as in all lists."""
    error: str = ""

    def cells(self) -> list[str]:
        """In the order of ``COLUMNS``."""
        return [
            self.origin, self.destination, self.km, self.passages, self.countries, self.gauges,
            self.snap_km, self.error,
        ]  # fmt: skip


def read_pairs(body: bytes, name: str) -> list[tuple[str, str]]:
    """The pairs of a CSV file with the columns origin and destination, others being ignored.

    ``name``: of the file, for messages. Raises ``DataError`` with every fault: broken encoding or
    quotes, a missing column, an empty row or cell, more than ``MOST_ROWS`` rows.
    """
    if len(body) > MOST_BYTES:
        rule = f"must hold at most {MOST_BYTES:,}"
        raise DataError([Fault(name, f"holds {len(body):,} bytes", rule, "Split the file")])
    text = _decoded(body, name)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    pairs: list[tuple[str, str]] = []
    faults: list[Fault] = []
    try:
        header = [cell.strip().lower() for cell in next(reader, list[str]())]
        columns = _columns(header, name)
        blank: list[int] = []
        for cells in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in cells):
                blank.append(line)
                continue
            # blank lines at the end of a file are no rows, those before another row are
            faults += [_empty(name, other) for other in blank]
            blank = []
            faults += _faults_of(cells, header, columns, f"{name}, line {line}")
            if not faults:
                pairs.append((cells[columns[0]].strip(), cells[columns[1]].strip()))
                if len(pairs) > MOST_ROWS:
                    raise DataError([_too_many(name)])
    except csv.Error as error:
        where = f"{name}, line {reader.line_num}"
        raise DataError([Fault(where, f"is no CSV ({error})", "quotes must be closed")]) from error
    if not pairs and not faults:
        faults.append(Fault(name, "holds no rows", "needs one pair at least"))
    if faults:
        raise DataError(faults)
    return pairs


def _decoded(body: bytes, name: str) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        found = f"holds the byte 0x{body[error.start]:02x}, which is no UTF-8"
        fault = Fault(
            f"{name}, line {line}", found, "must be UTF-8", "Save it as UTF-8 and try again"
        )
        raise DataError([fault]) from error


def _columns(header: list[str], name: str) -> tuple[int, int]:
    faults = [
        Fault(
            f"{name}, line 1",
            f"has the columns {', '.join(header) or 'none'}",
            f"needs one column {wanted!r}",
            f"The first line must be: {','.join(WANTED)}",
        )
        for wanted in WANTED
        if header.count(wanted) != 1
    ]
    if faults:
        raise DataError(faults)
    return header.index(WANTED[0]), header.index(WANTED[1])


def _faults_of(
    cells: list[str], header: list[str], columns: tuple[int, int], where: str
) -> list[Fault]:
    if len(cells) != len(header):
        rule = f"the header has {len(header)}"
        remedy = "Put a place that holds a comma, such as 59.9,30.3, into double quotes"
        return [Fault(where, f"has {len(cells)} cells", rule, remedy)]
    return [
        Fault(f"{where}, column {wanted}", "is empty", "must name a place")
        for wanted, column in zip(WANTED, columns, strict=True)
        if not cells[column].strip()
    ]


def _empty(name: str, line: int) -> Fault:
    return Fault(f"{name}, line {line}", "is empty", "every line must hold a pair", "Remove it")


def _too_many(name: str) -> Fault:
    rule = f"at most {MOST_ROWS:,} rows are answered at once"
    return Fault(name, f"holds more than {MOST_ROWS:,} rows", rule, "Split the file")


def answer_pairs(
    net: Network,
    means: Means,
    pairs: Sequence[tuple[str, str]],
    params: DistanceParams | None = None,
) -> Iterator[Answer]:
    """The answer to each pair, in order. What is wrong with a row is said in its ``error``."""
    known: dict[str, Place | str] = {}
    for first in range(0, len(pairs), AT_ONCE):
        some = pairs[first : first + AT_ONCE]
        both = [(_place(net, a, known), _place(net, b, known)) for a, b in some]
        good = [(a, b) for a, b in both if isinstance(a, Place) and isinstance(b, Place)]
        ways = iter(find_shortest(net, means, good, params) if good else ())
        for (origin, destination), ends in zip(some, both, strict=True):
            wrong = [end for end in ends if isinstance(end, str)]
            if wrong:
                yield Answer(origin, destination, error="; ".join(dict.fromkeys(wrong)))
            else:
                yield _answer(origin, destination, next(ways))


def _place(net: Network, text: str, known: dict[str, Place | str]) -> Place | str:
    """The place of a text, or what is wrong with it, on one line."""
    if text not in known:
        try:
            known[text] = resolve(net, text).place
        except InputError as error:
            known[text] = " ".join(str(error).split())
    return known[text]


def _answer(origin: str, destination: str, way: Shortest) -> Answer:
    snap_km = ";".join(f"{km:.1f}" if km < float("inf") else "" for km in way.snapped_km)
    if way.failure:
        return Answer(origin, destination, snap_km=snap_km, error=way.failure)
    return Answer(
        origin,
        destination,
        km=f"{way.km:.1f}",
        passages=";".join(way.passages),
        countries=";".join(way.countries),
        gauges=";".join(str(gauge) for gauge in way.gauges_mm),
        snap_km=snap_km,
    )
