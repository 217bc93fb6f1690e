"""The documents keep up with the program: verbs, options, links, examples."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from landbridge.cli.main import VERBS

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def console_examples() -> list[str]:
    """Lines of README's console blocks that start a command."""
    blocks = re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    return [line[2:] for block in blocks for line in block.splitlines() if line.startswith("$ ")]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_is_in_the_reference(verb: str) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "landbridge.cli.main", verb, "--help"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    page = (ROOT / "docs" / "cli.md").read_text()
    assert f"## {verb}\n" in page
    section = page.split(f"## {verb}\n")[1].split("\n## ")[0]
    for option in set(re.findall(r"--[a-z][a-z-]+", run.stdout)):
        assert option in section, f"{option} of {verb} is not in docs/cli.md; run `make docs`"


@pytest.mark.parametrize("line", console_examples())
def test_every_example_of_the_readme_runs(line: str) -> None:
    words = shlex.split(line)
    assert words[0] == "landbridge"
    run = subprocess.run(
        [sys.executable, "-m", "landbridge.cli.main", *words[1:]],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr


def test_the_python_example_of_the_readme_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert "North-South" in run.stdout


def test_links_between_documents_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_no_module_has_more_than_400_lines() -> None:
    allowed = {"tables.py"}  # the schema of all tables, which is a list
    for path in (ROOT / "src").rglob("*.py"):
        if path.name not in allowed:
            assert len(path.read_text().splitlines()) <= 400, path
