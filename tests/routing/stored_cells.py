"""Networks with and without the cells that the shipped one has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from landbridge.network.network import Network
from landbridge.network.tables import Cells
from landbridge.routing.ways_upper import upper_for


def without_cells_of(net: Network, country: int) -> Network:
    """The network without the stored cells of one country, as a change leaves it."""
    keep, cells = net.nodes.country[net.cells.tail] != country, net.cells
    return replace(
        net,
        cells=Cells(
            cells.tail[keep], cells.head[keep], cells.mode[keep], cells.gauge_mm[keep],
            cells.km[keep],
        ),
    )  # fmt: skip


def with_cells(net: Network) -> Network:
    """The network with its cells worked out beforehand, as the shipped one has them."""
    upper = upper_for(net, "rail")
    inside = np.flatnonzero((upper.cell >= 0) & (upper.turned == 0))
    ends = upper.gates.node[upper.tail[inside]], upper.gates.node[upper.graph.head[inside]]
    cells = upper.ground.inside
    mode = cells.cell_mode[upper.cell[inside]].astype(np.int8)
    gauge = cells.cell_gauge[upper.cell[inside]].astype(np.int16)
    return replace(net, cells=Cells(*ends, mode, gauge, upper.km[inside]))
