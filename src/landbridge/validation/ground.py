"""How the network hangs together: parts by country and gauge, and borders."""

from __future__ import annotations

import numpy as np

from landbridge.network.network import Network
from landbridge.schema.column import Floats
from landbridge.units import MODES, RAIL, ROAD
from landbridge.validation.lengths import references

LEAST_KM = 200.0
"""Countries with less railway or road than this are left out of the list."""
WORST = 20


def connectivity(net: Network) -> list[str]:
    """A table of how much of each country's railway (by gauge) and roads is one part."""
    links, nodes = net.links, net.nodes
    lines = ["| mode | gauge | countries | km | in the largest part | countries below 90 % |",
             "|---|---|---|---|---|---|"]  # fmt: skip
    for mode in (RAIL, ROAD):
        gauges = np.unique(links.gauge_mm[links.mode == mode]).tolist()
        for gauge in gauges:
            mine = np.flatnonzero((links.mode == mode) & (links.gauge_mm == gauge))
            km = links.km[mine]
            if km.sum() < LEAST_KM:
                continue
            country = nodes.country[links.tail[mine]]
            part = _parts(len(nodes), links.tail[mine], links.head[mine])[links.tail[mine]]
            share, poor, total = _shares(net, country, part, km)
            width = f"{gauge} mm" if gauge else "-"
            text = ", ".join(poor[:12]) + (f" and {len(poor) - 12} more" if len(poor) > 12 else "")  # noqa: PLR2004 - what fits a line
            lines.append(f"| {MODES[mode]} | {width} | {total} | {km.sum():,.0f} | {share:.1f} % |"
                         f" {text or '-'} |")  # fmt: skip
    return lines


def _parts(nodes: int, tail: np.ndarray, head: np.ndarray) -> np.ndarray:
    """The least node of each connected part, per node."""
    part = np.arange(nodes)
    while True:
        low = np.minimum(part[tail], part[head])
        before = part.copy()
        np.minimum.at(part, tail, low)
        np.minimum.at(part, head, low)
        part = part[part]
        if (part == before).all():
            return part


def _shares(
    net: Network, country: np.ndarray, part: np.ndarray, km: Floats
) -> tuple[float, list[str], int]:
    """Share of all km in the largest part of its country, and countries where it is below 0.9."""
    kept, poor, total = 0.0, list[str](), 0
    for row in np.unique(country[country >= 0]).tolist():
        mine = country == row
        if km[mine].sum() < LEAST_KM:
            continue
        total += 1
        size = np.bincount(np.unique(part[mine], return_inverse=True)[1], km[mine])
        kept += float(size.max())
        if size.max() < 0.9 * size.sum():
            share = 100 * size.max() / size.sum()
            poor.append(f"{net.countries.code[row]} {share:.0f} %")
    listed = np.isin(country, country[country >= 0])
    return 100 * kept / max(float(km[listed].sum()), 1e-9), poor, total


def uncrossed(net: Network) -> list[str]:
    """Links that lead from one country into another without being a border of 0 km."""
    links, country = net.links, net.nodes.country
    a, b = country[links.tail], country[links.head]
    land = links.mode <= ROAD
    bad = np.flatnonzero(land & (a != b) & (a >= 0) & (b >= 0) & (links.km > 0))
    borders = int((land & (a != b) & (a >= 0) & (b >= 0) & (links.km == 0)).sum())
    lines = [f"{borders:,} links are borders of 0 km; {len(bad)} links change country on the way."]
    for row in bad[:WORST].tolist():
        codes = net.countries.code[a[row]], net.countries.code[b[row]]
        lines.append(f"- link {row}, {MODES[links.mode[row]]}, {links.km[row]:.0f} km,"
                     f" {codes[0]} - {codes[1]}")  # fmt: skip
    return lines


ASTRAY = {
    "water": "drawn over water for 5 km or more (bridges, tunnels, coasts drawn coarsely)",
    "border": "drawn through another country for 12 km or more, without a crossing",
}


def astray() -> list[str]:
    """Links that the build found drawn over water or abroad (``tables/strays.csv``)."""
    found = references("strays")
    lines: list[str] = []
    for kind, title in ASTRAY.items():
        mine = [row for row in found if row["kind"] == kind]
        by_mode = [f"{sum(r['mode'] == mode for r in mine)} {mode}" for mode in ("rail", "road")]
        lines += [f"{', '.join(by_mode)} links are {title}. The longest:", ""]
        for row in mine[:WORST]:
            lines.append(f"- {row['country'] or 'no country'}, {row['mode']}: {row['astray_km']} of"
                         f" {row['km']} km, {row['lat1']},{row['lon1']} -"
                         f" {row['lat2']},{row['lon2']}")  # fmt: skip
        lines.append("")
    return lines[:-1]
