"""The option ``--shut`` of ``landbridge simulate``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from landbridge.simulation.shut import Shut

ShutOption = Annotated[
    list[str] | None,
    typer.Option(
        "--shut",
        help="What is shut: PLACE:SINCE:UNTIL, or :SHARE of it lost; repeatable.",
    ),
]


def shut_of(texts: Sequence[str] | None) -> tuple[Shut, ...]:
    """The values of the option."""
    from landbridge.simulation.shut import read_shut  # noqa: PLC0415 - heavy

    return tuple(read_shut(text) for text in texts or ())
