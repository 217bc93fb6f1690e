"""Emission factors: worked sums, published figures, laws."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import DataError
from landbridge.models.emission import FactorBook, energy_at
from landbridge.network.builder import NetworkBuilder
from landbridge.network.load import load
from landbridge.network.rows import Country, Factor
from landbridge.units import day_number

NET = load("instc")
DAY = day_number(NET.case.base_date)
BOOK = FactorBook(NET, DAY)


def drawn(*rows: Factor) -> FactorBook:
    builder = NetworkBuilder().add(
        Country("RU", "Russia", "EAEU"),
        Country("IR", "Iran"),
        Factor("d-wtw", "carrier_wtw", "", 4.0, "kg/kg", item="Diesel"),
        Factor("d-ttw", "carrier_ttw", "", 3.0, "kg/kg", item="Diesel"),
        Factor("e-wtw", "carrier_wtw", "", 0.5, "kg/kWh", item="Electric"),
        Factor("e-ttw", "carrier_ttw", "", 0.0, "kg/kWh", item="Electric"),
        *rows,
    )
    return FactorBook(builder.build(), DAY)


def test_energy_by_load_and_empty_running() -> None:
    # 60 % load, one empty km in five, an empty vehicle burns half: per full vehicle-km
    # (0.5 + 0.5 * 0.6) + 0.5 * 0.2 / 0.8 = 0.925 for 0.6 of the load
    assert energy_at(0.6, 0.2, 0.5) == pytest.approx(0.925 / 0.6)
    assert energy_at(1.0, 0.0, 0.3) == 1.0


shares = st.floats(0.05, 0.95)


@given(shares, shares, shares, st.floats(0.01, 0.04))
def test_more_load_never_takes_more_energy_and_more_empty_running_never_less(
    load_: float, empty: float, idle: float, more: float
) -> None:
    assert energy_at(load_ + more, empty, idle) <= energy_at(load_, empty, idle)
    assert energy_at(load_, empty + more, idle) >= energy_at(load_, empty, idle)


def test_traction_is_mixed_by_the_share_under_the_wire() -> None:
    book = drawn(
        Factor("wire", "electric_share", "rail", 0.8, "ratio", country="RU"),
        Factor("cur", "energy_electric", "rail", 20.0, "Wh/tkm", carrier="Electric"),
        Factor("fuel", "energy_fuel", "rail", 8.0, "g/tkm", carrier="Diesel"),
    )
    # 0.8 * 20 Wh * 0.5 g/Wh + 0.2 * 8 g * 4 = 8 + 6.4 g WTW; 0.2 * 8 * 3 = 4.8 g TTW
    assert 1000 * book.moving("rail", "x", "RU").kg("wtw") == pytest.approx(14.4)
    assert 1000 * book.moving("rail", "x", "RU").kg("ttw") == pytest.approx(4.8)
    # no wire in Iran: 8 g * 4
    assert 1000 * book.moving("rail", "x", "IR").kg("wtw") == pytest.approx(32.0)


def test_a_russian_line_differs_from_an_iranian_one_by_rows_that_say_why() -> None:
    russian, iranian = (BOOK.moving("rail", "container_train", code) for code in ("RU", "IR"))
    assert iranian.kg("wtw") > 2 * russian.kg("wtw")
    ids = ({row.id for row in one.rows} for one in (russian, iranian))
    assert next(ids) ^ next(ids) >= {"rail-wire-ru", "rail-wire-ir", "rail-fuel-ir", "grid-ru"}


def test_the_lorry_of_the_documentation() -> None:
    # docs/emissions.md: 19.2 g of diesel a t-km, at 3.90 and 3.21 kg a kg; mean of 9.5 to 17.4
    # (pert) is 12.4 where 11.9 is typical
    lorry = BOOK.moving("road", "lorry", "*")
    typical = lorry.kg("wtw") * 11.9 / lorry.energies[0].row.spread.mean
    assert 1000 * typical == pytest.approx(75.0, abs=0.5)
    assert lorry.kg("ttw") / lorry.kg("wtw") == pytest.approx(3.21 / 3.90)


def test_a_cooled_box_takes_more_and_a_lift_does_not() -> None:
    for mode, item in (("road", "lorry"), ("rail", "container_train"), ("sea", "deep_sea")):
        dry, cooled = (BOOK.moving(mode, item, "*", cooled=cold) for cold in (False, True))
        assert cooled.kg("wtw") > dry.kg("wtw")
    assert BOOK.moving("road", "lorry", "*", cooled=True).kg("wtw") == pytest.approx(
        1.12 * BOOK.moving("road", "lorry", "*").kg("wtw")
    )


def test_what_no_row_covers_is_refused_by_name() -> None:
    with pytest.raises(DataError, match="energy_electric mode=rail"):
        drawn().moving("rail", "x", "RU")
    with pytest.raises(DataError, match="differ in their unit"):
        drawn(
            Factor("wire", "electric_share", "rail", 0.5, "ratio"),
            Factor("cur", "energy_electric", "rail", 20.0, "Wh/TEU-km", carrier="Electric"),
            Factor("fuel", "energy_fuel", "rail", 8.0, "g/tkm", carrier="Diesel"),
        ).moving("rail", "x", "RU")


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (Factor("a", "load", "rail", 1.2, "ratio"), "a share lies between 0 and 1"),
        (Factor("a", "load", "rail", 0.0, "ratio"), "a load factor lies above 0"),
        (Factor("a", "empty", "rail", 1.0, "ratio"), "carries nothing"),
        (Factor("a", "distance", "sea", 0.9, "ratio"), "distance lies between 1 and 3"),
        (Factor("a", "load", "rail", 0.5, "g/tkm"), "given in ratio"),
        (Factor("a", "energy_fuel", "rail", 8.0, "g/tkm"), "names the fuel"),
        (Factor("a", "carrier_wtw", "", 4.0, "kg/kg", item="coal"), "must be one of Diesel"),
        (Factor("a", "load", "rail", 0.5, "ratio", carrier="HFO"), "only rows of energy"),
    ],
)
def test_a_factor_that_cannot_be_is_refused(row: Factor, rule: str) -> None:
    with pytest.raises(DataError, match=rule):
        drawn(row)


def test_an_element_is_as_good_as_its_worst_row() -> None:
    rows = [
        Factor("fuel", "energy_fuel", "road", 20.0, "g/tkm", carrier="Diesel", quality=quality)
        for quality in ("primary", "modelled")
    ]
    assert drawn(rows[0]).moving("road", "x", "RU").quality == "default"
    assert rows[1].quality == "modelled"
