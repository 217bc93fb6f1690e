from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landbridge.errors import DataError
from landbridge.network.network import Network
from landbridge.routing import pairs
from landbridge.routing.distance import distance, means_of
from landbridge.routing.pairs import COLUMNS, answer_pairs, read_pairs
from worlds import strait_and_ferry


@pytest.fixture(scope="module")
def net() -> Network:
    return strait_and_ferry()


def test_columns_are_found_by_name_and_others_passed_over() -> None:
    body = '\ufeffnote,Destination,origin\nx,"59.9,30.3",Baku\n\n'.encode()
    assert read_pairs(body, "f.csv") == [("Baku", "59.9,30.3")]


@pytest.mark.parametrize(
    ("body", "match"),
    [
        (b"", "needs one column 'origin'"),
        (b"from,to\nA,B\n", r"f.csv, line 1: has the columns from, to.*'destination'"),
        (b"origin,destination,origin\nA,B,C\n", "needs one column 'origin'"),
        (b"origin,destination\n", "holds no rows"),
        (b"origin,destination\nA,B\n\nC,D\n", "line 3: is empty"),
        (b"origin,destination\nA,\n", "line 2, column destination: is empty"),
        (b"origin,destination\nA,B,C\n", "line 2: has 3 cells; the header has 2"),
        (b"origin,destination\n59.9,30.3,B\n", "double quotes"),
        (b"origin,destination\nA,B\n\xff\xfe,C\n", "line 3: holds the byte 0xff"),
        (b'origin,destination\n"A,B\n', "is no CSV"),
    ],
)
def test_a_bad_file_says_where_and_what_to_do(body: bytes, match: str) -> None:
    with pytest.raises(DataError, match="(?s)" + match):
        read_pairs(body, "f.csv")


def test_all_faults_of_a_file_are_told_together() -> None:
    with pytest.raises(DataError) as caught:
        read_pairs(b"origin,destination\n,B\nA\nC,D\n", "f.csv")
    assert len(caught.value.faults) == 2


def test_a_row_beyond_the_limit_is_an_error_that_names_it() -> None:
    head = b"origin,destination\n"
    assert len(read_pairs(head + b"A,B\n" * 100_000, "f.csv")) == 100_000
    with pytest.raises(DataError, match="at most 100,000 rows"):
        read_pairs(head + b"A,B\n" * 100_001, "f.csv")


def test_a_file_beyond_the_limit_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairs, "MOST_BYTES", 10)
    with pytest.raises(DataError, match="at most 10"):
        read_pairs(b"origin,destination\nA,B\n", "f.csv")


@given(st.binary(max_size=200))
def test_whatever_a_file_holds_only_our_errors_come(body: bytes) -> None:
    for text in (body, b"origin,destination\n" + body):
        try:
            rows = read_pairs(text, "f.csv")
        except DataError:
            continue
        assert all(a and b for a, b in rows)


def test_answers_come_in_order_with_what_is_wrong_in_their_row(
    net: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pairs, "AT_ONCE", 2)
    rows = [
        ("Alat", "Turkmenbashi"),
        ("Nowhere at all", "Alat"),
        ("Turkmenbashi", "Alat"),
        ("Alat", "0,0"),
        ("Alat", "Alat"),
    ]
    answers = list(answer_pairs(net, means_of(net, "sea"), rows))
    assert [(one.origin, one.destination) for one in answers] == rows
    assert [one.km for one in answers] == ["300.0", "", "300.0", "", "0.0"]
    assert answers[0].passages == "narrows"
    assert answers[0].snap_km == "0.0;0.0"
    assert "Nowhere at all" in answers[1].error
    assert "\n" not in answers[1].error
    assert "too far from the sea network" in answers[3].error
    assert [bool(one.error) for one in answers] == [False, True, False, True, False]


def test_a_file_of_pairs_answers_as_single_questions_do(net: Network) -> None:
    places = ["Alat", "Turkmenbashi", "40.0,51.0", "42.0,51.2"]
    rows = [(a, b) for a in places for b in places]
    for (a, b), answer in zip(rows, answer_pairs(net, means_of(net, "sea"), rows), strict=True):
        found = distance(net, a, b, mode="sea")
        assert answer.km == f"{found.km:.1f}"
        assert answer.passages == ";".join(found.passages)


def test_cells_stand_in_the_order_of_the_columns(net: Network) -> None:
    (answer,) = answer_pairs(net, means_of(net, "road"), [("Baku", "37.9,58.4")])
    out = io.StringIO()
    csv.writer(out).writerows([COLUMNS, answer.cells()])
    (row,) = csv.DictReader(io.StringIO(out.getvalue()))
    assert row["countries"] == "AZ;IR;TM"
    assert row["km"] == "1600.0"
