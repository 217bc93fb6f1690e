"""What is simulated: stations that boxes go through, and the paths on which they go.

Times are hours from the start of the run. A *station* is one of three kinds, and one path is a
sequence of steps through them. What happens at one instant happens in this order: periods end,
stations open and shut, sets and units come back, boxes end their steps (older boxes first), boxes
are born, services leave.

Both directions of a border are two stations. A line section that both directions share is a station
that paths of both name. Storage that is held over several steps is a pool of places, taken where
the box comes and given back where it leaves.
"""

from __future__ import annotations

from dataclasses import dataclass

from landbridge.simulation.law import AT_ONCE, Law

Changes = tuple[tuple[float, int], ...]
Hourly = tuple[tuple[float, float], ...]
"""What holds from an hour on; hours rise. See ``opening`` for hours of the week."""


@dataclass(frozen=True, slots=True)
class Servers:
    """A border, crane, track or section: so many boxes at once, the others wait in its room.

    A box that is done and finds the next station's room full keeps its server (blocking after
    service). Servers that are taken away end what they do; a station without servers is shut.
    """

    name: str
    servers: int | None
    """At once; None: a pure delay, nobody waits."""
    room: int | None = None
    """Places to wait, those in service not counted; None: no end."""
    loses: bool = False
    """Whether a box that finds the room full is lost (and counted) instead of waiting elsewhere."""
    changes: Changes = ()
    """Servers from an hour on."""
    pace: tuple[tuple[float, float], ...] = ()
    """Hours that an hour of work takes, from an hour on; 1 before. Hours rise."""
    passes: Hourly = ()
    """Hours, rising, at which those go on who came until the other hour, though it is shut."""
    loses_at: Hourly = ()
    """Hours, rising, at which those are lost who have waited so many hours or more."""


@dataclass(frozen=True, slots=True)
class Departures:
    """A train, ferry or vessel line: boxes wait in its room until a departure takes them along.

    A departure takes as many of the first boxes as fit. Those left behind are counted as missed. A
    departure called by the clock while no set is there leaves with the next one; if the clock
    calls again before, or while shut, that one is cancelled.
    """

    name: str
    capacity: int
    """Load of one departure (in the unit of ``Path.load``)."""
    times: tuple[float, ...] = ()
    """Hours of departure, rising; see ``every``."""
    when_full: bool = False
    """Leaves also as soon as a full load waits."""
    least: int = 0
    """A departure by the clock with less load than this is cancelled."""
    fleet: int | None = None
    """Train or vessel sets; None: there is always one."""
    turn: Law = AT_ONCE
    """From a departure until its set is here again, ready to leave."""
    room: int | None = None
    loses: bool = False
    changes: Changes = ()
    """1 open, 0 shut, from an hour on."""
    loses_at: Hourly = ()
    """As of ``Servers``."""


@dataclass(frozen=True, slots=True)
class Pool:
    """Wagons, lorries, containers or places: units that a box takes here and gives back later.

    A box that is lost on its way gives back what it has at once.

    Repositioning: when a unit comes back, nobody waits and more than ``keep`` units are free, then
    ``batch`` of them are sent to ``send_to``.
    """

    name: str
    units: int | None
    """At the start; None: no end."""
    room: int | None = None
    loses: bool = False
    changes: Changes = ()
    """How many units the pool has lost or won since the start, from an hour on."""
    keep: int = 0
    batch: int = 1
    send_to: str | None = None
    send: Law = AT_ONCE


Station = Servers | Departures | Pool


@dataclass(frozen=True, slots=True)
class Serve:
    """Wait for a server and be served."""

    station: str
    law: Law
    tag: int | None = None
    """Name of this step in the draws; None: its place in the path. Steps that keep their tag keep
    their draws when another step is put in before them."""
    shared: tuple[tuple[int, float], ...] = ()
    """What its draw shares with other steps of the box: a name in the draws, and its share of the
    variance of the normal number behind the draw (a Gaussian copula). They sum to less than 1."""


@dataclass(frozen=True, slots=True)
class Ride:
    """Wait for a departure and ride; all boxes of one departure share one draw."""

    departures: str
    law: Law


@dataclass(frozen=True, slots=True)
class Take:
    """Wait for units of a pool and take them."""

    pool: str
    units: int = 1


@dataclass(frozen=True, slots=True)
class Give:
    """Give units back to a pool, when the step before is over; they are there after a time."""

    pool: str
    taken_from: str
    law: Law | None = None
    """The empty way back; None: at once."""
    units: int = 1
    tag: int | None = None


Step = Serve | Ride | Take | Give


@dataclass(frozen=True, slots=True)
class Path:
    """One way through the stations, and when boxes set out on it."""

    name: str
    """Draws hang on it: a path of the same name sees the same boxes in every scenario."""
    steps: tuple[Step, ...]
    rates: tuple[tuple[float, float], ...] = ()
    """Boxes an hour (Poisson) from an hour on; the last holds until the end."""
    times: tuple[float, ...] = ()
    """Or the hours at which boxes set out, rising."""
    load: int = 1
    """What a box takes of a departure's capacity, such as TEU."""
    turns: tuple[tuple[float, str], ...] = ()
    """Paths whose steps the boxes born here go, from an hour on; hours rise. They are that path's
    boxes then, with the draws that they would have had here."""


@dataclass(frozen=True, slots=True)
class Model:
    """All stations and paths, and what is counted."""

    stations: tuple[Station, ...]
    paths: tuple[Path, ...]
    hours: float
    """Length of the run."""
    warm_up: float = 0.0
    """Waits and doors that end before are not put into the histograms."""
    period: float = 24.0
    """Counts and areas are kept for each period of so many hours."""
    mark: float = 1.0
    """Queues are noted every so many hours; 0: never."""


def every(hours: float, first: float, until: float) -> tuple[float, ...]:
    """Departures with a headway: ``first``, ``first + hours``, ... before ``until``."""
    return tuple(first + k * hours for k in range(max(0, -int(-(until - first) // hours))))


def opening(
    week: tuple[tuple[float, float], ...],
    servers: int,
    until: float,
    starts: float = 0.0,
    shut: frozenset[int] = frozenset(),
) -> Changes:
    """Opening hours as changes of servers.

    ``week``: spans of opening in hours of the week (0: Monday, midnight), rising, within [0, 168].
    ``starts``: hour of the week at which the run starts. ``shut``: days of the run (24 hours each,
    from 0) that are shut wholly.
    """
    edges: dict[float, int] = {0.0: 0}
    for k in range(int((until + starts) // 168) + 1):
        for begin, end in week:
            low, high = k * 168 + begin - starts, k * 168 + end - starts
            if high > 0.0:
                edges[max(low, 0.0)] = servers
                edges.setdefault(high, 0)
    state = 0
    for day in sorted(shut):
        low, high = day * 24.0, day * 24.0 + 24.0
        after = _held(edges, high)
        edges = {t: n for t, n in edges.items() if not low <= t <= high}
        edges[low], edges[high] = 0, after
    found: list[tuple[float, int]] = []
    for t in sorted(edges):
        if t < until and (edges[t] != state or not found):
            found.append((t, edges[t]))
            state = edges[t]
    return tuple(found)


def _held(edges: dict[float, int], t: float) -> int:
    """What holds at t."""
    return edges[max((e for e in edges if e <= t), default=0.0)]
