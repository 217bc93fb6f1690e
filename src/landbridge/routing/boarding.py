"""How departures are found where an arc of a chain begins: by timetable and first call, or not."""

from __future__ import annotations

import numpy as np

from landbridge.network.network import Network
from landbridge.routing.chain import Chain, Costed, cut_off
from landbridge.routing.itinerary import Boarding
from landbridge.schema.timetable import parse_timetable


def boarding(chain: Chain, arc: int) -> Boarding:
    """How the departure of a service is found where an arc begins."""
    net = chain.net
    services, row = net.services, int(chain.arcs.row[arc])
    text, cutoff = str(services.timetable[row]), cut_off(net, row)
    if not text:
        return Boarding(None, cutoff_h=cutoff)
    origin, offset = first_call(chain, arc)
    t = net.terminals
    return Boarding(
        parse_timetable(text), offset, cutoff, (float(t.lat[origin]), float(t.lon[origin]))
    )


def first_call(chain: Chain, arc: int) -> tuple[int, float]:
    """The terminal where the run begins that an arc is part of, and hours from there."""
    net, arcs = chain.net, chain.arcs
    one, row = chain.tables[int(arcs.table[arc])], int(arcs.row[arc])
    calls = np.flatnonzero(net.calls.service == row)
    stops = net.calls.terminal[calls].tolist()
    here, there = (int(net.sides.terminal[int(end[arc]) // 2]) for end in (arcs.tail, arcs.head))
    if stops and here in stops and there in stops and stops.index(there) < stops.index(here):
        stops, calls = stops[::-1], calls[::-1]
    at = stops.index(here) if here in stops else 0
    origin = stops[0] if stops else here
    offset = _running(net, one, (origin, here)) if at else 0.0
    return origin, offset + float(net.calls.dwell_h[calls[1 : at + 1]].sum())


def _running(net: Network, one: Costed, ends: tuple[int, int]) -> float:
    """Expected hours of running between two terminals of a table; 0 where there is no way."""
    owner = net.sides.terminal
    i = np.flatnonzero(owner[one.table.start] == ends[0])
    j = np.flatnonzero(owner[one.table.to] == ends[1])
    hours = float(one.cost.hours[np.ix_(i, j)].min(initial=np.inf))
    return hours if np.isfinite(hours) else 0.0
