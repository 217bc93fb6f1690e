"""Every reader meets damaged files: only our own errors may come out of it."""

import contextlib
import os
import shutil
import tempfile
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.errors import DataError, LandbridgeError
from landbridge.network import tables as t
from landbridge.network.case import read_case
from landbridge.network.case_cells import read_draft
from landbridge.network.case_file import decode, read_sheet
from landbridge.network.case_toml import read_head
from landbridge.network.load import read_base
from landbridge.routing.pairs import read_pairs
from landbridge.scenario.claims_table import claims_of
from landbridge.scenario.statistics_table import statistics_of
from landbridge.schema.opening import parse_opening
from landbridge.schema.timetable import parse_timetable

MANY = int(os.environ.get("FUZZ_EXAMPLES", "150"))
"""`make fuzz` runs the same with many more."""
CASES = Path(str(resources.files("landbridge") / "cases"))
FILES = sorted(path for path in CASES.glob("*/*.csv") if path.stem not in {"claims", "statistics"})
SAID = sorted([*CASES.glob("*/claims.csv"), *CASES.glob("*/statistics.csv")])
HEADS = sorted(CASES.glob("*/case.toml"))
PIECES = [
    b"\0", b'"', b"\r\n", b"\xef\xbb\xbf", b"\xff", b",,,,", b"1e999", b"nan", b"-", b"=1+1",
    "\u202e\u0661".encode(), b"9" * 400, b"[[a]]", b"\n\n", b"2025-13-45", b"'''",
]  # fmt: skip
LETTERS = "MoTuWeThFrSa 0123456789:-;PHWDofevrydaysmnthx"
KINDS = {kind.name: kind for kind in t.CASE_TABLES}


@st.composite
def damaged(draw: st.DrawFn, files: list[Path]) -> tuple[str, bytes]:
    """A real file with a few bytes flipped, cut out, doubled or replaced."""
    path = draw(st.sampled_from(files))
    data = bytearray(path.read_bytes()[:20_000])
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, max(0, len(data) - 1)))
        how = draw(st.integers(0, 3))
        if how == 0 and data:
            data[at] ^= 1 << draw(st.integers(0, 7))
        elif how == 1:
            del data[at : at + draw(st.integers(1, 300))]
        elif how == 2:
            data[at:at] = draw(st.sampled_from(PIECES))
        else:
            data[at:at] = data[at : at + draw(st.integers(1, 200))]
    return path.stem, bytes(data)


@settings(max_examples=MANY, deadline=None)
@given(file=damaged(FILES))
def test_a_damaged_table_of_a_case_is_faults_and_nothing_else(file: tuple[str, bytes]) -> None:
    name, data = file
    text, faults = decode(f"{name}.csv", data)
    if faults:
        assert "UTF-8" in str(faults[0]) or "text" in str(faults[0])
        return
    draft, faults = read_draft(KINDS[name], read_sheet(f"{name}.csv", text))
    for fault in faults:
        assert str(fault).startswith(f"{name}.csv")
    assert all(len(cells) == len(draft) for cells in draft.columns.values())


@settings(max_examples=MANY, deadline=None)
@given(file=damaged(SAID))
def test_damaged_claims_and_statistics_are_rows_or_faults(file: tuple[str, bytes]) -> None:
    name, data = file
    text, faults = decode(f"{name}.csv", data)
    if faults:
        return
    read = claims_of if name == "claims" else statistics_of
    with contextlib.suppress(DataError):
        read(read_sheet(f"{name}.csv", text))


@settings(max_examples=MANY, deadline=None)
@given(file=damaged(HEADS))
def test_a_damaged_head_of_a_case_is_a_head_or_faults(file: tuple[str, bytes]) -> None:
    text, faults = decode("case.toml", file[1])
    if not faults:
        head, faults = read_head(text)
        assert (head is None) == bool(faults)


@settings(max_examples=max(10, MANY // 5), deadline=None)
@given(file=damaged(FILES))
def test_a_folder_with_a_damaged_file_is_read_to_its_end(file: tuple[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "case"
        shutil.copytree(CASES / "world", folder)
        (folder / f"{file[0]}.csv").write_bytes(file[1])
        found = read_case(folder)
        assert found.head is not None
        assert all(str(fault) for fault in found.faults)


@settings(max_examples=MANY, deadline=None)
@given(body=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_pairs_are_read_or_refused(body: bytes) -> None:
    told = ""
    pairs: list[tuple[str, str]] = []
    try:
        pairs = read_pairs(b"origin,destination\n" + body, "pairs.csv")
    except LandbridgeError as error:
        told = str(error)
    assert "pairs.csv" in told or (pairs and all(a and b for a, b in pairs))


def opening(text: str) -> object:
    return parse_opening(text, frozenset({5, 6}))


@settings(max_examples=MANY, deadline=None)
@given(text=st.text(max_size=60) | st.text(LETTERS, max_size=40))
def test_words_of_time_are_read_or_refused(text: str) -> None:
    for parse in (parse_timetable, opening):
        told = "must be as"
        try:
            parse(text)
        except ValueError as error:
            told = str(error)
        assert "must be as" in told


@settings(max_examples=max(10, MANY // 10), deadline=None)
@given(data=st.data())
def test_a_damaged_world_file_is_told(data: st.DataObject) -> None:
    source = Path(str(resources.files("landbridge") / "data"))
    manifest = (source / "manifest.json").read_bytes()
    world = (source / "world.bin").read_bytes()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        which = data.draw(st.integers(0, 2))
        at = data.draw(st.integers(0, len(world) - 1))
        if which == 0:
            world = world[:at]
        elif which == 1:
            world = world[:at] + bytes([world[at] ^ 1]) + world[at + 1 :]
        else:
            at %= len(manifest)
            manifest = manifest[:at] + b"\xff" + manifest[at + 1 :]
        (folder / "manifest.json").write_bytes(manifest)
        (folder / "world.bin").write_bytes(world)
        with pytest.raises(LandbridgeError):
            read_base(folder)
