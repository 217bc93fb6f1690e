"""Set up before anything is imported: where compiled kernels are kept, how Hypothesis searches.

numba looks only at the file of a kernel, not at the kernels that it calls from other files
(measured: the caller still gave the old answer). So the cache folder is named after a hash of all
of them; whoever edits a kernel starts with an empty one.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Generator
from pathlib import Path
from types import ModuleType
from typing import cast

import pytest
from hypothesis import HealthCheck, settings

from landbridge.kernels.cache import cache_folder

_FOLDER = cache_folder()
if _FOLDER is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(_FOLDER)

# the first call of a kernel compiles it, which no deadline should see
settings.register_profile(
    "landbridge", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("landbridge")

STATM = Path("/proc/self/statm")
PAGES = 50_000
"""Memory pages (of 4 KiB: 200 MB) by which a run may grow before what is left over is collected."""
_seen = [0]


def _resident() -> int:
    return int(STATM.read_text(encoding="ascii").split()[1]) if STATM.exists() else 0


@pytest.fixture(autouse=True)
def worlds_are_given_back() -> Generator[None]:
    """Networks that tests make and drop hold themselves in cycles, and are large."""
    yield
    if _resident() > _seen[0] + PAGES:
        gc.collect()
        _seen[0] = _resident()


@pytest.fixture(autouse=True, scope="module")
def worlds_end_with_their_module(request: pytest.FixtureRequest) -> Generator[None]:
    """What a module of tests keeps for itself is not kept for the rest of the run."""
    yield
    module = cast("ModuleType", request.module)  # pyright: ignore[reportUnknownMemberType]
    own: dict[str, object] = vars(module)
    for one in own.values():
        clear = getattr(one, "cache_clear", None)
        if callable(clear) and getattr(one, "__module__", None) == module.__name__:
            clear()
    gc.collect()
    _seen[0] = _resident()
