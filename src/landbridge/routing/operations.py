"""Handling at terminals: which row of ``operations`` holds, and what it takes."""

from __future__ import annotations

from landbridge.models.cargo import Cargo, unit_factor
from landbridge.models.distribution import Spread
from landbridge.network.network import Network
from landbridge.routing.tables import Terrain
from landbridge.units import MODES, RAIL


class OperationRows:
    """Operations by terminal, modes and change of gauge; the most special row wins."""

    def __init__(self, net: Network) -> None:
        t = net.operations
        self._net = net
        self._row = {
            (str(t.terminal[k]), str(t.from_mode[k]), str(t.to_mode[k]), bool(t.gauge_change[k])): k
            for k in range(len(t))
        }

    def find(self, start: int, to: int) -> int:
        """Row for handling from one side to another of the same terminal; -1 where none fits."""
        sides, terminals = self._net.sides, self._net.terminals
        where = int(sides.terminal[start])
        change = (
            int(sides.mode[start]) == int(sides.mode[to]) == RAIL
            and sides.gauge_mm[start] != sides.gauge_mm[to]
        )
        modes = MODES[int(sides.mode[start])], MODES[int(sides.mode[to])]
        for word in (str(terminals.id[where]), f"kind:{terminals.kind[where]}", "*"):
            row = self._row.get((word, *modes, bool(change)), -1)
            if row >= 0:
                return row
        return -1


def operation_cost(
    terrain: Terrain, row: int, country: str, cargo: Cargo
) -> tuple[float, float, float]:
    """Expected hours, USD and kg CO2e of an operation at a terminal of a country."""
    t = terrain.net.operations
    factor = unit_factor(str(t.unit[row]), cargo)
    return (
        operation_hours(terrain.net, row).mean,
        operation_usd(terrain.net, row).mean * factor,
        float(t.lifts[row]) * cargo.boxes * terrain.factors.lift(country).kg("wtw"),
    )


def operation_hours(net: Network, row: int) -> Spread:
    """Dwell from arrival until ready to depart."""
    t = net.operations
    return Spread(
        str(t.distribution[row]),
        float(t.hours_low[row]),
        float(t.hours_typical[row]),
        float(t.hours_high[row]),
    )


def operation_usd(net: Network, row: int) -> Spread:
    """Price in the row's unit."""
    t = net.operations
    return Spread("pert", float(t.usd_low[row]), float(t.usd_typical[row]), float(t.usd_high[row]))
