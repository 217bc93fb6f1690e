"""The installed program: exit codes, clean JSON, errors without tracebacks."""

import json
import subprocess
import sys

import pytest


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "landbridge.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from landbridge.cli.main import main; main(['--help']);"
        " sys.exit(any(x in sys.modules for x in ('numpy', 'numba', 'rapidfuzz')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert run.returncode == 0, "a verb imports numpy, numba or rapidfuzz before it is run"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["route", "Moscow", "Moscow"], 1),
        (["route", "Nowhereville", "Mumbai"], 2),
        (["route", "Moscow", "Mumbai", "--date", "soon"], 2),
        (["nonsense"], 2),
        (["places"], 2),
    ],
)
def test_errors_have_their_exit_code_one_message_and_no_traceback(
    arguments: list[str], code: int
) -> None:
    run = program(*arguments)
    assert run.returncode == code, run.stderr
    assert run.stdout == ""
    assert "Traceback" not in run.stderr
    assert run.stderr.strip()


def test_with_json_an_error_is_clean_json_on_stdout() -> None:
    run = program("route", "Nowhereville", "Mumbai", "--json")
    assert run.returncode == 2
    body = json.loads(run.stdout)
    assert body["error"]["code"] == "place"
    assert "Nowhereville" in body["error"]["message"]


def test_route_prints_json_of_the_contract() -> None:
    run = program("route", "Moscow", "Tehran", "--json", "--samples", "100")
    assert run.returncode == 0, run.stderr
    body = json.loads(run.stdout)
    assert set(body) >= {"network", "shipment", "options", "absent"}
    assert {"id", "name", "labels", "modes", "branch", "km", "hours", "cost_usd", "co2e_kg",
            "transfers", "borders", "countries", "passages", "warnings", "sources",
            "legs"} <= set(body["options"][0])  # fmt: skip


def test_the_table_fits_80_columns() -> None:
    run = program("demo")
    assert run.returncode == 0, run.stderr
    assert max(len(line) for line in run.stdout.splitlines()) <= 80
    for word in ("western", "trans-Caspian", "eastern", "Suez", "Cape of Good Hope"):
        assert word in run.stdout


def test_doctor_tells_versions_and_the_hash_of_the_data() -> None:
    body = json.loads(program("doctor", "--json").stdout)
    assert len(body["data_sha256"]) == 64
