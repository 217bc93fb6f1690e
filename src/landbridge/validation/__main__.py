"""``python -m landbridge.validation``: every check of the data, to docs/validation.md."""

from __future__ import annotations

import sys
from pathlib import Path

import landbridge as lb
from landbridge.validation import parts
from landbridge.validation.branches import branches
from landbridge.validation.costs import costs
from landbridge.validation.counts import counts
from landbridge.validation.emissions import emissions
from landbridge.validation.ground import astray, connectivity, uncrossed
from landbridge.validation.lengths import as_markdown, lengths
from landbridge.validation.reach import reach

HEAD = """# Validation

Written by `make validate`. *input*: the section was scaled to the published length; *check*: it
was not, so the error tells how good the network is. Misses are listed as misses.

The extract of roads knows no classes, so the shortest way is shorter than the usual one. Roads are
kept as they are, and a lorry drives the shortest way times the ratio of the country (`detour` in
[rates](formats.md#ratescsv)): that is compared here. *ratio*: the ratio was set from the median of
these; *check*: it was not.

The sea distances are those of NGA Pub. 151 as compiled in LINERLIB (2011), whose authors tell a
margin of 5 %: every pair of 18 main ports that it has, by each way round that it tells apart.
"""


def report() -> str:
    """The page."""
    net = lb.load()
    chapters = [
        ("Lengths", as_markdown(lengths(net))),
        ("Branches of the corridor", branches(net)),
        ("Money", costs(net)),
        ("Predictions from parts", parts.as_markdown(net)),
        ("Emissions", emissions(net)),
        ("Cargo counted on the corridor", counts(net)),
        ("Connectivity", connectivity(net)),
        ("Borders", uncrossed(net)),
        ("Links over water or abroad", astray()),
        ("Distance from the network", reach(net)),
    ]
    body = [line for title, lines in chapters for line in ("", f"## {title}", "", *lines)]
    return "\n".join([HEAD.rstrip(), *body]) + "\n"


def main() -> int:
    """Print the page and keep it in docs/."""
    text = report()
    sys.stdout.write(text)
    if Path("docs").is_dir():
        Path("docs/validation.md").write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
