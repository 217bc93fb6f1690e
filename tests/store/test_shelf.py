"""The shelf: what is whole comes back, what is not counts as not there, and nothing ever fails."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.store.shelf import Arrays, Shelf, version_of

ARRAYS: Arrays = {
    "km": np.array([[1.5, np.inf], [0.0, -2.0]]),
    "rows": np.arange(5, dtype=np.int32),
    "open": np.array([True, False]),
    "none": np.empty(0),
}


def stocked(folder: Path) -> tuple[Shelf, Path]:
    shelf = Shelf(folder)
    shelf.put("ways of June", ARRAYS)
    return shelf, next(folder.glob("*.shelf"))


def test_what_was_put_comes_back_with_its_types_and_shapes(tmp_path: Path) -> None:
    shelf, _ = stocked(tmp_path)
    found = shelf.take("ways of June")
    assert found is not None
    assert list(found) == list(ARRAYS)
    for key, array in ARRAYS.items():
        assert found[key].dtype == array.dtype
        assert np.array_equal(found[key], array)
        assert found[key].shape == array.shape
    assert not list(tmp_path.glob(".*"))


def test_another_name_finds_nothing_even_where_the_file_was_moved_there(tmp_path: Path) -> None:
    shelf, path = stocked(tmp_path)
    assert shelf.take("ways of July") is None
    shelf.put("ways of July", {})
    other = next(one for one in tmp_path.glob("*.shelf") if one != path)
    path.replace(other)
    assert shelf.take("ways of July") is None


@given(st.data())
def test_a_file_with_one_byte_changed_or_cut_short_counts_as_not_there(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shelf, path = stocked(Path(folder))
        whole = path.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        if data.draw(st.booleans()):
            path.write_bytes(whole[:at])
        else:
            other = data.draw(st.integers(1, 255)) ^ whole[at]
            path.write_bytes(whole[:at] + bytes([other]) + whole[at + 1 :])
        assert shelf.take("ways of June") is None
        shelf.put("ways of June", ARRAYS)
        assert path.read_bytes() == whole


@given(st.binary(max_size=300))
def test_a_foreign_file_counts_as_not_there(body: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shelf, path = stocked(Path(folder))
        for foreign in (body, b"landbridge shelf 1\n" + body):
            path.write_bytes(foreign)
            assert shelf.take("ways of June") is None


def test_a_folder_in_the_place_of_a_file_counts_as_not_there(tmp_path: Path) -> None:
    shelf, path = stocked(tmp_path)
    path.unlink()
    path.mkdir()
    assert shelf.take("ways of June") is None
    shelf.put("ways of June", ARRAYS)
    assert shelf.take("ways of June") is None


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    place = tmp_path / "no folder"
    place.write_text("a file")
    for shelf in (Shelf(None), Shelf(place), Shelf(place / "below")):
        shelf.put("ways of June", ARRAYS)
        assert shelf.take("ways of June") is None


def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "replace", full)
    Shelf(tmp_path).put("ways of June", ARRAYS)
    assert not list(tmp_path.iterdir())


def test_the_least_recently_used_go_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("landbridge.store.shelf.MOST_FILES", 2)
    shelf = Shelf(tmp_path)
    for age, name in enumerate(("old", "older")):
        shelf.put(name, ARRAYS)
        for path in tmp_path.glob("*.shelf"):
            os.utime(path, (1000 - age, path.stat().st_mtime - 1000 * (age + 1)))
    assert shelf.take("old") is not None  # used now, so `older` is the least recently used
    shelf.put("new", ARRAYS)
    assert [shelf.take(name) is not None for name in ("old", "older", "new")] == [True, False, True]


def test_the_shelf_can_be_turned_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANDBRIDGE_SHELF", "off")
    Shelf(tmp_path).put("ways of June", ARRAYS)
    assert not list(tmp_path.iterdir())


def test_other_code_gives_other_names() -> None:
    assert version_of("kernels") != version_of("kernels", "routing")


WRITER = """
import sys, numpy as np
from pathlib import Path
from landbridge.store.shelf import Shelf
shelf = Shelf(Path(sys.argv[1]))
for turn in range(60):
    shelf.put("both", {"km": np.full(20_000, 7.0)})
    found = shelf.take("both")
    assert found is not None and (found["km"] == 7.0).all()
"""


def test_two_processes_may_write_and_read_one_entry_at_once(tmp_path: Path) -> None:
    both = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)]) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert len(list(tmp_path.iterdir())) == 1
