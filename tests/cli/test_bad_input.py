"""Wrong input, through the program: exit code 2 or 1, one message, no traceback, clean stdout."""

import io
import json
from pathlib import Path

import pytest

from landbridge.cli.main import main

LONG = "Moscow,Tehran\n" * 100_001


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    out = capsys.readouterr()
    assert "Traceback" not in out.err + out.out
    return code, out.out, out.err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["Nowhereville", "Mumbai"], 2, "Nowhereville"),
        (["Astara", "Mumbai"], 2, "Astara"),
        (["30.31,159.94", "Mumbai"], 2, "road"),
        (["159.94,30.31", "Mumbai"], 2, "latitude"),
        (["91,200", "Mumbai"], 2, "91"),
        (["nan,10", "Mumbai"], 2, "nan"),
        (["-40,-120", "Mumbai"], 2, "put -- before"),
        (["--", "-40,-120", "Mumbai"], 2, "road"),
        (["Moscow", "Mumbai", "--teu", "0"], 2, "teu"),
        (["Moscow", "Mumbai", "--teu", "-3"], 2, "-3"),
        (["Moscow", "Mumbai", "--teu", "1", "--feu", "1"], 2, "not both"),
        (["Moscow", "Mumbai", "--teu", "1", "--tonnes", "300"], 2, "300"),
        (["Moscow", "Mumbai", "--tonnes", "nan"], 2, "nan"),
        (["Moscow", "Mumbai", "--tonnes", "inf"], 2, "inf"),
        (["Moscow", "Mumbai", "--tonnes", "0"], 2, "above 0"),
        (["Moscow", "Mumbai", "--tonnes", "-5"], 2, "-5"),
        (["Moscow", "Mumbai", "--value", "nan"], 2, "nan"),
        (["Moscow", "Mumbai", "--date", "2025-02-30"], 2, "2025-02-30"),
        (["Moscow", "Mumbai", "--date", "1850-01-01"], 2, "years of the data"),
        (["Moscow", "Mumbai", "--avoid", "atlantis"], 2, "atlantis"),
        (["Moscow", "Mumbai", "--via", "xyzzyplugh"], 2, "xyzzyplugh"),
        (["Moscow", "Mumbai", "--avoid", "IR", "--via", "Chabahar"], 2, "drop one"),
        (["Moscow", "Mumbai", "--avoid", "RU"], 2, "origin"),
        (["Moscow", "Mumbai", "--modes", "teleport"], 2, "teleport"),
        (["Moscow", "Mumbai", "--samples", "0"], 2, "samples"),
        (["Moscow", "Mumbai", "--seed", "-1"], 2, "seed"),
        (["Moscow", "Mumbai", "--deadline", "0"], 2, "deadline"),
        (["Moscow", "Mumbai", "--deadline", "nan"], 2, "deadline"),
        (["Moscow", "Mumbai", "--deadline", "soon"], 2, "neither days nor a date"),
        (["Moscow", "Mumbai", "--deadline", "2025-09-01"], 2, "--date"),
        (["Moscow", "Mumbai", "--date", "2025-07-01", "--deadline", "2025-06-01"], 2, "before"),
        (["Moscow", "Mumbai", "--max-transfers", "-1"], 2, "max-transfers"),
        (["Moscow", "Mumbai", "--csv"], 2, "choose one"),
        (["Moscow", "Mumbai", "--case", "no-such-case"], 2, "no-such-case"),
        (["Moscow", "Moscow"], 1, "same place"),
    ],
)
def test_a_route_that_cannot_be_answered_says_why(
    words: list[str], code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, out, _ = run(capsys, "route", "--json", *words)
    assert found == code, out
    error = json.loads(out)["error"]
    assert told.lower() in json.dumps(error).lower(), error


def test_the_same_error_is_one_plain_message_without_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code, out, err = run(capsys, "route", "Nowhereville", "Mumbai")
    assert (code, out) == (2, "")
    assert "Nowhereville" in err


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"origin,to\nMoscow,Tehran\n", "destination"),
        (b"origin,destination\n\xff\xfe,Tehran\n", "UTF-8"),
        (b"", "needs one column"),
        (b"origin,destination\n,\nMoscow,Tehran\n", "line 2"),
        (b"origin,destination\n", "holds no rows"),
    ],
)
def test_a_file_of_pairs_that_is_wrong_exits_2(
    body: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_bytes(body)
    code, out, err = run(capsys, "distance", "--mode", "rail", "--pairs", str(path))
    assert code == 2
    assert told.lower() in (out + err).lower()


def test_too_many_pairs_are_refused_before_any_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text("origin,destination\n" + LONG, encoding="utf-8")
    code, out, err = run(capsys, "distance", "--mode", "rail", "--pairs", str(path))
    assert code == 2
    assert "100,000" in out + err


def test_a_fault_of_ours_exits_3_and_asks_for_a_report(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_: str) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("landbridge.network.load.load", broken)
    monkeypatch.delenv("LANDBRIDGE_DEBUG", raising=False)
    code, out, _ = run(capsys, "route", "--json", "Moscow", "Mumbai")
    assert code == 3
    assert "report" in json.loads(out)["error"]["message"]


def test_stdout_that_is_closed_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    class Closed(io.StringIO):
        def write(self, _: str, /) -> int:
            raise BrokenPipeError

        def fileno(self) -> int:
            return 2

    monkeypatch.setattr("sys.stdout", Closed())

    def nothing(_old: int, _new: int) -> int:
        return 0

    monkeypatch.setattr("os.dup2", nothing)
    assert main(["places", "Moscow"]) == 0
