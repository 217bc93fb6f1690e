"""A case: a folder of CSV files and a ``case.toml``, laid over the world network."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from landbridge.errors import DataError, Fault, InputError
from landbridge.network import tables as t
from landbridge.network.case_cells import read_draft
from landbridge.network.case_file import Sheet, read_sheet, read_text
from landbridge.network.case_samples import FILE as SAMPLES
from landbridge.network.case_samples import read_samples, with_samples
from landbridge.network.case_toml import FILE, Head, extends_of, read_head
from landbridge.network.draft import Draft
from landbridge.network.near import did_you_mean
from landbridge.schema.table import Table

MOST_LAYERS = 5
"""Longest chain of cases that extend each other."""
MOST_FILES = 1_000
"""Most entries of a case folder that are looked at."""
CLAIMS = "claims.csv"
"""File of a case with the claims that are made of it, which ``landbridge.scenario`` reads."""
STATISTICS = "statistics.csv"
"""File of a case with published series that claims are checked against, read likewise."""
SCENARIOS = "scenarios"
"""Folder of a case with its scenarios, which ``landbridge.scenario`` reads."""
MAY_LIE_BESIDE = (".md", ".txt", ".geojson", ".png", ".svg")
"""Endings of files in a case folder that are for people."""


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """One case folder as read: its head, the drafts of its tables, and what is wrong so far."""

    head: Head | None
    extends: str
    """What it is laid over, also where the head has faults."""
    drafts: tuple[Draft, ...]
    faults: tuple[Fault, ...]


def built_in() -> tuple[str, ...]:
    """The names of the cases that come with landbridge."""
    root = resources.files("landbridge") / "cases"
    if not root.is_dir():
        return ()
    return tuple(sorted(entry.name for entry in root.iterdir() if (entry / FILE).is_file()))


def folder_of(name_or_folder: str | Path) -> Path:
    """The folder of a built-in case, or the folder itself.

    Raises ``InputError`` where the name is no built-in case and no folder.
    """
    names = built_in()
    if isinstance(name_or_folder, str) and name_or_folder in names:
        return Path(str(resources.files("landbridge") / "cases" / name_or_folder))
    try:
        folder = Path(name_or_folder)
        if folder.is_dir():
            return folder
    except (OSError, ValueError):  # a text that cannot be a path
        pass
    text = str(name_or_folder)[:200]
    hint = did_you_mean(text, names) or f"Built in are {', '.join(names)}."
    raise InputError(f"case {text!r}: is neither a built-in case nor a folder. {hint}")


def read_case(folder: Path, *, shown: str = "") -> CaseFiles:
    """Read every file of one case folder; ``shown`` stands before file names in messages."""
    prefix = f"{shown}/" if shown else ""
    text, faults = read_text(folder, FILE)
    head: Head | None = None
    if not faults:
        head, faults = read_head(text)
    extends = head.extends if head else extends_of(text)
    found = list(faults)
    found += _strangers(folder)
    drafts: list[Draft] = []
    samples, faults = read_samples(folder)
    found += faults
    for kind in t.CASE_TABLES:
        name = f"{kind.name}.csv"
        if not (folder / name).exists() and not (folder / name).is_symlink():
            continue
        text, faults = read_text(folder, name)
        found += faults
        if faults:
            continue
        sheet = read_sheet(name, text)
        found += with_samples(kind.name, sheet, samples)
        draft, faults = read_draft(kind, sheet)
        found += faults
        draft.origins = [f"{prefix}{origin}" for origin in draft.origins]
        drafts.append(draft)
    located = tuple(
        Fault(f"{prefix}{fault.where}", fault.found, fault.rule, fault.remedy) for fault in found
    )
    return CaseFiles(head, extends, tuple(drafts), located)


def read_table(kind: type[Table], path: Path) -> tuple[Draft, list[Fault]]:
    """One CSV file by itself as a draft of a table, with what is wrong in it."""
    text, faults = read_text(path.parent, path.name)
    if faults:
        return read_draft(kind, Sheet(path.name))[0], faults
    return read_draft(kind, read_sheet(path.name, text))


def read_layers(name_or_folder: str | Path) -> tuple[CaseFiles, ...]:
    """The case and all that it extends, the lowest first.

    Raises ``DataError`` where the chain breaks: a case that is not there, or one that meets itself.
    """
    top = folder_of(name_or_folder)
    layers = [read_case(top, shown="")]
    seen = [top.resolve()]
    extends = layers[0].extends
    while extends:
        where = f"{FILE}, key extends"
        if extends not in built_in():
            hint = did_you_mean(extends, built_in())
            rule = f"built in are {', '.join(built_in())}"
            raise DataError([Fault(where, f"names {extends!r}", rule, hint)])
        folder = folder_of(extends)
        if folder.resolve() in seen or len(layers) >= MOST_LAYERS:
            rule = f"a case extends at most {MOST_LAYERS - 1} others and never itself"
            raise DataError([Fault(where, f"names {extends!r}", rule)])
        seen.append(folder.resolve())
        layers.append(read_case(folder, shown=extends))
        extends = layers[-1].extends
    return tuple(reversed(layers))


def folders_of(name_or_folder: str | Path) -> tuple[Path, ...]:
    """The folder of a case and those of what it extends, the case's own first.

    A ``case.toml`` that cannot be read ends the list: ``read_layers`` tells what is wrong with it.
    """
    folder = folder_of(name_or_folder)
    found = [folder]
    while len(found) < MOST_LAYERS:
        text, faults = read_text(folder, FILE)
        head = None if faults else read_head(text)[0]
        if head is None or head.extends not in built_in():
            break
        folder = folder_of(head.extends)
        if folder in found:
            break
        found.append(folder)
    return tuple(found)


def _strangers(folder: Path) -> list[Fault]:
    """A fault for every file that nothing reads: a misspelt name would be a silent loss."""
    wanted = [FILE, CLAIMS, STATISTICS, SAMPLES, *(f"{kind.name}.csv" for kind in t.CASE_TABLES)]
    faults: list[Fault] = []
    for number, path in enumerate(sorted(folder.iterdir())):
        if number >= MOST_FILES:
            faults.append(Fault(str(folder.name), f"has over {MOST_FILES} files", "too many"))
            break
        name = path.name
        if name == SCENARIOS and path.is_dir():
            continue
        if name in wanted or name.startswith(".") or path.suffix.lower() in MAY_LIE_BESIDE:
            continue
        rule = f"a case folder holds {', '.join(wanted)}"
        hint = did_you_mean(name, wanted) or "Move it elsewhere."
        faults.append(Fault(name, "is not read by anything", rule, hint))
    return faults
