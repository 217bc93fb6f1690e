"""The engine's draws as lists, made before a clock runs: for the same model in another program."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from landbridge.kernels.draws import correlated, drawn, duration, unit
from landbridge.kernels.jit import kernel
from landbridge.simulation.arrays import Laws, stream, ticks
from landbridge.simulation.law import Law
from landbridge.simulation.model import (
    Departures,
    Model,
    Path,
    Pool,
    Ride,
    Serve,
    Servers,
    Step,
    Take,
)  # fmt: skip


class Draws:
    """What the engine would draw, as lists; made before the clock runs."""

    def __init__(self, model: Model, seed: int, replication: int = 0) -> None:
        laws = Laws()
        self._row: dict[Law, int] = {}
        for path in model.paths:
            for step in path.steps:
                law = None if isinstance(step, Take) else step.law
                if law is not None:
                    self._row[law] = laws.row(law)
        for station in model.stations:
            for law in _own_laws(station):
                self._row[law] = laws.row(law)
        self._laws, self._table = laws.arrays()
        self._stations = [
            np.int64(stream(seed, replication, f"station {station.name}"))
            for station in model.stations
        ]
        end = ticks(model.hours)
        self.births: list[list[int]] = []
        self.ticks: list[list[list[int]]] = []
        """By path, step, box."""
        with np.errstate(over="ignore"):
            for path in model.paths:
                own = np.int64(stream(seed, replication, f"path {path.name}"))
                born = _births(path, own, end)
                self.births.append(born)
                self.ticks.append([self._steps(own, k, step, len(born))
                                   for k, step in enumerate(path.steps)])  # fmt: skip

    def _steps(self, own: np.int64, k: int, step: Step, count: int) -> list[int]:
        if isinstance(step, Take | Ride) or step.law is None:
            return []
        tag = k if step.tag is None else step.tag
        shared = step.shared if isinstance(step, Serve) else ()
        parts = [share for _, share in shared]
        names = np.array([tag, *(name for name, _ in shared)], np.int64)
        weights = np.sqrt([1.0 - sum(parts), *parts])
        found = np.empty(count, np.int64)
        draw_step(self._laws, self._table, self._row[step.law], own, (names, weights), found)
        return found.tolist()

    def of_station(self, index: int, entry: int, law: Law) -> int:
        """An entry of a station's own stream, through a law."""
        with np.errstate(over="ignore"):
            word = np.uint64(drawn(self._stations[index], entry))
            return int(duration(self._laws, self._table, self._row[law], word))


def _own_laws(station: Servers | Departures | Pool) -> list[Law]:
    if isinstance(station, Departures):
        return [station.turn]
    return [station.send] if isinstance(station, Pool) else []


@kernel
def draw_step(
    laws: NDArray[np.float64], table: NDArray[np.float64], law: int, own: np.int64,
    named: tuple[NDArray[np.int64], NDArray[np.float64]], found: NDArray[np.int64],
) -> None:  # fmt: skip
    """Ticks of one step for all boxes of a path; ``named``: its tag and those of what it shares."""
    names, weights = named
    for number in range(len(found)):
        box = np.int64(drawn(own, 2 * number))
        word = drawn(box, names[0])
        if len(names) > 1:
            word = correlated(word, box, names, weights)
        found[number] = duration(laws, table, law, word)


def _births(path: Path, own: np.int64, end: int) -> list[int]:
    """When boxes set out, by the given times or by exponential steps of the summed rate."""
    if not path.rates:
        return [at for at in (ticks(t) for t in path.times) if at <= end]
    starts = [ticks(t) for t, _ in path.rates]
    spans = list(zip(starts, [*starts[1:], end], [rate for _, rate in path.rates], strict=True))
    hour = ticks(1.0)
    found: list[int] = []
    now, at = 0, 0
    while True:
        rest = -math.log(1.0 - unit(np.uint64(drawn(own, 2 * len(found) + 1))))
        t = float(max(now, spans[at][0]))
        while True:
            _, high, rate = spans[at]
            if rate / hour * (high - t) > rest:
                now = int(t + rest / (rate / hour) + 0.5)
                break
            rest -= rate / hour * (high - t)
            t = float(high)
            at += 1
            if at == len(spans):
                return found
        if now > end:
            return found
        found.append(now)
