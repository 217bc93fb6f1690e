"""The options ``--shut`` and ``--when-shut`` of ``landbridge simulate``, and what closures do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from landbridge.simulation.replication import Replication
    from landbridge.simulation.season import Progress, Season
    from landbridge.simulation.shut import Shut
    from landbridge.simulation.when_shut import WhenShut

ShutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--shut",
        help="What is shut: PLACE:SINCE:UNTIL, or :SHARE of it lost; repeatable.",
    ),
]
WhenShutOption = Annotated[
    str,
    typer.Option(
        "--when-shut",
        help="What cargo does then: wait, divert[:DAYS] or lost[:DAYS].",
    ),
]


def shut_of(texts: Sequence[str] | None) -> tuple[Shut, ...]:
    """The values of the option."""
    from landbridge.simulation.shut import read_shut  # noqa: PLC0415 - heavy

    return tuple(read_shut(text) for text in texts or ())


def when_shut_of(text: str) -> WhenShut:
    """The value of the option."""
    from landbridge.simulation.when_shut import read_when_shut  # noqa: PLC0415 - heavy

    return read_when_shut(text)


def effect_of_shut(
    season: Season, runs: Sequence[Replication], progress: Progress
) -> tuple[str, dict[str, object] | None]:
    """What closures do, beside the same season without them: as text and as JSON.

    Nothing and None where nothing is shut.
    """
    from landbridge.simulation.effect import effect_json, effect_of, effect_text  # noqa: PLC0415

    found = effect_of(season, runs, progress)
    return ("", None) if found is None else (f"\n{effect_text(found)}\n", effect_json(found))
