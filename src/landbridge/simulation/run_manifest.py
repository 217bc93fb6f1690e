"""``manifest.json`` of a run folder: which question, by which program, which files of what content.

The manifest is the truth: a file that it does not list, or lists with another digest, is not part
of the run. It is written anew, whole, after each file that it lists.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import cast

from landbridge.errors import DataError, Fault
from landbridge.network import tables as t
from landbridge.network.network import Network
from landbridge.simulation.facts import FORMAT
from landbridge.simulation.season import SimulateParams
from landbridge.simulation.when_shut import WAIT
from landbridge.store.shelf import version_of
from landbridge.store.whole import write_whole

MANIFEST = "manifest.json"
FACTS = "facts.json"
RUNNING, FINISHED = "running", "finished"
MOST_BYTES = 4 << 20
"""Of a manifest."""
MOST_FILES = 20_000
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,60}(/[a-z0-9][a-z0-9-]{0,60})?\.[a-z]{2,5}")
"""Names of files within a run folder, as they are written: no way out of it."""
REPLICATION = re.compile(r"replications/(\d{5})\.npz")
HOW = ("workers",)
"""Of the params what no answer depends on."""
CODE = ("simulation", "kernels", "routing", "models", "network")
"""Folders of the package that a replication depends on."""

Plain = dict[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was written."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a run folder says of itself."""

    question: Plain
    """What was asked, field by field; replications of another question do not belong here."""
    files: dict[str, Entry]
    """By name, ``/`` between folder and file."""
    state: str = RUNNING
    command: str = ""
    """The line that began or last resumed the run; nothing depends on it."""
    version: str = dataclasses.field(default_factory=lambda: metadata.version("landbridge"))
    code: str = dataclasses.field(default_factory=lambda: version_of(*CODE))
    """Digest of the modules that simulated."""

    def replications(self) -> dict[int, str]:
        """Names of the finished replications by their number, in order."""
        found = {int(hit[1]): hit[0] for hit in map(REPLICATION.fullmatch, self.files) if hit}
        return dict(sorted(found.items()))


def replication_name(number: int) -> str:
    """The file of a replication."""
    return f"replications/{number:05d}.npz"


def question_of(
    net: Network,
    demand: t.Demand | None,
    *,
    start: dt.date | None,
    days: int,
    seed: int,
    params: SimulateParams | None,
) -> Plain:
    """All that the answer of ``simulate`` depends on, as plain values."""
    demand = net.demand if demand is None else demand
    start = start or net.case.base_date
    params = params or SimulateParams()
    asked = cast("Plain", dataclasses.asdict(params))
    del asked["shut"], asked["when_shut"]
    shut: Plain = {"shut": [str(one) for one in params.shut]} if params.shut else {}
    if params.when_shut.rule != WAIT:
        shut["when_shut"] = str(params.when_shut)
    choice = cast("Plain", asked.pop("choice"))
    return {
        "case": net.case.id, "scenarios": [one.id for one in net.scenarios], "network": net.hash,
        "demand": demand.digest(), "start": start.isoformat(), "days": days, "seed": seed,
        **{name: value for name, value in asked.items() if name not in HOW},
        **{f"choice.{name}": value for name, value in choice.items()},
        **shut,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Odd:
    """A field in which two questions differ, with both values in short."""

    name: str
    there: str
    here: str

    def __str__(self) -> str:
        return f"{self.name} is {self.there} there and {self.here} here"


def differences(there: Mapping[str, object], here: Mapping[str, object]) -> list[Odd]:
    """The fields in which two questions differ."""
    return [
        Odd(name, _short(there.get(name)), _short(here.get(name)))
        for name in dict.fromkeys([*here, *there])
        if there.get(name) != here.get(name)
    ]


def grows(odd: Odd, there: Mapping[str, object], here: Mapping[str, object]) -> bool:
    """Whether a difference is that more replications are asked for, which is the same question.

    Not so where a half-width decides how many there are.
    """
    one, other = there.get(odd.name), here.get(odd.name)
    return (
        odd.name == "replications" and here.get("half_width") is None
        and isinstance(one, int) and isinstance(other, int) and one < other
    )  # fmt: skip


def _short(value: object) -> str:
    text = "none" if value is None else ascii(value).strip("'")
    return f"{text[:12]}..." if len(text) > 40 else text  # noqa: PLR2004 - a hash, or a mistake


def entry_of(data: bytes) -> Entry:
    """Size and digest of what is written."""
    return Entry(len(data), hashlib.sha256(data).hexdigest())


def write_manifest(folder: Path, one: Manifest) -> None:
    """Write it whole; ``OSError`` where that cannot be."""
    body = {
        "format": FORMAT, "landbridge": one.version, "code": one.code, "state": one.state,
        "command": one.command, "question": one.question,
        "files": {name: dataclasses.asdict(one.files[name]) for name in sorted(one.files)},
    }  # fmt: skip
    text = json.dumps(body, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(folder / MANIFEST, f"{text}\n".encode())


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a run folder; ``DataError`` says what is wrong with it."""
    path = folder / MANIFEST
    body = plain_json(path, read_inside(folder, MANIFEST, MOST_BYTES))
    if body.get("format") != FORMAT:
        raise fault(path, f"format is {ascii(body.get('format'))[:20]}",
                    f"this landbridge reads run folders of format {FORMAT}",
                    "Read it with the landbridge that wrote it"
                    f" ({ascii(body.get('landbridge'))[:20]}), or simulate again.",
                    )  # fmt: skip
    question, files = body.get("question"), body.get("files")
    if not isinstance(question, dict) or not isinstance(files, dict):
        raise fault(path, "question or files is no record", "both are records")
    texts = {name: body.get(name) for name in ("state", "command", "landbridge", "code")}
    for name, value in texts.items():
        if not isinstance(value, str):
            raise fault(path, f"{name} is {ascii(value)[:40]}", "must be a text")
    if texts["state"] not in (RUNNING, FINISHED):
        raise fault(path, f"state is {ascii(texts['state'])[:40]}", f"{RUNNING} or {FINISHED}")
    listed = cast("Plain", files)
    if len(listed) > MOST_FILES:
        raise fault(path, f"lists {len(listed):,} files", f"at most {MOST_FILES:,}")
    return Manifest(
        cast("Plain", question), {name: _entry(path, name, told) for name, told in listed.items()},
        *(str(text) for text in texts.values()),
    )  # fmt: skip


def _entry(path: Path, name: str, told: object) -> Entry:
    if not NAME.fullmatch(name):
        raise fault(path, f"lists {name[:60]!a}", "names lie within the folder, in small letters")
    one: Plain = cast("Plain", told) if isinstance(told, dict) else {}
    size, digest = one.get("bytes"), one.get("sha256")
    if type(size) is not int or size < 0 or not isinstance(digest, str):
        raise fault(path, f"{name}: {ascii(one)[:60]}", "bytes is a number, sha256 a text")
    return Entry(size, digest)


def plain_json(path: Path, data: bytes) -> Plain:
    """The record of a JSON file; ``DataError`` where it is none."""
    try:
        body: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise fault(path, f"is no JSON ({error})", "is written by `simulate --out`") from error
    if not isinstance(body, dict):
        raise fault(path, "is no JSON record", "is written by `simulate --out`")
    return cast("Plain", body)


def read_inside(folder: Path, name: str, most: int) -> bytes:
    """A file of the folder, at most so large; ``DataError`` where it is not there or lies outside.

    A link is not followed out of the folder.
    """
    path = folder / name
    try:
        if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
            raise fault(path, "is not there, or is no file of this folder", "is part of the run")
        size = path.stat().st_size
        if size > most:
            raise fault(path, f"has {size:,} bytes", f"at most {most:,}")
        return path.read_bytes()
    except OSError as error:
        raise fault(path, f"cannot be read ({error.strerror})", "is part of the run") from error


def fault(path: Path, found: str, rule: str, remedy: str = "") -> DataError:
    """What is wrong with a file of a run folder."""
    return DataError([Fault(str(path), found, rule, remedy)])
