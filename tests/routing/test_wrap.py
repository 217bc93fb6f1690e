"""Names that are too long for a column of a terminal."""

from hypothesis import given
from hypothesis import strategies as st

from landbridge.routing.wrap import fitted


def test_a_long_name_loses_its_brackets_before_its_end() -> None:
    name = "rail-any, Moscow (Bely Rast, Vorsino) - Baku"
    assert fitted(name, 60) == name
    assert fitted(name, 36) == "rail-any, Moscow - Baku"
    assert fitted(name, 20) == "rail-any, Moscow - ."


def test_the_direction_of_a_border_stays() -> None:
    name = "Serhetyaka (Bolashak) rail (KZ to TM)"
    assert fitted(name, 30) == "Serhetyaka rail (KZ to TM)"


@given(st.text(max_size=80), st.integers(1, 60))
def test_it_fits(name: str, width: int) -> None:
    assert len(fitted(name, width)) <= width
    if len(name) <= width:
        assert fitted(name, width) == name
