"""Ways and distances on the shipped network: against SciPy, and against published lengths."""

from __future__ import annotations

import json

import numpy as np
import pytest
from numpy.typing import NDArray
from whole_graph import usable_links, whole_graph_km

from landbridge.errors import NoAnswer
from landbridge.network.load import load
from landbridge.network.network import Network
from landbridge.routing.attach import Stops
from landbridge.routing.distance import distance, means_of
from landbridge.routing.pairs import answer_pairs
from landbridge.routing.ways import ways_for
from landbridge.routing.ways_ground import FAMILIES


@pytest.fixture(scope="module")
def net() -> Network:
    return load("instc")


def towns(net: Network, family: str, count: int, seed: int) -> Stops:
    """Places near the network of a family, drawn by weight, the corridor's lands among them."""
    rng = np.random.default_rng(seed)
    corridor = [net.countries.code.tolist().index(code) for code in ("RU", "IR", "IN", "KZ", "AZ")]
    local = np.flatnonzero(np.isin(net.places.country, corridor))
    rows = np.concatenate(
        [rng.choice(local, count // 2), rng.choice(len(net.places), count - count // 2)]
    )
    stops = ways_for(net).attach(family, net.places.lat[rows], net.places.lon[rows])
    return stops.take(np.flatnonzero(stops.snapped_km < 100).astype(np.int32))


def open_links(net: Network, family: str) -> NDArray[np.bool_]:
    """As the oracle sees them: what the closures of borders shut is taken out too."""
    ways = ways_for(net)
    links = usable_links(net, FAMILIES[family], net.case.base_date)
    borders = ways.borders(family)
    shut = {
        (int(a), int(b), int(node))
        for a, b, node, good in zip(
            borders.country_a, borders.country_b, borders.node, borders.open, strict=True
        )
        if not good
    }
    for row in np.flatnonzero(links & np.isin(net.links.tail, [node for _, _, node in shut])):
        tail, head = net.links.tail[row], net.links.head[row]
        if (int(net.nodes.country[tail]), int(net.nodes.country[head]), int(tail)) in shut:
            links[row] = False
    return links


@pytest.mark.parametrize("family", ["rail", "road", "water"])
def test_ways_equal_scipy_over_every_link_of_the_world(net: Network, family: str) -> None:
    ways = ways_for(net)
    start, to = towns(net, family, 10, 1), towns(net, family, 16, 2)
    expected = whole_graph_km(net, open_links(net, family), start, to)
    found = ways.legs(start, to, ways.even_pace()).km
    assert np.isfinite(expected).sum() > 20
    # the sums are rounded in another order, and the oracle adds a speck to each link
    assert np.allclose(found, expected, atol=1e-4)


@pytest.mark.parametrize(
    ("origin", "destination", "avoid", "km"),
    [
        # NGA Pub. 151, in nautical miles, as kept by LINERLIB; x 1.852
        ("RULED", "INNSA", (), 14_073),
        ("RULED", "INNSA", ("suez",), 22_235),
        ("Rotterdam", "INNSA", (), 11_764),
        ("Rotterdam", "Singapore", (), 15_398),
        ("Novorossiysk", "INNSA", (), 7_975),
        ("IRSRP", "INNSA", (), 2_058),
    ],
)
def test_sea_distances_are_those_of_the_tables(
    net: Network, origin: str, destination: str, avoid: tuple[str, ...], km: float
) -> None:
    assert distance(net, origin, destination, mode="sea", avoid=avoid).km == pytest.approx(
        km, rel=0.02
    )


@pytest.mark.parametrize(
    ("origin", "destination", "km", "rel"),
    [
        ("Moscow", "St Petersburg", 650, 0.03),  # Russian Railways; towns lie off the stations
        ("Tehran", "Mashhad", 926, 0.02),  # Iranian railways
        ("Mumbai", "Delhi", 1_386, 0.03),  # Western Railway
    ],
)
def test_rail_distances_are_those_of_the_railways(
    net: Network, origin: str, destination: str, km: float, rel: float
) -> None:
    assert distance(net, origin, destination, mode="rail").km == pytest.approx(km, rel=rel)


def test_kiel_is_used_by_ocean_vessels_only_where_it_is_allowed(net: Network) -> None:
    plain = distance(net, "RULED", "INNSA", mode="sea")
    assert "kiel" not in plain.passages
    short = distance(net, "RULED", "INNSA", mode="sea", allow=["kiel"])
    # 13,759 km: 380 less than round Skagen
    assert "kiel" in short.passages
    assert plain.km - short.km == pytest.approx(380, rel=0.1)


def test_the_caspian_is_a_sea_of_its_own(net: Network) -> None:
    found = distance(net, "Astrakhan", "Bandar Anzali", mode="sea")
    assert found.km == pytest.approx(1_050, rel=0.1)  # 188 of them in the canal
    assert set(found.passages) == {"volga_caspian", "caspian"}
    with pytest.raises(NoAnswer, match="nothing joins"):
        distance(net, "Astrakhan", "Istanbul", mode="sea")
    river = distance(net, "Astrakhan", "Istanbul", mode="inland-waterway")
    assert "volga_don" in river.passages


def test_a_way_over_the_pacific_is_cut_at_the_antimeridian(net: Network) -> None:
    found = distance(net, "Yokohama", "San Francisco, US", mode="sea")
    shape = json.loads(json.dumps(found.as_geojson()))["geometry"]
    parts: list[list[list[float]]] = shape["coordinates"]
    assert len(parts) == 2
    assert parts[0][-1][0] == 180
    assert parts[1][0][0] == -180
    for part in parts:
        assert np.all(np.abs(np.diff([lon for lon, _lat in part])) < 180)


def test_gauges_change_between_moscow_and_tehran(net: Network) -> None:
    found = distance(net, "Moscow", "Tehran", mode="rail")
    assert found.gauges_mm == (1520, 1435)
    assert found.countries[0] == "RU"
    assert found.countries[-1] == "IR"


def test_four_hundred_sea_pairs_are_answered(net: Network) -> None:
    ports = np.flatnonzero((net.places.kind == "port") & (net.places.weight > 0))[:20]
    codes = [str(net.places.id[row]) for row in ports]
    pairs = [(a, b) for a in codes for b in codes]
    answers = list(answer_pairs(net, means_of(net, "sea"), pairs))
    assert len(answers) == 400
    assert sum(1 for answer in answers if answer.km) > 300
