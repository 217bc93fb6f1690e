"""Write a case to begin with: the template that comes with landbridge, as files to be changed."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

from landbridge.errors import InputError
from landbridge.network.case import built_in
from landbridge.network.case_toml import FILE, NAME
from landbridge.network.near import did_you_mean

EXTENDS = re.compile(r'^extends = "[a-z0-9_-]+"$', re.MULTILINE)
ID = re.compile(r'^id = "[a-z0-9_-]+"$', re.MULTILINE)


def start_case(folder: Path, extends: str = "world") -> list[str]:
    """Write the template into ``folder``, which must be new or empty; returns the names of files.

    ``extends``: the built-in case that it is laid over. The id is the folder's name where that may
    be one. Raises ``InputError`` where the folder holds anything or cannot be written.
    """
    if extends not in built_in():
        hint = did_you_mean(extends, built_in()) or f"Built in are {', '.join(built_in())}."
        raise InputError(f"--extends {extends!r}: is no built-in case. {hint}")
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{str(folder)!r}: is a file; name a folder that does not exist yet")
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise InputError(
                f"{str(folder)!r}: is not empty, and nothing is overwritten; name another folder"
            )
        folder.mkdir(parents=True, exist_ok=True)
        return [_copy(name, text, folder, extends) for name, text in _template()]
    except OSError as error:
        raise InputError(f"{str(folder)!r}: cannot be written ({error.strerror})") from error


def _template() -> list[tuple[str, str]]:
    found = resources.files("landbridge") / "template"
    return sorted((file.name, file.read_text(encoding="utf-8")) for file in found.iterdir())


def _copy(name: str, text: str, folder: Path, extends: str) -> str:
    if name == FILE:
        text = EXTENDS.sub(f'extends = "{extends}"', text)
        own = folder.resolve().name
        if NAME.fullmatch(own) and own not in built_in():
            text = ID.sub(f'id = "{own}"', text)
    # x: never over a file that came in the meantime
    with (folder / name).open("x", encoding="utf-8", newline="") as file:
        file.write(text)
    return name
