"""Small models of every kind of station, for Hypothesis."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from landbridge.simulation.law import Law
from landbridge.simulation.model import (
    Departures,
    Give,
    Model,
    Path,
    Pool,
    Ride,
    Serve,
    Servers,
    Station,
    Step,
    Take,
    every,
)

HOURS = 30.0
LAWS = st.sampled_from(
    [
        Law.fixed(0.0),
        Law.fixed(1.0),
        Law.exponential(0.7),
        Law.lognormal(0.2, 0.5, 2.0),
        Law.uniform(0.0, 2.0),
        Law.table((0.0, 0.5, 3.0)),
    ]
)
CHANGES = st.sampled_from([(), ((5.0, 0), (9.0, 2)), ((0.0, 0), (3.0, 1)), ((12.0, 1), (20.0, 3))])

PACES = st.sampled_from([(), ((4.0, 2.0), (11.0, 0.5)), ((0.0, 1.5),)])
LOST = st.sampled_from([(), (), ((6.0, 1.0), (14.0, 0.5), (14.0, 0.0))])
PASSES = st.sampled_from([(), ((6.0, 4.0), (8.0, 8.0), (19.0, 12.0))])
SHARED = st.sampled_from([(), ((77, 0.3),), ((77, 0.3), (78, 0.3))])


def served(draw: st.DrawFn, k: int, law: Law) -> Serve:
    """At one of the servers, sometimes in a country that steps share."""
    return Serve(f"s{k if k < 2 else k - 1}", law, shared=draw(SHARED))


@st.composite
def stations(draw: st.DrawFn) -> tuple[Station, ...]:
    """Four stations with servers, a line, and two pools, one of which sends to the other."""
    servers = [
        Servers(
            f"s{k}",
            draw(st.sampled_from([None, 1, 2, 3])),
            draw(st.sampled_from([None, None, 0, 1, 4])),
            loses=draw(st.booleans()),
            changes=draw(CHANGES),
            pace=draw(PACES),
            loses_at=draw(LOST),
        )
        for k in range(4)
    ]
    if servers[3].room is None:
        servers[3] = replace(servers[3], passes=draw(PASSES))
    made: list[Station] = [*servers]
    made.append(
        Departures(
            "line",
            draw(st.integers(2, 5)),
            times=draw(st.sampled_from([(), every(4.0, 1.0, HOURS)])),
            when_full=True,
            least=draw(st.integers(0, 2)),
            fleet=draw(st.sampled_from([None, 1, 2])),
            turn=draw(LAWS),
            room=draw(st.sampled_from([None, 5])),
            changes=draw(st.sampled_from([(), ((10.0, 0), (20.0, 1))])),
            loses_at=draw(LOST),
        )
    )
    batch = draw(st.integers(1, 2))
    for name, other in (("a", None), ("b", "a")):
        made.append(
            Pool(
                name,
                draw(st.integers(2, 4)),
                draw(st.sampled_from([None, 0, 2])),
                keep=draw(st.integers(0, 2)),
                batch=batch,
                send_to=other,
                send=draw(LAWS),
            )
        )
    return tuple(made)


@st.composite
def paths(draw: st.DrawFn, name: str) -> Path:
    """Forwards through the stations, so that no loop can close; sometimes with a unit."""
    steps: list[Step] = []
    taken = draw(st.sampled_from([None, "a", "b"]))
    if taken is not None:
        steps.append(Take(taken, 1))
    for k in sorted(draw(st.sets(st.integers(0, 4), min_size=1))):
        law = draw(LAWS)
        steps.append(Ride("line", law) if k == 2 else served(draw, k, law))
        if taken is not None and draw(st.booleans()):
            steps.append(Give(draw(st.sampled_from(["a", "b"])), taken, draw(st.none() | LAWS)))
            taken = None
    if taken is not None:
        steps.append(Give(taken, taken))
    if draw(st.booleans()):
        rates = ((0.0, draw(st.floats(0.0, 3.0))), (15.0, draw(st.floats(0.0, 3.0))))
        return Path(name, tuple(steps), rates=rates, load=draw(st.integers(1, 2)))
    times = tuple(sorted(draw(st.lists(st.integers(0, 25).map(float), max_size=20))))
    return Path(name, tuple(steps), times=times, load=draw(st.integers(1, 2)))


@st.composite
def models(draw: st.DrawFn) -> Model:
    """A model of one day and some hours, with all that a closure may bring."""
    made = [draw(paths(f"p{k}")) for k in range(draw(st.integers(1, 3)))]
    turns = draw(st.sampled_from([(), ((5.0, made[-1].name), (17.0, "p0"))]))
    made[0] = replace(made[0], turns=turns)
    period, mark = draw(st.sampled_from([(30.0, 0.0), (7.0, 1.0)]))
    warm_up = draw(st.sampled_from([0.0, 8.0]))
    return Model(draw(stations()), tuple(made), HOURS, warm_up, period, mark)


def without_closures(model: Model) -> Model:
    """The model in which nobody is let pass or lost at set hours, and no path turns."""
    stations = tuple(
        replace(one, passes=(), loses_at=()) if isinstance(one, Servers)
        else replace(one, loses_at=()) if isinstance(one, Departures)
        else one
        for one in model.stations
    )  # fmt: skip
    return replace(
        model, stations=stations, paths=tuple(replace(one, turns=()) for one in model.paths)
    )
