"""Classes of UN numbers against the Dangerous Goods List, by goods that everybody sends."""

import re

import pytest

from landbridge.errors import QuestionError
from landbridge.models.dangerous import class_of, in_words, words_of
from landbridge.network.rate_kinds import DANGEROUS
from landbridge.routing.query import Shipment

LIST = {
    "UN1203": "3",  # petrol
    "UN1202": "3",  # gas oil
    "UN1263": "3",  # paint
    "UN1005": "2.3",  # ammonia, anhydrous
    "UN1006": "2.2",  # argon, compressed
    "UN1978": "2.1",  # propane
    "UN1942": "5.1",  # ammonium nitrate
    "UN2067": "5.1",  # fertiliser of ammonium nitrate
    "UN1830": "8",  # sulphuric acid
    "UN1824": "8",  # caustic soda, solution
    "UN1361": "4.2",  # carbon of animal or plant origin
    "UN1402": "4.3",  # calcium carbide
    "UN1350": "4.1",  # sulphur
    "UN1680": "6.1",  # potassium cyanide
    "UN2814": "6.2",  # infectious substance
    "UN2916": "7",  # radioactive material in a package of type B
    "UN3480": "9",  # lithium ion batteries
    "UN3077": "9",  # hazardous to the environment, solid
    "UN0012": "1.4S",  # cartridges for small arms
}


@pytest.mark.parametrize(("number", "word"), LIST.items())
def test_a_number_is_of_the_class_that_the_list_gives(number: str, word: str) -> None:
    assert class_of(number) == word
    assert in_words(number) == f"{number} (class {word})"


def test_every_number_of_the_table_has_a_class_that_questions_take() -> None:
    known = [f"UN{number:04d}" for number in range(10_000) if class_of(f"UN{number:04d}")]
    assert len(known) > 2_300
    assert all(DANGEROUS.fullmatch(class_of(one)) for one in known)
    assert all(re.match("1", class_of(one)) for one in known if one < "UN1000")


def test_goods_answer_to_their_number_class_division_and_group() -> None:
    assert words_of("UN0012") == ("UN0012", "1.4S", "1.4", "1")
    assert words_of("UN1203") == ("UN1203", "3")
    assert words_of("5.1") == ("5.1", "5")


def test_a_number_that_is_on_no_list_asks_for_the_class() -> None:
    with pytest.raises(QuestionError, match=r"UN9999.* give the IMO class"):
        Shipment("Moscow", "Tehran", dangerous="UN9999")
