"""The comparison with published emission figures."""

from landbridge.network.load import load
from landbridge.validation.emissions import BOUND, compared, emissions

FOUND = compared(load("instc"))


def test_our_figures_of_the_worked_examples() -> None:
    ours = {one.row["id"]: one.ours_kg for one in FOUND}
    # 60 g TTW a TEU-km of the deep-sea row, x 3.71 / 3.163, x 1.15 for the distance: 81
    assert 78 < ours["glec-europe-africa"] < 86
    # supply of diesel: 0.69 of 3.90 kg of a WTW of some 78
    assert 12 < ours["glec-artic-wtt"] < 15


def test_a_miss_is_told_with_a_cause() -> None:
    for one, line in zip(FOUND, emissions(load("instc"))[4:], strict=True):
        far = abs(one.error) > BOUND
        assert ("**miss**: " in line) == far
        assert not far or one.row["cause"]
