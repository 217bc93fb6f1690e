"""Colours serve the colour-blind, and words and lines stand out, by day and by night."""

from itertools import combinations

import pytest
from colour import MACHADO, contrast, difference, lab

from landbridge.page.palette import MODES, colours

LEAST_DIFFERENCE = 18.0
"""CIE 1976; 2.3 is just noticeable side by side, ten is told apart at a glance (Tufte's maps)."""
TEXT, GRAPHIC = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
SHEETS = ("paper", "card", "soft", "on", "warn-soft")
INKS = ("ink", "muted", "accent", "warn", "good", "fair", "bad", "goal", "one", "two", "border")
THEMES = ("light", "dark")


def test_the_arithmetic_is_that_of_the_standards() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    # the example of WCAG's own documents: #767676 on white is the lightest grey that passes
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    # CIELAB of the primaries under D65, as tables have them
    assert lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    assert lab("#0000ff") == pytest.approx([32.30, 79.19, -107.86], abs=0.05)
    # grey is grey to all eyes: the rows of the matrices sum to one
    for eyes in MACHADO:
        assert difference("#808080", "#808080", eyes) == 0
        assert lab("#808080", eyes)[1:] == pytest.approx([0, 0], abs=0.05)
    # red and green of one lightness fall together without the long cones, not with them
    assert difference("#c04000", "#6a7000", "protanopia") < difference("#c04000", "#6a7000") / 2


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", ["", *MACHADO])
def test_modes_differ_to_all_eyes(theme: str, eyes: str) -> None:
    shades = colours(theme)
    for one, other in combinations(MODES.values(), 2):
        gap = difference(shades[one], shades[other], eyes)
        assert gap >= LEAST_DIFFERENCE, (one, other, gap)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", ["", *MACHADO])
def test_the_two_of_a_break_even_differ_to_all_eyes(theme: str, eyes: str) -> None:
    shades = colours(theme)
    for one, other in (("one", "two"), ("one-area", "two-area")):
        assert difference(shades[one], shades[other], eyes) >= LEAST_DIFFERENCE, one


@pytest.mark.parametrize("theme", THEMES)
def test_words_stand_out_from_what_they_stand_on(theme: str) -> None:
    shades = colours(theme)
    for ink in INKS:
        for sheet in SHEETS:
            assert contrast(shades[ink], shades[sheet]) >= TEXT, (ink, sheet)
    for ink, sheet in (("card", "accent"), ("card", "good"), ("card", "bad"), ("ink", "zone"),
                       ("ink", "worse"), ("muted", "land"), ("muted", "met")):  # fmt: skip
        assert contrast(shades[ink], shades[sheet]) >= TEXT, (ink, sheet)


@pytest.mark.parametrize("theme", THEMES)
def test_lines_of_modes_and_borders_stand_out_from_the_map(theme: str) -> None:
    shades = colours(theme)
    for name in (*MODES.values(), "border"):
        for ground in ("water", "land", "met", "card"):
            assert contrast(shades[name], shades[ground]) >= GRAPHIC, (name, ground)


def test_both_ways_into_the_dark_show_the_same_colours() -> None:
    from landbridge.page.document import asset  # noqa: PLC0415

    style = asset("page.css")
    asked = style[style.index("@media (prefers-color-scheme: dark)") :].split("}")[0]
    for name, shade in colours("dark").items():
        assert f"--{name}: {shade};" in asked, name
