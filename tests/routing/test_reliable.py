"""The front by p90 against all chains of small drawn networks, each chain simulated."""

import datetime as dt
import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from simple_chains import simple_chains

import landbridge as lb
from landbridge.errors import QuestionError
from landbridge.models.cargo import Cargo
from landbridge.network.builder import NetworkBuilder
from landbridge.network.network import Network
from landbridge.network.rows import Factor, Operation, Rate, Service, Side, Terminal
from landbridge.routing.avoid import Avoid
from landbridge.routing.chain import HANDLING
from landbridge.routing.chain_build import Question, build_chain
from landbridge.routing.doors import Door
from landbridge.routing.itinerary import Itinerary, Spot
from landbridge.routing.query import RouteParams
from landbridge.routing.reliable import arc_variance, ranked_front, undominated
from landbridge.routing.sample import Sampler
from landbridge.routing.tables import terrain_of
from landbridge.routing.timeline import Player
from landbridge.routing.ways import ways_for
from landbridge.routing.writer import Writer
from worlds import rates_of_doors, two_ports_builder

WORLDS = 60
DOORS = (Spot("A", "", "FI", 61.5, 23.8, 0.0), Spot("B", "", "DE", 51.3, 9.5, 0.0))
CARGO = Cargo(1, 40, 10.0)


def spread_of(rng: np.random.Generator, scale: float) -> tuple[float, float, float]:
    """Low, typical, high: from nearly certain to wildly skewed."""
    typical = scale * rng.uniform(0.3, 3.0)
    return typical * rng.uniform(0.3, 1.0), typical, typical * rng.uniform(1.0, 8.0)


def drawn(seed: int) -> Network:
    """Ports on both shores with vessels and handling of every speed, price and reliability."""
    rng = np.random.default_rng(seed)
    builder: NetworkBuilder = two_ports_builder().add(*rates_of_doors())
    for name, lat, lon in (("FIXAA", 60.3, 25.0), ("DEXBB", 54.2, 10.7), ("DEXCC", 53.9, 11.6)):
        builder.add(Terminal(name, name, name[:2], lat, lon), Side(name, "road", lat, lon))
        builder.add(Side(name, "sea", lat, lon))
    for number in range(int(rng.integers(2, 5))):
        item = f"class-{number}"
        low, typical, high = spread_of(rng, 60.0)
        speed = 24.0 * rng.uniform(10, 40)
        builder.add(
            Rate(f"s{number}", "speed", "sea", speed, "km/day", item=item, low=speed * 0.6,
                 high=speed * 1.2, distribution="pert"),
            Rate(f"f{number}", "freight", "sea", rng.uniform(0.1, 3), "FEU-km", item=item,
                 currency="USD"),
            Factor(f"w{number}", "energy_fuel", "sea", rng.uniform(5, 50), "g/tkm", item=item,
                   carrier="Diesel"),
            Service(f"v{number}", "sea", item, typical, generic=True, distribution="pert",
                    headway_low_h=low, headway_high_h=high),
        )  # fmt: skip
    for name in ("FIKTK", "FIXAA", "DELBC", "DEXBB", "DEXCC"):
        for way in (("road", "sea"), ("sea", "road")):
            low, typical, high = spread_of(rng, 25.0)
            builder.add(
                Operation(f"{name}-{way[0]}", *way, typical, float(rng.uniform(50, 900)),
                          terminal=name, distribution="lognormal", hours_low=low, hours_high=high,
                          kind="port")
            )  # fmt: skip
    return builder.build()


class Asked:
    """A drawn network with its graph, and what is needed to simulate any chain of it."""

    def __init__(self, seed: int, samples: int = 2000) -> None:
        self.net = drawn(seed)
        self.terrain = terrain_of(self.net, ways_for(self.net, self.net.case.base_date, Avoid()))
        modes = frozenset({"road", "rail", "sea", "inland_waterway"})
        question = Question(Door(61.5, 23.8), Door(51.3, 9.5), CARGO, modes, ())
        self.chain = build_chain(self.terrain, question, RouteParams())
        self.writer = Writer(self.terrain, self.chain, CARGO, DOORS)
        ready = dt.date(2025, 6, 2), True
        self.player = Player(self.net, Sampler(1, samples), ready, (61.5, 23.8))

    def write(self, way: NDArray[np.int64]) -> Itinerary:
        """The legs of a chain."""
        return self.writer.write(way)

    def p90(self, way: NDArray[np.int64]) -> float:
        """By simulation."""
        return float(np.quantile(self.player.play(self.write(way)).hours, 0.9))

    def measures(self, way: NDArray[np.int64], wanted: tuple[str, ...]) -> list[float]:
        """What a chain comes to by each criterion."""
        cost = self.chain.arcs.cost[way].sum(axis=0)
        of = {"time": cost[0], "money": cost[1], "co2e": cost[2]}
        return [self.p90(way) if word == "p90" else float(of[word]) for word in wanted]


def missed(seed: int, wanted: tuple[str, ...]) -> tuple[int, int, float]:
    """Chains of the true front, those that were missed, and the worst share they are better by."""
    asked = Asked(seed)
    all_of = np.array([asked.measures(way, wanted) for way in simple_chains(asked.chain)])
    params = RouteParams(minimise=wanted)
    ranked = ranked_front(asked.chain, asked.terrain, params, (), (asked.player, asked.write))
    ours = ranked.measures
    true = all_of[undominated(all_of)]
    gaps = [float((ours / row).max(axis=1).min()) - 1 for row in true]
    # what we found is never better than the truth, and each is a chain that there is
    for row in ours:
        assert np.isclose(all_of, row).all(axis=1).any()
    lost = [gap for gap in gaps if gap > 1e-9]
    return len(true), len(lost), max(lost, default=0.0)


@pytest.mark.parametrize(
    ("wanted", "true", "lost"),
    [(("p90",), 60, 2), (("money", "p90"), 174, 4), (("time", "money", "co2e", "p90"), 333, 2)],
)
def test_the_front_by_p90_seldom_misses_a_chain_of_the_true_one(
    wanted: tuple[str, ...], true: int, lost: int
) -> None:
    """All chains of 60 drawn networks are simulated; docs/route.md tells these figures."""
    counts = [missed(seed, wanted) for seed in range(WORLDS)]
    assert sum(one[0] for one in counts) == true
    assert sum(one[1] for one in counts) <= lost
    assert max(one[2] for one in counts) <= 0.054


@pytest.mark.parametrize("seed", range(4))
def test_the_variance_of_an_arc_is_that_of_its_draws(seed: int) -> None:
    asked = Asked(seed, samples=20_000)
    variance = arc_variance(asked.terrain, asked.chain)
    for way in simple_chains(asked.chain)[:6]:
        # one arc at a time: within a chain figures move together, which the sum leaves out
        for arc in way.tolist():
            own = [one for leg in asked.write(np.array([arc])).legs for one in leg.hours]
            if asked.chain.arcs.kind[arc] == HANDLING:  # too skewed for draws to tell
                want = sum(one.spread.variance for one in own)
                assert variance[arc] == pytest.approx(want)
                continue
            hours = asked.player.sampler.total(own)
            assert variance[arc] == pytest.approx(hours.var(), rel=0.05, abs=1e-6)


def test_of_two_vessels_alike_in_all_but_their_spread_the_surer_has_the_least_p90() -> None:
    """By expected time they tie; by p90 the one of the certain interval wins."""
    rates = [
        Rate(f"{kind}{n}", kind, "sea", value, unit, item=f"c{n}",
             currency="USD" if kind == "freight" else "")
        for n in (0, 1)
        for kind, value, unit in (
            ("speed", 600.0, "km/day"), ("freight", 0.5 + n, "FEU-km"),
        )
    ]  # fmt: skip
    net = (
        two_ports_builder()
        .add(*rates_of_doors(), *rates)
        .add(
            Service("wild", "sea", "c0", 10.0, generic=True, distribution="pert",
                    headway_low_h=0.0, headway_high_h=310.0),  # mean (0 + 40 + 310) / 6
            Service("sure", "sea", "c1", 350.0 / 6, generic=True),
        )
        .build()
    )  # fmt: skip
    ship = lb.Shipment("FITMP", "DEKAS", feu=1, tonnes=10)

    def first(*wanted: str) -> str:
        params = lb.RouteParams(samples=2000, minimise=wanted)
        used = lb.route(net, ship, params=params).options[0].itinerary.services
        return next(name for name in used if name != "lorry")

    assert first("p90") == "sure"
    assert first("money") == "wild"


@pytest.mark.parametrize("wanted", [(), ("speed",), ("time", "time")])
def test_criteria_that_are_none_are_refused(wanted: tuple[str, ...]) -> None:
    with pytest.raises(QuestionError, match="minimise"):
        RouteParams(minimise=wanted)


def test_undominated_is_the_definition() -> None:
    rng = np.random.default_rng(5)
    measures = rng.integers(0, 4, (40, 3)).astype(np.float64)
    kept = undominated(measures)
    for a, b in itertools.product(range(40), repeat=2):
        if kept[a] and (measures[b] <= measures[a]).all() and (measures[b] < measures[a]).any():
            pytest.fail(f"{b} beats {a}")
    for a in np.flatnonzero(~kept).tolist():
        assert any((measures[b] <= measures[a]).all() for b in np.flatnonzero(kept).tolist())
