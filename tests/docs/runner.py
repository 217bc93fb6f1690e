"""Run the examples of a page, in this process and on networks that are loaded once.

A ``console`` block holds command lines after ``$`` and what they print, or no output at all where
only the command is shown. A ``python`` block is run after those before it on the page; a block
of ``text output`` below it is what it prints. A block whose fence names a file is that file, which
the commands of the page find in the folder they are run in. Shell pipes work.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

from pages import Fence, fences

import landbridge
from landbridge.cli.main import main
from landbridge.network import load as loading
from landbridge.network.case import built_in
from landbridge.network.network import Network

OUTPUT = "text output"
_FIGURE = re.compile(r"\d[\d,.:]*")
_EXIT = re.compile(r"exit=(\d+)")
_load = loading.load


@cache
def shared(case: str) -> Network:
    """A built-in network, loaded once for all pages."""
    return _load(case)


@dataclass
class Runner:
    """Runs examples in one folder; what its cases hold must not change between two of them."""

    folder: Path
    names: dict[str, object] = field(default_factory=dict[str, object])
    own: dict[str, Network] = field(default_factory=dict[str, Network])

    def load(self, case: str = "instc", *, rules: Path | None = None) -> Network:
        """As ``landbridge.load``, each case once."""
        if rules is not None:
            return _load(case, rules=rules)
        if case in built_in():
            return shared(case)
        if case not in self.own:
            self.own[case] = _load(case)
        return self.own[case]

    @contextlib.contextmanager
    def at_work(self) -> Generator[io.StringIO]:
        """In the folder, with kept networks; yields what is printed to either stream."""
        printed = io.StringIO()
        with (
            contextlib.chdir(self.folder),
            patch.object(loading, "load", self.load),
            patch.object(landbridge, "load", self.load),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            yield printed

    def command(self, line: str, wanted: int) -> str:
        """What a command line prints; raises where it exits otherwise than wanted."""
        own, pipe, rest = line.partition(" | ")
        words = shlex.split(own)
        if words[0] != "landbridge":
            raise AssertionError(f"examples run landbridge, and this is none: {line}")
        with self.at_work() as printed:
            code = main(words[1:])
        text = printed.getvalue()
        if code != wanted:
            raise AssertionError(f"exit code {code}, expected {wanted}: {line}\n{text}")
        if pipe:
            text = subprocess.run(
                ["sh", "-c", rest], input=text, cwd=self.folder, capture_output=True, text=True,
                check=True,
            ).stdout  # fmt: skip
        return text

    def python(self, code: str) -> str:
        """What a block of Python prints."""
        with self.at_work() as printed:
            exec(code, self.names)  # noqa: S102 - the examples of our own pages
        return printed.getvalue()


@dataclass(frozen=True, slots=True)
class Shown:
    """An output that a page shows, and what the program prints today."""

    fence: Fence
    code: str
    shown: str
    printed: str


def run_page(text: str, folder: Path) -> list[Shown]:
    """Run every example of a page in ``folder``; the outputs that the page shows."""
    found: list[Shown] = []
    runner = Runner(folder)
    blocks = fences(text)
    for fence in blocks:
        if fence.file and fence.language in {"csv", "toml"}:
            path = folder / fence.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(fence.body, encoding="utf-8")
    code, printed = "", ""
    for fence in blocks:
        if fence.language == "console":
            found += _console(runner, fence)
        elif fence.language == "python":
            code, printed = fence.body, runner.python(fence.body)
        elif fence.info == OUTPUT:
            found.append(Shown(fence, code, fence.body, printed))
    return found


def _console(runner: Runner, fence: Fence) -> list[Shown]:
    wanted = _EXIT.search(fence.info)
    found: list[Shown] = []
    for command, shown in commands(fence):
        printed = runner.command(command, int(wanted[1]) if wanted else 0)
        if shown:
            found.append(Shown(fence, command, shown, printed))
    return found


def commands(fence: Fence) -> list[tuple[str, str]]:
    """The command lines of a console block, each with the output that is shown below it."""
    found: list[tuple[str, str]] = []
    for part in re.split(r"^\$ ", fence.body, flags=re.MULTILINE)[1:]:
        command, _, shown = part.replace("\\\n", " ").partition("\n")
        found.append((command, shown))
    return found


def without_figures(text: str) -> list[str]:
    """The lines of an output, each figure a ``#``: what does not change with every row of data."""
    return [" ".join(_FIGURE.sub("#", line).split()) for line in text.strip().splitlines()]
