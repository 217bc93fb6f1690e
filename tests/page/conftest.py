"""A real browser for the pages: Debian's Chromium, driven by Playwright; nothing else is asked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
import pytest_socket
from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
WANTED = "LANDBRIDGE_BROWSER"
"""Set to ``required`` where a missing browser must fail and not be passed over."""


def chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        found = shutil.which(name)
        if found:
            return found
    return None


@pytest.fixture(scope="session")
def browser() -> Generator[Browser]:
    """One browser for all tests of pages."""
    program = chromium()
    if program is None:
        why = (
            "no Chromium found, so no page was opened in a browser; `apt-get install chromium`"
            " (Debian, Ubuntu) brings one"
        )
        if os.environ.get(WANTED) == "required":
            pytest.fail(why)
        pytest.skip(why)
    # the driver is another process, spoken to by pipes; its event loop makes a pair of sockets
    pytest_socket.enable_socket()
    with sync_playwright() as driver:
        pytest_socket.disable_socket()
        found = driver.chromium.launch(executable_path=program, args=FLAGS)
        yield found
        found.close()


def kept_pages(folder: Path, write: Callable[[str], str]) -> Callable[[str], Path]:
    """The file of a page by its name, written when it is first asked for."""

    def written(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(write(name), encoding="utf-8")
        return path

    return written


class Opened:
    """A page as a reader has it, and whatever it complained about or asked the net for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda said: self.complaints.append(f"{said.type}: {said.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dialog)
        page.on("request", lambda request: self.requests.append(request.url))

    def _dialog(self, dialog: object) -> None:
        self.complaints.append(f"a dialog opened: {dialog}")


class Desk:
    """Opens files in the browser, each as a new reader would."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser

    def open(
        self, path: Path, *, width: int = 1360, height: int = 900, dark: bool = False
    ) -> Opened:
        """The file at a size of window and with a wish for dark."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light"
        )
        opened = Opened(context.new_page())
        opened.page.goto(path.as_uri())
        return opened


@pytest.fixture
def desk(browser: Browser) -> Generator[Desk]:
    """A desk with the browser; what was opened on it is closed after the test."""
    before = list(browser.contexts)
    yield Desk(browser)
    for context in browser.contexts:
        if context not in before:
            context.close()
