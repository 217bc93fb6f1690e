"""Sides of terminals as other tables name them."""

from __future__ import annotations

from landbridge.network.network import Network
from landbridge.units import MODES


def side_name(net: Network, row: int) -> str:
    """Terminal, mode and gauge in mm of a row of ``sides``: ``IRCKT/rail/1435``."""
    t = net.sides
    return f"{net.terminals.id[t.terminal[row]]}/{MODES[t.mode[row]]}/{t.gauge_mm[row]}"
