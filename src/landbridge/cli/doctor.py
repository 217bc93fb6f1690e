"""``landbridge doctor``: what is installed, which data, how many cores, compiled kernels."""

from __future__ import annotations

import json
import os
import platform
import sys
from importlib import metadata, resources
from pathlib import Path
from typing import Annotated

import typer


def register(app: typer.Typer) -> None:
    """Add the verb."""

    @app.command(
        epilog="Example: landbridge doctor --json",
    )
    def doctor(  # pyright: ignore[reportUnusedFunction] - typer calls it
        as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    ) -> None:
        """Print versions, the data's hash, cores and where compiled kernels are kept."""
        found = facts()
        if as_json:
            sys.stdout.write(json.dumps(found, indent=1) + "\n")
            return
        width = max(len(name) for name in found)
        for name, value in found.items():
            sys.stdout.write(f"{name:<{width}}  {value}\n")


def facts() -> dict[str, str | int]:
    """Everything that a report of a fault should carry."""
    from landbridge.kernels.cache import cache_folder, compiled_kernels  # noqa: PLC0415
    from landbridge.store.world import read_manifest  # noqa: PLC0415 - heavy

    data = Path(str(resources.files("landbridge") / "data"))
    manifest = read_manifest(data)
    return {
        "landbridge": metadata.version("landbridge"),
        "python": platform.python_version(),
        "numpy": metadata.version("numpy"),
        "numba": metadata.version("numba"),
        "data": str(data),
        "data_sha256": manifest.sha256,
        "cores": os.cpu_count() or 1,
        "kernels_compiled": compiled_kernels(),
        "kernel_cache": str(cache_folder() or "none: no folder can be written"),
    }
