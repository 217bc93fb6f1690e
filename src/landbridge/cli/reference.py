"""``python -m landbridge.cli.reference``: the help of every verb as one page."""

from __future__ import annotations

import subprocess
import sys

from landbridge.cli.main import VERBS


def main() -> int:
    """Print docs/cli.md."""
    sys.stdout.write("# The command line\n\nWritten by `make docs` from the program itself.\n")
    for verb in VERBS:
        run = subprocess.run(
            [sys.executable, "-m", "landbridge.cli.main", verb, "--help"],
            capture_output=True, text=True, check=True,
            env={"COLUMNS": "90", "TERM": "dumb", "PATH": "", "NO_COLOR": "1"},
        )  # fmt: skip
        lines = "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())
        sys.stdout.write(f"\n## {verb}\n\n```text\n{lines}\n```\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
