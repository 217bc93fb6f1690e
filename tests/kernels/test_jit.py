from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from landbridge.kernels import cache

PLAIN = os.environ.get("NUMBA_DISABLE_JIT") == "1"
HERE = Path(__file__).parent


@pytest.mark.skipif(PLAIN, reason="this is the plain run")
def test_all_tests_of_kernels_pass_without_compilation_too() -> None:
    # plain Python checks every index, which compiled code does not
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", str(HERE)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


ADD = """
from landbridge.kernels.heap import new_heap, push
push(new_heap(1), 0, 1.0, 0)
"""


def run(home: Path, **more: str) -> None:
    plain = {k: v for k, v in os.environ.items() if k not in ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME")}
    env = {**plain, "HOME": str(home), "TMPDIR": str(home / "tmp"), **more}
    subprocess.run([sys.executable, "-c", ADD], env=env, check=True)


@pytest.mark.skipif(PLAIN, reason="nothing is compiled")
def test_compiled_kernels_are_kept_in_the_users_cache_and_not_in_the_package(
    tmp_path: Path,
) -> None:
    (tmp_path / "tmp").mkdir()
    run(tmp_path)
    kept = list((tmp_path / ".cache" / "landbridge").rglob("*.nbc"))
    assert len(kept) == 1
    assert cache.sources_digest() in str(kept[0])
    stamp = kept[0].stat().st_mtime_ns
    run(tmp_path)  # found again: not written anew
    assert [path.stat().st_mtime_ns for path in kept] == [stamp]
    assert not list(Path(cache.__file__).parent.rglob("*.nbc"))


NOWHERE = """
from landbridge.kernels import cache
cache._writable = lambda folder: False
assert cache.cache_folder() is None
assert cache.compiled_kernels() == 0
"""


@pytest.mark.skipif(PLAIN, reason="nothing is compiled")
def test_kernels_run_where_nothing_can_be_written() -> None:
    subprocess.run([sys.executable, "-c", NOWHERE + ADD], check=True)


def test_the_cache_folder_follows_the_text_of_all_kernels(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text("one")
    monkeypatch.setattr(cache, "_HERE", tmp_path)
    found: set[str] = set()
    for text in ("two", "three"):
        (tmp_path / "b.py").write_text(text)
        cache.sources_digest.cache_clear()
        found.add(cache.sources_digest())
    cache.sources_digest.cache_clear()
    assert len(found) == 2
