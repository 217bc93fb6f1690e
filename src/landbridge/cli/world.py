"""The network that a verb asks: a case, and the scenarios that are laid over it.

Every verb takes the same two options, opens its network here, and tells with its answer which
base case and scenarios that was (``network.summary``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from landbridge.errors import QuestionError

if TYPE_CHECKING:
    from landbridge.network.network import Network

BUILT_IN = "instc"
CaseOption = Annotated[str, typer.Option("--case", help="A built-in case, or a folder of one.")]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario", help="Scenario by name (see `scenarios`), or FILE.toml; repeatable."
    ),
]


def open_network(
    case: str,
    scenarios: Sequence[str] | None = None,
    *,
    on: dt.date | None = None,
    ends: Sequence[str] = (),
    rules: str = "",
) -> Network:
    """The network of the case with the scenarios laid over it, in the order given.

    ``on``: the date of the question, None where it has none; ``ends``: origin and destination,
    which no scenario may close; ``rules``: a file of rules laid over the case's own.
    """
    from landbridge.network.load import load  # noqa: PLC0415 - `--help` must not wait for it

    net = load(case, rules=Path(rules)) if rules else load(case)
    if scenarios:
        from landbridge.scenario.ends import check_ends  # noqa: PLC0415
        from landbridge.scenario.shelf import load_scenario  # noqa: PLC0415

        for name in scenarios:
            scenario = load_scenario(name, case)
            changed = scenario.apply(net, on)
            check_ends(net, scenario, ends, on)
            net = changed
    return net


def open_season(
    case: str, scenarios: Sequence[str] | None, on: dt.date | None, days: int
) -> Network:  # fmt: skip
    """The network of a season of so many days, from ``on`` or the case's own date.

    Closures of the scenarios that hold on some of its days are remembered with them.
    """
    net = open_network(case)
    first = on or net.case.base_date
    if scenarios:
        from landbridge.scenario.shelf import load_scenario  # noqa: PLC0415

        end = first + dt.timedelta(days=max(days, 1))
        for name in scenarios:
            net = load_scenario(name, case).over(net, first, end, on)
    return net


def date_of(text: str) -> dt.date | None:
    """The value of ``--date``."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise QuestionError(f"--date {text!r} is no date; write it as YYYY-MM-DD") from None
