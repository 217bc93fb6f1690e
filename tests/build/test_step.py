from pathlib import Path

import numpy as np
import pytest

from landbridge.build.fetch import Package, fetch
from landbridge.build.step import Arrays, Step, run
from landbridge.errors import DataError


def test_an_unchanged_step_is_not_run_again_and_a_changed_input_is(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.write_bytes(b"one")
    runs: list[int] = []

    def make() -> Arrays:
        runs.append(1)
        return {"a": np.arange(3)}

    def quiet(_text: str) -> None:
        pass

    for _ in range(2):
        found = run(Step("s", [raw], ["typed.py"]), tmp_path / "cache", make, quiet)
        assert found["a"].tolist() == [0, 1, 2]
    assert len(runs) == 1
    raw.write_bytes(b"two")
    run(Step("s", [raw], ["typed.py"]), tmp_path / "cache", make, quiet)
    assert len(runs) == 2


def test_a_source_that_has_changed_is_named_with_what_was_expected(tmp_path: Path) -> None:
    (tmp_path / "x.whl").write_bytes(b"other")
    package = Package("x", "python", "1.0", "x.whl", "00ff", "MIT", "")
    with pytest.raises(DataError, match=r"package x 1\.0: has SHA-256 .*expected 00ff"):
        fetch(package, tmp_path)
