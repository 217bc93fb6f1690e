"""Queues whose means are known: the engine against the formulas, batch means, 99 % intervals.

``SIMULATION_CUSTOMERS`` sets the length; the bench runs them at a million.
"""

from __future__ import annotations

import math
import os

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from landbridge.simulation.engine import Prepared, Run
from landbridge.simulation.law import Law
from landbridge.simulation.model import Model, Path, Serve, Servers
from landbridge.simulation.result import Result

PLAIN = bool(os.environ.get("NUMBA_DISABLE_JIT"))
CUSTOMERS = int(os.environ.get("SIMULATION_CUSTOMERS", "4000" if PLAIN else "200000"))
BATCHES = 40
RATE = 1.0


def queue(servers: int, law: Law, room: int | None = None, seed: int = 1) -> Result:
    """One station under Poisson arrivals of ``RATE`` an hour; the first two periods warm up."""
    hours = CUSTOMERS / RATE
    gate = Servers("gate", servers, room, loses=room is not None)
    path = Path("p", (Serve("gate", law),), rates=((0.0, RATE),))
    model = Model((gate,), (path,), hours, period=hours / (BATCHES + 2), mark=0.0)
    return Run(Prepared(model), seed).finish()


def holds(value: float, samples: NDArray[np.float64]) -> None:
    """``value`` lies in the 99 % interval of the mean of the batches after the warm-up."""
    kept = samples[2:]
    half = stats.t.ppf(0.995, len(kept) - 1) * kept.std(ddof=1) / math.sqrt(len(kept))
    assert abs(kept.mean() - value) <= half, (value, kept.mean(), half)


def waits(result: Result) -> NDArray[np.float64]:
    return result.station.waited_h[0] / result.station.started[0]


def erlang_c(c: int, load: float) -> float:
    """Chance to wait in M/M/c (Erlang 1917), from Erlang's B by its recursion."""
    b = 1.0
    for k in range(1, c + 1):
        b = load * b / (k + load * b)
    return b / (1.0 - load / c * (1.0 - b))


@pytest.mark.parametrize(("servers", "mean"), [(1, 0.7), (3, 2.4), (10, 8.0)])
def test_waits_of_m_m_c(servers: int, mean: float) -> None:
    # W = C(c, a) / (c mu - lambda); for one server rho / (mu - lambda)
    result = queue(servers, Law.exponential(mean))
    expected = erlang_c(servers, RATE * mean) / (servers / mean - RATE)
    holds(expected, waits(result))
    # busy servers are on average lambda / mu
    holds(RATE * mean, result.station.busy_area[0] / result.period_h)


@pytest.mark.parametrize(
    ("law", "second"),
    [
        (Law.fixed(0.7), 0.49),  # E[S^2]: no variance
        (Law.uniform(0.2, 1.2), 0.49 + 1 / 12),
        (Law.erlang(0.7, 4), 0.49 * (1 + 1 / 4)),
        # low / typical = typical / high is the common lognormal, sigma = ln(high/typical) / z90
        (
            Law.lognormal(0.3, 0.6, 1.2),
            0.36 * math.exp(2 * (math.log(2) / 1.2815515655446004) ** 2),
        ),
        (Law.exponential(0.5).shifted(0.2), 0.49 + 0.25),
    ],
)
def test_waits_of_m_g_1(law: Law, second: float) -> None:
    # Pollaczek and Khinchine: W = lambda E[S^2] / (2 (1 - rho))
    expected = RATE * second / (2.0 * (1.0 - RATE * law.mean()))
    holds(expected, waits(queue(1, law)))


@pytest.mark.parametrize(("servers", "room", "mean"), [(1, 0, 1.0), (1, 4, 0.9), (3, 8, 2.4)])
def test_losses_of_m_m_c_k(servers: int, room: int, mean: float) -> None:
    # states 0..c+room of a birth and death process: p(n) = p(n-1) a / min(n, c)
    weight = [1.0]
    for n in range(1, servers + room + 1):
        weight.append(weight[-1] * mean * RATE / min(n, servers))
    chance = np.array(weight) / sum(weight)
    result = queue(servers, Law.exponential(mean), room)
    holds(chance[-1], result.station.lost[0] / result.path.born[0])
    waiting = np.maximum(np.arange(len(chance)) - servers, 0)
    holds(float(chance @ waiting), result.station.queue_area[0] / result.period_h)


def test_a_tandem_that_blocks() -> None:
    # one server each, no room at either, mu = 1 each, Poisson arrivals lost at the first: states
    # (first, second): 00, 10, 01, 11, b1 (first done and held). With lambda = 1 the balances
    #   p00 = p01, 2 p01 = p10 + pb1, 2 p11 = p01, p10 = p00 + p11, pb1 = p11
    # give p00 = 2, p01 = 2, p10 = 3, p11 = 1, pb1 = 1 parts of 9.
    hours = CUSTOMERS / RATE
    stations = (Servers("first", 1, 0, loses=True), Servers("second", 1, 0))
    one = Law.exponential(1.0)
    path = Path("p", (Serve("first", one), Serve("second", one)), rates=((0.0, RATE),))
    model = Model(stations, (path,), hours, period=hours / (BATCHES + 2), mark=0.0)
    result = Run(Prepared(model), 3).finish()
    holds(5 / 9, result.station.lost[0] / result.path.born[0])  # 10, 11 and b1
    holds(1 / 9, result.station.held_area[0] / result.period_h)
    holds(4 / 9, result.station.busy_area[1] / result.period_h)


def test_quantiles_of_m_m_1() -> None:
    # P(W > t) = rho exp(-(mu - lambda) t); bins are 1/32 wide and the sample is finite
    result = queue(1, Law.exponential(0.8))
    if PLAIN:
        return  # too few for quantiles
    for q in (0.5, 0.9, 0.99):
        expected = math.log(0.8 / (1.0 - q)) / (1.25 - 1.0)
        assert result.wait_quantile(q)[0] == pytest.approx(expected, rel=0.1)


@pytest.mark.parametrize("servers", [1, 3])
def test_littles_law(servers: int) -> None:
    # L = lambda W over the whole run, for the queue and for the servers: areas are added up while
    # the run goes on, waits box by box, so they are two counts of one thing
    result = queue(servers, Law.lognormal(0.2, 0.5, 1.5), seed=5)
    waited, area = result.station.waited_h.sum(), result.station.queue_area.sum()
    # who still waits at the end has area but no wait yet
    assert area >= waited
    assert area - waited <= (result.standing[0] + 1) * result.worst_wait_h[0] + 1.0
