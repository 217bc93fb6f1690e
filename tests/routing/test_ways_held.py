"""An answer from the shelf is the answer without it, whatever the files hold."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ASK = """
import json, sys
import landbridge as lb
from landbridge.routing.route_json import to_json
found = lb.route(lb.load(), lb.Shipment("Moscow", "Tehran"), params=lb.RouteParams(samples=50))
json.dump(to_json(found), sys.stdout)
"""


def answer(folder: Path, text: str = ASK, **more: str) -> str:
    own = {"LANDBRIDGE_CACHE_DIR": str(folder), "LANDBRIDGE_SHELF": "on", **more}
    command = [sys.executable, "-c", text]
    run = subprocess.run(command, env=os.environ | own, capture_output=True, text=True, check=True)
    assert json.loads(run.stdout)["options"]
    return run.stdout


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> str:
    return answer(tmp_path_factory.mktemp("off"), LANDBRIDGE_SHELF="off")


def test_the_first_run_the_second_and_one_over_damaged_files_say_the_same(
    plain: str, tmp_path: Path
) -> None:
    assert answer(tmp_path) == plain
    files = sorted((tmp_path / "shelf").glob("*.shelf"))
    assert len(files) > 5  # places, terminals on roads and rails, tables of ways
    whole = {path: path.read_bytes() for path in files}
    assert answer(tmp_path) == plain
    for number, path in enumerate(files):
        body = whole[path]
        path.write_bytes(
            body[: len(body) // 2] if number % 2 else body[:-1] + bytes([body[-1] ^ 1])
        )
    assert answer(tmp_path) == plain
    assert {path: path.read_bytes() for path in files} == whole


def test_one_thread_writes_the_bytes_of_two(plain: str, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    ask_alone = "import os; os.cpu_count = lambda: 1\n" + ASK
    assert answer(one, ask_alone) == answer(two) == plain
    names = [sorted(path.name for path in (folder / "shelf").iterdir()) for folder in (one, two)]
    assert names[0] == names[1]
    for name in names[0]:
        assert (one / "shelf" / name).read_bytes() == (two / "shelf" / name).read_bytes()
