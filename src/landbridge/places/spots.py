"""Everything of a network that a user may name: its places, and terminals that are their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from landbridge.network.network import Network

TERMINAL_BONUS = 1.0
"""Added to the weight of a place where the network has a terminal: that one is meant."""
TERMINAL_WEIGHT = 4.5
"""Least weight of a place with a terminal, before the bonus and what the size adds."""
SIZE_WEIGHT = 0.5
"""Added per step of a terminal's size (1 local to 3 hub of its continent)."""
_KINDS = {
    "port": "port",
    "rail": "rail_terminal",
    "inland": "inland_terminal",
    "border": "border",
}


@dataclass(frozen=True, eq=False, slots=True)
class Spots:
    """Columns over all places, then over the terminals that no row of places stands for."""

    places: int
    """How many of the rows are rows of ``net.places``, the first ones."""
    id: list[str]
    title: list[str]
    country: NDArray[np.int16]
    """Row of ``net.countries``, -1 for none."""
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    kind: list[str]
    locode: list[str]
    weight: NDArray[np.float64]
    terminals: list[tuple[int, str]]
    """Row and title of every terminal: the row of its place, or its own."""

    def __len__(self) -> int:
        return len(self.id)


def spots_of(net: Network) -> Spots:
    """The columns for ``net``, with the bonus for terminals in the weights."""
    places, terminals = net.places, net.terminals
    ids: list[str] = places.id.tolist()
    row_of_id = {name: row for row, name in enumerate(ids)}
    terminal_id: list[str] = terminals.id.tolist()
    at: list[str] = terminals.place.tolist()
    own = [
        row
        for row, name in enumerate(terminal_id)
        if name not in row_of_id and at[row] not in row_of_id
    ]
    codes: list[str] = net.countries.code.tolist()
    row_of = {code: row for row, code in enumerate(codes)}
    home: list[str] = terminals.country.tolist()
    kinds: list[str] = terminals.kind.tolist()
    locodes: list[str] = terminals.locode.tolist()
    titles: list[str] = terminals.title.tolist()
    own_row = {row: len(ids) + nth for nth, row in enumerate(own)}
    at_row = [
        own_row[row] if row in own_row else row_of_id.get(at[row], row_of_id.get(name, -1))
        for row, name in enumerate(terminal_id)
    ]
    size = terminals.size.astype(np.float64)
    as_terminal = TERMINAL_WEIGHT + SIZE_WEIGHT * size + TERMINAL_BONUS
    weight = np.concatenate([places.weight, np.zeros(len(own))])
    weight[np.array(at_row, np.int64)] += TERMINAL_BONUS
    np.maximum.at(weight, np.array(at_row, np.int64), as_terminal)
    return Spots(
        places=len(ids),
        id=ids + [terminal_id[row] for row in own],
        title=places.title.tolist() + [titles[row] for row in own],
        country=np.concatenate(
            [places.country, np.array([row_of.get(home[row], -1) for row in own], np.int16)]
        ),
        lat=np.concatenate([places.lat, terminals.lat[own]]),
        lon=np.concatenate([places.lon, terminals.lon[own]]),
        kind=places.kind.tolist() + [_KINDS[kinds[row]] for row in own],
        locode=places.locode.tolist() + [locodes[row] for row in own],
        weight=weight,
        terminals=list(zip(at_row, titles, strict=True)),
    )
