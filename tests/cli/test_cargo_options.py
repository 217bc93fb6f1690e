"""The cargo is told in the same words to every verb that asks about a shipment."""

import inspect
import json
from collections.abc import Callable

import pytest

from landbridge.cli import breakeven, claims, compare, explain, route
from landbridge.cli.main import main

CARGO = ("teu", "feu", "tonnes", "value", "hs", "equipment", "kind", "dangerous")
RULED = ("avoid", "via", "modes")
ASKS = [
    "Moscow", "Tehran", "--equipment", "reefer", "--feu", "2", "--value", "90000",
    "--incoterm", "FCA", "--currency", "EUR", "--avoid", "AZ", "--samples", "50",
]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "names"),
    [
        (compare.compare, (*CARGO, *RULED, "extrapolate")),
        (explain.explain, (*CARGO, *RULED, "incoterm", "currency", "extrapolate")),
        (breakeven.breakeven, (*CARGO, *RULED, "extrapolate")),
        (claims.claims, CARGO),
    ],
)
def test_options_of_the_cargo_are_those_of_route(
    verb: Callable[..., None], names: tuple[str, ...]
) -> None:
    wanted, mine = (inspect.signature(one, eval_str=True).parameters for one in (route.route, verb))
    for name in names:
        assert (mine[name].annotation, mine[name].default) == (
            wanted[name].annotation, wanted[name].default,
        )  # fmt: skip


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, object]:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_explain_and_route_tell_one_invoice_of_one_cargo(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = answer(capsys, "route", *ASKS)
    options = told["options"]
    assert isinstance(options, list)
    explained = answer(capsys, "explain", *ASKS)
    assert explained["option"] == options[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["explain", "Moscow", "Tehran", "--equipment", "53"], "40HC"),
        (["compare", "Moscow", "Tehran", "--cargo", "bulk"], "--tonnes"),
        (["breakeven", "Moscow", "Tehran", "--between", "a,b", "--dangerous", "x"], "IMO class"),
        (["claims", "--teu", "1", "--equipment", "40HC"], "--feu"),
    ],
)
def test_wrong_words_are_told_by_each_verb(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert told in capsys.readouterr().err
