"""Where scenarios lie: in the folder ``scenarios`` of a case and of what it extends, or anywhere.

A name is looked for in the case first and then in what it extends; a path that ends in ``.toml``
is a file of the user's.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from landbridge.errors import DataError, InputError
from landbridge.network.case import SCENARIOS as FOLDER
from landbridge.network.case import folders_of
from landbridge.network.case_file import read_text
from landbridge.network.near import did_you_mean
from landbridge.scenario.read import read_scenario
from landbridge.scenario.scenario import Scenario

ENDING = ".toml"
MOST_FILES = 500
"""Most files of a folder of scenarios that are looked at."""


def list_scenarios(case: str | Path = "instc") -> tuple[Scenario, ...]:
    """The scenarios that come with a case, by id; a case's own stand before those it extends.

    Raises ``DataError`` with the faults of a file, ``InputError`` where there is no such case.
    """
    found: dict[str, Scenario] = {}
    for path in _files(case):
        if path.stem not in found:
            found[path.stem] = _read(path, f"{FOLDER}/{path.name}")
    return tuple(found[name] for name in sorted(found))


def load_scenario(name_or_file: str | Path, case: str | Path = "instc") -> Scenario:
    """A scenario by the name that it has in a case, or from a file that ends in ``.toml``.

    Raises ``InputError`` where there is none, ``DataError`` with every fault of the file.
    """
    if str(name_or_file).endswith(ENDING):
        path = Path(name_or_file)
        return _read(path, str(name_or_file))
    known = {path.stem: path for path in reversed(list(_files(case)))}
    name = str(name_or_file)
    if name in known:
        return _read(known[name], f"{FOLDER}/{name}{ENDING}")
    hint = did_you_mean(name[:80], known) or f"There are {', '.join(sorted(known)) or 'none'}."
    raise InputError(
        f"scenario {name[:80]!r}: is neither a scenario of the case nor a file that ends in"
        f" {ENDING}. {hint}"
    )


def scenario_json(one: Scenario) -> dict[str, object]:
    """A scenario in words: what it changes, from when to when, and who says so."""
    return {
        "id": one.id,
        "name": one.name,
        "summary": one.summary or None,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "changes": list(one.sentences()),
        "sources": list(one.sources),
    }


def _files(case: str | Path) -> Iterator[Path]:
    for folder in folders_of(case):
        inner = folder / FOLDER
        if inner.is_dir():
            paths = sorted(inner.iterdir())[:MOST_FILES]
            yield from (path for path in paths if path.suffix == ENDING)


def _read(path: Path, shown: str) -> Scenario:
    text, faults = read_text(path.parent, path.name)
    if faults:
        raise DataError(faults)
    return read_scenario(path.stem, text, shown=shown)
