"""Answers stay what they were: a part of the golden fronts, or all of them with GOLDEN=all."""

from __future__ import annotations

import os

from golden import COUNT, answers, read

import landbridge as lb

EVERY = 1 if os.environ.get("GOLDEN") == "all" else 20


def test_fronts_are_the_golden_ones() -> None:
    net = lb.load()
    made_for, golden = read()
    assert made_for == net.hash, "the data changed: look at the difference after `make golden`"
    asked = set(range(0, COUNT, EVERY))
    assert list(answers(net, EVERY)) == [one for one in golden if one.question in asked]


def test_golden_fronts_are_of_many_questions_and_kinds() -> None:
    _, golden = read()
    assert len({one.question for one in golden}) == COUNT
    options = [one for one in golden if one.km]
    assert len(options) > 3 * COUNT
    assert len({one.option for one in options}) > COUNT / 2
