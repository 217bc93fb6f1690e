"""Options for pages that show several answers: each way and each line is kept once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TypeVar, cast

from landbridge.page.document import Json, asset
from landbridge.page.shapes import coded
from landbridge.routing.illustration import LegShape, illustrate
from landbridge.routing.options import Option
from landbridge.routing.route import RouteResult
from landbridge.routing.route_json import option_json

KEPT = ("id", "name", "labels", "modes", "branch", "km", "borders", "countries", "passages",
        "transfers", "dominated_by", "planned_sections", "estimated", "co2e_kg")  # fmt: skip
"""Fields of an option that such a page shows."""
KEPT_OF_LEG = ("kind", "mode", "from", "to", "km", "service", "gauge_mm", "note", "cost_usd",
               "co2e_kg")  # fmt: skip
LEVELS = ("mean", "p10", "p50", "p90")
T = TypeVar("T")


class Pool:
    """Ways and lines by number, and the titles that they name."""

    def __init__(self) -> None:
        self.options: list[Json] = []
        """As in the answer, with ``shapes``: ``leg``, ``planned`` and the number of the line."""
        self.lines: list[list[int]] = []
        self.titles: dict[str, dict[str, str]] = {"passages": {}, "services": {}}
        self._known: dict[str, int] = {}

    def add(self, result: RouteResult, options: Sequence[Option]) -> list[int]:
        """The numbers of options of an answer."""
        art = illustrate(result)
        for table, own in art.titles.items():
            self.titles[table] |= own
        return [self._option(result, one, art.shapes[one.id]) for one in options]

    def data(self) -> Json:
        """What a page needs of it, and of the world around."""
        return {
            "options": self.options,
            "lines": self.lines,
            "titles": self.titles,
            "land": json.loads(asset("land.json")),
        }

    def _option(self, result: RouteResult, one: Option, shapes: list[LegShape]) -> int:
        whole = option_json(result, one)
        legs = cast("list[Json]", whole["legs"])
        option: Json = {name: whole[name] for name in KEPT}
        option["hours"] = _levels(whole["hours"])
        option["cost_usd"] = {
            name: cast("Json", whole["cost_usd"])[name] for name in ("total", "p10", "p90")
        }
        option["legs"] = [
            {**{name: leg[name] for name in KEPT_OF_LEG}, "hours": _levels(leg["hours"])}
            for leg in legs
        ]
        option["shapes"] = [self._shape(shape) for shape in shapes]
        return self._number(json.dumps(option), self.options, option)

    def _shape(self, shape: LegShape) -> Json:
        one = coded(shape)
        number = self._number(json.dumps(one["line"]), self.lines, one["line"])
        return {"leg": one["leg"], "planned": one["planned"], "line": number}

    def _number(self, text: str, kept: list[T], one: T) -> int:
        if text not in self._known:
            self._known[text] = len(kept)
            kept.append(one)
        return self._known[text]


def _levels(values: object) -> Json:
    return {name: cast("Json", values)[name] for name in LEVELS}
