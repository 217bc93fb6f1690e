"""Golden fronts: what 200 questions from all over the world were answered with.

``python tests/routing/golden.py`` writes ``golden.csv`` anew, after a change of the data or of the
model that was meant; the difference shows which answers changed, and by how much.
"""

from __future__ import annotations

import csv
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np

import landbridge as lb
from landbridge.errors import LandbridgeError
from landbridge.network.network import Network

FILE = Path(__file__).with_name("golden.csv")
COUNT = 200
DATES = (None, dt.date(2025, 1, 15), dt.date(2025, 8, 1))
HEAD = ("question", "origin", "destination", "ready", "option", "km", "hours", "usd", "co2e_kg")


@dataclass(frozen=True, slots=True)
class Golden:
    """One option of one question, or ``none`` where there is no answer; expected values."""

    question: int
    origin: str
    destination: str
    ready: str
    option: str
    km: str = ""
    hours: str = ""
    usd: str = ""
    co2e_kg: str = ""


def questions(net: Network) -> list[lb.Shipment]:
    """The corridor both ways, then terminals drawn from all of the world."""
    draw = np.random.Generator(np.random.Philox(1))
    ids: list[str] = net.terminals.id.tolist()
    found = [lb.Shipment("RULED", "INNSA"), lb.Shipment("INNSA", "RULED")]
    while len(found) < COUNT:
        a, b = (int(k) for k in draw.permutation(len(ids))[:2])
        found.append(lb.Shipment(ids[a], ids[b], DATES[len(found) % len(DATES)]))
    return found


def answers(net: Network, every: int = 1) -> Iterator[Golden]:
    """Each ``every``-th question's options, in the order of their ids."""
    for number, ship in list(enumerate(questions(net)))[::every]:
        asked = number, ship.origin, ship.destination, str(ship.ready or "")
        try:
            found = lb.route(net, ship, params=lb.RouteParams(samples=20))
        except LandbridgeError as error:
            yield Golden(*asked, f"none: {type(error).__name__}")
            continue
        for one in sorted(found.options, key=lambda option: option.id):
            it = one.itinerary
            hours, usd = f"{it.total('hours'):.3f}", f"{it.total('usd'):.2f}"
            yield Golden(*asked, one.id, f"{it.km():.1f}", hours, usd, f"{one.wtw_kg:.2f}")


def read() -> tuple[str, list[Golden]]:
    """The hash of the network that the answers hold for, and the answers."""
    with FILE.open(encoding="utf-8", newline="") as file:
        made_for = next(file).split()[-1]
        rows = csv.reader(file)
        next(rows)
        return made_for, [Golden(int(row[0]), *row[1:]) for row in rows]


def main() -> int:
    """Write the file."""
    net = lb.load()
    with FILE.open("w", encoding="utf-8", newline="") as file:
        file.write(f"# network {net.hash}\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(HEAD)
        rows.writerows(astuple(one) for one in answers(net))
    return 0


if __name__ == "__main__":
    sys.exit(main())
