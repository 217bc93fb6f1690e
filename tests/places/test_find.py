"""Finding and resolving on a small gazetteer, by name, code, country and misspelling."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from towns import PLACES, towns

from landbridge.errors import PlaceError
from landbridge.network import rows as r
from landbridge.network.builder import NetworkBuilder
from landbridge.network.network import Network
from landbridge.places import find, place_json, resolve, search

_NET = towns()
"""For tests that Hypothesis runs many times."""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("St Petersburg", "RULED"),
        ("st. petersburg", "RULED"),
        ("spb", "RULED"),
        ("Санкт-Петербург", "RULED"),
        ("聖彼得堡", "RULED"),
        ("St Petersburg, FL", "USPIE"),
        ("St. Petersburg, Florida", "USPIE"),
        ("Moscow", "RUMOW"),
        ("Москва", "RUMOW"),
        ("MOSCOW", "RUMOW"),
        ("Bandar Abbas", "IRSRP"),
        ("بندرعباس", "IRSRP"),
        ("Rajaee", "IRSRP"),
        ("Nhava Sheva", "INNSA"),
        ("nava sheva", "INNSA"),
        ("JNPT", "INNSA"),
        ("न्हावा शेवा", "INNSA"),
        ("mumbay", "INBOM"),
        ("मुंबई", "INBOM"),
        ("Lagos", "NGLOS"),
        ("Lagos, PT", "PTLOS"),
        ("Lagos, Portugal", "PTLOS"),
        ("Lagos, Португалия", "PTLOS"),
        ("Lagos Greece", "GRPTL"),
        ("Lagos (GR)", "GRPTL"),
        ("Astara, IR", "IRASR"),
        ("Astara (AZ)", "AZAST"),
        ("Port of Hamburg", "DEHAM"),
        ("Гамбург", "DEHAM"),
        ("هامبورگ", "DEHAM"),
        ("重庆", "CNCQI"),
        ("gn:498817", "gn:498817"),
    ],
)
def test_a_name_finds_what_a_freight_person_means(net: Network, text: str, place: str) -> None:
    assert resolve(net, text).place.id == place
    assert find(net, text)[0].id == place


def test_what_leads_clearly_is_taken_and_the_rest_is_told(net: Network) -> None:
    found = resolve(net, "St Petersburg")
    assert [other.id for other in found.others] == ["USPIE"]
    assert "St. Petersburg, Florida, US" in found.note


def test_a_port_and_its_city_are_one_answer(net: Network) -> None:
    # the city of the same name lies 21 km from the port: it is no other meaning
    found = resolve(net, "Bandar Abbas")
    assert found.others == ()
    assert found.note == ""


def test_two_places_that_weigh_the_same_are_refused_with_both_listed(net: Network) -> None:
    with pytest.raises(PlaceError) as refusal:
        resolve(net, "Astara")
    assert "Astara (AZ), AZ [AZAST]; Astara (IR), IR [IRASR]" in str(refusal.value)
    # a third row bears the name, but the Iranian town and its border station are one place
    assert "gn:142676" not in str(refusal.value)
    assert [place.id for place in find(net, "Astara", limit=2)] == ["AZAST", "IRASR"]


def test_the_advice_of_a_refusal_resolves(net: Network) -> None:
    with pytest.raises(PlaceError, match='as "Springfield, Missouri, US"'):
        resolve(net, "Springfield")
    assert resolve(net, "Springfield, Missouri, US").place.id == "USSGF"


def test_a_title_beats_a_heavier_town_that_only_has_the_name_besides(net: Network) -> None:
    # Teresina (5.9) is also called Poti: 5.9 - 1.0 = 4.9, behind the port's 5.8 by more than 0.5
    assert resolve(net, "Poti").place.id == "GEPTI"


@pytest.mark.parametrize("text", ["INNSA", "IN NSA", "IN-NSA", "innsa", "in nsa", " INNSA "])
def test_a_code_finds_its_place_with_or_without_a_space(net: Network, text: str) -> None:
    found = resolve(net, text)
    assert (found.place.id, found.place.score) == ("INNSA", 1.0)


def test_an_exact_code_wins_over_a_name_and_a_word_in_small_letters_is_a_name(
    net: Network,
) -> None:
    assert resolve(net, "PARIS").place.id == "PARIS"
    assert resolve(net, "Paris").place.id == "FRPAR"


def test_every_code_finds_a_place_with_that_code(net: Network) -> None:
    for place in PLACES:
        if place.locode:
            assert resolve(net, place.locode).place.locode == place.locode


def test_an_unknown_name_is_refused_with_the_nearest_names(net: Network) -> None:
    with pytest.raises(PlaceError, match=r"No place is called 'Lagosss'.*Lagos, NG \[NGLOS\]"):
        resolve(net, "Lagosss")
    with pytest.raises(PlaceError, match="No name is like it"):
        resolve(net, "Xyzzyplugh")
    with pytest.raises(PlaceError, match="No name is like it"):
        search(net, "Xyzzyplugh")


def test_a_country_is_no_place_and_the_message_says_so(net: Network) -> None:
    with pytest.raises(PlaceError, match=r"It is a country \(RU\)"):
        resolve(net, "Россия")


@pytest.mark.parametrize("text", ["", "   ", "\n", "x" * 201])
def test_nothing_and_too_much_are_refused(net: Network, text: str) -> None:
    with pytest.raises(PlaceError):
        find(net, text)


def test_a_name_in_another_country_is_not_taken_for_it(net: Network) -> None:
    with pytest.raises(PlaceError, match=r"'Hamburg in IN'.*nearest.*Hamburg, DE \[DEHAM\]"):
        resolve(net, "Hamburg, IN")


@given(st.text(max_size=40))
@settings(max_examples=300, deadline=None)
def test_no_text_raises_anything_but_a_place_error(text: str) -> None:
    for ask in (find, search, resolve):
        with suppress(PlaceError):
            ask(_NET, text)


def test_one_sign_whose_key_begins_a_name_is_no_place(net: Network) -> None:
    # the key of one Chinese sign is longer than the sign itself: a beginning, and never taken
    with pytest.raises(PlaceError, match=r"No place is called '重'.*Chongqing"):
        resolve(net, "重")


@given(
    st.sampled_from(["Санкт", "Lagos", "Astara", "IN NSA", "59.9", "St ", "بندر", "(", ")", "\\"]),
    st.sampled_from([", ", ",", " (", " ", "،", ";", "/"]),
    st.sampled_from(["IR", "IR)", "Россия", "-300", "ME", "Nowhere", "\x00", "\ud800", "nan"]),
)
def test_no_combination_of_parts_raises_anything_but_a_place_error(a: str, b: str, c: str) -> None:
    with suppress(PlaceError):
        resolve(_NET, a + b + c)


LONG = ("Saint Petersburg", "Bandar Abbas", "Nhava Sheva", "Chongqing", "Hamburg")


@given(st.sampled_from(LONG), st.data())
def test_one_typing_error_in_a_long_name_still_finds_it(name: str, data: st.DataObject) -> None:
    letters = [at for at, sign in enumerate(name) if sign.isalpha()]
    at = data.draw(st.sampled_from(letters))
    sign = data.draw(st.sampled_from("abcdefghijklmnopqrstuvwxyz"))
    kind = data.draw(st.sampled_from(["insert", "delete", "replace", "swap"]))
    if kind == "insert":
        wrong = name[:at] + sign + name[at:]
    elif kind == "delete":
        wrong = name[:at] + name[at + 1 :]
    elif kind == "replace":
        wrong = name[:at] + sign + name[at + 1 :]
    else:
        wrong = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    wanted = resolve(_NET, name).place
    assert find(_NET, wrong)[0].id == wanted.id
    assert resolve(_NET, wrong).place.id == wanted.id


def test_the_same_question_has_the_same_answer_on_a_network_made_again() -> None:
    for text in ("Lagos", "mumbay", "Sant", "burg"):
        assert find(towns(), text) == find(towns(), text)


def test_the_order_of_rows_does_not_matter() -> None:
    turned = NetworkBuilder()
    turned.add(*(r.Country(code, code) for code in ("RU", "US", "NG", "PT", "GR", "IR", "AZ")))
    kept = [place for place in PLACES if place.country in {"RU", "US", "NG", "PT", "GR"}]
    turned.add(*reversed(kept))
    ids = [place.id for place in find(turned.build(), "Lagos")]
    assert ids == [place.id for place in find(_NET, "Lagos")]


def test_a_place_with_a_terminal_outranks_its_equals() -> None:
    terminal = r.Terminal("IRASR", "Astara", country="IR", lat=38.42, lon=48.86, kind="border")
    side = r.Side("IRASR", "road", lat=38.42, lon=48.86)
    # 4.8 + 1.0 for the terminal, against 4.8: a lead of 1.0
    assert resolve(towns(terminal, side), "Astara").place.id == "IRASR"


def test_a_terminal_that_no_row_of_places_stands_for_is_found_by_name_and_id() -> None:
    terminal = r.Terminal(
        "KZATN", "Altynkol (Khorgos)", country="CN", lat=44.2, lon=80.3, kind="rail"
    )
    net = towns(terminal, r.Side("KZATN", "rail", lat=44.2, lon=80.3, gauge_mm=1520))
    place = resolve(net, "Altynkol").place
    assert (place.id, place.kind, place.row) == ("KZATN", "rail_terminal", -1)
    assert resolve(net, "khorgos").place.id == place.id
    assert resolve(net, "KZATN").place.name == place.name


def test_the_json_of_a_place_has_exactly_the_promised_fields(net: Network) -> None:
    place = resolve(net, "Nhava Sheva").place
    assert place_json(place, 1.23456) == {
        "name": "Nhava Sheva (JNPT)",
        "locode": "INNSA",
        "country": "IN",
        "lat": 18.95,
        "lon": 72.95,
        "snapped_km": 1.235,
    }
    assert place_json(resolve(net, "59.9,30.3").place)["snapped_km"] is None
