"""What ``simulate`` tells of single lots: the event log and the story of one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.cli.files import streamed, writable

if TYPE_CHECKING:
    from landbridge.simulation.season import Season

Events = Annotated[
    str,
    typer.Option(
        "--events", help="Write what happens to every lot, in DCSA codes: FILE.csv or .jsonl."
    ),
]
StoryOf = Annotated[
    str,
    typer.Option("--story", help="Tell one lot's way: its number, a row of demand, or longest."),
]
JSON_LINES = ".jsonl"


def events_file(name: str) -> Path | None:
    """The file of the event log; refused before the work where it cannot be written."""
    ending = JSON_LINES if name.lower().endswith(JSON_LINES) else ".csv"
    return writable("--events", name, ending)


def write_event_log(season: Season, path: Path) -> None:
    """Write the log of the first replication."""
    from landbridge.simulation.event_log import write_events  # noqa: PLC0415 - heavy

    with streamed("--events", path) as out:
        write_events(season, out, as_json=path.suffix.lower() == JSON_LINES)


def tell_story(season: Season, which: str) -> tuple[str, dict[str, object] | None]:
    """The story of a lot of the first replication as text and as JSON, where one is asked."""
    if not which:
        return "", None
    from landbridge.simulation.story import story_of  # noqa: PLC0415 - heavy
    from landbridge.simulation.story_text import story_json, story_text  # noqa: PLC0415

    told = story_of(season, which)
    return f"\n{story_text(season, told)}\n", story_json(season, told)
