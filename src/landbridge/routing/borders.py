"""Which row of ``crossings`` a border point follows, by mode and direction."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.models.distribution import Spread
from landbridge.network.network import Network
from landbridge.routing.geo import great_circle_km
from landbridge.routing.ways_open import usable
from landbridge.schema.column import Floats

SHUT = -2
"""Stands for the row of a crossing that must not be used: none at all is -1."""


@dataclass(frozen=True, eq=False)
class CrossingRows:
    """The crossings of a network on a day, ready to be asked for."""

    net: Network
    open: NDArray[np.bool_]
    member: dict[str, NDArray[np.bool_]]
    """Per word of a country column (code, ``*BLOC``, ``*``): which rows of countries it covers."""

    @classmethod
    def on(cls, net: Network, day: int) -> CrossingRows:
        """Those open on ``day``."""
        codes = net.countries.code.tolist()
        blocs = [set(text.split(";")) for text in net.countries.blocs.tolist()]
        words = {*net.crossings.from_country.tolist(), *net.crossings.to_country.tolist()}
        member: dict[str, NDArray[np.bool_]] = {}
        for word in words:
            if word == "*":
                member[word] = np.ones(len(codes), bool)
            elif word.startswith("*"):
                member[word] = np.array([word[1:] in bloc for bloc in blocs], bool)
            else:
                member[word] = np.array([code == word for code in codes], bool)
        return cls(net, usable(net.crossings, day), member)

    def find(
        self, mode: str, a: NDArray[np.int64], b: NDArray[np.int64], lat: Floats, lon: Floats
    ) -> NDArray[np.int64]:
        """Row per border from country ``a`` to ``b`` at that point; -1 where none holds.

        The most special row wins: with a point near enough, then by country, by bloc, by ``*``.
        Where it is not open on the day the border is ``SHUT``, and no general row opens it again.
        """
        table = self.net.crossings
        best = np.full(len(a), -1)
        rank = np.full(len(a), -1)
        for row in range(len(table)):
            if str(table.mode[row]) != mode:
                continue
            start, to = str(table.from_country[row]), str(table.to_country[row])
            hit = self.member[start][a] & self.member[to][b]
            own = 2 * _special(start) + _special(to)
            if np.isfinite(table.lat[row]) and np.isfinite(table.radius_km[row]):
                off = great_circle_km(table.lat[row], table.lon[row], lat, lon)
                hit &= off <= table.radius_km[row]
                own += 100
            own = 2 * own + int(self.open[row])  # of two alike the open one counts
            hit &= own > rank
            best[hit], rank[hit] = row, own
        best[(best >= 0) & ~np.append(self.open, [False])[best]] = SHUT
        return best

    def hours(self, row: int) -> Spread:
        """Time at the crossing."""
        t = self.net.crossings
        return Spread(
            str(t.distribution[row]),
            float(t.hours_low[row]),
            float(t.hours_typical[row]),
            float(t.hours_high[row]),
        )

    def money(self, row: int) -> Spread:
        """Price in the row's unit."""
        t = self.net.crossings
        return Spread(
            "pert", float(t.usd_low[row]), float(t.usd_typical[row]), float(t.usd_high[row])
        )

    def empties(self, row: int) -> Spread:
        """Share of the empty box's way back, USD per FEU."""
        t = self.net.crossings
        return Spread(
            "pert",
            float(t.empty_usd_low[row]),
            float(t.empty_usd_typical[row]),
            float(t.empty_usd_high[row]),
        )


def _special(word: str) -> int:
    return 0 if word == "*" else 1 if word.startswith("*") else 2
