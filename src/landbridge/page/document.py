"""One HTML file that holds everything: data, style and program, and asks nothing of the net."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Sequence
from functools import cache
from importlib import metadata, resources

from landbridge.errors import QuestionError

Json = dict[str, object]

MOST_BYTES = 3_000_000
"""A page is no larger: it is mailed and opened on telephones."""

CORE = ("core.js", "frame.js")
"""Programs of every page, in this order, before its own."""


@cache
def asset(name: str) -> str:
    """The text of a file of ``assets``."""
    return (resources.files("landbridge.page") / "assets" / name).read_text(encoding="utf-8")


def document(title: str, data: Json, programs: Sequence[str], summary: str) -> str:
    """A page that shows ``data`` by ``programs`` (files of ``assets``).

    ``summary``: what a reader without scripts sees, as plain text. Only the program and style of
    the file itself may run: the policy names their hashes, so that text from data stays text.
    Raises ``QuestionError`` where it would be larger than ``MOST_BYTES``.
    """
    style = asset("page.css")
    code = "\n".join(asset(name) for name in (*CORE, *programs))
    policy = (
        f"default-src 'none'; script-src '{_hash(code)}'; style-src '{_hash(style)}';"
        " img-src data:; base-uri 'none'; form-action 'none'"
    )
    body = {"version": metadata.version("landbridge"), **data}
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{html.escape(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        f"<noscript><pre>{html.escape(summary)}</pre></noscript>",
        f'<script type="application/json" id="data">{inert(body)}</script>',
        f"<script>{code}</script>",
        "</body>",
        "</html>",
        "",
    ]
    text = "\n".join(parts)
    size = len(text.encode())
    if size > MOST_BYTES:
        raise QuestionError(
            f"--html: the page would have {size / 1e6:.1f} MB and may have {MOST_BYTES / 1e6:.0f};"
            " ask for less at once, such as fewer scenarios"
        )
    return text


def inert(data: Json) -> str:
    """JSON that cannot end the element it stands in, whatever its texts hold."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
