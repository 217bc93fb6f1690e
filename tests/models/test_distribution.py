import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from landbridge.models.distribution import Spread, draws


@pytest.mark.parametrize("family", ["fixed", "uniform", "pert", "lognormal"])
def test_the_mean_is_that_of_many_draws(family: str) -> None:
    spread = Spread(family, 2.0, 5.0, 14.0)
    values = draws(spread, "border", 1, 200_000)
    assert values.mean() == pytest.approx(spread.mean, rel=0.02)


def test_a_lognormal_has_its_median_and_its_ninth_decile_where_they_are_told() -> None:
    values = draws(Spread("lognormal", 1.0, 10.0, 40.0), "port", 3, 200_000)
    assert np.quantile(values, 0.5) == pytest.approx(10.0, rel=0.02)
    assert np.quantile(values, 0.9) == pytest.approx(40.0, rel=0.03)


@settings(deadline=None)
@given(low=st.floats(0.1, 10), step=st.floats(0.1, 10), rest=st.floats(0.1, 10))
def test_a_pert_figure_stays_between_its_ends(low: float, step: float, rest: float) -> None:
    spread = Spread("pert", low, low + step, low + step + rest)
    values = draws(spread, "x", 5, 200)
    assert values.min() >= spread.low
    assert values.max() <= spread.high


def test_draws_depend_on_name_and_seed_alone() -> None:
    spread = Spread("pert", 1.0, 2.0, 4.0)
    assert (draws(spread, "a", 1, 50) == draws(spread, "a", 1, 50)).all()
    assert (draws(spread, "a", 1, 50) != draws(spread, "b", 1, 50)).any()
    assert (draws(spread, "a", 1, 50) != draws(spread, "a", 2, 50)).any()


def test_a_pace_is_one_over_a_speed() -> None:
    pace = Spread("pert", 200.0, 400.0, 800.0).inverse()
    assert (pace.low, pace.typical, pace.high) == (1 / 800, 1 / 400, 1 / 200)
