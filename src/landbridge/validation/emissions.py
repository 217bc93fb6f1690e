"""Emission factors and worked examples as published, against what ours come to."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

from landbridge.models.emission import FactorBook, Operation
from landbridge.network.network import Network
from landbridge.units import day_number

BOUND = 20.0
"""Error, in %, beyond which a row needs its cause told: default data differ by that much."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A published figure and ours, in kg CO2e."""

    row: dict[str, str]
    ours_kg: float

    @property
    def error(self) -> float:
        """In %."""
        return 100 * (self.ours_kg / float(self.row["expected_kg"]) - 1)


def compared(net: Network) -> list[Compared]:
    """Every row of ``tables/emissions.csv``."""
    path = resources.files("landbridge.validation") / "tables" / "emissions.csv"
    book = FactorBook(net, day_number(net.case.base_date))
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return [Compared(row, _kg(book, row)) for row in rows]


def _kg(book: FactorBook, row: dict[str, str]) -> float:
    works = book.moving(row["mode"], row["item"], row["country"], cooled=row["cooled"] == "yes")
    km = float(row["km"]) * (works.distance if row["distance"] == "sfd" else 1.0)
    return km * _units(works, row) * _per_unit(works, row["scope"])


def _per_unit(works: Operation, scope: str) -> float:
    if scope == "wtt":  # what comes before the tank
        return works.kg("wtw") - works.kg("ttw")
    return works.kg("wtw" if scope == "wtw" else "ttw")


def _units(works: Operation, row: dict[str, str]) -> float:
    return float(row["teu"] if works.per == "TEU" else row["tonnes"])


def emissions(net: Network) -> list[str]:
    """The comparison as lines of Markdown."""
    lines = [
        (
            "After ISO 14083:2023, not certified; how it is worked out: [emissions](emissions.md)."
            " Published default data differ among each other by tens of %; beyond"
            f" {BOUND:g} % a likely cause is told."
        ),
        "",
        "| published | inputs | edition | use | expected kg | ours kg | error | remark |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in compared(net):
        row = one.row
        inputs = (
            f"{row['tonnes']} t, {row['teu']} TEU, {row['km']} km {row['distance']};"
            f" {row['scope'].upper()}; {row['item']} {row['country']}"
        )
        title = f"[{row['title']}]({row['url']})" if row["url"] else row["title"]
        miss = f"**miss**: {row['cause']}" if abs(one.error) > BOUND else ""
        lines.append(
            f"| {title} | {inputs} | {row['edition']} | {row['use']} |"
            f" {row['expected_kg']} | {one.ours_kg:,.1f} | {one.error:+.0f} % | {miss} |"
        )
    return lines
