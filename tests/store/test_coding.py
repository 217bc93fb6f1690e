"""Columns as bytes and back: whatever is written is read again, and damage is a ValueError."""

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.store.coding import decode, encode

WHOLE = {np.dtype(kind): np.iinfo(kind) for kind in (np.int8, np.int16, np.int32, np.int64)}
HALF = 2**62
"""Differences of larger numbers do not fit 8 bytes."""


@given(st.data(), st.sampled_from(sorted(WHOLE, key=str)))
def test_whole_numbers_come_back(data: st.DataObject, kind: np.dtype[np.signedinteger]) -> None:
    low, high = max(WHOLE[kind].min, -HALF + 1), min(WHOLE[kind].max, HALF - 1)
    values = np.array(data.draw(st.lists(st.integers(low, high))), kind)
    found = decode(encode(values, ""), len(values), kind, "")
    assert found.dtype == kind
    assert found.tolist() == values.tolist()


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n"))))
def test_texts_come_back_in_any_script(texts: list[str]) -> None:
    for column in (texts, texts * 20):  # the second repeats itself
        values = np.array(column, np.dtypes.StringDType())
        assert decode(encode(values, ""), len(column), values.dtype, "").tolist() == column


def test_repeated_texts_are_held_once() -> None:
    values = np.array(["Europe/Moscow", "Asia/Tehran"] * 500, np.dtypes.StringDType())
    coded = encode(values, "")
    assert coded.codec == "words"
    assert len(coded.payload) == 4 + len("Europe/Moscow\nAsia/Tehran\n") + 1000


def test_a_text_of_two_lines_is_refused() -> None:
    with pytest.raises(ValueError, match="lines"):
        encode(np.array(["a\nb"], np.dtypes.StringDType()), "")


@given(st.data())
def test_damaged_columns_raise_only_value_errors(data: st.DataObject) -> None:
    texts = np.array(["Баку", "Rasht", "Rasht", ""] * 9, np.dtypes.StringDType())
    numbers = np.arange(36, dtype=np.int32) ** 3
    for values in (texts, numbers):
        coded = encode(values, "")
        body = bytearray(coded.payload)
        at = data.draw(st.integers(0, len(body) - 1))
        body[at] = data.draw(st.integers(0, 255))
        cut = data.draw(st.integers(0, len(body)))
        width = data.draw(st.integers(0, 9))
        damaged = replace(coded, payload=bytes(body[:cut]), width=width)
        with suppress(ValueError):
            decode(damaged, len(values), values.dtype, "")
