"""What the file itself promises: all within, nothing from outside, the same bytes, inert texts."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from answers import ASKED, VERBS, answer, page, verb_page

from landbridge.page.document import document, inert
from landbridge.page.route_page import route_html

MOST_BYTES = 3_000_000


class Parts(HTMLParser):
    """Tags with their attributes, and the text of scripts and styles as a browser takes it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, list[str]] = {"script": [], "style": []}
        """Texts of the elements, in order."""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag, and begin the text of a script or style."""
        self.tags.append((tag, dict(attrs)))
        if tag in self.inside:
            self.inside[tag].append("")

    def handle_data(self, data: str) -> None:
        """Keep the text, which comes in pieces."""
        tag = self.tags[-1][0] if self.tags else ""
        if tag in self.inside and self.cdata_elem == tag:
            self.inside[tag][-1] += data


def without_sources(one: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in one.items() if key not in {"sources", "url"}}


@pytest.mark.parametrize("name", [*ASKED, *VERBS])
def test_a_page_is_one_small_file_that_names_no_address_to_load(name: str) -> None:
    text = verb_page(name) if name in VERBS else page(name)
    assert len(text.encode()) <= MOST_BYTES
    parts = Parts(text)
    for tag, attributes in parts.tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}, tag
        assert not {"src", "href", "action", "data", "srcset"} & set(attributes), (tag, attributes)
    style = "".join(parts.inside["style"])
    assert "url(" not in style
    assert "@import" not in style
    data, code = parts.inside["script"]
    # in the program the only address is the name of SVG's vocabulary, which nobody fetches
    assert set(re.findall(r"https?://[\w./]+", code)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|EventSource|importScripts)\b", code)
    assert not re.search(r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval)\b", code)
    # in the data addresses stand in sources alone, of which plain links are made
    bare = json.loads(data, object_hook=without_sources)
    assert "http" not in json.dumps(bare)


def test_only_the_program_and_style_of_the_file_may_run() -> None:
    parts = Parts(page("short"))
    policy = next(
        str(attributes["content"])
        for tag, attributes in parts.tags
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for rule, text in (
        ("script-src", parts.inside["script"][1]),
        ("style-src", parts.inside["style"][0]),
    ):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{rule} 'sha256-{digest}'" in policy


def test_data_holds_the_answer_and_cannot_end_its_element() -> None:
    hostile = {"name": "</script><script>alert(1)</script><!-- \u2028 & \"'"}
    text = inert({**hostile})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == hostile
    whole = document("</title><script>alert(1)</script>", {**hostile}, (), "</pre><img src=x>")
    assert [tag for tag, _ in Parts(whole).tags].count("script") == 2
    assert "img" not in [tag for tag, _ in Parts(whole).tags]


def test_the_same_answer_gives_the_same_bytes() -> None:
    again = route_html(answer("short"), command="landbridge route short")
    assert again == page("short")


def test_a_reader_without_scripts_gets_the_answer_as_text() -> None:
    assert str(answer("short")).splitlines()[0] in page("short").split("</noscript>")[0]
