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
        self, *, cache: bool, nogil: bool, _nrt: bool, forceinline: bool
    ) -> Callable[[Callable[..., object]], Callable[..., object]]: ...


def kernel(function: Function) -> Function:
    """Compile a loop over arrays at its first call, and keep the machine code between runs.

    Without the interpreter's lock, so that threads above may run several at once. With
    ``NUMBA_DISABLE_JIT=1`` the function stays plain Python: bounds are checked, coverage is real.
    """
    return _compiled(function, counts=True)


def bare_kernel(function: Function) -> Function:
    """Compile a kernel that makes no array, without counting references to those it is given.

    For kernels of a few nanoseconds that pass many arrays to each other: else each array passed
    costs two atomic counts (measured in the simulation: 1,900 ns an event with them, 220 without).
    """
    return _compiled(function, counts=False)


def inner_kernel(function: Function) -> Function:
    """Compile a bare kernel into each of its callers: for the parts of a hot loop."""
    return _compiled(function, counts=False, inline=True)


def _compiled(function: Function, *, counts: bool, inline: bool = False) -> Function:
    folder = cache_folder()
    config = cast("_Config", numba.config)  # pyright: ignore[reportUnknownMemberType, reportPrivateImportUsage]
    njit = cast("_Njit", numba.njit)  # pyright: ignore[reportUnknownMemberType]
    before = config.CACHE_DIR
    # numba reads the folder while it decorates; other users of numba keep their own
    config.CACHE_DIR = "" if folder is None else str(folder)
    try:
        made = njit(cache=folder is not None, nogil=True, _nrt=counts, forceinline=inline)(function)
    finally:
        config.CACHE_DIR = before
    return cast("Function", made)
