"""Runs that are killed, interrupted, or have no more room: what was finished is there."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from test_run_folder import COUNT, DAYS, NET, bytes_of, run
from test_season import START

from landbridge.cli import simulate
from landbridge.cli.main import main
from landbridge.simulation.run_manifest import read_manifest
from landbridge.simulation.run_open import open_run

CHILD = Path(__file__).with_name("run_child.py")


@cache
def whole() -> dict[str, bytes]:
    folder = Path(mkdtemp())
    run(folder)
    return bytes_of(folder)


def child(folder: Path, workers: int, what: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(CHILD), str(folder), str(workers), what],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.mark.parametrize("workers", [1, 2, 8])
def test_a_killed_run_goes_on_to_the_bytes_of_one_that_was_not(
    tmp_path: Path, workers: int
) -> None:
    folder = tmp_path / "run"
    with child(folder, workers, "wait") as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "two\n"
        process.kill()
    found = open_run(folder)
    assert len(found.numbers) >= 2
    assert not found.finished
    with child(folder, workers, "go on") as process:
        assert process.wait() == 0
    assert bytes_of(folder) == whole()


def test_what_a_kill_in_the_middle_of_a_file_leaves_is_no_part_of_the_run(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    run(folder, replications=2)
    (folder / "replications" / ".00002.npz.part").write_bytes(b"half a fi")
    (folder / "replications" / "00003.npz").write_bytes(b"whole, and not yet listed")
    (folder / ".manifest.json.part").write_bytes(b"{")
    assert open_run(folder).numbers == (0, 1)
    run(folder)
    assert bytes_of(folder) == whole()


def test_a_full_disk_is_told_with_the_path_and_what_is_finished_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    with child(folder, 1, "full") as process:
        _, told = process.communicate()
        assert process.returncode == 2
    assert f"{folder}/replications/00002.npz cannot be written (File too large)" in told
    assert "2 finished replications are kept" in told
    assert "give the same command again" in told
    assert open_run(folder).numbers == (0, 1)
    assert not list(folder.rglob(".*.part"))
    run(folder)
    assert bytes_of(folder) == whole()


def test_an_interrupted_command_says_how_to_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Interrupts(simulate.Teller):
        """As Ctrl-C after the second replication."""

        def __call__(self, what: str, done: int, wanted: int) -> None:
            if done == 2:
                raise KeyboardInterrupt
            super().__call__(what, done, wanted)

    def small(*_: object, **__: object) -> object:
        return NET

    folder = tmp_path / "run"
    command = ["simulate", "--start", START.isoformat(), "--days", str(DAYS), "--warm-up", "10",
               "--replications", str(COUNT), "--out", str(folder)]  # fmt: skip
    monkeypatch.setattr(simulate, "open_season", small)
    with monkeypatch.context() as during:
        during.setattr(simulate, "Teller", Interrupts)
        assert main(command) == 130
    told = capsys.readouterr().err
    kept = len(read_manifest(folder).replications())
    assert kept >= 2
    assert f"stopped; {kept} finished replications are in {folder}" in told
    assert "the same command goes on from there" in told
    assert main(command) == 0
    assert f"{kept} finished replications are kept from before" in capsys.readouterr().err
    files = bytes_of(folder)
    before = whole()
    assert files.pop("manifest.json") != before["manifest.json"]  # it has the command line
    assert files == {name: data for name, data in before.items() if name != "manifest.json"}


def test_a_wrong_question_leaves_nothing_that_the_right_one_meets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(*_: object, **__: object) -> object:
        return NET

    monkeypatch.setattr(simulate, "open_season", small)
    folder = tmp_path / "run"
    command = ["simulate", "--warm-up", "0", "--replications", "1", "--out", str(folder), "--days"]
    assert main([*command, "0"]) == 2
    assert list(folder.iterdir()) == []
    assert main([*command, "3"]) == 0
