"""Folding names to keys, and the names of countries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.network.naming import country_code, fold, fold_all, state_names


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sankt-Peterburg", "sanktpeterburg"),
        ("  ST.   Petersburg ", "stpetersburg"),
        ("Zürich", "zurich"),
        ("Ōsaka", "osaka"),
        ("İstanbul", "istanbul"),
        ("Москва", "moskva"),
        ("重慶", "zhongqing"),
        ("", ""),
        ("!?", ""),
    ],
)
def test_case_accents_signs_and_scripts_fold_away(text: str, key: str) -> None:
    assert fold(text) == key


def test_spellings_that_differ_only_in_joiners_and_vowel_points_fold_alike() -> None:
    assert fold("بندر عباس") == fold("بندر\N{ZERO WIDTH NON-JOINER}عباس") == fold("بَندر عبّاس")


@given(st.lists(st.text(), max_size=20))
def test_folding_many_equals_folding_each(texts: list[str]) -> None:
    assert fold_all(texts) == [fold(text) for text in texts]


@given(st.text())
def test_a_key_is_made_of_plain_letters_and_digits_and_folds_to_itself(text: str) -> None:
    key = fold(text)
    assert key == "" or (key.isascii() and key.isalnum() and key == key.lower())
    assert fold(key) == key


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Iran", "IR"),
        ("iran, islamic republic of", "IR"),
        ("Россия", "RU"),
        ("ایران", "IR"),
        ("हिन्द", ""),
        ("هند", "IN"),
        ("HND", "HN"),
        ("Türkiye", "TR"),
        ("turkey", "TR"),
        ("Cote d'Ivoire", "CI"),
        ("Nowhere", ""),
    ],
)
def test_countries_are_known_by_the_names_that_people_use(name: str, code: str) -> None:
    assert country_code(name) == code


def test_states_are_known_by_code_and_name() -> None:
    assert state_names()["fl"] == state_names()["florida"] == "Florida"
