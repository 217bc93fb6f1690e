"""The folder of a run while it is written: every finished replication is on the disk at once.

A run that was stopped, killed or had no more room goes on where it was: what the manifest lists and
is whole is taken, the rest is simulated. Draws hang on seed and number of a replication, so the
folder of a resumed run has the bytes of one that was never stopped, for any number of workers.
"""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

from landbridge.errors import DataError, InputError, QuestionError
from landbridge.simulation.facts import Facts, as_json
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import Report
from landbridge.simulation.run_arrays import MOST_FILE_BYTES, packed, unpacked
from landbridge.simulation.run_manifest import (
    FACTS,
    FINISHED,
    MANIFEST,
    Manifest,
    Plain,
    differences,
    entry_of,
    grows,
    read_inside,
    read_manifest,
    replication_name,
    write_manifest,
)
from landbridge.simulation.run_tables import tables_of
from landbridge.store.whole import write_whole


class RunFolder:
    """A run folder to write into; see ``begin``. Threads may write at once."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self._manifest = manifest
        self._facts: Facts | None = None
        self._lock = threading.Lock()
        self.kept: tuple[int, ...] = tuple(manifest.replications())
        """Numbers of the replications that were there at the beginning."""

    @property
    def finished(self) -> tuple[int, ...]:
        """Numbers of the replications that are there now."""
        with self._lock:
            return tuple(self._manifest.replications())

    @classmethod
    def begin(cls, path: Path, question: Plain, command: str = "") -> RunFolder:
        """The folder for a question: a new or empty one, or one in which it was begun before.

        Nothing but the folder itself is made before ``tell``, so that a question that turns out to
        be wrong leaves nothing behind. Raises ``QuestionError`` for a folder of something else,
        ``DataError`` for a damaged manifest, ``InputError`` where it cannot be written.
        """
        fresh = Manifest(question, {}, command=command)
        if (path / MANIFEST).exists():
            there = read_manifest(path)
            if there.replications():  # else nothing would be lost
                _check_same(path, there, fresh)
                fresh = replace(fresh, files=there.files)
        elif path.exists() and not _is_empty(path):
            raise QuestionError(
                f"--out {str(path)!r} holds other things and no {MANIFEST}: it is no run folder."
                " Give a new or an empty folder"
            )
        found = cls(path, fresh)
        found._make(path)
        return found

    def tell(self, facts: Facts) -> None:
        """Write what the run is about; before the first replication."""
        self._facts = facts
        self._make(self.path / "replications")
        text = json.dumps(as_json(facts), indent=1, ensure_ascii=False, allow_nan=False)
        self._put(FACTS, f"{text}\n".encode())

    def take(self, number: int) -> Replication | None:
        """A replication that was finished before; None where there is none that is whole."""
        name = replication_name(number)
        entry = self._manifest.files.get(name)
        if entry is None or self._facts is None:
            return None
        try:
            data = read_inside(self.path, name, MOST_FILE_BYTES)
            return unpacked(data, self._facts) if entry_of(data) == entry else None
        except (DataError, ValueError):
            return None

    def put(self, number: int, one: Replication) -> None:
        """Keep a finished replication."""
        self._put(replication_name(number), packed(one))

    def finish(self, found: Report) -> None:
        """Write the tables; the run is finished."""
        self._make(self.path / "tables")
        for name, data in tables_of(found).items():
            self._put(f"tables/{name}.csv", data)
        with self._lock:
            self._save(replace(self._manifest, state=FINISHED))

    def _put(self, name: str, data: bytes) -> None:
        with self._lock:
            try:
                write_whole(self.path / name, data)
            except OSError as error:
                raise self._full(self.path / name, error) from error
            files = {**self._manifest.files, name: entry_of(data)}
            self._save(replace(self._manifest, files=files))

    def _save(self, manifest: Manifest) -> None:
        try:
            write_manifest(self.path, manifest)
        except OSError as error:
            raise self._full(self.path / MANIFEST, error) from error
        self._manifest = manifest

    def _make(self, folder: Path) -> None:
        try:
            folder.mkdir()
        except FileExistsError:
            if not folder.is_dir():
                raise self._full(folder, NotADirectoryError(0, "a file has that name")) from None
        except OSError as error:
            raise self._full(folder, error) from error

    def _full(self, path: Path, error: OSError) -> InputError:
        done = len(self._manifest.replications())
        kept = f" {done} finished replications are kept;" if done else ""
        return InputError(
            f"--out {str(self.path)!r}: {path} cannot be written ({error.strerror}).{kept} make"
            " room or mend it, and give the same command again to go on"
        )


def _check_same(path: Path, there: Manifest, here: Manifest) -> None:
    odd = [
        str(one)
        for one in differences(there.question, here.question)
        if not grows(one, there.question, here.question)
    ]
    if there.code != here.code:
        odd.append(f"landbridge is {there.version} there and {here.version} here, of other modules")
    if odd:
        raise QuestionError(
            f"--out {str(path)!r} holds another run: {'; '.join(odd)}. Ask as there to go on with"
            " it, or give another folder",
            details={"differs": odd},
        )


def _is_empty(path: Path) -> bool:
    """Whether nothing but what a killed beginning left is there."""
    if not path.is_dir():
        raise InputError(f"--out {str(path)!r} is a file; give a folder")
    try:
        return all(one.name.startswith(".") and one.suffix == ".part" for one in path.iterdir())
    except OSError as error:
        raise InputError(f"--out {str(path)!r} cannot be read ({error.strerror})") from error
