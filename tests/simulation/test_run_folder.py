"""Run folders: what is finished stays, what is stopped goes on, nothing else gets in."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from test_season import START, boxes, ferry

from landbridge.errors import DataError, InputError, QuestionError
from landbridge.network.rows import Capacity
from landbridge.simulation.facts import Facts, facts_of
from landbridge.simulation.replication import NAMES, SHAPES, Replication, arrays_of
from landbridge.simulation.run_arrays import packed, unpacked
from landbridge.simulation.run_folder import RunFolder
from landbridge.simulation.run_manifest import Plain, question_of, read_manifest
from landbridge.simulation.season import Season, SimulateParams, prepare, run_all, simulate

GATE = Capacity("kotka", "terminal", "FIKTK", "rate", "TEU/day", 5.0, 21.0, 30.0)
NET = ferry(boxes(7300.0), GATE)
DAYS = 20
COUNT = 5


def params(workers: int = 1, replications: int = COUNT) -> SimulateParams:
    return SimulateParams(replications, workers=workers, warm_up_days=10)


def run(folder: Path, workers: int = 1, replications: int = COUNT) -> None:
    simulate(NET, start=START, days=DAYS, params=params(workers, replications), out=folder)


def question() -> Plain:
    return question_of(NET, None, start=START, days=DAYS, seed=1, params=params())


def prepared(workers: int = 1) -> tuple[Season, Facts]:
    season = prepare(NET, start=START, days=DAYS, params=params(workers))
    return season, facts_of(NET, season)


def bytes_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


class Stopping:
    """Keeps what a folder keeps, and is interrupted after so many."""

    def __init__(self, folder: RunFolder, after: int) -> None:
        self.folder, self.left = folder, after

    def take(self, number: int) -> Replication | None:
        """As the folder has it."""
        return self.folder.take(number)

    def put(self, number: int, one: Replication) -> None:
        """Into the folder, or not at all."""
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1
        self.folder.put(number, one)


@pytest.mark.parametrize("workers", [1, 2, 8])
@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_run_that_was_stopped_goes_on_to_the_bytes_of_one_that_was_not(
    tmp_path: Path, workers: int, after: int
) -> None:
    run(tmp_path / "whole")
    season, facts = prepared()
    folder = RunFolder.begin(tmp_path / "stopped", question())
    folder.tell(facts)
    with pytest.raises(KeyboardInterrupt):
        list(run_all(season, keeper=Stopping(folder, after)))
    assert len(read_manifest(tmp_path / "stopped").replications()) == after
    assert read_manifest(tmp_path / "stopped").state == "running"
    run(tmp_path / "stopped", workers)
    assert bytes_of(tmp_path / "stopped") == bytes_of(tmp_path / "whole")
    assert read_manifest(tmp_path / "stopped").state == "finished"


def test_what_is_finished_is_not_simulated_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(tmp_path, replications=2)
    seen: list[int] = []
    replicate = Season.replicate

    def watched(self: Season, number: int, stop: object = None) -> Replication:
        assert stop is not None
        seen.append(number)
        return replicate(self, number)

    monkeypatch.setattr(Season, "replicate", watched)
    run(tmp_path, replications=4)
    assert seen == [2, 3]


def test_a_damaged_or_lost_replication_is_simulated_again(tmp_path: Path) -> None:
    run(tmp_path)
    before = bytes_of(tmp_path)
    victim = tmp_path / "replications" / "00002.npz"
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(data)
    (tmp_path / "replications" / "00003.npz").unlink()
    (tmp_path / "tables" / "waits.csv").write_text("nonsense")
    (tmp_path / "facts.json").unlink()
    run(tmp_path)
    assert bytes_of(tmp_path) == before


def test_another_question_is_refused_with_the_fields_that_differ(tmp_path: Path) -> None:
    run(tmp_path)
    before = bytes_of(tmp_path)
    with pytest.raises(QuestionError, match=r"days is 20 there and 21 here; seed is 1 there and 2"):
        simulate(NET, start=START, days=21, seed=2, params=params(), out=tmp_path)
    with pytest.raises(QuestionError, match="replications is 5 there and 4 here"):
        run(tmp_path, replications=4)
    other = ferry(boxes(7301.0), GATE)
    with pytest.raises(QuestionError, match=r"network is .* demand is ") as caught:
        simulate(other, start=START, days=DAYS, params=params(), out=tmp_path)
    assert "give another folder" in str(caught.value)
    wanted = replace(params(), half_width=0.5)
    with pytest.raises(QuestionError, match=r"half_width is none there and 0\.5 here"):
        simulate(NET, start=START, days=DAYS, params=wanted, out=tmp_path)
    assert bytes_of(tmp_path) == before


def test_a_run_of_other_modules_is_refused(tmp_path: Path) -> None:
    run(tmp_path)
    path = tmp_path / "manifest.json"
    told = json.loads(path.read_text())
    path.write_text(json.dumps(told | {"code": "0" * 32}))
    with pytest.raises(QuestionError, match="of other modules"):
        run(tmp_path)


def test_what_is_no_run_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(QuestionError, match="no run folder"):
        run(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    with pytest.raises(InputError, match="is a file"):
        run(tmp_path / "letter.txt")
    with pytest.raises(InputError, match="cannot be written"):
        run(tmp_path / "missing" / "folder")
    (tmp_path / "letter.txt").rename(tmp_path / "manifest.json")
    with pytest.raises(DataError, match="is no JSON"):
        run(tmp_path)


def test_every_array_of_a_replication_comes_back(tmp_path: Path) -> None:
    season, facts = prepared()
    one = season.replicate(0)
    again = unpacked(packed(one), facts)
    assert set(SHAPES) == set(NAMES) == {field.name for field in fields(Replication)}
    for name, column in arrays_of(one).items():
        found = arrays_of(again)[name]
        assert found.dtype == column.dtype, name
        assert np.array_equal(found, column), name
    assert packed(again) == packed(one)
    with np.load(_file(tmp_path, packed(one))) as file:  # what the user reads with numpy alone
        assert set(file.files) == set(NAMES)


def _file(folder: Path, data: bytes) -> Path:
    path = folder / "one.npz"
    path.write_bytes(data)
    return path
