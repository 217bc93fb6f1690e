"""Build the wheel, install it into an empty folder, and ask it for a route there."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Exit code 0 where the installed wheel answers."""
    uv = str(Path(sys.executable).parent / "uv")
    with tempfile.TemporaryDirectory() as folder:
        out, home = Path(folder) / "dist", Path(folder) / "empty"
        home.mkdir()
        subprocess.run(
            [uv, "build", "--quiet", "--wheel", "--out-dir", str(out), str(ROOT)], check=True
        )
        (wheel,) = out.glob("*.whl")
        site = home / "site"
        subprocess.run(
            [uv, "pip", "install", "--quiet", "--python", sys.executable, "--no-deps",
             "--target", str(site), str(wheel)],
            check=True,
        )  # fmt: skip
        code = (
            "import landbridge, landbridge.cli.main as m;"
            f"assert landbridge.__file__.startswith({str(site)!r}), landbridge.__file__;"
            "raise SystemExit(m.main(['route', 'Moscow', 'Tehran', '--csv']))"
        )
        environment = {**os.environ, "PYTHONPATH": str(site)}
        run = subprocess.run(
            [sys.executable, "-c", code], cwd=home, env=environment, capture_output=True,
            text=True, check=False,
        )  # fmt: skip
        sys.stdout.write(run.stderr + f"wheel of {wheel.stat().st_size / 1e6:.1f} MB: ")
        answered = run.returncode == 0 and "instc-west" in run.stdout
        sys.stdout.write("answers\n" if answered else "does not answer\n")
        return 0 if answered else 1


if __name__ == "__main__":
    sys.exit(main())
