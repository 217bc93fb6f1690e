"""Where compiled kernels are kept between runs (no numba here, so that it is cheap to ask)."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


def _user_folder() -> Path:
    """The folder that the operating system gives to caches of the user."""
    own = os.environ.get("XDG_CACHE_HOME")
    if own:
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path.home() / ".cache"


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@cache
def sources_digest() -> str:
    """A short hash over the text of every kernel.

    numba looks only at the file of the kernel itself; a change in a kernel that it *calls* from
    another file would go unseen. So the folder's name depends on all of them.
    """
    found = hashlib.sha256()
    for path in sorted(_HERE.glob("*.py")):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def own_folder(name: str) -> Path | None:
    """A folder of that name in what is this user's own; None where nothing can be written there.

    In this order: ``LANDBRIDGE_CACHE_DIR``, the user's cache folder.
    """
    tries: list[Path] = []
    own = os.environ.get("LANDBRIDGE_CACHE_DIR")
    if own:
        tries.append(Path(own) / name)
    with suppress(RuntimeError):  # where no home folder can be told
        tries.append(_user_folder() / "landbridge" / name)
    return next((folder for folder in tries if _writable(folder)), None)


@cache
def cache_folder() -> Path | None:
    """The folder of compiled kernels, made if need be; None where nothing can be written.

    In this order: ``NUMBA_CACHE_DIR``, ``LANDBRIDGE_CACHE_DIR``, the user's cache folder, the
    folder of temporary files of this user. It never lies in the package, which may be read-only.
    """
    given = os.environ.get("NUMBA_CACHE_DIR")
    if given:
        return Path(given) if _writable(Path(given)) else None
    name = f"kernels-{sources_digest()}"
    user = os.getuid() if sys.platform != "win32" else 0
    shared = Path(tempfile.gettempdir()) / f"landbridge-{user}" / name
    return own_folder(name) or (shared if _writable(shared) else None)


def compiled_kernels() -> int:
    """How many compiled kernels lie in the cache."""
    folder = cache_folder()
    return 0 if folder is None else sum(1 for _ in folder.rglob("*.nbc"))
