"""Figures of rows fitted from observed hours, against the quantiles of what they are drawn from."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import DataError
from landbridge.models.distribution import Spread, draws
from landbridge.network.case_samples import fit, fit_quantiles
from landbridge.network.load import load
from landbridge.network.starter import start_case

MANY = 20_000


def test_a_long_tail_is_a_lognormal_through_three_quantiles_of_the_sample() -> None:
    # the median 12 h and sigma 0.8 of a queue: 10 and 90 % at 12 exp(-+ 1.2816 x 0.8)
    values = 12.0 * np.exp(0.8 * np.random.default_rng(1).standard_normal(MANY))
    family, low, typical, high = fit(values)
    assert family == "lognormal"
    assert (low, typical, high) == pytest.approx((4.305, 12.0, 33.45), rel=0.03)
    drawn = draws(Spread(family, low, typical, high), "queue", 1, MANY)
    for level in (0.05, 0.25, 0.75, 0.95, 0.99):
        assert np.quantile(drawn, level) == pytest.approx(np.quantile(values, level), rel=0.08)


def test_a_sample_without_a_longer_tail_above_is_a_pert_with_its_mean() -> None:
    values = 10.0 - np.random.default_rng(2).beta(2.0, 4.0, MANY)
    family, low, typical, high = fit(values)
    assert (family, low, high) == ("pert", values.min(), values.max())
    assert Spread(family, low, typical, high).mean == pytest.approx(values.mean())


@given(st.lists(st.floats(0.1, 500.0), min_size=10, max_size=60))
def test_figures_of_any_sample_ascend_and_lie_within_it(values: list[float]) -> None:
    _, low, typical, high = fit(np.array(values))
    assert min(values) <= low <= typical <= high <= max(values)


def test_published_quantiles_are_met_where_they_are_those_of_a_lognormal() -> None:
    # 5, 50 and 95 % of the median 20 and sigma 0.5
    levels = np.array([0.05, 0.5, 0.95])
    found = fit_quantiles(levels, 20.0 * np.exp(0.5 * np.array([-1.6449, 0.0, 1.6449])))
    want = (20 * np.exp(-0.5 * 1.28155), 20.0, 20 * np.exp(0.5 * 1.28155))
    assert found[0] == "lognormal"
    assert found[1:] == pytest.approx(want, rel=1e-4)


def case_with(folder: Path, samples: str, **cells: str) -> Path:
    """The template case with a sample, and the first row of its crossings changed."""
    start_case(folder)
    (folder / "samples.csv").write_text(samples, encoding="utf-8")
    path = folder / "crossings.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    rows[0].update(cells)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


BLANK = {"hours_low": "", "hours_typical": "", "hours_high": ""}
SEEN = "sample,value\n" + "".join(
    f"border,{hours}\n" for hours in (3, 4, 5, 6, 7, 8, 9, 12, 30, 60)
)


def test_a_row_takes_its_figures_from_the_sample_that_it_names(tmp_path: Path) -> None:
    net = load(case_with(tmp_path / "own", SEEN, distribution="sample:border", **BLANK))
    told = (tmp_path / "own" / "crossings.csv").read_text(encoding="utf-8").splitlines()
    first = next(csv.DictReader(told))
    row = net.crossings.id.tolist().index(first["id"])
    # 10, 50 and 90 % of ten values by linear interpolation: 3.9, 7.5 and 33
    assert str(net.crossings.distribution[row]) == "lognormal"
    hours = [net.crossings.column(f"hours_{end}")[row] for end in ("low", "typical", "high")]
    assert hours == pytest.approx([3.9, 7.5, 33.0])


@pytest.mark.parametrize(
    ("samples", "cells", "told"),
    [
        (SEEN, {"distribution": "sample:boarder", **BLANK}, "Did you mean 'border'"),
        (SEEN, {"distribution": "sample:border"}, "figures or a sample, not both"),
        ("sample,value\nborder,3\n", BLANK, "has 1 values"),
        ("sample,value\nborder,-3\n", BLANK, "a number above 0"),
        ("sample,hours\nborder,3\n", BLANK, "columns are sample, value"),
        ("sample,value,quantile\nborder,3,0.3\nborder,9,0.9\n", BLANK, "from 0.1 or less"),
        ("sample,value,quantile\nborder,3,0.1\nborder,9,\n", BLANK, "one or the other"),
    ],
)
def test_what_is_wrong_with_a_sample_is_told(
    samples: str, cells: dict[str, str], told: str, tmp_path: Path
) -> None:
    with pytest.raises(DataError, match=told):
        load(case_with(tmp_path / "own", samples, **cells))
