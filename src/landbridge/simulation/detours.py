"""Ways round what is shut: for each row of demand the best way that passes nothing of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from landbridge.errors import LandbridgeError
from landbridge.network.change import Change, Close, Set, apply
from landbridge.network.network import Network
from landbridge.simulation.closures import passed_by, with_shut
from landbridge.simulation.shut import Shut
from landbridge.simulation.ways import ChoiceParams, Way, shares_of, ways_for
from landbridge.simulation.when_shut import DIVERT, WhenShut
from landbridge.simulation.world import World, build_world


@dataclass(frozen=True, slots=True)
class Asked:
    """By what ways round are found."""

    on: dt.date
    seed: int
    choice: ChoiceParams


def obeyed(world: World, shut: Sequence[Shut], when: WhenShut, asked: Asked) -> World:
    """The world in which cargo obeys a rule; ways round stand behind its ways.

    A row that a branch was given may leave it; where else it must pass, and its modes, hold. A way
    that has none round keeps its lots, which wait.
    """
    if when.rule != DIVERT:
        return replace(world, when=when)
    elements = shut_elements(world)
    hit = [way for way in world.ways if elements & passed_by([way]).keys()]
    if not hit:
        return world
    closed = _closed(world.net, elements)
    best: dict[str, Way | None] = {}
    for way in hit:
        if way.cargo.id not in best:
            best[way.cargo.id] = _best(closed, way, asked)
    rounds = {way.id: best[way.cargo.id] for way in hit}
    extra = [
        replace(other, id=f"{name}, diverted", name=f"{other.name}, diverted")
        for name, other in rounds.items()
        if other is not None
    ]
    made = with_shut(build_world(world.net, (*world.ways, *extra)), shut)
    named = {one.id.removesuffix(", diverted"): one.id for one in extra}
    return replace(made, when=when, detours=named)


def shut_elements(world: World) -> set[str]:
    """What is shut wholly on some days, by element: ``passage:suez``, ``crossing:AZ-IR-rail``."""
    found: set[str] = set()
    for place in world.places:
        if any(one.share == 1 for one in world.shut.get(place.name, ())):
            of, _, names = place.element.partition(":")
            kind = "crossing" if of == "line" else of
            found |= {f"{kind}:{name}" for name in names.split(";")}
    return found


def _closed(net: Network, elements: set[str]) -> Network:
    """The network without what is shut."""
    changes: list[Change] = []
    for element in sorted(elements):
        kind, _, name = element.partition(":")
        shut = Set("crossings", name, "status", "closed") if kind == "crossing" else Close(element)
        changes.append(shut)
    return apply(net, changes)


def _best(closed: Network, way: Way, asked: Asked) -> Way | None:
    """The way round of the least generalised cost, on an empty corridor."""
    try:
        found = ways_for(closed, replace(way.cargo, branch=""), asked.on, asked.seed)
    except LandbridgeError:
        return None
    shares = shares_of(found, np.array([one.hours for one in found]), asked.choice)
    return replace(found[int(shares.argmax())], cargo=way.cargo)
