"""A scenario that shuts a door of the shipment has no answer: it is told as a contradiction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from landbridge.errors import QuestionError
from landbridge.network.change import Close
from landbridge.network.network import Network
from landbridge.network.reach import target_of
from landbridge.places import resolve
from landbridge.scenario.scenario import Scenario


def check_ends(
    net: Network, scenario: Scenario, ends: Iterable[str], on: dt.date | None = None
) -> None:
    """Raise ``QuestionError`` where the scenario closes an end of the shipment.

    ``net`` is the network before the scenario; ``ends`` are places in any form.
    """
    places = [resolve(net, end).place for end in ends]
    for number, change in scenario.in_force(on):
        if not isinstance(change, Close) or change.mode:
            continue
        target = target_of(net, change.what)
        for place, word in zip(places, ("origin", "destination"), strict=False):
            shut = {"country": place.country, "terminal": place.id}.get(target.kind)
            if shut == target.id:
                raise QuestionError(
                    f"{scenario.where(number)}: {change.describe()} There lies the {word},"
                    f" {place.label}: nothing could start or arrive. Ask from or to another"
                    " place, or drop the change."
                )
