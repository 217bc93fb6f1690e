"""Runs read again: what was told is told again, what is damaged is named, the rest is readable."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_run_folder import COUNT, DAYS, NET, bytes_of, params, run
from test_season import START

import landbridge as lb
from landbridge.cli.main import main
from landbridge.errors import DataError, InputError, LandbridgeError, QuestionError
from landbridge.simulation.report_html import report_html
from landbridge.simulation.report_json import report_json
from landbridge.simulation.run_manifest import entry_of
from landbridge.simulation.run_open import open_run
from landbridge.simulation.season import simulate


@cache
def written() -> Path:
    folder = Path(mkdtemp())
    run(folder)
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return shutil.copytree(written(), tmp_path / "run")


def listed_as_it_is(folder: Path, name: str) -> None:
    """Whoever damages a file may also write its new digest into the manifest."""
    path = folder / "manifest.json"
    told = json.loads(path.read_text())
    entry = entry_of((folder / name).read_bytes())
    told["files"][name] = {"bytes": entry.bytes, "sha256": entry.sha256}
    path.write_text(json.dumps(told))


def test_an_opened_run_tells_what_the_run_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = simulate(NET, start=START, days=DAYS, params=params())
    monkeypatch.setattr("landbridge.network.load.load", None)  # no network is needed
    opened = lb.open_run(written())
    assert opened.finished
    assert str(opened) == str(found)
    assert opened.json() == report_json(found.report)
    assert report_html(opened.report) == report_html(found.report)
    assert main(["simulate", "--open", str(written())]) == 0
    assert capsys.readouterr().out == f"{found}\n"
    assert main(["simulate", "--open", str(written()), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == opened.json()


def test_texts_of_a_run_are_no_html(copy: Path) -> None:
    facts = json.loads((copy / "facts.json").read_text())
    facts["ways"][0]["title"] = "<script>alert(1)</script>"
    (copy / "facts.json").write_text(json.dumps(facts))
    listed_as_it_is(copy, "facts.json")
    page = report_html(open_run(copy).report)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_texts_that_a_terminal_would_obey_are_refused(copy: Path) -> None:
    for text in ("\x1b[2J", "\ud800"):
        facts = json.loads((copy / "facts.json").read_text())
        facts["stations"][0]["name"] = text
        (copy / "facts.json").write_text(json.dumps(facts))
        listed_as_it_is(copy, "facts.json")
        with pytest.raises(DataError, match="name of stations 0") as caught:
            open_run(copy)
        assert "\x1b" not in str(caught.value)


def test_open_takes_no_other_question(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["simulate", "--open", str(written()), "--days", "9"]) == 2
    assert "leave out --days" in capsys.readouterr().err


def damage_bytes(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(damage_bytes, "has SHA-256"), (shorten, "has 100 bytes"), (Path.unlink, "is not there")],
)
@pytest.mark.parametrize("name", ["replications/00001.npz", "tables/waits.csv"])
def test_a_damaged_file_is_named_and_the_rest_is_readable(
    copy: Path, spoil: Callable[[Path], None], words: str, name: str
) -> None:
    spoil(copy / name)
    with pytest.raises(DataError, match=words) as caught:
        open_run(copy)
    whole = COUNT - 1 if "replications" in name else COUNT
    assert name in str(caught.value)
    assert f"{whole} of {COUNT} replications are whole" in str(caught.value)
    rest = open_run(copy, salvage=True)
    assert len(rest.replications) == whole
    assert not rest.finished
    assert len(rest.faults) == 1
    run(copy)  # as the message says
    assert bytes_of(copy) == bytes_of(written())


@pytest.mark.parametrize("spoil", [damage_bytes, shorten, Path.unlink])
def test_without_facts_nothing_is_readable_until_they_are_written_again(
    copy: Path, spoil: Callable[[Path], None]
) -> None:
    spoil(copy / "facts.json")
    with pytest.raises(DataError, match=r"facts\.json"):
        open_run(copy, salvage=True)
    run(copy)
    assert bytes_of(copy) == bytes_of(written())


CHANGES: list[tuple[dict[str, object], str]] = [
    ({"format": 1}, "format is 1; this landbridge reads run folders of format 2"),
    ({"format": None}, "format is None"),
    ({"files": []}, "question or files is no record"),
    ({"question": 3}, "question or files is no record"),
    ({"state": "odd"}, "state is 'odd'"),
    ({"command": 7}, "command is 7"),
    ({"files": {"../../etc/passwd": {"bytes": 1, "sha256": ""}}}, "lie within the folder"),
    ({"files": {"/etc/passwd": {"bytes": 1, "sha256": ""}}}, "lie within the folder"),
    ({"files": {"a/../b.csv": {"bytes": 1, "sha256": ""}}}, "lie within the folder"),
    ({"files": {"facts.json": {"bytes": -1, "sha256": ""}}}, "bytes is a number"),
    ({"files": {"facts.json": {"bytes": True, "sha256": ""}}}, "bytes is a number"),
    ({"files": {"facts.json": None}}, "bytes is a number"),
    ({"files": {f"a{k}.csv": 0 for k in range(20_001)}}, "20,001 files"),
    ({"files": {}}, "before its first replication"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_a_manifest_that_is_not_as_written_is_refused(
    copy: Path, change: dict[str, object], words: str
) -> None:
    path = copy / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    with pytest.raises(DataError, match=words):
        open_run(copy, salvage=True)


def test_what_is_no_json_or_too_large_is_refused(copy: Path) -> None:
    path = copy / "manifest.json"
    for text, words in (("{", "is no JSON"), ("[1]", "no JSON record"), ("[" * 9999, "is no JSON"),
                        (" " * (4 << 20) + "{}", "at most 4,194,304")):  # fmt: skip
        path.write_text(text)
        with pytest.raises(DataError, match=words):
            open_run(copy)


def test_a_link_is_not_followed_out_of_the_folder(copy: Path, tmp_path: Path) -> None:
    victim = copy / "tables" / "waits.csv"
    outside = tmp_path / "outside.csv"
    outside.write_bytes(victim.read_bytes())
    victim.unlink()
    victim.symlink_to(outside)
    with pytest.raises(DataError, match="no file of this folder"):
        open_run(copy)


def test_no_folder_and_no_run_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(QuestionError, match="is no folder"):
        open_run(tmp_path / "nothing")
    with pytest.raises(QuestionError, match=r"has no manifest\.json"):
        open_run(tmp_path)


def with_array(folder: Path, name: str, array: np.ndarray[tuple[int, ...]] | bytes) -> None:
    """Another array in the place of one of the first replication, listed as it is."""
    path = folder / "replications" / "00000.npz"
    body = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == f"{name}.npy":
                stream = io.BytesIO()
                if isinstance(array, bytes):
                    stream.write(array)
                else:
                    np.save(stream, array, allow_pickle=True)
                data = stream.getvalue()
            new.writestr(info.filename, data)
    path.write_bytes(body.getvalue())
    listed_as_it_is(folder, "replications/00000.npz")


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.zeros(3), r"has shape \(3,\)"),
        (np.array([{"a": 1}], dtype=object), "holds object"),
        (np.full(2, np.nan), "no numbers|shape"),
        (b"x" * 200, "is no array"),
        (np.zeros(100_000), "bytes, at most"),
        (b"\x93NUMPY\x01\x00v\x00{'descr': '<i8', 'fortran_order': False, 'shape': (99999999999,)}",
         "is no array|has shape"),
    ],
)  # fmt: skip
def test_arrays_that_are_not_those_of_the_run_are_refused(
    copy: Path, array: np.ndarray[tuple[int, ...]] | bytes, words: str
) -> None:
    with_array(copy, "wanted", array)
    with pytest.raises(DataError, match=words) as caught:
        open_run(copy)
    assert "00000.npz" in str(caught.value)
    assert open_run(copy, salvage=True).numbers == (1, 2, 3, 4)


def test_a_replication_that_is_no_zip_is_refused(copy: Path) -> None:
    (copy / "replications" / "00000.npz").write_bytes(b"PK\x03\x04 and no more")
    listed_as_it_is(copy, "replications/00000.npz")
    with pytest.raises(DataError, match=r"is no whole \.npz file"):
        open_run(copy)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)


@given(st.sampled_from(["manifest.json", "facts.json"]), st.data())
def test_whatever_stands_in_a_file_the_fault_is_told(name: str, data: st.DataObject) -> None:
    told = json.loads((written() / name).read_text())
    at: dict[str, object] | list[object] = told
    while True:  # somewhere within
        keys: list[str] | range = sorted(at) if isinstance(at, dict) else range(len(at))
        key = data.draw(st.sampled_from(keys))
        inner: object = at[key]  # pyright: ignore[reportArgumentType, reportCallIssue, reportUnknownVariableType]
        if not isinstance(inner, dict | list) or not inner or data.draw(st.booleans()):
            break
        at = inner  # pyright: ignore[reportUnknownVariableType]
    at[key] = data.draw(PLAIN)  # pyright: ignore[reportArgumentType, reportCallIssue]
    folder = Path(mkdtemp())
    try:
        shutil.copytree(written(), folder / "run")
        (folder / "run" / name).write_text(json.dumps(told))
        if name == "facts.json":
            listed_as_it_is(folder / "run", name)
        with np.errstate(all="ignore"), contextlib.suppress(InputError):
            str(open_run(folder / "run", salvage=True))
    finally:
        shutil.rmtree(folder)


@given(st.binary(max_size=300), st.sampled_from(["manifest.json", "facts.json"]))
def test_any_bytes_are_told_as_no_run(data: bytes, name: str) -> None:
    folder = Path(mkdtemp())
    try:
        shutil.copytree(written(), folder / "run")
        (folder / "run" / name).write_bytes(data)
        with pytest.raises(LandbridgeError):
            open_run(folder / "run", salvage=True)
    finally:
        shutil.rmtree(folder)
