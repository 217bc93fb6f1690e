from __future__ import annotations

import numpy as np
import pytest
from scipy import stats
from scipy.special import ndtri

from landbridge.kernels.draws import (
    ERLANG,
    EXPONENTIAL,
    FIXED,
    LOGNORMAL,
    TABLE,
    UNIFORM,
    drawn,
    duration,
    standard_normal,
    unit,
)  # fmt: skip

# what the reference program of splitmix64 (Vigna 2015) prints first for the seed 1234567
REFERENCE = (
    6457827717110365317,
    3203168211198807973,
    9817491932198370423,
    4593380528125082431,
    16408922859458223821,
)
HOUR = 3_600_000.0
TABLED = np.array([0.0, 1.0, 4.0]) * HOUR


def test_a_stream_is_splitmix64() -> None:
    with np.errstate(over="ignore"):
        assert [int(drawn(1234567, i)) for i in range(5)] == list(REFERENCE)


def test_the_quantile_of_the_normal_equals_scipys() -> None:
    u = np.concatenate([np.geomspace(1e-16, 0.5, 400), 1.0 - np.geomspace(1e-15, 0.5, 400)])
    found = np.array([standard_normal(x) for x in u])
    assert np.allclose(found, ndtri(u), rtol=1.3e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("law", "expected"),
    [
        ((UNIFORM, HOUR, 3 * HOUR, 0.0, 0.0), stats.uniform(1.0, 2.0)),
        ((EXPONENTIAL, 2 * HOUR, 0.0, 0.0, 0.0), stats.expon(scale=2.0)),
        ((EXPONENTIAL, 2 * HOUR, 0.0, 0.0, HOUR), stats.expon(loc=1.0, scale=2.0)),
        ((ERLANG, 2 * HOUR, 3.0, 0.0, 0.0), stats.gamma(3, scale=2.0 / 3)),
        ((LOGNORMAL, 2 * HOUR, 0.5, 0.5, 0.0), stats.lognorm(0.5, scale=2.0)),
    ],
)
def test_durations_follow_their_distribution(
    law: tuple[float, ...],
    expected: stats.rv_continuous,
) -> None:
    laws = np.array([law])
    with np.errstate(over="ignore"):
        found = [duration(laws, TABLED, 0, np.uint64(drawn(7, i))) / HOUR for i in range(4000)]
    # the draws are always the same, so this fails by chance never or always
    assert stats.kstest(found, expected.cdf).pvalue > 0.01


def test_fixed_and_tabled_durations() -> None:
    laws = np.array([[FIXED, HOUR, 0.0, 0.0, 0.5 * HOUR], [TABLE, 0.0, 2.0, 0.0, 0.0]])
    with np.errstate(over="ignore"):
        words = [np.uint64(drawn(7, i)) for i in range(300)]
    for word in words:
        assert duration(laws, TABLED, 0, word) == 1.5 * HOUR
        u = unit(word)
        # quantiles 0, 1 and 4 hours at 0, 1/2 and 1
        hours = 2 * u if u < 0.5 else 1 + 3 * (2 * u - 1)
        assert duration(laws, TABLED, 1, word) == pytest.approx(hours * HOUR, abs=1.0)
