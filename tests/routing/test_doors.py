"""Lorries from door to door: the quickest ways and the shortest beside them."""

from __future__ import annotations

import numpy as np

from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.doors import SHORTER_KM, Door, door_tables
from landbridge.routing.tables import WayTable, terrain_of
from landbridge.routing.ways import ways_for
from landbridge.schema.column import Floats

DOORS = Door(59.93, 30.25), Door(27.14, 56.06)
"""St Petersburg and Bandar Abbas."""


def usual_km(net: Network, table: WayTable) -> Floats:
    """Km as lorries drive them, worked out from the pieces and not from the search."""
    tally = table.legs.tally
    of_iran = net.countries.code.tolist().index("IR")
    # the two rows of the tables: 1.04 everywhere (detour-road), 1.08 in Iran (detour-road-ir)
    ratio = np.where(tally.country == of_iran, 1.08, 1.04)[tally.place]
    return table.total(tally.pair, tally.km * ratio)


def test_the_shortest_ways_are_there_where_they_save_and_are_shorter_as_lorries_drive() -> None:
    net = load("instc")
    terrain = terrain_of(net, ways_for(net))
    found = door_tables(terrain, DOORS, 30.0)
    assert len(found) == 6  # all three kinds have ways that are shorter than the quickest
    for (quick, _), (short, meant) in zip(found[::2], found[1::2], strict=True):
        joined = np.isfinite(short.legs.km)
        assert (np.isfinite(quick.legs.km) == joined).all()
        assert (quick.legs.km[meant] - short.legs.km[meant] > SHORTER_KM).all()
        ours, theirs = usual_km(net, short), usual_km(net, quick)
        assert (ours[joined] <= theirs[joined] + 1e-6).all()
        assert np.allclose(short.legs.hours[joined], ours[joined])


def test_what_is_shut_to_lorries_is_shut_to_the_shortest_ways_too() -> None:
    net = load("instc")
    terrain = terrain_of(net, ways_for(net))
    for table, _ in door_tables(terrain, DOORS, 30.0):
        borders, tally = terrain.ways.borders("road"), table.legs.tally
        assert borders.open[tally.border].all()
        assert (table.crossing >= 0).all()
