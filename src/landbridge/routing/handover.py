"""Names of borders that lie inside a terminal or a port."""

from __future__ import annotations

from landbridge.network.network import Network
from landbridge.routing.tables import WayTable


def handed_over(net: Network, table: WayTable, pair: tuple[int, int]) -> tuple[str, str]:
    """The borders at the start and at the end of a way, as ``RU-CN``: terminal and track differ.

    By sea both are that between the countries of the two ports.
    """
    i, j = pair
    codes: list[str] = net.countries.code.tolist()
    owners = (int(net.sides.terminal[side]) for side in (table.start[i], table.to[j]))
    first, last = (str(net.terminals.country[owner]) for owner in owners)
    if table.mode == "sea":
        return f"{first}-{last}", f"{first}-{last}"
    begun, ended = int(table.legs.start.country[i]), int(table.legs.to.country[j])
    return f"{first}-{codes[begun]}", f"{codes[ended]}-{last}"
