"""What freight people mean, asked of the shipped network with the built-in corridor."""

from __future__ import annotations

import pytest

from landbridge.errors import PlaceError
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.places import find, resolve


@pytest.fixture(scope="module")
def instc() -> Network:
    return load("instc")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Мумбаи", "INBOM"),
        ("Mumbai", "INBOM"),
        ("mumbay", "INBOM"),
        ("मुंबई", "INBOM"),
        ("Bombay", "INBOM"),
        ("नवी मुंबई", "INNMB"),
        ("nava sheva", "INNSA"),
        ("Nhava Sheva", "INNSA"),
        ("JNPT", "INNSA"),
        ("JNPA", "INNSA"),
        ("IN NSA", "INNSA"),
        ("بندرعباس", "IRSRP"),
        ("Bandar Abbas", "IRSRP"),
        ("Bandar Abas", "IRSRP"),
        ("انزلی", "IRBAZ"),
        ("Санкт-Петербург", "RULED"),
        ("Sankt Petersburg", "RULED"),
        ("St Petersburg", "RULED"),
        ("spb", "RULED"),
        ("Питер", "RULED"),
        ("Astrakhan", "RUASF"),
        ("Астрахань", "RUASF"),
        ("Moskva", "RUMOW"),
        ("Moscow", "RUMOW"),
        ("重庆", "CNCKG"),
        ("Chongqing", "CNCKG"),
        ("Duisburg", "DEDUI"),
        ("Mersin", "TRMER"),
        ("Tashkent", "UZTAS"),
        ("Ташкент", "UZTAS"),
        ("Lagos", "NGLOS"),
        ("Hamburg", "DEHAM"),
        ("Mundra", "INMUN"),
        ("Novorossiysk", "RUNVS"),
        ("Tehran", "IRTHR"),
        ("تهران", "IRTHR"),
        ("Chabahar", "IRZBR"),
        ("Istanbul", "TRIST"),
        ("Tokyo", "JPTYO"),
        ("Piraeus", "GRPIR"),
        ("Odessa", "UAODS"),
        ("Astara, IR", "IRASR"),
        ("Astara (AZ)", "AZAST"),
    ],
)
def test_a_name_finds_the_place_that_freight_people_mean(
    instc: Network, text: str, place: str
) -> None:
    assert resolve(instc, text).place.id == place
    assert find(instc, text)[0].id == place


def test_saint_petersburg_tells_of_florida(instc: Network) -> None:
    found = resolve(instc, "St Petersburg")
    assert found.place.country == "RU"
    assert any("Florida" in other.name for other in found.others)


def test_astara_is_refused_with_both_towns(instc: Network) -> None:
    with pytest.raises(PlaceError, match=r"\[AZAST\].*\[IRASR\]|\[IRASR\].*\[AZAST\]"):
        resolve(instc, "Astara")


@pytest.mark.parametrize("text", ["Nowhereville", "Xyzzyplugh", "Qwertyuiop"])
def test_no_place_is_made_up(instc: Network, text: str) -> None:
    with pytest.raises(PlaceError, match="No place is called"):
        resolve(instc, text)


def test_every_terminal_is_found_by_its_id(instc: Network) -> None:
    ids: list[str] = instc.terminals.id.tolist()
    for identity in ids:
        assert resolve(instc, identity).place.id == identity


def test_every_code_in_the_gazetteer_finds_a_place_with_it(instc: Network) -> None:
    codes: list[str] = instc.places.locode.tolist()
    for code in codes[::97]:
        if code:
            assert resolve(instc, code).place.locode == code


def test_all_scripts_that_border_the_corridor_are_there(instc: Network) -> None:
    texts: list[str] = instc.aliases.text.tolist()
    blocks = {
        "Cyrillic": ("Ѐ", "ӿ"),
        "Arabic": ("؀", "ۿ"),
        "Devanagari": ("ऀ", "ॿ"),
        "Georgian": ("Ⴀ", "ჿ"),
        "Armenian": ("԰", "֏"),
        "Han": ("一", "鿿"),
    }
    for name, (low, high) in blocks.items():
        many = sum(1 for text in texts if low <= text[0] <= high)
        assert many > 500, name
