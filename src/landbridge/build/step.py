"""Steps of the build, kept by the hash of what goes in: unchanged ones are not run again."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Arrays = dict[str, NDArray[np.generic]]
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Step:
    """A named step with the files that it reads and the modules and tables it is made of."""

    name: str
    inputs: Sequence[Path]
    code: Sequence[str]
    """Files of the ``build`` package whose change means another result."""
    arrays: Sequence[NDArray[np.generic]] = ()
    """What comes from other steps."""

    def key(self) -> str:
        """Hash over the bytes of everything that goes in."""
        found = hashlib.sha256(self.name.encode())
        for path in self.inputs:
            found.update(hashlib.sha256(path.read_bytes()).digest())
        for name in self.code:
            text = (resources.files("landbridge.build") / name).read_bytes()
            found.update(hashlib.sha256(text).digest())
        for values in self.arrays:
            found.update(np.ascontiguousarray(values).tobytes())
        return found.hexdigest()[:24]


def run(step: Step, cache: Path, make: Callable[[], Arrays], say: Say) -> Arrays:
    """The arrays of the step: from the cache where its key is there, else made and kept."""
    cache.mkdir(parents=True, exist_ok=True)
    path = cache / f"{step.name}-{step.key()}.npz"
    if path.exists():
        say(f"{step.name}: unchanged")
        with np.load(path, allow_pickle=False) as kept:
            return {name: kept[name] for name in kept.files}
    made = make()
    unfinished = path.with_suffix(".part.npz")
    np.savez(unfinished, allow_pickle=False, **made)
    unfinished.rename(path)
    return made
