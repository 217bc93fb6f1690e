"""Colours, from the style of the pages: pictures and pages show a mode alike."""

from __future__ import annotations

import re
from functools import cache

from landbridge.page.document import asset

MODES = {"rail": "rail", "road": "road", "sea": "sea", "inland_waterway": "river", "air": "air"}
"""Name of the colour by mode."""
LOOKS = ("wait", "border", "handling", "gauge", "customs")
"""Names of the colours of what a leg is that does not move."""


@cache
def colours(theme: str = "light") -> dict[str, str]:
    """Colours as ``#rrggbb`` by name; ``theme``: ``light`` or ``dark``."""
    style = asset("page.css")
    start = style.index(":root {") if theme == "light" else style.index(':root[data-theme="dark"]')
    block = style[start : style.index("\n}", start)]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
