"""Two runs side by side: differences of waits, throughput and times, and which are only noise."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from landbridge.errors import QuestionError
from landbridge.schema.column import Floats
from landbridge.simulation.facts import Facts
from landbridge.simulation.interval import half_width, t975
from landbridge.simulation.replication import Replication
from landbridge.simulation.report import Estimate
from landbridge.simulation.run_manifest import Odd, differences
from landbridge.simulation.run_open import OpenedRun

Value = Callable[[Facts, Replication], float]


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure in both runs; nan where a run does not have it."""

    name: str
    direction: str
    """Of cargo; blank for a place."""
    unit: str
    a: float
    b: float
    change: Estimate
    """b less a, with half its 95 % confidence interval; nan where one of them is not there."""

    @property
    def noise(self) -> bool:
        """Whether the change is smaller than its half-width, or cannot be told from it."""
        return not abs(self.change.mean) > self.change.half


@dataclass(frozen=True, eq=False)
class RunComparison:
    """What another question changes."""

    a: OpenedRun
    b: OpenedRun
    differs: tuple[Odd, ...]
    """Fields in which the questions differ: there is a, here is b."""
    pairs: int
    """Replications with common draws; 0 where seeds differ and runs are taken as independent."""
    door_h: Difference
    """Mean of all cargo, weighed by t."""
    totals: tuple[Difference, ...]
    """Tonnes, USD and CO2e of all that arrived."""
    branches: tuple[Difference, ...]
    """Tonnes that arrived, by branch and direction."""
    waits: tuple[Difference, ...]
    """Hours that a lot waits, the largest change of lot-hours first."""
    doors: tuple[Difference, ...]
    """Hours from door to door by cargo."""

    def __str__(self) -> str:
        from landbridge.simulation.run_compare_text import comparison_text  # noqa: PLC0415

        return comparison_text(self)

    def json(self) -> dict[str, object]:
        """What ``landbridge compare RUN RUN --json`` prints."""
        from landbridge.simulation.run_compare_text import comparison_json  # noqa: PLC0415

        return comparison_json(self)


def compare_runs(a: OpenedRun, b: OpenedRun) -> RunComparison:
    """What run b changes against run a.

    Replications of one seed and number share their draws (common random numbers), so their
    differences are taken one by one and only then their spread. Runs of different seeds are taken
    as independent, with the fewer degrees of freedom (conservative). Raises ``QuestionError`` for
    seasons of different length, whose sums cannot be compared.
    """
    if a.facts.days != b.facts.days:
        raise QuestionError(
            f"{a.folder} has {a.facts.days} days and {b.folder} has {b.facts.days}; simulate both"
            " with the same --days to compare them"
        )
    sides = _Sides(a, b)
    totals = (("tonnes", "t", 1.0, "lot_t"), ("cost", "USD", 1.0, "usd"),
              ("CO2e", "t", 1e-3, "wtw_kg"))  # fmt: skip
    return RunComparison(
        a, b,
        tuple(differences(_asked(a), _asked(b))),
        len(sides.common),
        sides.difference("all cargo", "", "h", _door_h),
        tuple(sides.difference(name, "", unit, _arrived(what, per))
              for name, unit, per, what in totals),
        tuple(sides.difference(branch, direction, "t", _arrived("lot_t", 1.0, branch, direction))
              for branch, direction in sides.either(_branches)),
        _waits(sides),
        tuple(sides.difference(name, direction, "h", _cargo_h(name))
              for name, direction in sides.either(_cargoes)),
    )  # fmt: skip


class _Sides:
    """Both runs with their figures replication by replication."""

    def __init__(self, a: OpenedRun, b: OpenedRun) -> None:
        self.a, self.b = a, b
        same = a.facts.seed == b.facts.seed
        self.common = sorted(set(a.numbers) & set(b.numbers)) if same else []

    def either(self, of: Callable[[Facts], list[tuple[str, str]]]) -> list[tuple[str, str]]:
        """What one or the other has, in the order of the first."""
        return list(dict.fromkeys([*of(self.a.facts), *of(self.b.facts)]))

    def difference(self, name: str, direction: str, unit: str, value: Value) -> Difference:
        """Means of both, and b less a."""
        one, two = _values(self.a, value), _values(self.b, value)
        change = self._paired(one, two) if self.common else _independent(one, two)
        return Difference(name, direction, unit, _mean(one), _mean(two), change)

    def _paired(self, one: Floats, two: Floats) -> Estimate:
        rows_a = [self.a.numbers.index(number) for number in self.common]
        rows_b = [self.b.numbers.index(number) for number in self.common]
        change = two[rows_b] - one[rows_a]
        change = change[np.isfinite(change)]
        return Estimate(_mean(change), half_width(change))


def _independent(one: Floats, two: Floats) -> Estimate:
    one, two = one[np.isfinite(one)], two[np.isfinite(two)]
    degrees = min(len(one), len(two)) - 1
    mean = _mean(two) - _mean(one)
    if degrees < 1:
        return Estimate(mean, math.inf)
    spread = float(np.var(one, ddof=1)) / len(one) + float(np.var(two, ddof=1)) / len(two)
    return Estimate(mean, t975(degrees) * math.sqrt(spread))


def _values(run: OpenedRun, value: Value) -> Floats:
    """Of each replication."""
    return np.array([value(run.facts, one) for one in run.replications])


def _mean(values: Floats) -> float:
    found = values[np.isfinite(values)]
    return float(found.mean()) if len(found) else math.nan


def _asked(run: OpenedRun) -> dict[str, object]:
    """The question, and the program; how many replications there are changes no figure's mean."""
    how = ("replications", "half_width", "most_replications")
    asked = {name: value for name, value in run.manifest.question.items() if name not in how}
    return {**asked, "modules of landbridge": run.manifest.code}


def _door_h(facts: Facts, one: Replication) -> float:
    lot = np.array([way.lot_t for way in facts.ways])
    done = float((one.done * lot).sum())
    return float((one.door_h * lot).sum()) / done if done else math.nan


def _arrived(what: str, per: float, branch: str = "", direction: str = "") -> Value:
    """Sum over the lots that arrived, of a branch and direction or of all; nan without such."""

    def value(facts: Facts, one: Replication) -> float:
        rows = [k for k, way in enumerate(facts.ways)
                if not branch or (way.branch, way.direction) == (branch, direction)]  # fmt: skip
        each = np.array([getattr(facts.ways[k], what) for k in rows])
        return float((one.done[rows] * each).sum()) * per if rows else math.nan

    return value


def _cargo_h(name: str) -> Value:
    def value(facts: Facts, one: Replication) -> float:
        rows = [k for k, way in enumerate(facts.ways) if way.cargo == name]
        done = float(one.done[rows].sum()) if rows else 0.0
        return float(one.door_h[rows].sum()) / done if done else math.nan

    return value


def _branches(facts: Facts) -> list[tuple[str, str]]:
    return sorted({(way.branch, way.direction) for way in facts.ways})


def _cargoes(facts: Facts) -> list[tuple[str, str]]:
    return list(dict.fromkeys((way.cargo, way.direction) for way in facts.ways))


def _places(facts: Facts) -> list[tuple[str, str]]:
    return [(at.name, "") for at in facts.stations if at.kind != "delay"]


def _waits(sides: _Sides) -> tuple[Difference, ...]:
    """Of every place at which lots waited in either run."""
    found: list[tuple[float, Difference]] = []
    for name, _ in sides.either(_places):
        wait = sides.difference(name, "", "h", _at_place(name, _wait_h))
        lost = sides.difference(name, "", "lot-hours", _at_place(name, _lost_h))
        weight = max(abs(one) for one in (lost.a, lost.b, 0.0) if math.isfinite(one))
        moved = abs(lost.change.mean) if math.isfinite(lost.change.mean) else weight
        if weight > 0:
            found.append((moved, wait))
    return tuple(one for _, one in sorted(found, key=lambda pair: (-pair[0], pair[1].name)))


def _at_place(name: str, of: Callable[[Replication, int], float]) -> Value:
    def value(facts: Facts, one: Replication) -> float:
        found = next((k for k, at in enumerate(facts.stations) if at.name == name), None)
        return math.nan if found is None else of(one, found)

    return value


def _wait_h(one: Replication, k: int) -> float:
    return float(one.waited_h[k] / one.started[k]) if one.started[k] else 0.0


def _lost_h(one: Replication, k: int) -> float:
    return float(one.queue_h[k])


def rows_of(found: RunComparison) -> Sequence[Difference]:
    """Every figure that was compared."""
    return (found.door_h, *found.totals, *found.branches, *found.waits, *found.doors)
