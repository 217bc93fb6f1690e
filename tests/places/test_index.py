"""The index: the filter for near spellings loses nothing, heads join what is one place."""

from __future__ import annotations

import gc
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA
from towns import towns

from landbridge.network import rows as r
from landbridge.network.builder import NetworkBuilder
from landbridge.network.network import Network
from landbridge.places.index import containing, index_of, near

WORDS = st.text("abcde1", min_size=1, max_size=8)


def _of(words: list[str]) -> Network:
    builder = NetworkBuilder().add(r.Country("RU", "Russia"))
    places = [r.Place(f"p{at}", word, "RU", 50.0, 40.0) for at, word in enumerate(words)]
    return builder.add(*places).build()


@given(st.lists(WORDS, min_size=1, max_size=30), WORDS, st.integers(1, 3))
@settings(max_examples=100, deadline=None)
def test_near_spellings_are_those_that_brute_force_finds(
    words: list[str], word: str, edits: int
) -> None:
    index = index_of(_of(words))
    numbers, distance = near(index, word, edits)
    at: list[int] = numbers.tolist()
    away: list[int] = distance.tolist()
    found = dict(zip((index.keys[number] for number in at), away, strict=True))
    wanted = {one: OSA.distance(one, word) for one in words}
    assert found == {one: far for one, far in wanted.items() if far <= edits}


@given(st.lists(WORDS, min_size=1, max_size=30), WORDS)
@settings(max_examples=100, deadline=None)
def test_parts_of_names_are_those_that_brute_force_finds(words: list[str], word: str) -> None:
    index = index_of(_of(words))
    inside = containing(index, word, at_start=False, most=10_000)
    first = containing(index, word, at_start=True, most=10_000)
    assert {index.keys[number] for number in inside} == {one for one in words if word in one}
    assert {index.keys[number] for number in first} == {
        one for one in words if one.startswith(word)
    }


def test_a_city_belongs_to_its_port_and_not_to_a_namesake_far_away(net: Network) -> None:
    index, ids = index_of(net), net.places.id.tolist()

    def head(place: str) -> str:
        return ids[int(index.head[ids.index(place)])]

    assert head("gn:498817") == "RULED"
    assert head("gn:141681") == "IRSRP"
    assert head("gn:142676") == "IRASR"  # the Iranian town, not the Azerbaijani border station
    assert head("PTLOS") == "PTLOS"
    assert head("INNSA") == "INNSA"


def test_the_index_is_made_once_and_goes_with_its_network() -> None:
    net = towns()
    assert index_of(net) is index_of(net)
    index = index_of(net)
    del net
    gc.collect()
    assert index_of(towns()) is not index


def test_a_change_that_leaves_places_alone_shares_the_index() -> None:
    net = towns()
    changed = replace(net, case=replace(net.case, id="other"))
    assert index_of(changed) is index_of(net)


def test_an_empty_gazetteer_has_an_index() -> None:
    net = NetworkBuilder().build()
    index = index_of(net)
    assert len(index.keys) == 0 or index.keys == [""]
    assert near(index, "abc", 2)[0].shape == (0,)
    assert np.array_equal(containing(index, "abc", at_start=True, most=5), [])
