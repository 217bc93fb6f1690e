"""Files that a command reads and writes: what cannot be written is refused before the work."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import typer

from landbridge.errors import DataError, Fault, InputError


def writable(option: str, name: str, ending: str) -> Path | None:
    """The path of a file to write, or None where none was asked for.

    Raises ``InputError`` where its folder is missing, it is a folder, or its ending is another.
    """
    if not name:
        return None
    path = Path(name)
    if path.suffix.lower() != ending:
        raise InputError(f"{option} {name!r}: the file must end in {ending}")
    if path.is_dir():
        raise InputError(f"{option} {name!r}: is a folder; give a file in it")
    folder = path.resolve().parent
    if not folder.is_dir():
        raise InputError(f"{option} {name!r}: the folder {folder} does not exist; make it first")
    if not os.access(path if path.exists() else folder, os.W_OK):
        raise InputError(f"{option} {name!r}: may not be written; choose another place")
    return path


@contextmanager
def streamed(option: str, path: Path) -> Generator[BinaryIO]:
    """A file to write piece by piece; it takes its name when all is written, or never."""
    unfinished = path.with_name(f".{path.name}.part")
    try:
        with unfinished.open("wb") as out:
            yield out
        unfinished.replace(path)
    except OSError as error:
        raise InputError(f"{option} {str(path)!r}: cannot be written ({error.strerror})") from error
    finally:
        unfinished.unlink(missing_ok=True)
    sys.stderr.write(f"written: {path}\n")


def write(option: str, path: Path, content: str | bytes) -> None:
    """Write a file whole or not at all, and tell its path on stderr."""
    unfinished = path.with_name(f".{path.name}.part")
    data = content.encode() if isinstance(content, str) else content
    try:
        unfinished.write_bytes(data)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise InputError(f"{option} {str(path)!r}: cannot be written ({error.strerror})") from error
    sys.stderr.write(f"written: {path}\n")


def command_line(context: typer.Context) -> str:
    """The command as it was given, to be shown beside what it made."""
    given: tuple[str, ...] = context.obj or ("landbridge",)
    return shlex.join(given)


def read_bytes(name: str) -> bytes:
    """A file, or stdin for ``-``; ``DataError`` where it cannot be read."""
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        rule = "must be a file that can be read"
        raise DataError([Fault(name, str(error.strerror or error), rule)]) from error
