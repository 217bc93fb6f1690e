"""What is sent, by which modes and on which day: read for questions about many pairs."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

import numpy as np

from landbridge.errors import QuestionError
from landbridge.network.days import on_day
from landbridge.network.network import Network
from landbridge.places.index import index_of
from landbridge.places.place import Place
from landbridge.routing.avoid import parse_avoid
from landbridge.routing.door_graph import Sent
from landbridge.routing.loading import Loaded, cargo_of
from landbridge.routing.query import RouteParams, Shipment
from landbridge.routing.route import Limits, date_within, parse_modes
from landbridge.routing.tables import terrain_of
from landbridge.routing.ways import ways_for


@dataclass(frozen=True, eq=False)
class Read:
    """A shipment without its ends, understood."""

    sent: Sent
    loaded: Loaded
    on: dt.date


def read_shipment(
    net: Network, shipment: Shipment, limits: Limits | None, params: RouteParams | None
) -> Read:
    """The same day, modes, cargo and ways as ``route`` would take; its ends are not looked at.

    Raises ``QuestionError`` for limits that hold for one chain alone: via, deadline, show_barred.
    """
    limits, params = limits or Limits(), params or RouteParams()
    single = limits.via or limits.deadline or limits.deadline_days or limits.show_barred
    if single or params.most_transfers is not None or params.extrapolate:
        raise QuestionError(
            "via, deadline, show_barred, most_transfers and extrapolate are for `route`: questions"
            " about many places take avoid and modes"
        )
    on = date_within(net, shipment.ready)
    net = on_day(net, on)
    avoid = parse_avoid(net, limits.avoid)
    modes = parse_modes(limits.modes) - avoid.modes
    if not modes:
        raise QuestionError("every mode is ruled out")
    terrain = terrain_of(net, ways_for(net, on, avoid))
    loaded = cargo_of(shipment, terrain.book, params)
    digits = re.sub(r"\D", "", shipment.hs or "")
    return Read(Sent(terrain, loaded.cargo, modes, digits, params), loaded, on)


def usual_places(net: Network, least_population: int) -> tuple[Place, ...]:
    """The place of every terminal, and towns of so many inhabitants or more."""
    spots = index_of(net).spots
    wanted = np.zeros(len(spots), bool)
    wanted[[row for row, _ in spots.terminals if row >= 0]] = True
    wanted[: spots.places] |= net.places.population >= max(1, least_population)
    codes: list[str] = [*net.countries.code.tolist(), ""]
    return tuple(
        Place(
            spots.id[row], spots.title[row], spots.locode[row], codes[int(spots.country[row])],
            float(spots.lat[row]), float(spots.lon[row]), spots.kind[row], 1.0,
            row if row < spots.places else -1,
        )
        for row in np.flatnonzero(wanted).tolist()
    )  # fmt: skip
