"""What ``landbridge simulate --find-capacity`` does instead of one season."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.simulation.season import Season

Tell = Callable[[str, int, int], None]


def check_alone(others: Mapping[str, object]) -> None:
    """Raise ``QuestionError`` where another option asks for one season; ``others`` by name."""
    for name, value in others.items():
        if value:
            raise QuestionError(
                f"--find-capacity simulates many seasons, {name} is about one; ask for one of the"
                " two"
            )


def tell_capacity(season: Season, tell: Tell, *, as_json: bool) -> None:
    """Find the capacity and write it to stdout."""
    from landbridge.simulation.find_capacity import capacity_of  # noqa: PLC0415 - heavy
    from landbridge.simulation.find_capacity_text import capacity_json  # noqa: PLC0415

    found = capacity_of(season, progress=tell)
    if as_json:
        body = json.dumps(capacity_json(found), ensure_ascii=False, allow_nan=False)
        sys.stdout.write(body + "\n")
    else:
        sys.stdout.write(f"{found}\n")
