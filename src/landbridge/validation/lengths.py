"""Ways of the network against published lengths: rail, road and sea."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources
from statistics import median

import landbridge as lb
from landbridge.errors import LandbridgeError
from landbridge.network.network import Network

BOUND = {"rail": 2.0, "road": 5.0, "sea": 2.0}
"""Errors asked for, in %."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One published length and ours."""

    mode: str
    ends: str
    published: float
    ours: float
    """NaN where there is no way."""
    inside: bool
    """Whether ours lies in the range that is published, where there is one."""
    kind: str
    """``input``: the network was scaled to it; ``check``: it was not."""
    source: str
    cause: str

    @property
    def error(self) -> float:
        """In %, of the published length."""
        return 100 * (self.ours / self.published - 1)

    @property
    def miss(self) -> bool:
        """Whether it lies outside what is asked for."""
        return not (self.inside or abs(self.error) <= BOUND[self.mode])


def references(name: str) -> list[dict[str, str]]:
    """The rows of a table of published lengths, ``land`` or ``sea``."""
    path = resources.files("landbridge.validation") / "tables" / f"{name}.csv"
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def lengths(net: Network) -> list[Checked]:
    """Every published length with ours."""
    found: list[Checked] = []
    for row in references("land"):
        ours = _km(net, row, row["mode"], ())
        ends = f"{row['from_name']} - {row['to_name']}"
        found.append(_checked(row, row["mode"], ends, ours, row["kind"]))
    for row in references("sea"):
        avoid = tuple(word for word in row["avoid"].split(";") if word)
        ours = _km(net, row, "sea", avoid)
        off = f", without {' and '.join(avoid)}" if avoid else ""
        found.append(_checked(row, "sea", f"{row['from']} - {row['to']}{off}", ours, "check"))
    return found


def _km(net: Network, row: dict[str, str], mode: str, avoid: tuple[str, ...]) -> float:
    gauge = int(row.get("gauge_mm") or 0)
    try:
        found = lb.distance(
            net, row["from"], row["to"], mode=mode, avoid=list(avoid), gauge=gauge or None
        )
    except LandbridgeError:
        return float("nan")
    return found.km


def _checked(row: dict[str, str], mode: str, ends: str, ours: float, kind: str) -> Checked:
    published = float(row["km"])
    low, high = float(row["low"] or published), float(row["high"] or published)
    inside = bool(row["low"]) and low <= ours <= high
    return Checked(mode, ends, published, ours, inside, kind, row["source"], row["cause"])


def as_markdown(found: list[Checked]) -> list[str]:
    """Summary and table."""
    lines: list[str] = []
    for mode, bound in BOUND.items():
        for kind in ("input", "check"):
            mine = [one for one in found if one.mode == mode and one.kind == kind]
            errors = [abs(one.error) for one in mine if one.ours == one.ours]
            if errors:
                good = sum(not one.miss for one in mine)
                lines.append(f"- {mode}, {kind}: median |error| {median(errors):.1f} %, {good} of"
                             f" {len(mine)} within {bound:g} % or the published range")  # fmt: skip
    lines += ["", "| mode | from - to | published km | ours | error | kind | source | remark |",
              "|---|---|---|---|---|---|---|---|"]  # fmt: skip
    for one in found:
        missed = f"**miss**: {one.cause or 'cause not known'}"
        remark = missed if one.miss else "in the published range" if one.inside else ""
        lines.append(f"| {one.mode} | {one.ends} | {one.published:.0f} | {one.ours:.0f} |"
                     f" {one.error:+.1f} % | {one.kind} | {one.source} | {remark} |")  # fmt: skip
    return lines
