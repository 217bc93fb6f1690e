"""The one decorator of all kernels, and the only importer of numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar, cast

import numba  # pyright: ignore[reportMissingTypeStubs]

from landbridge.kernels.cache import cache_folder

Function = TypeVar("Function", bound=Callable[..., object])


class _Config(Protocol):
    CACHE_DIR: str


class _Njit(Protocol):
    def __call__(
        self, *, cache: bool, nogil: bool
    ) -> Callable[[Callable[..., object]], Callable[..., object]]: ...


def kernel(function: Function) -> Function:
    """Compile a loop over arrays at its first call, and keep the machine code between runs.

    Without the interpreter's lock, so that threads above may run several at once. With
    ``NUMBA_DISABLE_JIT=1`` the function stays plain Python: bounds are checked, coverage is real.
    """
    folder = cache_folder()
    config = cast("_Config", numba.config)  # pyright: ignore[reportUnknownMemberType, reportPrivateImportUsage]
    njit = cast("_Njit", numba.njit)  # pyright: ignore[reportUnknownMemberType]
    before = config.CACHE_DIR
    # numba reads the folder while it decorates; other users of numba keep their own
    config.CACHE_DIR = "" if folder is None else str(folder)
    try:
        made = njit(cache=folder is not None, nogil=True)(function)
    finally:
        config.CACHE_DIR = before
    return cast("Function", made)
