import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from landbridge.models.distribution import COMMON, Spread, draws

MANY = 200_000
LEVELS = (0.1, 0.5, 0.9)


@pytest.mark.parametrize("family", ["fixed", "uniform", "pert", "lognormal"])
def test_mean_and_variance_are_those_of_many_draws(family: str) -> None:
    spread = Spread(family, 2.0, 5.0, 14.0)
    values = draws(spread, "border", 1, MANY)
    assert values.mean() == pytest.approx(spread.mean, rel=0.02)
    assert values.var() == pytest.approx(spread.variance, rel=0.06, abs=1e-12)


@pytest.mark.parametrize(("low", "high"), [(1.0, 40.0), (5.0, 40.0), (9.0, 11.0), (2.5, 40.0)])
def test_a_lognormal_has_its_three_figures_as_quantiles(low: float, high: float) -> None:
    values = draws(Spread("lognormal", low, 10.0, high), "port", 3, MANY)
    assert np.quantile(values, LEVELS) == pytest.approx([low, 10.0, high], rel=0.03)


def split_lognormal(low: float, typical: float, high: float) -> Callable[[float], float]:
    """Quantiles of the two halves, each by scipy."""
    z = float(stats.norm.ppf(0.9))
    below = stats.lognorm(math.log(typical / low) / z, scale=typical)
    above = stats.lognorm(math.log(high / typical) / z, scale=typical)
    return lambda p: float((below if p < 0.5 else above).ppf(p))


@pytest.mark.parametrize(("low", "high"), [(1.0, 40.0), (2.5, 40.0), (7.0, 12.0)])
def test_moments_of_a_lognormal_are_those_of_scipy_integrated(low: float, high: float) -> None:
    quantile = split_lognormal(low, 10.0, high)
    moments = [
        integrate.quad(lambda p, k=k: quantile(p) ** k, 0, 1, points=[0.5], limit=400)[0]
        for k in (1, 2)
    ]
    spread = Spread("lognormal", low, 10.0, high)
    assert spread.mean == pytest.approx(moments[0], rel=1e-4)
    assert spread.variance == pytest.approx(moments[1] - moments[0] ** 2, rel=1e-2)


def test_a_symmetric_lognormal_is_the_common_one() -> None:
    one = stats.lognorm(math.log(4) / float(stats.norm.ppf(0.9)), scale=10.0)
    spread = Spread("lognormal", 2.5, 10.0, 40.0)
    assert spread.mean == pytest.approx(float(one.mean()))
    assert spread.variance == pytest.approx(float(one.var()))
    values = draws(spread, "port", 3, 20_000)
    assert stats.kstest(values, one.cdf).pvalue > 0.001


@pytest.mark.parametrize("typical", [3.0, 5.0, 9.0, 13.5])
def test_a_pert_is_the_beta_of_scipy(typical: float) -> None:
    low, high = 2.0, 14.0
    a = 1 + 4 * (typical - low) / (high - low)
    one = stats.beta(a, 6 - a, loc=low, scale=high - low)
    spread = Spread("pert", low, typical, high)
    assert spread.mean == pytest.approx(float(one.mean()))
    assert spread.variance == pytest.approx(float(one.var()))
    assert stats.kstest(draws(spread, "x", 7, 20_000), one.cdf).pvalue > 0.001


@settings(deadline=None)
@given(low=st.floats(0.1, 10), step=st.floats(0.1, 10), rest=st.floats(0.1, 10))
def test_a_pert_figure_stays_between_its_ends(low: float, step: float, rest: float) -> None:
    spread = Spread("pert", low, low + step, low + step + rest)
    values = draws(spread, "x", 5, 200)
    assert values.min() >= spread.low
    assert values.max() <= spread.high


@settings(deadline=None)
@given(
    family=st.sampled_from(["uniform", "pert", "lognormal"]),
    low=st.floats(0.1, 10), step=st.floats(0, 10), rest=st.floats(0, 10), worse=st.floats(1, 5),
)  # fmt: skip
def test_a_worse_figure_is_never_drawn_better(
    family: str, low: float, step: float, rest: float, worse: float
) -> None:
    one = Spread(family, low, low + step, low + step + rest)
    other = one.scaled(worse)
    assert (draws(other, "x", 5, 200) >= draws(one, "x", 5, 200) * (1 - 1e-9)).all()
    assert other.mean >= one.mean * (1 - 1e-9)


def test_draws_depend_on_name_and_seed_alone() -> None:
    spread = Spread("pert", 1.0, 2.0, 4.0)
    assert (draws(spread, "a", 1, 50) == draws(spread, "a", 1, 50)).all()
    assert (draws(spread, "a", 1, 50) != draws(spread, "b", 1, 50)).any()
    assert (draws(spread, "a", 1, 50) != draws(spread, "a", 2, 50)).any()


@pytest.mark.parametrize(
    ("one", "other", "want"),
    [
        ("IR", "AZ", 0.0),
        ("IR", "IR", COMMON),
        ("IR/IRSRP", "IR", COMMON),
        ("IR/IRSRP", "IR/IRTHR", COMMON),
        ("IR/IRSRP", "IR/IRSRP", 2 * COMMON),
        ("IR/IRSRP", "", 0.0),
    ],
)
def test_figures_of_one_group_correlate_as_stated(one: str, other: str, want: float) -> None:
    """The logarithm of a lognormal figure is normal: Pearson's is the copula's own correlation."""
    spread = Spread("lognormal", 2.5, 10.0, 40.0)
    a = np.log(draws(spread, "a", 11, MANY, one))
    b = np.log(draws(spread, "b", 11, MANY, other))
    assert np.corrcoef(a, b)[0, 1] == pytest.approx(want, abs=0.01)
    assert a.std() == pytest.approx(spread.sigma[1], rel=0.01)  # a group changes no figure's own


def test_the_ranks_of_any_two_families_correlate_as_a_gaussian_copula() -> None:
    """Spearman's is 6 / pi asin(r / 2), whatever the margins (Kruskal 1958)."""
    a = draws(Spread("pert", 1.0, 2.0, 9.0), "a", 12, MANY, "IR/IRSRP")
    b = draws(Spread("lognormal", 1.0, 10.0, 30.0), "b", 12, MANY, "IR/IRSRP")
    want = 6 / math.pi * math.asin(COMMON)
    assert float(stats.spearmanr(a, b).statistic) == pytest.approx(want, abs=0.01)


def test_a_pace_is_one_over_a_speed() -> None:
    pace = Spread("pert", 200.0, 400.0, 800.0).inverse()
    assert (pace.low, pace.typical, pace.high) == (1 / 800, 1 / 400, 1 / 200)
