"""House rules that no linter keeps."""

from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_no_module_has_more_than_400_lines() -> None:
    for folder in ("src", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            assert len(path.read_text().splitlines()) <= 400, path
