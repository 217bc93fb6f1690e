"""``simulate --out DIR``: replications are kept as they finish, and a stop says how to go on."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from landbridge.cli.pictures import Pictures, write_pictures
from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.simulation.facts import Facts
    from landbridge.simulation.replication import Replication
    from landbridge.simulation.report import Report
    from landbridge.simulation.run_folder import RunFolder
    from landbridge.simulation.run_manifest import Plain
    from landbridge.simulation.season import Progress, Season


def begin_run(out: str, question: Plain, command: str) -> RunFolder | None:
    """The folder for the run, or None where none was asked for."""
    from landbridge.simulation.run_folder import RunFolder  # noqa: PLC0415 - heavy

    if not out:
        return None
    folder = RunFolder.begin(Path(out), question, command)
    if folder.kept:
        sys.stderr.write(f"{out}: {_finished(len(folder.kept))} kept from before\n")
    return folder


def replications_of(
    season: Season, facts: Facts, folder: RunFolder | None, progress: Progress
) -> tuple[Replication, ...]:
    """All replications that were asked for; with a folder those in it are not simulated again."""
    from landbridge.simulation.season import run_all  # noqa: PLC0415 - heavy

    if folder is None:
        return tuple(run_all(season, progress))
    folder.tell(facts)
    try:
        return tuple(run_all(season, progress, folder))
    except KeyboardInterrupt:
        sys.stderr.write(
            f"\nstopped; {_finished(len(folder.finished))} in {folder.path}, the same command goes"
            " on from there\n"
        )
        raise


def finish_run(folder: RunFolder | None, found: Report) -> None:
    """Write the tables, and tell where the run lies."""
    if folder is not None:
        folder.finish(found)
        sys.stderr.write(f"written: {folder.path}\n")


def show_run(context: typer.Context, folder: str, files: Pictures, *, as_json: bool) -> None:
    """Print the report of a run folder, draw it; ``QuestionError`` where more was asked of it."""
    from landbridge.simulation.report_json import report_json  # noqa: PLC0415 - heavy
    from landbridge.simulation.report_text import report_text  # noqa: PLC0415
    from landbridge.simulation.run_open import open_run  # noqa: PLC0415

    _nothing_else(
        context, {"opened", "as_json", "svg", "png"}, "--open shows a run as it was simulated"
    )
    run = open_run(folder)
    if not run.finished:
        wanted = run.manifest.question.get("replications")
        sys.stderr.write(f"{folder}: not finished, {len(run.numbers)} of {wanted} replications\n")
    if as_json:
        body = json.dumps(report_json(run.report), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(f"{body}\n")
    else:
        sys.stdout.write(f"{report_text(run.report)}\n")
    draw_run(files, run.report, run.replications)


def draw_run(files: Pictures, found: Report, runs: Sequence[Replication]) -> None:
    """Write the picture of queues and waits into the files that were asked for."""
    if any(files):
        from landbridge.page.season_picture import season_picture  # noqa: PLC0415 - heavy

        write_pictures(files, season_picture(found, runs))


def are_runs(one: str, other: str) -> bool:
    """Whether both are run folders; ``QuestionError`` where one is and the other is not."""
    from landbridge.simulation.run_manifest import MANIFEST  # noqa: PLC0415 - heavy

    found = [name for name in (one, other) if (Path(name) / MANIFEST).is_file()]
    if len(found) == 1:
        (odd,) = {one, other} - set(found)
        raise QuestionError(
            f"{found[0]!r} is a run and {odd!r} is none: compare two folders of"
            " `landbridge simulate --out DIR`, or two places"
        )
    return bool(found)


def compare_folders(context: typer.Context, one: str, other: str, *, as_json: bool) -> None:
    """Print how the second run differs from the first."""
    from landbridge.simulation.run_compare import compare_runs  # noqa: PLC0415 - heavy
    from landbridge.simulation.run_open import open_run  # noqa: PLC0415

    _nothing_else(context, {"origin", "destination", "as_json"}, "runs are compared as they are")
    found = compare_runs(open_run(one), open_run(other))
    if as_json:
        body = json.dumps(found.json(), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(f"{body}\n")
    else:
        sys.stdout.write(f"{found}\n")


def _nothing_else(context: typer.Context, allowed: set[str], why: str) -> None:
    """Raise ``QuestionError`` where any other option was given."""
    for name in context.params:
        given = getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
        if given and name not in allowed:
            raise QuestionError(f"{why}; leave out --{name.replace('_', '-')}")


def _finished(count: int) -> str:
    return "1 finished replication is" if count == 1 else f"{count} finished replications are"
