"""Shown are medians, and the fastest is so by its mean: where the two part, a note says so."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from landbridge.network.load import load
from landbridge.routing.fastest import mean_against_middle
from landbridge.routing.options import Option
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import RouteResult, route


@cache
def answer() -> RouteResult:
    asked = Shipment("Moscow", "Tehran", teu=1)
    return route(load("instc"), asked, params=RouteParams(samples=1000))


def given(fast: tuple[float, float], other: tuple[float, float]) -> list[Option]:
    """Two options with mean and median in days; the first is the fastest."""
    return [
        replace(one, hours={"mean": 24.0 * mean, "p50": 24.0 * middle}, labels=labels)
        for one, (mean, middle), labels in zip(
            answer().options[:2], (fast, other), (["fastest"], []), strict=True
        )
    ]


@pytest.mark.parametrize(
    ("fast", "other", "told"),
    [
        ((10.6, 10.2), (10.9, 9.3), True),
        ((10.6, 10.2), (10.9, 10.3), False),  # the same order by both
        ((10.6, 10.2), (10.9, 9.8), False),  # both are shown as 10 days
        ((10.6, 10.2), (10.6, 10.2), False),
    ],
)
def test_only_an_order_that_is_seen_to_differ_is_told(
    fast: tuple[float, float], other: tuple[float, float], *, told: bool
) -> None:
    options = given(fast, other)
    found = mean_against_middle(options)
    assert bool(found) == told
    if told:
        names = [one.name for one in options]
        assert found[0].startswith(
            f"fastest is what takes least on average: 10.6 days by {names[0]}, 10.9 by {names[1]}."
        )
        assert f"half of those by {names[1]} take less than 9.3" in found[0]


def test_a_barred_option_is_not_compared() -> None:
    options = given((10.6, 10.2), (10.9, 9.3))
    assert mean_against_middle([options[0], replace(options[1], barred=("rule",))]) == []
