from __future__ import annotations

import pytest

from landbridge.errors import QuestionError
from landbridge.network.network import Network
from landbridge.routing.avoid import Avoid, crossing_name, parse_avoid
from worlds import strait_and_ferry


@pytest.fixture(scope="module")
def net() -> Network:
    return strait_and_ferry()


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        (["IR"], Avoid(countries=frozenset({"IR"}))),
        (["ir"], Avoid(countries=frozenset({"IR"}))),
        (["Iran"], Avoid(countries=frozenset({"IR"}))),
        (["narrows"], Avoid(passages=frozenset({"narrows"}))),
        (["The Narrows"], Avoid(passages=frozenset({"narrows"}))),
        (["road"], Avoid(modes=frozenset({"road"}))),
        (["inland-waterway"], Avoid(modes=frozenset({"inland_waterway"}))),
        (["IR-AZ"], Avoid(crossings=frozenset({"AZ-IR"}))),
        (["Azerbaijan-Iran"], Avoid(crossings=frozenset({"AZ-IR"}))),
        (
            ["IR, narrows", "road"],
            Avoid(frozenset({"IR"}), frozenset({"narrows"}), frozenset({"road"})),
        ),
        ([], Avoid()),
        ([" "], Avoid()),
    ],
)
def test_words_name_what_they_name(net: Network, tokens: list[str], expected: Avoid) -> None:
    assert parse_avoid(net, tokens) == expected


def test_a_terminal_is_named_by_its_id_or_title(net: Network) -> None:
    assert parse_avoid(net, ["TMKRW"]).terminals == {"TMKRW"}


def test_a_word_that_names_nothing_is_refused_with_near_ones(net: Network) -> None:
    with pytest.raises(QuestionError, match=r"'narows' names no .* Did you mean narrows\?"):
        parse_avoid(net, ["narows"])
    with pytest.raises(QuestionError, match="two different countries"):
        parse_avoid(net, ["IR-IR"])
    with pytest.raises(QuestionError, match="names no"):
        parse_avoid(net, ["IR-ZZ"])


def test_a_border_has_one_name_and_nothing_avoided_is_false() -> None:
    assert crossing_name("IR", "AZ") == crossing_name("AZ", "IR") == "AZ-IR"
    assert not Avoid()
    assert Avoid(modes=frozenset({"sea"}))
