"""Install what is measured against into .venv-bench; what cannot be is told and left out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

LOCK = Path(__file__).parent / "peers.lock"


def packages(text: str) -> list[str]:
    """The entries of a lock, each with the lines of its hashes."""
    found: list[str] = []
    for line in text.splitlines():
        if line.startswith((" ", "\t")):
            found[-1] += "\n" + line
        elif line and not line.startswith("#"):
            found.append(line)
    return found


def install(uv: str, python: str, lock: Path) -> bool:
    """Whether all of a lock could be installed."""
    how = ["pip", "install", "--quiet", "--python", python, "--no-deps", "--require-hashes"]
    return subprocess.run([uv, *how, "-r", str(lock)], check=False).returncode == 0


def main(uv: str, python: str) -> int:
    """All at once; if that fails, one by one."""
    if install(uv, python, LOCK):
        return 0
    one = Path(python).parent / "one.lock"
    for entry in packages(LOCK.read_text(encoding="utf-8")):
        one.write_text(entry + "\n", encoding="utf-8")
        if not install(uv, python, one):
            sys.stderr.write(f"{entry.split()[0]} cannot be installed and is not measured\n")
    one.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
