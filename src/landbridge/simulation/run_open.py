"""A run folder read again: its report, without the network and without simulating."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from landbridge.errors import DataError, Fault, QuestionError
from landbridge.network.network import Network
from landbridge.routing.congestion import Congestion
from landbridge.simulation.facts import Facts, from_json
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import Report, report_of
from landbridge.simulation.run_arrays import MOST_FILE_BYTES, unpacked
from landbridge.simulation.run_manifest import (
    FACTS,
    FINISHED,
    MANIFEST,
    Manifest,
    entry_of,
    fault,
    plain_json,
    read_inside,
    read_manifest,
)

AGAIN = "give its command again with --out, which makes what is damaged anew"


@dataclass(frozen=True, eq=False)
class OpenedRun:
    """A run as it lies in its folder; see ``open_run``."""

    folder: Path
    manifest: Manifest
    facts: Facts
    numbers: tuple[int, ...]
    """Of the replications, rising: with these and the seed the draws are told."""
    replications: tuple[Replication, ...]
    faults: tuple[Fault, ...]
    """What is damaged and left out; none but where that was allowed."""

    @property
    def finished(self) -> bool:
        """Whether the run came to its end; else the report is of those replications finished."""
        return self.manifest.state == FINISHED and not self.faults

    @cached_property
    def report(self) -> Report:
        """The tables of the run."""
        return report_of(self.facts, self.replications)

    def congestion(self, net: Network) -> Congestion:
        """Its queues, for ``lb.route(net, ..., congestion=...)``."""
        from landbridge.simulation.queues import congestion_of  # noqa: PLC0415 - it builds on this

        return congestion_of(self.facts, self.replications, net)

    def json(self) -> dict[str, object]:
        """What ``landbridge simulate --json`` prints."""
        from landbridge.simulation.report_json import report_json  # noqa: PLC0415

        return report_json(self.report)

    def __str__(self) -> str:
        from landbridge.simulation.report_text import report_text  # noqa: PLC0415

        return report_text(self.report)

    def _repr_html_(self) -> str:
        from landbridge.simulation.report_html import report_html  # noqa: PLC0415

        return report_html(self.report)


def is_run(path: Path) -> bool:
    """Whether a path is a folder with a manifest, whatever that holds."""
    return (path / MANIFEST).is_file()


def open_run(path: str | Path, *, salvage: bool = False) -> OpenedRun:
    """Read a run folder; an unfinished run has those replications that are finished.

    Raises ``QuestionError`` where there is none, ``DataError`` with everything that is damaged.
    ``salvage``: leave out what is damaged, as long as one replication is whole.
    """
    folder = Path(path)
    if not is_run(folder):
        what = "has no manifest.json" if folder.is_dir() else "is no folder"
        raise QuestionError(
            f"{str(path)!r} {what}: a run is a folder written by `landbridge simulate --out DIR`"
        )
    manifest = read_manifest(folder)
    facts = _facts(folder, manifest)
    faults: list[Fault] = []
    found: dict[int, Replication] = {}
    names = {name: number for number, name in manifest.replications().items()}
    for name in manifest.files:
        try:
            data = _whole(folder, manifest, name)
            if name in names:
                found[names[name]] = _unpacked(folder / name, data, facts)
        except DataError as error:
            faults += error.faults
    if faults and not (salvage and found):
        raise DataError([*faults[:-1], _with_rest(faults[-1], len(found), len(names))])
    if not found:
        raise fault(
            folder / MANIFEST, "lists no finished replication", "a report needs one",
            "Give its command again to go on.",
        )  # fmt: skip
    numbers = tuple(sorted(found))
    return OpenedRun(
        folder, manifest, facts, numbers, tuple(found[number] for number in numbers), tuple(faults)
    )


def _facts(folder: Path, manifest: Manifest) -> Facts:
    path = folder / FACTS
    if FACTS not in manifest.files:
        raise fault(path, "is not listed: the run was stopped before its first replication",
                    "a report needs one", "Give its command again to go on.")  # fmt: skip
    data = _whole(folder, manifest, FACTS)
    try:
        return from_json(plain_json(path, data))
    except (ValueError, OverflowError, RecursionError) as error:
        raise fault(path, str(error), "tells what the arrays are about", f"To mend: {AGAIN}.",
                    ) from error  # fmt: skip


def _whole(folder: Path, manifest: Manifest, name: str) -> bytes:
    """Content of a file that is as it was written."""
    told = manifest.files[name]
    data = read_inside(folder, name, MOST_FILE_BYTES)
    found = entry_of(data)
    if found.bytes != told.bytes:
        raise fault(folder / name, f"has {found.bytes:,} bytes", f"{told.bytes:,} were written",
                    f"To mend: {AGAIN}.")  # fmt: skip
    if found != told:
        raise fault(folder / name, f"has SHA-256 {found.sha256[:16]}...",
                    f"{told.sha256[:16]}... was written", f"To mend: {AGAIN}.")  # fmt: skip
    return data


def _unpacked(path: Path, data: bytes, facts: Facts) -> Replication:
    try:
        return unpacked(data, facts)
    except ValueError as error:
        raise fault(path, str(error), "holds the arrays of one replication",
                    f"To mend: {AGAIN}.") from error  # fmt: skip


def _with_rest(last: Fault, whole: int, listed: int) -> Fault:
    """The last fault with what can still be read."""
    rest = f"{whole} of {listed} replications are whole"
    if whole:
        rest += "; lb.open_run(..., salvage=True) reads those"
    return Fault(last.where, last.found, last.rule, f"{last.remedy} {rest}.".strip())
