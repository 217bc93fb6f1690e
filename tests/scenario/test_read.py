"""Scenario files: what they may say, and how each fault is told."""

from pathlib import Path

import pytest

from landbridge.cli.main import main
from landbridge.errors import DataError, InputError, QuestionError
from landbridge.network.add import Add
from landbridge.network.change import Close, Open, Scale, Set
from landbridge.scenario.read import read_scenario
from landbridge.scenario.scenario import During
from landbridge.scenario.shelf import list_scenarios, load_scenario

GOOD = """
name = "All verbs"
summary = "One of each."
since = 2025-01-01
sources = ["Here"]
[[change]]
close = "passage:suez"
mode = "sea"
[[change]]
open = "section:rasht-astara"
until = 2030-01-01
[[change]]
set = "timetable"
of = "services"
where = "fbol"
to = "Mo 18:00"
[[change]]
scale = "hours"
of = "crossings"
where = "*"
by = 2
[[change]]
delay = "passage:hormuz"
hours = [0, 1, 2.5]
[[change]]
add = "rules"
row = { id = "mine", kind = "warn" }
"""


def test_a_file_with_every_verb_is_read_as_it_stands() -> None:
    found = read_scenario("all", GOOD)
    assert (found.id, found.name, found.sources) == ("all", "All verbs", ("Here",))
    first, second, third, fourth, _, sixth = found.changes
    assert first == Close("passage:suez", mode="sea")
    assert isinstance(second, During)
    assert second.change == Open("section:rasht-astara")
    assert third == Set("services", "fbol", "timetable", "Mo 18:00")
    assert fourth == Scale("crossings", "*", "hours", 2.0)
    assert sixth == Add("rules", {"id": "mine", "kind": "warn"})


CHANGE = 'name = "x"\n[[change]]\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = ", "is no TOML"),
        ('nam = "x"\nchange = []', "'nam'; keys are name.* Did you mean 'name'"),
        ('name = "x"', "key change: is missing; .*Write change = "),
        ('name = "x"\nchange = 3', "key change: holds '3'"),
        ('name = "x"\nchange = [3]', "change 1: is no table"),
        ("name = 7\nchange = []", "key name: holds '7'"),
        ('name = "x"\nsince = "2025-01-01"\nchange = []', "key since: .*without quotes"),
        ('name = "x"\nsources = "me"\nchange = []', "key sources: .*list of texts"),
        (CHANGE, "change 1: says not what it does; must have one of close, open"),
        (CHANGE + 'clos = "suez"', "change 1: says not .* Did you mean 'close'"),
        (CHANGE + 'close = "suez"\nopen = "suez"', "has close and open"),
        (CHANGE + 'close = "suez"\nby = 3', "unknown key 'by'"),
        (CHANGE + "close = 7", "change 1, key close: holds '7'"),
        (CHANGE + 'close = "suez"\nmode = "ship"', "change 1, key mode: holds 'ship'"),
        (CHANGE + 'close = "suez"\nsince = 2025', "change 1, key since: holds '2025'"),
        (CHANGE + 'scale = "hours"\nof = "crossings"\nby = 2', "key where: is missing"),
        (CHANGE + 'scale = "hours"\nof = "crossings"\nwhere = "*"\nby = nan', "key by: .*number"),
        (CHANGE + 'set = "a"\nof = "b"\nwhere = "c"\nto = [1]', "key to: "),
        (CHANGE + 'delay = "passage:suez"\nhours = [1, 2]', "key hours: .*low, typical and high"),
        (CHANGE + 'delay = "passage:suez"\nhours = [3, 2, 1]', "key hours"),
        (CHANGE + 'delay = "passage:suez"\nhours = [1, 2, 3]\ndistribution = "odd"', "one of"),
        (CHANGE + 'add = "rates"', "key row: is missing"),
        (CHANGE + 'add = "rates"\nrow = { id = [1] }', "key row.id: holds"),
    ],
)  # fmt: skip
def test_a_file_that_breaks_a_rule_is_told_with_file_place_value_and_rule(
    text: str, told: str
) -> None:
    with pytest.raises(DataError, match=told) as caught:
        read_scenario("mine", text)
    assert "mine.toml" in str(caught.value)


def test_all_faults_of_a_file_are_told_at_once() -> None:
    with pytest.raises(DataError) as caught:
        read_scenario("Not Good", "sources = 7\n[[change]]\nopen = 7\n[[change]]\nby = 2")
    assert len(caught.value.faults) == 5


def test_a_file_that_contradicts_itself_names_both_changes() -> None:
    text = CHANGE + 'close = "passage:suez"\n[[change]]\nopen = "suez"'
    with pytest.raises(QuestionError, match=r"mine.toml, change 2: .* contradicts change 1"):
        read_scenario("mine", text)


def test_names_and_files_are_found_and_others_are_told(tmp_path: Path) -> None:
    assert {"normal-2025", "hormuz-2026"} <= {one.id for one in list_scenarios()}
    with pytest.raises(InputError, match="Did you mean 'hormuz-2026'"):
        load_scenario("hormus-2026")
    with pytest.raises(DataError, match=r"nowhere.toml: cannot be read"):
        load_scenario(tmp_path / "nowhere.toml")
    (tmp_path / "a.toml").symlink_to("/etc/hostname")
    with pytest.raises(DataError, match="leads out of the folder"):
        load_scenario(tmp_path / "a.toml")


def test_a_case_of_the_users_own_has_its_own_scenarios_and_those_below(tmp_path: Path) -> None:
    head = 'id = "own"\ntitle = "Own"\nversion = "1"\nbase_case = "mine"\nprice_year = 2025\n'
    days = "base_date = 2025-06-01\nfirst_date = 2020-01-01\nlast_date = 2030-12-31\n"
    (tmp_path / "case.toml").write_text(f'{head}{days}extends = "instc"\n')
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "etir.toml").write_text('name = "My eTIR"\nchange = []\n')
    named = {one.id: one.name for one in list_scenarios(tmp_path)}
    assert named["etir"] == load_scenario("etir", tmp_path).name == "My eTIR"
    assert "hormuz-2026" in named


def test_the_program_tells_bad_scenarios_on_every_verb(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(CHANGE + 'close = "passage:sues"')
    for line in (["route", "Moscow", "Tehran"], ["places", "Moscow"], ["network"],
                 ["distance", "Moscow", "Tehran", "--mode", "rail"]):  # fmt: skip
        assert main([*line, "--scenario", str(bad)]) == 2
        assert "bad.toml, change 1: " in capsys.readouterr().err
    assert main(["route", "Moscow", "Tehran", "--scenario", str(bad), "--json"]) == 2
    assert capsys.readouterr().out.startswith('{"error": {"code": "question"')
